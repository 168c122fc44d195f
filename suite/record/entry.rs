use serde::{Deserialize, Serialize};

use crate::evidence::{Attempt, Evidence};
use crate::judge::Judgement;

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
}

impl Entry {
    /// An entry of a case that was not run, with the reason.
    pub fn unrun(case: &str, judgement: Judgement) -> Self {
        Self { case: case.to_owned(), judgement, evidence: None }
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
