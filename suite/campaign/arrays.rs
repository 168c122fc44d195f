//! Requests in many spellings at once: rows of covering arrays around the plain request and around faults.
//!
//! What a server takes by itself is learnt first, by a few rows that hold every value: where such a row is answered as
//! the plain request is, none of its values matters, and where it is not, each of them is sent alone.

use std::collections::{BTreeSet, VecDeque};

use super::Input;
use super::bench::GROUP;
use super::shard::Mine;
use super::spelling::{array, fitted, is_spelled};
use crate::catalogue::{Case, CaseHeader as _, case, cases, quick_cases};
use crate::evidence::Subject;
use crate::generate::neutral::{Levels, Row, all_levels, rotated_rows};

/// In how many rows each value of a dimension stands at least once: the most values of any.
const ROUNDS: usize = 6;

/// The rows of a campaign, in the order in which they are sent.
pub(super) struct Arrays {
    /// Values that were seen not to matter, the plain ones among them.
    levels: Levels,
    /// Rows of which is still to be seen whether they matter.
    open: VecDeque<Row>,
    /// Those that were sent, and what came is not seen yet.
    asked: BTreeSet<Row>,
    mine: Mine,
    /// How many rows around the plain request were taken, by the strength of their array.
    plain: [usize; 2],
    /// One fault of each class, then one against each requirement, then those of the killing set.
    quick: Vec<&'static Case>,
    /// All others.
    rest: Vec<&'static Case>,
    /// How many rows around the first ones, and around the others, were taken.
    around: [usize; 2],
}

impl Arrays {
    pub(super) fn new(mine: Mine) -> Self {
        let plain: Levels = all_levels().iter().map(|_| vec![0]).collect();
        let open = array(1, &all_levels()).iter().skip(1).cloned().collect();
        // What stands for its class or its requirement by the fewest edits goes first.
        let mut faults: Vec<&'static Case> = cases().iter().filter(|case| is_fault(case)).collect();
        faults.sort_by_key(|case| case.edits().map_or(usize::MAX, <[_]>::len));
        let (mut classes, mut rows) = (BTreeSet::new(), BTreeSet::new());
        let of_class = faults.iter().copied().filter(|case| classes.insert(case.class)).collect::<Vec<_>>();
        let of_row = faults.iter().copied().filter(|case| rows.insert(case.requirements.first()));
        let killing = quick_cases(Subject::Server).filter_map(case).filter(|case| is_fault(case));
        let mut ids = BTreeSet::new();
        let quick: Vec<&'static Case> =
            of_class.into_iter().chain(of_row).chain(killing).filter(|case| ids.insert(case.id())).collect();
        let is_other = |case: &&Case| is_spelled(case) && !ids.contains(case.id());
        let rest: Vec<&'static Case> = cases().iter().filter(is_other).collect();
        let (asked, plain_rows, around) = (BTreeSet::new(), [1, 1], [0, 0]);
        Self { levels: plain, open, asked, mine, plain: plain_rows, quick, rest, around }
    }

    /// The next row of which is to be seen whether it matters.
    pub(super) fn unlearnt(&mut self) -> Option<Input> {
        let row = self.open.pop_front()?;
        self.asked.insert(row.clone());
        Some(Input::spelled(None, row))
    }

    /// Whether all that there is to learn was learnt.
    pub(super) fn is_settled(&self) -> bool {
        self.open.is_empty() && self.asked.is_empty()
    }

    /// Whether there is something to learn that was not sent yet.
    pub(super) fn has_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether rows of this strength around the plain request are left.
    pub(super) fn has_plain(&self, strength: usize) -> bool {
        self.plain[strength.clamp(2, 3) - 2] < array(strength, &self.levels).len()
    }

    /// What was asked in a batch before this and not seen is not asked again.
    pub(super) fn batch_begins(&mut self) {
        self.asked.clear();
    }

    /// Takes note of what a spelling of the plain request came to.
    pub(super) fn learn(&mut self, row: &Row, is_harmless: bool) {
        if !self.asked.remove(row) {
            return;
        }
        let factors = row.factors();
        for at in &factors {
            let value = row.value(*at);
            let values = &mut self.levels[*at];
            if values.contains(&value) {
                continue;
            }
            let alone = Row::plain().with(*at, value);
            if is_harmless {
                values.push(value);
                values.sort_unstable();
            } else if factors.len() > 1 && !self.open.contains(&alone) {
                self.open.push_back(alone);
            }
        }
    }

    /// The next row around the plain request, of an array in which two values meet, or three.
    pub(super) fn plain(&mut self, strength: usize) -> Option<Input> {
        let rows = array(strength, &self.levels);
        let taken = &mut self.plain[strength.clamp(2, 3) - 2];
        while let Some(row) = rows.get(*taken) {
            *taken += 1;
            let row = fitted(None, row, &self.levels);
            if self.mine.is(*taken) && !row.factors().is_empty() {
                return Some(Input::spelled(None, row));
            }
        }
        None
    }

