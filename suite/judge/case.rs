//! The verdict of a case from its exchanges.

use super::effect::effect;
use super::outcome::grade_outcome;
use super::sequence::judge_sequence;
use super::{
    Contrast, Control, ControlLevel, Finding, Judgement, Settings, Signature, Verdict, check_answer,
    check_call_info,
};
use crate::catalogue::{Case, Needs, Stimulus};
use crate::evidence::{Answer, Attempt, Role, Seen, Silence, Step, observe};
use crate::message::{Edit, read_request};
use crate::protocol::{Allowance, FaultCode, InputClass, Outcome, RequirementId, decide, ledger};

/// Above this many bytes a reset instead of an answer counts as an orderly close: a server that
/// refuses without reading everything cannot prevent the reset (RFC 9112 9.6).
const UNREAD_BODY: usize = 65_536;

/// What a case is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The case.
    pub case: &'a Case,
    /// What is known of the target.
    pub control: &'a Control,
    /// How it is graded.
    pub settings: Settings,
}

/// Judges a case by its attempts. A failure that does not come again in a further attempt is a
/// warning about repeatability instead (UMD-R187).
pub fn judge(subject: Subject<'_>, attempts: &[Attempt]) -> Judgement {
    let mut judgements = attempts.iter().map(|attempt| judge_attempt(subject, attempt));
    let Some(first) = judgements.next() else { return Judgement::not_judged("it was not run") };
    let Some(second) = judgements.next() else { return first };
    if first.findings.iter().any(|finding| finding.check == "canary") {
        // A contact is a fact; that a cache prevents the second proves nothing.
        return first;
    }
    if first.verdict != Verdict::Fail || second.verdict == Verdict::Fail || !second.verdict.is_judged() {
        return first;
    }
    let observed = first.findings.first().map_or_else(String::new, |finding| finding.observed.clone());
    let mut findings = second.findings;
    findings.push(Finding::new(
        "repeat",
        RequirementId(187),
        Verdict::Warn,
        "the same answer to the same request",
        format!("{observed}, once; not when it was repeated"),
    ));
    Judgement::of(findings)
}

fn judge_attempt(subject: Subject<'_>, attempt: &Attempt) -> Judgement {
    if subject.control.level == ControlLevel::Uncontrolled {
        return judge_uncontrolled(subject, attempt);
    }
    if let Some(reason) = missing(subject, attempt) {
        return Judgement::not_judged(reason);
    }
    match &subject.case.stimulus {
        Stimulus::Request(_) => judge_request(subject, attempt),
        Stimulus::Sequence(turns) => judge_sequence(subject, turns, attempt),
    }
}

