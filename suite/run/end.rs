use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::bounds::Bounded;
use super::clock::{Clock, millis};
use super::done::Done;
use crate::judge::Judgement;
use crate::record::{Entry, Record};

/// Ends a record with what came of its cases, by their places in the plan. The others were not judged, because the
/// run ended early or else for another reason.
pub(crate) fn end(
    record: &mut Record,
    mut done: BTreeMap<usize, Done>,
    ended_early: Option<String>,
    otherwise: Option<&str>,
    (watcher, clock): (&Bounded<'_>, Clock),
) {
    let why = ended_early.as_deref().or(otherwise).unwrap_or("it was not run");
    record.times = clock.times();
    for (place, case) in record.planned.iter().enumerate() {
        let unrun = || Entry::unrun(case, Judgement::not_judged(why));
        let (entry, took) = match done.remove(&place) {
            Some(Done { entry, took }) => (Arc::unwrap_or_clone(entry), took),
            None => (unrun(), Duration::ZERO),
        };
        record.entries.push(entry);
        record.times.cases.push(millis(took));
    }
    record.interrupted = watcher.is_interrupted() && ended_early.is_some();
    record.ended_early = ended_early;
}
