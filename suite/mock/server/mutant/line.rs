//! Servers that hang, close, reset or crash, and answers that go wrong on the line.

use super::bug::{Bug, Mutant, mutant};
use super::http::is_disconnect;
use crate::evidence::{Reaction, Response, Spoil};
use crate::mock::killed_by::by;
use crate::mock::server::answer::AnswerKind;
use crate::protocol::req;

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "closes-instead-of-fault",
        "The connection is closed where a fault is due.",
        by("namespace/disconnect-types", req::MALFORMED_REQUEST_FAULT),
        Bug::Answers(|kind, response| instead(kind, response, Reaction::Close)),
    ),
    mutant(
        "resets-instead-of-fault",
        "The connection is reset where a fault is due.",
        by("namespace/disconnect-types", req::ALIVE_AFTERWARDS),
        Bug::Answers(|kind, response| instead(kind, response, Reaction::Reset)),
    ),
    mutant(
        "hangs-instead-of-fault",
        "Nothing comes where a fault is due.",
        by("call-id/garbage-word", req::ALIVE_AFTERWARDS),
        Bug::Answers(
            |kind, response| if kind == AnswerKind::InvalidId { Reaction::Hang } else { response.into() },
        ),
    ),
    mutant(
        "closes-in-head-of-fault",
        "The head of a fault stops, and the connection closes.",
        by("namespace/disconnect-types", req::MALFORMED_REQUEST_FAULT),
        Bug::Answers(|kind, response| spoiled(kind, response, Spoil::CloseInHead)),
    ),
    mutant(
        "closes-in-fault",
        "A fault stops, and the connection closes.",
        by("namespace/disconnect-types", req::ALIVE_AFTERWARDS),
        Bug::Answers(|kind, response| spoiled(kind, response, Spoil::CloseInBody)),
    ),
    mutant(
        "resets-in-fault",
        "A fault stops, and the connection is reset.",
        by("namespace/disconnect-types", req::ALIVE_AFTERWARDS),
        Bug::Answers(|kind, response| spoiled(kind, response, Spoil::ResetInBody)),
    ),
    mutant(
        "hangs-in-head-of-fault",
        "The head of a fault stops, and the connection stays open.",
        by("envelope/soap12", req::ALIVE_AFTERWARDS),
        Bug::Answers(|kind, response| {
            if kind == AnswerKind::VersionMismatch {
                Reaction::Spoil(response, Spoil::HangInHead)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "hangs-in-fault",
        "A fault stops, and the connection stays open.",
        by("header/must-understand-true", req::ALIVE_AFTERWARDS),
        Bug::Answers(|kind, response| {
            if kind == AnswerKind::MustUnderstand {
                Reaction::Spoil(response, Spoil::HangInBody)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "overstates-length-of-fault",
        "Content-Length of a fault is larger than the fault.",
        by("namespace/disconnect-types", req::UNAMBIGUOUS_FRAMING),
        Bug::Answers(|kind, response| spoiled(kind, response, Spoil::LengthLong)),
    ),
    mutant(
        "overstates-length-and-stays",
        "Content-Length of a fault is larger than the fault, and the connection stays open.",
        by("envelope/soap12", req::UNAMBIGUOUS_FRAMING),
        Bug::Answers(|kind, response| {
            if kind == AnswerKind::VersionMismatch {
                Reaction::Spoil(response, Spoil::LengthLongOpen)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "understates-length-of-fault",
        "Content-Length of a fault is smaller than the fault.",
        by("namespace/disconnect-types", req::UNAMBIGUOUS_FRAMING),
        Bug::Answers(|kind, response| spoiled(kind, response, Spoil::LengthShort)),
    ),
    mutant(
        "answers-success-twice",
        "A success is sent twice.",
        by("connection/one-answer", req::ONE_ANSWER),
        Bug::Answers(|kind, response| {
            if kind == AnswerKind::Success {
                Reaction::Spoil(response, Spoil::Twice)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "answers-mandatory-header-twice",
        "The MustUnderstand fault is sent twice.",
        by("connection/one-answer-to-mandatory-header", req::ONE_ANSWER),
        Bug::Answers(|kind, response| twice(AnswerKind::MustUnderstand, kind, response)),
    ),
    mutant(
        "answers-malformed-twice",
        "The malformed-request fault is sent twice.",
        by("connection/one-answer-to-malformed", req::ONE_ANSWER),
        Bug::Answers(|kind, response| twice(AnswerKind::Malformed, kind, response)),
    ),
    mutant(
        "dies-on-empty-envelope",
        "An Envelope without Body crashes the process; a supervisor starts it again.",
        by("envelope/body-missing", req::ALIVE_AFTERWARDS),
        Bug::Crashes(|request| {
            let text = String::from_utf8_lossy(request.body);
            text.contains("Envelope") && !text.contains("Body") && is_disconnect(request)
        }),
    ),
    mutant(
        "dies-for-good-on-deep-message",
        "A message of many levels overflows the stack, and nobody starts the process again.",
        by("robustness/depth-of-ten-thousand-in-call-id", req::ALIVE_AFTERWARDS),
        Bug::Http(|_, request| (depth(request.body) > 5_000).then_some(Reaction::Die)),
    ),
    mutant(
        "takes-square-time-on-depth",
        "The time that a message takes grows with the square of its depth: a thousand levels take for ever.",
        by("robustness/depth-of-thousand-in-call-id", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| depth(request.body) >= 20),
    ),
    mutant(
        "takes-square-time-on-attributes",
        "The time that a tag takes grows with the square of its attributes: a hundred take for ever.",
        by("robustness/attributes-thousand-on-disconnect", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| attributes(request.body) >= 90),
    ),
    mutant(
        "takes-square-time-on-references",
        "The time that text takes grows with the square of what looks like an entity: a thousand take for ever.",
        by("dtd/references-many", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| count(request.body, b"&") >= 90 || count(request.body, b"<!ENTITY") >= 4),
    ),
    mutant(
        "takes-square-time-on-sections",
        "The time that text takes grows with the square of its pieces: a thousand take for ever.",
        by("robustness/empty-cdata-thousand-in-call-id", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| count(request.body, b"<![CDATA[") >= 90 || count(request.body, b"<!--") >= 90),
    ),
    mutant(
        "takes-square-time-on-header-entries",
        "The time that Header takes grows with the square of its entries: fifty take for ever.",
        by("robustness/header-entries-thousand", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| count(request.body, b"unknown>") >= 50 || count(request.body, b"<h:") >= 50),
    ),
    mutant(
        "hangs-on-large-part",
        "A part of more than 48 KiB does not fit into a buffer, and more is waited for.",
        by("robustness/large-comment", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| request.body.len() > 49_152),
    ),
    mutant(
        "grows-with-header",
        "The memory for a header grows with the square of its length: 48 KiB crash the process, and a supervisor starts it again.",
        by("robustness/large-header-entry", req::ALIVE_AFTERWARDS),
        Bug::Crashes(|request| {
            let text = String::from_utf8_lossy(request.body);
            let header = text.split("Header>").nth(1).map_or(0, str::len);
            header > 49_152
        }),
    ),
    mutant(
        "hangs-on-unknown-charset",
        "A message whose labels disagree or are not known waits for ever for a converter.",
        by("encoding/charset-unknown", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| {
            let text =
                String::from_utf8_lossy(&request.body[..request.body.len().min(120)]).to_ascii_lowercase();
            let charset = request.field("content-type").unwrap_or_default().to_ascii_lowercase();
            let other = |text: &str| {
                [
                    "us-ascii",
                    "iso-8859",
                    "windows-",
                    "utf-7",
                    "utf8",
                    "x-umspec",
                    "utf-16",
                    "utf-32",
                    "charset=;",
                ]
                .iter()
                .any(|name| text.contains(name))
            };
            other(&text) || other(&charset) || charset.ends_with("charset=") || text.contains('\0')
        }),
    ),
    mutant(
        "hangs-on-attributes-of-soap",
        "An attribute of SOAP where the server does not know it is never answered.",
        by("envelope/encoding-style-envelope", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            text.contains("encodingStyle") || envelope_attributes(&text)
        }),
    ),
    mutant(
        "hangs-on-unknown-value-of-must-understand",
        "A value of mustUnderstand other than 0 and 1 is never answered.",
        by("header/must-understand-true", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            let values = text.split("mustUnderstand=\"").skip(1).map(|rest| rest.split('"').next());
            values.flatten().any(|value| !matches!(value, "0" | "1" | "&#49;"))
        }),
    ),
    mutant(
        "hangs-on-unqualified-header-entry",
        "A header entry without namespace is never answered.",
        by("header/unqualified", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| String::from_utf8_lossy(request.body).contains("<unknown")),
    ),
    mutant(
        "hangs-on-version-11",
        "A message of XML 1.1 is never answered.",
        by("xml/declared-later-version", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| count(request.body, b"version=\"1.1\"") > 0),
    ),
    mutant(
        "hangs-on-foreign-operation",
        "An operation that the server does not know is never answered.",
        by("soap-action/disconnect-with-get-call-info", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            ["<IsUMEnabled", "<GetUMProperties"].iter().any(|name| text.contains(name))
                || (text.contains("<GetCallInfo")
                    && request.field("soapaction").is_some_and(|v| v.contains("/Disconnect")))
        }),
    ),
    mutant(
        "hangs-on-short-call-id",
        "An id of fewer than 20 characters, or one beyond ASCII, is never answered.",
        by("call-id/garbage-word", req::ALIVE_AFTERWARDS),
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            let id = text.split("<CallId>").nth(1).and_then(|rest| rest.split("</").next());
            is_disconnect(request) && id.is_some_and(|id| !id.is_empty() && (id.len() < 20 || !id.is_ascii()))
        }),
    ),
    mutant(
        "takes-broken-framing",
        "A body whose framing is broken is taken as far as it came.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Bug::Framing,
    ),
    mutant(
        "hangs-on-broken-framing",
        "A request whose framing is broken is never answered.",
        by("http/length-negative", req::ALIVE_AFTERWARDS),
        Bug::HangsOnFraming,
    ),
    mutant(
        "takes-turns",
        "One connection is served at a time, to its end.",
        by("connection/slow-senders", req::SLOW_REQUEST),
        Bug::TakesTurns,
    ),
];

fn instead(kind: AnswerKind, response: Response, reaction: Reaction) -> Reaction {
    if kind.is_fault() { reaction } else { response.into() }
}

/// Sends the answer that says this twice.
fn twice(wanted: AnswerKind, kind: AnswerKind, response: Response) -> Reaction {
    if kind == wanted { Reaction::Spoil(response, Spoil::Twice) } else { response.into() }
}

fn spoiled(kind: AnswerKind, response: Response, spoil: Spoil) -> Reaction {
    if kind.is_fault() { Reaction::Spoil(response, spoil) } else { response.into() }
}

fn count(body: &[u8], word: &[u8]) -> usize {
    body.windows(word.len()).filter(|window| *window == word).count()
}

/// How many levels of elements a body opens, as far as its brackets tell.
fn depth(body: &[u8]) -> usize {
    let (mut level, mut deepest) = (0_usize, 0);
    for (at, &byte) in body.iter().enumerate() {
        match (byte, body.get(at + 1)) {
            (b'<', Some(b'/')) | (b'/', Some(b'>')) => level = level.saturating_sub(1),
            (b'<', Some(b'!' | b'?')) => {}
            (b'<', _) => level += 1,
            _ => {}
        }
        deepest = deepest.max(level);
    }
    deepest
}

/// The most attributes in one tag, as far as its quotes tell.
fn attributes(body: &[u8]) -> usize {
    body.split(|&byte| byte == b'>').map(|tag| count(tag, b"=\"") + count(tag, b"='")).max().unwrap_or(0)
}

/// Whether Envelope, Body or Header has an attribute that is no declaration.
fn envelope_attributes(text: &str) -> bool {
    ["<soap:Envelope ", "<soap:Body ", "<soap:Header "].iter().any(|start| {
        let tag = text.split(start).nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        tag.split_ascii_whitespace().any(|part| part.contains('=') && !part.starts_with("xmlns"))
    })
}
