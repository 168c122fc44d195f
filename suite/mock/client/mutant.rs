//! A client with one defect, and how one is written down.

use super::exchange::{Got, exchange, exchange_by};
use super::reference::{self, defect, end_of, request, wait};
use super::way::Way;
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::HttpRequest;
use crate::mock::killed_by::KilledBy;
use crate::protocol::Defect;

/// A client with one named defect.
#[derive(Debug, Clone, Copy)]
pub struct ClientMutant {
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
    /// It breaks off on an answer like this.
    BreaksIf(fn(&Got) -> bool),
    /// It breaks off on an answer with one of these defects.
    BreaksOn(&'static [Defect]),
    /// It breaks off on an answer whose text is like this.
    BreaksWhere(fn(&str) -> bool),
    /// It asks for something else than it was given.
    Id(fn(&str) -> String),
    /// It does it in its own way.
    Instead(fn(&ClientCall<'_>) -> ClientEnd),
    /// It makes something else of what it got.
    Reads(fn(&Got, ClientEnd) -> ClientEnd),
    /// It takes an answer that is to be refused for this one.
    Repairs(fn(&[u8]) -> Option<Vec<u8>>),
    /// It sends something else.
    Sends(fn(&mut HttpRequest)),
    /// It takes an answer with 2xx and one of these defects for success.
    Takes(&'static [Defect]),
    /// It writes its request on the line in this way.
    Writes(Way),
}

impl ClientMutant {
    /// Whether the defect is in what it sends, and no answer brings it out.
    pub fn is_about_requests(&self) -> bool {
        matches!(self.flaw, Flaw::Id(_) | Flaw::Sends(_) | Flaw::Writes(_))
    }
}

impl Client for &'static ClientMutant {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        match self.flaw {
            Flaw::Id(change) => {
                let id = change(call.call_id);
                if reference::takes(&id) {
                    reference::disconnect(&ClientCall { call_id: &id, ..*call })
                } else {
                    ClientEnd::Refused
                }
            }
            Flaw::Instead(way) => way(call),
            _ if !reference::takes(call.call_id) => ClientEnd::Refused,
            Flaw::Sends(change) => {
                let mut request = request(call.call_id);
                change(&mut request);
                end_of(&exchange(call.url, &request, wait(call)))
            }
            Flaw::Writes(way) => end_of(&exchange_by(call.url, &request(call.call_id), wait(call), &way)),
            Flaw::BreaksIf(_)
            | Flaw::BreaksOn(_)
            | Flaw::BreaksWhere(_)
            | Flaw::Reads(_)
            | Flaw::Repairs(_)
            | Flaw::Takes(_) => {
                let got = exchange(call.url, &request(call.call_id), wait(call));
                self.flaw.end(&got)
            }
        }
    }
}

impl Flaw {
    /// What comes of an answer.
    fn end(self, got: &Got) -> ClientEnd {
        let has = |defects: &[Defect]| {
            got.status != 0
                && !got.unended
                && got.complete
                && !got.broken
                && defect(got).is_some_and(|defect| defects.contains(&defect))
        };
        let breaks = match self {
            Self::BreaksIf(which) => which(got),
            Self::BreaksOn(defects) => has(defects),
            Self::BreaksWhere(which) => got.status != 0 && !got.unended && which(&got.text()),
            Self::Reads(make) => return make(got, end_of(got)),
            Self::Repairs(repair) => {
                let repaired = defect(got).and_then(|_| repair(&got.body));
                return repaired.map_or_else(|| end_of(got), |body| end_of(&Got { body, ..got.clone() }));
            }
            Self::Takes(defects) if (200..300).contains(&got.status) && has(defects) => {
                return ClientEnd::Disconnected;
            }
            Self::Id(_) | Self::Instead(_) | Self::Sends(_) | Self::Takes(_) | Self::Writes(_) => false,
        };
        if breaks { ClientEnd::Crashed("an error that nobody catches".to_owned()) } else { end_of(got) }
    }
}

pub(super) const fn sends(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&mut HttpRequest),
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Sends(change) }
}

pub(super) const fn writes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    way: Way,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Writes(way) }
}

pub(super) const fn asks(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&str) -> String,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Id(change) }
}

pub(super) const fn reads(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    make: fn(&Got, ClientEnd) -> ClientEnd,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Reads(make) }
}

pub(super) const fn does(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    way: fn(&ClientCall<'_>) -> ClientEnd,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Instead(way) }
}

pub(super) const fn takes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::Takes(defects) }
}

pub(super) const fn breaks_on(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    defects: &'static [Defect],
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::BreaksOn(defects) }
}

pub(super) const fn breaks_where(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::BreaksWhere(which) }
}

pub(super) const fn breaks_if(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&Got) -> bool,
) -> ClientMutant {
    ClientMutant { name, about, killed_by, flaw: Flaw::BreaksIf(which) }
}
