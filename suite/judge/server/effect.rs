//! Whether a request changed the state of its call, as GetCallInfo tells it.

use super::Context;
use crate::catalogue::{Case, CaseHeader as _};
use crate::evidence::{Attempt, CallStatus, Role};
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::{AmbiguityId, InputClass, Outcome, RequirementId, req};

/// Whether the mutant changed the call's state; reports where that does not fit the answer.
pub(super) fn effect(
    context: Context<'_>,
    attempt: &Attempt,
    outcome: &Outcome,
    findings: &mut Vec<Finding>,
) -> bool {
    let Context { case, control, grading } = context;
    let state = |role| attempt.step(role).and_then(|step| CallStatus::of(&step.exchange.answer));
    if !control.states {
        return false;
    }
    let (Some(before), Some(after)) = (state(Role::Before), state(Role::After)) else { return false };
    if before == CallStatus::Ended {
        let (expected, observed) = ("a call that is up", "the call had ended by itself before the request");
        let finding =
            Finding::new(CheckId::Effect, req::CALL_ENDED_BY_CALLEE, Verdict::Note, expected, observed);
        findings.push(finding.on(Some(AmbiguityId::ENDED_CALL)));
        return true;
    }
    let ended = after == CallStatus::Ended;
    if ended && (outcome.is_refusal() || (case.class.is_negative() && !outcome.claims_success())) {
        findings.push(Finding::new(
            CheckId::Effect,
            effect_requirement(case),
            Verdict::Fail,
            "no effect on the call",
            "the call was ended although the request was not accepted",
        ));
    }
    if ended && case.class == InputClass::Unissued && outcome.claims_success() {
        // The id that was sent is another one than that of the call, if only by a letter.
        findings.push(Finding::new(
            CheckId::Effect,
            case.primary().id,
            grading.breach(case.primary()),
            "no effect on a call with another id",
            "the call was ended",
        ));
    }
    // A success for an id that names no call tells of none (contradiction C25).
    let names_call = case.class != InputClass::Unissued;
    if !ended && names_call && outcome.claims_success() && !case.class.is_negative() {
        let verdict = if case.class.is_positive() { Verdict::Fail } else { Verdict::Warn };
        let row = req::STATE_AFTER_DISCONNECT.requirement();
        findings.push(Finding::new(
            CheckId::Effect,
            row.id,
            verdict.min(grading.breach(row)),
            "a call that has ended",
            "success, but the call is still up",
        ));
    }
    ended
}

fn effect_requirement(case: &Case) -> RequirementId {
    match case.class {
        InputClass::Method => req::OTHER_METHODS_CHANGE_NOTHING,
        InputClass::NotWellFormed => req::WELL_FORMED,
        InputClass::MandatoryHeader => req::HEADERS_CHECKED_FIRST,
        _ => req::NO_EFFECT_OF_REFUSED,
    }
}
