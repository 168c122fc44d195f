//! The verdict of a sequence of turns.

use super::changed::left_behind;
use super::consequence::follow;
use super::http_faults::{drop_fault_of_status, excuse_broken_connection, take_by_status};
use super::list::check_issued;
use super::outcome::{Answered, grade, unknown_to_call_info};
use super::{Context, check_answer, check_call_info, check_line};
use crate::catalogue::{Act, CaseHeader as _, Expect, Slot, Turn};
use crate::evidence::{Attempt, CallStatus, Observation, Role, Step, observe};
use crate::judge::judgement::gravest;
use crate::judge::{CheckId, Finding, Judgement, Verdict};
use crate::protocol::{FaultCode, InputClass, Operation, Outcome, req};

pub(super) fn judge_sequence(context: Context<'_>, turns: &[Turn], attempt: &Attempt) -> Judgement {
    let cited = &context.case.requirements;
    let mut findings: Vec<Finding> = Vec::new();
    if nothing_shared(turns, attempt) {
        let reason = "no two of its requests shared a connection: the server closed it in between, or said that it would";
        // What an answer has wrong as HTTP may be why.
        let findings = on_the_line(context, attempt);
        return Judgement { findings, ..Judgement::not_judged(reason) };
    }
    for (index, turn) in turns.iter().enumerate() {
        let steps: Vec<&Step> = steps_of(attempt, index).collect();
        // A command that places calls leaves no exchange.
        if steps.is_empty() && !matches!(turn.act, Act::Place(..)) {
            let so_far = Judgement::of(findings);
            return if so_far.own().next().is_none() {
                let reason = format!("its step {} could not be run", index + 1);
                Judgement { findings: so_far.findings, ..Judgement::not_judged(reason) }
            } else {
                so_far
            };
        }
        for (position, step) in steps.iter().enumerate() {
            let mut observation = observe(&step.exchange.answer);
            if let Act::OneConnection(requests) = &turn.act
                && let Some((_, _, class)) = requests.get(position)
            {
                excuse_broken_connection(&mut observation, false, &step.exchange);
                take_by_status(&mut observation, *class, false, &step.exchange.answer);
            }
            let mut found_here = Vec::new();
            match turn.act {
                Act::CallInfoOf(_)
                    if !context.control.states
                        && !tells_of_id(&observation)
                        && gravest(&findings) <= Verdict::Note =>
                {
                    let words = observation.words(&step.exchange.answer);
                    return Judgement::skipped(format!("GetCallInfo was not seen to be there: {words}"));
                }
                Act::CallInfo(_) if !context.control.states && turn.expect == Expect::NotBothEnded => {
                    return without_states(findings);
                }
                Act::CallInfo(_) | Act::CallInfoOf(_) => {
                    let found = check_call_info(&observation, context.grading);
                    found_here.extend(found.into_iter().map(|finding| finding.in_case(cited)));
                }
                Act::Place(_, operation) => {
                    if observation.message.as_ref().is_none_or(|message| message.issued.is_none()) {
                        return no_call(operation, &observation.words(&step.exchange.answer));
                    }
                    let found = check_issued(&observation, context.grading);
                    found_here.extend(found.into_iter().map(|finding| finding.in_case(cited)));
                }
                _ => {
                    let mut found = check_answer(&step.exchange.answer, &observation, context.grading);
                    found.extend(check_line(&step.exchange, &observation, context.grading));
                    drop_fault_of_status(&mut found, &observation);
                    found_here.extend(found.into_iter().map(|finding| finding.in_case(cited)));
                }
            }
            found_here.extend(expectation(context, turns, attempt, index, position, step, &observation));
            follow(&mut found_here, &step.exchange.answer, &observation);
            findings.append(&mut found_here);
        }
    }
    if let Some(twin) = attempt.step(Role::Twin) {
        let observation = observe(&twin.exchange.answer);
        if observation.outcome.is_lost() {
            let requirement = req::ALIVE_AFTERWARDS;
            let expected = "a server that still answers after it";
            findings.push(Finding::new(
                CheckId::Alive,
                requirement,
                Verdict::Fail,
                expected,
                observation.words(&twin.exchange.answer),
            ));
        }
    }
    findings.extend(left_behind(context, attempt));
    // What its steps are about is judged where a case is about that.
    let primary = context.case.primary().id;
    let own = |finding: &Finding| !finding.common && finding.requirement == primary;
    let worst = findings.iter().filter(|finding| own(finding)).map(|finding| finding.verdict).max();
    findings.retain(|finding| finding.common || own(finding) || Some(finding.verdict) > worst);
    Judgement::of(findings)
}

