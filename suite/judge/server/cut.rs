//! What the contrast of a case shows by itself.

use super::Context;
use crate::evidence::{Attempt, Contrast, Role, observe};
use crate::judge::{CheckId, Finding};
use crate::message::read_request;
use crate::protocol::{InputClass, Outcome, req};

/// A success for the request of a case cut short, where that is no XML any more (row 22 of the decision table). The
/// plain request cut short was refused, so that this is about the form of the request, and told in its case.
pub(super) fn cut_taken(context: Context<'_>, attempt: &Attempt) -> Option<Finding> {
    if context.control.contrast != Some(Contrast::Truncated) || context.case.recorded {
        return None;
    }
    let row = req::WELL_FORMED.requirement();
    attempt.steps.iter().filter(|step| step.role == Role::Contrast).find_map(|step| {
        let class = read_request(&step.exchange.sent.body.0, None).err()?.defect.class();
        let observation = observe(&step.exchange.answer);
        if class != InputClass::NotWellFormed || observation.outcome != Outcome::Ok {
            return None;
        }
        let (verdict, expected) = (context.grading.breach(row), "a refusal of the same request cut short");
        let observed = observation.words(&step.exchange.answer);
        Some(
            Finding::new(CheckId::Outcome, row.id, verdict, expected, observed)
                .of(class, &observation.outcome),
        )
    })
}
