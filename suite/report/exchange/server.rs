//! A case for servers: each request as it was sent and each answer as it came.

use super::difference::difference;
use super::view::View;
use crate::catalogue::{Case, Stimulus};
use crate::evidence::{
    Answer, Attempt, Bytes, CallIds, ControlEvidence, ControlRole, Exchange, Role, Sent, Step, observe,
};
use crate::judge::{CheckId, Verdict};
use crate::message::{Draft, HttpRequest, Ids, read_request, told};
use crate::protocol::expected_words;
use crate::record::{Entry, Record};
use crate::report::server_words::{answer_words, purpose};
use crate::report::shown::shown_lines;

/// Tells of every attempt; of the last one in full.
pub(super) fn tell(
    view: &mut View,
    record: &Record,
    entry: &Entry,
    case: Option<&Case>,
    attempts: &[Attempt],
) {
    let Some((last, before)) = attempts.split_last() else {
        view.sentence("Nothing was sent.");
        return;
    };
    let mutant = last.step(Role::Mutant);
    if let (Some(case), Some(mutant), None) = (case, mutant, entry.judgement.own().next()) {
        let expected = expected_words(case.class, case.nuance, record.grading.profile, false);
        let expected = if case.recorded { "any orderly answer (recorded only)".to_owned() } else { expected };
        view.expected_and_observed(&expected, &answer_words(&mutant.exchange.answer));
    }
    for (number, attempt) in before.iter().enumerate() {
        view.line("attempt", &format!("{} of {}, in short", number + 1, attempts.len()));
        let steps = attempt.steps.iter().map(outline);
        view.block(&steps.collect::<Vec<_>>());
    }
    let ids = match last.ids {
        CallIds::Fresh => "each request with a call of its own",
        CallIds::Given => "with a given call id",
        CallIds::Unissued => "with ids that were never issued",
    };
    view.line("attempt", &format!("{} of {}, {ids}", attempts.len(), attempts.len()));
    let steps = last.steps.iter().map(outline);
    view.block(&steps.collect::<Vec<_>>());
    view.legend();
    if let (Some(case), Some(mutant)) = (case, mutant) {
        single(view, record, case, last, mutant);
    } else {
        for step in last.steps.iter().filter(|step| matches!(step.role, Role::Mutant | Role::Turn)) {
            of_sequence(view, case, step);
        }
    }
    for step in last.steps.iter().filter(|step| tells(entry, step.role)) {
        view.line("also", purpose(step.role));
        self::step(view, &step.exchange);
    }
}

/// Whether something was found in what came of the requests with this role around the one of the case.
fn tells(entry: &Entry, role: Role) -> bool {
    let mut grave = entry.judgement.findings.iter().filter(|finding| finding.verdict >= Verdict::Warn);
    match role {
        Role::Contrast => grave.any(|finding| finding.check == CheckId::Outcome),
        Role::Twin | Role::Unissued => grave.any(|finding| finding.check == CheckId::Alive),
        _ => false,
    }
}

/// A step in a line.
fn outline(step: &Step) -> String {
    let Exchange { sent, answer, .. } = &step.exchange;
    let turn = step.turn.map_or_else(String::new, |turn| format!("step {}: ", turn + 1));
    format!("{turn}{}: {} was answered {}", purpose(step.role), told(&sent.method), answer_words(answer))
}

/// A case of one request: it, the answer, and what sets it apart from the plain request.
fn single(view: &mut View, record: &Record, case: &Case, attempt: &Attempt, step: &Step) {
    let sent = &step.exchange.sent;
    view.line("request", "as it was sent");
    request(view, sent);
    view.line("answer", "as it came");
    answer(view, &step.exchange);
    if let Some(edits) = case.edits().filter(|edits| !edits.is_empty()) {
        let edits: Vec<String> = edits.iter().map(|edit| told(&format!("{edit:?}"))).collect();
        view.line("edit", &edits.join("; "));
    }
    let plain = plain_lines(record, attempt, case, sent);
    view.against_plain(difference(&plain, &lines(sent)).as_deref());
    if let Some(twin) = attempt.step(Role::Twin).or_else(|| attempt.step(Role::Opening)) {
        view.line("plain", &format!("this was answered {}", answer_words(&twin.exchange.answer)));
        view.gap();
    }
}

/// A step of a sequence.
fn of_sequence(view: &mut View, case: Option<&Case>, step: &Step) {
    let turn = step.turn.and_then(|turn| match &case?.stimulus {
        Stimulus::Sequence(turns) => Some((turn, turns.get(turn)?)),
        Stimulus::Request(_) => None,
    });
    if let Some((number, turn)) = turn {
        let expected = turn.expect.words();
        view.line(&format!("step {}", number + 1), &turn.act.words());
        view.line("expected", expected.as_deref().unwrap_or("nothing in particular"));
        view.line("observed", &told(&answer_words(&step.exchange.answer)));
    }
    self::step(view, &step.exchange);
}

/// An exchange in full.
pub(super) fn step(view: &mut View, exchange: &Exchange) {
    view.line("request", "as it was sent");
    request(view, &exchange.sent);
    view.line("answer", "as it came");
    answer(view, exchange);
}

