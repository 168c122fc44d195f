//! Readers that take a time which grows with the square of a part of the message. A server and a parser can
//! both be one, so each of these is a mutant of either.

use super::killed_by::{KilledBy, by};
use crate::protocol::req;

/// A reader that goes over a part of a message again for each of its characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slowness {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// The case that shows it in a parser.
    pub(super) killed_by: KilledBy,
    /// The case that shows it in a server.
    pub(super) killed_in_requests: KilledBy,
    /// The size of that part in the text of a message, in characters.
    pub(super) part: fn(&str) -> usize,
}

const fn slow(
    name: &'static str,
    about: &'static str,
    [in_parsers, in_servers]: [&'static str; 2],
    part: fn(&str) -> usize,
) -> Slowness {
    Slowness {
        name,
        about,
        killed_by: by(in_parsers, req::NAMES_BOUNDED),
        killed_in_requests: by(in_servers, req::NAMES_BOUNDED),
        part,
    }
}

/// The longest piece that follows one mark and ends before another.
fn longest(text: &str, open: &str, close: &str) -> usize {
    let pieces = text.split(open).skip(1);
    pieces.map(|piece| piece.split(close).next().unwrap_or_default().len()).max().unwrap_or_default()
}

/// The start tag of the header entry.
fn tag(text: &str) -> &str {
    let tag = text.split_once("<x:a").map_or("", |(_, rest)| rest);
    tag.split('>').next().unwrap_or_default()
}

/// The most blanks in a row.
fn blanks(text: &str) -> usize {
    text.split(|c| c != ' ').map(str::len).max().unwrap_or_default()
}

pub(super) const SLOWNESSES: [Slowness; 11] = [
    slow(
        "copies-digits",
        "Copies the digits of a reference for each of them.",
        ["growth/reference-zeros", "growth/request-reference-zeros"],
        |text| longest(text, "&#", ";"),
    ),
    slow(
        "replaces-references",
        "Copies a text for each reference in it.",
        ["growth/references", "growth/request-references"],
        |text| text.matches("&amp;").count() * 5,
    ),
    slow(
        "looks-for-ends-of-instructions",
        "Looks for the end of an instruction from its start again at each bracket in it.",
        ["growth/instruction-brackets", "growth/request-instruction-brackets"],
        |text| longest(text, "<?a", "?"),
    ),
    slow(
        "looks-for-ends-of-comments",
        "Looks back in a comment at each hyphen.",
        ["growth/comment-hyphens", "growth/request-comment-hyphens"],
        |text| longest(text, "<!-- -", "-->"),
    ),
    slow(
        "looks-for-ends-of-sections",
        "Looks back in a CDATA section at each bracket.",
        ["growth/section-brackets", "growth/request-section-brackets"],
        |text| longest(text, "<![CDATA[]", ">"),
    ),
    slow(
        "joins-pieces",
        "Copies a text for each piece of it.",
        ["growth/pieces", "growth/request-pieces"],
        |text| text.matches("<!---->").count() * 8,
    ),
    slow(
        "looks-back-over-blanks",
        "Looks at blanks in a tag again for each of them.",
        ["growth/blanks-in-tag", "growth/request-blanks-in-tag"],
        |text| blanks(tag(text)),
    ),
    slow(
        "looks-for-the-last-blank",
        "Looks for the end of a text again from each blank in it.",
        ["growth/blanks-in-text", "growth/request-blanks-in-text"],
        |text| longest(text, "<x:a xmlns:x=\"urn:umspec:x\"> ", "a"),
    ),
    slow(
        "compares-attributes",
        "Compares each attribute of an element with each other one.",
        ["growth/attributes", "growth/request-attributes"],
        |text| tag(text).matches("=''").count() * 11,
    ),
    slow(
        "compares-declarations",
        "Compares each declaration of an element with each other one.",
        ["growth/declarations", "growth/request-declarations"],
        |text| tag(text).matches(" xmlns:p").count() * 20,
    ),
    slow(
        "counts-elements",
        "Counts the elements before each element.",
        ["growth/elements", "growth/request-elements"],
        |text| text.matches("<x:b/>").count() * 6,
    ),
];
