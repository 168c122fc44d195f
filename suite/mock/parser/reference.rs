use crate::evidence::{Parsed, Parser};
use crate::message::{MessageKind, parse};

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
