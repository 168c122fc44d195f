//! What a campaign has found: buckets of inputs that one fault of a server explains.

use serde::{Deserialize, Serialize};

use super::signature::number_of;
use super::{Input, LineEdit, Shown};
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

impl CampaignFinding {
    /// Whether an input holds the change that is the whole of this finding, and goes against the same requirement:
    /// what stands beside it changes what comes, and not what is wrong.
    pub(super) fn is_within(&self, shown: &Shown, input: &Input) -> bool {
        let change = Input { changes: self.input.changes.clone(), ..Input::plain() };
        self.shown.requirement == shown.requirement
            && self.before.is_empty()
            && self.input == change
            && change.size() == 1
            && input.size() > 1
            && change.words().iter().all(|word| input.words().contains(word))
    }

    /// Whether another one is of the same fault: it has the same name; or it takes the same spelling of whatever it
    /// is, and comes to the same, so that it is the spelling that makes the difference and not what is spelled.
    pub(super) fn is_cause_of(&self, other: &Self) -> bool {
        let spelling = |finding: &Self| -> Vec<usize> { finding.input.spelled.factors() };
        let same = (self.shown.check, &self.shown.came) == (other.shown.check, &other.shown.came);
        let is_spelled = !spelling(self).is_empty() && spelling(self) == spelling(other);
        let in_row = |finding: &Self| kinds(&finding.input, finding.before.len());
        self.id == other.id || (same && is_spelled && in_row(self) == in_row(other))
    }
}

/// The kinds of edits that a finding takes together, beside the one that makes its input what it is. A single edit
/// is told by its class, so that every way to write the same fault is one.
pub(super) fn kinds(input: &Input, before: usize) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    if input.size() > 1 {
        let words = input.words();
        kinds = words.iter().map(|word| kind_of(word).to_owned()).collect();
        // The case stands for the fault, which the requirement tells.
        kinds.retain(|kind| !kind.starts_with("case:"));
        if input.script.as_ref().is_some_and(|script| script.steps.len() == 1) {
            // One step is no history.
            kinds.retain(|kind| !kind.starts_with("sequence"));
        }
        kinds.sort_unstable();
        kinds.dedup();
    } else if let Some(script) = input.script.as_ref().filter(|script| script.steps.len() > 1) {
        kinds.push(script.kind().to_owned());
    }
    if before > 0 {
        kinds.push("after-others".to_owned());
    }
    kinds
}

/// The kind of an edit, by its word: of whatever makes the same difference, the neutral dimension that it lies on.
fn kind_of(word: &str) -> &str {
    let kind = word.split(['@', '=']).next().unwrap_or_default();
    match kind {
        "mark" | "utf-16" => "encoding",
        "id-in-cdata" | "id-in-references" | "id-with-comment" => "call-id",
        "comment" => "comments",
        "header-entry" => "header",
        "single-quotes" => "quotes",
        "attribute" => "attributes",
        kind => LineEdit::named(kind).map_or(kind, |edit| edit.dimension()),
    }
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
        assert_eq!(kinds(&wide, 0), ["encoding", "value"]);
    }
}
