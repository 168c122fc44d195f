//! The verdict of a case from its exchanges.

use super::changed::left_behind;
use super::consequence::follow;
use super::cut::cut_taken;
use super::decoded::decoded_id;
use super::effect::effect;
use super::http_faults::{
    drop_fault_of_status, excuse_broken_connection, left_open, lower, own_close, second_answer,
    second_missing, take_by_status, tell_order,
};
use super::leak::leaks_of;
use super::outcome::{Answered, grade, wrong_success};
use super::sequence::judge_sequence;
use super::{Context, Control, ControlLevel, Signature, check_answer, check_call_info, check_line};
use crate::catalogue::{Case, CaseHeader as _, Needs, Part, Stimulus};
use crate::evidence::{
    Aftermath, Answer, Attempt, Contrast, Observation, Role, Sent, Silence, Step, observe,
};
use crate::judge::growth::growth;
use crate::judge::judgement::gravest;
use crate::judge::{CheckId, Finding, Judgement, Try, Verdict};
use crate::message::{MessageKind, escape_text, parse, read_request};
use crate::protocol::{
    Allowance, AmbiguityId, FaultCode, InputClass, Nuance, Outcome, Tolerance, decide, names, req,
};

/// What each attempt comes to by itself. Those that say nothing of the case are left out: the server was
/// lost while others were under way, or it asked to come again later for longer than was waited.
pub fn server_tries(context: Context<'_>, attempts: &[Attempt]) -> Vec<Try> {
    let counts =
        |attempt: &&Attempt| attempt.is_plain() && !attempt.in_company && attempt.put_off().is_none();
    let judged = |attempt: &Attempt| Try {
        judgement: with_aftermath(judge_attempt(context, attempt), attempt),
        // A server that is gone is no answer that a network lost.
        lost: attempt.has_lost() && attempt.aftermath != Some(Aftermath::Gone),
    };
    attempts.iter().filter(counts).map(judged).collect()
}

pub(super) fn is_contact(finding: &Finding) -> bool {
    finding.check == CheckId::Canary
}

/// Why a case whose requests were put off for too long has no verdict.
pub(super) fn put_off_words(answer: &Answer) -> String {
    let status = if let Answer::Http(http) = answer { http.status } else { 0 };
    let later =
        answer.put_off().flatten().map_or_else(String::new, |value| format!(", Retry-After: {value}"));
    format!(
        "the server asked to come again later ({status}{later}) for longer than is waited (see --max-wait)"
    )
}

/// A server that was found dead or mute fails whatever else is known of it (UMD-R186).
fn with_aftermath(judgement: Judgement, attempt: &Attempt) -> Judgement {
    let observed = match attempt.aftermath {
        Some(Aftermath::Gone) => "the server is gone: it no longer takes connections",
        Some(Aftermath::Silent) => "the server no longer answers",
        Some(Aftermath::Answers) | None => return judgement,
    };
    let told =
        |finding: &Finding| finding.requirement == req::ALIVE_AFTERWARDS && finding.verdict == Verdict::Fail;
    if judgement.findings.iter().any(told) {
        return judgement;
    }
    let expected = "a server that still answers after it";
    let mut findings = judgement.findings;
    findings.push(Finding::new(CheckId::Alive, req::ALIVE_AFTERWARDS, Verdict::Fail, expected, observed));
    Judgement::of(findings)
}

pub(super) fn judge_attempt(context: Context<'_>, attempt: &Attempt) -> Judgement {
    if context.control.level == ControlLevel::Uncontrolled {
        return judge_uncontrolled(context, attempt);
    }
    let changed = attempt.changed_by.is_some().then(|| context.control.as_opened_by(attempt));
    let context = Context { control: changed.as_ref().unwrap_or(context.control), ..context };
    if let Some(reason) = missing(context, attempt) {
        return Judgement::not_judged(reason);
    }
    match &context.case.stimulus {
        Stimulus::Request(_) => judge_request(context, attempt),
        Stimulus::Sequence(turns) => judge_sequence(context, turns, attempt),
    }
}

