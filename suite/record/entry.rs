use serde::{Deserialize, Serialize};

use super::Fuzzed;
use crate::evidence::{Attempt, Evidence};
use crate::judge::{Judgement, Verdict};

/// One case of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the case.
    pub case: String,
    /// What was made of it.
    pub judgement: Judgement,
    /// What was seen, if it was run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub evidence: Option<Evidence>,
    /// The first lines that the subject wrote on standard error, where the case did not pass: for people. Nothing is
    /// concluded from them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub complaints: Vec<String>,
    /// What a campaign has made the case of, where it is none of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fuzzed: Option<Box<Fuzzed>>,
}

impl Entry {
    /// An entry of a case that was run.
    pub fn run(case: &str, judgement: Judgement, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..Self::unrun(case, judgement) }
    }

    /// The same with what the subject wrote on standard error, unless it did nothing wrong.
    #[must_use]
    pub fn complaining(self, complaints: Vec<String>) -> Self {
        if self.judgement.verdict == Verdict::Pass { self } else { Self { complaints, ..self } }
    }

    /// An entry of a case that was not run, with the reason.
    pub fn unrun(case: &str, judgement: Judgement) -> Self {
        Self { case: case.to_owned(), judgement, evidence: None, complaints: Vec::new(), fuzzed: None }
    }

    /// Whether something was sent or put to the subject.
    pub fn is_run(&self) -> bool {
        self.evidence.as_ref().is_some_and(Evidence::is_run)
    }

    /// The attempts at it, of a case for servers.
    pub fn attempts(&self) -> &[Attempt] {
        self.evidence.as_ref().map_or(&[], Evidence::attempts)
    }
}
