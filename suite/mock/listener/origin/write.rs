//! Answers as they go over a connection.

use super::Quirk;
use crate::evidence::Response;

/// How an answer goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub(super) quirk: Option<Quirk>,
    /// Whether the answer has no body, whatever its length says.
    pub(super) to_head: bool,
    /// Whether the request was one of HTTP/1.0.
    pub(super) to_old: bool,
    /// Whether the connection ends with the answer.
    pub(super) last: bool,
}

/// The bytes of an answer.
pub(super) fn written(response: &Response, manner: Manner) -> Vec<u8> {
    use Quirk as Q;
    let Manner { quirk, to_head, to_old, last } = manner;
    let is = |wanted: Quirk| quirk == Some(wanted);
    let length = response.body.len();
    let chunked = is(Q::BothFramings) || is(Q::ChunksForOldVersion) || (is(Q::OddChunks) && !to_old);
    let mut lines = Vec::new();
    let version = if is(Q::AnswersOldVersion) { "1.0" } else { "1.1" };
    let reason = if is(Q::NoReason) { "" } else { "-" };
    lines.push(format!("HTTP/{version} {} {reason}", response.status));
    let field = |name: &str, value: &str| {
        if is(Q::Spells) {
            return format!("{}:{value}\t", name.to_ascii_uppercase());
        }
        format!("{name}: {value}")
    };
    for (name, value) in &response.headers {
        lines.push(field(name, value));
    }
    if is(Q::TwoTypes) {
        lines.push(field("content-type", "text/html"));
    }
    if is(Q::Folds) {
        lines.push("x-info: one\r\n two".to_owned());
    }
    if is(Q::WritesNoField) {
        lines.push("powered by nothing".to_owned());
    }
    if response.status != 204 && (!chunked || is(Q::BothFramings)) {
        let said = match quirk {
            Some(Q::CountsTooMany) => (length + 5).to_string(),
            Some(Q::CountsTooFew) => length.saturating_sub(5).to_string(),
            Some(Q::SignedLength) => format!("+{length}"),
            _ => length.to_string(),
        };
        lines.push(field("content-length", &said));
        if is(Q::TwoLengths) {
            lines.push(field("content-length", &format!("7{length}")));
        }
    }
    if chunked {
        lines.push(field("transfer-encoding", if is(Q::OddChunks) { "Chunked" } else { "chunked" }));
    }
    if last && !is(Q::ClosesUnsaid) {
        lines.push(field("connection", if is(Q::Spells) { "Close" } else { "close" }));
    }
    let end = if is(Q::EndsLinesByLf) { "\n" } else { "\r\n" };
    let first = if is(Q::EmptyLineFirst) { "\r\n" } else { "" };
    let hints = if is(Q::Hints) && !to_old {
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </umspec>\r\n\r\n"
    } else {
        ""
    };
    let mut bytes = format!("{hints}{first}{}{end}{end}", lines.join(end)).into_bytes();
    if to_head && !is(Q::AnswersHeadWithBody) {
        return bytes;
    }
    match (chunked, is(Q::OddChunks)) {
        (true, true) => {
            for chunk in response.body.chunks(7) {
                bytes.extend(format!("00{:X};umspec=\"1\"\r\n", chunk.len()).as_bytes());
                bytes.extend(chunk);
                bytes.extend(b"\r\n");
            }
            bytes.extend(b"0\r\nx-info: 1\r\n\r\n");
        }
        (true, false) => {
            if length > 0 {
                bytes.extend(format!("{length:x}\r\n").as_bytes());
                bytes.extend(&response.body);
                bytes.extend(b"\r\n");
            }
            bytes.extend(b"0\r\n\r\n");
        }
        (false, _) => bytes.extend(&response.body),
    }
    bytes
}
