//! Servers that hang, close, reset or crash, and answers that go wrong on the line.

use super::http::is_disconnect;
use super::{Bug, Mutant, Said, mutant};
use crate::evidence::{Reaction, Response, Spoil};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "closes-instead-of-fault",
        "The connection is closed where a fault is due.",
        Bug::Answers(|said, response| instead(said, response, Reaction::Close)),
    ),
    mutant(
        "resets-instead-of-fault",
        "The connection is reset where a fault is due.",
        Bug::Answers(|said, response| instead(said, response, Reaction::Reset)),
    ),
    mutant(
        "hangs-instead-of-fault",
        "Nothing comes where a fault is due.",
        Bug::Answers(|said, response| if said == Said::InvalidId { Reaction::Hang } else { response.into() }),
    ),
    mutant(
        "closes-in-head-of-fault",
        "The head of a fault stops, and the connection closes.",
        Bug::Answers(|said, response| spoiled(said, response, Spoil::CloseInHead)),
    ),
    mutant(
        "closes-in-fault",
        "A fault stops, and the connection closes.",
        Bug::Answers(|said, response| spoiled(said, response, Spoil::CloseInBody)),
    ),
    mutant(
        "resets-in-fault",
        "A fault stops, and the connection is reset.",
        Bug::Answers(|said, response| spoiled(said, response, Spoil::ResetInBody)),
    ),
    mutant(
        "hangs-in-head-of-fault",
        "The head of a fault stops, and the connection stays open.",
        Bug::Answers(|said, response| {
            if said == Said::VersionMismatch {
                Reaction::Spoil(response, Spoil::HangInHead)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "hangs-in-fault",
        "A fault stops, and the connection stays open.",
        Bug::Answers(|said, response| {
            if said == Said::MustUnderstand {
                Reaction::Spoil(response, Spoil::HangInBody)
            } else {
                response.into()
            }
        }),
    ),
    mutant(
        "overstates-length-of-fault",
        "Content-Length of a fault is larger than the fault.",
        Bug::Answers(|said, response| spoiled(said, response, Spoil::LengthLong)),
    ),
    mutant(
        "understates-length-of-fault",
        "Content-Length of a fault is smaller than the fault.",
        Bug::Answers(|said, response| spoiled(said, response, Spoil::LengthShort)),
    ),
    mutant(
        "answers-success-twice",
        "A success is sent twice.",
        Bug::Answers(|said, response| {
            if said == Said::Success { Reaction::Spoil(response, Spoil::Twice) } else { response.into() }
        }),
    ),
    mutant(
        "dies-on-empty-envelope",
        "An Envelope without Body crashes the process; a supervisor starts it again.",
        Bug::Http(|service, request| {
            let text = String::from_utf8_lossy(request.body);
            let crashes = text.contains("Envelope") && !text.contains("Body") && is_disconnect(request);
            crashes.then(|| service.crash())
        }),
    ),
    mutant(
        "dies-for-good-on-deep-message",
        "A message of many levels overflows the stack, and nobody starts the process again.",
        Bug::Http(|_, request| (depth(request.body) > 5_000).then_some(Reaction::Die)),
    ),
    mutant(
        "takes-square-time-on-depth",
        "The time that a message takes grows with the square of its depth: a thousand levels take for ever.",
        Bug::Hangs(|request| depth(request.body) >= 20),
    ),
    mutant(
        "takes-square-time-on-attributes",
        "The time that a tag takes grows with the square of its attributes: a hundred take for ever.",
        Bug::Hangs(|request| attributes(request.body) >= 90),
    ),
    mutant(
        "takes-square-time-on-references",
        "The time that text takes grows with the square of what looks like an entity: a thousand take for ever.",
        Bug::Hangs(|request| count(request.body, b"&") >= 90 || count(request.body, b"<!ENTITY") >= 4),
    ),
    mutant(
        "takes-square-time-on-sections",
        "The time that text takes grows with the square of its pieces: a thousand take for ever.",
        Bug::Hangs(|request| count(request.body, b"<![CDATA[") >= 90 || count(request.body, b"<!--") >= 90),
    ),
    mutant(
        "takes-square-time-on-header-entries",
        "The time that Header takes grows with the square of its entries: fifty take for ever.",
        Bug::Hangs(|request| count(request.body, b"unknown>") >= 50 || count(request.body, b"<h:") >= 50),
    ),
    mutant(
        "hangs-on-large-part",
        "A part of more than 48 KiB does not fit into a buffer, and more is waited for.",
        Bug::Hangs(|request| request.body.len() > 49_152),
    ),
    mutant(
        "grows-with-header",
        "The memory for a header grows with the square of its length: 48 KiB crash the process, and a supervisor starts it again.",
        Bug::Http(|service, request| {
            let text = String::from_utf8_lossy(request.body);
            let header = text.split("Header>").nth(1).map_or(0, str::len);
            (header > 49_152).then(|| service.crash())
        }),
    ),
    mutant(
        "hangs-on-unknown-charset",
        "A message whose labels disagree or are not known waits for ever for a converter.",
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
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            text.contains("encodingStyle") || envelope_attributes(&text)
        }),
    ),
    mutant(
        "hangs-on-unknown-value-of-must-understand",
        "A value of mustUnderstand other than 0 and 1 is never answered.",
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            let values = text.split("mustUnderstand=\"").skip(1).map(|rest| rest.split('"').next());
            values.flatten().any(|value| !matches!(value, "0" | "1" | "&#49;"))
        }),
    ),
    mutant(
        "hangs-on-unqualified-header-entry",
        "A header entry without namespace is never answered.",
        Bug::Hangs(|request| String::from_utf8_lossy(request.body).contains("<unknown")),
    ),
    mutant(
        "hangs-on-version-11",
        "A message of XML 1.1 is never answered.",
        Bug::Hangs(|request| count(request.body, b"version=\"1.1\"") > 0),
    ),
    mutant(
        "hangs-on-foreign-operation",
        "An operation that the server does not know is never answered.",
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
        Bug::Hangs(|request| {
            let text = String::from_utf8_lossy(request.body);
            let id = text.split("<CallId>").nth(1).and_then(|rest| rest.split("</").next());
            is_disconnect(request) && id.is_some_and(|id| !id.is_empty() && (id.len() < 20 || !id.is_ascii()))
        }),
    ),
    mutant(
        "takes-broken-framing",
        "A body whose framing is broken is taken as far as it came.",
        Bug::Framing,
    ),
    mutant(
        "hangs-on-broken-framing",
        "A request whose framing is broken is never answered.",
        Bug::HangsOnFraming,
    ),
    mutant("takes-turns", "One connection is served at a time, to its end.", Bug::TakesTurns),
];

fn instead(said: Said, response: Response, reaction: Reaction) -> Reaction {
    if said.is_fault() { reaction } else { response.into() }
}

fn spoiled(said: Said, response: Response, spoil: Spoil) -> Reaction {
    if said.is_fault() { Reaction::Spoil(response, spoil) } else { response.into() }
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
