//! The tries at a case: how many there were, and which of them failed.

use super::words;
use crate::judge::{Established, Verdict, tries_of};
use crate::record::{Entry, Record};

/// The tries at a case.
pub(super) struct Tries {
    /// What each of those that failed says.
    pub(super) failed: Vec<String>,
    /// How many there were.
    pub(super) count: usize,
}

impl Tries {
    /// Of an entry.
    pub(super) fn of(record: &Record, established: &Established, entry: &Entry) -> Self {
        // One try is what the verdict is of.
        let alone = Self { failed: Vec::new(), count: 1 };
        let (Some(case), Some(evidence)) = (record.case_of(entry), &entry.evidence) else { return alone };
        if evidence.is_of_one_try() {
            return alone;
        }
        let tries = tries_of(case, established, evidence, record.grading);
        let failed = tries.iter().filter(|each| each.judgement.verdict == Verdict::Fail);
        Self { failed: failed.map(|each| words::findings(&each.judgement)).collect(), count: tries.len() }
    }

    /// Whether some failed and others did not.
    pub(super) fn is_flaky(&self) -> bool {
        (1..self.count).contains(&self.failed.len())
    }
}
