//! What cases have in common.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Record;
use crate::judge::{Finding, Verdict};

/// Findings of the control are those of a case of this name.
const CONTROL: &str = "control";

impl Record {
    /// Findings that are alike, with the cases that have them, gravest first; those of the control are
    /// those of a case named `control`.
    pub fn findings(&self) -> Vec<(&Finding, Vec<&str>)> {
        let control = self.control.findings.iter().map(|finding| (CONTROL, finding));
        let entries = self
            .entries
            .iter()
            .flat_map(|entry| entry.judgement.findings.iter().map(|finding| (entry.case.as_str(), finding)));
        let mut groups: BTreeMap<&Finding, Vec<&str>> = BTreeMap::new();
        for (case, finding) in control.chain(entries) {
            groups.entry(finding).or_default().push(case);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(finding, _)| Reverse(finding.verdict));
        groups
    }

    /// Why cases got this verdict that is none, with the cases.
    pub fn reasons(&self, verdict: Verdict) -> Vec<(&str, Vec<&str>)> {
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.judgement.verdict == verdict) {
            let reason = entry.judgement.reason.as_deref().unwrap_or("no reason recorded");
            match groups.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, cases)) => cases.push(&entry.case),
                None => groups.push((reason, vec![&entry.case])),
            }
        }
        groups
    }
}
