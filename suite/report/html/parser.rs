//! What is shown of a case for parsers: the message, the plain one beside it, and what was said of it.

use super::difference::between;
use super::packed::Texts;
use super::shown::{Block, Side};
use crate::catalogue::{MessageCase, control_message};
use crate::evidence::{ControlMessage, Parsed, ParserControlStep, ParserEvidence};
use crate::message::MessageKind;
use crate::report::case_words::parser_said;

/// Of what a parser made of the message of a case.
pub(super) fn blocks(case: Option<&MessageCase>, evidence: &ParserEvidence, texts: &mut Texts) -> Vec<Block> {
    let mut block = Block { title: "The message of this case".to_owned(), ..Block::default() };
    if let Some(case) = case {
        block.sides.extend(messages(case, texts));
    }
    let again = evidence.tries().count() > 1;
    for (number, parsed) in evidence.tries().enumerate() {
        let of = if again { format!(" in try {}", number + 1) } else { String::new() };
        block.sides.push(said(&format!("Received{of}: what the parser said"), parsed, texts));
    }
    if let Some(twin) = &evidence.twin {
        block.sides.push(said("Received for the plain message afterwards", twin, texts));
    }
    if evidence.contacted {
        block.notes.push("The address that the message names was contacted.".to_owned());
    }
    if !evidence.times.is_empty() {
        let times: Vec<String> = evidence.times.iter().map(ToString::to_string).collect();
        block.notes.push(format!(
            "Milliseconds for the plain message, and for one of a size, twice and four times as large: {}.",
            times.join(", ")
        ));
    }
    vec![block]
}

/// Of what a parser made of messages before the cases.
pub(super) fn control_blocks(steps: &[ParserControlStep], texts: &mut Texts) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let bytes = control_message(step.kind, step.message);
        let title = format!(
            "{}. {} {}: {}",
            number + 1,
            step.message.words(),
            step.kind.word(),
            parser_said(&step.parsed)
        );
        let message = Side { label: "Message".to_owned(), body: Some(texts.add(&bytes)), ..Side::default() };
        let sides = vec![message, said("Received: what the parser said", &step.parsed, texts)];
        blocks.push(Block { title, notes: Vec::new(), sides });
    }
    blocks
}

/// The message of a case beside the plain one of its kind.
fn messages(case: &MessageCase, texts: &mut Texts) -> [Side; 2] {
    // Faults are read against the plain fault, which is the second of the answers.
    let is_fault = case.kind == MessageKind::Reply && memchr::memmem::find(&case.bytes, b"Fault").is_some();
    let plain = control_message(case.kind, ControlMessage::Plain(usize::from(is_fault)));
    let side = |label: &str, bytes: &[u8], texts: &mut Texts| Side {
        label: label.to_owned(),
        body: Some(texts.add(bytes)),
        ..Side::default()
    };
    let mut there = side("Plain message", &plain, texts);
    let mut here = side("Message of this case", &case.bytes, texts);
    if let Some((plain, edited)) = between(&plain, &case.bytes) {
        there.body_marks = Some((plain.start, plain.end)).filter(|(a, b)| a < b).into_iter().collect();
        here.body_marks = vec![(edited.start, edited.end)];
    }
    [there, here]
}

fn said(label: &str, parsed: &Parsed, texts: &mut Texts) -> Side {
    let text = match parsed {
        Parsed::Accepted(text) | Parsed::Crashed(text) | Parsed::Refused(text) => text,
        Parsed::Silent => "",
        Parsed::Threw(uncaught) => &uncaught.line,
    };
    let short = match parsed {
        Parsed::Accepted(_) => "accepted".to_owned(),
        Parsed::Crashed(_) => "broke off".to_owned(),
        Parsed::Refused(_) => "refused".to_owned(),
        Parsed::Silent | Parsed::Threw(_) => parser_said(parsed),
    };
    Side { label: label.to_owned(), words: short, body: Some(texts.add(text.as_bytes())), ..Side::default() }
}
