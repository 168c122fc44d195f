//! What a check of an answer is made of.

use crate::evidence::{HttpAnswer, Observation};
use crate::judge::CheckId;
use crate::protocol::{AmbiguityId, RequirementId};

/// A check: its name, and the requirements that it looks at.
pub struct Check {
    /// Its name.
    pub id: CheckId,
    /// The requirements it looks at; the first one grades it unless it says otherwise.
    pub requirements: &'static [RequirementId],
    /// What it does with one answer; `None` for those that judge a case as a whole.
    pub(super) run: Option<fn(&HttpAnswer, &Observation) -> Option<Found>>,
}

/// What a check found.
pub(super) struct Found {
    pub(super) requirement: Option<RequirementId>,
    pub(super) grade: Grade,
    pub(super) expected: String,
    pub(super) observed: String,
    pub(super) ambiguity: Option<AmbiguityId>,
}

/// How a check grades what it found.
#[derive(Clone, Copy)]
pub(super) enum Grade {
    /// By the level of the requirement.
    Breach,
    /// Worth telling, never more.
    Note,
    /// A warning in interop, a failure in strict.
    Shape,
    /// A tolerated variant that warns in interop.
    Tolerated,
}

impl Found {
    pub(super) fn new(grade: Grade, expected: impl Into<String>, observed: impl Into<String>) -> Self {
        Self {
            requirement: None,
            grade,
            expected: expected.into(),
            observed: observed.into(),
            ambiguity: None,
        }
    }

    /// The same, against this requirement.
    pub(super) fn of(self, requirement: RequirementId) -> Self {
        Self { requirement: Some(requirement), ..self }
    }

    /// The same, on this ambiguity of the documents.
    pub(super) fn on(self, ambiguity: AmbiguityId) -> Self {
        self.on_if(true, ambiguity)
    }

    /// The same; on this ambiguity of the documents, if a condition holds.
    pub(super) fn on_if(self, holds: bool, ambiguity: AmbiguityId) -> Self {
        Self { ambiguity: holds.then_some(ambiguity), ..self }
    }
}

/// A check of one answer.
pub(super) const fn check(
    id: CheckId,
    requirements: &'static [RequirementId],
    run: fn(&HttpAnswer, &Observation) -> Option<Found>,
) -> Check {
    Check { id, requirements, run: Some(run) }
}

/// A check of a case as a whole, which is made where the case is judged.
pub(super) const fn of_case(id: CheckId, requirements: &'static [RequirementId]) -> Check {
    Check { id, requirements, run: None }
}
