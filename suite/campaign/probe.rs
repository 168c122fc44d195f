//! One input on its way, and what came of it.

use serde::{Deserialize, Serialize};

use super::Input;
use super::label::Label;
use super::signature::came;
use crate::catalogue::Case;
use crate::evidence::{Attempt, CallIds, Exchange, Role, Step};
use crate::judge::{CheckId, ControlLevel, Finding, Judgement, Verdict};
use crate::message::{Draft, HttpRequest, Ids};
use crate::protocol::{InputClass, RequirementId};
use crate::run::server::Prober;

/// Why an input was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// Many values of neutral dimensions at once, by covering arrays.
    Array,
    /// One edit, or the request of one case.
    Single,
    /// Two faults together.
    Pair,
    /// Several edits, chosen by what was seen before.
    Guided,
    /// Requests one after the other, with what a model of the life of a call expects.
    Sequence,
    /// Much of something, to see how the time grows.
    Growth,
    /// Drawn at random of everything that the others send: what guidance is compared with.
    Blind,
}

impl Arm {
    /// All of them, in the order in which they begin.
    pub const ALL: [Self; 7] =
        [Self::Array, Self::Single, Self::Sequence, Self::Growth, Self::Pair, Self::Guided, Self::Blind];

    /// Its name in reports and journals.
    pub fn word(self) -> &'static str {
        match self {
            Self::Array => "in many spellings",
            Self::Single => "single edits",
            Self::Sequence => "sequences",
            Self::Growth => "for growth",
            Self::Pair => "pairs of faults",
            Self::Guided => "guided",
            Self::Blind => "blind",
        }
    }
}

/// An input that is to be sent.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) arm: Arm,
    pub(super) input: Input,
    pub(super) label: Label,
}

/// What came of an input. All that a campaign decides by, so that it is all that a journal has to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// What came back, without what differs from request to request.
    pub(super) signature: String,
    /// What the witnesses made of the same input; empty where they were not asked.
    pub(super) witnesses: String,
    /// Whether it was answered as the plain request is.
    pub(super) like_plain: bool,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) shown: Vec<Shown>,
}

impl Seen {
    /// Whether no answer came: what came begins with its status.
    pub(super) fn is_lost(&self) -> bool {
        self.signature.starts_with(|first: char| first.is_ascii_alphabetic())
    }
}

/// One thing that is wrong, without a word of the answer: what findings are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shown {
    /// The check that found it.
    pub check: CheckId,
    /// The requirement that it goes against.
    pub requirement: RequirementId,
    /// What the answer amounted to, in a word; empty where that is not what was wrong.
    pub came: String,
    /// How grave it is.
    pub verdict: Verdict,
}

impl Shown {
    /// What a finding shows.
    pub(super) fn of(finding: &Finding) -> Self {
        let about_outcome = finding.check == CheckId::Outcome;
        let came = finding.outcome.as_ref().filter(|_| about_outcome).map(came);
        Self {
            check: finding.check,
            requirement: finding.requirement,
            came: came.unwrap_or_default(),
            verdict: finding.verdict,
        }
    }

    /// Everything in a judgement that is at least a warning, the gravest of the case first.
    pub(super) fn all(judgement: &Judgement) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for finding in judgement.findings.iter().filter(|finding| finding.verdict >= Verdict::Warn) {
            let shown = Self::of(finding);
            if !found.contains(&shown) {
                found.push(shown);
            }
        }
        found
    }

    /// Whether it is the same thing, however grave.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.check, self.requirement, &self.came) == (other.check, other.requirement, &other.came)
    }
}

/// The request of a case for the call of this id.
pub(super) fn written(prober: &Prober, case: &Case, id: &str) -> HttpRequest {
    let other = Ids::default().other;
    Draft::disconnect(case.edits().unwrap_or_default()).write(&prober.ids(id, &other))
}

/// What a single exchange comes to where the plain request was seen to work before it.
pub(super) fn lean_attempt(level: ControlLevel, exchange: Exchange) -> Attempt {
    let ids = match level {
        ControlLevel::Live => CallIds::Fresh,
        ControlLevel::Given => CallIds::Given,
        ControlLevel::Synthetic | ControlLevel::Uncontrolled => CallIds::Unissued,
    };
    Attempt::new(ids, true, vec![Step { role: Role::Mutant, turn: None, exchange }])
}

/// The class that a label is told by: the first.
pub(super) fn class_of(label: &Label) -> InputClass {
    label.case().class
}
