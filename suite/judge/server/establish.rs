//! What is known of a server from what was exchanged with it before the cases.

use std::collections::BTreeSet;

use super::list::check_issued;
use super::outcome::{live_call_refused, ringing_refused, unknown_to_call_info, wrong_success};
use super::{Control, ControlLevel, Signature, check_answer, check_call_info, check_line, flaws_of};
use crate::evidence::{
    Answer, CallStatus, Contrast, ControlRole, Exchange, ServerControl, Silence, TlsFailure, observe,
};
use crate::judge::{Finding, Grading};
use crate::message::{quoted, told};
use crate::protocol::{FaultCode, Outcome};

impl Control {
    /// What the exchanges of a whole control come to.
    pub fn of(evidence: &ServerControl) -> Self {
        let mut control = Self::before_contrast(evidence);
        if let Some(plain) = control.plain_at(control.level).cloned() {
            find_contrast(&mut control, evidence, &plain);
        }
        control
    }

    /// What is known before the malformed requests are tried, from the exchanges so far.
    pub fn before_contrast(evidence: &ServerControl) -> Self {
        let signature = |role| evidence.step(role).map(|exchange| Signature::of(&exchange.answer));
        let plain_answers = [ControlRole::Plain, ControlRole::Unissued];
        let garbage = evidence.steps.iter().filter(|step| matches!(step.role, ControlRole::Garbage(_)));
        let mut control = Self {
            level: ControlLevel::Uncontrolled,
            plain: signature(ControlRole::Plain),
            unissued: signature(ControlRole::Unissued),
            plain_answers: plain_answers
                .map(|role| evidence.step(role).map(|exchange| exchange.answer.clone())),
            garbage: garbage.map(|step| Signature::of(&step.exchange.answer)).collect(),
            flaws: plain_answers
                .into_iter()
                .filter_map(|role| evidence.step(role))
                .map(|exchange| flaws_of(&exchange.answer))
                .fold(BTreeSet::new(), |all, more| &all | &more),
            contrast: None,
            states: false,
            reusable: false,
            ends_answered_calls_only: false,
            without_effect: false,
            knows_no_id: false,
            instead_of_live: None,
            fatal: None,
            problem: None,
        };
        if evidence.steps.is_empty() {
            control.failed("there was no time to ask it anything before the cases");
        } else if evidence.calls.is_live() {
            live(&mut control, evidence);
            let falls_back = control.level != ControlLevel::Live && control.fatal.is_none();
            if falls_back && control.unissued.is_some() {
                // Without calls of its own a run can still be judged by what came of an unknown id.
                control.plain = None;
                control.plain_answers[0] = None;
                let why = control.problem.take();
                synthetic(&mut control);
                control.instead_of_live.clone_from(&why);
                if control.level == ControlLevel::Uncontrolled {
                    control.problem = why.or(control.problem);
                }
            }
        } else {
            given_or_synthetic(&mut control, evidence);
        }
        control
    }

    fn failed(&mut self, why: impl AsRef<str>) {
        self.level = ControlLevel::Uncontrolled;
        self.contrast = None;
        self.problem = Some(told(why.as_ref()));
    }

    /// Takes note of an answer after which no case can be run; whether it is one.
    fn is_fatal(&mut self, exchange: Option<&Exchange>) -> bool {
        let Some(why) = exchange.and_then(|exchange| fatal(&exchange.answer)) else { return false };
        self.failed(why);
        self.fatal.clone_from(&self.problem);
        true
    }
}

