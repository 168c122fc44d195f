//! How the length of an answer is told: chunks, Content-Length, the end of the connection.

use super::answers::success;
use super::case::{ClientCase, ClientExpect, case};
use super::case::{
    ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused, ClientExpect::Wary,
};
use super::wire::{XML, chunked_head, chunks, head, raw, size};
use crate::evidence::{Reaction, Spoil};
use crate::protocol::{RequirementId, req};

/// Why a client takes an answer in chunks.
const WHY: &str =
    "chunks are read however their sizes are written, and extensions and trailers passed over (RFC 9112 7.1)";

pub(super) fn cases() -> Vec<ClientCase> {
    [in_chunks(), lengths(), others()].concat()
}

/// Chunks, for clients of HTTP/1.1 (RFC 9112 6.1).
fn in_chunks() -> Vec<ClientCase> {
    let body = success().body;
    let length = body.len();
    let half = &body[..length / 2];
    let plain = |count: usize| chunks(&body, count, size, "0\n\n");
    let written = |line: &dyn Fn(usize) -> String, end: &str| chunks(&body, 100, line, end);
    // Name, about, bytes.
    let lawful: Vec<(&str, &str, Vec<u8>)> = vec![
        ("chunked", "The answer comes in one chunk.", plain(length)),
        ("chunks-of-one-byte", "The answer comes in chunks of one byte.", plain(1)),
        ("chunk-extensions", "Chunks have extensions.", written(&|size| format!("{size:x};a=b"), "0\n\n")),
        (
            "chunk-extensions-quoted",
            "Chunks have extensions with a quoted value, and without a value.",
            written(&|size| format!("{size:x};a=\"b; \\\" c\";d"), "0;e\n\n"),
        ),
        (
            "chunk-sizes-in-capitals",
            "The sizes of chunks are written in capitals.",
            chunks(&body, 0xFB, |size| format!("{size:X}"), "0\n\n"),
        ),
        (
            "chunk-sizes-with-zeros",
            "The sizes of chunks begin with zeros.",
            written(&|size| format!("{size:08x}"), "000\n\n"),
        ),
        ("chunk-trailers", "A trailer follows the last chunk.", written(&size, "0\nx-a: b\n\n")),
        (
            "chunk-trailer-of-head",
            "A trailer field is Content-Type, with another value than in the head.",
            written(&size, "0\ncontent-type: text/html\n\n"),
        ),
        (
            "chunk-trailers-many",
            "Ten trailer fields follow the last chunk.",
            written(&size, &format!("0\n{}\n", "x-a: b\n".repeat(10))),
        ),
    ];
    let mut cases: Vec<ClientCase> = lawful
        .into_iter()
        .map(|(name, about, bytes)| {
            let id = format!("answer-line/{name}");
            case(id, about, req::CHUNKED_REQUEST, Disconnected, raw(&chunked_head(), &bytes)).why(WHY)
        })
        .collect();
    cases.extend([
        case(
            "answer-line/chunk-size-wrong",
            "The size of a chunk is no number.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            raw(&chunked_head(), &chunks(half, 100, |size| format!("{size:x}zz"), "0\n\n")),
        ),
        case(
            "answer-line/last-chunk-missing",
            "The connection closes after half the answer in whole chunks.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            raw(&chunked_head(), &chunks(half, 100, size, "")),
        ),
        case(
            "answer-line/end-of-chunks-missing",
            "The whole answer comes, but not the chunk that ends it.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&chunked_head(), &chunks(&body, 100, size, "")),
        ),
        case(
            "answer-line/length-and-chunks",
            "Content-Length and chunks are told both.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&chunked_head().replace("connection", "content-length: 9\nconnection"), &plain(length)),
        ),
        case(
            "answer-line/coding-unknown",
            "The transfer coding is one that nobody knows.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&chunked_head().replace("chunked", "x-unknown"), &body),
        ),
    ]);
    cases.into_iter().map(ClientCase::since_http_1_1).collect()
}

/// Content-Length, well and badly (RFC 9112 6.3).
fn lengths() -> Vec<ClientCase> {
    let body = success().body;
    let length = body.len();
    let told = |field: &str| {
        raw(
            &head(200, length)
                .replace(&format!("content-length: {length}\n"), &field.replace("{}", &length.to_string())),
            &body,
        )
    };
    let row =
        |name: &str, about: &'static str, requirement: RequirementId, expect: ClientExpect, field: &str| {
            case(format!("answer-line/{name}"), about, requirement, expect, told(field))
        };
    let differ = format!("content-length: {}\ncontent-length: {{}}\n", length + 9);
    let list = format!("content-length: {}, {{}}\n", length + 9);
    vec![
        row(
            "lengths-differ",
            "Content-Length stands twice, with two values.",
            req::INVALID_LENGTH,
            Wary,
            &differ,
        ),
        row(
            "length-of-two-values",
            "Content-Length lists two values that differ.",
            req::INVALID_LENGTH,
            Wary,
            &list,
        ),
        row(
            "length-negative",
            "Content-Length is negative.",
            req::INVALID_LENGTH,
            Wary,
            "content-length: -1\n",
        ),
        row(
            "length-signed",
            "Content-Length has a plus sign.",
            req::INVALID_LENGTH,
            Wary,
            "content-length: +{}\n",
        ),
        row(
            "length-of-letters",
            "Content-Length is no number.",
            req::INVALID_LENGTH,
            Wary,
            "content-length: abc\n",
        ),
        row("length-empty", "Content-Length is empty.", req::INVALID_LENGTH, Wary, "content-length:\n"),
        // RFC 9110 8.6 lets a recipient take these for one value, or refuse them.
        row(
            "lengths-alike",
            "Content-Length stands twice, with one value.",
            req::INVALID_LENGTH,
            Open,
            "content-length: {}\ncontent-length: {}\n",
        ),
        row(
            "length-of-one-value-twice",
            "Content-Length lists one value twice.",
            req::INVALID_LENGTH,
            Open,
            "content-length: {}, {}\n",
        ),
        row(
            "length-with-zeros",
            "Content-Length begins with zeros.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            "content-length: 000{}\n",
        ),
        case(
            "answer-line/length-short",
            "Content-Length is smaller than the answer, which loses its end.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            Reaction::Spoil(success(), Spoil::LengthShort),
        ),
        case(
            "answer-line/length-long",
            "The connection closes before as many bytes have come as were told.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            Reaction::Spoil(success(), Spoil::LengthLong),
        ),
    ]
}

fn others() -> Vec<ClientCase> {
    let body = success().body;
    vec![
        case(
            "answer-line/until-close",
            "No length is told: the answer ends with the connection.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&format!("HTTP/1.1 200 OK\n{XML}connection: close\n\n"), &body),
        ),
        case(
            "answer-line/cut-in-body-until-close",
            "No length is told, and half the answer comes.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw(&format!("HTTP/1.1 200 OK\n{XML}connection: close\n\n"), &body[..body.len() / 2]),
        ),
    ]
}
