//! Parsers whose time grows with the square of a part of the message.

use super::mutant::{Flaw, ParserMutant};
use super::view::MessageView;
use crate::mock::killed_by::by;
use crate::protocol::req;

/// One that goes over a part again for each of its characters.
const fn slow(
    name: &'static str,
    about: &'static str,
    case: &'static str,
    part: fn(&MessageView<'_>) -> usize,
) -> ParserMutant {
    ParserMutant { name, about, killed_by: by(case, req::NAMES_BOUNDED), flaw: Flaw::Slow(part) }
}

/// The size of the start tag of the header entry.
fn tag<'a>(message: &'a MessageView<'_>) -> &'a str {
    let tag = message.text.split_once("<x:a").map_or("", |(_, rest)| rest);
    tag.split('>').next().unwrap_or_default()
}

/// The most blanks in a row.
fn blanks(text: &str) -> usize {
    text.split(|c| c != ' ').map(str::len).max().unwrap_or_default()
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    slow(
        "copies-digits",
        "Copies the digits of a reference for each of them.",
        "growth/reference-zeros",
        |message| message.longest("&#", ";"),
    ),
    slow("replaces-references", "Copies a text for each reference in it.", "growth/references", |message| {
        message.text.matches("&amp;").count() * 5
    }),
    slow(
        "looks-for-ends-of-instructions",
        "Looks for the end of an instruction from its start again at each bracket in it.",
        "growth/instruction-brackets",
        |message| message.longest("<?a", "?"),
    ),
    slow(
        "looks-for-ends-of-comments",
        "Looks back in a comment at each hyphen.",
        "growth/comment-hyphens",
        |message| message.longest("<!-- -", "-->"),
    ),
    slow(
        "looks-for-ends-of-sections",
        "Looks back in a CDATA section at each bracket.",
        "growth/section-brackets",
        |message| message.longest("<![CDATA[]", ">"),
    ),
    slow("joins-pieces", "Copies a text for each piece of it.", "growth/pieces", |message| {
        message.text.matches("<!---->").count() * 8
    }),
    slow(
        "looks-back-over-blanks",
        "Looks at blanks in a tag again for each of them.",
        "growth/blanks-in-tag",
        |message| blanks(tag(message)),
    ),
    slow(
        "looks-for-the-last-blank",
        "Looks for the end of a text again from each blank in it.",
        "growth/blanks-in-text",
        |message| message.longest("<x:a xmlns:x=\"urn:umspec:x\"> ", "a"),
    ),
    slow(
        "compares-attributes",
        "Compares each attribute of an element with each other one.",
        "growth/attributes",
        |message| tag(message).matches("=''").count() * 11,
    ),
    slow(
        "compares-declarations",
        "Compares each declaration of an element with each other one.",
        "growth/declarations",
        |message| tag(message).matches(" xmlns:p").count() * 20,
    ),
    slow("counts-elements", "Counts the elements before each element.", "growth/elements", |message| {
        message.text.matches("<x:b/>").count() * 6
    }),
];
