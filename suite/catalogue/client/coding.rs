//! Answers in a content coding. Each is written with blocks that are stored as they are, so that nothing here
//! compresses.

use super::answers::success;
use super::case::{ClientCase, case};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open};
use super::wire::{XML, head, raw};
use crate::protocol::req;

pub(super) fn cases() -> Vec<ClientCase> {
    let body = success().body;
    let coded = |name: &'static str, coding: &'static str, about: &'static str, bytes: Vec<u8>| {
        let head = format!(
            "HTTP/1.1 200 OK\n{XML}content-encoding: {coding}\ncontent-length: {}\nconnection: close\n\n",
            bytes.len()
        );
        let id = format!("answer-line/{name}");
        case(id, about, req::OFFERED_CODING_READ, Disconnected, raw(&head, &bytes)).coded(coding)
    };
    let labelled = |coding: &str| {
        head(200, body.len()).replace("connection", &format!("content-encoding: {coding}\nconnection"))
    };
    vec![
        coded(
            "gzip",
            "gzip",
            "The answer is compressed by gzip, which the client may not have asked for.",
            gzip(&body),
        ),
        coded(
            "gzip-with-name",
            "gzip",
            "The answer is compressed by gzip, with the name of a file in its head.",
            named(gzip(&body)),
        ),
        coded(
            "deflate",
            "deflate",
            "The answer is compressed by deflate, which the client may not have asked for.",
            zlib(&body),
        ),
        coded(
            "brotli",
            "br",
            "The answer is compressed by Brotli, which the client may not have asked for.",
            brotli(&body),
        ),
        case(
            "answer-line/gzip-untrue",
            "Content-Encoding says gzip, and it is not.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&labelled("gzip"), &body),
        ),
        case(
            "answer-line/encoding-unknown",
            "Content-Encoding is one that nobody knows.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Open,
            raw(&labelled("x-unknown"), &body),
        ),
    ]
}

/// The length of a stored block. Plain answers are far below the 65,535 bytes that one holds.
fn length(body: &[u8]) -> u16 {
    u16::try_from(body.len()).unwrap_or(u16::MAX)
}

/// A deflate stream of one stored block (RFC 1951 3.2.4).
fn stored(body: &[u8]) -> Vec<u8> {
    let length = length(body);
    [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), body].concat()
}

/// A gzip member (RFC 1952).
fn gzip(body: &[u8]) -> Vec<u8> {
    let crc = body.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    });
    let head = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    [&head[..], &stored(body), &(!crc).to_le_bytes(), &u32::from(length(body)).to_le_bytes()].concat()
}

/// The same member with the name of a file (RFC 1952 2.3): a flag, and the name with a zero behind the ten bytes of
/// its head.
fn named(mut member: Vec<u8>) -> Vec<u8> {
    member[3] = 8;
    member.splice(10..10, *b"answer.xml\0");
    member
}

/// A zlib stream (RFC 1950), which is what the coding deflate means (RFC 9110 8.4.1.2).
fn zlib(body: &[u8]) -> Vec<u8> {
    let (mut a, mut b) = (1_u32, 0_u32);
    for &byte in body {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    [&[0x78, 0x01][..], &stored(body), &((b << 16) | a).to_be_bytes()].concat()
}

/// A Brotli stream of one uncompressed meta-block and an empty last one (RFC 7932 9.2): a window of 16 bits,
/// four nibbles of length less one, and the flag for uncompressed.
fn brotli(body: &[u8]) -> Vec<u8> {
    let header = (u32::from(length(body).saturating_sub(1)) << 4) | (1 << 20);
    [&header.to_le_bytes()[..3], body, &[3]].concat()
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

    /// As `gzip -0` has it for a file `answer.xml`.
    #[test]
    fn gzip_may_have_a_name() {
        let bytes = named(gzip(b"abc"));
        assert_eq!((bytes[3], &bytes[10..21]), (8, &b"answer.xml\0"[..]));
        assert_eq!(bytes[21..], gzip(b"abc")[10..]);
    }

    /// As Python's `zlib.compress(b"abc", 0)` has it.
    #[test]
    fn deflate_is_zlib() {
        let expected = [0x78, 1, 1, 3, 0, 0xFC, 0xFF, b'a', b'b', b'c', 0x02, 0x4D, 0x01, 0x27];
        assert_eq!(zlib(b"abc"), expected);
    }

    /// Read by the tool `brotli`.
    #[test]
    fn brotli_is_brotli() {
        assert_eq!(brotli(b"abc"), [0x20, 0, 0x10, b'a', b'b', b'c', 3]);
    }
}
