//! Every check for servers, and what runs those of one answer.

use super::answer_checks::ANSWER_CHECKS;
use super::check::{Check, Grade, of_case};
use super::fault_checks::FAULT_CHECKS;
use super::line_checks::LINE_CHECKS;
use crate::evidence::{Answer, Observation};
use crate::judge::{CheckId, Finding, Grading, Verdict};
use crate::protocol::{RequirementId, Tolerance, ledger, req};

/// Every check. Those without a function judge a case as a whole.
pub static CHECKS: &[&[Check]] = &[ANSWER_CHECKS, LINE_CHECKS, FAULT_CHECKS, WHOLE_CHECKS];

static WHOLE_CHECKS: &[Check] = &[
    // The outcome against the decision table; a fault with another code cites the row of its code.
    of_case(
        CheckId::Outcome,
        &[
            req::INVALID_ID_FAULT,
            req::INVALID_ID_CODE,
            req::MALFORMED_REQUEST_FAULT,
            req::INVALID_REQUEST_CODE,
            req::CLIENT_FAULT_FOR_MALFORMED,
        ],
    ),
    // The state of the call before and after.
    of_case(
        CheckId::Effect,
        &[
            req::OTHER_METHODS_CHANGE_NOTHING,
            req::MEANING_OF_SUCCESS,
            req::NO_EFFECT_AFTER_FAULT,
            req::NO_EFFECT_OF_REFUSED,
            req::STATE_CHANGED_BY_DISCONNECT,
            req::CONNECTED_CALL_ENDED,
            req::STATE_AFTER_DISCONNECT,
            req::CALL_ENDED_BY_CALLEE,
            req::OTHER_CALLS_UNTOUCHED,
        ],
    ),
    // The plain request after the case.
    of_case(CheckId::Alive, &[req::ALIVE_AFTERWARDS]),
    // A failure that did not come again.
    of_case(CheckId::Repeat, &[req::SAME_ANSWER_TO_SAME_REQUEST]),
    // A contact with an address that only the request named.
    of_case(CheckId::Canary, &[req::CALL_ID_HOST_NOT_TRUSTED, req::NO_EXTERNAL_ENTITIES]),
    of_case(CheckId::CallInfoPlace, &[req::STATE_AFTER_DISCONNECT]),
    of_case(CheckId::IssuedPlace, &[req::ID_FROM_PLAY_ON_PHONE_GREETING]),
    of_case(CheckId::CallInfoState, &[req::STATES_NEVER_SHOWN]),
    of_case(CheckId::CallInfoCause, &[req::EVENT_CAUSE]),
];

/// Runs every check that looks at one answer.
pub fn check_answer(answer: &Answer, observation: &Observation, grading: Grading) -> Vec<Finding> {
    let Answer::Http(http) = answer else { return Vec::new() };
    if !http.complete && observation.message.is_none() {
        // Of an answer that broke off nothing can be told but that.
        return Vec::new();
    }
    CHECKS
        .iter()
        .flat_map(|group| group.iter())
        .filter_map(|check| {
            let found = check.run?(http, observation)?;
            let requirement = found.requirement.or(check.requirements.first().copied())?;
            let requirement = ledger::requirement(requirement)?;
            let verdict = match found.grade {
                Grade::Breach => grading.breach(requirement),
                Grade::Note => Verdict::Note,
                Grade::Shape => grading.shape(requirement),
                Grade::Tolerated => grading.tolerated(requirement, Tolerance::Warn),
            };
            Some(
                Finding::new(check.id, requirement.id, verdict, found.expected, found.observed)
                    .on(found.ambiguity),
            )
        })
        .collect()
}

/// Checks what GetCallInfo says of a call (OXWUMS 3.1.4.3.4).
pub(crate) fn check_call_info(observation: &Observation, grading: Grading) -> Vec<Finding> {
    let Some(info) = observation.message.as_ref().and_then(|message| message.call_info.as_ref()) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut found = |check, requirement, expected: &str, observed: String| {
        if let Some(requirement) = ledger::requirement(requirement) {
            findings.push(Finding::new(
                check,
                requirement.id,
                grading.breach(requirement),
                expected,
                observed,
            ));
        }
    };
    if !matches!(info.state.as_str(), "Connecting" | "Connected" | "Disconnected") {
        let observed = format!("CallState {:?}", info.state);
        found(
            CheckId::CallInfoState,
            req::STATES_NEVER_SHOWN,
            "CallState Connecting, Connected or Disconnected",
            observed,
        );
    }
    if info.state != "Disconnected" && info.cause != "None" && !info.cause.is_empty() {
        let observed = format!("EventCause {:?} with CallState {:?}", info.cause, info.state);
        found(
            CheckId::CallInfoCause,
            req::EVENT_CAUSE,
            "EventCause None while the call is not Disconnected",
            observed,
        );
    }
    if !info.amiss.is_empty() {
        let observed = info.amiss.join(", ");
        findings.extend(misplaced(CheckId::CallInfoPlace, req::STATE_AFTER_DISCONNECT, &observed, grading));
    }
    findings
}

/// Checks how an id was issued. The answers of the other operations are not what is judged here, so in
/// interop what is not in its place is no more than a warning.
pub(super) fn check_issued(observation: &Observation, grading: Grading) -> Vec<Finding> {
    let issued = observation.message.as_ref().and_then(|message| message.issued.as_ref());
    let Some(issued) = issued.filter(|issued| !issued.amiss.is_empty()) else { return Vec::new() };
    let row = req::ID_FROM_PLAY_ON_PHONE_GREETING;
    misplaced(CheckId::IssuedPlace, row, &issued.amiss.join(", "), grading).into_iter().collect()
}

fn misplaced(check: CheckId, row: RequirementId, observed: &str, grading: Grading) -> Option<Finding> {
    let row = ledger::requirement(row)?;
    let expected = "every element of the answer in its documented place and namespace";
    Some(Finding::new(check, row.id, grading.tolerated(row, Tolerance::Warn), expected, observed))
}