/// What the checks find in the answers of a control.
pub(crate) fn control_findings(
    evidence: &ServerControl,
    control: &Control,
    grading: Grading,
) -> Vec<Finding> {
    if control.fatal.is_some() {
        return of_unread(evidence, grading);
    }
    let mut findings = Vec::new();
    if let Some(plain) = evidence.step(ControlRole::Plain).filter(|_| evidence.calls.is_live()) {
        findings.extend(of_live_call(evidence, control, plain, grading));
    }
    if let Some(ringing) = evidence.step(ControlRole::Ringing).filter(|_| control.ends_answered_calls_only) {
        findings.push(ringing_refused(grading, &observe(&ringing.answer).words(&ringing.answer)));
    }
    for step in &evidence.steps {
        let answer = &step.exchange.answer;
        match step.role {
            ControlRole::Plain | ControlRole::Unissued => {
                let observation = observe(answer);
                let mut found = check_answer(answer, &observation, grading);
                found.extend(check_line(&step.exchange, &observation, grading));
                findings.extend(found.into_iter().map(|finding| finding.in_case(&[])));
            }
            ControlRole::Garbage(_) | ControlRole::Unanswered => {}
            ControlRole::Place => {
                let found = check_issued(&observe(answer), grading);
                findings.extend(found.into_iter().map(|finding| finding.in_case(&[])));
            }
            _ => {
                let found = check_call_info(&observe(answer), grading);
                findings.extend(found.into_iter().map(|finding| finding.in_case(&[])));
            }
        }
    }
    if findings.is_empty() && control.level == ControlLevel::Uncontrolled {
        findings = of_unread(evidence, grading);
    }
    findings.sort();
    findings.dedup();
    findings
}

/// What is wrong as HTTP with answers that could not be read, and so with all that they might have told: the first
/// finding, because each answer would have its own.
fn of_unread(evidence: &ServerControl, grading: Grading) -> Vec<Finding> {
    let unread = evidence.steps.iter().filter(|step| step.exchange.answer.is_lost());
    let found = unread.flat_map(|step| {
        let observation = observe(&step.exchange.answer);
        check_line(&step.exchange, &observation, grading)
    });
    found.take(1).map(|finding| finding.in_case(&[])).collect()
}

/// What the plain Disconnect of a call that was just placed shows, whatever the level comes to.
fn of_live_call(
    evidence: &ServerControl,
    control: &Control,
    plain: &Exchange,
    grading: Grading,
) -> Option<Finding> {
    let observation = observe(&plain.answer);
    let words = observation.words(&plain.answer);
    if control.knows_no_id
        && let Some(before) = evidence.step(ControlRole::Before)
    {
        let words = observe(&before.answer).words(&before.answer);
        return Some(unknown_to_call_info(&words));
    }
    if observation.outcome == Outcome::Ok || plain.answer.is_lost() {
        return None;
    }
    if says_success(plain) {
        return Some(wrong_success(&words));
    }
    let before = evidence.step(ControlRole::Before).and_then(state_of);
    match before.as_deref() {
        Some("Connected") => Some(live_call_refused(&words)),
        Some("Disconnected" | "Idle") => None,
        _ => Some(ringing_refused(grading, &words)),
    }
}

/// Whether a server says with a 2xx, or by the name of the answer, that it did what it was asked for.
fn says_success(plain: &Exchange) -> bool {
    let is_2xx = matches!(&plain.answer, Answer::Http(http) if (200..300).contains(&http.status));
    let observation = observe(&plain.answer);
    let is_fault = observation.fault().is_some();
    (is_2xx && !is_fault) || observation.message.is_some_and(|message| message.has_response)
}

/// What a failed handshake means for a run, and what to do.
fn without_tls(fault: TlsFailure) -> &'static str {
    match fault {
        TlsFailure::Closed => {
            "the server closed the connection within the TLS handshake; is the URL that of a port with TLS?"
        }
        TlsFailure::Expired => {
            "the certificate of the server has expired or is not valid yet; --insecure judges all the same"
        }
        TlsFailure::Issuer => {
            "nobody that is trusted has signed the certificate of the server; for a private one use --cacert FILE, or --insecure"
        }
        TlsFailure::Name => {
            "the certificate of the server is for another name; write that name in the URL, or use --insecure"
        }
        TlsFailure::TimedOut => {
            "the server takes connections but did not end the TLS handshake in time (see --connect-timeout); is it a port of TLS?"
        }
        TlsFailure::Version => "the server speaks no TLS, or none of the versions in use (1.2, 1.3)",
        _ => "the TLS handshake failed",
    }
}

