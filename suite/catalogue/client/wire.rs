//! Answers as bytes on the line.

use crate::evidence::Reaction;

/// The field that labels an answer, as it is usually written.
pub(super) const XML: &str = "content-type: text/xml; charset=utf-8\n";

/// An answer by the lines of its head, with this body.
pub(super) fn bytes(head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = head.replace('\n', "\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// An answer by the lines of its head, with this body, after which the connection closes.
pub(super) fn raw(head: &str, body: &[u8]) -> Reaction {
    Reaction::Raw(bytes(head, body))
}

/// The head of an answer with its length, after which the connection closes.
pub(super) fn head(status: u16, length: usize) -> String {
    format!("HTTP/1.1 {status} -\n{XML}content-length: {length}\nconnection: close\n\n")
}

/// The head of a successful answer in chunks, after which the connection closes.
pub(super) fn chunked_head() -> String {
    format!("HTTP/1.1 200 OK\n{XML}transfer-encoding: chunked\nconnection: close\n\n")
}

/// A body in chunks of this many bytes. `line` writes the line with the size of a chunk, and `end` is what
/// follows the last of them.
pub(super) fn chunks(body: &[u8], size: usize, line: impl Fn(usize) -> String, end: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(size) {
        out.extend(format!("{}\r\n", line(chunk.len())).into_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend(end.replace('\n', "\r\n").into_bytes());
    out
}

/// The usual size line of a chunk (RFC 9112 7.1).
pub(super) fn size(length: usize) -> String {
    format!("{length:x}")
}
