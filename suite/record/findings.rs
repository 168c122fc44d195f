//! What a run has found, and why it has not.

use super::Record;
use crate::judge::{Finding, Verdict};

/// Findings of the control are those of a case of this name.
pub(crate) const CONTROL: &str = "control";

impl Record {
    /// Every finding with its case; those of the control are those of a case named `control`.
    pub fn findings(&self) -> impl Iterator<Item = (&Finding, &str)> {
        let control = self.control.findings.iter().map(|finding| (finding, CONTROL));
        let entries = self
            .entries
            .iter()
            .flat_map(|entry| entry.judgement.findings.iter().map(|finding| (finding, entry.case.as_str())));
        control.chain(entries)
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
