use serde::{Deserialize, Serialize};

use super::Entry;
use crate::judge::Verdict;

/// How many cases came to what: planned = judged + not judged + skipped, and judged = passed + noted +
/// warned + failed + known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Selected.
    pub planned: usize,
    /// With at least one exchange.
    pub run: usize,
    /// With a verdict.
    pub judged: usize,
    /// PASS.
    pub passed: usize,
    /// NOTE.
    pub noted: usize,
    /// WARN.
    pub warned: usize,
    /// FAIL.
    pub failed: usize,
    /// NOT JUDGED.
    pub not_judged: usize,
    /// SKIPPED.
    pub skipped: usize,
    /// FAIL or WARN in nothing but what is known ([`Accounting`](super::known::Accounting)): counted here
    /// instead. None unless known deviations are accounted for.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub known: usize,
}

impl Counts {
    /// Counts entries.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut counts = Self::default();
        for entry in entries {
            let verdict = entry.judgement.verdict;
            counts.planned += 1;
            counts.run += usize::from(entry.is_run());
            counts.judged += usize::from(verdict.is_judged());
            *match verdict {
                Verdict::Pass => &mut counts.passed,
                Verdict::Note => &mut counts.noted,
                Verdict::Warn => &mut counts.warned,
                Verdict::Fail => &mut counts.failed,
                Verdict::NotJudged => &mut counts.not_judged,
                Verdict::Skipped => &mut counts.skipped,
            } += 1;
        }
        counts
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
