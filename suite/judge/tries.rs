//! Several tries at a case, for every subject: what one try shows may be the network's doing, or that of
//! whatever ran beside it.

use super::{CheckId, Finding, Judgement, Verdict};
use crate::protocol::req;

/// Most tries at a case, if no more are asked for: two that agree are enough, and a third one says how often they
/// do not.
pub const TRIES: usize = 3;

/// Most tries at a case where the network is seen to lose answers, for as long as something is lost each time. Where
/// one message of fifty is lost, every eighth try loses one, and one case of four hundred thousand loses one in each of
/// seven tries.
pub const TRIES_ON_A_LOSSY_LINE: usize = 7;

/// One try at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// What it comes to, taken by itself.
    pub judgement: Judgement,
    /// Whether something did not come that should have: an answer, the end of a process. That may be
    /// the doing of a network or of a busy machine, so it counts only when it comes again.
    pub lost: bool,
}

impl Try {
    fn fails(&self) -> bool {
        self.judgement.verdict == Verdict::Fail
    }

    /// Whether there is no verdict, which may be for what was lost.
    fn says_nothing(&self) -> bool {
        self.lost && !self.judgement.verdict.is_judged()
    }
}

/// Whether these tries call for another one: a failure has to come again, and where it does not, a
/// third try says how often. What could not be judged because something was lost may be another time.
pub fn calls_for_another(tries: &[Try]) -> bool {
    match tries {
        [] => true,
        [first] => first.fails() || first.says_nothing(),
        [first, second] if first.says_nothing() => second.fails() || second.says_nothing(),
        [first, second] => first.fails() && !second.fails() && second.judgement.verdict.is_judged(),
        _ => false,
    }
}

/// Whether nothing but losses speaks for another try: in each of these something was lost, and none passed.
pub fn only_lost(tries: &[Try]) -> bool {
    tries.iter().all(|each| each.lost && (each.fails() || each.says_nothing()))
}

/// Whether each of these tries failed.
pub fn only_failed(tries: &[Try]) -> bool {
    tries.iter().all(Try::fails)
}

/// What all tries at a case come to.
///
/// A failure counts when it comes again and again. One that does not is *flaky*, told with how many of how many
/// tries: where most of them failed for more than an answer that was lost, it counts all the same; else it is a
/// breach of repeatability (UMD-R187), and where nothing but an answer that was lost once tells the tries apart, a
/// note.
pub fn settle(tries: &[Try]) -> Judgement {
    let last = tries.len().saturating_sub(1);
    let skipped = tries.iter().take(last).take_while(|each| each.says_nothing()).count();
    let tries = &tries[skipped..];
    let Some(first) = tries.first() else { return Judgement::not_judged("it was not run") };
    let failed: Vec<&Try> = tries.iter().filter(|each| each.fails()).collect();
    // An answer that was lost once and then was a wrong one is the wrong one.
    let Some(lead) = failed.iter().find(|each| !each.lost).or(failed.first()) else {
        return first.judgement.clone();
    };
    let passed = tries.iter().find(|each| !each.fails() && each.judgement.verdict.is_judged());
    let Some(passed) = passed else {
        return if lead.lost && failed.len() == 1 && tries.len() > 1 {
            Judgement::not_judged(format!("{}, once; it could not be tried again", lead.observed()))
        } else {
            lead.judgement.clone()
        };
    };
    let of = format!("in {} of {} tries", failed.len(), tries.len());
    let certain = failed.iter().filter(|each| !each.lost).count();
    if certain * 2 > tries.len() {
        let mut judgement = lead.judgement.clone();
        for finding in judgement.findings.iter_mut().filter(|finding| finding.verdict == Verdict::Fail) {
            finding.observed = format!("flaky: {}, {of}", finding.observed);
        }
        return judgement;
    }
    let lost_once = lead.lost && failed.len() == 1;
    let mut findings = passed.judgement.findings.clone();
    findings.push(Finding::new(
        CheckId::Repeat,
        req::SAME_ANSWER_TO_SAME_REQUEST,
        if lost_once { Verdict::Note } else { Verdict::Warn },
        "the same answer to the same request",
        format!("flaky: {}, {of}", failed.first().unwrap_or(lead).observed()),
    ));
    Judgement::of(findings)
}

