//! A case for parsers: the message, what sets it apart from the plain one, and what the parser made of it.

use super::difference::difference;
use super::view::View;
use crate::catalogue::{MessageCase, control_message};
use crate::evidence::{ControlMessage, ParserEvidence};
use crate::message::told;
use crate::record::Entry;
use crate::report::case_words::parser_said;
use crate::report::shown::shown_lines;

/// Tells of the message and of every try.
pub(super) fn tell(view: &mut View, entry: &Entry, case: Option<&MessageCase>, evidence: &ParserEvidence) {
    if let Some(case) = case {
        if entry.judgement.own().next().is_none() {
            view.expected_and_observed(&expected(case), &parser_said(&evidence.parsed));
        }
        view.legend();
        view.line("message", &format!("{}, {} bytes", case.kind.word(), case.bytes.len()));
        let lines = shown_lines(&case.bytes);
        view.block(&lines);
        let plain = control_message(case.kind, ControlMessage::Plain(0));
        view.against_plain(difference(&shown_lines(&plain), &lines).as_deref());
    }
    for (number, parsed) in evidence.tries().enumerate() {
        let label = if number == 0 { "printed".to_owned() } else { format!("try {}", number + 1) };
        view.line(&label, &parser_said(parsed));
    }
    if let Some(twin) = &evidence.twin {
        view.line("plain", &format!("the plain message after it: {}", parser_said(twin)));
    }
    if !evidence.times.is_empty() {
        let times: Vec<String> = evidence.times.iter().map(|time| format!("{time} ms")).collect();
        view.line("times", &format!("{}: the plain message, and each larger one", times.join(", ")));
    }
    if evidence.contacted {
        view.line("contacted", "an address that only the message names");
    }
}

/// What a parser must make of a message, in words.
fn expected(case: &MessageCase) -> String {
    match case.value.as_deref() {
        Some(value) => format!("accepted as {}", told(&format!("{value:?}"))),
        None => case.expect.word().replace("reject", "refused").replace("either", "accepted or refused"),
    }
}
