use serde::Serialize;

use super::known::{Accounting, State};
use super::{CONTROL, Record};
use crate::judge::{CheckId, ControlLevel, Finding, Verdict};

/// What a run as a whole came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Conclusion {
    /// A known deviation was seen in another shape, and nothing else failed.
    Changed,
    /// A known deviation was seen after the day until which it was known, and nothing else failed.
    Expired,
    /// A required check failed.
    Failed,
    /// Its user stopped it.
    Interrupted,
    /// Not everything could be judged.
    NotJudged,
    /// Everything was judged, and nothing failed.
    Passed,
    /// A known deviation was not seen any more, or names no case.
    Stale,
}

impl Record {
    /// What the run came to. With `accept_not_judged` cases without a verdict are no hindrance, as
    /// long as there are others with one.
    pub fn conclusion(&self, accept_not_judged: bool) -> Conclusion {
        self.conclusion_with(None, accept_not_judged)
    }

    /// The same, with what became of known deviations: what is as it is known fails nothing, and what is not
    /// fails the run.
    pub fn conclusion_with(&self, known: Option<&Accounting>, accept_not_judged: bool) -> Conclusion {
        let counts = self.counts();
        if self.interrupted {
            return Conclusion::Interrupted;
        }
        let established = self.established();
        let uncontrolled = established.problem().is_some()
            || established.server().is_some_and(|control| control.level == ControlLevel::Uncontrolled);
        let is_unknown = |finding: &Finding, case: &str| {
            known.is_none_or(|known| known.of_finding(case, finding).is_none())
        };
        // What is wrong with every answer as HTTP is clear without a control, which it may well be the reason
        // not to have.
        let is_of_http = |finding: &&Finding| {
            finding.verdict == Verdict::Fail
                && matches!(finding.check, CheckId::AnswerFraming | CheckId::AnswerHead)
        };
        if uncontrolled
            && self.control.findings.iter().filter(is_of_http).any(|finding| is_unknown(finding, CONTROL))
        {
            return Conclusion::Failed;
        }
        // What a campaign has found stands, whatever ended it: mostly that is what it found.
        let ended_early = self.ended_early.is_some();
        if uncontrolled || !self.has_judged() || (ended_early && self.campaign.is_none()) {
            return Conclusion::NotJudged;
        }
        // Of the control and of all answers as well: what is wrong with each of them fails no single case.
        let mut failures = self.findings().filter(|(finding, _)| finding.verdict == Verdict::Fail);
        let came_to = |states: &[State]| {
            known.is_some_and(|known| known.tallies().iter().any(|tally| states.contains(&tally.state)))
        };
        if failures.any(|(finding, case)| is_unknown(finding, case)) {
            Conclusion::Failed
        } else if came_to(&[State::Stale, State::Unmatched]) {
            Conclusion::Stale
        } else if came_to(&[State::Changed]) {
            Conclusion::Changed
        } else if came_to(&[State::Expired]) {
            Conclusion::Expired
        } else if ended_early || (!accept_not_judged && (counts.not_judged > 0 || self.missed_a_class())) {
            Conclusion::NotJudged
        } else {
            Conclusion::Passed
        }
    }

    /// Whether a campaign could send a class of inputs and never did: what it says of its subject is less than it seems.
    fn missed_a_class(&self) -> bool {
        self.campaign.as_ref().is_some_and(|campaign| !campaign.unreached.is_empty())
    }
}