/// The reason for which an attempt cannot be judged, if there is one.
fn missing(subject: Subject<'_>, attempt: &Attempt) -> Option<&'static str> {
    let level = subject.control.level_of(attempt);
    let live = matches!(level, ControlLevel::Live | ControlLevel::Given);
    match subject.case.needs {
        Needs::LiveCall if !live => {
            Some("it needs the id of a live call (--call-id, --call-id-cmd or --play-on-phone)")
        }
        Needs::CallState if level != ControlLevel::Live || !subject.control.states => {
            Some("it needs fresh calls whose state GetCallInfo tells (--play-on-phone)")
        }
        _ if !attempt.opened => Some("the valid request before it was not answered as before"),
        _ => None,
    }
}

/// Without a control only a success that is never allowed counts, as a failure.
fn judge_uncontrolled(subject: Subject<'_>, attempt: &Attempt) -> Judgement {
    let no_control =
        || Judgement::not_judged("the target was not seen to tell valid from malformed requests");
    let Some(mutant) = attempt.step(Role::Mutant) else { return no_control() };
    let seen = observe(&mutant.exchange.answer);
    if subject.case.recorded || !subject.case.class.is_negative() || !seen.outcome.claims_success() {
        return no_control();
    }
    match grade_outcome(subject, &seen.outcome, &seen.words(&mutant.exchange.answer)) {
        Some(finding) if finding.verdict == Verdict::Fail => Judgement::of(vec![finding]),
        _ => no_control(),
    }
}

fn judge_request(subject: Subject<'_>, attempt: &Attempt) -> Judgement {
    let Subject { case, control, settings } = subject;
    let Some(mutant) = attempt.step(Role::Mutant) else {
        return Judgement::not_judged("no call could be placed for it");
    };
    let answer = &mutant.exchange.answer;
    let mut seen = observe(answer);
    excuse_broken_connection(&mut seen, case, mutant);
    take_by_status(&mut seen, case.class, answer);
    let signature = Signature::from_seen(answer, &seen);
    let level = control.level_of(attempt);
    let plain = control.plain_at(level);
    let like_plain = plain == Some(&signature);
    let plain_is_ok = plain.is_some_and(|plain| plain.outcome == Outcome::Ok);

    let mut findings = check_answer(answer, &seen, settings);
    fit_to_class(&mut findings, case, &seen);
    for step in attempt.steps.iter().filter(|step| matches!(step.role, Role::Before | Role::After)) {
        findings.extend(check_call_info(&observe(&step.exchange.answer), settings));
    }
    if attempt.canary {
        findings.push(Finding::new(
            "canary",
            canary_requirement(case),
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
        findings.push(wrong_success(&seen.words(answer)));
    }
    let told_apart = plain_is_ok || !like_plain;
    // What the table forbids for a class is a breach even where the plain request gets the same.
    let clear =
        matches!(decide(case.class, case.nuance, &seen.outcome), Allowance::Breach | Allowance::Forbidden);
    if !as_expected && (told_apart || clear) {
        findings.extend(grade_outcome(subject, &seen.outcome, &seen.words(answer)));
    }
    let refuses = seen.outcome.is_refusal() || matches!(seen.outcome, Outcome::Http(500..));
    if case.primary().id == RequirementId(20) && refuses && speaks_http_1_0(attempt) {
        // HTTP/1.0 knows no chunks, and SOAP 1.1 asks for no more than that (contradiction C27).
        for finding in findings.iter_mut().filter(|finding| finding.check == "outcome") {
            finding.verdict = Verdict::Note;
            finding.requirement = RequirementId(20).to_string();
        }
    }
    findings.extend(refused_for_length(subject, mutant, &seen.outcome, &seen.words(answer)));
    let effect = effect(subject, attempt, &seen.outcome, &mut findings);
    if let Some(finding) = alive(subject, attempt, effect) {
        findings.push(finding);
    }
    let failed = findings.iter().any(|finding| finding.verdict == Verdict::Fail);
    if !failed {
        // Only a success has to be told from what a malformed twin would get; a refusal of a
        // legal spelling speaks for itself.
        let claims = seen.outcome == Outcome::Ok || as_expected;
        if case.class.is_positive() && claims && !contrast_refused(control, attempt, &signature) {
            let twin = control.contrast.map_or("none", Contrast::words);
            return without_verdict(format!("its malformed twin ({twin}) was not refused"), findings);
        }
        if !case.class.is_positive() && !told_apart && (!clear || case.recorded) {
            let reason = "answered like the plain request; only a live call id tells them apart";
            return without_verdict(reason.to_owned(), findings);
        }
    }
    Judgement::of(findings)
}

/// What is wrong with a success that is none by its words.
pub(crate) fn wrong_success(words: &str) -> Finding {
    let expected = "2xx with DisconnectResponse in the messages namespace as the only child of Body";
    Finding::new("outcome", RequirementId(98), Verdict::Fail, expected, words)
}

/// What it means that a call could be ended once it was answered, but not while it rang (UMD-R148).
pub(crate) fn ringing_refused(settings: Settings, words: &str) -> Option<Finding> {
    let row = ledger::requirement(RequirementId(148))?;
    let expected = "success for a call that still rings";
    Some(Finding::new("outcome", row.id, settings.breach(row), expected, words))
}

/// A refusal of an id of at most 512 characters that a shorter one of the same kind does not get
/// (row 29 of the decision table: never because of length alone).
fn refused_for_length(
    subject: Subject<'_>,
    mutant: &Step,
    outcome: &Outcome,
    words: &str,
) -> Option<Finding> {
    let Subject { case, control, settings } = subject;
    if case.class != InputClass::LongCallId || case.recorded || !outcome.is_refusal() {
        return None;
    }
    let request = read_request(&mutant.exchange.sent.body.0, None).ok()?;
    let length = request.call_id()?.chars().count();
    let short = &control.garbage.get(length % 4)?.outcome;
    let row = ledger::requirement(RequirementId(89)).filter(|_| short != outcome && short.is_refusal())?;
    let expected = format!("as a short id of the same kind is answered: {short}");
    Some(Finding::new("outcome", row.id, settings.breach(row), expected, words))
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

fn canary_requirement(case: &Case) -> RequirementId {
    let lookup = RequirementId(93);
    if case.requirements.contains(&lookup) { lookup } else { RequirementId(178) }
}

/// Whether the plain request after the mutant was still answered as before (UMD-R186).
fn alive(subject: Subject<'_>, attempt: &Attempt, ended: bool) -> Option<Finding> {
    let twin = attempt.step(Role::Twin)?;
    let answer = &twin.exchange.answer;
    let seen = observe(answer);
    let plain = subject.control.plain_at(subject.control.level_of(attempt))?;
    let found = |observed: String| {
        let expected = "the valid request after it answered as before it";
        Some(Finding::new("alive", RequirementId(186), Verdict::Fail, expected, observed))
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
    let same = Signature::from_seen(answer, &seen) == *plain;
    let new: Vec<String> = subject.control.new_flaws(answer).into_iter().collect();
    if same && !new.is_empty() {
        return found(format!("{}, but not as well: {}", seen.words(answer), new.join(", ")));
    }
    // The twin of a refused request ends the same call; where that had ended, there is nothing
    // left that it could end.
    let spent = ended && seen.outcome == Outcome::Fault(FaultCode::InvalidCallId);
    if same || spent { None } else { found(seen.words(answer)) }
}

fn contrast_refused(control: &Control, attempt: &Attempt, mutant: &Signature) -> bool {
    let Some(step) = attempt.step(Role::Contrast) else { return false };
    control.contrast.is_some() && Signature::of(&step.exchange.answer).contrasts_with(mutant)
}

/// A reset while a long body, or one with broken framing, was being sent is a close.
/// So is an answer that breaks off when the framing was broken first.
fn excuse_broken_connection(seen: &mut Seen, case: &Case, step: &Step) {
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
        seen.outcome = Outcome::Closed;
    }
}

/// Where the status is what is asked for, a fault in the body does not change it, and an empty
/// body claims nothing.
fn take_by_status(seen: &mut Seen, class: InputClass, answer: &Answer) {
    if let Answer::Http(http) = answer
        && http.complete
        && matches!(class, InputClass::Method | InputClass::MediaType | InputClass::Credentials)
        && ((400..500).contains(&http.status) || http.body.0.is_empty())
    {
        seen.outcome = Outcome::Http(http.status);
    }
}

/// Takes out, or lowers, what a check of the answer alone cannot know: whether Body was at fault
/// (SOAP 4.4), and whether the status was asked for.
fn fit_to_class(findings: &mut Vec<Finding>, case: &Case, seen: &Seen) {
    use InputClass as C;
    let by_status = matches!(seen.outcome, Outcome::Http(400..=499));
    if by_status {
        findings.retain(|finding| finding.check == "fault/leak" || !finding.check.starts_with("fault/"));
    }
    // What the documented faults, and one about a header entry, must hold or not does not depend on
    // the case.
    let own = matches!(
        seen.outcome,
        Outcome::Fault(FaultCode::InvalidCallId | FaultCode::InvalidRequest | FaultCode::MustUnderstand)
    );
    if own {
        return;
    }
    if !case.is_about_body() {
        // The absence of detail says just that: the fault is not about the contents of Body.
        findings.retain(|finding| finding.check != "fault/detail");
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
            findings.retain(|finding| finding.check != "fault/detail");
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
    for finding in findings.iter_mut().filter(|finding| finding.check == "fault/detail") {
        finding.verdict = finding.verdict.min(Verdict::Note);
    }
}
