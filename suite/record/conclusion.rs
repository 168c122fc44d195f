use serde::Serialize;

use super::Record;
use crate::judge::{ControlLevel, Verdict};

/// What a run as a whole came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Conclusion {
    /// A required check failed.
    Failed,
    /// Its user stopped it.
    Interrupted,
    /// Not everything could be judged.
    NotJudged,
    /// Everything was judged, and nothing failed.
    Passed,
}

impl Record {
    /// What the run came to. With `accept_not_judged` cases without a verdict are no hindrance, as
    /// long as there are others with one.
    pub fn conclusion(&self, accept_not_judged: bool) -> Conclusion {
        let counts = self.counts();
        if self.interrupted {
            return Conclusion::Interrupted;
        }
        let established = self.established();
        let uncontrolled = established.problem().is_some()
            || established.server().is_some_and(|control| control.level == ControlLevel::Uncontrolled);
        if uncontrolled || self.ended_early.is_some() || counts.judged == 0 {
            return Conclusion::NotJudged;
        }
        // Of the control and of all answers as well: what is wrong with each of them fails no single case.
        if self.findings().any(|(finding, _)| finding.verdict == Verdict::Fail) {
            Conclusion::Failed
        } else if counts.not_judged > 0 && !accept_not_judged {
            Conclusion::NotJudged
        } else {
            Conclusion::Passed
        }
    }
}
