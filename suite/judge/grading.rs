use serde::{Deserialize, Serialize};

use super::Verdict;
use crate::protocol::{Facet, Level, Profile, Requirement, Tolerance};

/// How verdicts are graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grading {
    /// How strictly the documents are read.
    pub profile: Profile,
    /// Whether what only WS-I Basic Profile asks for can fail.
    pub bp: bool,
}

impl Grading {
    /// The verdict for going against a requirement: MUST fails, SHOULD warns (and fails in the
    /// strict profile), MAY and record-only are notes.
    pub(super) fn breach(self, requirement: &Requirement) -> Verdict {
        let verdict = match requirement.level {
            Level::Must | Level::DerivedMust => Verdict::Fail,
            Level::Should | Level::DerivedShould => match self.profile {
                Profile::Interop => Verdict::Warn,
                Profile::Strict => Verdict::Fail,
            },
            Level::May | Level::Record => Verdict::Note,
        };
        self.capped(requirement, verdict)
    }

    /// The verdict for a variant that the interop profile tolerates. The strict profile grades it
    /// as a breach.
    pub(super) fn tolerated(self, requirement: &Requirement, tolerance: Tolerance) -> Verdict {
        match (self.profile, tolerance) {
            (Profile::Interop, Tolerance::Note) => Verdict::Note,
            (Profile::Interop, Tolerance::Warn) => Verdict::Warn,
            (Profile::Strict, _) => self.breach(requirement),
        }
    }

    /// The verdict for a shape item that only SHOULD be there, or that the documents spell in
    /// several ways: a warning in interop, a failure in strict (contradictions C01, C03, C07, C20).
    pub(super) fn shape(self, requirement: &Requirement) -> Verdict {
        match self.profile {
            Profile::Interop => Verdict::Warn,
            Profile::Strict => self.capped(requirement, Verdict::Fail),
        }
    }

    /// Basic Profile alone only warns, unless the tester switched it on.
    fn capped(self, requirement: &Requirement, verdict: Verdict) -> Verdict {
        if requirement.facet == Facet::Bp && !self.bp && verdict == Verdict::Fail {
            Verdict::Warn
        } else {
            verdict
        }
    }

    /// The requirement that is graded graver; the first, if both are alike.
    pub(super) fn graver(self, a: &'static Requirement, b: &'static Requirement) -> &'static Requirement {
        if self.breach(b) > self.breach(a) { b } else { a }
    }
}
