use std::collections::BTreeMap;

use crate::judge::Verdict;
use crate::record::Record;

/// What a sham scored at one level of control.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// Cases that passed, by family; every one of them unearned.
    pub passed: BTreeMap<String, usize>,
    /// Cases that failed, as breaches that need no control.
    pub failed: usize,
    /// Cases without a verdict.
    pub not_judged: usize,
}

impl Score {
    /// Counts what cases came to.
    pub(super) fn of(record: &Record) -> Self {
        let mut score = Self::default();
        for entry in &record.entries {
            match entry.judgement.verdict {
                Verdict::Pass | Verdict::Note | Verdict::Warn => {
                    let family = entry.case.split('/').next().unwrap_or_default();
                    *score.passed.entry(family.to_owned()).or_default() += 1;
                }
                Verdict::Fail => score.failed += 1,
                Verdict::NotJudged | Verdict::Skipped => score.not_judged += 1,
            }
        }
        score
    }

    /// Cases that passed in all families.
    pub fn total(&self) -> usize {
        self.passed.values().sum()
    }
}