/// What the answers in an attempt have wrong on their connections.
fn on_the_line(context: Context<'_>, attempt: &Attempt) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for step in attempt.steps.iter().filter(|step| step.role == Role::Turn) {
        let observation = observe(&step.exchange.answer);
        for finding in check_line(&step.exchange, &observation, context.grading) {
            if findings.iter().all(|known| known.check != finding.check) {
                findings.push(finding.in_case(&context.case.requirements));
            }
        }
    }
    findings
}

/// Whether requests were to share a connection, and none did.
fn nothing_shared(turns: &[Turn], attempt: &Attempt) -> bool {
    turns.iter().enumerate().any(|(index, turn)| {
        let on_one = matches!(&turn.act, Act::OneConnection(requests) if requests.len() > 1);
        let ran = steps_of(attempt, index).count() > 1;
        on_one && ran && !steps_of(attempt, index).any(|step| step.exchange.line.shared)
    })
}

/// Which of two calls ended cannot be told by an operation that knows neither.
fn without_states(findings: Vec<Finding>) -> Judgement {
    let told = gravest(&findings) > Verdict::Note;
    if told { Judgement::of(findings) } else { Judgement::not_judged("GetCallInfo does not know the calls") }
}

fn tells_of_id(observation: &Observation) -> bool {
    observation.outcome == Outcome::Fault(FaultCode::InvalidCallId)
}

/// A target that does not place calls this way cannot be judged by them.
fn no_call(operation: Operation, words: &str) -> Judgement {
    let reason = format!("{} gave no call id: {words}", operation.request());
    if operation == Operation::PlayOnPhone {
        Judgement::not_judged(reason)
    } else {
        Judgement::skipped(reason)
    }
}

fn steps_of(attempt: &Attempt, turn: usize) -> impl Iterator<Item = &Step> {
    attempt.steps.iter().filter(move |step| step.role == Role::Turn && step.turn == Some(turn))
}

/// Whether the call that a request names was ended by an earlier one that was to be refused and had success, which
/// is told there: its id is used up then, and the invalid-id fault is right (row 2 of the decision table).
fn is_spent(
    turns: &[Turn],
    attempt: &Attempt,
    at: (usize, usize),
    slot: Slot,
    class: InputClass,
    observation: &Observation,
) -> bool {
    if class != InputClass::Valid || observation.outcome != Outcome::Fault(FaultCode::InvalidCallId) {
        return false;
    }
    let names_it = |turn: usize, position: usize| match (&turns[turn].act, &turns[turn].expect) {
        (Act::Send(of, _), Expect::Class(class)) => *of == slot && !class.is_positive(),
        (Act::OneConnection(requests), _) => {
            requests.get(position).is_some_and(|(of, _, class)| *of == slot && !class.is_positive())
        }
        _ => false,
    };
    (0..=at.0)
        .flat_map(|turn| {
            steps_of(attempt, turn).enumerate().map(move |(position, step)| (turn, position, step))
        })
        .take_while(|(turn, position, _)| (*turn, *position) < at)
        .any(|(turn, position, step)| {
            names_it(turn, position) && observe(&step.exchange.answer).outcome.claims_success()
        })
}

