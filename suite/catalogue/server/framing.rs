//! How the body of a request is framed: lengths, transfer codings, and the two together.

use super::{Case, Part};
use crate::message::{BesideChunks, ChunkForm, Edit, Framing};
use crate::protocol::{InputClass, Nuance, RequirementId, req};

pub(super) fn cases() -> Vec<Case> {
    let of_http =
        [chunked(), broken(), lengths(), open_lengths(), codings(), loose_codings(), both()].concat();
    of_http.into_iter().map(|case| case.part(Part::Http)).chain([unsaid()]).collect()
}

/// Nothing is broken about it as HTTP: what is due is due to an empty body.
fn unsaid() -> Case {
    Case::request(
        "http/length-unsaid",
        "A POST has no body and says no length, which is zero then (RFC 9112 6.3), and the connection stays open.",
        InputClass::NotWellFormed,
        &[req::UNAMBIGUOUS_FRAMING, req::WELL_FORMED],
        vec![Edit::NoBody, Edit::Framing(Framing::LengthUnsaid)],
    )
    .nuance(Nuance::MayRefuse)
    .on_the_wire()
}

/// A request whose framing is at fault in this way. Its body is fine, and so is its class: both
/// reading and refusing it stand in that row, and the nuance says what the fault asks for.
pub(super) fn faulty(
    id: String,
    about: &'static str,
    nuance: Nuance,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    Case::request(id, about, InputClass::EncodingsDisagree, requirements, edits).nuance(nuance).on_the_wire()
}

/// A request that a server may read or refuse; it must only come to an end.
pub(super) fn open(
    id: String,
    about: &'static str,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    Case::request(id, about, InputClass::EncodingsDisagree, requirements, edits).recorded().on_the_wire()
}

/// Legal framings of a valid request.
fn chunked() -> Vec<Case> {
    let chunked = |name: &str, about: &'static str, edits: Vec<Edit>| {
        Case::request(
            format!("http/chunked-{name}"),
            about,
            InputClass::Valid,
            &[req::CHUNKED_REQUEST, req::UNAMBIGUOUS_FRAMING],
            edits,
        )
    };
    let framed = |framing| vec![Edit::Framing(framing)];
    vec![
        chunked("whole", "The body comes in one chunk.", framed(Framing::Chunked(65_536))),
        chunked("by-seven-bytes", "The body comes in chunks of seven bytes.", framed(Framing::Chunked(7))),
        chunked("by-byte", "The body comes in chunks of one byte.", framed(Framing::Chunked(1))),
        chunked(
            "within-characters",
            "The chunks of one byte split characters of several bytes in a comment before the envelope.",
            vec![Edit::Prolog("<!-- \u{E9}\u{20AC}\u{1D11E} -->".into()), Edit::Framing(Framing::Chunked(1))],
        ),
        chunked(
            "in-capitals",
            "The transfer coding is written as Chunked: its case means nothing.",
            framed(Framing::Coded("Chunked", true)),
        )
        .on_the_wire(),
        chunked(
            "with-trailer-announced",
            "A Trailer field names the trailer field that follows the only chunk (RFC 9110 6.6.2).",
            vec![
                Edit::HttpHeaderAlso("trailer".into(), "x-trailer".into()),
                Edit::Framing(Framing::ChunkedAs(ChunkForm::PLAIN.last("0\r\nx-trailer:1\r\n\r\n"))),
            ],
        ),
    ]
}

