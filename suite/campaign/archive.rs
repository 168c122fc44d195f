//! What was seen so far: which change, where, came to what. The smallest input of each such cell is kept, and
//! what is rare is gone on from more often.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use super::signature::number_of;
use crate::generate::{Choices as _, Numbers};
use crate::record::Cells;

/// Most cells whose inputs are kept. What comes beyond is counted and not kept, so that memory has an end.
const MAX_KEPT: usize = 50_000;

/// One cell.
#[derive(Debug, Clone)]
struct Cell {
    /// The smallest input that came to it; none beyond [`MAX_KEPT`].
    input: Option<Input>,
    /// How often it was come to.
    hits: u64,
    /// How often it was gone on from.
    picked: u64,
}

/// All cells, and all tuples of outcomes over the witnesses.
#[derive(Debug, Default)]
pub(super) struct Archive {
    cells: BTreeMap<u64, Cell>,
    /// Cells in the order in which they were found.
    found: Vec<u64>,
    tuples: BTreeSet<u64>,
    /// Cells that were come to once.
    once: usize,
    /// Inputs so far.
    learnt: u64,
}

impl Archive {
    /// Notes what an input came to; whether a cell or a tuple is new.
    pub(super) fn learn(&mut self, input: &Input, signature: &str, witnesses: &str) -> bool {
        self.learnt += 1;
        let mut words = input.words();
        if words.is_empty() {
            words.push("plain".to_owned());
        }
        let mut new = false;
        for word in &words {
            new |= self.hit(number_of(&[word, signature]), input);
        }
        if witnesses.is_empty() {
            return new;
        }
        let tuple = number_of(&[signature, witnesses]);
        let novel = self.tuples.insert(tuple);
        if novel {
            // A cell of its own, so that it is gone on from.
            self.hit(tuple, input);
        }
        new || novel
    }

    fn hit(&mut self, key: u64, input: &Input) -> bool {
        let kept = self.found.len() < MAX_KEPT;
        let new = !self.cells.contains_key(&key);
        let cell = self.cells.entry(key).or_insert_with(|| Cell { input: None, hits: 0, picked: 0 });
        cell.hits += 1;
        match cell.hits {
            1 => self.once += 1,
            2 => self.once -= 1,
            _ => {}
        }
        let smaller = cell.input.as_ref().is_some_and(|known| input.size() < known.size());
        if smaller || (new && kept) {
            cell.input = Some(input.clone());
        }
        if new && kept {
            self.found.push(key);
        }
        new
    }

    /// An input to go on from: of some drawn at random the rarest, the least gone on from.
    pub(super) fn pick(&mut self, numbers: &mut Numbers) -> Option<Input> {
        /// How many are drawn.
        const DRAWN: usize = 4;
        if self.found.is_empty() {
            return None;
        }
        let drawn = (0..DRAWN).map(|_| self.found[numbers.below(self.found.len())]);
        let weight = |cell: &Cell| cell.hits.saturating_mul(1 + cell.picked);
        let best = drawn.min_by_key(|key| self.cells.get(key).map_or(u64::MAX, weight))?;
        let cell = self.cells.get_mut(&best)?;
        cell.picked += 1;
        cell.input.clone()
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// What they are, by a number each.
    pub(super) fn seen(&self) -> Cells {
        let of = |once: bool| {
            let wanted = self.cells.iter().filter(move |(_, cell)| (cell.hits == 1) == once);
            wanted.map(|(key, _)| *key).collect()
        };
        Cells { once: of(true), often: of(false) }
    }

    /// How many tuples of outcomes were seen.
    pub(super) fn tuples(&self) -> usize {
        self.tuples.len()
    }

    /// By the estimate of Good and Turing how likely it is that the next input shows something new: the share of
    /// what was seen once, and the two numbers it is made of.
    pub(super) fn risk(&self) -> Risk {
        Risk { once: self.once as u64, inputs: self.learnt }
    }
}

/// How likely it is that one input more of the same kind shows something that none before it did: the estimate of
/// Good and Turing (1953), cells seen once by inputs sent. It says nothing of inputs of another kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Risk {
    /// Cells that were seen once.
    pub once: u64,
    /// Inputs that were sent.
    pub inputs: u64,
}

impl Risk {
    /// The estimate, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    pub fn estimate(self) -> f64 {
        if self.inputs == 0 { 1.0 } else { (self.once as f64 / self.inputs as f64).min(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_new_once_and_keeps_its_smallest_input() {
        let mut archive = Archive::default();
        let (small, large) = (Input::of_case("a/b"), {
            let mut input = Input::of_case("a/b");
            input.changes.push(vec![0]);
            input
        });
        assert!(archive.learn(&large, "s", ""));
        assert_eq!(archive.risk(), Risk { once: 2, inputs: 1 });
        assert!(!archive.learn(&small, "s", ""));
        assert!(archive.learn(&small, "t", "") && archive.learn(&small, "t", "w"));
        assert!(!archive.learn(&small, "t", "w"));
        assert_eq!(archive.risk().inputs, 5);
        assert_eq!(archive.tuples(), 1);
        let mut numbers = Numbers::new(1);
        let picked: Vec<Input> = (0..40).filter_map(|_| archive.pick(&mut numbers)).collect();
        assert!(
            picked.iter().filter(|input| **input == small).count() > 10,
            "the smaller one took its place"
        );
    }
}
