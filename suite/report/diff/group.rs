//! Cases that changed in the same way are told once.

use std::collections::BTreeMap;

use crate::judge::{Finding, Verdict};
use crate::record::comparison::{CaseChange, Change, Comparison, Side};

/// Cases that changed in the same way.
#[derive(Debug)]
pub(super) struct Group<'c, 'a> {
    pub(super) change: Change,
    /// One of them.
    pub(super) example: &'c CaseChange<'a>,
    pub(super) cases: Vec<&'a str>,
}

/// What a case has in common with others of its group.
type Key = (Change, Option<Verdict>, Option<Verdict>, String, String, String);

impl<'c, 'a> Group<'c, 'a> {
    /// The groups of a comparison: regressions first, then by how many cases they hold. What is unchanged is in
    /// none, and of what is added or deleted all is one group for each verdict.
    pub(super) fn of(comparison: &'c Comparison<'a>) -> Vec<Self> {
        let mut groups: BTreeMap<Key, Self> = BTreeMap::new();
        for case in comparison.cases.iter().filter(|case| case.change != Change::Unchanged) {
            let group = Self { change: case.change, example: case, cases: Vec::new() };
            groups.entry(key(case)).or_insert(group).cases.push(case.case);
        }
        let mut groups: Vec<Self> = groups.into_values().collect();
        groups.sort_by_key(|group| (group.change, std::cmp::Reverse(group.cases.len())));
        groups
    }

    /// The verdicts, before and after.
    pub(super) fn verdicts(&self) -> String {
        let CaseChange { old, new, .. } = self.example;
        match (old, new) {
            (_, Some(new)) if self.change == Change::NotJudgedAnyMore => new.verdict.word().to_owned(),
            (Some(old), Some(new)) if old.verdict == new.verdict => new.verdict.word().to_owned(),
            (Some(old), Some(new)) => format!("{} -> {}", old.verdict, new.verdict),
            (Some(side), None) | (None, Some(side)) => side.verdict.word().to_owned(),
            (None, None) => String::new(),
        }
    }

    /// What is told of it: label and text, which may be of others.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let CaseChange { old, new, findings, lost, change, .. } = self.example;
        let mut lines = Vec::new();
        for Finding { check, requirement, expected, observed, .. } in findings.iter().take(MAX_FINDINGS) {
            lines.push(("check", format!("{check} {requirement}")));
            lines.push(("expected", expected.clone()));
            lines.push(("observed", observed.clone()));
        }
        if !matches!(change, Change::Added | Change::Deleted | Change::NotRunAnyMore) {
            let old = old.as_ref().filter(|_| *change != Change::NotJudgedAnyMore);
            for (label, side) in [("was", old), ("is", new.as_ref())] {
                let Some(side) = side else { continue };
                let words = told(side);
                if !words.is_empty() {
                    lines.push((label, words));
                }
            }
        }
        if !lost.is_empty() && matches!(change, Change::ChecksLost | Change::OtherEvidence) {
            let lost: Vec<&str> = lost.iter().map(|check| check.word()).collect();
            lines.push(("not run", lost.join(", ")));
        }
        lines
    }
}

/// Most findings that are told of a group.
const MAX_FINDINGS: usize = 3;

fn key(changed: &CaseChange<'_>) -> Key {
    let CaseChange { change, old, new, findings, lost, .. } = changed;
    let verdict = |side: &Option<Side<'_>>| side.as_ref().map(|side| side.verdict);
    let verdicts = (verdict(old), verdict(new));
    if matches!(change, Change::Added | Change::Deleted | Change::NotRunAnyMore) {
        return (*change, verdicts.0, verdicts.1, String::new(), String::new(), String::new());
    }
    let words = |side: &Option<Side<'_>>| side.as_ref().map_or_else(String::new, told);
    if *change == Change::NotJudgedAnyMore {
        // Why is all that matters, not what there was before.
        return (*change, None, verdicts.1, String::new(), words(new), String::new());
    }
    let checks: Vec<String> =
        findings.iter().map(|finding| format!("{} {}", finding.check, finding.requirement)).collect();
    let lost: Vec<&str> = lost.iter().map(|check| check.word()).collect();
    (*change, verdicts.0, verdicts.1, words(old), words(new), checks.join(" ") + &lost.join(" "))
}

/// What came of a case, or why it has no verdict.
fn told(side: &Side<'_>) -> String {
    side.reason.map_or_else(|| side.came.clone(), str::to_owned)
}
