//! What a campaign against a client has found.

use serde::{Deserialize, Serialize};

use super::input::AnswerInput;
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::{InputClass, RequirementId};

/// A fault of a client, with the smallest answer that shows it.
///
/// Its name is made of the requirement, of what the client came to, and of what the answer is; of several edits of
/// their kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFinding {
    /// Its name, which the same fault has in every campaign.
    pub id: String,
    /// The requirement that it goes against.
    pub requirement: RequirementId,
    /// How grave it is.
    pub verdict: Verdict,
    /// What was asked for, in words.
    pub expected: String,
    /// What was there instead, in words.
    pub observed: String,
    /// The smallest answer that shows it.
    pub input: AnswerInput,
    /// What the answer is.
    pub class: InputClass,
    /// In how many of how many tries it came again.
    pub tries: (u32, u32),
    /// How many answers have shown it.
    pub hits: u64,
    /// What the client did in the last try; a folder or a record has it elsewhere.
    #[serde(skip)]
    pub evidence: Option<ClientEvidence>,
}

/// What looks wrong about an answer, without a word of it: what findings are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Looks {
    pub(super) requirement: RequirementId,
    came: &'static str,
}

/// What a client came to, in a word.
pub(super) fn came(evidence: &ClientEvidence) -> &'static str {
    match evidence.end {
        Some(ClientEnd::Crashed(_)) => "broke-off",
        Some(ClientEnd::Disconnected) => "success",
        Some(ClientEnd::Refused | ClientEnd::Threw(_)) => "failure",
        Some(ClientEnd::Hung) | None => "no-end",
    }
}

impl Looks {
    /// What a finding in an answer looks like; nothing where it is about something else than what the client came to.
    pub(super) fn of(finding: &Finding, evidence: &ClientEvidence) -> Option<Self> {
        let is_about_end = finding.check == CheckId::Outcome && finding.verdict >= Verdict::Warn;
        is_about_end.then(|| Self { requirement: finding.requirement, came: came(evidence) })
    }

    /// The name of a finding that looks so, by its smallest answer.
    pub(super) fn name(self, input: &AnswerInput, class: InputClass) -> String {
        let what = match input.size() {
            // So that every way to write the same fault is one. A spelling has no class of its own.
            0 | 1 if class != InputClass::Valid => class.word().to_owned(),
            _ => {
                let words = input.words();
                let mut kinds: Vec<&str> =
                    words.iter().map(|word| word.split('@').next().unwrap_or_default()).collect();
                kinds.sort_unstable();
                kinds.dedup();
                kinds.join("-and-")
            }
        };
        format!("{}-{}-{what}", self.requirement, self.came)
    }
}
