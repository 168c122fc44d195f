use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{CheckId, Verdict};
use crate::message::told;
use crate::protocol::{AmbiguityId, InputClass, Outcome, RequirementId};

/// One thing that was not as asked for.
///
/// Two findings are alike if they say the same; what they say it of (class, outcome, ambiguity) goes
/// with the first of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// Which check found it.
    pub check: CheckId,
    /// The requirement it goes against.
    pub requirement: RequirementId,
    /// How grave it is.
    pub verdict: Verdict,
    /// What was asked for, in words: visible characters, at most [`MAX_TOLD`](crate::message::MAX_TOLD).
    pub expected: String,
    /// What was there instead, in words, likewise.
    pub observed: String,
    /// The class of the input by which an outcome was judged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class: Option<InputClass>,
    /// What the answer amounted to, where that was judged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<Outcome>,
    /// The ambiguity of the documents that it lies on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ambiguity: Option<AmbiguityId>,
    /// Whether it tells of what answers of a server, or requests of a client, have in common, and not of
    /// what its case is about: a finding of the run, which the verdict of the case leaves out.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub common: bool,
    /// The neutral values without any one of which it is not found, `dimension=value` each, where the case as it
    /// is does not show it: what the case is about goes wrong only in some spellings.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spelled: Vec<String>,
}

impl Finding {
    /// Whether it is the same finding in another request: whatever was seen there, the same was looked for, and
    /// counts as much.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        (self.check, self.requirement, self.verdict, &self.expected)
            == (other.check, other.requirement, other.verdict, &other.expected)
    }

    pub(super) fn new(
        check: CheckId,
        requirement: RequirementId,
        verdict: Verdict,
        expected: impl AsRef<str>,
        observed: impl AsRef<str>,
    ) -> Self {
        Self {
            check,
            requirement,
            verdict,
            expected: told(expected.as_ref()),
            observed: told(observed.as_ref()),
            class: None,
            outcome: None,
            ambiguity: None,
            common: false,
            spelled: Vec::new(),
        }
    }

    /// The same, with what came of an input of this class.
    pub(super) fn of(self, class: InputClass, outcome: &Outcome) -> Self {
        Self { class: Some(class), outcome: Some(outcome.clone()), ..self }
    }

    /// The same, on this ambiguity.
    pub(super) fn on(self, ambiguity: Option<AmbiguityId>) -> Self {
        Self { ambiguity: ambiguity.or(self.ambiguity), ..self }
    }

    /// The same, as one of the run, unless its check is one of the case or finds what the case is about:
    /// a row that the case cites for what comes back.
    pub(super) fn in_case(self, cited: &[RequirementId]) -> Self {
        let is_own = self.check.is_about_case()
            || (!self.check.is_never_of_case() && cited.contains(&self.requirement));
        Self { common: !is_own, ..self }
    }

    /// What it says, in the order in which findings stand.
    fn says(&self) -> (CheckId, RequirementId, Verdict, &str, &str) {
        (self.check, self.requirement, self.verdict, &self.expected, &self.observed)
    }
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.says() == other.says()
    }
}

impl Eq for Finding {}

impl PartialOrd for Finding {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finding {
    fn cmp(&self, other: &Self) -> Ordering {
        self.says().cmp(&other.says())
    }
}
