//! Whether a request changed the state of its call, as GetCallInfo tells it.

use super::Context;
use crate::catalogue::{Case, CaseHeader as _};
use crate::evidence::{Attempt, CallStatus, Role, Step, observe};
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::{AmbiguityId, FaultCode, InputClass, Outcome, RequirementId, req};

/// Whether the mutant changed the call's state; reports where that does not fit the answer.
pub(super) fn effect(
    context: Context<'_>,
    attempt: &Attempt,
    outcome: &Outcome,
    findings: &mut Vec<Finding>,
) -> bool {
    let Context { case, control, grading } = context;
    let state = |role| attempt.step(role).and_then(|step| CallStatus::of(&step.exchange.answer));
    let seen = (state(Role::Before), state(Role::After));
    let (ended, observed) = match seen {
        (Some(CallStatus::Ended), Some(_)) if control.states => {
            let (expected, observed) =
                ("a call that is up", "the call had ended by itself before the request");
            let finding =
                Finding::new(CheckId::Effect, req::CALL_ENDED_BY_CALLEE, Verdict::Note, expected, observed);
            findings.push(finding.on(Some(AmbiguityId::ENDED_CALL)));
            return true;
        }
        (Some(_), Some(after)) if control.states => {
            (after == CallStatus::Ended, "the call was ended although the request was not accepted")
        }
        // A call that cannot be seen may still be found to be over when it is to be ended.
        _ => (
            hung_up_in_vain(context, attempt),
            "the call was ended although the request was not accepted: the valid request for it that came next \
             found none",
        ),
    };
    if !ended && !control.states {
        return false;
    }
    // A request whose answer was lost may have been accepted.
    let unknown = matches!(outcome, Outcome::Lost | Outcome::Silent);
    let row = effect_requirement(case);
    let is_not_accepted = outcome.is_refusal() || (case.class.is_negative() && !outcome.claims_success());
    if ended && !unknown && is_not_accepted {
        // That an answer to a valid request is no success, or that one is neither success nor refusal, is one
        // fault, and what became of the call belongs to it.
        let told =
            |finding: &&mut Finding| finding.check == CheckId::Outcome && finding.verdict >= Verdict::Warn;
        let is_other = case.class.is_positive() || !outcome.is_refusal();
        let is_one = row == req::NO_EFFECT_OF_REFUSED && is_other;
        if let Some(outcome) = findings.iter_mut().find(told).filter(|_| is_one) {
            outcome.observed.push_str("; the call was ended all the same");
            return true;
        }
        let observed = if row == req::SOAP_ACTION_CONFLICT {
            "the call was ended: the operation of SOAPAction ran, and not that of Body"
        } else {
            observed
        };
        findings.push(Finding::new(CheckId::Effect, row, Verdict::Fail, "no effect on the call", observed));
    }
    if ended && case.class == InputClass::Unissued && outcome.claims_success() {
        // The id that was sent is another one than that of the call, if only by a letter. That must not happen,
        // whatever the level of the row that lets an unknown id succeed (row 3 of the decision table). Where the
        // case is about letters or blanks that some take for the same, its own row says how grave that is.
        let is_another =
            case.primary().id == req::UNISSUED_CALL_ID && !case.requirements.contains(&req::PADDED_CALL_ID);
        let (row, verdict) = if is_another {
            // That the id was taken for one that its server need not know is no second fault then.
            findings.retain(|finding| {
                finding.check != CheckId::Outcome || finding.requirement != req::UNISSUED_CALL_ID
            });
            (req::OTHER_CALLS_UNTOUCHED, Verdict::Fail)
        } else {
            (case.primary().id, grading.breach(case.primary()))
        };
        let expected = "no effect on a call with another id";
        findings.push(Finding::new(CheckId::Effect, row, verdict, expected, "the call was ended"));
    }
    // A success for an id that names no call tells of none (contradiction C25).
    let names_call = case.class != InputClass::Unissued;
    let is_up = seen.1 == Some(CallStatus::Up);
    if is_up && names_call && outcome.claims_success() && !case.class.is_negative() {
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

/// Whether the valid request that was to end the call after the mutant was told that there is none, while
/// one for another call was answered as before.
fn hung_up_in_vain(context: Context<'_>, attempt: &Attempt) -> bool {
    let level = context.control.level_of(attempt);
    let of_mutant = attempt.steps.iter().take_while(|step| step.role != Role::Contrast);
    let mut hung_up = of_mutant.filter(|step| step.role == Role::HangUp);
    let is_none =
        |step: &Step| observe(&step.exchange.answer).outcome == Outcome::Fault(FaultCode::InvalidCallId);
    let works = |step: &Step| context.control.is_as_before(level, &step.exchange.answer);
    hung_up.any(is_none) && attempt.step(Role::Twin).is_some_and(works)
}

fn effect_requirement(case: &Case) -> RequirementId {
    match case.class {
        _ if case.primary().id == req::SOAP_ACTION_CONFLICT => req::SOAP_ACTION_CONFLICT,
        InputClass::Method => req::OTHER_METHODS_CHANGE_NOTHING,
        InputClass::NotWellFormed => req::WELL_FORMED,
        InputClass::MandatoryHeader => req::HEADERS_CHECKED_FIRST,
        _ => req::NO_EFFECT_OF_REFUSED,
    }
}
