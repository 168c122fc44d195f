//! What is established before the cases: the target answers, and tells valid from malformed.

use super::attempt::{Prober, unissued};
use super::file::ControlRecord;
use crate::evidence::observe;
use crate::evidence::{Answer, Exchange, Silence};
use crate::judge::{
    CallLook, Contrast, ControlLevel, Settings, Signature, check_answer, check_call_info, ringing_refused,
    visible, wrong_success,
};
use crate::message::Draft;
use crate::protocol::{FaultCode, Operation, Outcome};

/// Lengths of short garbage, one for each rest by four, in the order of the rests.
const SHORT: [usize; 4] = [4, 5, 6, 7];

/// The control of a run, and whether it is any use to go on.
pub(super) struct Established {
    pub(super) record: ControlRecord,
    /// Whether given ids can be used again and again.
    pub(super) reusable: Option<String>,
    /// Whether a call can only be ended once somebody has answered it.
    pub(super) answered_first: bool,
    /// Whether a plain success had no effect in the time given.
    pub(super) barren: bool,
    /// Why no case can be run at all.
    pub(super) hopeless: Option<String>,
}

impl Established {
    fn new() -> Self {
        Self {
            record: ControlRecord {
                level: ControlLevel::Uncontrolled,
                states: false,
                contrast: None,
                problem: None,
                plain: None,
                unissued: None,
                garbage: Vec::new(),
                others: Vec::new(),
                findings: Vec::new(),
            },
            reusable: None,
            answered_first: false,
            barren: false,
            hopeless: None,
        }
    }

    fn hopeless(mut self, exchange: Exchange, why: String) -> Self {
        self.record.others.push(exchange);
        self.record.problem = Some(visible(&why));
        self.hopeless = Some(why);
        self
    }

    fn failed(mut self, why: impl Into<String>) -> Self {
        self.record.level = ControlLevel::Uncontrolled;
        self.record.problem = Some(visible(&why.into()));
        self
    }
}

pub(super) async fn establish(prober: &Prober, settings: Settings) -> Established {
    let established = if prober.calls.source().is_live() {
        live(prober, Established::new(), settings).await
    } else {
        given_or_synthetic(prober, Established::new()).await
    };
    if established.hopeless.is_some() {
        return established;
    }
    let mut established = contrast(prober, established).await;
    if established.record.level != ControlLevel::Uncontrolled {
        for length in SHORT {
            let garbage = "x".repeat(length);
            established.record.garbage.push(prober.plain(&garbage).await);
        }
    }
    for exchange in established.record.plain.iter().chain(&established.record.unissued) {
        let seen = observe(&exchange.answer);
        established.record.findings.extend(check_answer(&exchange.answer, &seen, settings));
    }
    for exchange in &established.record.others {
        established.record.findings.extend(check_call_info(&observe(&exchange.answer), settings));
    }
    established.record.findings.sort();
    established.record.findings.dedup();
    established
}

/// Why a run against a target that answers so cannot start.
fn hopeless(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Silence(silence) => Some(match silence {
            Silence::TimedOut => {
                "the server takes connections but did not answer a plain request in time (see --timeout)"
                    .to_owned()
            }
            Silence::Tls => {
                "the TLS handshake failed; for a private certificate use --cacert or --insecure".to_owned()
            }
            Silence::Refused => {
                "the connection was refused; is the server running at this address?".to_owned()
            }
            Silence::Unreachable => "the host could not be reached; check the URL (and --proxy)".to_owned(),
            other => format!("no answer to a plain request: {other}"),
        }),
        Answer::Http(http) => match http.status {
            401 | 403 => {
                let offered =
                    http.header("www-authenticate").map_or_else(String::new, |v| format!(" (it offers {v})"));
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
                let location = http.header("location").unwrap_or("nowhere");
                Some(format!("the server redirects ({}) to {location}; give that URL instead", http.status))
            }
            _ => None,
        },
    }
}

async fn live(prober: &Prober, mut established: Established, settings: Settings) -> Established {
    let placed = prober.place(Operation::PlayOnPhone, "control/plain").await;
    if let Some(exchange) = placed.exchange {
        if let Some(why) = hopeless(&exchange.answer) {
            return established.hopeless(exchange, why);
        }
        established.record.others.push(exchange);
    }
    let Some(id) = placed.id else {
        return established.failed(format!("no call id came from {}", prober.calls.source().words()));
    };
    let before = prober.look(&id).await;
    let plain = prober.plain(&id).await;
    if let Some(why) = hopeless(&plain.answer) {
        return established.hopeless(plain, why);
    }
    let after = prober.look_until_ended(&id, prober.settle).await;
    // A call that stays up is told by the cases; there is no use in waiting for each.
    established.barren = up(&before) && up(&after);
    established.record.states = up(&before) && CallLook::of(&after.answer).is_some();
    let ended = up(&before) && CallLook::of(&after.answer) == Some(CallLook::Ended);
    established.record.others.extend([before, after]);
    let seen = observe(&plain.answer);
    let words = seen.words(&plain.answer);
    // Where the call is seen to end, what the server says with a 2xx, or by the name of the answer,
    // is its success, if a wrong one: everything else can be judged all the same.
    let says_so = matches!(&plain.answer, Answer::Http(http) if (200..300).contains(&http.status))
        || seen.message.as_ref().is_some_and(|message| message.has_response);
    established.record.plain = Some(plain);
    if seen.outcome != Outcome::Ok {
        if !(ended && says_so) {
            let outcome = &seen.outcome;
            return established
                .failed(format!("a plain Disconnect of a fresh call was answered with {outcome}"));
        }
        established.record.findings.push(wrong_success(&words));
    }
    established.record.level = ControlLevel::Live;
    established.record.unissued = Some(prober.plain(&unissued()).await);
    answered_first(prober, established, settings).await
}

