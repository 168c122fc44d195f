//! The kinds of messages, and the reference reader by kind.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Reply, read_reply, read_request};
use crate::message::xml::Refusal;
use crate::protocol::{Defect, Operation};

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A Disconnect request.
    Request,
    /// An answer to Disconnect.
    Reply,
}

impl MessageKind {
    /// The word that a parser is called with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
        }
    }
}

impl FromStr for MessageKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Request, Self::Reply]
            .into_iter()
            .find(|kind| kind.word() == text)
            .ok_or_else(|| format!("{text:?} is neither request nor reply"))
    }
}

/// The reference reader as a parser. `charset` is the parameter of the Content-Type, if there was one.
///
/// # Errors
/// The first defect of the message.
pub fn parse(kind: MessageKind, message: &[u8], charset: Option<&str>) -> Result<String, Refusal> {
    match kind {
        MessageKind::Request => read_request(message, charset).and_then(|request| match request.operation {
            Operation::Disconnect => Ok(request.call_id().unwrap_or_default().to_owned()),
            _ => Err(Refusal { defect: Defect::OperationName, at: 0 }),
        }),
        MessageKind::Reply => read_reply(message, charset).map(|reply| match reply {
            Reply::Disconnected => "DisconnectResponse".to_owned(),
            Reply::Fault(fault) => fault_words(fault.meaning().local()),
        }),
    }
}

/// What a parser says of a fault with this code.
pub(crate) fn fault_words(code: &str) -> String {
    format!("Fault {code}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_its_word() {
        for (kind, word) in [(MessageKind::Request, "request"), (MessageKind::Reply, "reply")] {
            assert_eq!(kind.word(), word);
            assert_eq!(word.parse(), Ok(kind));
        }
        assert!("Request".parse::<MessageKind>().is_err());
    }
}
