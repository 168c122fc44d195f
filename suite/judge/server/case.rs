//! The verdict of a case from its exchanges.

use super::consequence::follow;
use super::effect::effect;
use super::outcome::{Answered, grade, wrong_success};
use super::sequence::judge_sequence;
use super::{Context, Control, ControlLevel, Signature, check_answer, check_call_info};
use crate::catalogue::{Case, CaseHeader as _, Needs, Part, Stimulus};
use crate::evidence::{Answer, Attempt, Contrast, Observation, Role, Silence, Step, observe};
use crate::judge::judgement::gravest;
use crate::judge::{CheckGroup, CheckId, Finding, Judgement, Verdict};
use crate::message::{Edit, read_request};
use crate::protocol::{Allowance, AmbiguityId, FaultCode, InputClass, Outcome, decide, req};

/// Above this many bytes a reset instead of an answer counts as an orderly close: a server that
/// refuses without reading everything cannot prevent the reset (RFC 9112 9.6).
const UNREAD_BODY: usize = 65_536;

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
    excuse_broken_connection(&mut observation, case, mutant);
    take_by_status(&mut observation, case.class, answer);
    let signature = Signature::from_observation(answer, &observation);
    let answered = Answered::of(answer, &observation);
    let level = control.level_of(attempt);
    let plain = control.plain_at(level);
    let like_plain = plain == Some(&signature);
    let plain_is_ok = plain.is_some_and(|plain| plain.outcome == Outcome::Ok);

    let mut findings = check_answer(answer, &observation, grading);
    fit_to_class(&mut findings, case, &observation);
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
    let told_apart = plain_is_ok || !like_plain;
    // What the table forbids for a class is a breach even where the plain request gets the same.
    let clear = matches!(
        decide(case.class, case.nuance, &observation.outcome),
        Allowance::Breach | Allowance::Forbidden
    );
    if !as_expected && (told_apart || clear) {
        findings.extend(grade(context, case.class, case.primary(), &answered));
    }
    let refuses = observation.outcome.is_refusal() || matches!(observation.outcome, Outcome::Http(500..));
    if case.primary().id == req::CHUNKED_REQUEST && refuses && speaks_http_1_0(attempt) {
        // HTTP/1.0 knows no chunks, and SOAP 1.1 asks for no more than that (contradiction C27).
        for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::Outcome) {
            finding.verdict = Verdict::Note;
            finding.requirement = req::CHUNKED_REQUEST;
        }
    }
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

/// Whether the server answers as one of HTTP/1.0.
fn speaks_http_1_0(attempt: &Attempt) -> bool {
    attempt
        .steps
        .iter()
        .any(|step| matches!(&step.exchange.answer, Answer::Http(http) if http.version == "1.0"))
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

/// A reset while a long body, or one with broken framing, was being sent is a close.
/// So is an answer that breaks off when the framing was broken first.
fn excuse_broken_connection(observation: &mut Observation, case: &Case, step: &Step) {
    let sent = &step.exchange.sent;
    let broken = case.edits().is_some_and(|edits| {
        edits.iter().any(|edit| matches!(edit, Edit::Framing(framing) if framing.is_broken()))
    });
    let unread = sent.body.0.len() > UNREAD_BODY || broken;
    let closed = match &step.exchange.answer {
        Answer::Silence(Silence::Reset) => unread,
        Answer::Http(http) => !http.complete && broken,
        Answer::Silence(_) => false,
    };
    if closed {
        observation.outcome = Outcome::Closed;
    }
}

/// Where the status is what is asked for, a fault in the body does not change it, and an empty
/// body claims nothing.
fn take_by_status(observation: &mut Observation, class: InputClass, answer: &Answer) {
    if let Answer::Http(http) = answer
        && http.complete
        && matches!(class, InputClass::Method | InputClass::MediaType | InputClass::Credentials)
        && ((400..500).contains(&http.status) || http.body.0.is_empty())
    {
        observation.outcome = Outcome::Http(http.status);
    }
}

/// Takes out, or lowers, what a check of the answer alone cannot know: whether Body was at fault
/// (SOAP 4.4), and whether the status was asked for.
fn fit_to_class(findings: &mut Vec<Finding>, case: &Case, observation: &Observation) {
    use InputClass as C;
    if case.class == C::EnvelopeNamespace {
        for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::AnswerVersion) {
            finding.ambiguity = Some(AmbiguityId::SOAP12_REQUEST);
        }
    }
    let by_status = matches!(observation.outcome, Outcome::Http(400..=499));
    if by_status {
        findings.retain(|finding| {
            finding.check == CheckId::FaultLeak || finding.check.group() != CheckGroup::Fault
        });
    }
    // What the documented faults, and one about a header entry, must hold or not does not depend on
    // the case.
    let own = matches!(
        observation.outcome,
        Outcome::Fault(FaultCode::InvalidCallId | FaultCode::InvalidRequest | FaultCode::MustUnderstand)
    );
    if own {
        return;
    }
    if case.part != Part::Body {
        // The absence of detail says just that: the fault is not about the contents of Body.
        findings.retain(|finding| finding.check != CheckId::FaultDetail);
        return;
    }
    match case.class {
        C::Method
        | C::MediaType
        | C::Credentials
        | C::EnvelopeNamespace
        | C::EnvelopeNoNamespace
        | C::MandatoryHeader
        | C::OptionalHeader
        | C::Trailer
        | C::SoapAction => {
            findings.retain(|finding| finding.check != CheckId::FaultDetail);
        }
        C::NotWellFormed
        | C::Dtd
        | C::ProcessingInstruction
        | C::EncodingsDisagree
        | C::Utf16
        | C::Utf8Bom
        | C::OversizedCallId => at_most_noted(findings),
        _ if case.recorded => at_most_noted(findings),
        _ => {}
    }
}

/// Whether a message that is no XML has a Body whose contents could not be processed is open to
/// argument, and so is what a refusal is about where a request may as well be accepted.
fn at_most_noted(findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::FaultDetail) {
        finding.verdict = finding.verdict.min(Verdict::Note);
    }
}
