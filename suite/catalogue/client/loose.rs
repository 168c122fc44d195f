//! Answers whose length, chunks or first line are not as HTTP has them, with a whole success in them that a loose
//! reader makes out: by what its language has for numbers, in a word too short for the number, or by passing over
//! what is wrong.

use super::answers::success;
use super::case::{ClientCase, ClientExpect, case};
use super::case::{
    ClientExpect::Disconnected, ClientExpect::Doubtful, ClientExpect::Refused, ClientExpect::Unusual,
    ClientExpect::Wary,
};
use super::wire::{XML, chunked_head, chunks, head, raw, size};
use crate::evidence::Reaction;
use crate::protocol::req;

/// What ends the data of a chunk and all chunks.
const END: &str = "\r\n0\r\n\r\n";

/// What comes behind the envelope where the answer is told to be far longer.
const MORE: &[u8] = b"<more/>";

/// Why a client takes a size with much beside its digits.
const WHY: &str =
    "the size of a chunk has any number of digits, and its extensions are passed over (RFC 9112 7.1)";

pub(super) fn cases() -> Vec<ClientCase> {
    let in_chunks = [sizes(), lines(), codings()].concat();
    let mut cases: Vec<ClientCase> = in_chunks.into_iter().map(ClientCase::since_http_1_1).collect();
    cases.extend([lengths(), beyond_words(), first_lines()].concat());
    cases
}

/// A success in one chunk with this size line, and what follows the data.
fn one_chunk(line: &str, behind: &str) -> Reaction {
    let body = success().body;
    raw(&chunked_head(), &[line.as_bytes(), b"\r\n", &body, behind.as_bytes()].concat())
}

/// A chunk that holds the whole success, with a size that is none, or tells more than comes (RFC 9112 7.1).
fn sizes() -> Vec<ClientCase> {
    let length = success().body.len();
    let digits = size(length);
    let (first, rest) = digits.split_at(1);
    let wide = u128::try_from(length).unwrap_or_default();
    let rows: [(&str, &str, ClientExpect, String); 8] = [
        (
            "chunk-size-with-letters-behind",
            "Letters follow the size of a chunk.",
            Doubtful,
            format!("{digits}zz"),
        ),
        ("chunk-size-with-0x", "The size of a chunk begins with 0x.", Doubtful, format!("0x{digits}")),
        ("chunk-size-with-plus", "The size of a chunk has a plus sign.", Doubtful, format!("+{digits}")),
        (
            "chunk-size-with-underscore",
            "An underscore stands between the digits of the size of a chunk.",
            Doubtful,
            format!("{first}_{rest}"),
        ),
        (
            "chunk-size-after-blank",
            "A blank stands before the size of a chunk.",
            Doubtful,
            format!(" {digits}"),
        ),
        (
            "chunk-size-in-decimal",
            "The size of a chunk is right in decimal digits, so that it tells more than comes.",
            Refused,
            length.to_string(),
        ),
        (
            "chunk-size-beyond-32-bits",
            "The size of a chunk is two to the power of 32 more than comes of it.",
            Refused,
            format!("{:x}", wide + (1 << 32)),
        ),
        (
            "chunk-size-beyond-64-bits",
            "The size of a chunk is two to the power of 64 more than comes of it.",
            Refused,
            format!("{:x}", wide + (1 << 64)),
        ),
    ];
    rows.into_iter()
        .map(|(name, about, expect, line)| {
            let id = format!("answer-line/{name}");
            case(id, about, req::UNAMBIGUOUS_FRAMING, expect, one_chunk(&line, END))
        })
        .collect()
}

/// A chunk that holds the whole success, after which something else comes than should, or whose line is long
/// (RFC 9112 7.1, 7.1.1).
fn lines() -> Vec<ClientCase> {
    let length = success().body.len();
    let digits = size(length);
    let wrong = [
        ("chunk-size-minus-one-at-end", "The size -1 stands in place of the last chunk.", "\r\n-1\r\n\r\n"),
        ("chunk-size-empty-at-end", "An empty line stands in place of the last chunk.", "\r\n\r\n\r\n"),
        ("bytes-behind-chunk", "Two bytes stand in place of the line end behind a chunk.", "XX0\r\n\r\n"),
        (
            "word-behind-chunk",
            "A word stands between a chunk and the line end behind it.",
            "junk\r\n0\r\n\r\n",
        ),
    ]
    .map(|(name, about, behind)| {
        let id = format!("answer-line/{name}");
        case(id, about, req::UNAMBIGUOUS_FRAMING, Doubtful, one_chunk(&digits, behind))
    });
    let lawful = [
        (
            "chunk-extension-long",
            "The extension of a chunk is a hundred characters long.",
            Disconnected,
            format!("{digits};a={}", "b".repeat(98)),
        ),
        (
            "chunk-size-of-twelve-digits",
            "The size of a chunk begins with zeros, and has twelve digits.",
            Disconnected,
            format!("{length:012x}"),
        ),
        (
            "chunk-extension-after-blank",
            "A blank stands before the extension of a chunk, which RFC 9112 7.1.1 has a reader pass over.",
            Unusual,
            format!("{digits} ;a=b"),
        ),
    ]
    .map(|(name, about, expect, line)| {
        let id = format!("answer-line/{name}");
        case(id, about, req::CHUNKED_REQUEST, expect, one_chunk(&line, END)).why(WHY)
    });
    wrong.into_iter().chain(lawful).collect()
}