/// Why a run against a server that answers a plain request so cannot start.
fn fatal(answer: &Answer) -> Option<String> {
    if answer.put_off().is_some() {
        let why = "the server asked to come again later for longer than is waited (see --max-wait)";
        return Some(why.to_owned());
    }
    match answer {
        Answer::Silence(silence) => Some(match silence {
            Silence::TimedOut => {
                "the server takes connections but did not answer a plain request in time (see --timeout)"
                    .to_owned()
            }
            Silence::Tls(fault) => without_tls(*fault).to_owned(),
            Silence::Refused => {
                "the connection was refused; is the server running at this address?".to_owned()
            }
            Silence::Unreachable => "the host could not be reached; check the URL (and --proxy)".to_owned(),
            other => format!("no answer to a plain request: {other}"),
        }),
        Answer::Http(http) => match http.status {
            401 | 403 => {
                let offered = http.header("www-authenticate");
                let offered =
                    offered.map_or_else(String::new, |scheme| format!(" (it offers {})", quoted(scheme)));
                Some(format!(
                    "the server answered {} to a plain request{offered}; give --user or --bearer",
                    http.status
                ))
            }
            404 => Some(
                "there is no service at this path (404); the documented one is /EWS/UM2007Legacy.asmx"
                    .to_owned(),
            ),
            407 => Some("the proxy asks for authentication (407)".to_owned()),
            300..=399 => {
                let location = quoted(http.header("location").unwrap_or("nowhere"));
                Some(format!("the server redirects ({}) to {location}; give that URL instead", http.status))
            }
            _ => None,
        },
    }
}

fn live(control: &mut Control, evidence: &ServerControl) {
    let first = evidence.steps.iter().find(|step| step.role != ControlRole::Unanswered);
    let first = first.filter(|step| step.role == ControlRole::Place);
    if control.is_fatal(first.map(|step| &step.exchange)) {
        return;
    }
    let Some(plain) = evidence.step(ControlRole::Plain) else {
        let seen = first.map_or_else(String::new, |step| {
            let answer = &step.exchange.answer;
            format!(", but {}", observe(answer).words(answer))
        });
        control.failed(format!("no call id came from {}{seen}", evidence.calls.words()));
        return;
    };
    if control.is_fatal(Some(plain)) {
        return;
    }
    let is_up = |role| evidence.step(role).is_some_and(up);
    let after = evidence.step(ControlRole::After).and_then(|exchange| CallStatus::of(&exchange.answer));
    // A call that stays up is told by the cases; there is no use in waiting for each.
    control.without_effect = is_up(ControlRole::Before) && is_up(ControlRole::After);
    control.states = is_up(ControlRole::Before) && after.is_some();
    let ended = is_up(ControlRole::Before) && after == Some(CallStatus::Ended);
    let observation = observe(&plain.answer);
    // Where the call is seen to end, what the server says with a 2xx, or by the name of the answer,
    // is its success, if a wrong one: everything else can be judged all the same.
    if observation.outcome != Outcome::Ok && !(ended && says_success(plain)) {
        let outcome = &observation.outcome;
        control.failed(format!("a plain Disconnect of a fresh call was answered with {outcome}"));
        return;
    }
    let unknown =
        |exchange: &Exchange| observe(&exchange.answer).outcome == Outcome::Fault(FaultCode::InvalidCallId);
    control.knows_no_id = evidence.step(ControlRole::Before).is_some_and(unknown);
    control.level = ControlLevel::Live;
    let signature = |role| evidence.step(role).map(|exchange| Signature::of(&exchange.answer));
    let ringing = signature(ControlRole::Ringing);
    control.ends_answered_calls_only = ringing.is_some()
        && ringing != control.plain
        && signature(ControlRole::Answered).is_some_and(|answered| Some(answered) == control.plain);
}

/// The state of a call, as GetCallInfo tells it.
fn state_of(exchange: &Exchange) -> Option<String> {
    Some(observe(&exchange.answer).message?.call_info?.state)
}

