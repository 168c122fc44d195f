//! Servers whose answers are wrong as HTTP: status lines, fields, lengths, chunks, interim answers.

use super::bug::{Bug, Mutant, mutant};
use crate::evidence::{Reaction, Response};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Quirk;
use crate::mock::server::answer::AnswerKind;
use crate::protocol::req;

const fn line(name: &'static str, about: &'static str, killed_by: KilledBy, quirk: Quirk) -> Mutant {
    mutant(name, about, killed_by, Bug::Line(quirk))
}

pub(super) static MUTANTS: &[Mutant] = &[
    line(
        "writes-two-blanks-before-status",
        "Two blanks stand before the status of a fault.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::StatusTwoBlanks,
    ),
    line(
        "says-version-one-ten",
        "The version of a fault is HTTP/1.10.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::StatusVersion,
    ),
    line(
        "writes-nulls-into-fields",
        "A field of an answer holds a null.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::NullInField,
    ),
    line(
        "writes-colours-into-fields",
        "A field of an answer holds an escape sequence of terminals.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::ColoursField,
    ),
    line(
        "writes-parentheses-into-names-of-fields",
        "The name of a field of an answer has parentheses.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::ParenthesesInName,
    ),
    line(
        "writes-date-as-people-do",
        "Date of an answer is written as people write it.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::LocalDate,
    ),
    line(
        "pads-sizes-of-chunks",
        "Blanks stand behind the sizes of the chunks of an answer.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::PadsSizes,
    ),
    line(
        "writes-trailer-that-is-no-field",
        "What follows the last chunk of an answer is no field.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::TrailerNoField,
    ),
    line(
        "lists-length-of-answers",
        "Content-Length of an answer is a list of the same number twice.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::ListsLength,
    ),
    line(
        "says-length-in-hexadecimal-digits",
        "Content-Length of a fault is written in hexadecimal digits.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::HexadecimalLength,
    ),
    line(
        "says-no-length-and-stays",
        "Where a method is refused, nothing tells the end of the body, and the connection stays open.",
        by("connection/after-method", req::UNAMBIGUOUS_FRAMING),
        Quirk::NoLengthStays,
    ),
    line(
        "says-chunked-twice",
        "Two fields of an answer say that it is in chunks.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkedTwiceSaid,
    ),
    line(
        "ends-lines-of-chunks-by-lf",
        "The lines in the chunks of a fault end with a bare LF.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkLinesByLf,
    ),
    line(
        "writes-sizes-of-chunks-in-decimal-digits",
        "The sizes of the chunks of a fault are decimal.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkSizesDecimal,
    ),
    line(
        "ends-chunks-without-empty-line",
        "Where a method is refused, the empty line behind the last chunk is missing.",
        by("connection/after-method", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkEndMissing,
    ),
    line(
        "says-charset-as-content-coding",
        "Content-Encoding of an answer is utf-8.",
        by("http/chunked-whole", req::UTF8_OR_UTF16),
        Quirk::CodesAnswers,
    ),
    mutant(
        "says-two-charsets",
        "Content-Type of a success has two charsets that differ.",
        by("xml/minimal", req::CHARSET_NAMES_ENCODING),
        Bug::Answers(|kind, response| typed(kind, response, "text/xml; charset=utf-8; charset=iso-8859-1")),
    ),
    mutant(
        "says-charset-between-blanks",
        "Blanks stand around the equals sign of the charset of a success.",
        by("xml/minimal", req::CHARSET_NAMES_ENCODING),
        Bug::Answers(|kind, response| typed(kind, response, "text/xml; charset = utf-8")),
    ),
    mutant(
        "says-charset-without-value",
        "Content-Type of a success has the name of its charset parameter alone.",
        by("xml/minimal", req::CHARSET_STATED),
        Bug::Answers(|kind, response| typed(kind, response, "text/xml; charset")),
    ),
    line(
        "continues-with-a-body",
        "100 Continue has a length and a body.",
        by("http/expect-continue-held", req::UNAMBIGUOUS_FRAMING),
        Quirk::ContinuesWithBody,
    ),
    line(
        "continues-old-version",
        "100 Continue is sent to HTTP/1.0 as well.",
        by("http/expect-continue-of-version-one-zero", req::UNAMBIGUOUS_FRAMING),
        Quirk::ContinuesOld,
    ),
    line(
        "sends-hints-to-old-version",
        "103 Early Hints is sent to HTTP/1.0 as well.",
        by("http/version-one-zero", req::UNAMBIGUOUS_FRAMING),
        Quirk::HintsToOld,
    ),
    line(
        "says-close-and-stays",
        "Every answer says that the connection is closed, and it stays open.",
        by("connection/one-answer", req::SHARED_CONNECTION),
        Quirk::KeepsClosing,
    ),
];

/// A success of this Content-Type.
fn typed(kind: AnswerKind, mut response: Response, content_type: &str) -> Reaction {
    if kind == AnswerKind::Success {
        for (name, value) in &mut response.headers {
            if *name == "content-type" {
                content_type.clone_into(value);
            }
        }
    }
    response.into()
}
