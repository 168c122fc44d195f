//! Judging a record again, by this version of the judge.

use super::{Entry, Record};
use crate::judge::{Grading, Judgement, Verdict, findings_before, judge};

/// What came of judging a record again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again<'a> {
    /// How many cases were judged again: those that were run and that this catalogue has.
    pub judged: usize,
    /// Where the judgement is not the recorded one, in the order of the record.
    pub differences: Vec<Difference<'a>>,
    /// Cases that were run and that this catalogue does not have.
    pub unknown: Vec<&'a str>,
    /// Whether the control comes to other findings than the recorded ones.
    pub control_differs: bool,
}

/// Judges what a campaign has found by what was seen then; nothing where its input is not known.
pub type FuzzedJudge<'j> = dyn Fn(&Record, &Entry) -> Option<Judgement> + 'j;

/// A case whose judgement is not the recorded one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'a> {
    /// What is recorded.
    pub entry: &'a Entry,
    /// The judgement that the recorded evidence gets now.
    pub now: Judgement,
}

impl Record {
    /// The same run, graded so. A pass in the strictest grading is one in any.
    #[must_use]
    pub fn graded(mut self, grading: Grading) -> Self {
        let established = self.established();
        self.control.findings = findings_before(&self.control.evidence, &established, grading);
        for index in 0..self.entries.len() {
            let entry = &self.entries[index];
            let Some((evidence, case)) = entry.evidence.as_ref().zip(self.case_of(entry)) else { continue };
            if !entry.judgement.findings.is_empty() || entry.judgement.verdict == Verdict::NotJudged {
                self.entries[index].judgement = judge(case, &established, evidence, grading);
            }
        }
        self.grading = grading;
        self
    }

    /// Judges what was recorded, control included. What a campaign has found is not: see
    /// [`judge_again_with`](Self::judge_again_with).
    pub fn judge_again(&self) -> Again<'_> {
        self.judge_again_with(&|_, _| None)
    }

    /// The same, with a judge of what a campaign has found: what its inputs are follows from their edits, which this
    /// room does not know.
    pub fn judge_again_with(&self, fuzzed: &FuzzedJudge<'_>) -> Again<'_> {
        let established = self.established();
        let found = findings_before(&self.control.evidence, &established, self.grading);
        let mut again = Again {
            judged: 0,
            differences: Vec::new(),
            unknown: Vec::new(),
            control_differs: found != self.control.findings,
        };
        for entry in &self.entries {
            let now = if entry.fuzzed.is_some() {
                let Some(now) = fuzzed(self, entry) else { continue };
                now
            } else {
                let Some(evidence) = &entry.evidence else { continue };
                let Some(case) = self.case_of(entry) else {
                    again.unknown.push(&entry.case);
                    continue;
                };
                judge(case, &established, evidence, self.grading)
            };
            again.judged += 1;
            if now != entry.judgement {
                again.differences.push(Difference { entry, now });
            }
        }
        again
    }
}
