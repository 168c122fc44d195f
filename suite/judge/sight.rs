//! Which checks had something to look at.

use std::collections::BTreeSet;

use crate::evidence::{Answer, Attempt, Seen, observe};
use crate::protocol::{FaultCode, Outcome};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::CallIds;
    use crate::evidence::{Bytes, Exchange, HttpAnswer, Sent};
    use crate::evidence::{Role, Step};
    use crate::message::{
        write_call_info, write_fault, write_invalid_call_id, write_malformed, write_success,
    };
    use crate::protocol::names;

    /// What an answer gives to look at beyond what any attempt and any message give.
    fn seen(status: u16, body: &str) -> Vec<&'static str> {
        let sent = Sent {
            method: "POST".into(),
            target: "/".into(),
            headers: Vec::new(),
            body: Bytes(Vec::new()),
            wire: None,
        };
        let answer = Answer::Http(HttpAnswer {
            version: "1.1".into(),
            status,
            headers: vec![("content-type".into(), names::CONTENT_TYPE.into())],
            body: Bytes(body.as_bytes().to_vec()),
            complete: true,
            trailing: 0,
        });
        let step = Step { role: Role::Mutant, turn: None, exchange: Exchange { sent, answer } };
        let attempt = Attempt { ids: CallIds::Fresh, opened: true, canary: false, steps: vec![step] };
        let sights = sights(&attempt);
        assert_eq!(sights.contains("answer/xml"), !body.is_empty());
        sights
            .into_iter()
            .filter(|sight| {
                !sight.starts_with("answer/")
                    || ["answer/version", "answer/allow", "answer/authenticate", "answer/redirect"]
                        .contains(sight)
            })
            .filter(|sight| *sight != "alive")
            .collect()
    }

    #[test]
    fn checks_are_seen_only_where_they_had_something_to_look_at() {
        assert_eq!(seen(200, ""), [""; 0]);
        assert_eq!(seen(401, ""), ["answer/authenticate"]);
        assert_eq!(seen(405, ""), ["answer/allow"]);
        assert_eq!(seen(302, ""), ["answer/redirect"]);
        assert_eq!(seen(200, &write_success()), ["success/"]);
        assert_eq!(seen(500, &write_success()), [""; 0]);
        assert_eq!(seen(200, &write_call_info("Connected", "None")), ["call-info/"]);
        assert_eq!(seen(500, &write_fault("Server", "x")), ["fault/"]);
        assert_eq!(seen(500, &write_invalid_call_id()), ["fault/", "invalid-id/"]);
        assert_eq!(seen(500, &write_malformed()), ["fault/", "malformed/"]);
        assert_eq!(seen(500, &write_fault("VersionMismatch", "x")), ["answer/version", "fault/"]);
    }
}
