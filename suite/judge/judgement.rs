use serde::{Deserialize, Serialize};

use super::{Finding, Verdict};
use crate::message::told;

/// The verdict of a case, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict on what the case is about: as grave as the gravest finding that is not
    /// [`Finding::common`].
    pub verdict: Verdict,
    /// What was found: of the case first, then what its answers or requests have in common with others;
    /// of each the gravest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findings: Vec<Finding>,
    /// Why there is no verdict, for [`Verdict::NotJudged`] and [`Verdict::Skipped`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

impl Judgement {
    /// The judgement of a case that could be judged: as grave as its gravest finding of its own.
    pub(super) fn of(mut findings: Vec<Finding>) -> Self {
        findings
            .sort_by(|a, b| a.common.cmp(&b.common).then(b.verdict.cmp(&a.verdict)).then_with(|| a.cmp(b)));
        findings.dedup();
        let verdict = gravest(&findings);
        Self { verdict, findings, reason: None }
    }

    /// The same, with more that was found.
    pub(super) fn and(self, more: Vec<Finding>) -> Self {
        let Self { verdict, mut findings, reason } = self;
        findings.extend(more);
        let whole = Self::of(findings);
        if verdict.is_judged() { whole } else { Self { verdict, reason, ..whole } }
    }

    /// Whether what makes it as grave as it is goes wrong only in some spellings.
    pub fn is_partly(&self) -> bool {
        let gravest = |finding: &&Finding| finding.verdict == self.verdict;
        self.verdict.is_judged()
            && self.own().any(|finding| !finding.spelled.is_empty())
            && self.own().filter(gravest).all(|finding| !finding.spelled.is_empty())
    }

    /// What was found of what the case is about.
    pub fn own(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.common)
    }

    /// No verdict, for this reason.
    pub fn not_judged(reason: impl AsRef<str>) -> Self {
        Self { verdict: Verdict::NotJudged, findings: Vec::new(), reason: Some(told(reason.as_ref())) }
    }

    /// Not run, for this reason.
    pub fn skipped(reason: impl AsRef<str>) -> Self {
        Self { verdict: Verdict::Skipped, findings: Vec::new(), reason: Some(told(reason.as_ref())) }
    }
}

/// How grave the gravest of these findings is that is of its case.
pub(super) fn gravest(findings: &[Finding]) -> Verdict {
    findings
        .iter()
        .filter(|finding| !finding.common)
        .map(|finding| finding.verdict)
        .max()
        .unwrap_or(Verdict::Pass)
}
