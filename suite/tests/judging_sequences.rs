//! What the judge makes of the turns of a sequence, written by hand.

use std::collections::BTreeSet;

use umspec::catalogue::{Act, Case, Expect, Needs, Slot, Turn};
use umspec::evidence::{Answer, Silence};
use umspec::evidence::{Attempt, Role};
use umspec::judge::{Context, Control, ControlLevel, Grading, Judgement, Signature, Verdict, judge_server};
use umspec::message::{write_fault, write_invalid_call_id, write_issued};
use umspec::protocol::{InputClass as Class, Operation, names, req};

use crate::by_hand::{bare, ended, fault, ids_at, invalid_id, malformed, soap, step, success, up, words};

const SILENT: Answer = Answer::Silence(Silence::TimedOut);

fn place() -> Turn {
    Turn::new(Act::Place(Slot::A, Operation::PlayOnPhone), Expect::Anything)
}

fn send(expect: Expect) -> Turn {
    Turn::new(Act::Send(Slot::A, vec![]), expect)
}

fn look(expect: Expect) -> Turn {
    Turn::new(Act::CallInfo(Slot::A), expect)
}

fn issued() -> Answer {
    soap(200, &write_issued(Operation::PlayOnPhone, names::SAMPLE_CALL_ID))
}

/// Judges turns by the answers that each got, and the plain request after them.
fn judged(turns: Vec<(Turn, Vec<Answer>)>, twin: Option<Answer>) -> Judgement {
    judged_at(ControlLevel::Live, turns, twin)
}

fn judged_at(level: ControlLevel, turns: Vec<(Turn, Vec<Answer>)>, twin: Option<Answer>) -> Judgement {
    judged_on(true, level, turns, twin)
}

/// The same, with requests of one turn on one connection or not.
fn judged_on(
    shared: bool,
    level: ControlLevel,
    turns: Vec<(Turn, Vec<Answer>)>,
    twin: Option<Answer>,
) -> Judgement {
    let mut steps = Vec::new();
    for (index, (_, answers)) in turns.iter().enumerate() {
        steps.extend(answers.iter().enumerate().map(|(at, answer)| {
            let mut step = step(Role::Turn, Some(index), b"", answer.clone());
            step.exchange.line.shared = at > 0 && shared;
            step
        }));
    }
    steps.extend(twin.map(|answer| step(Role::Twin, None, b"", answer)));
    let turns = turns.into_iter().map(|(turn, _)| turn).collect();
    let case =
        Case::sequence("test/case", "A case.", &[req::STATE_AFTER_DISCONNECT], turns).needs(Needs::Nothing);
    let control = Control {
        level,
        plain: Some(Signature::of(&success())),
        unissued: Some(Signature::of(&invalid_id())),
        plain_answers: [None, None],
        garbage: Vec::new(),
        flaws: BTreeSet::new(),
        contrast: None,
        states: level == ControlLevel::Live,
        reusable: false,
        ends_answered_calls_only: false,
        without_effect: false,
        knows_no_id: false,
        instead_of_live: None,
        fatal: None,
        problem: None,
    };
    let attempt = Attempt::new(ids_at(level), true, steps);
    judge_server(Context { case: &case, control: &control, grading: Grading::default() }, &[attempt])
}

fn told(turns: Vec<(Turn, Vec<Answer>)>) -> String {
    words(&judged(turns, Some(success())))
}

#[test]
fn turns_as_expected_pass() {
    let turns = |placed: Vec<Answer>| {
        vec![
            (place(), placed),
            (look(Expect::Up), vec![up()]),
            (send(Expect::Class(Class::Valid)), vec![success()]),
            (look(Expect::Ended), vec![ended()]),
            (send(Expect::Class(Class::EndedCall)), vec![invalid_id()]),
        ]
    };
    assert_eq!(told(turns(vec![issued()])), "PASS");
    assert_eq!(told(turns(vec![])), "PASS", "a command that places calls leaves no exchange");
}

