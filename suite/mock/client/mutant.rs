//! A client with one defect, and how one is written down.

use super::exchange::{Got, exchange};
use super::reference::{self, end_of, request, takes, wait};
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::HttpRequest;
use crate::mock::killed_by::KilledBy;

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
    /// It asks for something else than it was given.
    Id(fn(&str) -> String),
    /// It does it in its own way.
    Instead(fn(&ClientCall<'_>) -> ClientEnd),
    /// It makes something else of what it got.
    Reads(fn(&Got, ClientEnd) -> ClientEnd),
    /// It sends something else.
    Sends(fn(&mut HttpRequest)),
}

impl ClientMutant {
    /// Whether the defect is in what it sends, and no answer brings it out.
    pub fn is_about_requests(&self) -> bool {
        matches!(self.flaw, Flaw::Id(_) | Flaw::Sends(_))
    }
}

impl Client for &'static ClientMutant {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        match self.flaw {
            Flaw::Id(change) => {
                let id = change(call.call_id);
                if takes(&id) {
                    reference::disconnect(&ClientCall { call_id: &id, ..*call })
                } else {
                    ClientEnd::Refused
                }
            }
            Flaw::Instead(way) => way(call),
            Flaw::Reads(_) | Flaw::Sends(_) if !takes(call.call_id) => ClientEnd::Refused,
            Flaw::Reads(make) => {
                let got = exchange(call.url, &request(call.call_id), wait(call));
                make(&got, end_of(&got))
            }
            Flaw::Sends(change) => {
                let mut request = request(call.call_id);
                change(&mut request);
                end_of(&exchange(call.url, &request, wait(call)))
            }
        }
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