/// Framings that announce another body than the one sent, or none that can be told.
fn broken() -> Vec<Case> {
    let refused = |name: &str, about: &'static str, framing: Framing| {
        faulty(
            format!("http/{name}"),
            about,
            Nuance::BrokenFraming,
            &[req::UNAMBIGUOUS_FRAMING, req::BROKEN_REQUEST_STATUS_4XX],
            vec![Edit::Framing(framing)],
        )
    };
    vec![
        Case::request(
            "http/length-too-short",
            "Content-Length ends the body twenty bytes early, which leaves XML without its end.",
            InputClass::NotWellFormed,
            &[req::UNAMBIGUOUS_FRAMING, req::WELL_FORMED],
            vec![Edit::Framing(Framing::LengthShort(20))],
        )
        .nuance(Nuance::MayRefuse)
        .on_the_wire(),
        refused(
            "length-too-long",
            "Content-Length promises twenty bytes more than the client sends before it stops.",
            Framing::LengthLong(20),
        ),
        refused(
            "length-beyond-word",
            "Content-Length does not fit into 64 bits.",
            Framing::length_text("99999999999999999999"),
        ),
        refused(
            "length-right-in-32-bits",
            "Content-Length is 2 to the power of 32 too large, so that 32 bits hold the right number.",
            Framing::length_text("{beyond32}"),
        ),
        refused(
            "length-right-in-64-bits",
            "Content-Length is 2 to the power of 64 too large, so that 64 bits hold the right number.",
            Framing::length_text("{beyond64}"),
        ),
        refused("last-chunk-missing", "The last chunk never comes.", Framing::ChunkedUnfinished),
    ]
}

/// Lengths that RFC 9112 6.3 calls invalid. Where a number can be made out, it is the right one, so
/// that a server that makes it out is seen to.
fn lengths() -> Vec<Case> {
    let invalid = |name: &str, about: &'static str, texts: &[&str]| {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        faulty(
            format!("http/length-{name}"),
            about,
            Nuance::BadRequest,
            &[req::INVALID_LENGTH, req::UNAMBIGUOUS_FRAMING],
            vec![Edit::Framing(Framing::LengthText(texts))],
        )
    };
    vec![
        invalid("negative", "Content-Length is -1.", &["-1"]),
        invalid("signed", "Content-Length has a plus sign before the right number.", &["+{length}"]),
        invalid("of-letters", "Content-Length is no number.", &["abc"]),
        invalid("empty", "Content-Length has no value.", &[""]),
        invalid("hexadecimal", "Content-Length is the right number in hexadecimal digits.", &["0x{hex}"]),
        invalid("with-letters", "Letters follow the right number in Content-Length.", &["{length}abc"]),
        invalid("with-fraction", "Content-Length is the right number with a fraction.", &["{length}.0"]),
        invalid("with-underscore", "An underscore parts the right number in Content-Length.", &["{parted}"]),
        invalid("with-blank", "A blank parts the right number in Content-Length.", &["{spaced}"]),
        invalid("with-parameter", "A parameter follows the right number in Content-Length.", &["{length};x"]),
        invalid("quoted", "The right number stands in quotes in Content-Length.", &["\"{length}\""]),
        invalid(
            "with-exponent",
            "An exponent of zero follows the right number in Content-Length.",
            &["{length}e0"],
        ),
        invalid(
            "in-full-width",
            "Content-Length is the right number in digits of full width, which are none of ASCII.",
            &["{wide}"],
        ),
        invalid(
            "with-null-and-letter",
            "A null and a letter follow the right number in Content-Length.",
            &["{length}\0x"],
        ),
        invalid(
            "after-vertical-tab",
            "A vertical tab, which is no white space of HTTP, stands before the right number in Content-Length.",
            &["\u{B}{length}"],
        ),
        invalid(
            "repeated",
            "Two Content-Length fields differ, of which the first is right.",
            &["{length}", "{half}"],
        ),
        invalid(
            "repeated-and-last-right",
            "Two Content-Length fields differ, of which the last is right.",
            &["{half}", "{length}"],
        ),
        invalid(
            "listed",
            "Content-Length lists two numbers that differ, of which the first is right.",
            &["{length}, {half}"],
        ),
        invalid(
            "listed-and-last-right",
            "Content-Length lists two numbers that differ, of which the last is right.",
            &["{half}, {length}"],
        ),
    ]
}

