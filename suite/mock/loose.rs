//! Readers of XML that borrow white space, names, comments or numbers from their language.

use super::killed_by::by;
use super::misreading::{Misreading, takes};
use super::rewrite::{character, declaration, in_tags, is_wide, references, replaced, text};
use crate::message::xml::is_xml_char;
use crate::protocol::req;

pub(super) const LOOSE: [Misreading; 32] = [
    // White space.
    takes(
        "takes-white-space-of-c",
        "Form feeds and vertical tabs are white space in tags, as isspace has it.",
        by("xml/tag-with-form-feed", req::WELL_FORMED),
        |body| in_tags(body, |tag| tag.replace(['\u{B}', '\u{C}'], " ")),
    ),
    takes(
        "takes-white-space-of-unicode",
        "What Unicode calls white space is white space in tags, as a pattern has it.",
        by("xml/tag-with-no-break-space", req::WELL_FORMED),
        |body| in_tags(body, |tag| tag.replace(['\u{85}', '\u{A0}', '\u{2028}'], " ")),
    ),
    takes(
        "trims-white-space-of-unicode",
        "White space of Unicode at the end of a message is cut off.",
        by("xml/ideographic-space-after-root", req::WELL_FORMED),
        |body| text(body, |text| text.trim_end_matches(['\u{A0}', '\u{200B}', '\u{3000}']).to_owned()),
    ),
    takes(
        "takes-form-feeds-between-elements",
        "Form feeds between elements are white space.",
        by("xml/form-feed-between-elements", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.replace(">\u{C}<", "><")),
    ),
    takes(
        "ends-messages-at-control-z",
        "A message ends at the first U+001A, as files in DOS did.",
        by("xml/control-z-after-root", req::WELL_FORMED),
        |body| text(body, |text| text.split('\u{1A}').next().unwrap_or_default().to_owned()),
    ),
    takes(
        "skips-line-ends-before-declarations",
        "Line feeds before the XML declaration are passed over.",
        by("xml/declaration-after-line-feed", req::WELL_FORMED),
        |body| text(body, |text| text.trim_start_matches(['\r', '\n']).to_owned()),
    ),
    takes(
        "skips-text-before-the-root",
        "Text between the XML declaration and the root element is passed over.",
        by("xml/text-before-root", req::WELL_FORMED),
        |body| {
            text(body, |text| match text.split_once("?>") {
                Some((parts, rest)) if parts.starts_with("<?xml ") => {
                    format!("{parts}?>{}", &rest[rest.find('<').unwrap_or_default()..])
                }
                _ => text.to_owned(),
            })
        },
    ),
    takes(
        "drops-end-tags-behind-the-root",
        "An end tag behind the root element is passed over.",
        by("xml/end-tag-after-root", req::WELL_FORMED),
        |body| {
            text(body, |text| match text.split_once("</soap:Envelope></") {
                Some((before, _)) => format!("{before}</soap:Envelope>"),
                None => text.to_owned(),
            })
        },
    ),
    // Characters, and references to them.
    takes(
        "drops-literal-characters-that-xml-forbids",
        "Characters that XML forbids are dropped where they stand as such.",
        by("xml/literal-form-feed", req::LEGAL_CHARACTERS),
        |body| text(body, |text| text.chars().filter(|&c| is_xml_char(c)).collect()),
    ),
    takes(
        "drops-references-to-what-xml-forbids",
        "References to what XML forbids, or to no character, are dropped.",
        by("xml/reference-to-form-feed", req::LEGAL_CHARACTERS),
        |body| references(body, |name| forbids(name).then(String::new)),
    ),
    takes(
        "drops-references-to-controls-of-text",
        "References to backspaces and form feeds are dropped.",
        by("xml/reference-to-backspace", req::LEGAL_CHARACTERS),
        |body| references(body, |name| matches!(name, "#8" | "#12").then(String::new)),
    ),
    takes(
        "keeps-numbers-in-32-bits",
        "Of the number in a reference the low 32 bits are kept.",
        by("xml/reference-to-number-beyond-32-bits", req::LEGAL_CHARACTERS),
        |body| {
            references(body, |name| {
                let number: u64 = name.strip_prefix('#')?.parse().ok()?;
                character(u32::try_from(number.checked_sub(1 << 32)?).ok()?)
            })
        },
    ),
    takes(
        "keeps-numbers-in-21-bits",
        "Of the number in a reference the low 21 bits are kept, which every character fits in.",
        by("xml/reference-to-number-beyond-21-bits", req::LEGAL_CHARACTERS),
        |body| {
            references(body, |name| {
                let number = u32::from_str_radix(name.strip_prefix("#x")?, 16).ok()?;
                character(number.checked_sub(1 << 21)?)
            })
        },
    ),
    takes(
        "knows-some-entities-of-html",
        "Entities of HTML for accented letters and signs are known.",
        by("xml/entity-of-html-accented", req::UNDECLARED_ENTITY),
        |body| {
            references(body, |name| match name {
                "copy" => Some("\u{A9}".to_owned()),
                "eacute" => Some("\u{E9}".to_owned()),
                "euro" => Some("\u{20AC}".to_owned()),
                _ => None,
            })
        },
    ),
    // Markup.
    takes(
        "takes-short-comments-of-html",
        "The start of a comment may end it, as in HTML.",
        by("xml/comment-ended-by-its-start", req::WELL_FORMED),
        |body| text(body, |text| text.replace("<!--->", "").replace("<!-->", "")),
    ),
    takes(
        "takes-blanks-in-marks-of-comments",
        "A blank may stand in the marks at both ends of a comment.",
        by("xml/comment-with-blank-in-its-start", req::WELL_FORMED),
        |body| text(body, |text| text.replace("<! --", "<!--").replace("-- >", "-->")),
    ),
    takes(
        "takes-the-last-of-two-declarations",
        "A start tag may declare a prefix, or the default, twice.",
        by("xml/prefix-declared-twice", req::WELL_FORMED),
        |body| in_tags(body, |tag| without_repeated(tag, |name| name.starts_with("xmlns"))),
    ),
    takes(
        "takes-the-last-of-two-attributes-with-prefix",
        "An attribute with a prefix may occur twice.",
        by("xml/attribute-with-prefix-repeated", req::WELL_FORMED),
        |body| {
            in_tags(body, |tag| {
                without_repeated(tag, |name| name.contains(':') && !name.starts_with("xmlns"))
            })
        },
    ),
    takes(
        "drops-slashes-between-attributes",
        "A slash between attributes is passed over, as in HTML.",
        by("xml/slash-in-start-tag", req::WELL_FORMED),
        |body| in_tags(body, |tag| tag.replace(" / ", " ")),
    ),
    takes(
        "takes-signs-in-names",
        "Names may hold signs, as the characters that no name has were forgotten.",
        by("xml/name-with-dollar-sign", req::WELL_FORMED),
        |body| in_tags(body, |tag| tag.replace(['$', '\u{D7}'], "")),
    ),
    takes(
        "takes-hyphens-first-in-names",
        "A local name may start with a hyphen, as a name may go on with one.",
        by("xml/local-name-with-hyphen-first", req::PREFIX_DECLARED),
        |body| in_tags(body, |tag| tag.replacen("x:-", "x:", 1)),
    ),
    takes(
        "keeps-declarations-behind-end-tags",
        "What an element declares holds behind its end tag.",
        by("xml/prefix-of-sibling-with-end-tag", req::PREFIX_DECLARED),
        |body| text(body, |text| text.replace("</x:z><y:c/>", "</x:z>")),
    ),
    takes(
        "reads-standalone-in-any-case",
        "The XML declaration may say in capitals that it stands alone.",
        by("xml/declaration-with-standalone-in-capitals", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("standalone='YES'")),
    ),
    takes(
        "looks-for-document-types-at-the-start",
        "A declaration of the document type behind the first 4,096 bytes is dropped, and not looked for.",
        by("dtd/behind-long-comment", req::NO_DTD),
        |body| {
            text(body, |text| {
                let late = text.find("<!DOCTYPE").filter(|&at| at > 4_096);
                match late.and_then(|at| Some((at, text[at..].find('>')?))) {
                    Some((at, length)) => format!("{}{}", &text[..at], &text[at + length + 1..]),
                    None => text.to_owned(),
                }
            })
        },
    ),
    // Bytes.
    takes(
        "reads-overlong-forms-of-four-bytes",
        "A form of four bytes for an ASCII character is read as that.",
        by("encoding/overlong-slash-of-four-bytes-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xF0\x80\x80\xAF", "/"),
    ),
    takes(
        "reads-overlong-forms-that-start-with-c1",
        "Of overlong forms of two bytes only those that start with C0 are known.",
        by("encoding/overlong-letter-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xC1\x81", "A"),
    ),
    takes(
        "reads-modified-utf-8",
        "NUL may be written in two bytes, as Java does, and is dropped.",
        by("encoding/overlong-nul-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xC0\x80", ""),
    ),
    takes(
        "reads-long-forms-of-utf-8",
        "Forms of four and six bytes beyond the last character are read.",
        by("encoding/six-bytes-in-comment", req::INVALID_UTF8),
        |body| {
            replaced(body, b"\xFC\x84\x80\x80\x80\x80", "?")
                .or_else(|| replaced(body, b"\xF5\x80\x80\x80", "?"))
        },
    ),
    takes(
        "takes-any-byte-behind-the-first",
        "The second byte of a character is not looked at, only its low bits.",
        by("encoding/letter-behind-start-of-two-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xC3A", "\u{C1}").or_else(|| replaced(body, b"\xE2A\x82", "\u{2042}")),
    ),
    takes(
        "replaces-characters-that-are-cut-short",
        "A character of four bytes that lacks the last one is replaced.",
        by("encoding/four-bytes-cut-short-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xF0\x9F\x98", "\u{FFFD}"),
    ),
    takes(
        "replaces-lone-low-surrogates",
        "A low surrogate of three bytes is replaced.",
        by("encoding/low-surrogate-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xED\xB0\x80", "\u{FFFD}"),
    ),
    takes(
        "drops-bytes-of-call-id-that-are-no-utf-8",
        "Bytes of CallId that are no UTF-8 are dropped.",
        by("encoding/byte-ff-in-call-id", req::INVALID_UTF8),
        |body| {
            let first = body.utf8_chunks().next().filter(|chunk| !chunk.invalid().is_empty())?;
            let (_, id) = first.valid().split_once("<CallId>").filter(|_| !is_wide(body))?;
            let kept = || body.utf8_chunks().map(|chunk| chunk.valid()).collect::<String>();
            (!id.contains('<')).then(|| kept().into_bytes())
        },
    ),
];

/// Whether the digits of a reference name no character of XML.
fn forbids(name: &str) -> bool {
    let digits = name.strip_prefix('#').unwrap_or_default();
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |digits| (digits, 16));
    let number = || u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    !digits.is_empty()
        && digits.chars().all(|c| c.is_digit(radix))
        && number().is_none_or(|c| !is_xml_char(c))
}

/// A tag without what comes again later, of the attributes of which this holds.
fn without_repeated(tag: &str, of: impl Fn(&str) -> bool) -> String {
    let name = |piece: &str| piece.split('=').next().unwrap_or_default().to_owned();
    let pieces: Vec<&str> = tag.split(' ').collect();
    let kept = pieces.iter().enumerate().filter(|(at, piece)| {
        let name_of_it = name(piece);
        !of(&name_of_it) || !pieces[at + 1..].iter().any(|later| name(later) == name_of_it)
    });
    kept.map(|(_, piece)| *piece).collect::<Vec<&str>>().join(" ")
}
