//! Parsers that read something else than what came.

use super::mutant::{Flaw, ParserMutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::req;

/// One that changes the message before it reads it.
pub(super) const fn reads(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&[u8]) -> Vec<u8>,
) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw: Flaw::Before(change) }
}

/// A change of the text, where the message is one.
pub(super) fn text(message: &[u8], change: impl FnOnce(&str) -> String) -> Vec<u8> {
    std::str::from_utf8(message).map_or_else(|_| message.to_vec(), |text| change(text).into_bytes())
}

/// The text without everything from one mark to the next other.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept + rest
}

/// A change of what stands in CallId.
pub(super) fn content(text: &str, change: impl FnOnce(&str) -> String) -> String {
    let Some((head, rest)) = text.split_once("<CallId>") else { return text.to_owned() };
    let Some((inside, tail)) = rest.split_once("</CallId>") else { return text.to_owned() };
    format!("{head}<CallId>{}</CallId>{tail}", change(inside))
}

/// Nothing, where a condition holds: the message is refused.
fn none_if(message: &[u8], refused: bool) -> Vec<u8> {
    if refused { Vec::new() } else { message.to_vec() }
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    reads(
        "repairs-utf-8",
        "Replaces bytes that are no UTF-8.",
        by("encoding/byte-ff-in-call-id", req::INVALID_UTF8),
        |message| {
            if message.starts_with(&[0xFF, 0xFE]) || message.starts_with(&[0xFE, 0xFF]) {
                return message.to_vec();
            }
            String::from_utf8_lossy(message).into_owned().into_bytes()
        },
    ),
    reads(
        "reads-latin-1",
        "Reads UTF-8 as ISO 8859-1.",
        by("text/composed", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            if message.starts_with(&[0xFF, 0xFE]) || message.starts_with(&[0xFE, 0xFF]) {
                return message.to_vec();
            }
            message.iter().map(|&byte| char::from(byte)).collect::<String>().into_bytes()
        },
    ),
    reads(
        "refuses-utf-16",
        "Refuses UTF-16.",
        by("encoding/utf-16-le-declared", req::UTF16_READ),
        |message| none_if(message, message.starts_with(&[0xFF, 0xFE]) || message.starts_with(&[0xFE, 0xFF])),
    ),
    reads(
        "refuses-byte-order-marks",
        "Refuses UTF-8 with a byte order mark.",
        by("encoding/mark-before-declaration", req::BYTE_ORDER_MARK_ACCEPTED),
        |message| none_if(message, message.starts_with(&[0xEF, 0xBB, 0xBF])),
    ),
    reads(
        "drops-control-characters",
        "Drops control characters.",
        by("xml/literal-nul", req::LEGAL_CHARACTERS),
        |message| {
            text(message, |text| text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect())
        },
    ),
    reads(
        "drops-forbidden-references",
        "Drops references to U+0000.",
        by("xml/reference-to-nul", req::LEGAL_CHARACTERS),
        |message| text(message, |text| text.replace("&#0;", "").replace("&#x0;", "")),
    ),
    reads(
        "trims-messages",
        "Drops white space around the message.",
        by("xml/declaration-after-blank", req::WELL_FORMED),
        |message| text(message, |text| text.trim().to_owned()),
    ),
    reads(
        "stops-at-the-root",
        "Looks at nothing after the end tag of the root element.",
        by("encoding/mark-after-envelope", req::WELL_FORMED),
        |message| {
            text(message, |text| match text.split_once("</soap:Envelope>") {
                Some((before, _)) => format!("{before}</soap:Envelope>"),
                None => text.to_owned(),
            })
        },
    ),
    reads(
        "strips-comments",
        "Strips comments before it looks at anything else.",
        by("xml/comment-with-two-hyphens", req::WELL_FORMED),
        |message| text(message, |text| without(text, "<!--", "-->")),
    ),
    reads(
        "strips-document-types",
        "Strips a document type declaration.",
        by("dtd/without-name", req::WELL_FORMED),
        |message| {
            text(message, |text| match text.split_once("<!DOCTYPE") {
                Some((before, after)) => {
                    let end = if after.contains("]>") { "]>" } else { ">" };
                    format!("{before}{}", after.split_once(end).map_or("", |(_, rest)| rest))
                }
                None => text.to_owned(),
            })
        },
    ),
    reads(
        "knows-entities-of-html",
        "Knows the entities of HTML.",
        by("reply-xml/undeclared-entity-invalid-id", req::UNDECLARED_ENTITY),
        |message| text(message, |text| text.replace("&nbsp;", "\u{A0}").replace("&copy;", "\u{A9}")),
    ),
    reads(
        "takes-https-for-http",
        "Takes https for http in the namespace of the messages.",
        by("namespace/disconnect-https", req::HTTPS_NAMESPACE),
        |message| {
            text(message, |text| {
                text.replace("https://schemas.microsoft.com", "http://schemas.microsoft.com")
            })
        },
    ),
    reads(
        "folds-names-of-elements",
        "Takes CallId in any case.",
        by("request-body/call-id-named-lower-case", req::ELEMENT_NAME_CASE),
        |message| {
            text(message, |text| {
                let mut text = text.to_owned();
                for wrong in ["callId", "CallID", "CALLID", "callid", "Callid"] {
                    text = text
                        .replace(&format!("<{wrong}>"), "<CallId>")
                        .replace(&format!("</{wrong}>"), "</CallId>");
                }
                text
            })
        },
    ),
    reads(
        "trims-namespaces",
        "Drops white space around namespaces.",
        by("namespace/disconnect-leading-blank", req::NEAR_MISS_NAMESPACE),
        |message| {
            text(message, |text| text.replace("=\" http", "=\"http").replace("messages \"", "messages\""))
        },
    ),
    reads(
        "needs-a-declaration",
        "Refuses a message without XML declaration.",
        by("reply-spelling/no-declaration-success", req::XML_DECLARATION_OPTIONAL),
        |message| none_if(message, message.starts_with(b"<s") || message.starts_with(b"<S")),
    ),
    reads(
        "needs-the-prefix-soap",
        "Compares the prefix of Envelope.",
        by("namespace/envelope-prefix-s", req::PREFIX_FREELY_CHOSEN),
        |message| {
            let is_text = std::str::from_utf8(message).is_ok();
            none_if(message, is_text && !message.windows(14).any(|part| part == b"<soap:Envelope"))
        },
    ),
    reads(
        "needs-double-quotes",
        "Refuses attributes in apostrophes.",
        by("xml/declared-in-apostrophes", req::XML_DECLARATION_OPTIONAL),
        |message| none_if(message, message.windows(2).any(|part| part == b"='")),
    ),
    reads(
        "refuses-empty-headers",
        "Refuses any Header.",
        by("envelope/header-empty", req::HEADER_BEFORE_BODY),
        |message| none_if(message, message.windows(7).any(|part| part == b":Header")),
    ),
    reads(
        "refuses-open-and-close",
        "Takes an empty DisconnectResponse only as one tag.",
        by("reply-success/start-and-end-tag", req::ANY_SPELLING_OF_ANSWER),
        |message| none_if(message, message.windows(21).any(|part| part == b"></DisconnectResponse")),
    ),
    reads(
        "cuts-at-comments",
        "Reads CallId up to the first comment.",
        by("xml/comment-before-id", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| {
            text(message, |text| content(text, |id| id.split("<!--").next().unwrap_or_default().to_owned()))
        },
    ),
    reads(
        "reads-after-comments",
        "Reads CallId from the last comment on.",
        by("xml/comment-after-id", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| {
            text(message, |text| content(text, |id| id.rsplit("-->").next().unwrap_or_default().to_owned()))
        },
    ),
    reads(
        "drops-sections",
        "Drops CDATA sections.",
        by("xml/section-whole", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| text(message, |text| content(text, |id| without(id, "<![CDATA[", "]]>"))),
    ),
    reads(
        "cuts-at-sections",
        "Reads CallId up to the first CDATA section, or the section alone.",
        by("xml/section-in-two", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            text(message, |text| {
                content(text, |id| match id.split_once("]]>") {
                    Some((first, _)) if id.starts_with("<![CDATA[") => format!("{first}]]>"),
                    _ => id.to_owned(),
                })
            })
        },
    ),
    reads(
        "cuts-at-references",
        "Reads CallId up to the first reference.",
        by("text/cr-reference", req::LINE_ENDINGS),
        |message| {
            text(message, |text| {
                content(text, |id| match id.split_once('&') {
                    Some((before, _)) if !before.is_empty() => before.to_owned(),
                    _ => id.to_owned(),
                })
            })
        },
    ),
    reads(
        "keeps-line-ends",
        "Gives line ends as they were written.",
        by("text/crlf", req::LINE_ENDINGS),
        |message| text(message, |text| content(text, |id| id.replace('\r', "&#13;"))),
    ),
    reads(
        "reads-next-line-as-line-end",
        "Takes U+0085 and U+2028 for line ends.",
        by("text/next-line", req::LINE_ENDINGS),
        |message| text(message, |text| content(text, |id| id.replace(['\u{85}', '\u{2028}'], "\n"))),
    ),
];
