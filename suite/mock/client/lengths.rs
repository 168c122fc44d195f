//! Clients that make a number of a length or of the size of a chunk that is none, or that is too large for the word
//! they keep it in, as what their language has for numbers does.

use super::answers::success_if;
use super::exchange::Got;
use super::mutant::{ClientMutant, reads};
use crate::evidence::ClientEnd;
use crate::message::write_success;
use crate::mock::killed_by::by;
use crate::protocol::req;

/// How the size of a chunk is read from its line.
type Size = fn(&str) -> Option<u128>;

/// What is left behind the data of a chunk without what ends it.
type End = fn(&str) -> Option<&str>;

pub(super) static MUTANTS: &[ClientMutant] = &[
    // Content-Length.
    reads(
        "takes-first-length",
        "Takes the first Content-Length of several.",
        by("answer-line/lengths-differ-first-right", req::INVALID_LENGTH),
        |got, end| of_length(got, end, number),
    ),
    reads(
        "takes-first-of-listed-lengths",
        "Takes the first number of a list in Content-Length.",
        by("answer-line/length-of-two-values-first-right", req::INVALID_LENGTH),
        |got, end| of_length(got, end, |length| number(length.split(',').next()?)),
    ),
    reads(
        "reads-lengths-by-atoi",
        "Takes the digits at the start of Content-Length for the number.",
        by("answer-line/length-with-letters-behind", req::INVALID_LENGTH),
        |got, end| of_length(got, end, |length| number(digits(length, |c| c.is_ascii_digit()))),
    ),
    reads(
        "reads-lengths-by-int",
        "Takes Content-Length for a number of Python, with underscores and digits of any script.",
        by("answer-line/length-with-underscore", req::INVALID_LENGTH),
        |got, end| of_length(got, end, int),
    ),
    reads(
        "reads-lengths-by-number",
        "Takes Content-Length for a number of JavaScript, with a fraction, an exponent or 0x.",
        by("answer-line/length-in-hexadecimal", req::INVALID_LENGTH),
        |got, end| of_length(got, end, floating),
    ),
    reads(
        "takes-quotes-off-lengths",
        "Takes quotes off Content-Length.",
        by("answer-line/length-quoted", req::INVALID_LENGTH),
        |got, end| of_length(got, end, |length| number(length.trim_matches('"'))),
    ),
    reads(
        "takes-lengths-without-sign",
        "Takes a negative Content-Length for the number without its sign.",
        by("answer-line/length-with-minus", req::INVALID_LENGTH),
        |got, end| of_length(got, end, |length| number(length.strip_prefix('-')?)),
    ),
    reads(
        "keeps-lengths-in-32-bits",
        "Keeps Content-Length in 32 bits.",
        by("answer-line/length-beyond-32-bits", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_length(got, end, |length| Some(number(length)? % (1 << 32))),
    ),
    reads(
        "keeps-lengths-in-64-bits",
        "Keeps Content-Length in 64 bits.",
        by("answer-line/length-beyond-64-bits", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_length(got, end, |length| Some(number(length)? % (1 << 64))),
    ),
    // Chunks.
    reads(
        "prefers-length-to-chunks",
        "Goes by Content-Length where chunks are told as well.",
        by("answer-line/length-beside-no-chunks", req::UNAMBIGUOUS_FRAMING),
        |got, end| if coding(got).is_some() { of_length(got, end, number) } else { end },
    ),
    reads(
        "looks-for-chunked-in-codings",
        "Takes every transfer coding for chunks whose name holds the word.",
        by("answer-line/coding-that-ends-in-chunked", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_chunks(got, end, |coding| coding.contains("chunked"), hex, line_end),
    ),
    reads(
        "compares-beginnings-of-codings",
        "Takes every transfer coding for chunks whose name begins with the word.",
        by("answer-line/coding-that-begins-with-chunked", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_chunks(got, end, |coding| coding.starts_with("chunked"), hex, line_end),
    ),
    reads(
        "reads-sizes-by-strtol",
        "Takes the digits at the start of the size of a chunk for the number.",
        by("answer-line/chunk-size-with-letters-behind", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, |line| hex(digits(line, |c| c.is_ascii_hexdigit()))),
    ),
    reads(
        "reads-sizes-by-int",
        "Takes the size of a chunk for a number of Python, with blanks, a plus sign, 0x and underscores.",
        by("answer-line/chunk-size-with-0x", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            sized(got, end, |line| {
                let size = line.trim();
                let size = size.strip_prefix('+').unwrap_or(size);
                hex(&size.strip_prefix("0x").unwrap_or(size).replace('_', ""))
            })
        },
    ),
    reads(
        "reads-sizes-in-decimal",
        "Takes the size of a chunk for decimal digits.",
        by("answer-line/chunk-size-in-decimal", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, number),
    ),
    reads(
        "keeps-sizes-in-32-bits",
        "Keeps the size of a chunk in 32 bits.",
        by("answer-line/chunk-size-beyond-32-bits", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, |line| Some(hex(line)? % (1 << 32))),
    ),
    reads(
        "keeps-sizes-in-64-bits",
        "Keeps the size of a chunk in 64 bits.",
        by("answer-line/chunk-size-beyond-64-bits", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, |line| Some(hex(line)? % (1 << 64))),
    ),
    reads(
        "ends-at-negative-sizes",
        "Takes a chunk with a negative size for the last one.",
        by("answer-line/chunk-size-minus-one-at-end", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, |line| if line.starts_with('-') { Some(0) } else { hex(line) }),
    ),
    reads(
        "ends-at-empty-sizes",
        "Takes an empty line for the last chunk.",
        by("answer-line/chunk-size-empty-at-end", req::UNAMBIGUOUS_FRAMING),
        |got, end| sized(got, end, |line| if line.is_empty() { Some(0) } else { hex(line) }),
    ),
    reads(
        "skips-two-bytes-behind-chunks",
        "Passes over two bytes behind a chunk, whatever they are.",
        by("answer-line/bytes-behind-chunk", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_chunks(got, end, |coding| coding == "chunked", hex, two_bytes),
    ),
    reads(
        "skips-lines-behind-chunks",
        "Passes over everything behind a chunk up to the end of the line.",
        by("answer-line/word-behind-chunk", req::UNAMBIGUOUS_FRAMING),
        |got, end| of_chunks(got, end, |coding| coding == "chunked", hex, next_line),
    ),
];

/// What stands behind the first head that came.
fn behind_head(got: &Got) -> &str {
    got.wire.split_once("\r\n\r\n").map_or("", |(_, rest)| rest)
}

fn coding(got: &Got) -> Option<&str> {
    got.header("transfer-encoding").map(str::trim)
}

/// Success where as many bytes behind the head as the first Content-Length says, read so, are the plain one.
fn of_length(got: &Got, end: ClientEnd, read: Size) -> ClientEnd {
    let length = got.header("content-length").and_then(|length| read(length.trim()));
    let length = length.and_then(|length| usize::try_from(length).ok());
    let body = length.and_then(|length| behind_head(got).get(..length));
    success_if(got.status == 200 && body == Some(write_success().as_str()), end)
}

/// Success where chunks whose sizes are read so hold the plain one.
fn sized(got: &Got, end: ClientEnd, size: Size) -> ClientEnd {
    of_chunks(got, end, |coding| coding == "chunked", size, line_end)
}

/// The same for what is taken for chunks and for the end of one.
fn of_chunks(got: &Got, end: ClientEnd, is_chunked: fn(&str) -> bool, size: Size, behind: End) -> ClientEnd {
    let chunks = coding(got).filter(|coding| is_chunked(coding)).map(|_| behind_head(got));
    let body = chunks.and_then(|chunks| joined(chunks, size, behind));
    success_if(got.status == 200 && body.as_deref() == Some(write_success().as_str()), end)
}

/// What chunks hold, up to the last; nothing where that does not come.
fn joined(chunks: &str, size: Size, end: End) -> Option<String> {
    let (mut body, mut rest) = (String::new(), chunks);
    loop {
        let (line, data) = rest.split_once("\r\n")?;
        let size = usize::try_from(size(line)?).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.push_str(data.get(..size)?);
        rest = end(data.get(size..)?)?;
    }
}

/// What is left behind a line end.
fn line_end(behind: &str) -> Option<&str> {
    behind.strip_prefix("\r\n")
}

/// What is left behind the end of the line.
fn next_line(behind: &str) -> Option<&str> {
    behind.split_once("\r\n").map(|(_, rest)| rest)
}

/// What is left behind two bytes.
fn two_bytes(behind: &str) -> Option<&str> {
    behind.get(2..)
}

/// The size in a line as HTTP has it.
fn hex(line: &str) -> Option<u128> {
    let digits = line.split(';').next()?.trim_end();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u128::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// A number of digits alone.
fn number(text: &str) -> Option<u128> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The characters of this kind that a text begins with.
fn digits(text: &str, of_number: fn(char) -> bool) -> &str {
    &text[..text.find(|c: char| !of_number(c)).unwrap_or(text.len())]
}

/// A number as `int` of Python reads it, as far as any case needs it: Arabic digits stand for those of every script.
fn int(text: &str) -> Option<u128> {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        c => Some(c),
    };
    let digits: String = text.replace('_', "").chars().filter_map(digit).collect();
    number(digits.strip_prefix('+').unwrap_or(&digits))
}

/// A number as `Number` of JavaScript reads it, as far as any case needs it.
fn floating(text: &str) -> Option<u128> {
    match text.strip_prefix("0x") {
        Some(digits) => hex(digits),
        None => number(text.trim_end_matches("e0").trim_end_matches(".0")),
    }
}
