//! Which checks had something to look at.

use std::collections::BTreeSet;

use super::{Attempt, Seen, observe};
use crate::protocol::{FaultCode, Outcome};
use crate::target::Answer;

/// The checks, by the starts of their ids, that the answers of an attempt give something to look at.
pub fn sights(attempt: &Attempt) -> BTreeSet<&'static str> {
    let mut sights = BTreeSet::from(["alive"]);
    if attempt.canary {
        sights.insert("canary");
    }
    for step in &attempt.steps {
        let Answer::Http(http) = &step.exchange.answer else { continue };
        match http.status {
            401 => sights.insert("answer/authenticate"),
            405 => sights.insert("answer/allow"),
            300..=399 => sights.insert("answer/redirect"),
            _ => false,
        };
        of_message(&observe(&step.exchange.answer), &mut sights);
    }
    sights
}

fn of_message(seen: &Seen, sights: &mut BTreeSet<&'static str>) {
    let Some(message) = &seen.message else { return };
    sights.extend([
        "answer/body",
        "answer/charset",
        "answer/encoding-style",
        "answer/injected-field",
        "answer/instruction",
        "answer/media-type",
        "answer/one",
        "answer/trailer",
        "answer/xml",
    ]);
    if message.call_info.is_some() {
        sights.insert("call-info/");
    }
    if seen.outcome == Outcome::Ok {
        sights.insert("success/");
    }
    if let Some(fault) = seen.fault() {
        sights.insert("fault/");
        match fault.meaning() {
            FaultCode::InvalidCallId => sights.insert("invalid-id/"),
            FaultCode::InvalidRequest => sights.insert("malformed/"),
            FaultCode::VersionMismatch => sights.insert("answer/version"),
            _ => false,
        };
    }
}
