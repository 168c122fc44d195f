//! Sends a case in rows of neutral values, and finds out for each that goes wrong which of its values it takes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::attempt::CaseRun;
use super::prober::has_ended;
use crate::catalogue::Case;
use crate::evidence::{Attempt, CallStatus, Role, RowCount, Step, observe};
use crate::generate::neutral::Row;
use crate::judge::{Context, ControlLevel, Judgement, goes_further};
use crate::message::{Draft, Edit};

/// Most rows of one case for which the values that they take are looked for.
const MAX_EXPLAINED: usize = 3;

/// Most requests that looking for the values of one row takes.
const MAX_REQUESTS: usize = 96;

/// Longest time given to a call to end once that was waited for in vain in another spelling: there may be many.
const SETTLE_AGAIN: Duration = Duration::from_millis(500);

/// Most values of a set whose subsets are all sent.
const MAX_PROVEN: usize = 4;

/// A call that the row before has left up, with the look at it that showed so.
#[derive(Default)]
struct LeftUp(Option<(String, Option<Step>)>);

/// What came of a case in other spellings.
pub(super) struct Spelled {
    /// How many rows there were, and how many came to no more than the case as it is.
    pub(super) rows: RowCount,
    /// The attempts that show what goes wrong in which spelling, those that pass for contrast.
    pub(super) attempts: Vec<Attempt>,
    /// Whether the server is still as it was, as far as that was seen.
    pub(super) leaves_open: bool,
}

/// A case that is sent in other spellings.
pub(super) struct Spelling<'a, F> {
    pub(super) context: Context<'a>,
    /// The attempts at the case as it is, and what they came to.
    pub(super) plain: &'a [Attempt],
    pub(super) judgement: &'a Judgement,
    /// A fresh run of the case, under this label.
    pub(super) run: F,
    /// Whether a success in some spelling was seen to have no effect in the time given.
    pub(super) without_effect: &'a AtomicBool,
}

impl<'a, F: Fn(String) -> CaseRun<'a>> Spelling<'a, F> {
    pub(super) async fn send(&self, rows: &[Row]) -> Spelled {
        let mut left = LeftUp::default();
        let mut seen: BTreeMap<Row, Vec<Attempt>> = BTreeMap::new();
        let mut failed: Vec<Row> = Vec::new();
        let mut count = 1;
        for row in rows {
            count += 1;
            if self.fails(row, &mut seen, &mut left).await {
                failed.push(row.clone());
                if Self::is_lost(row, &seen) {
                    break;
                }
            } else {
                seen.remove(row);
            }
        }
        let mut kept: Vec<Row> = Vec::new();
        let mut sets: Vec<Row> = Vec::new();
        for row in &failed {
            if sets.iter().any(|set| holds(row, set)) {
                continue;
            }
            if sets.len() >= MAX_EXPLAINED {
                break;
            }
            let set = self.fewest(row, &mut seen, &mut left).await;
            kept.push(row.clone());
            kept.extend(subsets(&set));
            kept.extend(set.factors().into_iter().map(|at| row.with(at, 0)));
            kept.push(set.clone());
            sets.push(set);
        }
        let leaves_open = self.hang_up(left).await && failed.is_empty();
        // The plain one counts, and passes by what this is measured with.
        let rows = RowCount { sent: count, passed: count - failed.len() };
        let mut attempts = Vec::new();
        for row in kept {
            attempts.extend(seen.remove(&row).unwrap_or_default());
        }
        Spelled { rows, attempts, leaves_open }
    }

    /// Whether the case goes further wrong in this spelling than as it is, and does so again.
    async fn fails(&self, row: &Row, seen: &mut BTreeMap<Row, Vec<Attempt>>, left: &mut LeftUp) -> bool {
        if !seen.contains_key(row) {
            let mut attempts = vec![self.attempt(row, 1, left).await];
            if self.is_further(&attempts[0]) {
                attempts.push(self.attempt(row, 2, left).await);
            }
            seen.insert(row.clone(), attempts);
        }
        seen.get(row).is_some_and(|attempts| attempts.iter().all(|attempt| self.is_further(attempt)))
    }

    fn is_further(&self, attempt: &Attempt) -> bool {
        !goes_further(self.context, self.plain, self.judgement, attempt).is_empty()
    }

    fn is_lost(row: &Row, seen: &BTreeMap<Row, Vec<Attempt>>) -> bool {
        let attempts = seen.get(row).map(Vec::as_slice).unwrap_or_default();
        attempts.iter().any(|attempt| {
            attempt
                .steps
                .last()
                .is_some_and(|step| step.role != Role::Mutant && step.exchange.answer.is_lost())
        })
    }

    /// The fewest of the values of a row with which it still fails: no value of them can be left out, and no true
    /// subset of them fails.
    async fn fewest(&self, row: &Row, seen: &mut BTreeMap<Row, Vec<Attempt>>, left: &mut LeftUp) -> Row {
        // Each value without which the row passes is needed.
        let mut needed = Vec::new();
        for at in row.factors() {
            if !self.fails(&row.with(at, 0), seen, left).await {
                needed.push(at);
            }
        }
        let mut set = row.only(&needed);
        if needed.is_empty() || !self.fails(&set, seen, left).await {
            // Several sets meet in the row: one value after the other is left out where it still fails.
            set = row.clone();
            for at in row.factors() {
                let less = set.with(at, 0);
                if !less.factors().is_empty()
                    && seen.len() < MAX_REQUESTS
                    && self.fails(&less, seen, left).await
                {
                    set = less;
                }
            }
        }
        loop {
            let mut smaller = None;
            for subset in subsets(&set) {
                if self.fails(&subset, seen, left).await {
                    smaller = Some(subset);
                    break;
                }
            }
            match smaller {
                Some(subset) => set = subset,
                None => return set,
            }
        }
    }

    async fn attempt(&self, row: &Row, again: usize, left: &mut LeftUp) -> Attempt {
        let values: Vec<String> = row.values().iter().map(u8::to_string).collect();
        let case: &Case = self.context.case;
        let mut run = (self.run)(format!("{}#{}/{again}", case.id, values.concat()));
        if self.without_effect.load(Ordering::SeqCst) {
            run.settle = run.settle.min(SETTLE_AGAIN);
        }
        let (mut attempt, up) = run.spelled(&row.edits(), left.0.take()).await;
        let claims = attempt
            .step(Role::Mutant)
            .is_some_and(|step| observe(&step.exchange.answer).outcome.claims_success());
        if claims && up.as_ref().is_some_and(|(_, look)| look.is_some()) && case.class.is_positive() {
            self.without_effect.store(true, Ordering::SeqCst);
        }
        left.0 = up;
        attempt.spelled = row.told();
        attempt
    }

    /// Ends the call that is left up; whether that is answered as plain requests are.
    async fn hang_up(&self, left: LeftUp) -> bool {
        let control = self.context.control;
        let Some((id, _)) = left.0.filter(|_| control.level == ControlLevel::Live) else { return true };
        let run = (self.run)(format!("{}#end", self.context.case.id));
        let exchange = run.prober.plain(&id).await;
        control.is_as_before(ControlLevel::Live, &exchange.answer)
    }
}