fn expectation(
    context: Context<'_>,
    turns: &[Turn],
    attempt: &Attempt,
    index: usize,
    position: usize,
    step: &Step,
    observation: &Observation,
) -> Option<Finding> {
    let primary = context.case.primary();
    let answer = &step.exchange.answer;
    // A request that is malformed on purpose cites what it is about; the case is about its effect.
    let row_of = |class: InputClass| match class {
        InputClass::Valid | InputClass::EndedCall => primary,
        InputClass::Method => req::METHOD_NOT_ALLOWED.requirement(),
        class => class.row().requirement(),
    };
    let found = |expected: &str, observed: String| {
        let verdict = context.grading.breach(primary);
        Some(Finding::new(
            CheckId::Sequence,
            primary.id,
            verdict,
            format!("step {}: {expected}", index + 1),
            observed,
        ))
    };
    let first_of = |turn: usize| steps_of(attempt, turn).next().map(|step| observe(&step.exchange.answer));
    let in_words = |finding: Finding| Finding {
        expected: format!("step {}: {}", index + 1, finding.expected),
        ..finding
    };
    if matches!(turns[index].act, Act::AmongSlowSenders(..)) && observation.outcome.is_lost() {
        // Not a hang of its own: the request waits behind the others (UMD-R183).
        return found("an answer while others send slowly", observation.words(answer));
    }
    match &turns[index].expect {
        // A connection of several requests carries the class of each.
        Expect::Anything => {
            let Act::OneConnection(requests) = &turns[index].act else { return None };
            if position > 0 && !step.exchange.line.shared {
                // The server closed after the request before, as it may, and this one stood alone.
                return None;
            }
            let (slot, _, class) = requests.get(position)?;
            if is_spent(turns, attempt, (index, position), *slot, *class, observation) {
                return None;
            }
            grade(context, *class, row_of(*class), &Answered::of(answer, observation)).map(in_words)
        }
        Expect::Class(class) => {
            if let Act::Send(slot, _) = &turns[index].act
                && is_spent(turns, attempt, (index, position), *slot, *class, observation)
            {
                return None;
            }
            grade(context, *class, row_of(*class), &Answered::of(answer, observation)).map(in_words)
        }
        Expect::SameAs(other) => {
            let other = first_of(*other)?;
            if other.outcome == observation.outcome {
                return None;
            }
            found(&format!("the same outcome as before ({})", other.outcome), observation.words(answer))
        }
        Expect::SameFaultAs(other) => {
            let code = |observation: &Observation| {
                observation.fault().and_then(|fault| fault.code.clone()).map(|code| code.local)
            };
            let other = first_of(*other)?;
            // Where no fault came, there is none to be the same.
            if code(&other).is_none() || code(&other) == code(observation) {
                return None;
            }
            found(&format!("the same fault as before ({})", other.outcome), observation.words(answer))
        }
        Expect::Ended => match CallStatus::of(answer) {
            Some(CallStatus::Ended) => None,
            Some(CallStatus::Up) => found("the call has ended", "it is still up".to_owned()),
            None => found("the state of the call", observation.words(answer)),
        },
        // The call is up, as the Disconnect after this look shows: it is GetCallInfo that does not know it.
        Expect::Up if context.control.knows_no_id && tells_of_id(observation) => {
            Some(unknown_to_call_info(&observation.words(answer)))
        }
        Expect::Up => match CallStatus::of(answer) {
            Some(CallStatus::Up) => None,
            Some(CallStatus::Ended) => found("the call is still up", "it has ended".to_owned()),
            None => found("the state of the call", observation.words(answer)),
        },
        Expect::NotBothEnded => {
            let ended = |turn: usize| {
                steps_of(attempt, turn)
                    .any(|step| CallStatus::of(&step.exchange.answer) == Some(CallStatus::Ended))
            };
            (index > 0 && ended(index) && ended(index - 1))
                .then(|| found("at most one of the two calls ended", "both have ended".to_owned()))
                .flatten()
        }
    }
}
