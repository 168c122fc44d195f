//! Which checks had something to look at.

use std::collections::BTreeSet;

use crate::evidence::{Answer, Attempt, Observation, observe};
use crate::judge::{CheckGroup, CheckId};
use crate::protocol::{FaultCode, Outcome};

/// Checks that look at every message.
const OF_ANY_MESSAGE: [CheckId; 12] = [
    CheckId::AnswerBody,
    CheckId::AnswerCharset,
    CheckId::AnswerEncodingStyle,
    CheckId::AnswerFraming,
    CheckId::AnswerHead,
    CheckId::AnswerInjectedElement,
    CheckId::AnswerInjectedField,
    CheckId::AnswerInstruction,
    CheckId::AnswerMediaType,
    CheckId::AnswerOne,
    CheckId::AnswerTrailer,
    CheckId::AnswerXml,
];

/// The checks that the answers of an attempt give something to look at.
pub(crate) fn applicable(attempt: &Attempt) -> BTreeSet<CheckId> {
    let mut checks = BTreeSet::from([CheckId::Alive]);
    if attempt.canary {
        checks.insert(CheckId::Canary);
    }
    for step in &attempt.steps {
        let Answer::Http(http) = &step.exchange.answer else { continue };
        match http.status {
            401 => checks.insert(CheckId::AnswerAuthenticate),
            405 => checks.insert(CheckId::AnswerAllow),
            300..=399 => checks.insert(CheckId::AnswerRedirect),
            _ => false,
        };
        of_message(&observe(&step.exchange.answer), &mut checks);
    }
    checks
}

fn of_message(observation: &Observation, checks: &mut BTreeSet<CheckId>) {
    let Some(message) = &observation.message else { return };
    checks.extend(OF_ANY_MESSAGE);
    let mut groups = Vec::new();
    if message.call_info.is_some() {
        groups.push(CheckGroup::CallInfo);
    }
    if observation.outcome == Outcome::Ok {
        groups.push(CheckGroup::Success);
    }
    if let Some(fault) = observation.fault() {
        groups.push(CheckGroup::Fault);
        match fault.meaning() {
            FaultCode::InvalidCallId => groups.push(CheckGroup::InvalidId),
            FaultCode::InvalidRequest => groups.push(CheckGroup::Malformed),
            FaultCode::VersionMismatch => _ = checks.insert(CheckId::AnswerVersion),
            _ => {}
        }
    }
    checks.extend(CheckId::ALL.iter().filter(|check| groups.contains(&check.group())));
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

    /// The groups of checks that an answer gives something to look at, and the single checks that not every
    /// answer does.
    fn groups(status: u16, body: &str) -> Vec<String> {
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
        let step = Step { role: Role::Mutant, turn: None, exchange: Exchange::new(sent, answer) };
        let attempt = Attempt::new(CallIds::Fresh, true, vec![step]);
        let checks = applicable(&attempt);
        assert!(checks.contains(&CheckId::Alive));
        assert_eq!(OF_ANY_MESSAGE.iter().all(|check| checks.contains(check)), !body.is_empty());
        let rest = checks.iter().filter(|check| !OF_ANY_MESSAGE.contains(check) && **check != CheckId::Alive);
        let mut told: Vec<String> = rest
            .map(|check| match check.group() {
                CheckGroup::Answer => check.to_string(),
                group => format!("{group:?}"),
            })
            .collect();
        told.dedup();
        told
    }

    #[test]
    fn checks_apply_only_where_they_have_something_to_look_at() {
        assert_eq!(groups(200, ""), [""; 0]);
        assert_eq!(groups(401, ""), ["answer/authenticate"]);
        assert_eq!(groups(405, ""), ["answer/allow"]);
        assert_eq!(groups(302, ""), ["answer/redirect"]);
        assert_eq!(groups(200, &write_success()), ["Success"]);
        assert_eq!(groups(500, &write_success()), [""; 0]);
        assert_eq!(groups(200, &write_call_info("Connected", "None")), ["CallInfo"]);
        assert_eq!(groups(500, &write_fault("Server", "x")), ["Fault"]);
        assert_eq!(groups(500, &write_invalid_call_id()), ["Fault", "InvalidId"]);
        assert_eq!(groups(500, &write_malformed()), ["Fault", "Malformed"]);
        assert_eq!(groups(500, &write_fault("VersionMismatch", "x")), ["answer/version", "Fault"]);
    }
}
