//! What the suite asks of a parser of messages, and the reference reader as one.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Reply, read_reply, read_request};
use crate::message::xml::Refusal;
use crate::protocol::{Defect, Operation};

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// What a parser did with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parsed {
    /// It took the message: the CallId of a request; of an answer, `DisconnectResponse`, or `Fault`
    /// and, after a space, the local name of its code.
    Accepted(String),
    /// It ended in another way than by accepting or refusing; in words.
    Crashed(String),
    /// It refused the message, for this reason (which may be empty).
    Refused(String),
    /// It did not answer in time.
    Silent,
}

/// A parser under test: what takes a message and would act on what it reads.
///
/// Messages come as bytes without a Content-Type: UTF-8, or what their first bytes tell.
pub trait Parser {
    /// Reads one message.
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed;
}

impl<F: FnMut(MessageKind, &[u8]) -> Parsed> Parser for F {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        self(kind, message)
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
pub fn fault_words(code: &str) -> String {
    format!("Fault {code}").trim_end().to_owned()
}

/// The reference reader, as a [`Parser`].
#[derive(Debug, Clone, Copy, Default)]
pub struct ReferenceParser;

impl Parser for ReferenceParser {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        match parse(kind, message, None) {
            Ok(value) => Parsed::Accepted(value),
            Err(refusal) => Parsed::Refused(refusal.to_string()),
        }
    }
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
