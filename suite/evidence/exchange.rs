use serde::{Deserialize, Serialize};

use super::{Answer, Bytes};

/// A request as it was sent, secrets hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Method token.
    pub method: String,
    /// Request target.
    pub target: String,
    /// Header fields in order, Host included.
    pub headers: Vec<(String, String)>,
    /// Body before any transfer coding.
    pub body: Bytes,
    /// Every byte that was written, where the request went byte by byte.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wire: Option<Bytes>,
}

/// A request and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was sent.
    pub sent: Sent,
    /// What came back.
    pub answer: Answer,
}
