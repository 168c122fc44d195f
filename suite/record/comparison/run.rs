//! What changed of the run as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::checks_of;
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::RequirementId;
use crate::record::Record;
use crate::record::known::Accounting;

/// Something that answers or requests have in common, or that shows before the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// One of its gravest findings.
    pub finding: &'a Finding,
    /// How many cases show it.
    pub cases: usize,
}

/// What changed of the run as a whole: what answers or requests have in common, and what was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunChange<'a> {
    /// What fails now in common, and did not.
    pub new: Vec<Found<'a>>,
    /// What failed in common, and does not any more.
    pub fixed: Vec<Found<'a>>,
    /// Checks that had something to look at in some case of the old record, and in none of the new one.
    pub lost: Vec<CheckId>,
    /// What of the two runs differs so that their verdicts may for that alone, in words.
    pub cautions: Vec<String>,
}

type Failures<'a> = BTreeMap<(CheckId, RequirementId), Found<'a>>;

impl<'a> RunChange<'a> {
    /// From one record to another; `lost` are checks that some case has lost.
    pub(super) fn of(
        old: &'a Record,
        new: &'a Record,
        known: Option<&Accounting>,
        lost: &BTreeSet<CheckId>,
    ) -> Self {
        let (was, is) = (failures(old, None), failures(new, known));
        // What is known now was no more mended for that.
        let all = failures(new, None);
        let beside = |these: &Failures<'a>, those: &Failures<'a>| -> Vec<Found<'a>> {
            these.iter().filter(|(key, _)| !those.contains_key(key)).map(|(_, found)| *found).collect()
        };
        let mut left = lost.clone();
        for entry in &new.entries {
            if left.is_empty() {
                break;
            }
            let ran = checks_of(entry);
            left.retain(|check| !ran.contains(check));
        }
        Self {
            new: beside(&is, &was),
            fixed: beside(&was, &all),
            lost: left.into_iter().collect(),
            cautions: cautions(old, new),
        }
    }
}

/// What fails of all answers or requests, or before the cases, by check and requirement.
fn failures<'a>(record: &'a Record, known: Option<&Accounting>) -> Failures<'a> {
    let mut found: Failures<'a> = BTreeMap::new();
    let before = record.control.findings.len();
    for (index, (finding, case)) in record.findings().enumerate() {
        let is_of_run = finding.common || index < before;
        let is_known = known.is_some_and(|known| known.excuses(case, finding));
        if is_of_run && finding.verdict == Verdict::Fail && !is_known {
            let key = (finding.check, finding.requirement);
            found.entry(key).or_insert(Found { finding, cases: 0 }).cases += 1;
        }
    }
    found
}

fn cautions(old: &Record, new: &Record) -> Vec<String> {
    let mut cautions = Vec::new();
    if old.catalogue != new.catalogue {
        cautions.push(
            "the records are of different catalogues: verdicts may differ because cases mean something else"
                .to_owned(),
        );
    }
    if old.grading != new.grading {
        let words = |record: &Record| {
            format!(
                "{}{}",
                record.grading.profile,
                if record.grading.bp { " with Basic Profile" } else { "" }
            )
        };
        cautions.push(format!("the old run is graded by {}, the new one by {}", words(old), words(new)));
    }
    match (&old.campaign, &new.campaign) {
        (Some(was), Some(is)) => cautions.push(format!(
            "campaigns of {} and {} inputs: what one of them has not found it may have missed",
            was.inputs, is.inputs
        )),
        (None, None) => {}
        _ => cautions.push(
            "one record is of a campaign and the other of a run: they have no case in common".to_owned(),
        ),
    }
    if old.tool != new.tool {
        cautions.push(format!("the old record was written by {}, the new one by {}", old.tool, new.tool));
    }
    for (which, record) in [("old", old), ("new", new)] {
        if record.interrupted {
            cautions.push(format!("the {which} run was interrupted"));
        } else if let Some(why) = &record.ended_early {
            cautions.push(format!("the {which} run ended before its last case: {why}"));
        }
        if let Some(problem) = record.established().problem() {
            cautions.push(format!("the {which} run had no control: {problem}"));
        }
    }
    let level = |record: &Record| record.established().server().map(|control| control.level);
    if let (Some(was), Some(is)) = (level(old), level(new))
        && was != is
    {
        cautions.push(format!("the control was {was} and is {is}: not the same can be judged"));
    }
    cautions
}
