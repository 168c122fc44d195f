use std::fmt;

use serde::{Deserialize, Serialize};

/// What is made of a case. Ordered from the mildest that was judged to the gravest; the last two
/// were not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As the documents ask.
    Pass,
    /// A documented variant, or something the documents leave open.
    Note,
    /// Against a SHOULD, or a tolerated deviation.
    Warn,
    /// Against a MUST.
    Fail,
    /// Run or not, no verdict was possible; the reason is in the judgement.
    NotJudged,
    /// Not run, for a reason that lies in what was asked for.
    Skipped,
}

impl Verdict {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Note => "NOTE",
            Self::Warn => "WARN",
            Self::Fail => "FAIL",
            Self::NotJudged => "NOT JUDGED",
            Self::Skipped => "SKIPPED",
        }
    }

    /// Whether a verdict was reached.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::NotJudged | Self::Skipped)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
