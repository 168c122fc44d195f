//! What a campaign against a client has found.

use serde::{Deserialize, Serialize};

use super::input::AnswerInput;
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::{InputClass, RequirementId, req};

/// A fault of a client, with the smallest answer that shows it.
///
/// Its name is made of the requirement, of what the client came to, and of what the answer is; of a spelling, of the
/// kinds of its edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFinding {
    /// Its name, which the same fault has in every campaign.
    pub id: String,
    /// The requirement that it goes against.
    pub requirement: RequirementId,
    /// What the client came to, in a word.
    pub came: String,
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

impl AnswerFinding {
    /// Whether the client took an answer for success in which nothing resembles one: it does not look at what an answer is
    /// made of, and what else it takes comes of that.
    pub(super) fn takes_anything(&self) -> bool {
        let is_other = matches!(self.class, InputClass::BodyShape | InputClass::OperationName);
        // In UTF-16 the name is not seen so.
        let is_utf8 = self.input.charset().is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
        let holds_one = || memchr::memmem::find(&self.input.body(), b"DisconnectResponse").is_some();
        self.requirement == req::OK_STATUS_WITHOUT_RESPONSE && is_other && is_utf8 && !holds_one()
    }
}

/// What looks wrong about an answer, without a word of it: what findings are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Looks {
    pub(super) requirement: RequirementId,
    came: &'static str,
}

/// The word for a client that reports success.
const SUCCESS: &str = "success";

/// What a client came to, in a word.
pub(super) fn came(evidence: &ClientEvidence) -> &'static str {
    match evidence.end {
        Some(ClientEnd::Crashed(_)) => "broke-off",
        Some(ClientEnd::Disconnected) => SUCCESS,
        Some(ClientEnd::Refused | ClientEnd::Threw(_)) => "failure",
        Some(ClientEnd::Hung) | None => "no-end",
    }
}

impl Looks {
    /// Whether the client reported success.
    pub(super) fn is_success(self) -> bool {
        self.came == SUCCESS
    }

    /// What a finding in an answer looks like; nothing where it is about something else than what the client came to.
    pub(super) fn of(finding: &Finding, evidence: &ClientEvidence) -> Option<Self> {
        let is_about_end = finding.check == CheckId::Outcome && finding.verdict >= Verdict::Warn;
        is_about_end.then(|| Self { requirement: finding.requirement, came: came(evidence) })
    }

    /// The name of a finding that looks so, by its smallest answer.
    pub(super) fn name(self, input: &AnswerInput, class: InputClass) -> String {
        let what = match class {
            // A spelling has no class of its own; of what is wrong every way to write it is one.
            class if class != InputClass::Valid => class.word().to_owned(),
            _ => {
                let words = input.words();
                let mut kinds: Vec<&str> =
                    words.iter().map(|word| word.split('@').next().unwrap_or_default()).collect();
                // The case stands for the fault, which the requirement tells.
                kinds.retain(|kind| !kind.starts_with("case:"));
                if kinds.is_empty() {
                    kinds.push("answer");
                }
                kinds.sort_unstable();
                kinds.dedup();
                kinds.join("-and-")
            }
        };
        format!("{}-{}-{what}", self.requirement, self.came)
    }
}
