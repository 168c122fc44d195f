use std::collections::BTreeMap;

use serde::Serialize;

use crate::judge::{Finding, Verdict};
use crate::protocol::RequirementId;

/// What findings of a run come from: one finding of the run, with the cases that it explains.
#[derive(Debug, Clone, Serialize)]
pub struct Cause<'a> {
    /// How grave it is: as its gravest part.
    pub verdict: Verdict,
    /// What its findings have in common, in words.
    pub about: String,
    /// Its findings by requirement: the gravest first, of equal ones that of most cases. Never empty.
    pub parts: Vec<Part<'a>>,
    /// The cases in which it shows, in the order of the catalogue; `control` for what shows before them.
    pub cases: Vec<&'a str>,
    /// In how many of them it is how grave, by the gravest finding of each case.
    #[serde(skip)]
    pub verdicts: BTreeMap<Verdict, usize>,
}

/// The findings of a cause that go against one requirement.
#[derive(Debug, Clone, Serialize)]
pub struct Part<'a> {
    /// The requirement.
    pub requirement: RequirementId,
    /// How grave the gravest of them is.
    pub verdict: Verdict,
    /// One of the gravest.
    pub finding: &'a Finding,
    /// The case in which it was made; `control` before them.
    pub example: &'a str,
    /// Its cases.
    pub cases: Vec<&'a str>,
    /// In how many of them it is how grave, by the gravest finding of each case.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// How many different things were observed.
    pub observed: usize,
}

impl<'a> Cause<'a> {
    /// The finding that stands for all.
    pub fn lead(&self) -> &Part<'a> {
        &self.parts[0]
    }
}
