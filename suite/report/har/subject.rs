//! What was exchanged, by subject.

use serde_json::{Value, json};

use super::exchanged::Exchanged;
use super::message::{base64, no_response, request, response};
use crate::catalogue::{CaseRef, Play};
use crate::evidence::{
    Answer, ClientEvidence, ClientRequest, ControlEvidence, Evidence, Exchange, HttpAnswer, Reaction,
    Response, Sent,
};
use crate::message::visible;
use crate::record::{CONTROL, Record};

/// Where a server is of which neither URL nor name is known.
const NOWHERE: &str = "http://mock.invalid";

/// Where the listener was at which clients ask.
const LISTENER: &str = "http://listener.invalid";

/// Hands on every exchange of HTTP, in the order of the record.
pub(super) fn entries(record: &Record, push: &mut impl FnMut(Exchanged)) {
    let base = base(&record.target);
    match &record.control.evidence {
        ControlEvidence::Client(control) => {
            for step in control.in_small_letters.iter().chain(&control.steps) {
                client(&step.evidence, CaseRef::find(record.subject, &step.case), CONTROL, &step.case, push);
            }
        }
        ControlEvidence::Parser(_) => {}
        ControlEvidence::Server(control) => {
            for step in &control.steps {
                let about = json!({ "case": CONTROL, "role": step.role });
                push(exchanged(base.as_deref(), &step.exchange, about));
            }
        }
    }
    for entry in &record.entries {
        match &entry.evidence {
            Some(Evidence::Client(evidence)) => {
                client(evidence, record.case_of(entry), entry.judgement.verdict.word(), &entry.case, push);
            }
            Some(Evidence::Server(attempts)) => {
                for (number, attempt) in attempts.iter().enumerate() {
                    for step in &attempt.steps {
                        let about = json!({
                            "case": visible(&entry.case),
                            "verdict": entry.judgement.verdict,
                            "attempt": number + 1,
                            "role": step.role,
                        });
                        push(exchanged(base.as_deref(), &step.exchange, about));
                    }
                }
            }
            Some(Evidence::Parser(_)) | None => {}
        }
    }
}

/// Scheme and authority of a target that is a URL.
fn base(target: &str) -> Option<String> {
    ["http://", "https://"].iter().find_map(|scheme| {
        let rest = target.strip_prefix(scheme)?;
        let end = rest.find(['/', '?', '#', ' ']).unwrap_or(rest.len());
        at(scheme, &rest[..end])
    })
}

/// A scheme and an authority, if that is one.
fn at(scheme: &str, authority: &str) -> Option<String> {
    let is_sound = |c: char| c.is_ascii_alphanumeric() || "-._~:[]".contains(c);
    (!authority.is_empty() && authority.chars().all(is_sound)).then(|| format!("{scheme}{authority}"))
}

/// An exchange with a server.
fn exchanged(base: Option<&str>, exchange: &Exchange, about: Value) -> Exchanged {
    let Sent { method, target, headers, body, wire } = &exchange.sent;
    // The built-in mock is known by its name only.
    let host = || headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let named = base.map(str::to_owned).or_else(|| at("http://", &host()?.1));
    let (request, unread) =
        request(named.as_deref().unwrap_or(NOWHERE), method, target, "1.1", headers, &body.0);
    let mut raw = Vec::new();
    if let Some(wire) = wire.as_ref().filter(|wire| wire.0 != plainly_written(&exchange.sent)) {
        raw.push(("request", base64(&wire.0)));
    } else if let Some(body) = unread {
        raw.push(("requestBody", body));
    }
    if let Some(head) = &exchange.line.head {
        raw.push(("responseHead", base64(&head.0)));
    }
    let (response, error) = match &exchange.answer {
        Answer::Http(answer) => {
            (answered(answer), (!answer.complete).then(|| "the answer broke off".to_owned()))
        }
        Answer::Silence(silence) => (no_response(), Some(silence.to_string())),
    };
    Exchanged { about, request, response, raw, error }
}

/// The bytes that the parts of a request make if nothing about them is odd.
fn plainly_written(sent: &Sent) -> Vec<u8> {
    let mut out = format!("{} {} HTTP/1.1\r\n", sent.method, sent.target);
    for (name, value) in &sent.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    let mut out = out.into_bytes();
    out.extend_from_slice(&sent.body.0);
    out
}

fn answered(answer: &HttpAnswer) -> Value {
    response(answer.status, &answer.version, &answer.headers, &answer.body.0)
}

/// What a client asked, and what the case answers to it.
fn client(
    evidence: &ClientEvidence,
    case: Option<CaseRef>,
    verdict: &str,
    name: &str,
    push: &mut impl FnMut(Exchanged),
) {
    for evidence in evidence.tries() {
        for asked in &evidence.requests {
            let ClientRequest { version, method, target, headers, body, turn, .. } = asked;
            let (request, unread) = request(LISTENER, method, target, version, headers, &body.0);
            let mut raw: Vec<_> = unread.map(|body| ("requestBody", body)).into_iter().collect();
            let reaction = turn.and_then(|turn| answer_of(case, turn));
            let (response, error) = match reaction {
                Some(reaction) => reacted(reaction, &mut raw),
                None => (no_response(), Some("what was answered is not in the record".to_owned())),
            };
            let about = json!({ "case": visible(name), "verdict": verdict, "turn": turn });
            push(Exchanged { about, request, response, raw, error });
        }
    }
}

/// What a case answers in a turn; the last one answers again and again.
fn answer_of(case: Option<CaseRef>, turn: usize) -> Option<&'static Reaction> {
    let Some(CaseRef::Client(case)) = case else { return None };
    let Play::Answers(turns) = &case.play else { return None };
    turns.get(turn).or(turns.last()).map(|turn| &turn.reaction)
}

/// An answer of the catalogue, with `{here}` and the like as they stand there.
fn reacted(reaction: &Reaction, raw: &mut Vec<(&'static str, String)>) -> (Value, Option<String>) {
    let answer = |answer: &Response| {
        let headers: Vec<(String, String)> =
            answer.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        response(answer.status, "1.1", &headers, &answer.body)
    };
    match reaction {
        Reaction::Answer(response) => (answer(response), None),
        Reaction::Spoil(response, _) => {
            (answer(response), Some("the answer was spoilt on its way, as umspec explain tells".to_owned()))
        }
        Reaction::Early(bytes) | Reaction::Keep(bytes) | Reaction::Raw(bytes) => {
            raw.push(("response", base64(bytes)));
            (no_response(), Some("the answer was written as it stands in _raw".to_owned()))
        }
        Reaction::Pieces(pieces) => {
            raw.push(("response", base64(&pieces.concat())));
            (no_response(), Some("the answer was written in pieces as it stands in _raw".to_owned()))
        }
        Reaction::Close | Reaction::Die => (no_response(), Some("the connection was closed".to_owned())),
        Reaction::Hang => (no_response(), Some("nothing was answered".to_owned())),
        Reaction::Reset => (no_response(), Some("the connection was reset".to_owned())),
    }
}