/// The reason for which an attempt cannot be judged, if there is one.
fn missing(context: Context<'_>, attempt: &Attempt) -> Option<String> {
    let Context { case, control, .. } = context;
    let level = control.level_of(attempt);
    let live = matches!(level, ControlLevel::Live | ControlLevel::Given);
    let instead = control.instead_of_live.as_ref();
    match case.needs {
        Needs::LiveCall if !live => Some(match instead {
            Some(why) => format!("it needs the id of a live call, and {why}"),
            None => "it needs the id of a live call (--call-id, --call-id-cmd or --play-on-phone)".to_owned(),
        }),
        Needs::CallState if level != ControlLevel::Live => Some(match instead {
            Some(why) => format!("it needs fresh calls whose state GetCallInfo tells, and {why}"),
            None => "it needs fresh calls whose state GetCallInfo tells (--play-on-phone)".to_owned(),
        }),
        Needs::CallState if !control.states && !control.knows_no_id => {
            Some("it needs fresh calls whose state GetCallInfo tells, which it was not seen to do".to_owned())
        }
        _ if !attempt.opened => Some(match &attempt.changed_by {
            Some(by) => format!("since {by} the server does not answer the valid request as before"),
            None => no_call(attempt)
                .unwrap_or_else(|| "the valid request before it was not answered as before".to_owned()),
        }),
        // What leaks from one request into the next does so on a connection as well.
        _ if case.primary().id == req::SHARED_CONNECTION => attempt
            .changed_by
            .as_ref()
            .map(|by| format!("something of {by} is left in the server and reaches later requests")),
        _ => None,
    }
}

/// That no call could be placed for an attempt, and what was said of it.
fn no_call(attempt: &Attempt) -> Option<String> {
    let step = attempt.steps.iter().rev().find(|step| step.role == Role::Place)?;
    let observation = observe(&step.exchange.answer);
    let gave = observation.message.as_ref().is_some_and(|message| message.issued.is_some());
    let words = observation.words(&step.exchange.answer);
    (!gave).then(|| format!("PlayOnPhone gave no call id: {words}"))
}

/// Without a control only a success that is never allowed counts, as a failure.
fn judge_uncontrolled(context: Context<'_>, attempt: &Attempt) -> Judgement {
    let no_control =
        || Judgement::not_judged("the target was not seen to tell valid from malformed requests");
    let Some(mutant) = attempt.step(Role::Mutant) else { return no_control() };
    let mut observation = observe(&mutant.exchange.answer);
    excuse_broken_connection(&mut observation, context.case.breaks_http(), &mutant.exchange);
    let answered = Answered::of(&mutant.exchange.answer, &observation);
    // That it answers other requests and not this one is clear without a control.
    let answers = context.control.plain_answers.iter().flatten().any(|answer| !answer.is_lost());
    let lost = matches!(observation.outcome, Outcome::Lost | Outcome::Silent);
    let crashed = answers && lost && attempt.aftermath == Some(Aftermath::Answers);
    let claims = !context.case.recorded && observation.outcome.claims_success();
    if !(crashed || context.case.class.is_negative() && claims) {
        return no_control();
    }
    match grade(context, context.case.class, context.case.primary(), &answered) {
        Some(finding) if finding.verdict == Verdict::Fail => Judgement::of(vec![finding]),
        _ => no_control(),
    }
}

/// Why a case says nothing of this server, by the ids that it gives to calls.
fn inapplicable(case: &Case, attempt: &Attempt, sent: &Sent) -> Option<&'static str> {
    let id = parse(MessageKind::Request, &sent.body.0, None).ok()?;
    match case.class {
        InputClass::PaddedCallId => {
            let is_padded = id.contains(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            (!is_padded).then_some("not applicable: the ids of this server are too short to be parted")
        }
        InputClass::Unissued if case.needs == Needs::LiveCall => {
            let is_live = attempt.steps.iter().any(|step| names_call(step, &id));
            is_live.then_some("not applicable: the ids of this server hold nothing that the case changes")
        }
        _ => None,
    }
}

/// Whether this is the id of a call that was placed or ended beside the request of the case.
fn names_call(step: &Step, id: &str) -> bool {
    match step.role {
        Role::Place => observe(&step.exchange.answer)
            .message
            .is_some_and(|message| message.issued.is_some_and(|issued| issued.id == id)),
        Role::HangUp | Role::Twin => {
            parse(MessageKind::Request, &step.exchange.sent.body.0, None).is_ok_and(|named| named == id)
        }
        _ => false,
    }
}

