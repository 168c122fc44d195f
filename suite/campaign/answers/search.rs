//! Which answers a campaign sends, in which order.

use std::collections::{BTreeSet, VecDeque};

use super::input::{AnswerInput, PlainAnswer};
use crate::catalogue::{quick_cases, replies};
use crate::evidence::Subject;
use crate::generate::{Drawn, Numbers};

/// How many single changes are drawn. Kinds and places have some 400 combinations.
const SINGLE_CHANGES: usize = 600;

/// What is sent, without end.
pub(super) struct Search {
    numbers: Numbers,
    singles: VecDeque<AnswerInput>,
}

impl Search {
    /// All that follows from a seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut numbers = Numbers::new(seed);
        let mut known = BTreeSet::new();
        // Those that together show every ordinary defect that is known come first, in the order in which they do.
        let quick =
            quick_cases(Subject::Client).filter_map(|id| replies().iter().find(|reply| reply.id == id));
        let of_cases = quick.chain(replies()).filter_map(AnswerInput::of_case);
        let mut sent = BTreeSet::new();
        let mut singles: VecDeque<AnswerInput> =
            of_cases.filter(|input| sent.insert(input.clone())).collect();
        for _ in 0..SINGLE_CHANGES {
            let change = Drawn::draw(&mut numbers);
            let made = change.change();
            if known.insert((made.kind(), made.place(), change.choices().get(3).copied())) {
                singles.push_back(AnswerInput::plain(PlainAnswer::Success).changed(&change));
            }
            // What a fault is under a change matters less: of each kind and place once.
            if known.insert((made.kind(), made.place(), Some(u16::MAX))) {
                singles.push_back(AnswerInput::plain(PlainAnswer::InvalidId).changed(&change));
            }
        }
        Self { numbers, singles }
    }

    /// The next one.
    pub(super) fn next(&mut self) -> AnswerInput {
        self.singles.pop_front().unwrap_or_else(|| AnswerInput::draw(&mut self.numbers))
    }
}
