//! The tries at a case: how many there were, and which of them failed.

use super::case_words::parser_said;
use super::words;
use crate::catalogue::CaseRef;
use crate::evidence::{Evidence, Parsed};
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
    /// Of an entry.
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
        match &entry.evidence {
            Some(Evidence::Parser(evidence)) if !evidence.again.is_empty() => {
                let is_broken = |parsed: &&Parsed| matches!(parsed, Parsed::Crashed(_) | Parsed::Silent);
                let failed = evidence.tries().filter(is_broken).map(parser_said).collect();
                Self { failed, count: evidence.tries().count() }
            }
            Some(Evidence::Client(evidence)) if evidence.before.is_some() => {
                // The one before broke off; what is told of it stands there where the other one did not.
                let repeats = entry.judgement.findings.iter();
                let repeats = repeats.filter(|finding| finding.check == CheckId::Repeat);
                Self { failed: repeats.map(|finding| told(&finding.observed)).take(1).collect(), count: 2 }
            }
            _ => Self { failed: Vec::new(), count: 1 },
        }
    }

    /// Whether some failed and others did not.
    pub(super) fn is_flaky(&self) -> bool {
        (1..self.count).contains(&self.failed.len())
    }
}
