//! Which scripts a campaign sends: all transitions of the life of a call, the same again and again, many calls at once,
//! and walks.

use std::collections::VecDeque;

use super::script::{MAX_STEPS, Script, ScriptStep as S};
use super::spelling::{array, levels_of};
use super::{Input, script};
use crate::catalogue::{Case, CaseHeader as _};
use crate::generate::neutral::Row;
use crate::generate::{Choices as _, Numbers};

/// A call that is never placed.
const NOBODY: u8 = 99;

/// A request that is refused whatever else holds.
const REFUSED: &str = "call-id/empty-open-close";

/// How often the same is done, where that is what a script is about.
const AGAIN: usize = 8;

/// The same for what takes one request only.
const MANY_TIMES: usize = 16;

/// Most calls of a script where each rings a telephone.
const FEW_CALLS: usize = 3;

/// Calls that are up at once, at most.
const CALLS_AT_ONCE: u8 = 13;

/// Scripts in the order in which they are sent.
pub(super) fn scripts(many: bool, faults: &[&'static Case]) -> VecDeque<Input> {
    let plain = |script| Input { script: Some(script), ..Input::plain() };
    let mut all: VecDeque<Input> = cover().into_iter().map(plain).collect();
    let rows = array(1, &levels_of(None));
    let mut spelled: Vec<Script> = vec![
        unshared(vec![S::End(NOBODY); 6]),
        unshared(vec![S::Place(0), S::End(0), S::End(0), S::End(0), S::End(0)]),
    ];
    all.extend(again(many).into_iter().map(plain));
    if many {
        spelled.push(at_once(CALLS_AT_ONCE));
    }
    for script in spelled {
        all.extend(rows.iter().map(|row| Input { spelled: on_the_message(row), ..plain(script.clone()) }));
    }
    if many {
        all.extend(array(2, &levels_of(None)).iter().map(|row| {
            let one = [S::Place(0), S::End(0), S::Look(0)];
            let steps = one.iter().cloned().cycle().take(one.len() * AGAIN).collect();
            Input { spelled: row.clone(), ..plain(unshared(steps)) }
        }));
    }
    for row in rows.iter() {
        all.extend(faults.iter().filter(|case| script::is_fault(case)).map(|case| {
            let steps = vec![S::Fault(NOBODY, case.id().to_owned()); AGAIN];
            let row = super::spelling::fitted(Some(case), row, &levels_of(Some(case)));
            Input { spelled: row, ..plain(unshared(steps)) }
        }));
    }
    all.retain(|input| many || input.script.as_ref().is_some_and(|script| script.calls() <= FEW_CALLS));
    all
}

fn unshared(steps: Vec<S>) -> Script {
    Script { shared: false, steps }
}

/// What a script shares a connection by leaves its spelling no say in it.
fn on_the_message(row: &Row) -> Row {
    let names = crate::generate::neutral::DIMENSIONS;
    let keeps = |at: &usize| !matches!(names[*at].name, "connection" | "expect" | "segments");
    row.only(&row.factors().into_iter().filter(keeps).collect::<Vec<_>>())
}

/// Each input in each state: a call that nobody placed, one that rings, one that was looked at, one that has ended,
/// and one that was ended twice. What follows tells the states apart.
fn cover() -> Vec<Script> {
    let states: [&[S]; 5] = [
        &[],
        &[S::Place(0)],
        &[S::Place(0), S::Look(0), S::Look(0)],
        &[S::Place(0), S::End(0)],
        &[S::Place(0), S::End(0), S::End(0)],
    ];
    let inputs: [&[S]; 7] = [
        &[S::Place(1), S::Look(1)],
        &[S::Look(0)],
        &[S::End(0)],
        &[S::Fault(0, REFUSED.to_owned())],
        &[S::End(NOBODY)],
        &[S::EndTogether(0, 0)],
        &[S::Place(1), S::End(1), S::Look(1)],
    ];
    let mut all = Vec::new();
    for state in states {
        for input in inputs {
            let placed = !state.is_empty();
            if !placed && matches!(input, [S::Look(_)]) {
                continue;
            }
            let mut steps = [state, input].concat();
            let tells = [S::Look(0), S::End(0), S::Look(0)];
            steps.extend(tells.into_iter().filter(|step| placed || matches!(step, S::End(_))));
            all.push(unshared(steps));
        }
    }
    all
}

/// The same again and again: looks, refusals, successes, and requests on one connection.
fn again(many: bool) -> Vec<Script> {
    let mut looks = vec![S::Place(0)];
    looks.extend(vec![S::Look(0); AGAIN]);
    looks.extend([S::End(0), S::Look(0)]);
    let mut refusals = vec![S::End(NOBODY); MANY_TIMES];
    refusals.extend([S::Place(0), S::End(0), S::Look(0)]);
    let on_one = |steps| Script { shared: true, steps };
    let mut all = vec![
        unshared(looks),
        unshared(refusals.clone()),
        on_one(refusals),
        on_one(vec![S::Place(0), S::Place(1), S::Place(2), S::End(0), S::End(1), S::End(NOBODY), S::End(2)]),
    ];
    if many {
        let placed = (0..6).map(S::Place);
        all.push(on_one(placed.chain((0..6).map(S::End)).chain((0..6).map(S::Look)).collect()));
        let pairs = [S::Place(0), S::End(0)];
        let mut successes: Vec<S> = pairs.iter().cloned().cycle().take(MAX_STEPS - 2).collect();
        successes.push(S::Fault(0, REFUSED.to_owned()));
        all.push(unshared(successes));
        for fault in ["call-id/missing-open-close", "namespace/disconnect-types"] {
            let successes = pairs.iter().cloned().cycle().take(26);
            all.push(unshared(successes.chain([S::Fault(0, fault.to_owned())]).collect()));
        }
    }
    all
}

/// So many calls up at once, of which one in the middle is ended, and then the others one after the other.
fn at_once(count: u8) -> Script {
    let middle = count / 2;
    let others = || (0..count).filter(move |call| *call != middle);
    let mut steps: Vec<S> = (0..count).map(S::Place).collect();
    steps.extend([S::End(middle), S::Look(middle)]);
    steps.extend(others().map(S::Look));
    steps.extend(others().flat_map(|call| [S::End(call), S::Look(call)]));
    unshared(steps)
}

/// The same request again and again, of the plain request with a look at its call each time; none where it is neither
/// the plain request in some spelling nor the request of a case that has to be refused.
pub(super) fn repeating(input: &Input, many: bool) -> Option<Input> {
    let bare = Input::spelled(input.case.as_deref(), input.spelled.clone());
    let steps = match &input.case {
        _ if *input != bare => return None,
        Some(case) => {
            let again = std::iter::repeat_n(S::Fault(0, case.clone()), MANY_TIMES);
            std::iter::once(S::Place(0)).chain(again).collect()
        }
        None if !many => return None,
        None => std::iter::repeat_n([S::Place(0), S::End(0), S::Look(0)], MANY_TIMES).flatten().collect(),
    };
    Some(Input { script: Some(unshared(steps)), spelled: input.spelled.clone(), ..Input::plain() })
}

/// A walk through the lives of three calls, drawn at random.
pub(super) fn walk(numbers: &mut Numbers, faults: &[&'static Case]) -> Input {
    /// Most steps of a walk.
    const LENGTH: usize = 20;
    let mut up = [false; 3];
    let mut known = [false; 3];
    let mut steps = Vec::new();
    let count = 3 + numbers.below(LENGTH - 3);
    while steps.len() < count {
        let call = numbers.below(3);
        let id = u8::try_from(call).unwrap_or(0);
        match numbers.below(6) {
            0 | 1 if !up[call] => {
                (up[call], known[call]) = (true, true);
                steps.push(S::Place(id));
            }
            2 if known[call] => steps.push(S::Look(id)),
            3 if known[call] => {
                up[call] = false;
                steps.push(S::EndTogether(id, id));
            }
            4 if !faults.is_empty() => {
                let case = faults[numbers.below(faults.len())];
                if script::is_fault(case) {
                    steps.push(S::Fault(id, case.id().to_owned()));
                }
            }
            5 => {
                up[call] = false;
                steps.push(S::End(id));
            }
            _ => {}
        }
    }
    let rows = array(2, &levels_of(None));
    let shared = numbers.below(3) == 0;
    let row = if numbers.below(2) == 0 { Row::plain() } else { rows[numbers.below(rows.len())].clone() };
    let spelled = if shared { on_the_message(&row) } else { row };
    Input { script: Some(Script { shared, steps }), spelled, ..Input::plain() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::label::Label;
    use crate::catalogue::cases;

    /// Of every script is known what must come; and every transition of the life of a call is among them.
    #[test]
    fn the_model_knows_every_script() {
        let faults: Vec<&'static Case> =
            cases().iter().filter(|case| script::is_fault(case)).take(5).collect();
        let all = scripts(true, &faults);
        assert_eq!(cover().len(), 5 * 7 - 1, "nobody can look at a call without an id");
        for input in &all {
            assert!(Label::of(input, "").is_some(), "{:?}", input.told());
        }
        let few = scripts(false, &faults);
        assert!(few.len() > 30 && few.iter().all(|input| all.contains(input)));
    }

    #[test]
    fn a_walk_has_steps_that_the_model_knows() {
        let mut numbers = Numbers::new(4);
        let faults: Vec<&'static Case> = cases().iter().collect();
        let known = (0..200).filter(|_| Label::of(&walk(&mut numbers, &faults), "").is_some()).count();
        assert!(known > 150, "{known}");
    }
}
