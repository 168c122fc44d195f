//! The verdict of a case from its exchanges.

use super::consequence::follow;
use super::effect::effect;
use super::http_faults::{excuse_broken_connection, lower, second_answer, take_by_status};
use super::outcome::{Answered, grade, wrong_success};
use super::sequence::judge_sequence;
use super::{Context, Control, ControlLevel, Signature, check_answer, check_call_info, check_line};
use crate::catalogue::{Case, CaseHeader as _, Needs, Part, Stimulus};
use crate::evidence::{Answer, Attempt, Contrast, Observation, Role, Silence, Step, observe};
use crate::judge::judgement::gravest;
use crate::judge::{CheckGroup, CheckId, Finding, Judgement, Verdict};
use crate::message::read_request;
use crate::protocol::{
    Allowance, AmbiguityId, FaultCode, InputClass, Nuance, Outcome, Tolerance, decide, names, req,
};

/// Judges a case by its attempts. A failure that does not come again in a further attempt is a
/// warning about repeatability instead (UMD-R187).
pub fn judge_server(context: Context<'_>, attempts: &[Attempt]) -> Judgement {
    let mut judgements = attempts.iter().map(|attempt| judge_attempt(context, attempt));
    let Some(first) = judgements.next() else { return Judgement::not_judged("it was not run") };
    let Some(second) = judgements.next() else { return first };
    if first.findings.iter().any(|finding| finding.check == CheckId::Canary) {
        // A contact is a fact; that a cache prevents the second proves nothing.
        return first;
    }
    if first.verdict != Verdict::Fail || second.verdict == Verdict::Fail || !second.verdict.is_judged() {
        return first;
    }
    let observed = first.own().next().map_or_else(String::new, |finding| finding.observed.clone());
    let mut findings = second.findings;
    findings.push(Finding::new(
        CheckId::Repeat,
        req::SAME_ANSWER_TO_SAME_REQUEST,
        Verdict::Warn,
        "the same answer to the same request",
        format!("{observed}, once; not when it was repeated"),
    ));
    Judgement::of(findings)
}

fn judge_attempt(context: Context<'_>, attempt: &Attempt) -> Judgement {
    if context.control.level == ControlLevel::Uncontrolled {
        return judge_uncontrolled(context, attempt);
    }
    if let Some(reason) = missing(context, attempt) {
        return Judgement::not_judged(reason);
    }
    match &context.case.stimulus {
        Stimulus::Request(_) => judge_request(context, attempt),
        Stimulus::Sequence(turns) => judge_sequence(context, turns, attempt),
    }
}

