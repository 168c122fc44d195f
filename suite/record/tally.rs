//! Counting and grouping what cases came to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::judge::{Finding, Judgement, Verdict};

/// What a record tells of a case.
pub(super) struct Told<'a> {
    pub(super) case: &'a str,
    pub(super) judgement: &'a Judgement,
    /// Whether something was sent or put to the subject.
    pub(super) run: bool,
}

/// How many cases came to what: planned = judged + not judged + skipped, and judged = passed + noted +
/// warned + failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Selected.
    pub planned: usize,
    /// With at least one exchange.
    pub run: usize,
    /// With a verdict.
    pub judged: usize,
    /// PASS.
    pub passed: usize,
    /// NOTE.
    pub noted: usize,
    /// WARN.
    pub warned: usize,
    /// FAIL.
    pub failed: usize,
    /// NOT JUDGED.
    pub not_judged: usize,
    /// SKIPPED.
    pub skipped: usize,
}

impl Counts {
    pub(super) fn of<'a>(told: impl Iterator<Item = Told<'a>>) -> Self {
        let mut counts = Self::default();
        for Told { judgement, run, .. } in told {
            counts.planned += 1;
            counts.run += usize::from(run);
            counts.judged += usize::from(judgement.verdict.is_judged());
            *match judgement.verdict {
                Verdict::Pass => &mut counts.passed,
                Verdict::Note => &mut counts.noted,
                Verdict::Warn => &mut counts.warned,
                Verdict::Fail => &mut counts.failed,
                Verdict::NotJudged => &mut counts.not_judged,
                Verdict::Skipped => &mut counts.skipped,
            } += 1;
        }
        counts
    }
}

/// Findings that are alike, with the cases that have them, gravest first; those of the control are
/// those of a case named `control`.
pub(super) fn findings<'a>(
    control: &'a [Finding],
    told: impl Iterator<Item = Told<'a>>,
) -> Vec<(&'a Finding, Vec<&'a str>)> {
    let mut groups: BTreeMap<&Finding, Vec<&str>> = BTreeMap::new();
    let control = control.iter().map(|finding| ("control", finding));
    let entries = told.flat_map(|told| told.judgement.findings.iter().map(move |f| (told.case, f)));
    for (case, finding) in control.chain(entries) {
        groups.entry(finding).or_default().push(case);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.verdict));
    groups
}

/// Why cases got this verdict that is none, with the cases.
pub(super) fn reasons<'a>(
    verdict: Verdict,
    told: impl Iterator<Item = Told<'a>>,
) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for Told { case, judgement, .. } in told.filter(|told| told.judgement.verdict == verdict) {
        let reason = judgement.reason.as_deref().unwrap_or("no reason recorded");
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, cases)) => cases.push(case),
            None => groups.push((reason, vec![case])),
        }
    }
    groups
}
