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
    // What nobody can read is written in faults alone, so that something is left to be judged.
    let is_fault = response.status == 500;
    let form = chunks(quirk, response.status).filter(|_| !to_old);
    let chunked = is(Q::BothFramings) || is(Q::ChunksForOldVersion) || form.is_some();
    let mut lines = vec![status_line(response.status, quirk)];
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
    if is(Q::CodesAnswers) {
        lines.push(field("content-encoding", "utf-8"));
    }
    if is(Q::NullInField) {
        lines.push("x-info: one\0two".to_owned());
    }
    if is(Q::ColoursField) {
        lines.push("x-info: \x1B[31mred".to_owned());
    }
    if is(Q::LocalDate) {
        lines.push("date: 27.11.2026 09:00:00".to_owned());
    }
    if is(Q::ParenthesesInName) {
        lines.push("x-info(1): one".to_owned());
    }
    if is(Q::Folds) {
        lines.push("x-info: one\r\n two".to_owned());
    }
    if is(Q::WritesNoField) {
        lines.push("powered by nothing".to_owned());
    }
    let unsaid = is(Q::NoLengthStays) && response.status == 405;
    if response.status != 204 && (!chunked || is(Q::BothFramings)) && !unsaid {
        let said = match quirk {
            Some(Q::CountsTooMany) => (length + 5).to_string(),
            Some(Q::CountsTooFew) => length.saturating_sub(5).to_string(),
            Some(Q::SignedLength) => format!("+{length}"),
            Some(Q::ListsLength) => format!("{length}, {length}"),
            Some(Q::HexadecimalLength) if is_fault => format!("{length:x}"),
            _ => length.to_string(),
        };
        lines.push(field("content-length", &said));
        if is(Q::TwoLengths) {
            lines.push(field("content-length", &format!("7{length}")));
        }
    }
    if chunked {
        lines.push(field("transfer-encoding", if is(Q::OddChunks) { "Chunked" } else { "chunked" }));
        if is(Q::ChunkedTwiceSaid) {
            lines.push(field("transfer-encoding", "chunked"));
        }
    }
    if (last && !is(Q::ClosesUnsaid)) || is(Q::KeepsClosing) {
        lines.push(field("connection", if is(Q::Spells) { "Close" } else { "close" }));
    }
    let end = if is(Q::EndsLinesByLf) { "\n" } else { "\r\n" };
    let first = if is(Q::EmptyLineFirst) { "\r\n" } else { "" };
    let hints = match quirk {
        Some(Q::Hints) if !to_old => {
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </umspec>\r\n\r\n"
        }
        Some(Q::HintsToOld) if to_old => "HTTP/1.1 103 Early Hints\r\nlink: </umspec>\r\n\r\n",
        _ => "",
    };
    let mut bytes = format!("{hints}{first}{}{end}{end}", lines.join(end)).into_bytes();
    if to_head && !is(Q::AnswersHeadWithBody) {
        return bytes;
    }
    match (form, chunked) {
        (Some(form), _) => {
            for chunk in response.body.chunks(form.most) {
                bytes.extend((form.size)(chunk.len()).as_bytes());
                bytes.extend(chunk);
                bytes.extend(form.after.as_bytes());
            }
            bytes.extend(form.last.as_bytes());
        }
        (None, true) => {
            if length > 0 {
                bytes.extend(format!("{length:x}\r\n").as_bytes());
                bytes.extend(&response.body);
                bytes.extend(b"\r\n");
            }
            bytes.extend(b"0\r\n\r\n");
        }
        (None, false) => bytes.extend(&response.body),
    }
    bytes
}

fn status_line(status: u16, quirk: Option<Quirk>) -> String {
    use Quirk as Q;
    match quirk {
        Some(Q::AnswersOldVersion) => format!("HTTP/1.0 {status} -"),
        Some(Q::NoReason) => format!("HTTP/1.1 {status} "),
        Some(Q::StatusTwoBlanks) if status == 500 => format!("HTTP/1.1  {status} -"),
        Some(Q::StatusVersion) if status == 500 => format!("HTTP/1.10 {status} -"),
        _ => format!("HTTP/1.1 {status} -"),
    }
}

/// How the chunks of an answer are written.
#[derive(Clone, Copy)]
struct Form {
    /// The line of a size.
    size: fn(usize) -> String,
    /// What follows the data.
    after: &'static str,
    /// The last chunk and what follows it.
    last: &'static str,
    /// Most bytes of a chunk.
    most: usize,
}

/// In which chunks answers come to HTTP/1.1, if that is what is particular about them.
fn chunks(quirk: Option<Quirk>, status: u16) -> Option<Form> {
    use Quirk as Q;
    let plain = Form { size: |size| format!("{size:x}\r\n"), after: "\r\n", last: "0\r\n\r\n", most: 50 };
    Some(match quirk? {
        Q::ChunkEndMissing if status == 405 => Form { last: "0\r\n", ..plain },
        Q::ChunkLinesByLf if status == 500 => {
            Form { size: |size| format!("{size:x}\n"), after: "\n", last: "0\n\n", ..plain }
        }
        Q::ChunkSizesDecimal if status == 500 => Form { size: |size| format!("{size}\r\n"), ..plain },
        Q::ChunkedTwiceSaid => plain,
        Q::PadsSizes => Form { size: |size| format!("{size:<6x}\r\n"), last: "0     \r\n\r\n", ..plain },
        Q::TrailerNoField => Form { last: "0\r\nend of answer\r\n\r\n", ..plain },
        Q::OddChunks => Form {
            size: |size| format!("00{size:X};umspec=\"1\"\r\n"),
            last: "0\r\nx-info: 1\r\n\r\n",
            most: 7,
            ..plain
        },
        _ => return None,
    })
}
