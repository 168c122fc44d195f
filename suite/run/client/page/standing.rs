//! What the requests of a case come to, with what is wrong beside it.

use crate::judge::{Finding, Verdict};
use crate::record::Entry;
use crate::record::known::Accounting;

/// The verdict on a case, and the gravest one on what its requests have in common with all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::run::client) struct Standing {
    verdict: Verdict,
    beside: Verdict,
    /// Whether it deviates, and in nothing but what is known.
    known: bool,
}

impl Standing {
    /// That of a case, by what is known to deviate, if anything is.
    pub(in crate::run::client) fn of(entry: &Entry, known: Option<&Accounting>) -> Self {
        let is_excused = |finding: &&Finding| !known.is_some_and(|known| known.excuses(&entry.case, finding));
        let common = entry.judgement.findings.iter().filter(|finding| finding.common).filter(is_excused);
        Self {
            verdict: entry.judgement.verdict,
            beside: common.map(|finding| finding.verdict).max().unwrap_or(Verdict::Pass),
            known: known.is_some_and(|known| known.is_known(entry)),
        }
    }

    /// In words: nobody is to take a pass for one if every request is wrong in the same way.
    pub(in crate::run::client) fn words(self) -> String {
        let (word, verdict) =
            if self.known { ("KNOWN", Verdict::Note) } else { (self.verdict.word(), self.verdict) };
        if self.beside > verdict.max(Verdict::Note) {
            return format!("{word}, beside it {}", self.beside.word());
        }
        word.to_owned()
    }

    /// The graver of both; what is known is no more than noted.
    pub(in crate::run::client) fn gravest(self) -> Verdict {
        if self.known { Verdict::Note.max(self.beside) } else { self.verdict.max(self.beside) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_beside_a_case_is_told_with_it() {
        for (verdict, beside, known, words, gravest) in [
            (Verdict::Pass, Verdict::Pass, false, "PASS", Verdict::Pass),
            (Verdict::Pass, Verdict::Note, false, "PASS", Verdict::Note),
            (Verdict::Pass, Verdict::Fail, false, "PASS, beside it FAIL", Verdict::Fail),
            (Verdict::Fail, Verdict::Warn, false, "FAIL", Verdict::Fail),
            (Verdict::Fail, Verdict::Pass, true, "KNOWN", Verdict::Note),
            (Verdict::Fail, Verdict::Warn, true, "KNOWN, beside it WARN", Verdict::Warn),
        ] {
            let standing = Standing { verdict, beside, known };
            assert_eq!((standing.words().as_str(), standing.gravest()), (words, gravest));
        }
    }
}