/// The reason for which an attempt cannot be judged, if there is one.
fn missing(context: Context<'_>, attempt: &Attempt) -> Option<&'static str> {
    let level = context.control.level_of(attempt);
    let live = matches!(level, ControlLevel::Live | ControlLevel::Given);
    match context.case.needs {
        Needs::LiveCall if !live => {
            Some("it needs the id of a live call (--call-id, --call-id-cmd or --play-on-phone)")
        }
        Needs::CallState if level != ControlLevel::Live || !context.control.states => {
            Some("it needs fresh calls whose state GetCallInfo tells (--play-on-phone)")
        }
        _ if !attempt.opened => Some("the valid request before it was not answered as before"),
        _ => None,
    }
}

/// Without a control only a success that is never allowed counts, as a failure.
fn judge_uncontrolled(context: Context<'_>, attempt: &Attempt) -> Judgement {
    let no_control =
        || Judgement::not_judged("the target was not seen to tell valid from malformed requests");
    let Some(mutant) = attempt.step(Role::Mutant) else { return no_control() };
    let observation = observe(&mutant.exchange.answer);
    if context.case.recorded || !context.case.class.is_negative() || !observation.outcome.claims_success() {
        return no_control();
    }
    let answered = Answered::of(&mutant.exchange.answer, &observation);
    match grade(context, context.case.class, context.case.primary(), &answered) {
        Some(finding) if finding.verdict == Verdict::Fail => Judgement::of(vec![finding]),
        _ => no_control(),
    }
}

fn judge_request(context: Context<'_>, attempt: &Attempt) -> Judgement {
    let Context { case, control, grading } = context;
    let Some(mutant) = attempt.step(Role::Mutant) else {
        return Judgement::not_judged("no call could be placed for it");
    };
    let answer = &mutant.exchange.answer;
    let mut observation = observe(answer);
    excuse_broken_connection(&mut observation, case.breaks_http(), &mutant.exchange);
    take_by_status(&mut observation, case.class, case.part == Part::Http, answer);
    take_other_operation(&mut observation, case.class, answer);
    let signature = Signature::from_observation(answer, &observation);
    let level = control.level_of(attempt);
    let plain = control.plain_at(level);
    let like_plain = plain == Some(&signature);
    let plain_is_ok = plain.is_some_and(|plain| plain.outcome == Outcome::Ok);
    // A request that is at fault as HTTP and gets the answer about its id was read for all that.
    let was_read = like_plain
        && !plain_is_ok
        && case.nuance.is_some_and(Nuance::is_http_fault)
        && observation.outcome == Outcome::Fault(FaultCode::InvalidCallId);
    let answered = if was_read {
        Answered::of(answer, &observation).as_success()
    } else {
        Answered::of(answer, &observation)
    };

    let mut findings = check_answer(answer, &observation, grading);
    findings.extend(check_line(&mutant.exchange, &observation, grading));
    fit_to_class(&mut findings, case, &observation);
    findings.extend(detail_missing(context, &observation));
    for step in attempt.steps.iter().filter(|step| matches!(step.role, Role::Before | Role::After)) {
        findings.extend(check_call_info(&observe(&step.exchange.answer), grading));
    }
    let mut findings: Vec<Finding> =
        findings.into_iter().map(|finding| finding.in_case(&case.requirements)).collect();
    if attempt.canary {
        findings.push(Finding::new(
            CheckId::Canary,
            case.contact,
            Verdict::Fail,
            "no contact with an address that only the request names",
            "the address was contacted",
        ));
    }
    // Where the plain request itself is refused, being answered like it is all that a legal
    // spelling can be asked for, and tells nothing of a malformed one.
    let as_expected = case.class.is_positive() && like_plain;
    if as_expected && level == ControlLevel::Live && !plain_is_ok {
        // It did what it was asked for, and says so in a wrong way, as it always does.
        findings.push(wrong_success(&answered.words).of(case.class, answered.outcome));
    }
    let told_apart = plain_is_ok || !like_plain || was_read;
    // What the table forbids for a class is a breach even where the plain request gets the same.
    let clear = matches!(
        decide(case.class, case.nuance, grading.bp, &observation.outcome),
        Allowance::Breach | Allowance::Forbidden
    );
    if !as_expected && (told_apart || clear) {
        findings.extend(grade(context, case.class, case.primary(), &answered));
    }
    lower(&mut findings, case, attempt, answered.outcome);
    findings.extend(second_answer(case, mutant, attempt));
    findings.extend(refused_for_length(context, mutant, &answered));
    follow(&mut findings, answer, &observation);
    let effect = effect(context, attempt, &observation.outcome, &mut findings);
    if let Some(finding) = alive(context, attempt, effect) {
        if observation.outcome.is_lost() {
            // One event: that it no longer answers tells why it did not answer.
            findings.retain(|finding| finding.check != CheckId::Outcome);
        }
        findings.push(finding);
    }
    if gravest(&findings) != Verdict::Fail {
        // Only a success has to be told from what its contrast would get; a refusal of a
        // legal spelling speaks for itself.
        let claims = observation.outcome == Outcome::Ok || as_expected;
        if case.class.is_positive() && claims && !contrast_refused(control, attempt, &signature) {
            let contrast = control.contrast.map_or("none", Contrast::words);
            return without_verdict(format!("its contrast ({contrast}) was not refused"), findings);
        }
        if !case.class.is_positive() && !told_apart && (!clear || case.recorded) {
            let reason = "answered like the plain request; only a live call id tells them apart";
            return without_verdict(reason.to_owned(), findings);
        }
    }
    Judgement::of(findings)
}

/// A refusal of an id of at most 512 characters that a shorter one of the same kind does not get
/// (row 29 of the decision table: never because of length alone).
fn refused_for_length(context: Context<'_>, mutant: &Step, answered: &Answered<'_>) -> Option<Finding> {
    let Context { case, control, grading } = context;
    if case.class != InputClass::LongCallId || case.recorded || !answered.outcome.is_refusal() {
        return None;
    }
    let request = read_request(&mutant.exchange.sent.body.0, None).ok()?;
    let length = request.call_id()?.chars().count();
    let short = &control.garbage.get(length % 4)?.outcome;
    if short == answered.outcome || !short.is_refusal() {
        return None;
    }
    let row = req::LONG_CALL_ID_ALLOWED.requirement();
    let expected = format!("as a short id of the same kind is answered: {short}");
    Some(answered.finding(context, case.class, row, grading.breach(row), &expected))
}

/// No verdict on the case; what the checks found in its answer stands all the same.
fn without_verdict(reason: String, findings: Vec<Finding>) -> Judgement {
    Judgement { verdict: Verdict::NotJudged, reason: Some(reason), ..Judgement::of(findings) }
}

/// Whether the plain request after the mutant was still answered as before (UMD-R186).
fn alive(context: Context<'_>, attempt: &Attempt, ended: bool) -> Option<Finding> {
    let twin = attempt.step(Role::Twin)?;
    let answer = &twin.exchange.answer;
    let level = context.control.level_of(attempt);
    if context.control.is_identical(level, answer) {
        return None;
    }
    let observation = observe(answer);
    let plain = context.control.plain_at(level)?;
    let found = |observed: String| {
        let expected = "the valid request after it answered as before it";
        Some(Finding::new(CheckId::Alive, req::ALIVE_AFTERWARDS, Verdict::Fail, expected, observed))
    };
    if let Answer::Silence(silence) = answer {
        return found(match silence {
            Silence::Refused | Silence::Unreachable => {
                "the server is gone: it no longer takes connections".to_owned()
            }
            Silence::TimedOut => "the server no longer answers".to_owned(),
            other => other.to_string(),
        });
    }
    let same = Signature::from_observation(answer, &observation) == *plain;
    let new: Vec<String> = context.control.new_flaws(answer).into_iter().collect();
    if same && !new.is_empty() {
        return found(format!("{}, but not as well: {}", observation.words(answer), new.join(", ")));
    }
    // The twin of a refused request ends the same call; where that had ended, there is nothing
    // left that it could end.
    let spent = ended && observation.outcome == Outcome::Fault(FaultCode::InvalidCallId);
    if same || spent { None } else { found(observation.words(answer)) }
}

fn contrast_refused(control: &Control, attempt: &Attempt, mutant: &Signature) -> bool {
    let Some(step) = attempt.step(Role::Contrast) else { return false };
    control.contrast.is_some() && Signature::of(&step.exchange.answer).contrasts_with(mutant)
}

/// The success of the operation that was asked for in place of Disconnect, where the endpoint serves both.
fn take_other_operation(observation: &mut Observation, class: InputClass, answer: &Answer) {
    let (Answer::Http(http), Some(message)) = (answer, &observation.message) else { return };
    let is_other = |name: &String| names::OTHER_RESPONSES.contains(&&**name);
    if class == InputClass::ForeignOperation
        && (200..300).contains(&http.status)
        && message.envelope.as_deref() == Some(names::ENVELOPE)
        && message.children.len() == 1
        && message.children.iter().all(is_other)
    {
        observation.outcome = Outcome::OtherOperation;
    }
}

/// Takes out what a check of the answer alone cannot know: whether the status was asked for.
fn fit_to_class(findings: &mut Vec<Finding>, case: &Case, observation: &Observation) {
    use InputClass as C;
    if case.class == C::EnvelopeNamespace {
        for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::AnswerVersion) {
            finding.ambiguity = Some(AmbiguityId::SOAP12_REQUEST);
        }
    }
    let by_status = matches!(observation.outcome, Outcome::Http(400..=499 | 501));
    if by_status {
        findings.retain(|finding| {
            finding.check == CheckId::FaultLeak || finding.check.group() != CheckGroup::Fault
        });
    }
}

