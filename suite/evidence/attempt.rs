use serde::{Deserialize, Serialize};

use super::Exchange;

/// Where the call ids in the requests of an attempt came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallIds {
    /// Each request had a call of its own, placed for it.
    Fresh,
    /// Given by whoever started the run.
    Given,
    /// Of the documented form, and never issued.
    Unissued,
}

/// What a request of a case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The plain request before the mutant, where it is not shared with the case before.
    Opening,
    /// Places a call.
    Place,
    /// Reads the state of the call before the mutant.
    Before,
    /// The request that the case is about.
    Mutant,
    /// Reads the state of the call after the mutant.
    After,
    /// The contrast of a positive case: the same request, malformed.
    Contrast,
    /// The plain request after the mutant.
    Twin,
    /// A step of a sequence.
    Turn,
}

/// One exchange of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it is for.
    pub role: Role,
    /// Index of the turn, in a sequence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub turn: Option<usize>,
    /// What was sent and what came back.
    pub exchange: Exchange,
}

/// One run of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Where the ids in its requests came from.
    pub ids: CallIds,
    /// Whether the plain request was seen to work just before, by the case before or by an
    /// [`Role::Opening`] of its own.
    pub opened: bool,
    /// Whether an address that the run watched was contacted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub canary: bool,
    /// Its exchanges in order.
    pub steps: Vec<Step>,
}

impl Attempt {
    /// The last step with this role.
    pub fn step(&self, role: Role) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.role == role)
    }
}
