//! Requests without an answer, which may keep a server busy while later ones come.

use std::collections::BTreeMap;

use crate::catalogue::Case;
use crate::evidence::{Answer, Role, Silence, Step};
use crate::run::done::Done;

/// Most cases that are named; of the others their number is.
const NAMED: usize = 3;

/// How many cases back a request may still keep a server busy. What was never answered before that did no harm to as
/// many cases that followed.
const NEAR: usize = 64;

/// In words, the cases of a round whose requests got no answer in time, where the cases that were under way when the
/// server fell silent had theirs: what keeps it busy is then more likely left over from those.
pub(super) fn left_unanswered(
    cases: &[&'static Case],
    of_round: &[usize],
    in_flight: &[usize],
    done: &BTreeMap<usize, Done>,
) -> Option<String> {
    if in_flight.iter().any(|index| done.get(index).is_none_or(is_unanswered)) {
        return None;
    }
    let is_left = |index: &&usize| done.get(index).is_some_and(is_unanswered);
    let before = of_round.iter().position(|index| in_flight.contains(index)).unwrap_or(of_round.len());
    let near = &of_round[before.saturating_sub(NEAR)..before];
    let left: Vec<&str> = near.iter().filter(is_left).map(|&index| &*cases[index].id).collect();
    let more = match left.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = left.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    (!left.is_empty()).then(|| named + &more)
}

/// Whether a request that a case is about got no answer in time, in the last attempt.
fn is_unanswered(done: &Done) -> bool {
    let is_of_case = |step: &&Step| matches!(step.role, Role::Mutant | Role::Turn);
    let last = done.entry.attempts().last();
    let mut steps = last.iter().flat_map(|attempt| &attempt.steps).filter(is_of_case);
    steps.any(|step| matches!(step.exchange.answer, Answer::Silence(Silence::TimedOut)))
}
