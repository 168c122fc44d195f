//! Servers that refuse or mistake a legal spelling of a message.

use super::bug::{Bug, Mutant, mutant};
use crate::message::xml::is_xml_white;
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "cuts-call-id-at-comment",
        "The id ends at the first comment in it.",
        by("xml/comment-inside-id", req::COMMENTS_LEAVE_VALUE_WHOLE),
        Bug::Misreads(|body| in_call_id(body, |id| id.split("<!--").next().unwrap_or_default().to_owned())),
    ),
    mutant(
        "takes-first-text-of-call-id",
        "The id ends where the first piece of text ends: at a comment, CDATA section, instruction or reference.",
        by("xml/section-in-two", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Misreads(|body| {
            in_call_id(body, |id| {
                let start = id.trim_start_matches("<![CDATA[");
                start.split(['<', '&', ']']).next().unwrap_or_default().to_owned()
            })
        }),
    ),
    mutant(
        "takes-last-text-of-call-id",
        "The id begins where its last piece of text begins.",
        by("xml/section-then-text", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Misreads(|body| {
            in_call_id(body, |id| id.rsplit(['>', ';']).next().unwrap_or_default().to_owned())
        }),
    ),
    mutant(
        "drops-cdata",
        "CDATA sections are dropped.",
        by("xml/section-whole", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Misreads(|body| {
            in_call_id(body, |id| {
                let mut out = String::new();
                let mut rest = id;
                while let Some((before, after)) = rest.split_once("<![CDATA[") {
                    out.push_str(before);
                    rest = after.split_once("]]>").map_or("", |(_, tail)| tail);
                }
                out + rest
            })
        }),
    ),
    mutant(
        "keeps-references",
        "Character references in the id stay as they are written.",
        by("xml/references-decimal", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Misreads(|body| in_call_id(body, |id| id.replace("&#", "&amp;#"))),
    ),
    mutant(
        "resolves-references-twice",
        "References in the id are resolved twice.",
        by("xml/reference-escaped-twice", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Misreads(|body| in_call_id(body, |id| id.replace("&amp;#", "&#"))),
    ),
    mutant(
        "refuses-comments",
        "A message with a comment is refused.",
        by("xml/comment-before-envelope", req::COMMENTS_LEAVE_VALUE_WHOLE),
        Bug::Refuses(|text| text.contains("<!--")),
    ),
    mutant(
        "refuses-cdata",
        "A CDATA section is refused.",
        by("xml/section-whole", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Refuses(|text| text.contains("<![CDATA[")),
    ),
    mutant(
        "refuses-references",
        "A character reference is refused.",
        by("xml/references-decimal", req::EQUAL_SPELLINGS_OF_TEXT),
        Bug::Refuses(|text| text.contains("&#")),
    ),
    mutant(
        "refuses-mark",
        "A byte order mark is refused.",
        by("encoding/mark-before-declaration", req::BYTE_ORDER_MARK_ACCEPTED),
        Bug::Refuses(|text| text.starts_with('\u{FEFF}')),
    ),
    mutant(
        "refuses-utf16",
        "A message in UTF-16 is refused.",
        by("encoding/utf-16-le-declared", req::UTF16_READ),
        Bug::Refuses(|text| text.contains('\0') || text.contains('\u{FFFD}')),
    ),
    mutant(
        "asks-for-declaration",
        "A message without an XML declaration is refused.",
        by("xml/declared-not-at-all", req::XML_DECLARATION_OPTIONAL),
        Bug::Refuses(|text| !text.trim_start_matches('\u{FEFF}').starts_with("<?xml")),
    ),
    mutant(
        "knows-one-declaration",
        "An XML declaration in other words than the usual ones is refused.",
        by("xml/declared-without-encoding", req::XML_DECLARATION_OPTIONAL),
        Bug::Refuses(|text| {
            text.starts_with("<?xml") && !text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>")
        }),
    ),
    mutant(
        "asks-for-double-quotes",
        "An attribute in apostrophes is refused.",
        by("xml/apostrophes", req::MINIMAL_REQUEST),
        Bug::Refuses(|text| text.contains("='")),
    ),
    mutant(
        "counts-white-space",
        "White space between elements is refused.",
        by("xml/indented-by-blanks", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        Bug::Refuses(|text| {
            text.match_indices('<').skip(2).any(|(at, _)| text[..at].ends_with(is_xml_white))
        }),
    ),
    mutant(
        "knows-no-white-space-in-tags",
        "White space within tags is refused where there need be none.",
        by("xml/white-space-in-end-tags", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        Bug::Refuses(|text| {
            let spaced = |(at, _): (usize, &str)| text[..at].ends_with(is_xml_white);
            text.match_indices('>').any(spaced) || text.match_indices("/>").any(spaced)
        }),
    ),
    mutant(
        "knows-one-prefix",
        "The envelope must have the prefix soap.",
        by("namespace/envelope-prefix-s", req::PREFIX_FREELY_CHOSEN),
        Bug::Refuses(|text| !text.contains("<soap:Envelope ") || !text.contains("<soap:Body")),
    ),
    mutant(
        "asks-for-default-namespace",
        "Disconnect and CallId must have no prefix.",
        by("namespace/messages-prefix-on-disconnect", req::PREFIX_FREELY_CHOSEN),
        Bug::Refuses(|text| text.contains(":Disconnect") || text.contains(":CallId")),
    ),
    mutant(
        "asks-for-declaration-on-disconnect",
        "Namespaces must be declared where they are used first, and once.",
        by("namespace/messages-default-on-envelope", req::PREFIX_FREELY_CHOSEN),
        Bug::Refuses(|text| {
            !text.contains(&format!("<Disconnect xmlns=\"{}\">", names::MESSAGES))
                || text.matches("xmlns:").count() != 1
        }),
    ),
    mutant(
        "knows-ascii-only",
        "A message with a character beyond ASCII is refused.",
        by("xml/characters-at-the-edges", req::LEGAL_CHARACTERS),
        Bug::Refuses(|text| !text.trim_start_matches('\u{FEFF}').is_ascii()),
    ),
    mutant(
        "refuses-attributes-of-schema-instance",
        "xsi:type and the schema locations are refused.",
        by("request-body/type-string", req::XSI_ATTRIBUTES_ALLOWED),
        Bug::Refuses(|text| text.contains("XMLSchema-instance")),
    ),
    mutant(
        "refuses-messages-above-32-kib",
        "A message of more than 32,768 characters is refused.",
        by("call-id-size/message-within-the-default-quota", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        Bug::Refuses(|text| text.len() > 32_768),
    ),
    mutant(
        "knows-few-markups",
        "A message with more than two hundred angle brackets is refused.",
        by("xml/comments-by-the-thousand", req::COMMENTS_LEAVE_VALUE_WHOLE),
        Bug::Refuses(|text| text.matches('<').count() > 200),
    ),
];

/// Changes the markup inside the first CallId, if the body is UTF-8.
fn in_call_id(body: &[u8], change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let unchanged = || body.to_vec();
    let Ok(text) = std::str::from_utf8(body) else { return unchanged() };
    let Some(open) = text.find("CallId") else { return unchanged() };
    let Some(start) = text[open..].find('>').map(|at| open + at + 1) else { return unchanged() };
    // The last one: an id may hold its own end tag in a comment.
    let Some(end) =
        text.rfind("</").and_then(|_| text.rfind("CallId>")).and_then(|at| text[..at].rfind("</"))
    else {
        return unchanged();
    };
    if start > end {
        return unchanged();
    }
    format!("{}{}{}", &text[..start], change(&text[start..end]), &text[end..]).into_bytes()
}