/// Whether a row has all that a set has.
fn holds(row: &Row, set: &Row) -> bool {
    set.factors().into_iter().all(|at| row.value(at) == set.value(at))
}

/// The true subsets of the values of a row but the empty one, the smallest first; none where there are too many.
fn subsets(set: &Row) -> Vec<Row> {
    let factors = set.factors();
    if factors.len() > MAX_PROVEN {
        return Vec::new();
    }
    let mut bits: Vec<usize> = (1..(1_usize << factors.len()).saturating_sub(1)).collect();
    bits.sort_by_key(|bits| bits.count_ones());
    let of = |bits: usize| {
        let numbered = factors.iter().enumerate();
        let some: Vec<usize> = numbered.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, at)| *at).collect();
        set.only(&some)
    };
    bits.into_iter().map(of).collect()
}

impl CaseRun<'_> {
    /// Sends the case with these edits more: between two looks at its call where that can be looked at, and without
    /// plain requests around it. A call that is still up afterwards serves for the next one.
    async fn spelled(
        mut self,
        more: &[Edit],
        left: Option<(String, Option<Step>)>,
    ) -> (Attempt, Option<(String, Option<Step>)>) {
        let level = self.control.level;
        let states = self.control.states && level == ControlLevel::Live;
        let Some(edits) = self.case.edits().filter(|_| self.can_be_judged(level)) else {
            return (self.finish(level, false), None);
        };
        let (id, look) = match left {
            Some((id, look)) => (Some(id), look),
            None => (self.fresh(level, "spelled").await, None),
        };
        let Some(id) = id else { return (self.finish(level, true), None) };
        if states {
            let before = match look {
                Some(look) => look.exchange,
                None => self.prober.call_info(&id).await,
            };
            self.push(Role::Before, before);
        }
        let exchange = self.prober.send(&Draft::disconnect(edits).and(more), &id).await;
        let claims = observe(&exchange.answer).outcome.claims_success();
        self.push(Role::Mutant, exchange);
        let mut after = None;
        if states {
            let look = if claims && !self.case.class.is_negative() {
                self.prober.poll_until_ended(&id, self.settle).await
            } else {
                self.prober.call_info(&id).await
            };
            self.push(Role::After, look.clone());
            after = Some(look);
        }
        let is_up = match &after {
            Some(look) => !has_ended(look) && CallStatus::of(&look.answer) == Some(CallStatus::Up),
            None => !claims,
        };
        let keeps = matches!(level, ControlLevel::Synthetic | ControlLevel::Given) || is_up;
        let step = after.map(|exchange| Step { role: Role::After, turn: None, exchange });
        (self.finish(level, true), keeps.then_some((id, step)))
    }
}
