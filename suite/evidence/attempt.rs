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
    /// Ends a call that the case left up.
    HangUp,
    /// The plain request before the mutant, where it is not shared with the case before.
    Opening,
    /// The plain request with an id that was never issued, before the mutant, where it is not shared with
    /// the case before.
    OpeningUnissued,
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
    /// The plain request with an id that was never issued, after the mutant: what a request leaves behind
    /// for later ones shows in a fault where it does not show in a success.
    Unissued,
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

/// What was found when a server was looked at again after an answer that did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aftermath {
    /// It answers on a fresh connection.
    Answers,
    /// It takes no connections.
    Gone,
    /// It takes connections and does not answer.
    Silent,
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
    /// What was found afterwards, where an answer was lost.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub aftermath: Option<Aftermath>,
    /// Whether the server was lost while other cases were under way, any of which may have been the
    /// cause: nothing is made of it, and the case is tried again by itself.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub in_company: bool,
    /// The case after which the server was seen to have changed for good: this attempt is judged by its
    /// own openings instead of what was seen before the cases.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub changed_by: Option<String>,
    /// The neutral values in which its request was spelled otherwise than in the case, `dimension=value` each;
    /// none for the case as it is.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spelled: Vec<String>,
    /// In how many rows of neutral values the case was sent beside this attempt, where it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rows: Option<RowCount>,
    /// What larger requests cost, where the case is about time and it was more than noise.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub growth: Option<Growth>,
    /// Its exchanges in order.
    pub steps: Vec<Step>,
}

/// How long a server took for requests of which a part is of a size, twice and four times as large. The least of
/// several measurements each; the requests themselves are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    /// Characters of that part in the smallest of them.
    pub size: usize,
    /// Milliseconds for the plain request, and for each of them.
    pub times: [u64; 4],
    /// Whether the largest had an answer.
    pub ended: bool,
}

/// How many rows of neutral values a case was sent in. Of those that came to no more than the case as it is,
/// the exchanges are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCount {
    /// Rows that were sent, the plain one among them.
    pub sent: usize,
    /// Rows that came to no more than the case as it is.
    pub passed: usize,
}

impl Attempt {
    /// An attempt of these steps, about which there is nothing more to say.
    pub fn new(ids: CallIds, opened: bool, steps: Vec<Step>) -> Self {
        Self {
            ids,
            opened,
            canary: false,
            aftermath: None,
            in_company: false,
            changed_by: None,
            spelled: Vec::new(),
            rows: None,
            growth: None,
            steps,
        }
    }

    /// The last step with this role.
    pub fn step(&self, role: Role) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.role == role)
    }

    /// Whether its request was that of the case, as it is.
    pub fn is_plain(&self) -> bool {
        self.spelled.is_empty()
    }

    /// Whether an answer did not come, or not all of it.
    pub fn has_lost(&self) -> bool {
        self.steps.iter().any(|step| step.exchange.answer.is_lost())
    }

    /// The first answer that still asked to come again later when the time for that was over.
    pub fn put_off(&self) -> Option<&super::Answer> {
        self.steps.iter().map(|step| &step.exchange.answer).find(|answer| answer.put_off().is_some())
    }
}
