//! How strictly a run grades.

use std::fmt;
use std::str::FromStr;

/// How strictly the documents are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Every variant that some official document shows is accepted, and said so.
    #[default]
    Interop,
    /// Graded by the letter.
    Strict,
}

impl Profile {
    /// The word on the command line and in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Interop => "interop",
            Self::Strict => "strict",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Interop, Self::Strict]
            .into_iter()
            .find(|profile| profile.word() == text)
            .ok_or_else(|| format!("no profile {text:?}; it is interop or strict"))
    }
}
