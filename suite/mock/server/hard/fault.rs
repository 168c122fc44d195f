//! What goes wrong where all factors meet.

use std::time::Duration;

use super::seen::{Past, Seen};
use crate::evidence::{Reaction, Response};
use crate::mock::server::mutant::{Bug, Element, Mutant, State, mutants, page};

/// Longest time that is spent on what takes more than it should: a benchmark must stay quick.
const MOST: Duration = Duration::from_millis(40);

/// What goes wrong. Alphabetical.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// A defect of its own, with what it is in one sentence, and whether valid requests show it.
    Has(Bug, &'static str, bool),
    /// The defect of the mutant of this name.
    Is(&'static str),
    /// The connection is reset instead of an answer.
    Resets,
    /// The time taken grows with the square of what is counted: nanoseconds for the square of one, and what it is.
    Slows(fn(&Seen<'_>) -> usize, u64, &'static str),
    /// The text of a fault, or a comment in a success, goes on with this: what it tells, and in words.
    Tells(fn(&Past, &Seen<'_>) -> String, &'static str),
}

impl Fault {
    /// The mutant whose defect it is.
    fn mutant(self) -> Option<&'static Mutant> {
        let Self::Is(name) = self else { return None };
        mutants().find(|mutant| mutant.name == name)
    }

    /// The defect, where it is one of a whole service.
    pub(super) fn bug(self) -> Option<Bug> {
        match self {
            Self::Has(bug, ..) => Some(bug),
            _ => self.mutant().map(|mutant| mutant.bug),
        }
    }

    /// The case that is named for it.
    pub(super) fn case(self) -> Option<&'static str> {
        match self {
            Self::Is(_) => self.mutant().map(|mutant| mutant.killed_by.case),
            Self::Has(_, _, shows) if !shows => Some("call-id/padded-leading-space"),
            _ => None,
        }
    }

    /// What goes wrong, in a sentence.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Has(_, about, _) | Self::Slows(_, _, about) | Self::Tells(_, about) => about,
            Self::Is(_) => self.mutant().map_or("", |mutant| mutant.about),
            Self::Resets => "The connection is reset instead of an answer.",
        }
    }

    pub(super) fn shows_in_valid_requests(self) -> bool {
        match self {
            Self::Has(_, _, shows) => shows,
            Self::Is(_) => self.mutant().is_some_and(|mutant| mutant.killed_by.case == "xml/minimal"),
            Self::Resets => true,
            Self::Slows(..) | Self::Tells(..) => false,
        }
    }

    /// Spends the time that it takes.
    pub(super) fn spend(self, seen: &Seen<'_>) {
        if let Self::Slows(count, nanos, _) = self {
            let count = count(seen) as u64;
            let time = Duration::from_nanos(count.saturating_mul(count).saturating_mul(nanos));
            std::thread::sleep(time.min(MOST));
        }
    }

    /// An answer that tells more than it should.
    pub(super) fn tell(self, past: &Past, seen: &Seen<'_>, reaction: Reaction) -> Reaction {
        let (Self::Tells(what, _), Reaction::Answer(response)) = (self, &reaction) else { return reaction };
        let body = String::from_utf8_lossy(&response.body);
        let told = crate::message::escape_text(&what(past, seen));
        let body = match body.split_once("</faultstring>") {
            Some((before, after)) => format!("{before} {told}</faultstring>{after}"),
            None => format!("{body}<!-- {} -->", told.replace("--", "- ")),
        };
        Response { body: body.into_bytes(), ..response.clone() }.into()
    }
}

/// A valid request is refused.
pub(super) const REFUSES: Fault =
    Fault::Has(Bug::Refuses(|_| true), "A valid request is refused as malformed.", true);

/// The end of the id is lost.
pub(super) const DROPS_TAIL: Fault = Fault::Has(
    Bug::Misreads(|body| {
        with_id(body, |id| {
            let mut id = id.to_owned();
            id.pop();
            id
        })
    }),
    "The last letter of the id is lost.",
    true,
);

/// White space around the id does not count.
pub(super) const TRIMS: Fault = Fault::Has(
    Bug::Misreads(|body| with_id(body, |id| id.trim().to_owned())),
    "White space around the id is cut.",
    false,
);

/// A success that is none.
pub(super) const PRETENDS: Fault = Fault::Has(
    Bug::State(State::NeverEndsCalls),
    "Disconnect is answered with success, and the call goes on.",
    true,
);

/// The page of an error that nobody caught.
pub(super) const BREAKS: Fault =
    Fault::Has(Bug::Routes(|_| Some(page(500))), "The page of an error comes instead of an answer.", true);

/// The same message with another text in its CallId, in the same encoding; as it is, where it cannot be read.
fn with_id(body: &[u8], change: fn(&str) -> String) -> Vec<u8> {
    let Some(mut root) = Element::read(body, None) else { return body.to_vec() };
    root.for_each(&mut |element| {
        if element.local == "CallId" {
            element.text = change(&element.text);
            // Its value names a prefix, which is bound no more where the message is written anew.
            element.attributes.retain(|(_, local, _)| local != "type");
        }
    });
    let written = root.write();
    match body {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => {
            let text = String::from_utf8_lossy(&written);
            "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        _ => written,
    }
}
