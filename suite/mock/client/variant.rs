//! A client that differs from the reference as some document allows, and how one is written down.

use super::exchange::{Got, exchange_by};
use super::reference::{end_of, takes, wait};
use super::way::{USUAL, Way};
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::{Draft, Edit, HttpRequest, Ids};

/// A client that differs from the reference as some document allows: what fails one of them is a false alarm.
#[derive(Debug, Clone, Copy)]
pub struct ClientVariant {
    /// Its name.
    pub name: &'static str,
    /// What it does, and what allows it, in one sentence.
    pub about: &'static str,
    difference: Difference,
}

/// What is different about a variant.
#[derive(Debug, Clone, Copy)]
enum Difference {
    /// It does it in its own way.
    Does(fn(&ClientCall<'_>) -> ClientEnd),
    /// It makes something else of what it got.
    Reads(fn(&Got, ClientEnd) -> ClientEnd),
    /// It writes the request in another way on the line.
    Way(Way),
    /// It writes the message in another way.
    Writes(fn(&str) -> Vec<Edit>),
}

impl Client for &'static ClientVariant {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        match self.difference {
            Difference::Does(does) => does(call),
            _ if !takes(call.call_id) => ClientEnd::Refused,
            Difference::Reads(reads) => {
                let got = send(call, &written(call.call_id, &[]), &USUAL);
                reads(&got, end_of(&got))
            }
            Difference::Way(way) => end_of(&send(call, &written(call.call_id, &[]), &way)),
            Difference::Writes(edits) => {
                end_of(&send(call, &written(call.call_id, &edits(call.call_id)), &USUAL))
            }
        }
    }
}

/// The request for a call, with credentials, after these edits.
pub(super) fn written(id: &str, edits: &[Edit]) -> HttpRequest {
    let mut request = Draft::disconnect(edits).write(&Ids { this: id.to_owned(), ..Ids::default() });
    request.headers.push(("authorization".to_owned(), "Basic dW1zcGVjOnVtc3BlYw==".to_owned()));
    request
}

/// Sends a request to where a call asks for it.
pub(super) fn send(call: &ClientCall<'_>, request: &HttpRequest, way: &Way) -> Got {
    exchange_by(call.url, request, wait(call), way)
}

pub(super) const fn does(
    name: &'static str,
    about: &'static str,
    does: fn(&ClientCall<'_>) -> ClientEnd,
) -> ClientVariant {
    ClientVariant { name, about, difference: Difference::Does(does) }
}

pub(super) const fn reads(
    name: &'static str,
    about: &'static str,
    reads: fn(&Got, ClientEnd) -> ClientEnd,
) -> ClientVariant {
    ClientVariant { name, about, difference: Difference::Reads(reads) }
}

pub(super) const fn way(name: &'static str, about: &'static str, way: Way) -> ClientVariant {
    ClientVariant { name, about, difference: Difference::Way(way) }
}

pub(super) const fn writes(
    name: &'static str,
    about: &'static str,
    edits: fn(&str) -> Vec<Edit>,
) -> ClientVariant {
    ClientVariant { name, about, difference: Difference::Writes(edits) }
}