impl Try {
    /// The gravest thing that was found, in words.
    fn observed(&self) -> String {
        self.judgement.findings.first().map_or_else(String::new, |finding| finding.observed.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(observed: &str) -> Try {
        let finding = Finding::new(CheckId::Outcome, req::ALIVE_AFTERWARDS, Verdict::Fail, "this", observed);
        Try { judgement: Judgement::of(vec![finding]), lost: false }
    }

    fn lost(observed: &str) -> Try {
        Try { lost: true, ..fails(observed) }
    }

    fn passes() -> Try {
        Try { judgement: Judgement::of(Vec::new()), lost: false }
    }

    fn unjudged() -> Try {
        Try { judgement: Judgement::not_judged("no call"), lost: false }
    }

    fn told(tries: &[Try]) -> String {
        let judgement = settle(tries);
        let observed = judgement.findings.first().map_or("", |finding| &finding.observed);
        format!("{}: {}{observed}", judgement.verdict, judgement.reason.as_deref().unwrap_or_default())
    }

    #[test]
    fn a_failure_counts_when_it_comes_again() {
        assert_eq!(told(&[]), "NOT JUDGED: it was not run");
        assert_eq!(told(&[fails("a")]), "FAIL: a");
        assert_eq!(told(&[fails("a"), fails("b")]), "FAIL: a");
        assert_eq!(told(&[lost("a"), lost("b")]), "FAIL: a");
        assert_eq!(told(&[lost("a"), fails("b")]), "FAIL: b");
    }

    #[test]
    fn one_that_does_not_is_flaky_by_how_many_of_how_many() {
        assert_eq!(told(&[fails("a"), passes(), passes()]), "WARN: flaky: a, in 1 of 3 tries");
        assert_eq!(told(&[lost("a"), passes(), passes()]), "NOTE: flaky: a, in 1 of 3 tries");
        assert_eq!(told(&[passes(), fails("b")]), "WARN: flaky: b, in 1 of 2 tries");
        assert_eq!(told(&[passes(), lost("b"), passes()]), "NOTE: flaky: b, in 1 of 3 tries");
    }

    #[test]
    fn what_most_tries_show_is_no_chance_unless_it_was_lost() {
        assert_eq!(told(&[fails("a"), passes(), fails("a")]), "FAIL: flaky: a, in 2 of 3 tries");
        assert_eq!(told(&[lost("a"), passes(), lost("a")]), "WARN: flaky: a, in 2 of 3 tries");
        assert_eq!(told(&[fails("a"), fails("a"), passes()]), "FAIL: flaky: a, in 2 of 3 tries");
        assert_eq!(told(&[fails("a"), fails("a"), passes(), passes()]), "WARN: flaky: a, in 2 of 4 tries");
        assert_eq!(told(&[lost("a"), lost("a"), passes()]), "WARN: flaky: a, in 2 of 3 tries");
    }

    #[test]
    fn what_was_lost_and_could_not_be_tried_again_is_no_failure() {
        assert_eq!(told(&[lost("a"), unjudged()]), "NOT JUDGED: a, once; it could not be tried again");
        assert_eq!(told(&[fails("a"), unjudged()]), "FAIL: a");
    }

    #[test]
    fn what_could_not_be_judged_for_what_was_lost_is_tried_again() {
        let nothing = || Try { lost: true, ..unjudged() };
        assert_eq!(told(&[nothing(), passes()]), "PASS: ");
        assert_eq!(told(&[nothing(), nothing(), nothing()]), "NOT JUDGED: no call");
        assert_eq!(told(&[nothing(), fails("a"), fails("a")]), "FAIL: a");
        assert!(calls_for_another(&[nothing()]) && calls_for_another(&[nothing(), fails("a")]));
        assert!(!calls_for_another(&[nothing(), passes()]));
    }

    #[test]
    fn no_more_tries_than_it_takes() {
        assert!(calls_for_another(&[]) && calls_for_another(&[fails("a")]));
        assert!(!calls_for_another(&[passes()]) && !calls_for_another(&[unjudged()]));
        assert!(calls_for_another(&[fails("a"), passes()]));
        assert!(
            !calls_for_another(&[fails("a"), fails("a")]) && !calls_for_another(&[lost("a"), unjudged()])
        );
        assert!(!calls_for_another(&[fails("a"), passes(), passes()]));
    }
}
