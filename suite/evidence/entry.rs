use serde::{Deserialize, Serialize};

use super::{Attempt, ClientEvidence, ParserEvidence};

/// What was seen in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// What a client did.
    Client(ClientEvidence),
    /// What a parser did.
    Parser(ParserEvidence),
    /// The attempts at a case for servers, with every exchange. A failure is tried twice.
    Server(Vec<Attempt>),
}

impl Evidence {
    /// The attempts, of a case for servers.
    pub fn attempts(&self) -> &[Attempt] {
        match self {
            Self::Server(attempts) => attempts,
            Self::Client(_) | Self::Parser(_) => &[],
        }
    }

    /// Whether something was sent or put to the subject.
    pub fn is_run(&self) -> bool {
        match self {
            Self::Client(_) | Self::Parser(_) => true,
            Self::Server(attempts) => attempts.iter().any(|attempt| !attempt.steps.is_empty()),
        }
    }
}
