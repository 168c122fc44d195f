//! Covering arrays: few rows in which all values of any two, or three, dimensions meet.

use super::dimension::Levels;
use super::row::Row;

/// How many candidates compete for each row.
const CANDIDATES: usize = 6;

/// How many meetings of values there are, and how many of them rows hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Meetings that some row holds.
    pub covered: usize,
    /// All of them.
    pub total: usize,
}

/// Numbers that are the same for the same seed (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count.max(1)
    }
}

/// The meetings of `strength` values of different dimensions, and which of them are still missing.
struct Missing {
    strength: usize,
    /// The number of the first value of each dimension, among all values.
    first: Vec<usize>,
    count: usize,
    open: Vec<bool>,
    left: usize,
}

impl Missing {
    fn of(levels: &Levels, strength: usize) -> Self {
        let mut first = Vec::with_capacity(levels.len());
        let mut count = 0;
        for values in levels {
            first.push(count);
            count += values.len();
        }
        let size = count.pow(u32::try_from(strength).unwrap_or(1));
        let mut this = Self { strength, first, count, open: vec![false; size], left: 0 };
        let mut chosen = Vec::new();
        this.fill(levels, 0, &mut chosen);
        this
    }

    fn fill(&mut self, levels: &Levels, from: usize, chosen: &mut Vec<usize>) {
        if chosen.len() == self.strength {
            let at = self.place(chosen);
            self.open[at] = true;
            self.left += 1;
            return;
        }
        for dimension in from..levels.len() {
            for value in 0..levels[dimension].len() {
                chosen.push(self.first[dimension] + value);
                self.fill(levels, dimension + 1, chosen);
                chosen.pop();
            }
        }
    }

    /// Values in ascending order as one number.
    fn place(&self, values: &[usize]) -> usize {
        values.iter().fold(0, |at, value| at * self.count + value)
    }

    /// Calls `with` for each meeting that this value makes with others that are chosen already.
    fn meetings(&self, value: usize, others: &[usize], with: &mut impl FnMut(usize)) {
        let mut meeting = [0; 3];
        let mut each = |parts: &[usize]| {
            let parts_and = &mut meeting[..=parts.len()];
            parts_and[..parts.len()].copy_from_slice(parts);
            parts_and[parts.len()] = value;
            parts_and.sort_unstable();
            with(self.place(parts_and));
        };
        match self.strength {
            1 => each(&[]),
            2 => others.iter().for_each(|&other| each(&[other])),
            _ => {
                for (at, &one) in others.iter().enumerate() {
                    others[at + 1..].iter().for_each(|&two| each(&[one, two]));
                }
            }
        }
    }

    fn gain(&self, value: usize, others: &[usize]) -> usize {
        let mut gain = 0;
        self.meetings(value, others, &mut |at| gain += usize::from(self.open[at]));
        gain
    }

    fn take(&mut self, values: &[usize]) -> usize {
        let mut met = Vec::new();
        for (at, &value) in values.iter().enumerate() {
            self.meetings(value, &values[..at], &mut |place| met.push(place));
        }
        let before = self.left;
        for place in met {
            if std::mem::replace(&mut self.open[place], false) {
                self.left -= 1;
            }
        }
        before - self.left
    }

    /// The values of the first meeting that is missing.
    fn next(&self, from: usize) -> Option<(usize, Vec<usize>)> {
        let at = from + self.open.get(from..)?.iter().position(|missing| *missing)?;
        let mut rest = at;
        let mut values = Vec::with_capacity(self.strength);
        for _ in 0..self.strength {
            values.push(rest % self.count);
            rest /= self.count;
        }
        Some((at, values))
    }

    fn dimension_of(&self, value: usize) -> usize {
        self.first.partition_point(|first| *first <= value) - 1
    }
}

/// Rows in which all values of any `strength` dimensions meet (1, 2 or 3), by a greedy choice for one row after
/// the other; the same for the same seed. The first row is the plain one.
pub fn covering_array(levels: &Levels, strength: usize, seed: u64) -> Vec<Row> {
    let strength = strength.clamp(1, 3).min(levels.len().max(1));
    let mut missing = Missing::of(levels, strength);
    let mut numbers = Numbers(seed ^ 0x9E37_79B9_7F4A_7C15);
    let plain: Vec<usize> = missing.first.clone();
    missing.take(&plain);
    let mut rows = vec![Row::plain()];
    let mut from = 0;
    while let Some((at, seeded)) = missing.next(from) {
        from = at;
        let mut best: Option<(usize, Vec<usize>)> = None;
        for _ in 0..CANDIDATES {
            let (gain, values) = candidate(&missing, levels, &seeded, &mut numbers);
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, values));
            }
        }
        // A candidate holds at least the meeting that it began with.
        let Some((_, mut values)) = best else { break };
        values.sort_unstable();
        missing.take(&values);
        rows.push(row(levels, &missing.first, &values));
    }
    rows
}

/// A row that begins with a missing meeting, and takes in each other dimension what makes most of the others.
fn candidate(
    missing: &Missing,
    levels: &Levels,
    seeded: &[usize],
    numbers: &mut Numbers,
) -> (usize, Vec<usize>) {
    let mut values: Vec<usize> = Vec::with_capacity(levels.len());
    let mut gain = 0;
    for &value in seeded {
        gain += missing.gain(value, &values);
        values.push(value);
    }
    let taken: Vec<usize> = seeded.iter().map(|value| missing.dimension_of(*value)).collect();
    let mut left: Vec<usize> = (0..levels.len()).filter(|at| !taken.contains(at)).collect();
    for index in (1..left.len()).rev() {
        left.swap(index, numbers.below(index + 1));
    }
    for dimension in left {
        let count = levels[dimension].len();
        let start = numbers.below(count);
        let gains = (0..count).map(|step| {
            let value = missing.first[dimension] + (start + step) % count;
            (missing.gain(value, &values), value)
        });
        let best = gains.reduce(|best, other| if other.0 > best.0 { other } else { best });
        if let Some((more, value)) = best {
            gain += more;
            values.push(value);
        }
    }
    (gain, values)
}

fn row(levels: &Levels, first: &[usize], values: &[usize]) -> Row {
    let number = |(at, value): (usize, &usize)| levels[at][value - first[at]];
    Row::of(values.iter().enumerate().map(number).collect())
}

/// Rows in which each value stands at least once, others for each `turn`: over many turns values meet in other
/// ways.
pub fn rotated_rows(levels: &Levels, turn: usize) -> Vec<Row> {
    let most = levels.iter().map(Vec::len).max().unwrap_or(0);
    let mut numbers = Numbers(turn as u64);
    numbers.below(2);
    let offsets: Vec<usize> = levels.iter().map(|values| numbers.below(values.len())).collect();
    let value = |row: usize, at: usize| levels[at][(row + offsets[at]) % levels[at].len()];
    (0..most).map(|row| Row::of((0..levels.len()).map(|at| value(row, at)).collect())).collect()
}

impl Coverage {
    /// How many of the meetings of `strength` values these rows hold.
    pub fn of(rows: &[Row], levels: &Levels, strength: usize) -> Self {
        let mut missing = Missing::of(levels, strength.clamp(1, 3));
        let total = missing.left;
        for row in rows {
            let number = |(at, values): (usize, &Vec<u8>)| {
                let place = values.iter().position(|value| *value == row.value(at))?;
                Some(missing.first[at] + place)
            };
            if let Some(values) = levels.iter().enumerate().map(number).collect::<Option<Vec<usize>>>() {
                missing.take(&values);
            }
        }
        Self { covered: total - missing.left, total }
    }
}
