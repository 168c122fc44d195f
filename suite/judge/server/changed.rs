//! What a request leaves behind in a server, where later ones meet it.

use super::control::flaws_of;
use super::{Context, Control, ControlLevel, Signature};
use crate::evidence::{Answer, Attempt, Role, observe};
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::req;

impl Control {
    /// The same, with how plain requests were answered right before this attempt: what it is judged by
    /// where the server had changed for good by then.
    pub(super) fn as_opened_by(&self, attempt: &Attempt) -> Self {
        let opening = |role| attempt.step(role).map(|step| step.exchange.answer.clone());
        let (plain, unissued) = match self.level_of(attempt) {
            ControlLevel::Live | ControlLevel::Given => {
                (opening(Role::Opening), opening(Role::OpeningUnissued))
            }
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => (None, opening(Role::Opening)),
        };
        let mut control = self.clone();
        let mut take = |place: usize, answer: Option<Answer>| {
            let answer = answer?;
            control.flaws.extend(flaws_of(&answer));
            let signature = Signature::of(&answer);
            control.plain_answers[place] = Some(answer);
            Some(signature)
        };
        let (plain, unissued) = (take(0, plain), take(1, unissued));
        control.plain = plain.or(control.plain);
        control.unissued = unissued.or(control.unissued);
        control
    }
}

/// Whether an id that was never issued is answered otherwise after the mutant than before it: what is left
/// of a request shows in a fault where it does not show in a success (UMD-R186).
pub(super) fn left_behind(context: Context<'_>, attempt: &Attempt) -> Option<Finding> {
    let answer = &attempt.step(Role::Unissued)?.exchange.answer;
    let Context { control, .. } = context;
    if control.is_as_before(ControlLevel::Synthetic, answer) {
        return None;
    }
    let mut observed = observe(answer).words(answer);
    let new: Vec<String> = control.new_flaws(answer).into_iter().collect();
    if !new.is_empty() {
        observed = format!("{observed}, but not as well: {}", new.join(", "));
    }
    let expected = "a request with an unknown id after it answered as before it";
    Some(Finding::new(CheckId::Alive, req::ALIVE_AFTERWARDS, Verdict::Fail, expected, observed))
}
