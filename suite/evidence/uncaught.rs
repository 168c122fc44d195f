use std::fmt;

use serde::{Deserialize, Serialize};

/// What a program wrote that looks like an exception that nobody caught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncaught {
    /// What wrote it: a language or a tool, as people call it.
    pub runtime: String,
    /// The line that tells it.
    pub line: String,
}

impl fmt::Display for Uncaught {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what looks like an exception of {} that nobody caught: {}", self.runtime, self.line)
    }
}
