//! What follows from something else that was found in the same answer, and is not judged again.

use super::outcome::wrong_success;
use crate::evidence::{Answer, Observation};
use crate::judge::{CheckGroup, CheckId, Finding, Verdict};
use crate::protocol::{FaultCode, Outcome, req};

/// Checks of what a detail holds.
const LOOK_INTO_DETAIL: [CheckId; 3] =
    [CheckId::InvalidIdDetail, CheckId::MalformedMessage, CheckId::MalformedResponseCode];

/// Leaves of what was found in an answer what it comes from: where nothing could be read, what the answer
/// amounts to is no second fault, and neither is the code of a fault that has none. What it comes from is
/// then what the case has come to.
pub(super) fn follow(findings: &mut Vec<Finding>, answer: &Answer, observation: &Observation) {
    if findings.iter().any(is_fault_beside_success) {
        findings.retain(|finding| {
            is_fault_beside_success(finding)
                || !matches!(finding.check.group(), CheckGroup::Fault | CheckGroup::Success)
        });
    }
    let has_no_detail = observation.fault().is_some_and(|fault| fault.detail.is_none());
    if has_no_detail && findings.iter().any(|finding| finding.check == CheckId::FaultDetail) {
        findings.retain(|finding| !LOOK_INTO_DETAIL.contains(&finding.check));
    }
    // An answer that nobody could read is lost because of what is wrong with it as HTTP.
    let is_of_http =
        |finding: &&Finding| matches!(finding.check, CheckId::AnswerFraming | CheckId::AnswerHead);
    let unread = findings.iter().filter(|_| observation.outcome == Outcome::Lost).find(is_of_http);
    let unread = unread.map(|finding| finding.check);
    let is_outcome =
        |finding: &&mut Finding| finding.check == CheckId::Outcome && finding.verdict >= Verdict::Warn;
    let Some(outcome) = findings.iter_mut().find(is_outcome) else { return };
    if is_success_by_half(answer, observation) {
        // It says neither that the call was disconnected nor that it was not, whatever was asked.
        let words = outcome.observed.clone();
        *outcome = Finding { class: outcome.class, outcome: outcome.outcome.take(), ..wrong_success(&words) };
        return;
    }
    let Some(cause) = unread.or_else(|| cause_of(observation)) else { return };
    // That a fault has no code explains why it has not the one asked for, and not that there is a fault.
    let is_about_code = [req::INVALID_ID_CODE, req::INVALID_REQUEST_CODE].contains(&outcome.requirement);
    if cause == CheckId::FaultRequired && !is_about_code {
        return;
    }
    let grave = outcome.verdict;
    let mut explains = findings.iter_mut().filter(|finding| finding.verdict >= grave);
    if let Some(found) = explains.find(|finding| finding.check == cause) {
        found.common = false;
        findings.retain(|finding| finding.check != CheckId::Outcome || finding.verdict < Verdict::Warn);
    }
}

/// Whether a finding is that of Fault and DisconnectResponse in one Body: of which of them the answer has
/// too little is no matter then.
fn is_fault_beside_success(finding: &Finding) -> bool {
    finding.check == CheckId::FaultOne && finding.requirement == req::FAULT_OR_RESPONSE
}

/// Whether an answer is a success by its status or by its words alone: 2xx without a body, or
/// DisconnectResponse with the status of an error.
fn is_success_by_half(answer: &Answer, observation: &Observation) -> bool {
    let is_empty = matches!(answer, Answer::Http(http) if http.body.0.is_empty());
    match &observation.outcome {
        Outcome::WrongSuccess(_) => is_empty,
        Outcome::Other => observation.message.as_ref().is_some_and(|message| message.has_response),
        _ => false,
    }
}

/// The check that tells why an answer amounts to what it does, where one does.
fn cause_of(observation: &Observation) -> Option<CheckId> {
    match &observation.outcome {
        Outcome::Fault(_) if observation.message.as_ref().is_some_and(|message| message.has_response) => {
            Some(CheckId::FaultOne)
        }
        Outcome::Fault(FaultCode::Other(code)) if code.is_empty() => Some(CheckId::FaultRequired),
        Outcome::Http(_) => Some(CheckId::AnswerXml),
        _ => None,
    }
}
