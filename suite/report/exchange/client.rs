//! A case for clients: what it was answered, what came of it beside a right request, and how it ended.

use super::view::View;
use crate::catalogue::{ClientCase, Play};
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::message::xml::is_xml_char;
use crate::message::{Draft, Ids, told};
use crate::record::Entry;
use crate::report::case_words::{client_must, reaction_lines};

/// Tells of every try; of the last one in full.
pub(super) fn tell(view: &mut View, entry: &Entry, case: Option<&ClientCase>, evidence: &ClientEvidence) {
    if let Some(case) = case {
        if entry.judgement.own().next().is_none() {
            view.expected_and_observed(&expected(case), end_words(evidence.end.as_ref()));
        }
        view.line("call id", &told(&format!("{:?}", case.call_id)));
    }
    for (number, earlier) in evidence.earlier.iter().enumerate() {
        let requests = earlier.requests.len();
        let end = end_words(earlier.end.as_ref());
        view.line(&format!("try {}", number + 1), &format!("{requests} requests came; {}", told(end)));
    }
    view.legend();
    if evidence.requests.is_empty() {
        view.sentence("No request came.");
        view.gap();
    }
    for (number, request) in evidence.requests.iter().enumerate() {
        let host = if request.at_other_host { ", at the other host" } else { "" };
        view.line("request", &format!("{} of {}, as it came{host}", number + 1, evidence.requests.len()));
        let start = format!("{} {} HTTP/{}", request.method, request.target, request.version);
        view.message(&told(&start), &request.headers, &request.body.0);
        for flaw in &request.flaws {
            view.line("not HTTP", &told(&flaw.words()));
        }
        match (request.turn, case) {
            (Some(turn), Some(case)) => answered(view, case, turn),
            (None, Some(case)) if matches!(case.play, Play::Answers(_)) => {
                view.line("answer", "405, as the case answers POST only");
            }
            _ => {}
        }
    }
    if let Some(answer) = entry.fuzzed.as_ref().and_then(|fuzzed| fuzzed.answer.as_ref()) {
        view.line("answer", "as it was served");
        let fields = [("content-type".to_owned(), answer.content_type.clone())];
        view.message(&format!("HTTP/1.1 {}", answer.status), &fields, &answer.body.0);
    }
    if let Some(case) = case.filter(|case| asks_for_disconnect(case)) {
        view.line("right", "a request for this call as the documents have it");
        let ids = Ids { this: case.call_id.to_string(), ..Ids::default() };
        let right = Draft::disconnect(&[]).write(&ids);
        view.message("POST /case HTTP/1.1", &right.headers, &right.body);
    }
    if evidence.contacted {
        view.line("contacted", "an address that only the answer names");
    }
    view.line("ended", &ended(evidence.end.as_ref()));
}

/// What an answer was, in the order of the catalogue.
fn answered(view: &mut View, case: &ClientCase, turn: usize) {
    if let Play::Answers(turns) = &case.play
        && let Some(turn) = turns.get(turn)
    {
        view.line("answer", "as it was served");
        view.block(&reaction_lines(&turn.reaction));
    }
}

fn asks_for_disconnect(case: &ClientCase) -> bool {
    !case.is_life() && case.call_id.chars().all(is_xml_char)
}

/// What the client must come to.
fn expected(case: &ClientCase) -> String {
    match &case.play {
        Play::Answers(turns) => turns.last().map_or("", |turn| client_must(turn.expect)).to_owned(),
        Play::Illegal => "exit 1, and no request".to_owned(),
        Play::Life(life) => client_must(life.expect).to_owned(),
        Play::Twice => "exit 0 twice, with the same bytes sent".to_owned(),
    }
}

/// How a client ended, in a word.
fn end_words(end: Option<&ClientEnd>) -> &'static str {
    match end {
        None => "how it ended is not seen",
        Some(ClientEnd::Crashed(_)) => "it broke off",
        Some(ClientEnd::Disconnected) => "it reports success",
        Some(ClientEnd::Hung) => "still running when its time was up",
        Some(ClientEnd::Refused) => "it reports a failure",
        Some(ClientEnd::Threw(_)) => "it reports a failure, or broke off",
    }
}

fn ended(end: Option<&ClientEnd>) -> String {
    let words = end_words(end);
    match end {
        Some(ClientEnd::Crashed(why)) => format!("{words}: {}", told(why)),
        Some(ClientEnd::Threw(uncaught)) => format!("{words}: {}", told(&uncaught.to_string())),
        _ => words.to_owned(),
    }
}