#[test]
fn without_a_call_nothing_is_judged() {
    let refused = |operation| {
        let turn = Turn::new(Act::Place(Slot::A, operation), Expect::Anything);
        judged(vec![(turn, vec![fault("Server")]), (look(Expect::Up), vec![up()])], None)
    };
    let plain = refused(Operation::PlayOnPhone);
    assert_eq!(plain.verdict, Verdict::NotJudged);
    assert_eq!(plain.reason.as_deref(), Some("PlayOnPhone gave no call id: 500 with a fault, soap:Server"));
    // A service need not have both ways.
    assert_eq!(refused(Operation::PlayOnPhoneGreeting).verdict, Verdict::Skipped);
}

#[test]
fn what_was_found_before_a_step_that_could_not_be_run_stands() {
    let turns = |seen: Answer| {
        vec![(place(), vec![issued()]), (look(Expect::Up), vec![seen]), (look(Expect::Up), vec![])]
    };
    let lost = judged(turns(up()), None);
    assert_eq!(
        (lost.verdict, lost.reason.as_deref()),
        (Verdict::NotJudged, Some("its step 3 could not be run"))
    );
    assert_eq!(words(&judged(turns(ended()), None)), "FAIL; sequence R149 FAIL");
}

#[test]
fn each_finding_says_at_which_step() {
    let found =
        judged(vec![(place(), vec![issued()]), (send(Expect::Class(Class::Valid)), vec![malformed()])], None);
    assert_eq!(words(&found), "FAIL; outcome R149 FAIL");
    assert!(found.findings[0].expected.starts_with("step 2: success"), "{found:?}");
    let found = judged(vec![(look(Expect::Ended), vec![up()])], None);
    assert_eq!(found.findings[0].expected, "step 1: the call has ended");
    assert_eq!(found.findings[0].observed, "it is still up");
}

#[test]
fn a_malformed_request_cites_what_it_is_about() {
    let malformed_as = |answer| told(vec![(send(Expect::Class(Class::NotWellFormed)), vec![answer])]);
    assert_eq!(malformed_as(malformed()), "PASS");
    assert_eq!(malformed_as(success()), "FAIL; outcome R034 FAIL");
    assert_eq!(told(vec![(send(Expect::Class(Class::Valid)), vec![bare(503)])]), "FAIL; outcome R149 FAIL");
}

#[test]
fn answers_of_a_sequence_are_checked_like_any_other() {
    assert_eq!(
        told(vec![(send(Expect::Anything), vec![soap(200, &write_fault("Server", "x"))])]),
        "FAIL; fault/status R015 FAIL"
    );
    let idle = soap(200, &umspec::message::write_call_info("Sleeping", "None"));
    assert_eq!(told(vec![(look(Expect::Anything), vec![idle])]), "WARN; call-info/state R150 WARN");
}

#[test]
fn a_state_has_to_be_told() {
    for (expect, answer, passes) in [
        (Expect::Up, up(), true),
        (Expect::Up, ended(), false),
        (Expect::Up, invalid_id(), false),
        (Expect::Up, fault("Server"), false),
        (Expect::Ended, ended(), true),
        (Expect::Ended, invalid_id(), true),
        (Expect::Ended, up(), false),
        (Expect::Ended, fault("Server"), false),
    ] {
        let verdict = judged(vec![(look(expect.clone()), vec![answer.clone()])], None).verdict;
        assert_eq!(verdict == Verdict::Pass, passes, "{expect:?} {answer:?}");
    }
}

#[test]
fn an_answer_is_compared_with_an_earlier_one() {
    let twice = |expect: Expect, second: Answer| {
        told(vec![(send(Expect::Anything), vec![invalid_id()]), (send(expect), vec![second])])
    };
    assert_eq!(twice(Expect::SameAs(0), invalid_id()), "PASS");
    assert_eq!(twice(Expect::SameAs(0), success()), "FAIL; sequence R149 FAIL");
    assert_eq!(twice(Expect::SameFaultAs(0), invalid_id()), "PASS");
    assert_eq!(twice(Expect::SameFaultAs(0), fault("Server")), "FAIL; sequence R149 FAIL");
    let none = told(vec![
        (send(Expect::Anything), vec![bare(204)]),
        (send(Expect::SameFaultAs(0)), vec![bare(204)]),
    ]);
    assert_eq!(none, "PASS", "where no fault came, which another case is about, there is none to compare");
}

