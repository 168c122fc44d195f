//! The tries at a case: how many there were, and which of them failed.

use super::words;
use crate::catalogue::CaseRef;
use crate::judge::{CheckId, Context, Established, Verdict, server_tries};
use crate::message::told;
use crate::record::{Entry, Record};

/// The tries at a case.
pub(super) struct Tries {
    /// What each of those that failed says.
    pub(super) failed: Vec<String>,
    /// How many there were.
    pub(super) count: usize,
}

impl Tries {
    /// Of an entry. Of clients and parsers only what the judge tells of them is known.
    pub(super) fn of(record: &Record, established: &Established, entry: &Entry) -> Self {
        if let (Some(CaseRef::Server(case)), Some(control)) = (record.case_of(entry), established.server()) {
            let attempts = entry.attempts();
            // One try is what the verdict is of.
            if attempts.len() < 2 {
                return Self { failed: Vec::new(), count: attempts.len() };
            }
            let tries = server_tries(Context { case, control, grading: record.grading }, attempts);
            let failed = tries.iter().filter(|each| each.judgement.verdict == Verdict::Fail);
            return Self {
                failed: failed.map(|each| words::findings(&each.judgement)).collect(),
                count: tries.len(),
            };
        }
        let repeats = entry.judgement.findings.iter().filter(|finding| finding.check == CheckId::Repeat);
        let failed: Vec<String> = repeats.map(|finding| told(&finding.observed)).collect();
        Self { count: failed.len() + 1, failed }
    }

    /// Whether some failed and others did not.
    pub(super) fn is_flaky(&self) -> bool {
        (1..self.count).contains(&self.failed.len())
    }
}