/// The absence of detail in a fault of another code than the documented ones: it says that the fault is not
/// about the contents of Body (SOAP 4.4), which is wrong only where nothing else was at fault (rows 3 to 15,
/// 29 and 35 of the decision table).
fn detail_missing(context: Context<'_>, observation: &Observation) -> Option<Finding> {
    use FaultCode as F;
    use InputClass as C;
    let Context { case, grading, .. } = context;
    let only_in_body = matches!(
        case.class,
        C::Unissued
            | C::Garbage
            | C::EmptyCallId
            | C::MissingCallId
            | C::BlankCallId
            | C::PaddedCallId
            | C::TwoCallIds
            | C::ExtraSibling
            | C::UndeclaredAttribute
            | C::CallIdNamespace
            | C::OperationName
            | C::Nil
            | C::ElementInCallId
            | C::LongCallId
            | C::ForeignOperation
    );
    // What those four must hold or not does not depend on the case.
    let own = matches!(
        observation.outcome,
        Outcome::Fault(F::InvalidCallId | F::InvalidRequest | F::MustUnderstand | F::VersionMismatch)
    );
    let asked_for = only_in_body && case.part == Part::Body && !case.recorded && !own;
    let missing = observation.fault().is_some_and(|fault| fault.detail.is_none());
    let row = req::DETAIL_FOR_BODY_FAULTS.requirement();
    (asked_for && missing).then(|| {
        let verdict = grading.tolerated(row, Tolerance::Warn);
        let expected = "detail, because Body could not be processed";
        Finding::new(CheckId::FaultDetail, row.id, verdict, expected, "none")
    })
}
