//! The verdict of a sequence of turns.

use super::effect::CallLook;
use super::outcome::grade_by;
use super::{Finding, Judgement, Subject, Verdict, check_answer, check_call_info};
use crate::catalogue::{Act, Expect, Turn};
use crate::evidence::{Attempt, Role, Seen, Step, observe};
use crate::protocol::{FaultCode, InputClass, Operation, Outcome, ledger};

pub(super) fn judge_sequence(subject: Subject<'_>, turns: &[Turn], attempt: &Attempt) -> Judgement {
    let mut findings = Vec::new();
    for (index, turn) in turns.iter().enumerate() {
        let steps: Vec<&Step> = steps_of(attempt, index).collect();
        // A command that places calls leaves no exchange.
        if steps.is_empty() && !matches!(turn.act, Act::Place(..)) {
            return if findings.is_empty() {
                Judgement::not_judged(format!("its step {} could not be run", index + 1))
            } else {
                Judgement::of(findings)
            };
        }
        for (position, step) in steps.iter().enumerate() {
            let seen = observe(&step.exchange.answer);
            match turn.act {
                Act::Ask(_)
                    if !subject.control.states
                        && !tells_of_id(&seen)
                        && findings.iter().all(|finding| finding.verdict <= Verdict::Note) =>
                {
                    let words = seen.words(&step.exchange.answer);
                    return Judgement::skipped(format!("GetCallInfo was not seen to be there: {words}"));
                }
                Act::Look(_) | Act::Ask(_) => findings.extend(check_call_info(&seen, subject.settings)),
                Act::Place(_, operation) => {
                    if seen.message.as_ref().is_none_or(|message| message.issued.is_none()) {
                        return no_call(operation, &seen.words(&step.exchange.answer));
                    }
                }
                _ => findings.extend(check_answer(&step.exchange.answer, &seen, subject.settings)),
            }
            findings.extend(expectation(subject, turns, attempt, index, position, step, &seen));
        }
    }
    if let Some(twin) = attempt.step(Role::Twin) {
        let seen = observe(&twin.exchange.answer);
        if seen.outcome.is_lost() {
            let requirement = crate::protocol::RequirementId(186);
            let expected = "a server that still answers after it";
            findings.push(Finding::new(
                "alive",
                requirement,
                Verdict::Fail,
                expected,
                seen.words(&twin.exchange.answer),
            ));
        }
    }
    Judgement::of(findings)
}

fn tells_of_id(seen: &Seen) -> bool {
    seen.outcome == Outcome::Fault(FaultCode::InvalidCallId)
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

fn expectation(
    subject: Subject<'_>,
    turns: &[Turn],
    attempt: &Attempt,
    index: usize,
    position: usize,
    step: &Step,
    seen: &Seen,
) -> Option<Finding> {
    let primary = subject.case.primary();
    let answer = &step.exchange.answer;
    // A request that is malformed on purpose cites what it is about; the case is about its effect.
    let row = |class: InputClass| match class {
        InputClass::Valid | InputClass::EndedCall => primary,
        class => ledger::requirement(class.row()).unwrap_or(primary),
    };
    let found = |expected: &str, observed: String| {
        let verdict = subject.settings.breach(primary);
        Some(Finding::new(
            "sequence",
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
    if matches!(turns[index].act, Act::AmongSlowSenders(..)) && seen.outcome.is_lost() {
        // Not a hang of its own: the request waits behind the others (UMD-R183).
        return found("an answer while others send slowly", seen.words(answer));
    }
    match &turns[index].expect {
        // A connection of several requests carries the class of each.
        Expect::Anything => {
            let Act::OneConnection(requests) = &turns[index].act else { return None };
            let (_, _, class) = requests.get(position)?;
            grade_by(subject, *class, row(*class), &seen.outcome, &seen.words(answer)).map(in_words)
        }
        Expect::Class(class) => {
            grade_by(subject, *class, row(*class), &seen.outcome, &seen.words(answer)).map(in_words)
        }
        Expect::SameAs(other) => {
            let other = first_of(*other)?;
            if other.outcome == seen.outcome {
                return None;
            }
            found(&format!("the same outcome as before ({})", other.outcome), seen.words(answer))
        }
        Expect::SameFaultAs(other) => {
            let code = |seen: &Seen| seen.fault().and_then(|fault| fault.code.clone()).map(|code| code.local);
            let other = first_of(*other)?;
            if code(&other).is_some() && code(&other) == code(seen) {
                return None;
            }
            found(&format!("the same fault as before ({})", other.outcome), seen.words(answer))
        }
        Expect::Ended => match CallLook::of(answer) {
            Some(CallLook::Ended) => None,
            Some(CallLook::Up) => found("the call has ended", "it is still up".to_owned()),
            None => found("the state of the call", seen.words(answer)),
        },
        Expect::Up => match CallLook::of(answer) {
            Some(CallLook::Up) => None,
            Some(CallLook::Ended) => found("the call is still up", "it has ended".to_owned()),
            None => found("the state of the call", seen.words(answer)),
        },
        Expect::NotBothEnded => {
            let ended = |turn: usize| {
                steps_of(attempt, turn)
                    .any(|step| CallLook::of(&step.exchange.answer) == Some(CallLook::Ended))
            };
            (index > 0 && ended(index) && ended(index - 1))
                .then(|| found("at most one of the two calls ended", "both have ended".to_owned()))
                .flatten()
        }
    }
}