/// Transfer codings by which a success is none: chunks that are named otherwise, and a name for what are none
/// (RFC 9112 6.3).
fn codings() -> Vec<ClientCase> {
    let body = success().body;
    let length = body.len();
    let plain = chunks(&body, length, size, "0\n\n");
    let named = |name: &str| raw(&chunked_head().replace("chunked", name), &plain);
    let told = chunked_head().replace("connection", &format!("content-length: {length}\nconnection"));
    [
        (
            "length-beside-no-chunks",
            "Chunks are told beside the right Content-Length, and what comes is no chunks.",
            raw(&told, &body),
        ),
        (
            "coding-that-ends-in-chunked",
            "The transfer coding of an answer in chunks is xchunked, which nobody knows.",
            named("xchunked"),
        ),
        (
            "coding-that-begins-with-chunked",
            "The transfer coding of an answer in chunks is chunkedx, which nobody knows.",
            named("chunkedx"),
        ),
    ]
    .into_iter()
    .map(|(name, about, answer)| {
        case(format!("answer-line/{name}"), about, req::UNAMBIGUOUS_FRAMING, Wary, answer)
    })
    .collect()
}

/// A head with this for Content-Length.
fn with_length(length: &str) -> String {
    format!("HTTP/1.1 200 -\n{XML}content-length: {length}\nconnection: close\n\n")
}

/// Content-Length that is no number, though the right one can be made out (RFC 9112 6.3).
fn lengths() -> Vec<ClientCase> {
    let body = success().body;
    let length = body.len();
    let more = length + 9;
    let digits = length.to_string();
    let (first, rest) = digits.split_at(1);
    let arabic = |digit: u8| char::from_u32(0x660 + u32::from(digit - b'0')).unwrap_or('?');
    let rows: [(&str, &str, String); 11] = [
        (
            "lengths-differ-first-right",
            "Content-Length stands twice, with two values, of which the first is right.",
            format!("{length}\ncontent-length: {more}"),
        ),
        (
            "length-of-two-values-first-right",
            "Content-Length lists two values that differ, of which the first is right.",
            format!("{length}, {more}"),
        ),
        (
            "length-with-letters-behind",
            "Letters follow the number in Content-Length.",
            format!("{length}abc"),
        ),
        ("length-with-fraction", "Content-Length has a fraction.", format!("{length}.0")),
        ("length-with-exponent", "Content-Length has an exponent.", format!("{length}e0")),
        (
            "length-with-parameter",
            "A parameter follows the number in Content-Length.",
            format!("{length};a=b"),
        ),
        (
            "length-with-underscore",
            "An underscore stands between the digits of Content-Length.",
            format!("{first}_{rest}"),
        ),
        (
            "length-of-another-script",
            "Content-Length is written in Arabic digits.",
            digits.bytes().map(arabic).collect(),
        ),
        (
            "length-in-hexadecimal",
            "Content-Length is written in hexadecimal digits, with 0x before them.",
            format!("0x{length:x}"),
        ),
        ("length-quoted", "Content-Length stands in quotes.", format!("\"{length}\"")),
        ("length-with-minus", "Content-Length has a minus sign.", format!("-{length}")),
    ];
    rows.into_iter()
        .map(|(name, about, value)| {
            let id = format!("answer-line/{name}");
            case(id, about, req::INVALID_LENGTH, Wary, raw(&with_length(&value), &body))
        })
        .collect()
}

/// Content-Length beyond a word of a machine, which is a number like any other (RFC 9110 8.6): what comes of it is
/// cut, and is a success only by what a word keeps of the number.
fn beyond_words() -> Vec<ClientCase> {
    let body = success().body;
    let length = u128::try_from(body.len()).unwrap_or_default();
    let cut = [&body[..], MORE].concat();
    [
        (
            "length-beyond-32-bits",
            "Content-Length is two to the power of 32 more than the envelope has, and a little more comes.",
            length + (1 << 32),
        ),
        (
            "length-beyond-64-bits",
            "Content-Length is two to the power of 64 more than the envelope has, and a little more comes.",
            length + (1 << 64),
        ),
    ]
    .into_iter()
    .map(|(name, about, length)| {
        let answer = raw(&with_length(&length.to_string()), &cut);
        case(format!("answer-line/{name}"), about, req::UNAMBIGUOUS_FRAMING, Refused, answer)
    })
    .collect()
}

/// First lines that are no status line, with a whole success behind them (RFC 9112 4).
fn first_lines() -> Vec<ClientCase> {
    let body = success().body;
    let plain = head(200, body.len());
    [
        (
            "status-of-four-digits",
            "The status has four digits, of which the first three are 200.",
            plain.replace(" 200 ", " 2000 "),
        ),
        (
            "no-blank-behind-status",
            "The reason follows the status without a blank.",
            plain.replace(" 200 -", " 200OK"),
        ),
        ("status-signed", "The status has a plus sign.", plain.replace(" 200 ", " +200 ")),
        ("status-with-zero", "The status begins with a zero.", plain.replace(" 200 ", " 0200 ")),
        (
            "icy",
            "The status line is that of SHOUTcast, ICY 200 OK.",
            plain.replace("HTTP/1.1 200 -", "ICY 200 OK"),
        ),
        (
            "line-before-status-line",
            "A line that is no HTTP stands before the status line.",
            format!("x\n{plain}"),
        ),
        ("no-head", "The envelope comes without a head, as in HTTP/0.9.", String::new()),
    ]
    .into_iter()
    .map(|(name, about, head)| {
        let id = format!("answer-line/{name}");
        case(id, about, req::UNAMBIGUOUS_FRAMING, Doubtful, raw(&head, &body))
    })
    .collect()
}
