use crate::judge::{CheckId, Finding, Grading, Verdict};
use crate::protocol::{AmbiguityId, RequirementId, req};

/// What was asked for, and what was there instead: what a finding is made of.
pub(super) struct Breach {
    check: CheckId,
    requirement: RequirementId,
    expected: String,
    observed: String,
    /// The gravest verdict it can get.
    most: Verdict,
}

impl Breach {
    pub(super) fn new(
        check: CheckId,
        requirement: RequirementId,
        expected: impl Into<String>,
        observed: impl Into<String>,
    ) -> Self {
        let (expected, observed) = (expected.into(), observed.into());
        Self { check, requirement, expected, observed, most: Verdict::Fail }
    }

    pub(super) fn at_most(mut self, most: Verdict) -> Self {
        self.most = most;
        self
    }

    /// Whether this check found it.
    pub(super) fn is_of(&self, check: CheckId) -> bool {
        self.check == check
    }

    pub(super) fn finding(self, grading: Grading) -> Finding {
        let row = self.requirement.requirement();
        let open = (row.id == req::CHARSET_STATED).then_some(AmbiguityId::CHARSET_ABSENT);
        Finding::new(self.check, row.id, grading.breach(row).min(self.most), self.expected, self.observed)
            .on(open)
    }
}