fn request(view: &mut View, sent: &Sent) {
    view.block(&lines(sent));
}

/// A request in lines: what was written, where that is known byte by byte, else its parts.
fn lines(sent: &Sent) -> Vec<String> {
    if let Some(wire) = &sent.wire {
        return shown_lines(&wire.0);
    }
    let mut lines = vec![told(&format!("{} {}", sent.method, sent.target))];
    lines.extend(sent.headers.iter().map(|(name, value)| told(&format!("{name}: {value}"))));
    if !sent.body.0.is_empty() {
        lines.push(String::new());
        lines.extend(shown_lines(&sent.body.0));
    }
    lines
}

fn answer(view: &mut View, exchange: &Exchange) {
    for earlier in &exchange.put_off {
        view.line("put off", &told(&answer_words(earlier)));
    }
    match &exchange.answer {
        Answer::Silence(silence) => {
            view.block(&[silence.to_string()]);
            if let Some(head) = &exchange.line.head {
                view.line("it began", "byte by byte, as no answer could be read");
                view.block(&shown_lines(&head.0));
            }
        }
        Answer::Http(http) => {
            view.message(&format!("HTTP/{} {}", http.version, http.status), &http.headers, &http.body.0);
            if let Some(head) = &exchange.line.head {
                view.line("head", "byte by byte, as something is wrong with its lines");
                view.block(&shown_lines(&head.0));
            }
            if !http.complete {
                view.line("body", "it broke off");
            }
            if http.trailing > 0 {
                view.line("after it", &format!("{} more bytes on the connection", http.trailing));
            }
            if exchange.line.surplus > 0 {
                view.line("body", &format!("{} bytes where there is none", exchange.line.surplus));
            }
            if exchange.line.open {
                view.line("after it", "the connection stayed open");
            }
            if let Some(status) = exchange.line.second {
                view.line("after it", &format!("{status}, to what followed on the connection"));
            }
        }
    }
}

/// The lines of the plain request for the call of a request, as it would have gone to the same server.
fn plain_lines(record: &Record, attempt: &Attempt, case: &Case, sent: &Sent) -> Vec<String> {
    let like =
        attempt.step(Role::Opening).or_else(|| attempt.step(Role::Twin)).map(|step| &step.exchange.sent);
    let like = like.or_else(|| plain_in_control(record));
    let ids = Ids { this: id_in(record, attempt, case, sent), ..Ids::default() };
    let request = Draft::disconnect(&[]).write(&ids);
    let Sent { target, headers, .. } = like.unwrap_or(sent);
    if sent.wire.is_some() {
        return wire_lines(&request, target, headers);
    }
    lines(&Sent {
        method: request.method.clone(),
        target: target.clone(),
        headers: like.map_or_else(|| request.headers.clone(), |like| like.headers.clone()),
        body: Bytes(request.body),
        wire: None,
    })
}

/// A request byte by byte, with the fields that a run sends of its own.
fn wire_lines(request: &HttpRequest, target: &str, headers: &[(String, String)]) -> Vec<String> {
    let is_host = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("host");
    let host = headers.iter().find(is_host).map_or("", |(_, value)| value);
    let is_framing = |name: &str| name.eq_ignore_ascii_case("content-length");
    let is_own = |field: &&(String, String)| {
        request.header(&field.0).is_none() && !is_host(field) && !is_framing(&field.0)
    };
    let own: Vec<_> = headers.iter().filter(is_own).cloned().collect();
    shown_lines(&request.wire(host, target, &own).bytes)
}

fn plain_in_control(record: &Record) -> Option<&Sent> {
    let ControlEvidence::Server(control) = &record.control.evidence else { return None };
    let step = control.step(ControlRole::Plain).or_else(|| control.step(ControlRole::Unissued));
    step.map(|exchange| &exchange.sent)
}

/// The call id that a request was written for: the one that gives its bytes.
fn id_in(record: &Record, attempt: &Attempt, case: &Case, sent: &Sent) -> String {
    let control = match &record.control.evidence {
        ControlEvidence::Server(control) => &control.steps[..],
        ControlEvidence::Client(_) | ControlEvidence::Parser(_) => &[],
    };
    let steps = attempt.steps.iter().map(|step| &step.exchange);
    let exchanges: Vec<&Exchange> = steps.chain(control.iter().map(|step| &step.exchange)).collect();
    let issued = exchanges.iter().filter_map(|exchange| issued_by(&exchange.answer));
    let asked = exchanges.iter().filter_map(|exchange| asked_for(&exchange.sent));
    let ids: Vec<String> = asked_for(sent).into_iter().chain(issued).chain(asked).collect();
    let gives = |id: &&String| {
        let ids = Ids { this: (*id).clone(), ..Ids::default() };
        case.draft().is_some_and(|draft| draft.body(&ids) == sent.body.0)
    };
    ids.iter().find(gives).or(ids.first()).cloned().unwrap_or_else(|| Ids::default().this)
}

fn issued_by(answer: &Answer) -> Option<String> {
    observe(answer).message?.issued.map(|issued| issued.id)
}

fn asked_for(sent: &Sent) -> Option<String> {
    read_request(&sent.body.0, None).ok()?.call_id().map(str::to_owned)
}
