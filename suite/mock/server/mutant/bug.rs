//! A server with one defect, and how one is written down.

use super::mood::Mood;
use super::state::State;
use super::tree::Element;
use crate::evidence::{Reaction, Response};
use crate::mock::killed_by::KilledBy;
use crate::mock::listener::{Quirk, Request};
use crate::mock::server::answer::AnswerKind;
use crate::mock::server::service::Service;
use crate::protocol::Defect;

/// A server with one defect.
#[derive(Debug, Clone, Copy)]
pub struct Mutant {
    /// The name on the command line: what the server does, in kebab case. Never used again for
    /// something else.
    pub name: &'static str,
    /// What it does wrong, in one sentence.
    pub about: &'static str,
    /// The case that must fail it, and for what.
    pub killed_by: KilledBy,
    pub(in crate::mock::server) bug: Bug,
}

/// A server that differs from the strict one in a way that some document allows. No case may fail it.
#[derive(Debug)]
pub struct Variant {
    /// The name on the command line. Never used again for something else.
    pub name: &'static str,
    /// How it differs, and which document allows it, in one sentence.
    pub about: &'static str,
    pub(in crate::mock::server) bug: Bug,
}

/// Where and how a mutant or a variant differs from the strict service. Alphabetical.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock::server) enum Bug {
    /// Ends more calls than the request asks for: the ids of them.
    Also(fn(&Element) -> Vec<String>),
    /// Sends another answer to Disconnect.
    Answers(fn(AnswerKind, Response) -> Reaction),
    /// Answers messages with these defects by the page of an error that nobody caught.
    Breaks(&'static [Defect]),
    /// Keeps and compares call ids by this part or form of them.
    CallIds(fn(&str) -> String),
    /// Crashes on requests like this, and is up again after the next one.
    Crashes(fn(&Request<'_>) -> bool),
    /// Answers a defect by another fault or otherwise.
    Faults(fn(Defect) -> Option<Response>),
    /// Takes an id that no call has for that of the last call that is up of which this holds, with that id.
    Finds(fn(&str, &str) -> bool),
    /// Takes what is no longer framed as HTTP asks for a body.
    Framing,
    /// Never answers requests like this.
    Hangs(fn(&Request<'_>) -> bool),
    /// Never answers a request whose framing is broken.
    HangsOnFraming,
    /// Reacts by itself before a message is read.
    Http(fn(&Service, &Request<'_>) -> Option<Reaction>),
    /// Takes namespaces like this for that of the messages.
    Knows(fn(&str) -> bool),
    /// Gives calls ids of this form.
    Issues(fn(&str) -> String),
    /// Differs in what it makes of the bytes of a connection.
    Line(Quirk),
    /// Takes a message that the strict reader refuses, for the elements that this makes of it.
    Lenient(fn(&mut Element)),
    /// Differs by how often, how soon or in what company it is asked.
    Mood(Mood),
    /// Takes the bytes of every message for others.
    Misreads(fn(&[u8]) -> Vec<u8>),
    /// Refuses legal messages whose text is like this.
    Refuses(fn(&str) -> bool),
    /// Takes a message that the strict reader refuses for these bytes.
    Repairs(fn(&[u8]) -> Option<Vec<u8>>),
    /// Reacts by itself to requests of whoever is known, before anything else is looked at.
    Routes(fn(&Request<'_>) -> Option<Reaction>),
    /// Takes a time that grows with the square of this part of a message, in characters.
    Slow(fn(&str) -> usize),
    /// Differs in what it remembers and does.
    State(State),
    /// Answers requests like this by a status alone.
    Status(fn(&Request<'_>) -> bool, u16),
    /// Answers messages with these defects with success, and does nothing.
    Swallows(&'static [Defect]),
    /// Takes messages with these defects, and finds the call id by searching for its tags.
    Takes(&'static [Defect]),
    /// Serves one connection at a time.
    TakesTurns,
    /// Makes this of an id that no call has, if it is like this.
    Unknown(fn(&str) -> bool, UnknownId),
}

/// What comes of an id that no call has.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock::server) enum UnknownId {
    /// The page of an error that nobody caught.
    Breaks,
    /// A crash, after which a supervisor starts the server again.
    Dies,
    /// Success.
    Succeeds,
}

/// A mutant, as it is written in a table.
pub(super) const fn mutant(name: &'static str, about: &'static str, killed_by: KilledBy, bug: Bug) -> Mutant {
    Mutant { name, about, killed_by, bug }
}

/// A variant, as it is written in a table.
pub(super) const fn variant(name: &'static str, about: &'static str, bug: Bug) -> Variant {
    Variant { name, about, bug }
}

impl Variant {
    /// Whether it differs only on a connection, not in an answer.
    pub fn needs_wire(&self) -> bool {
        matches!(self.bug, Bug::Line(_))
    }
}

impl Mutant {
    /// Whether nothing tells where some of its answers end, so that they are waited for.
    pub fn leaves_answers_open(&self) -> bool {
        matches!(self.bug, Bug::Line(Quirk::NoLengthStays | Quirk::ChunkEndMissing))
    }

    /// Whether only the time that it takes is wrong.
    pub fn is_slow(&self) -> bool {
        matches!(self.bug, Bug::Slow(_))
    }

    /// Whether the defect shows only on a connection, not in an answer.
    pub fn needs_wire(&self) -> bool {
        matches!(self.bug, Bug::Framing | Bug::HangsOnFraming | Bug::Line(_) | Bug::TakesTurns)
    }

    /// Whether what it answers may rest on more than the request and the calls that the request names.
    pub fn remembers(&self) -> bool {
        matches!(
            self.bug,
            Bug::Crashes(_) | Bug::Finds(_) | Bug::Mood(_) | Bug::State(_) | Bug::Unknown(_, UnknownId::Dies)
        )
    }

    /// Whether the defect shows only where the run watches an address.
    pub fn needs_canary(&self) -> bool {
        matches!(self.bug, Bug::State(state) if state.makes_contact())
    }
}