fn judge_request(context: Context<'_>, attempt: &Attempt) -> Judgement {
    let Context { case, control, grading } = context;
    let Some(mutant) = attempt.step(Role::Mutant) else {
        return Judgement::not_judged("no call could be placed for it");
    };
    if let Some(reason) = inapplicable(case, attempt, &mutant.exchange.sent) {
        return Judgement::skipped(reason);
    }
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
        Answered::of(answer, &observation).into_success()
    } else {
        Answered::of(answer, &observation)
    };

    let mut findings = check_answer(answer, &observation, grading);
    tell_echo(&mut findings, mutant);
    findings.extend(check_line(&mutant.exchange, &observation, grading));
    fit_to_class(&mut findings, case, &observation);
    if only_echoes(mutant) {
        findings.retain(|finding| finding.check != CheckId::FaultLeak);
    }
    findings.extend(decoded_id(&mutant.exchange, grading));
    findings.extend(detail_missing(context, &observation));
    for step in attempt.steps.iter().filter(|step| matches!(step.role, Role::Before | Role::After)) {
        findings.extend(check_call_info(&observe(&step.exchange.answer), grading));
    }
    let mut findings: Vec<Finding> =
        findings.into_iter().map(|finding| finding.in_case(&case.requirements)).collect();
    own_close(&mut findings, case);
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
    findings.extend(left_open(case, mutant, grading));
    findings.extend(second_missing(context, mutant).map(|finding| finding.in_case(&case.requirements)));
    findings.extend(refused_for_length(context, mutant, &answered));
    findings.extend(cut_taken(context, attempt));
    if let Some(measured) = &attempt.growth {
        findings.extend(growth(&measured.times, measured.size, measured.ended, grading));
    }
    follow(&mut findings, answer, &observation);
    let effect = effect(context, attempt, &observation.outcome, &mut findings);
    tell_order(&mut findings, case, mutant, effect);
    if let Some(finding) = alive(context, attempt, effect).or_else(|| left_behind(context, attempt)) {
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
            let others = attempt.steps.iter().filter(|step| step.role == Role::Contrast).count() > 1;
            let others = if others { ", nor another one" } else { "" };
            return without_verdict(format!("its contrast ({contrast}) was not refused{others}"), findings);
        }
        if !case.class.is_positive() && !told_apart && (!clear || case.recorded) {
            let reason = "answered like the plain request; only a live call id tells them apart";
            return without_verdict(reason.to_owned(), findings);
        }
    }
    Judgement::of(findings)
}

/// Fewest characters of an id that are told from chance where they stand in an answer.
const ECHO: usize = 6;

/// Says of an answer that is no XML that the id of the request, or the start of it, stands in it: that is mostly why.
fn tell_echo(findings: &mut [Finding], step: &Step) {
    let Answer::Http(http) = &step.exchange.answer else { return };
    let Ok(id) = parse(MessageKind::Request, &step.exchange.sent.body.0, None) else { return };
    let start: String = id.chars().take(ECHO).collect();
    let text = String::from_utf8_lossy(&http.body.0);
    let is_told = text.contains(&start) || text.contains(&escape_text(&start));
    if start.chars().count() < ECHO || !is_told {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| finding.check == CheckId::AnswerXml) {
        finding.observed.push_str("; the id of the request stands in the answer");
    }
}

/// Whether everything in an answer that looks like the inside of a server stands in the request as well.
fn only_echoes(step: &Step) -> bool {
    let Answer::Http(http) = &step.exchange.answer else { return false };
    // In UTF-16 every other byte of what looks like that is null.
    let narrow: Vec<u8> = step.exchange.sent.body.0.iter().copied().filter(|byte| *byte != 0).collect();
    let sent = String::from_utf8_lossy(&narrow);
    leaks_of(http).iter().all(|leak| sent.contains(leak.as_str()))
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
    let refused = |step: &Step| Signature::of(&step.exchange.answer).contrasts_with(mutant);
    control.contrast.is_some()
        && attempt.steps.iter().any(|step| step.role == Role::Contrast && refused(step))
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
    drop_fault_of_status(findings, observation);
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
