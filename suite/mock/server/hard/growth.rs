//! Servers that take more time than they should, and no more than a few hundredths of a second: whoever does not
//! compare messages of the same length notices nothing. The unit is nanoseconds for the square.

use super::fault::Fault;
use super::mutant::{HardKind, HardMutant, hard};
use super::seen::Seen;
use crate::protocol::req;

fn count(seen: &Seen<'_>, what: &str) -> usize {
    seen.text.matches(what).count()
}

/// What there may be much of.
pub(super) static TABLE: &[HardMutant] = &[
    hard(
        "takes-square-time-of-attributes",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "=\"") + count(seen, "='"),
            300,
            "The time that a tag takes grows with the square of its attributes.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-depth",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "</"),
            300,
            "The time that a message takes grows with the square of its depth.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-declarations",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "xmlns"),
            400,
            "The time that names take grows with the square of the declarations in scope.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-comments",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "<!--"),
            400,
            "The time that text takes grows with the square of the comments in it.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-sections",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "<![CDATA["),
            400,
            "The time that text takes grows with the square of its CDATA sections.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-references",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| count(seen, "&"),
            40,
            "The time that text takes grows with the square of its references.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-header-entries",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| {
                seen.text
                    .split("Body")
                    .next()
                    .map_or(0, |head| head.matches("</").count() + head.matches("/>").count())
            },
            400,
            "The time that Header takes grows with the square of its entries.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-white-space",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| seen.text.bytes().filter(u8::is_ascii_whitespace).count() / 8,
            40,
            "The time that white space takes grows with the square of it.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-length-of-id",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| seen.written_id().len() / 8,
            40,
            "The time that a lookup takes grows with the square of the length of the id.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-fields",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| seen.request.headers.len(),
            4000,
            "The time that the head takes grows with the square of its fields.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
    hard(
        "takes-square-time-of-length-of-prefix",
        HardKind::Growth,
        &[],
        Fault::Slows(
            |seen| {
                seen.text
                    .split(":Envelope")
                    .next()
                    .map_or(0, |start| start.rsplit('<').next().map_or(0, str::len))
                    / 4
            },
            400,
            "The time that a tag takes grows with the square of the length of its prefix.",
        ),
        req::ALIVE_AFTERWARDS,
    ),
];
