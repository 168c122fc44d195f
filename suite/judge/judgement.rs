use serde::{Deserialize, Serialize};

use super::{Finding, Verdict, visible};

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
    pub fn not_judged(reason: impl AsRef<str>) -> Self {
        Self { verdict: Verdict::NotJudged, findings: Vec::new(), reason: Some(visible(reason.as_ref())) }
    }

    /// Not run, for this reason.
    pub fn skipped(reason: impl AsRef<str>) -> Self {
        Self { verdict: Verdict::Skipped, findings: Vec::new(), reason: Some(visible(reason.as_ref())) }
    }
}
