//! All single edits of a campaign, in the order in which they are sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Input, LineEdit};
use crate::catalogue::{Case, CaseHeader as _, cases, only_quick};
use crate::evidence::Subject;
use crate::generate::{Choices as _, Drawn, Numbers};

/// How many single changes are drawn beside the cases. Kinds and places have some 400 combinations.
const SINGLE_CHANGES: usize = 600;

/// Whether an input is one edit of those that stacking puts together without looking at them: a change of the
/// message or of the line that names the same call in a valid way.
pub(super) fn is_neutral(input: &Input) -> bool {
    let of_message = Input { changes: input.changes.clone(), line: input.line.clone(), ..Input::plain() };
    input.size() == 1 && *input == of_message && {
        let variation = input.variation();
        variation.keeps_call_id() && variation.classes().iter().all(|class| class.is_positive())
    }
}

/// The cases that together show every ordinary defect that is known, in the order in which they do; then one of each
/// class that they lack.
pub(super) fn first() -> VecDeque<Input> {
    let all: Vec<&'static Case> = cases().iter().filter(|case| !case.slow).collect();
    let quick = only_quick(Subject::Server, &all);
    let mut classes: BTreeSet<_> = quick.iter().map(|case| case.class).collect();
    let lacking = all.into_iter().filter(|case| classes.insert(case.class));
    let ids = quick.iter().copied().chain(lacking.collect::<Vec<_>>());
    ids.map(|case| Input::of_case(case.id())).collect()
}

/// All others: those that must not matter first, because what follows stands on them; then the cases, of each family
/// one in turn, and drawn changes between them.
pub(super) fn rest(numbers: &mut Numbers, first: &VecDeque<Input>) -> VecDeque<Input> {
    let mut neutral: Vec<Input> = (0..LineEdit::COUNT)
        .map(|number| Input { line: vec![LineEdit::number(number)], ..Input::plain() })
        .collect();
    let mut known = BTreeSet::new();
    let mut drawn = Vec::new();
    for _ in 0..SINGLE_CHANGES {
        let change = Drawn::draw(numbers);
        let input = Input::plain().changed(&change);
        let made = change.change();
        if is_neutral(&input) {
            if known.insert((made.kind(), made.place(), change.choices().last().copied())) {
                neutral.push(input);
            }
        } else if known.insert((made.kind(), made.place(), change.choices().get(3).copied())) {
            drawn.push(input);
        }
    }
    let sent: BTreeSet<&str> = first.iter().filter_map(|input| input.case.as_deref()).collect();
    let mut families: BTreeMap<&str, VecDeque<Input>> = BTreeMap::new();
    for case in cases().iter().filter(|case| !case.slow && !sent.contains(case.id())) {
        families.entry(case.family()).or_default().push_back(Input::of_case(case.id()));
    }
    let mut all: VecDeque<Input> = neutral.into();
    let mut drawn = drawn.into_iter();
    while families.values().any(|left| !left.is_empty()) {
        for left in families.values_mut() {
            if left.is_empty() {
                continue;
            }
            let at = numbers.below(left.len());
            all.extend(left.remove(at));
        }
        all.extend(drawn.by_ref().take(4));
    }
    all.extend(drawn);
    all
}
