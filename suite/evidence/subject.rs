use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What is under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What asks for the end of a call.
    Client,
    /// What reads messages.
    Parser,
    /// What is asked.
    Server,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 3] = [Self::Server, Self::Client, Self::Parser];

    /// The word in reports and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Parser => "parser",
            Self::Server => "server",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|subject| subject.word() == text)
            .ok_or_else(|| format!("{text:?} is neither server, client nor parser"))
    }
}