/// Whether GetCallInfo says that the call is up.
fn up(exchange: &Exchange) -> bool {
    state_of(exchange).is_some_and(|state| state != "Disconnected")
}

fn given_or_synthetic(control: &mut Control, evidence: &ServerControl) {
    // Any answer at all? It also tells what the synthetic level has to go by.
    if control.is_fatal(evidence.step(ControlRole::Unissued)) {
        return;
    }
    if let Some(plain) = evidence.step(ControlRole::Plain) {
        let outcome = observe(&plain.answer).outcome;
        if outcome != Outcome::Ok {
            control
                .failed(format!("a plain Disconnect with the first --call-id was answered with {outcome}"));
            return;
        }
        let again = evidence.step(ControlRole::Again);
        control.reusable = again.is_some_and(|again| observe(&again.answer).outcome == Outcome::Ok);
        control.level = ControlLevel::Given;
        return;
    }
    synthetic(control);
}

/// What the plain request with an unknown id is worth.
fn synthetic(control: &mut Control) {
    match control.unissued.clone() {
        Some(signature) if signature.may_be_plain() => control.level = ControlLevel::Synthetic,
        Some(signature) => {
            let outcome = &signature.outcome;
            control.failed(format!("a plain Disconnect with an unknown id was answered with {outcome}"));
        }
        None => control.failed("there was no answer to a plain Disconnect"),
    }
}

/// How a malformed request was told apart from the plain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrasted {
    /// Not at all, or in a way that proves nothing.
    No,
    /// It got an answer of its own.
    ByAnswer,
    /// It got no answer, and the plain request still works after it.
    BySilence,
}

impl Control {
    /// What a malformed request of the control has shown.
    pub fn contrasted(&self, evidence: &ServerControl, contrast: Contrast) -> Contrasted {
        let tried = evidence.step(ControlRole::Contrast(contrast));
        let (Some(plain), Some(tried)) = (self.plain_at(self.level), tried) else { return Contrasted::No };
        let signature = Signature::of(&tried.answer);
        let live = self.level == ControlLevel::Live;
        // With given ids, the plain request of a used-up id must be told apart as well.
        let differs = signature.contrasts_with(plain)
            && (self.level != ControlLevel::Given
                || self.reusable
                || self.unissued.as_ref().is_none_or(|unissued| signature.contrasts_with(unissued)));
        // A fault that is not about the id may come from a service that does not have the operation:
        // only a request that differs in what the operation reads proves anything then.
        let about_id = plain.outcome.claims_success()
            || live
            || plain.outcome == Outcome::Fault(FaultCode::InvalidCallId);
        let proves = about_id || matches!(contrast, Contrast::WrongNamespace | Contrast::MissingCallId);
        if !(differs && proves) {
            return Contrasted::No;
        }
        if signature.is_orderly() {
            return Contrasted::ByAnswer;
        }
        let twin = evidence.step(ControlRole::Twin(contrast));
        let works = twin.is_some_and(|twin| Signature::of(&twin.answer) == *plain);
        if live && works { Contrasted::BySilence } else { Contrasted::No }
    }
}

/// Looks for a malformed request that the server answers differently from the plain one. One that
/// is refused is best; one that gets no answer tells them apart as well, as long as the plain
/// request still works after it.
fn find_contrast(control: &mut Control, evidence: &ServerControl, plain: &Signature) {
    for contrast in Contrast::ALL {
        if evidence.step(ControlRole::Contrast(contrast)).is_none() {
            control.failed("no call could be placed for the control");
            return;
        }
        match control.contrasted(evidence, contrast) {
            Contrasted::ByAnswer => {
                control.contrast = Some(contrast);
                return;
            }
            Contrasted::BySilence => _ = control.contrast.get_or_insert(contrast),
            Contrasted::No => {}
        }
    }
    if control.contrast.is_some() {
        return;
    }
    let answer = match &plain.outcome {
        Outcome::Fault(FaultCode::InvalidCallId) => "the invalid-id fault".to_owned(),
        outcome => outcome.to_string(),
    };
    control.failed(format!("it answers valid and malformed requests alike: {answer}"));
}