/// Finds out whether a call can be ended while it rings, and if not, whether it can later.
async fn answered_first(prober: &Prober, mut established: Established, settings: Settings) -> Established {
    if !established.record.states {
        return established;
    }
    let usual = established.record.plain.as_ref().map(|exchange| Signature::of(&exchange.answer));
    let placed = prober.place(Operation::PlayOnPhone, "control/ringing").await;
    established.record.others.extend(placed.exchange);
    let Some(id) = placed.id else { return established };
    let ringing = prober.plain(&id).await;
    let refused = usual.as_ref() != Some(&Signature::of(&ringing.answer));
    let words = observe(&ringing.answer).words(&ringing.answer);
    established.record.others.push(ringing);
    if refused {
        prober.look_until_connected(&id, prober.settle).await;
        let answered = prober.plain(&id).await;
        established.answered_first = usual == Some(Signature::of(&answered.answer));
        established.record.others.push(answered);
        if established.answered_first {
            established.record.findings.extend(ringing_refused(settings, &words));
        }
    }
    established
}

/// Whether GetCallInfo says that the call is up.
fn up(exchange: &Exchange) -> bool {
    let info = observe(&exchange.answer).message.and_then(|message| message.call_info);
    info.is_some_and(|info| info.state != "Disconnected")
}

async fn given_or_synthetic(prober: &Prober, mut established: Established) -> Established {
    // Any answer at all? It also tells what the synthetic level has to go by.
    let unissued = prober.plain(&unissued()).await;
    if let Some(why) = hopeless(&unissued.answer) {
        return established.hopeless(unissued, why);
    }
    established.record.unissued = Some(unissued);
    if let Some(id) = prober.calls.next_given() {
        let plain = prober.plain(&id).await;
        let outcome = observe(&plain.answer).outcome;
        established.record.plain = Some(plain);
        if outcome != Outcome::Ok {
            return established
                .failed(format!("a plain Disconnect with the first --call-id was answered with {outcome}"));
        }
        let again = prober.plain(&id).await;
        if observe(&again.answer).outcome == Outcome::Ok {
            established.reusable = Some(id);
        }
        established.record.others.push(again);
        established.record.level = ControlLevel::Given;
        return established;
    }
    let unissued = established.record.unissued.as_ref().map(|exchange| Signature::of(&exchange.answer));
    match unissued {
        Some(signature) if signature.may_be_plain() => {
            established.record.level = ControlLevel::Synthetic;
            established
        }
        Some(signature) => {
            let outcome = &signature.outcome;
            established.failed(format!("a plain Disconnect with an unknown id was answered with {outcome}"))
        }
        None => established.failed("there was no answer to a plain Disconnect"),
    }
}

/// Looks for a malformed request that the target answers differently from the plain one. One that
/// is refused is best; one that gets no answer tells them apart as well, as long as the plain
/// request still works after it.
async fn contrast(prober: &Prober, mut established: Established) -> Established {
    let control = established.record.control();
    let Some(plain) = control.plain_at(control.level).cloned() else { return established };
    let mut unanswered = None;
    for contrast in Contrast::ALL {
        let (id, placed) = if control.level == ControlLevel::Live {
            let placed = prober.place(Operation::PlayOnPhone, &format!("control/{contrast:?}")).await;
            let Some(id) = placed.id else {
                return established.failed("no call could be placed for the control");
            };
            (id, placed.exchange)
        } else {
            (established.reusable.clone().unwrap_or_else(unissued), None)
        };
        established.record.others.extend(placed);
        if established.answered_first {
            prober.look_until_connected(&id, prober.settle).await;
        }
        let edits = [contrast.edit()];
        let exchange = prober.send(&Draft::disconnect(&edits), &id).await;
        let signature = Signature::of(&exchange.answer);
        established.record.others.push(exchange);
        let mut works = true;
        if control.level == ControlLevel::Live {
            // The call is still up unless the target is flawed; leave nothing ringing.
            let again = prober.plain(&id).await;
            works = Signature::of(&again.answer) == plain;
            established.record.others.push(again);
        }
        // With given ids, the plain request of a used-up id must be told apart as well.
        let differs = signature.contrasts_with(&plain)
            && (control.level != ControlLevel::Given
                || established.reusable.is_some()
                || control.unissued.as_ref().is_none_or(|unissued| signature.contrasts_with(unissued)));
        // A fault that is not about the id may come from a service that does not have the operation:
        // only a request that differs in what the operation reads proves anything then.
        let about_id = plain.outcome.claims_success()
            || control.level == ControlLevel::Live
            || plain.outcome == Outcome::Fault(FaultCode::InvalidCallId);
        let proves = about_id || matches!(contrast, Contrast::WrongNamespace | Contrast::MissingCallId);
        if !(differs && proves) {
            continue;
        }
        if signature.is_orderly() {
            established.record.contrast = Some(contrast);
            return established;
        }
        if control.level == ControlLevel::Live && works {
            unanswered.get_or_insert(contrast);
        }
    }
    if unanswered.is_some() {
        established.record.contrast = unanswered;
        return established;
    }
    let answer = match &plain.outcome {
        Outcome::Fault(FaultCode::InvalidCallId) => "the invalid-id fault".to_owned(),
        outcome => outcome.to_string(),
    };
    established.failed(format!("it answers valid and malformed requests alike: {answer}"))
}
