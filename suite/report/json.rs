//! JSON that shows what it holds: characters that would not be seen, or would steer a terminal, are escaped.

use serde::Serialize;

use crate::judge::{Finding, Verdict};
use crate::message::{told, visible_json};

/// A finding.
#[derive(Serialize)]
pub(super) struct Told {
    pub(super) check: &'static str,
    pub(super) requirement: String,
    pub(super) verdict: Verdict,
    pub(super) expected: String,
    pub(super) observed: String,
    /// Whether it is one of the run and not of the case, where both stand side by side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) common: Option<bool>,
    /// How many cases show it, where it stands for several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cases: Option<usize>,
}

impl Told {
    /// A finding by itself.
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            check: finding.check.word(),
            requirement: finding.requirement.to_string(),
            verdict: finding.verdict,
            expected: told(&finding.expected),
            observed: told(&finding.observed),
            common: None,
            cases: None,
        }
    }
}

/// A value as JSON on several lines, with a line feed at the end.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    Ok(visible_json(json) + "\n")
}

/// A value as JSON on one line, with a line feed at the end.
pub(super) fn line(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(visible_json(json) + "\n")
}
