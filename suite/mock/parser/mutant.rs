//! A parser with one defect: the reference reader with one thing about it changed, before it reads, in
//! what it refuses, or in what it makes of what it read.

use std::time::Duration;

use super::view::{MessageView, view};
use crate::evidence::{Parsed, Parser};
use crate::message::xml::Refusal;
use crate::message::{MessageKind, parse};
use crate::mock::killed_by::KilledBy;
use crate::protocol::{Defect, names};

/// A parser with one named defect.
#[derive(Debug, Clone, Copy)]
pub struct ParserMutant {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// The case that must fail it, and for what.
    pub killed_by: KilledBy,
    pub(super) flaw: Flaw,
}

/// What is wrong with a mutant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flaw {
    /// It changes the message before it reads it.
    Before(fn(&[u8]) -> Vec<u8>),
    /// It changes what it read or refused, with the id it gave last.
    Result(fn(&Call<'_>, Result<String, Refusal>) -> Parsed),
    /// It takes a message that it should refuse for this one.
    Repairs(fn(&[u8]) -> Option<Vec<u8>>),
    /// It takes time that grows with the square of this part of the message, in characters.
    Slow(fn(&str) -> usize),
    /// It takes messages with one of these defects, and finds what it needs by searching.
    Tolerates(&'static [Defect]),
    /// It does something else with messages of which this holds.
    Meets(fn(&MessageView<'_>) -> bool, End),
    /// It does something else with messages of whose text this holds.
    MeetsText(fn(&str) -> bool, End),
    /// It gives another text for CallId.
    Id(fn(&str) -> String),
}

/// What a mutant does with a message that meets its bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It breaks off.
    Crashes,
    /// It says nothing.
    Hangs,
    /// It refuses the message.
    Refuses,
    /// It takes the message, and finds what it needs by searching.
    Takes,
}

/// A call of a parser.
pub(super) struct Call<'a> {
    pub(super) kind: MessageKind,
    pub(super) message: &'a [u8],
    /// The CallId that the same parser gave last.
    pub(super) last: Option<&'a str>,
}

/// A running mutant.
#[derive(Debug, Clone)]
pub struct FlawedParser {
    flaw: Flaw,
    last: Option<String>,
}

impl FlawedParser {
    /// One that is wrong so, and has read nothing yet.
    pub(super) fn of(flaw: Flaw) -> Self {
        Self { flaw, last: None }
    }
}

impl ParserMutant {
    /// The mutant as a parser.
    pub fn parser(&'static self) -> FlawedParser {
        FlawedParser::of(self.flaw)
    }

    /// Whether only the time that it takes is wrong.
    pub fn is_slow(&self) -> bool {
        matches!(self.flaw, Flaw::Slow(_))
    }
}

impl Parser for FlawedParser {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        let parsed = match self.flaw {
            Flaw::Before(change) => told(parse(kind, &change(message), None)),
            Flaw::Repairs(repair) => told(parse(kind, message, None).or_else(|refusal| {
                repair(message).and_then(|repaired| parse(kind, &repaired, None).ok()).ok_or(refusal)
            })),
            Flaw::Slow(part) => {
                let result = parse(kind, message, None);
                std::thread::sleep(square(view(kind, message, result.as_ref().err(), |seen| {
                    part(seen.text)
                })));
                told(result)
            }
            Flaw::Tolerates(defects) => match parse(kind, message, None) {
                Err(refusal) if defects.contains(&refusal.defect) => {
                    Parsed::Accepted(by_searching(kind, message))
                }
                result => told(result),
            },
            Flaw::Meets(meets, end) => {
                let result = parse(kind, message, None);
                if view(kind, message, result.as_ref().err(), meets) {
                    ended(end, kind, message, result)
                } else {
                    told(result)
                }
            }
            Flaw::MeetsText(meets, end) => {
                let result = parse(kind, message, None);
                if std::str::from_utf8(message).is_ok_and(meets) {
                    ended(end, kind, message, result)
                } else {
                    told(result)
                }
            }
            Flaw::Id(change) => match (kind, parse(kind, message, None)) {
                (MessageKind::Request, Ok(id)) => Parsed::Accepted(change(&id)),
                (_, result) => told(result),
            },
            Flaw::Result(change) => {
                let call = Call { kind, message, last: self.last.as_deref() };
                change(&call, parse(kind, message, None))
            }
        };
        if let (Parsed::Accepted(value), MessageKind::Request) = (&parsed, kind) {
            self.last = Some(value.clone());
        }
        parsed
    }
}

/// The time that a slow mutant takes for a part of this many characters: 1 s for a quarter of a mebibyte.
fn square(characters: usize) -> Duration {
    let steps = u64::try_from(characters / 1_024).unwrap_or(u64::MAX);
    Duration::from_micros(steps.saturating_mul(steps).saturating_mul(16).min(1_500_000))
}

/// What a mutant does with a message that meets its bug.
fn ended(end: End, kind: MessageKind, message: &[u8], result: Result<String, Refusal>) -> Parsed {
    match end {
        End::Crashes => Parsed::Crashed("an exception that nobody catches".to_owned()),
        End::Hangs => Parsed::Silent,
        End::Refuses => Parsed::Refused("not supported".to_owned()),
        End::Takes => Parsed::Accepted(result.unwrap_or_else(|_| by_searching(kind, message))),
    }
}

/// What a parser says that reads as the reference reader does.
pub(super) fn told(result: Result<String, Refusal>) -> Parsed {
    match result {
        Ok(value) => Parsed::Accepted(value),
        Err(refusal) => Parsed::Refused(refusal.to_string()),
    }
}

/// What a parser finds that does not look where it is.
pub(super) fn by_searching(kind: MessageKind, message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    match kind {
        MessageKind::Request => {
            let after = text.split_once("CallId").and_then(|(_, rest)| rest.split_once('>'));
            let content = after.map_or("", |(_, rest)| rest.split("</").next().unwrap_or_default());
            content.to_owned()
        }
        MessageKind::Reply if text.contains("faultcode") => format!("Fault {}", names::INVALID_CALL_ID),
        MessageKind::Reply => "DisconnectResponse".to_owned(),
    }
}
