//! Parsers that do nothing, or always the same.

use crate::evidence::{Parsed, Parser};
use crate::message::MessageKind;
use crate::protocol::names;

/// A parser that does nothing, or always the same. None of them passes a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParserSham {
    /// Accepts everything, as the documented id or a success.
    AcceptsAll,
    /// Accepts everything and says nothing.
    DoesNothing,
    /// Crashes.
    Crashes,
    /// Accepts everything, and gives the message itself.
    Echoes,
    /// Refuses everything.
    RefusesAll,
    /// Never answers.
    Silent,
}

impl ParserSham {
    /// Every sham.
    pub const ALL: [Self; 6] =
        [Self::AcceptsAll, Self::DoesNothing, Self::Crashes, Self::Echoes, Self::RefusesAll, Self::Silent];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AcceptsAll => "accepts-all",
            Self::DoesNothing => "does-nothing",
            Self::Crashes => "crashes",
            Self::Echoes => "echoes",
            Self::RefusesAll => "refuses-all",
            Self::Silent => "silent",
        }
    }
}

impl Parser for ParserSham {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        match self {
            Self::AcceptsAll if kind == MessageKind::Reply => {
                Parsed::Accepted("DisconnectResponse".to_owned())
            }
            Self::AcceptsAll => Parsed::Accepted(names::SAMPLE_CALL_ID.to_owned()),
            Self::DoesNothing => Parsed::Accepted(String::new()),
            Self::Crashes => Parsed::Crashed("exit 2".to_owned()),
            Self::Echoes => Parsed::Accepted(String::from_utf8_lossy(message).into_owned()),
            Self::RefusesAll => Parsed::Refused(String::new()),
            Self::Silent => Parsed::Silent,
        }
    }
}
