use std::fmt;

use serde::{Deserialize, Serialize};

use crate::message::xml::is_xml_char;
use crate::protocol::RequirementId;

/// What is made of a case. Ordered from the mildest that was judged to the gravest; the last two
/// were not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As the documents ask.
    Pass,
    /// A documented variant, or something the documents leave open.
    Note,
    /// Against a SHOULD, or a tolerated deviation.
    Warn,
    /// Against a MUST.
    Fail,
    /// Run or not, no verdict was possible; the reason is in the judgement.
    NotJudged,
    /// Not run, for a reason that lies in what was asked for.
    Skipped,
}

impl Verdict {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Note => "NOTE",
            Self::Warn => "WARN",
            Self::Fail => "FAIL",
            Self::NotJudged => "NOT JUDGED",
            Self::Skipped => "SKIPPED",
        }
    }

    /// Whether a verdict was reached.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::NotJudged | Self::Skipped)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One thing that was not as asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// Which check found it: `outcome`, `effect`, `alive`, or a check of the answer.
    pub check: String,
    /// The requirement it goes against.
    pub requirement: String,
    /// How grave it is.
    pub verdict: Verdict,
    /// What was asked for, in words.
    pub expected: String,
    /// What was there instead, in words.
    pub observed: String,
}

impl Finding {
    pub(super) fn new(
        check: &str,
        requirement: RequirementId,
        verdict: Verdict,
        expected: impl Into<String>,
        observed: impl Into<String>,
    ) -> Self {
        Self {
            check: check.to_owned(),
            requirement: requirement.to_string(),
            verdict,
            expected: visible(&expected.into()),
            observed: visible(&observed.into()),
        }
    }
}

/// Words that may hold text of a server, without characters that could steer a terminal, turn the
/// direction of text, or that a report in XML cannot carry.
pub fn visible(words: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control() || !is_xml_char(c) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let escape = |c: char| if is_hidden(c) { c.escape_default().to_string() } else { c.to_string() };
    words.chars().map(escape).collect()
}

/// The verdict of a case, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What was found, gravest first.
    pub findings: Vec<Finding>,
    /// Why there is no verdict, for [`Verdict::NotJudged`] and [`Verdict::Skipped`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

impl Judgement {
    /// The judgement of a case that could be judged: as grave as its gravest finding.
    pub(super) fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.cmp(b)));
        findings.dedup();
        let verdict = findings.first().map_or(Verdict::Pass, |finding| finding.verdict);
        Self { verdict, findings, reason: None }
    }

    /// No verdict, for this reason.
    pub fn not_judged(reason: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotJudged, findings: Vec::new(), reason: Some(visible(&reason.into())) }
    }

    /// Not run, for this reason.
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self { verdict: Verdict::Skipped, findings: Vec::new(), reason: Some(visible(&reason.into())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_or_break_a_report_is_escaped() {
        for (hidden, shown) in [
            ("a\u{1B}[2Jb", "a\\u{1b}[2Jb"),
            ("a\u{202E}b", "a\\u{202e}b"),
            ("a\u{2066}b", "a\\u{2066}b"),
            ("a\u{FFFE}b", "a\\u{fffe}b"),
            ("a\nb", "a\\nb"),
            ("\u{E9} <&> \u{1F4DE}", "\u{E9} <&> \u{1F4DE}"),
        ] {
            assert_eq!(visible(hidden), shown);
        }
    }
}
