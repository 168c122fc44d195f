//! Cases in other spellings: which rows of neutral values each is sent in.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::prober::{Prober, unissued};
use crate::catalogue::{Case, Needs, Stimulus};
use crate::generate::neutral::{Coverage, Fitting, Levels, Row, all_levels, covering_array, rotated_rows};
use crate::judge::{Control, ControlLevel};
use crate::message::Draft;
use crate::protocol::{InputClass, Operation};
use crate::record::Spellings;

/// From which the arrays follow. The same in every run, so that records can be compared.
const SEED: u64 = 15;

/// Arrays by their strength and what they are made of.
type Arrays = BTreeMap<(usize, Levels), Arc<Vec<Row>>>;

/// How many cases of a class are looked at to find the one that stands for it.
const CANDIDATES: usize = 6;

/// What a run knows of the spellings that its subject takes, and what it has sent in them.
pub(super) struct Rows {
    strength: usize,
    levels: Levels,
    not_taken: Vec<String>,
    /// The case that stands for each class.
    representatives: BTreeMap<InputClass, String>,
    told: Mutex<Spellings>,
    /// The arrays for what fits around a case, which are the same for many of them.
    arrays: Mutex<Arrays>,
}

impl Rows {
    /// Finds out which values the subject takes around the plain request: those that it answers as without them.
    /// What it does not take leaves the arrays, and is told once.
    pub(super) async fn learn(
        prober: &Prober,
        control: &Control,
        reusable: Option<&str>,
        strength: usize,
        cases: &[&'static Case],
    ) -> Option<Self> {
        if strength < 2 || control.fatal.is_some() {
            return None;
        }
        let by_byte = prober.line.server().cannot_frame().is_none() || prober.line.server().is_local();
        let mut not_taken = Vec::new();
        let mut levels = all_levels();
        for (dimension, values) in levels.iter_mut().enumerate() {
            let mut taken = Vec::new();
            for &value in values.iter() {
                let row = Row::plain().with(dimension, value);
                let is_taken = value == 0
                    || ((by_byte || row.edits().iter().all(|edit| !edit.is_on_the_line()))
                        && is_taken(prober, control, reusable, &row).await);
                if is_taken {
                    taken.push(value);
                } else {
                    not_taken.extend(row.told());
                }
            }
            *values = taken;
        }
        let told = Spellings {
            strength,
            not_taken: not_taken.clone(),
            sent: 0,
            values: crate::record::Met::default(),
            pairs: crate::record::Met::default(),
            triples: crate::record::Met::default(),
        };
        let representatives = representatives(cases);
        Some(Self {
            strength,
            levels,
            not_taken,
            representatives,
            told: Mutex::new(told),
            arrays: Mutex::default(),
        })
    }

    /// What is told of it in the record.
    pub(super) fn told(self) -> Spellings {
        let told = self.told.into_inner().unwrap_or_else(PoisonError::into_inner);
        Spellings { not_taken: self.not_taken, ..told }
    }

    /// The rows for a case, the plain one left out; none where it is about how requests go over a connection, or
    /// nothing fits around it.
    pub(super) fn of(&self, case: &Case) -> Vec<Row> {
        if !is_spelled(case) {
            return Vec::new();
        }
        let Some(edits) = case.edits() else { return Vec::new() };
        let fitting = Fitting::of(edits, &self.levels);
        if fitting.is_rigid() {
            return Vec::new();
        }
        let stands = self.representatives.get(&case.class).is_some_and(|id| *id == case.id);
        let wanted = match (self.strength, stands) {
            (2, false) => Arc::new(rotated_rows(&fitting.levels, number_of(&case.id))),
            (2, true) | (_, false) => self.array(2, &fitting.levels),
            (_, true) => self.array(3, &fitting.levels),
        };
        let plain = Row::plain();
        let mut rows: Vec<Row> = Vec::with_capacity(wanted.len());
        for row in wanted.iter().map(|row| fitting.fit(row)) {
            if row != plain && !rows.contains(&row) {
                rows.push(row);
            }
        }
        let with_plain: Vec<Row> = std::iter::once(plain).chain(rows.iter().cloned()).collect();
        let coverage = |strength| Coverage::of(&with_plain, &fitting.levels, strength);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.sent += rows.len();
        let values = coverage(1);
        told.values.add(values.covered, values.total);
        if stands {
            let (pairs, triples) = (coverage(2), coverage(3));
            told.pairs.add(pairs.covered, pairs.total);
            told.triples.add(triples.covered, triples.total);
        }
        rows
    }
}

impl Rows {
    fn array(&self, strength: usize, levels: &Levels) -> Arc<Vec<Row>> {
        let mut arrays = self.arrays.lock().unwrap_or_else(PoisonError::into_inner);
        let array = arrays
            .entry((strength, levels.clone()))
            .or_insert_with(|| Arc::new(covering_array(levels, strength, SEED)));
        Arc::clone(array)
    }
}

/// Whether the plain request is answered in this spelling as in the plain one; once more where it seems not to be.
async fn is_taken(prober: &Prober, control: &Control, reusable: Option<&str>, row: &Row) -> bool {
    let edits = row.edits();
    for again in 0..2 {
        let label = format!("control/spelling/{}/{again}", row.told().join(" "));
        let id = match control.level {
            ControlLevel::Live => prober.place(Operation::PlayOnPhone, &label).await.id,
            ControlLevel::Given => reusable.map(str::to_owned),
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => Some(unissued()),
        };
        let level = if id.is_some() { control.level } else { ControlLevel::Synthetic };
        let id = id.unwrap_or_else(unissued);
        if level == ControlLevel::Live && control.ends_answered_calls_only {
            prober.poll_until_connected(&id, prober.settle).await;
        }
        let exchange = prober.send(&Draft::disconnect(&edits), &id).await;
        let reused = row.edits().iter().all(|edit| !matches!(edit, crate::message::Edit::Preceded(_)))
            || exchange.line.shared;
        if !reused {
            return false;
        }
        if control.is_as_before(level, &exchange.answer) {
            return true;
        }
        if level == ControlLevel::Live {
            // It may still be up.
            prober.plain(&id).await;
        }
    }
    false
}

/// Whether a case is sent in other spellings.
pub(crate) fn is_spelled(case: &Case) -> bool {
    matches!(case.stimulus, Stimulus::Request(_))
        && !case.slow
        && !case.recorded
        && !case.is_raw()
        && !case.needs_wire()
        && case.needs != Needs::Canary
        // Many wrong passwords of one user may lock the account.
        && case.misspelling().is_none()
        && !case.id.starts_with("robustness/")
}

/// Of the cases of each class with the fewest edits the one around which most values fit, of equal ones the first.
fn representatives(cases: &[&'static Case]) -> BTreeMap<InputClass, String> {
    let mut by_class: BTreeMap<InputClass, Vec<&Case>> = BTreeMap::new();
    for &case in cases.iter().filter(|case| is_spelled(case)) {
        by_class.entry(case.class).or_default().push(case);
    }
    let levels = all_levels();
    let best = |(class, mut of_class): (InputClass, Vec<&Case>)| {
        of_class.sort_by_key(|case| case.edits().map_or(usize::MAX, <[_]>::len));
        of_class.truncate(CANDIDATES);
        let fitting = |case: &&Case| {
            let fitting = Fitting::of(case.edits().unwrap_or_default(), &levels);
            Reverse(fitting.levels.iter().map(Vec::len).sum::<usize>())
        };
        Some((class, of_class.into_iter().min_by_key(fitting)?.id.to_string()))
    };
    by_class.into_iter().filter_map(best).collect()
}

/// A number that follows from the id of a case and nothing else (FNV-1a).
fn number_of(id: &str) -> usize {
    let hash = id
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    usize::try_from(hash % 1_000_003).unwrap_or(0)
}
