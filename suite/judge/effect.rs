//! Whether a request changed the state of its call, as GetCallInfo tells it.

use super::{Finding, Subject, Verdict};
use crate::catalogue::Case;
use crate::evidence::{Answer, Attempt, Role, observe};
use crate::protocol::{FaultCode, InputClass, Outcome, RequirementId, ledger};

/// Whether the mutant changed the call's state; reports where that does not fit the answer.
pub(super) fn effect(
    subject: Subject<'_>,
    attempt: &Attempt,
    outcome: &Outcome,
    findings: &mut Vec<Finding>,
) -> bool {
    let Subject { case, control, settings } = subject;
    let state = |role| attempt.step(role).and_then(|step| CallLook::of(&step.exchange.answer));
    if !control.states {
        return false;
    }
    let (Some(before), Some(after)) = (state(Role::Before), state(Role::After)) else { return false };
    if before == CallLook::Ended {
        findings.push(Finding::new(
            "effect",
            RequirementId(153),
            Verdict::Note,
            "a call that is up",
            "the call had ended by itself before the request",
        ));
        return true;
    }
    let ended = after == CallLook::Ended;
    if ended && (outcome.is_refusal() || (case.class.is_negative() && !outcome.claims_success())) {
        findings.push(Finding::new(
            "effect",
            effect_requirement(case),
            Verdict::Fail,
            "no effect on the call",
            "the call was ended although the request was not accepted",
        ));
    }
    if ended && case.class == InputClass::Unissued && outcome.claims_success() {
        // The id that was sent is another one than that of the call, if only by a letter.
        findings.push(Finding::new(
            "effect",
            case.primary().id,
            settings.breach(case.primary()),
            "no effect on a call with another id",
            "the call was ended",
        ));
    }
    if !ended && outcome.claims_success() && !case.class.is_negative() {
        let verdict = if case.class.is_positive() { Verdict::Fail } else { Verdict::Warn };
        let finding = ledger::requirement(RequirementId(149)).map(|requirement| {
            let verdict = verdict.min(settings.breach(requirement));
            Finding::new(
                "effect",
                requirement.id,
                verdict,
                "a call that has ended",
                "success, but the call is still up",
            )
        });
        findings.extend(finding);
    }
    ended
}

/// What GetCallInfo says of a call, as far as effects go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallLook {
    /// Disconnected, or the id is gone.
    Ended,
    /// Any other state.
    Up,
}

impl CallLook {
    /// Reads an answer to GetCallInfo; `None` if it tells nothing of the call.
    pub fn of(answer: &Answer) -> Option<Self> {
        let seen = observe(answer);
        if seen.outcome == Outcome::Fault(FaultCode::InvalidCallId) {
            return Some(Self::Ended);
        }
        let info = seen.message?.call_info?;
        Some(if info.state == "Disconnected" || info.state == "Idle" { Self::Ended } else { Self::Up })
    }
}

fn effect_requirement(case: &Case) -> RequirementId {
    RequirementId(match case.class {
        InputClass::Method => 4,
        InputClass::NotWellFormed => 34,
        InputClass::MandatoryHeader => 63,
        _ => return case.primary().id,
    })
}