/// Lengths that a server may take or refuse, one that it must take, and none.
fn open_lengths() -> Vec<Case> {
    let text = |texts: &[&str]| {
        vec![Edit::Framing(Framing::LengthText(texts.iter().map(|text| (*text).to_owned()).collect()))]
    };
    vec![
        open(
            "http/length-repeated-alike".to_owned(),
            "Two Content-Length fields say the same.",
            &[req::INVALID_LENGTH],
            text(&["{length}", "{length}"]),
        ),
        open(
            "http/length-listed-alike".to_owned(),
            "Content-Length lists the right number twice.",
            &[req::INVALID_LENGTH],
            text(&["{length}, {length}"]),
        ),
        open(
            "http/length-listed-with-nothing".to_owned(),
            "An empty element follows the right number in Content-Length, which a reader of lists passes over (RFC \
             9110 5.6.1).",
            &[req::INVALID_LENGTH],
            text(&["{length},"]),
        ),
        Case::request(
            "http/length-with-leading-zeros",
            "Content-Length is the right number with zeros before it.",
            InputClass::Valid,
            &[req::UNAMBIGUOUS_FRAMING],
            text(&["000{length}"]),
        )
        .on_the_wire(),
    ]
}

/// Transfer codings that a server need not know, or that leave the length open. The body comes in a
/// chunk, so that a server that takes any coding for chunked is seen to.
fn codings() -> Vec<Case> {
    let unknown = |name: &str, about: &'static str, edits: Vec<Edit>| {
        faulty(
            format!("http/transfer-coding-{name}"),
            about,
            Nuance::UnknownCoding,
            &[req::FINAL_CODING, req::UNAMBIGUOUS_FRAMING],
            edits,
        )
    };
    let coded = |coding| vec![Edit::Framing(Framing::Coded(coding, false))];
    vec![
        unknown(
            "unknown",
            "A transfer coding that nobody knows stands beside Content-Length.",
            vec![
                Edit::HttpHeaderAlso("transfer-encoding".into(), "x-umspec".into()),
                Edit::Framing(Framing::Plain),
            ],
        ),
        unknown(
            "unknown-without-length",
            "A transfer coding that nobody knows is said of a body in a chunk.",
            coded("x-umspec"),
        ),
        unknown("after-chunked", "A transfer coding follows chunked.", coded("chunked, gzip")),
        // Its length is beyond doubt; what is read is not what was said (RFC 9112 6.1).
        faulty(
            "http/transfer-coding-before-chunked".to_owned(),
            "The body is said to be compressed before it was put in a chunk, and is not.",
            Nuance::LooseSyntax,
            &[req::UNAMBIGUOUS_FRAMING, req::FINAL_CODING],
            coded("gzip, chunked"),
        ),
        // A sender must not apply it twice (RFC 9112 6.1); its last one still tells where the body ends.
        faulty(
            "http/transfer-coding-chunked-twice".to_owned(),
            "The body is said to be in chunks within chunks, and is in one.",
            Nuance::LooseSyntax,
            &[req::UNAMBIGUOUS_FRAMING, req::FINAL_CODING],
            coded("chunked, chunked"),
        ),
        unknown(
            "after-chunked-in-two-fields",
            "A field says chunked, and another one, behind it, a transfer coding that nobody knows.",
            vec![
                Edit::HttpHeaderAlso("transfer-encoding".into(), "chunked".into()),
                Edit::Framing(Framing::Coded("x-umspec", false)),
            ],
        ),
        unknown(
            "identity-after-chunked",
            "Identity, which RFC 2616 knew, follows chunked, which is not the last one then.",
            coded("chunked, identity"),
        ),
        unknown(
            "quoted",
            "The transfer coding is chunked in quotes, which is no token.",
            coded("\"chunked\""),
        ),
        unknown("like-chunked", "The transfer coding is xchunked.", coded("xchunked")),
        unknown(
            "with-null",
            "A null parts the word chunked: to be refused, or read as a blank (RFC 9110 5.5).",
            coded("chun\0ked"),
        ),
        open(
            "http/transfer-coding-identity".to_owned(),
            "The transfer coding is identity, which RFC 2616 knew, beside Content-Length.",
            &[req::FINAL_CODING],
            vec![
                Edit::HttpHeaderAlso("transfer-encoding".into(), "identity".into()),
                Edit::Framing(Framing::Plain),
            ],
        ),
    ]
}