    /// The next fault in some spelling: each of the first cases in turn, so that after a few rounds each has met each
    /// value, and after many any two.
    pub(super) fn fault(&mut self) -> Option<Input> {
        let pairs = array(2, &self.levels);
        let most = self.quick.len() * (ROUNDS + pairs.len());
        while self.around[0] < most {
            let at = self.around[0];
            self.around[0] += 1;
            let (round, number) = (at / self.quick.len(), at % self.quick.len());
            let row = match round.checked_sub(ROUNDS) {
                None => rotated_rows(&self.levels, number).into_iter().nth(round),
                Some(round) => pairs.get((round + number * 7) % pairs.len()).cloned(),
            };
            if let Some(input) = self.around(self.quick[number], row).filter(|_| self.mine.is(at)) {
                return Some(input);
            }
        }
        None
    }

    /// Whether each of the first cases has met each value.
    pub(super) fn has_met_values(&self) -> bool {
        self.around[0] >= self.quick.len() * ROUNDS
    }

    /// The next of the other cases in some spelling.
    pub(super) fn other(&mut self) -> Option<Input> {
        let most = self.rest.len() * ROUNDS;
        while self.around[1] < most {
            let at = self.around[1];
            self.around[1] += 1;
            let (round, number) = (at / self.rest.len(), at % self.rest.len());
            let row = rotated_rows(&self.levels, number).into_iter().nth(round);
            if let Some(input) = self.around(self.rest[number], row).filter(|_| self.mine.is(at)) {
                return Some(input);
            }
        }
        None
    }

    fn around(&self, case: &'static Case, row: Option<Row>) -> Option<Input> {
        let row = fitted(Some(case), &row?, &self.levels);
        (!row.factors().is_empty()).then(|| Input::spelled(Some(case.id()), row))
    }

    /// One of the first cases in a spelling, for the end of a group of valid requests.
    pub(super) fn fault_after(&self, group: usize) -> Option<Input> {
        let case = self.quick.get(group % self.quick.len().max(1))?;
        let row = rotated_rows(&self.levels, group).into_iter().nth(group / self.quick.len().max(1) % ROUNDS);
        self.around(case, row).or_else(|| Some(Input::of_case(case.id())))
    }

    /// The first cases, in order.
    pub(super) fn quick(&self) -> &[&'static Case] {
        &self.quick
    }

    /// How many inputs stand before the fault at the end of a group.
    pub(super) const VALID_IN_GROUP: usize = GROUP - 1;
}

/// Whether the request of a case is a fault that may be spelled in other ways.
fn is_fault(case: &Case) -> bool {
    is_spelled(case) && case.class.is_negative()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::neutral::Coverage;

    /// Learns what there is to learn, of a server that does not take one value.
    fn learnt(wrong: Option<(usize, u8)>) -> (Arrays, usize) {
        let mut arrays = Arrays::new(Mine::all());
        let mut sent = 0;
        while let Some(input) = arrays.unlearnt() {
            sent += 1;
            let row = input.spelled;
            arrays.learn(&row, wrong.is_none_or(|(at, value)| row.value(at) != value));
        }
        assert!(arrays.is_settled());
        (arrays, sent)
    }

    #[test]
    fn a_few_rows_tell_that_no_value_matters_and_single_ones_which_does() {
        let (arrays, sent) = learnt(None);
        assert_eq!(arrays.levels, all_levels());
        assert!(sent <= ROUNDS, "{sent}");
        let (arrays, sent) = learnt(Some((4, 2)));
        let mut others = all_levels();
        others[4].retain(|value| *value != 2);
        assert_eq!(arrays.levels, others);
        assert!(sent < 60, "{sent}");
    }

    #[test]
    fn any_two_values_meet_around_the_plain_request_and_each_around_each_fault() {
        let (mut arrays, _) = learnt(None);
        let mut rows = vec![Row::plain()];
        while let Some(input) = arrays.plain(2) {
            rows.push(input.spelled);
        }
        let pairs = Coverage::of(&rows, &all_levels(), 2);
        // What is said of UTF-16 leaves some no room.
        assert!(pairs.covered * 100 >= pairs.total * 97, "{pairs:?} in {} rows", rows.len());
        let mut inputs = Vec::new();
        while !arrays.has_met_values() {
            inputs.extend(arrays.fault());
        }
        for case in arrays.quick() {
            let of_case: Vec<Row> = inputs
                .iter()
                .filter(|input| input.case.as_deref() == Some(case.id()))
                .map(|input| input.spelled.clone())
                .collect();
            let levels = crate::campaign::spelling::levels_of(Some(case));
            for (at, values) in levels.iter().enumerate() {
                let missing =
                    values.iter().filter(|value| !of_case.iter().any(|row| row.value(at) == **value));
                assert!(missing.count() <= 1, "{} in dimension {at}", case.id);
            }
        }
    }
}
