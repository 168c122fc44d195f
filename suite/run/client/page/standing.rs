//! What the requests of a case come to, with what is wrong beside it.

use crate::judge::{Judgement, Verdict};

/// The verdict on a case, and the gravest one on what its requests have in common with all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::run::client) struct Standing {
    verdict: Verdict,
    beside: Verdict,
}

impl Standing {
    /// That of a judgement.
    pub(in crate::run::client) fn of(judgement: &Judgement) -> Self {
        let common =
            judgement.findings.iter().filter(|finding| finding.common).map(|finding| finding.verdict);
        Self { verdict: judgement.verdict, beside: common.max().unwrap_or(Verdict::Pass) }
    }

    /// In words: nobody is to take a pass for one if every request is wrong in the same way.
    pub(in crate::run::client) fn words(self) -> String {
        if self.beside > self.verdict.max(Verdict::Note) {
            return format!("{}, beside it {}", self.verdict.word(), self.beside.word());
        }
        self.verdict.word().to_owned()
    }

    /// The graver of both.
    pub(in crate::run::client) fn gravest(self) -> Verdict {
        self.verdict.max(self.beside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_beside_a_case_is_told_with_it() {
        for (verdict, beside, words, gravest) in [
            (Verdict::Pass, Verdict::Pass, "PASS", Verdict::Pass),
            (Verdict::Pass, Verdict::Note, "PASS", Verdict::Note),
            (Verdict::Pass, Verdict::Fail, "PASS, beside it FAIL", Verdict::Fail),
            (Verdict::Fail, Verdict::Warn, "FAIL", Verdict::Fail),
        ] {
            let standing = Standing { verdict, beside };
            assert_eq!((standing.words().as_str(), standing.gravest()), (words, gravest));
        }
    }
}
