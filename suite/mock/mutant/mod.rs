//! Servers with one named defect each, to show that the verdicts notice it.
//!
//! A mutant is the strict service with one [`Bug`]: it takes a message for another one, refuses a
//! legal one, takes a call id for another one, answers or behaves in a wrong way. The tables are
//! grouped by where in a server such a defect sits.

mod answer;
mod call_id;
mod elements;
mod envelope;
mod fault;
mod http;
mod line;
mod markup;
mod spelling;
mod state;
mod tree;
mod variant;

pub(super) use state::State;
pub(super) use tree::Element;
pub(super) use variant::client_fault;

use super::{Request, Service};
use crate::evidence::{Reaction, Response};
use crate::protocol::Defect;

/// A server with one defect.
#[derive(Debug)]
pub struct Mutant {
    /// The name on the command line: what the server does, in kebab case. Never used again for
    /// something else.
    pub name: &'static str,
    /// What it does wrong, in one sentence.
    pub about: &'static str,
    pub(super) bug: Bug,
}

/// Where and how a mutant differs from the strict service. Alphabetical.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bug {
    /// Ends more calls than the request asks for: the ids of them.
    Also(fn(&Element) -> Vec<String>),
    /// Sends another answer to Disconnect.
    Answers(fn(Said, Response) -> Reaction),
    /// Keeps and compares call ids by this part or form of them.
    CallIds(fn(&str) -> String),
    /// Answers a defect by another fault or otherwise.
    Faults(fn(Defect) -> Option<Response>),
    /// Takes what is no longer framed as HTTP asks for a body.
    Framing,
    /// Never answers requests like this.
    Hangs(fn(&Request<'_>) -> bool),
    /// Never answers a request whose framing is broken.
    HangsOnFraming,
    /// Reacts by itself before a message is read.
    Http(fn(&Service, &Request<'_>) -> Option<Reaction>),
    /// Takes a message that the strict reader refuses, for the elements that this makes of it.
    Lenient(fn(&mut Element)),
    /// Takes the bytes of every message for others.
    Misreads(fn(&[u8]) -> Vec<u8>),
    /// Refuses legal messages whose text is like this.
    Refuses(fn(&str) -> bool),
    /// Takes a message that the strict reader refuses for these bytes.
    Repairs(fn(&[u8]) -> Option<Vec<u8>>),
    /// Differs in what it remembers and does.
    State(State),
    /// Answers requests like this by a status alone.
    Status(fn(&Request<'_>) -> bool, u16),
    /// Serves one connection at a time.
    TakesTurns,
}

/// What an answer to Disconnect says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The invalid-id fault.
    InvalidId,
    /// The malformed-request fault.
    Malformed,
    /// The MustUnderstand fault.
    MustUnderstand,
    /// Success.
    Success,
    /// The VersionMismatch fault.
    VersionMismatch,
}

impl Said {
    pub(super) fn is_fault(self) -> bool {
        self != Self::Success
    }
}

const fn mutant(name: &'static str, about: &'static str, bug: Bug) -> Mutant {
    Mutant { name, about, bug }
}

/// Every mutant, by the part of a server that is wrong.
pub fn mutants() -> impl Iterator<Item = &'static Mutant> {
    [
        http::MUTANTS,
        line::MUTANTS,
        markup::MUTANTS,
        spelling::MUTANTS,
        envelope::MUTANTS,
        elements::MUTANTS,
        call_id::MUTANTS,
        state::MUTANTS,
        answer::MUTANTS,
        fault::MUTANTS,
    ]
    .into_iter()
    .flatten()
}

/// Servers that differ from the strict one in a way that some document allows: none of them may fail.
pub fn variants() -> impl Iterator<Item = &'static Mutant> {
    variant::VARIANTS.iter()
}

impl Mutant {
    /// Whether the defect shows only on a connection, not in an answer.
    pub fn needs_wire(&self) -> bool {
        matches!(self.bug, Bug::Framing | Bug::HangsOnFraming | Bug::TakesTurns)
    }

    /// Whether the defect shows only where the run watches an address.
    pub fn needs_canary(&self) -> bool {
        matches!(self.bug, Bug::State(state) if state.makes_contact())
    }
}
