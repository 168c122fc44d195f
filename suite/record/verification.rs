//! Whether a record is what a run wrote: everything that it concludes is concluded again from its bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::fits;
use super::read::{Line, Read, read};
use super::writer::{ELAPSED, STARTED, TOOK};
use super::{Difference, FuzzedJudge, LoadError, Record};
use crate::judge::Verdict;

/// What came of verifying a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many cases were judged again, or findings of a campaign.
    pub judged: usize,
    /// What does not fit: the head, what was planned, each entry, its verdict, and what stands for all of them.
    pub discrepancies: Vec<Discrepancy>,
    /// Cases that were run and that this catalogue does not have, although the record is of another catalogue.
    pub unknown: Vec<String>,
    /// Whether the record has the line that ends it. Where not, how many cases are there, and how many are not
    /// is told by [`Record::ended_early`](super::Record::ended_early).
    pub ended: bool,
    /// Whether the record is of the cases that this version has.
    pub of_this_catalogue: bool,
}

/// Something in a record that does not follow from the rest of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Discrepancy {
    /// The causes are not those of the entries.
    #[error("causes: not what the entries come to")]
    Causes,
    /// A verdict on a case is another one.
    #[error("{case}: {recorded} in the record, {now} now")]
    Changed {
        /// The case.
        case: String,
        /// The verdict in the record.
        recorded: Verdict,
        /// The verdict that the recorded evidence gets now.
        now: Verdict,
    },
    /// What the run came to, or its counts, are not those of the entries.
    #[error("conclusion: not what the entries come to")]
    Conclusion,
    /// The control comes to other findings.
    #[error("control: other findings in the record than now")]
    Control,
    /// A case stands there more than once.
    #[error("{0}: its case stands in the record twice")]
    Doubled(String),
    /// What stands behind the entries does not fit the chain.
    #[error("end: changed after the record was written (why it ended, conclusion, counts or causes)")]
    End,
    /// An entry does not fit the chain.
    #[error(
        "{0}: changed, moved or put in after the record was written, or an entry before it was taken out"
    )]
    Entry(String),
    /// A verdict rests on nothing.
    #[error("{case}: {verdict} without any evidence")]
    Groundless {
        /// The case.
        case: String,
        /// The verdict.
        verdict: Verdict,
    },
    /// What stands before the entries does not fit the chain.
    #[error(
        "head: changed after the record was written (subject, target, grading, options, plan, shard or control)"
    )]
    Head,
    /// A case that was planned has no entry.
    #[error("{0}: planned, and not there")]
    Missing(String),
    /// Entries are not in the order of the plan.
    #[error("{0}: not in the order that was planned")]
    Misplaced(String),
    /// It is said to be found by a campaign, and the record is of none.
    #[error("{0}: found by a campaign, and the record is of none")]
    NoCampaign(String),
    /// The catalogue that the record names has no such case.
    #[error("{0}: no case of the catalogue that the record is of")]
    NoCase(String),
    /// What several entries refer to does not fit the chain.
    #[error(
        "parts from {0} on: changed, moved or put in after the record was written, or taken out before them"
    )]
    Parts(usize),
    /// A case was not planned.
    #[error("{0}: not planned")]
    Unplanned(String),
}

impl Verification {
    /// Verifies a record as it was saved; of one of a campaign, all but the verdicts on what it has found.
    ///
    /// # Errors
    /// What [`Record::load`] refuses.
    pub fn of(bytes: &[u8]) -> Result<Self, LoadError> {
        Self::with(bytes, &|_, _| None)
    }

    /// The same, with a judge of what a campaign has found.
    ///
    /// # Errors
    /// What [`Record::load`] refuses.
    pub fn with(bytes: &[u8], fuzzed: &FuzzedJudge<'_>) -> Result<Self, LoadError> {
        let Read { record, lines, end } = read(bytes)?;
        let mut discrepancies = unfitting(&record, &lines);
        discrepancies.extend(unplanned(&record));
        let of_this_catalogue = record.is_of_this_catalogue();
        let again = record.judge_again_with(fuzzed);
        if again.control_differs {
            discrepancies.push(Discrepancy::Control);
        }
        for entry in &record.entries {
            let (case, verdict) = (entry.case.clone(), entry.judgement.verdict);
            if entry.fuzzed.is_some() {
                // Its input stands there; what shows only after others, or in the time it takes, has no exchange.
                if record.campaign.is_none() {
                    discrepancies.push(Discrepancy::NoCampaign(case));
                }
            } else if of_this_catalogue && record.case_of(entry).is_none() {
                discrepancies.push(Discrepancy::NoCase(case));
            } else if verdict.is_judged() && !entry.is_run() {
                discrepancies.push(Discrepancy::Groundless { case, verdict });
            }
        }
        for Difference { entry, now } in &again.differences {
            let (recorded, now) = (entry.judgement.verdict, now.verdict);
            discrepancies.push(Discrepancy::Changed { case: entry.case.clone(), recorded, now });
        }
        if let Some(end) = &end {
            if end.causes != serde_json::to_value(record.causes())? {
                discrepancies.push(Discrepancy::Causes);
            }
            let concluded = serde_json::to_value(record.conclusion(false))?;
            if end.conclusion != concluded || end.counts != serde_json::to_value(record.counts())? {
                discrepancies.push(Discrepancy::Conclusion);
            }
        }
        let unknown = if of_this_catalogue { &[][..] } else { &again.unknown };
        let unknown = unknown.iter().map(|&case| case.to_owned()).collect();
        Ok(Self { judged: again.judged, discrepancies, unknown, ended: end.is_some(), of_this_catalogue })
    }
}

/// Where the chain breaks. A link is compared with the one that stands before it in the file, so that a change
/// is told once and not for all that follows.
fn unfitting(record: &Record, lines: &[(Line, &[u8])]) -> Vec<Discrepancy> {
    let mut discrepancies = Vec::new();
    let mut before = "";
    for (kind, line) in lines {
        let times = match kind {
            Line::End => ELAPSED,
            Line::Entry(_) | Line::Parts(_) => TOOK,
            Line::Head => STARTED,
        };
        let (is_whole, link) = fits(line, before, times);
        if !is_whole {
            discrepancies.push(match *kind {
                Line::End => Discrepancy::End,
                Line::Entry(place) => Discrepancy::Entry(record.entries[place].case.clone()),
                Line::Head => Discrepancy::Head,
                Line::Parts(first) => Discrepancy::Parts(first),
            });
        }
        before = link;
    }
    discrepancies
}

/// Where entries are not those of the plan, each once and in its order.
fn unplanned(record: &Record) -> Vec<Discrepancy> {
    let places: BTreeMap<&str, usize> =
        record.planned.iter().enumerate().map(|(place, case)| (&**case, place)).collect();
    let mut discrepancies = Vec::new();
    let mut seen = BTreeSet::new();
    let mut last = None;
    for entry in &record.entries {
        let case = entry.case.clone();
        match places.get(&*entry.case) {
            None => discrepancies.push(Discrepancy::Unplanned(case)),
            Some(_) if !seen.insert(&*entry.case) => discrepancies.push(Discrepancy::Doubled(case)),
            Some(place) if last > Some(*place) => discrepancies.push(Discrepancy::Misplaced(case)),
            Some(place) => last = Some(*place),
        }
    }
    let missing = record.planned.iter().filter(|case| !seen.contains(&***case));
    discrepancies.extend(missing.cloned().map(Discrepancy::Missing));
    discrepancies
}
