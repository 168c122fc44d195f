//! Lines that lose a message now and then, which is no fault of the server.

use super::control::Established;
use super::prober::Prober;
use super::spelling::establish_spelled;
use crate::evidence::{Aftermath, Attempt, CallOrigin, ControlRole, ControlStep, Role, ServerControl};
use crate::judge::Try;

/// How often a control is done at the most. Where one message of fifty is lost, every fourth control misses one, and
/// one run of two hundred begins with four that do.
const CONTROLS: usize = 4;

/// Does a control, and another one where some answers of it were lost and others were not. What was lost before is
/// told by the evidence. Given ids are used up by a control, so with them there is one.
pub(super) async fn establish_over_line(prober: &mut Prober, calls: CallOrigin) -> Established {
    let first = establish_spelled(prober, calls).await;
    if calls == CallOrigin::Given || !is_patchy(&first.evidence) {
        return first;
    }
    let mut lost: Vec<ControlStep> = lost_of(&first.evidence).collect();
    for _ in 1..CONTROLS {
        let mut again = establish_spelled(prober, calls).await;
        if !is_patchy(&again.evidence) {
            again.evidence.steps.splice(0..0, lost);
            return again;
        }
        lost.extend(lost_of(&again.evidence));
    }
    first
}

/// Whether some answers of a control were lost and others were not.
fn is_patchy(evidence: &ServerControl) -> bool {
    let mut counted = evidence.steps.iter().filter(|step| step.role != ControlRole::Unanswered);
    let is_lost = |step: &ControlStep| step.exchange.answer.is_lost();
    let any_lost = counted.clone().any(is_lost);
    any_lost && !counted.all(is_lost)
}

fn lost_of(evidence: &ServerControl) -> impl Iterator<Item = ControlStep> {
    let lost = evidence.steps.iter().filter(|step| step.exchange.answer.is_lost());
    lost.map(|step| ControlStep { role: ControlRole::Unanswered, exchange: step.exchange.clone() })
}

/// Whether an answer was lost for which the case cannot have been the reason: it came another time, or it was that
/// to a plain request before the one that the case is about, by a server that lives on.
pub(super) fn is_line_lossy(attempts: &[Attempt], tries: &[Try]) -> bool {
    let came_later = tries.windows(2).any(|pair| pair[0].lost && !pair[1].lost);
    let lost_before = |attempt: &Attempt| {
        let is_plain = |role: Role| !matches!(role, Role::Mutant | Role::Turn);
        let mut plain = attempt.steps.iter().take_while(|step| is_plain(step.role));
        let lives = !matches!(attempt.aftermath, Some(Aftermath::Gone | Aftermath::Silent));
        lives && plain.any(|step| step.exchange.answer.is_lost())
    };
    came_later || attempts.iter().any(lost_before)
}
