//! What a campaign has found: buckets of inputs that one fault of a server explains.

use serde::{Deserialize, Serialize};

use super::signature::number_of;
use super::{Input, Shown};
use crate::evidence::Attempt;
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::{InputClass, RequirementId};

/// A fault of a server, with the smallest input that shows it.
///
/// Its name is made of the requirement, of what the answer amounted to, and of the kinds of edits that it takes
/// together; never of a text of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignFinding {
    /// Its name, which the same fault has in every campaign.
    pub id: String,
    /// What is wrong.
    pub shown: Shown,
    /// What was asked for, in words.
    pub expected: String,
    /// What was there instead, in words.
    pub observed: String,
    /// What else is wrong with the same input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Shown>,
    /// The smallest input that shows it; for what only shows after others, the last of them.
    pub input: Input,
    /// The inputs that have to go before it on the same connection and call, if it takes any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Input>,
    /// What the input is.
    pub class: InputClass,
    /// In how many of how many tries it came again, each between plain requests.
    pub tries: (u32, u32),
    /// Why it could not be tried again, if it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untried: Option<String>,
    /// Which arm has shown it first.
    pub arm: super::Arm,
    /// After how many requests it was shown first.
    pub after: u64,
    /// How many requests shrinking took.
    pub shrunk_in: u64,
    /// How many inputs have shown it.
    pub hits: u64,
    /// What was exchanged when it was confirmed; none where that was on a connection with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Attempt>,
}

impl CampaignFinding {
    /// How grave it is.
    pub fn verdict(&self) -> Verdict {
        self.shown.verdict
    }
}

/// The kinds of edits that a finding takes together, beside the one that makes its input what it is. A single edit
/// is told by its class, so that every way to write the same fault is one.
pub(super) fn kinds(input: &Input, before: usize) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    if input.size() > 1 {
        let words = input.words();
        kinds = words.iter().map(|word| word.split('@').next().unwrap_or_default().to_owned()).collect();
        // The case stands for the fault, which the requirement tells.
        kinds.retain(|kind| !kind.starts_with("case:"));
        kinds.sort_unstable();
        kinds.dedup();
    }
    if before > 0 {
        kinds.push("after-others".to_owned());
    }
    kinds
}

/// The name of a bucket.
pub(super) fn bucket_id(shown: &Shown, kinds: &[String]) -> String {
    let check = shown.check.word();
    let joined = kinds.join("+");
    let number = number_of(&[&shown.requirement.to_string(), check, &shown.came, &joined]);
    format!("{}-{:08x}", shown.requirement, number & 0xFFFF_FFFF)
}

/// What a finding of the judge says, for one that shows this.
pub(super) fn words_of(findings: &[Finding], shown: &Shown) -> (String, String) {
    let found = findings.iter().find(|finding| Shown::of(finding).is_like(shown));
    found.map_or_else(Default::default, |finding| (finding.expected.clone(), finding.observed.clone()))
}

/// A finding about what is left after inputs, and not about an answer to one.
pub(super) fn afterwards(requirement: RequirementId, check: CheckId) -> Shown {
    Shown { check, requirement, came: String::new(), verdict: Verdict::Fail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::req;

    #[test]
    fn one_fault_has_one_name_however_it_is_written() {
        let shown = Shown {
            check: CheckId::Outcome,
            requirement: req::EMPTY_CALL_ID,
            came: "accepted".to_owned(),
            verdict: Verdict::Fail,
        };
        let id = |input: &Input| bucket_id(&shown, &kinds(input, 0));
        let one = Input { changes: vec![vec![16, 0]], ..Input::plain() };
        assert_eq!(id(&one), id(&Input::of_case("call-id/empty-cdata")));
        let wide = Input { changes: vec![vec![16, 0], vec![11, 0]], ..Input::plain() };
        assert_ne!(id(&one), id(&wide), "what takes two edits is another fault");
        assert!(id(&one).starts_with("UMD-R082-"), "{}", id(&one));
        assert_eq!(kinds(&wide, 0), ["utf-16", "value"]);
    }
}