/// Transfer codings of which more is said than is true, or nothing, though the end of the body is beyond doubt.
fn loose_codings() -> Vec<Case> {
    let said = |coding: &str| Edit::HttpHeaderAlso("transfer-encoding".into(), coding.into());
    let loose = |name: &str, about: &'static str, edits: Vec<Edit>| {
        faulty(
            format!("http/transfer-coding-{name}"),
            about,
            Nuance::LooseSyntax,
            &[req::UNAMBIGUOUS_FRAMING, req::FINAL_CODING],
            edits,
        )
    };
    vec![
        loose(
            "before-chunked-in-two-fields",
            "A field says a transfer coding that nobody knows, and another one, behind it, chunked (RFC 9110 5.3).",
            vec![said("x-umspec"), Edit::Framing(Framing::Coded("chunked", false))],
        ),
        loose(
            "chunked-in-two-fields",
            "Two fields say that the body is in chunks, and it is in one.",
            vec![said("chunked"), Edit::Framing(Framing::Coded("chunked", false))],
        ),
        // Its presence should be treated as an error (RFC 9112 7.1).
        loose(
            "with-parameter",
            "Chunked has a parameter, of which it knows none (RFC 9112 7.1).",
            vec![Edit::Framing(Framing::Coded("chunked;q=0.5", false))],
        ),
        // No coding at all, by the grammar of lists, and not chunked at last, by RFC 9112 6.3.
        faulty(
            "http/transfer-coding-empty".to_owned(),
            "Transfer-Encoding has no value, and Content-Length stands beside it.",
            Nuance::LooseSyntax,
            &[req::FINAL_CODING, req::UNAMBIGUOUS_FRAMING],
            vec![said(""), Edit::Framing(Framing::Plain)],
        ),
    ]
}

/// Content-Length beside Transfer-Encoding: refused or read by the chunks, and nothing after it on the
/// connection (RFC 9112 6.1).
fn both() -> Vec<Case> {
    [
        (
            "length-and-chunked",
            "Content-Length is half of the body, and Transfer-Encoding is chunked.",
            BesideChunks::Half,
        ),
        (
            "length-after-chunked",
            "Transfer-Encoding is chunked, and a Content-Length of half of the body follows it.",
            BesideChunks::HalfAfter,
        ),
        (
            "length-of-body-and-chunked",
            "Content-Length is that of the body without chunks, and Transfer-Encoding is chunked.",
            BesideChunks::Body,
        ),
        (
            "length-of-chunks-and-chunked",
            "Content-Length counts the chunks as well, and Transfer-Encoding is chunked.",
            BesideChunks::Coded,
        ),
    ]
    .into_iter()
    .map(|(name, about, beside)| {
        open(
            format!("http/{name}"),
            about,
            &[req::LENGTH_BESIDE_CODING, req::UNAMBIGUOUS_FRAMING],
            vec![Edit::Framing(Framing::LengthAndChunked(beside)), Edit::Followed],
        )
    })
    // Its framing is faulty whatever stands beside the coding, and the connection ends (RFC 9112 6.1).
    .chain([open(
        "http/chunked-of-version-one-zero".to_owned(),
        "A request of HTTP/1.0, whose connection is to be kept, says Content-Length and Transfer-Encoding.",
        &[req::LENGTH_BESIDE_CODING, req::UNAMBIGUOUS_FRAMING],
        vec![
            Edit::HttpHeader("connection".to_owned(), Some("keep-alive".to_owned())),
            Edit::Framing(Framing::Http10Chunked),
            Edit::Followed,
        ],
    )])
    .collect()
}