#[test]
fn an_operation_that_was_not_seen_to_be_there_is_not_compared() {
    let asked = |level, answer: Answer| {
        let ask = Turn::new(Act::CallInfoOf("x"), Expect::SameFaultAs(0));
        // The text of a fault may be another: a note.
        let noted = soap(500, &write_invalid_call_id().replace("isn't valid", "is invalid"));
        let case = vec![(send(Expect::Anything), vec![noted]), (ask, vec![answer])];
        words(&judged_at(level, case, None))
    };
    assert_eq!(
        asked(ControlLevel::Live, fault("Client")),
        "FAIL; sequence R149 FAIL; invalid-id/text R128 NOTE"
    );
    assert_eq!(asked(ControlLevel::Given, fault("Client")), "SKIPPED");
    assert_eq!(asked(ControlLevel::Synthetic, bare(404)), "SKIPPED");
    assert_eq!(asked(ControlLevel::Given, invalid_id()), "NOTE; invalid-id/text R128 NOTE");
}

#[test]
fn of_two_calls_at_most_one_ends() {
    let ends = |first: Answer, second: Answer| {
        let either = Turn::new(Act::CallInfo(Slot::B), Expect::NotBothEnded);
        told(vec![(look(Expect::Anything), vec![first]), (either, vec![second])])
    };
    assert_eq!(ends(ended(), ended()), "FAIL; sequence R149 FAIL");
    for (first, second) in [(up(), ended()), (ended(), up()), (up(), up())] {
        assert_eq!(ends(first, second), "PASS");
    }
    // With nothing before it there is nothing to compare.
    assert_eq!(told(vec![(look(Expect::NotBothEnded), vec![ended()])]), "PASS");
}

#[test]
fn each_request_on_a_connection_is_of_its_own_class() {
    let on_one = |first: Answer, second: Answer| {
        let requests = vec![(Slot::A, vec![], Class::NotWellFormed), (Slot::A, vec![], Class::Valid)];
        told(vec![(Turn::new(Act::OneConnection(requests), Expect::Anything), vec![first, second])])
    };
    assert_eq!(on_one(malformed(), success()), "PASS");
    assert_eq!(on_one(success(), success()), "FAIL; outcome R034 FAIL");
    // What the first is about is judged where a case is about that.
    assert_eq!(on_one(success(), malformed()), "FAIL; outcome R149 FAIL");
}

#[test]
fn what_shared_no_connection_is_not_judged_by_it() {
    let requests = vec![(Slot::A, vec![], Class::NotWellFormed), (Slot::A, vec![], Class::Valid)];
    let turn = Turn::new(Act::OneConnection(requests), Expect::Anything);
    let turns = vec![(turn, vec![malformed(), malformed()])];
    let judgement = judged_on(false, ControlLevel::Live, turns, Some(success()));
    assert_eq!(words(&judgement), "NOT JUDGED");
    assert!(judgement.reason.is_some_and(|why| why.contains("shared a connection")));
}

#[test]
fn waiting_behind_slow_senders_is_no_hang() {
    let slow = Act::AmongSlowSenders(4, Slot::A);
    let among =
        |answer: Answer| told(vec![(Turn::new(slow.clone(), Expect::Class(Class::Valid)), vec![answer])]);
    assert_eq!(among(success()), "PASS");
    assert_eq!(among(SILENT), "FAIL; sequence R149 FAIL");
    assert_eq!(among(malformed()), "FAIL; outcome R149 FAIL");
    assert_eq!(told(vec![(send(Expect::Class(Class::Valid)), vec![SILENT])]), "FAIL; outcome R186 FAIL");
}

#[test]
fn a_server_has_to_answer_after_a_sequence() {
    let then = |twin: Option<Answer>| {
        words(&judged(vec![(send(Expect::Class(Class::Valid)), vec![success()])], twin))
    };
    assert_eq!(then(None), "PASS");
    assert_eq!(then(Some(fault("Server"))), "PASS", "the call of the sequence may be over");
    assert_eq!(then(Some(SILENT)), "FAIL; alive R186 FAIL");
}
