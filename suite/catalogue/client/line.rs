//! Framing, lost connections and waits.

use super::answers::{invalid_id, success};
use super::case::{ClientCase, ClientTurn, case, turns};
use super::case::{
    ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused, ClientExpect::Wary,
};
use crate::evidence::{Reaction, Spoil};
use crate::protocol::req;

/// A response by its lines, with the plain success as its body.
fn raw(head: &str, body: &[u8]) -> Reaction {
    let mut bytes = head.replace('\n', "\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Reaction::Raw(bytes)
}

/// The body in chunks of this many bytes.
fn chunks(body: &[u8], size: usize, extension: &str, end: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(size) {
        out.extend(format!("{:x}{extension}\r\n", chunk.len()).into_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend(end.replace('\n', "\r\n").into_bytes());
    out
}

/// The body as a gzip member with one stored block (RFC 1952, RFC 1951 3.2.4).
fn gzip(body: &[u8]) -> Vec<u8> {
    // Plain answers are far below the 65,535 bytes of a stored block.
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend_from_slice(body);
    let crc = body.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    });
    out.extend((!crc).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

const XML: &str = "content-type: text/xml; charset=utf-8\n";

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ClientCase> {
    let body = success().body;
    let length = body.len();
    let chunked = format!("HTTP/1.1 200 OK\n{XML}transfer-encoding: chunked\nconnection: close\n\n");
    let plain = format!("HTTP/1.1 200 OK\n{XML}content-length: {length}\nconnection: close\n\n");
    let half = &body[..length / 2];
    let mut cases = vec![
        case(
            "answer-line/chunked",
            "The answer comes in one chunk.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&chunked, &chunks(&body, length, "", "0\n\n")),
        ),
        case(
            "answer-line/chunks-of-one-byte",
            "The answer comes in chunks of one byte.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&chunked, &chunks(&body, 1, "", "0\n\n")),
        ),
        case(
            "answer-line/chunk-extensions",
            "Chunks have extensions.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&chunked, &chunks(&body, 100, ";a=b", "0\n\n")),
        ),
        case(
            "answer-line/chunk-trailers",
            "A trailer follows the last chunk.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&chunked, &chunks(&body, 100, "", "0\nx-a: b\n\n")),
        ),
        case(
            "answer-line/chunk-size-wrong",
            "The size of a chunk is no number.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            raw(&chunked, &chunks(half, 100, "zz", "0\n\n")),
        ),
        case(
            "answer-line/last-chunk-missing",
            "The connection closes after half the answer in whole chunks.",
            req::UNAMBIGUOUS_FRAMING,
            Refused,
            raw(&chunked, &chunks(half, 100, "", "")),
        ),
        case(
            "answer-line/end-of-chunks-missing",
            "The whole answer comes, but not the chunk that ends it.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&chunked, &chunks(&body, 100, "", "")),
        ),
        case(
            "answer-line/until-close",
            "No length is told: the answer ends with the connection.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&format!("HTTP/1.1 200 OK\n{XML}connection: close\n\n"), &body),
        ),
        case(
            "answer-line/http-one-zero",
            "The answer is HTTP/1.0.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace("HTTP/1.1", "HTTP/1.0"), &body),
        ),
        case(
            "answer-line/no-reason",
            "The status line has no reason.",
            req::UNAMBIGUOUS_FRAMING,
            Disconnected,
            raw(&plain.replace(" OK", " "), &body),
        ),
        case(
            "answer-line/continue-first",
            "100 Continue comes before the answer.",
            req::EXPECT_CONTINUE,
            Disconnected,
            raw(&format!("HTTP/1.1 100 Continue\n\n{plain}"), &body),
        ),
        case(
            "answer-line/hints-first",
            "103 Early Hints comes before the answer.",
            req::EXPECT_CONTINUE,
            Disconnected,
            raw(&format!("HTTP/1.1 103 Early Hints\nlink: </a>\n\n{plain}"), &body),
        ),
        case(
            "answer-line/twice",
            "The success comes twice; a client may take the second for an attack.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            Reaction::Spoil(success(), Spoil::Twice),
        ),
        case(
            "answer-line/then-fault",
            "A fault follows the success on the same connection.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            {
                let fault = invalid_id();
                let second = format!("HTTP/1.1 500 -\ncontent-length: {}\n\n", fault.body.len());
                raw(&plain, &[&body[..], second.replace('\n', "\r\n").as_bytes(), &fault.body].concat())
            },
        ),
        case(
            "answer-line/length-short",
            "Content-Length is smaller than the answer, which loses its end.",
            req::OK_STATUS_WITHOUT_RESPONSE,
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
        case(
            "answer-line/lengths-differ",
            "Content-Length stands twice, with two values.",
            req::UNAMBIGUOUS_FRAMING,
            Wary,
            raw(
                &format!(
                    "HTTP/1.1 200 OK\n{XML}content-length: {}\ncontent-length: {length}\nconnection: close\n\n",
                    length + 9
                ),
                &body,
            ),
        ),
        case(
            "answer-line/length-and-chunks",
            "Content-Length and chunks are told both.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(
                &chunked.replace("connection", "content-length: 9\nconnection"),
                &chunks(&body, length, "", "0\n\n"),
            ),
        ),
        case(
            "answer-line/length-negative",
            "Content-Length is negative.",
            req::UNAMBIGUOUS_FRAMING,
            Wary,
            raw(&plain.replace(&format!("length: {length}"), "length: -1"), &body),
        ),
        case(
            "answer-line/coding-unknown",
            "The transfer coding is one that nobody knows.",
            req::UNAMBIGUOUS_FRAMING,
            Open,
            raw(&chunked.replace("chunked", "x-unknown"), &body),
        ),
        case(
            "answer-line/gzip",
            "The answer is compressed by gzip, which the client may not have asked for.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            {
                let body = gzip(&body);
                let head = format!(
                    "HTTP/1.1 200 OK\n{XML}content-encoding: gzip\ncontent-length: {}\nconnection: close\n\n",
                    body.len()
                );
                raw(&head, &body)
            },
        ),
        case(
            "answer-line/gzip-untrue",
            "Content-Encoding says gzip, and it is not.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&plain.replace("connection", "content-encoding: gzip\nconnection"), &body),
        ),
        case(
            "answer-line/encoding-unknown",
            "Content-Encoding is one that nobody knows.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&plain.replace("connection", "content-encoding: x-unknown\nconnection"), &body),
        ),
        case(
            "answer-line/cut-in-head",
            "The connection closes within the head.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Reaction::Spoil(success(), Spoil::CloseInHead),
        ),
        case(
            "answer-line/cut-in-body",
            "The connection closes within the answer.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Reaction::Spoil(success(), Spoil::CloseInBody),
        ),
        case(
            "answer-line/cut-in-body-until-close",
            "No length is told, and half the answer comes.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw(&format!("HTTP/1.1 200 OK\n{XML}connection: close\n\n"), half),
        ),
        case(
            "answer-line/reset-in-body",
            "The connection is reset within the answer.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Reaction::Spoil(success(), Spoil::ResetInBody),
        ),
        case(
            "answer-line/reset",
            "The connection is reset instead of an answer.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            Reaction::Reset,
        ),
        case(
            "answer-line/no-http",
            "What comes is no HTTP.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw("220 mail.example ESMTP\n", b""),
        ),
        case(
            "answer-line/status-no-number",
            "The status is no number.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refused,
            raw(&plain.replace("200", "abc"), half),
        ),
        case(
            "answer-line/http-nine",
            "The version is one that nobody knows.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&plain.replace("HTTP/1.1", "HTTP/9.9"), &body),
        ),
        turns(
            "answer-line/closed-then-invalid-id",
            "The connection closes without an answer, and a second request is told that the id is invalid.",
            req::CLIENT_RETRY,
            vec![
                ClientTurn { reaction: Reaction::Close, expect: Refused },
                // Whoever asks again must know that the first request may have ended the call.
                ClientTurn { reaction: invalid_id().into(), expect: Disconnected },
            ],
        ),
    ];
    cases.extend(waits());
    cases
}

fn waits() -> Vec<ClientCase> {
    [
        case("answer-wait/no-answer", "No answer comes.", req::CLIENT_LIMITS, Refused, Reaction::Hang),
        case(
            "answer-wait/in-head",
            "The head stops, and the connection stays open.",
            req::CLIENT_LIMITS,
            Refused,
            Reaction::Spoil(success(), Spoil::HangInHead),
        ),
        case(
            "answer-wait/in-body",
            "The answer stops, and the connection stays open.",
            req::CLIENT_LIMITS,
            Refused,
            Reaction::Spoil(success(), Spoil::HangInBody),
        ),
        case(
            "answer-wait/drip",
            "The answer comes byte by byte, ten bytes a second.",
            req::CLIENT_LIMITS,
            Open,
            Reaction::Spoil(success(), Spoil::Drip),
        ),
        case(
            "answer-wait/endless-body",
            "The answer does not end.",
            req::CLIENT_LIMITS,
            Refused,
            Reaction::Spoil(success(), Spoil::EndlessBody),
        ),
        case(
            "answer-wait/endless-head",
            "The head does not end.",
            req::CLIENT_LIMITS,
            Refused,
            Reaction::Spoil(success(), Spoil::EndlessHead),
        ),
        case(
            "answer-wait/endless-chunks",
            "Chunks of white space come without end.",
            req::CLIENT_LIMITS,
            Refused,
            Reaction::Spoil(success(), Spoil::EndlessChunks),
        ),
    ]
    .into_iter()
    .map(ClientCase::waits)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `printf abc | gzip -0` has it, but for the name of the system.
    #[test]
    fn gzip_is_gzip() {
        let bytes = gzip(b"abc");
        assert_eq!(bytes[11..15], [3, 0, 0xFC, 0xFF]);
        assert_eq!(bytes[bytes.len() - 8..], [0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0]);
    }
}
