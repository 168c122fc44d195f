//! A parser under test: the contract, and what it did.

use serde::{Deserialize, Serialize};

use super::Uncaught;
use crate::message::MessageKind;

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
    /// It ended as it does when it refuses, but not in order by what it wrote.
    Threw(Uncaught),
}

impl Parsed {
    /// Whether it came to no answer of its own: it broke off, or its time was up.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Crashed(_) | Self::Silent)
    }
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

/// What a parser did in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParserEvidence {
    /// What it did with the message.
    pub parsed: Parsed,
    /// What the same parser did with the plain message afterwards, if it lives on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub twin: Option<Parsed>,
    /// What it did with the message when it was asked again: because it had broken off or was silent, and where
    /// more tries were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub again: Vec<Parsed>,
    /// Whether an address that only the message names was contacted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub contacted: bool,
    /// Where the case is about time, how many milliseconds it took for the plain message, and for one of
    /// a size, twice and four times as large.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub times: Vec<u64>,
}

impl ParserEvidence {
    /// What it did with the message, and nothing else.
    pub fn of(parsed: Parsed) -> Self {
        Self { parsed, twin: None, again: Vec::new(), contacted: false, times: Vec::new() }
    }

    /// What it did on every try.
    pub fn tries(&self) -> impl Iterator<Item = &Parsed> {
        std::iter::once(&self.parsed).chain(&self.again)
    }
}
