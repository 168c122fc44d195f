//! Around which requests which values of the neutral dimensions may stand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

use crate::catalogue::{Case, CaseHeader};
use crate::generate::neutral::{Fitting, Levels, Row, all_levels, covering_array};
use crate::message::Edit;

pub(super) use crate::run::server::is_spelled;

/// From which arrays follow. The same in every campaign.
const ARRAY_SEED: u64 = 15;

/// What fits around a case, by its id; the empty one is the plain request. The same in every campaign.
static FITTING: Mutex<BTreeMap<String, Arc<Levels>>> = Mutex::new(BTreeMap::new());

/// Arrays by how many values meet in them and what they are made of.
type Arrays = BTreeMap<(usize, Levels), Arc<Vec<Row>>>;

/// Those of every campaign of this process.
static ARRAYS: Mutex<Arrays> = Mutex::new(BTreeMap::new());

/// The values that fit around the request of a case, or around the plain one.
pub(super) fn levels_of(base: Option<&Case>) -> Arc<Levels> {
    let id = base.map_or("", CaseHeader::id);
    let mut known = FITTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(levels) = known.get(id) {
        return Arc::clone(levels);
    }
    let levels = Arc::new(Fitting::of(edits_of(base), &all_levels()).levels);
    known.insert(id.to_owned(), Arc::clone(&levels));
    levels
}

fn edits_of(base: Option<&Case>) -> &[Edit] {
    base.and_then(Case::edits).unwrap_or_default()
}

/// Whether a row leaves the request of a case what it is, or the plain one.
pub(super) fn fits(base: Option<&Case>, row: &Row) -> bool {
    row.factors().is_empty()
        || (base.is_none_or(is_spelled)
            && Fitting::known(edits_of(base), Levels::clone(&levels_of(base))).takes(row))
}

/// A row with what does not fit around the request of a case, or is not among these values, made plain.
pub(super) fn fitted(base: Option<&Case>, row: &Row, among: &Levels) -> Row {
    let both = |(at, values): (usize, &Vec<u8>)| -> Vec<u8> {
        let taken = |value: &u8| among.get(at).is_some_and(|all| all.contains(value));
        values.iter().copied().filter(taken).collect()
    };
    let levels = levels_of(base).iter().enumerate().map(both).collect();
    Fitting::known(edits_of(base), levels).fit(row)
}

/// Rows in which any so many of these values meet.
pub(super) fn array(strength: usize, levels: &Levels) -> Arc<Vec<Row>> {
    let mut known = ARRAYS.lock().unwrap_or_else(PoisonError::into_inner);
    let rows = known
        .entry((strength, levels.clone()))
        .or_insert_with(|| Arc::new(covering_array(levels, strength, ARRAY_SEED)));
    Arc::clone(rows)
}

/// Writes a row by its factors, `dimension=value` each.
pub(super) fn serialize<S: Serializer>(row: &Row, to: S) -> Result<S::Ok, S::Error> {
    row.told().serialize(to)
}

/// Reads it.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Row, D::Error> {
    let told = Vec::<String>::deserialize(from)?;
    let unknown = || serde::de::Error::custom(format!("no spelling is written {}", told.join(" ")));
    Row::parse(&told).ok_or_else(unknown)
}

/// Whether a row is that of the plain request.
pub(super) fn is_plain(row: &Row) -> bool {
    row.factors().is_empty()
}
