//! Parsers that are wrong about the markup and the characters of which a text is made.

use super::before::{content, reads, text};
use super::kind::refuses;
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::mock::killed_by::by;
use crate::protocol::req;

/// What stands between the tags of CallId, as it is written.
fn written<'a>(message: &MessageView<'a>) -> &'a str {
    let inside = message.text.split_once("<CallId>").and_then(|(_, rest)| rest.split_once("</CallId>"));
    inside.map_or("", |(inside, _)| inside).trim_matches(['\t', '\n', '\r', ' '])
}

/// What its CDATA sections hold.
fn sections<'a>(message: &MessageView<'a>) -> impl Iterator<Item = &'a str> {
    pieces(message.text, "<![CDATA[", "]]>").into_iter()
}

/// What stands between a mark and the next other one, each time.
fn pieces<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((piece, behind)) = rest.split_once(open).and_then(|(_, after)| after.split_once(close)) {
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// The text with something else for each CDATA section.
fn with_sections(text: &str, change: fn(&str) -> String) -> String {
    let mut changed = text.to_owned();
    for section in pieces(text, "<![CDATA[", "]]>") {
        changed = changed.replacen(&format!("<![CDATA[{section}]]>"), &change(section), 1);
    }
    changed
}

/// A message in little-endian UTF-16 with a mark, with other code units.
fn in_utf16(message: &[u8], change: fn(u16) -> u16) -> Vec<u8> {
    let Some(rest) = message.strip_prefix(&[0xFF, 0xFE]) else { return message.to_vec() };
    let (units, odd) = rest.as_chunks::<2>();
    let changed = units.iter().flat_map(|&unit| change(u16::from_le_bytes(unit)).to_le_bytes());
    [0xFF, 0xFE].into_iter().chain(changed).chain(odd.iter().copied()).collect()
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // What stands for itself.
    refuses(
        "needs-greater-than-signs-escaped",
        "Refuses a text with a literal greater-than sign.",
        ("text/greater-than", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| written(message).contains('>') && !written(message).contains('<'),
    ),
    refuses(
        "takes-two-brackets-for-the-end-of-a-section",
        "Refuses a text with two brackets in a row.",
        ("text/two-brackets", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| written(message).contains("]]") && !written(message).contains("<!["),
    ),
    refuses(
        "looks-for-ends-of-sections-behind-references",
        "Refuses two brackets and a greater-than sign by reference.",
        ("text/section-end-by-reference", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| written(message).contains("]]&gt;") && !written(message).contains("<!["),
    ),
    refuses(
        "joins-text-before-it-looks-for-ends-of-sections",
        "Refuses two brackets and a greater-than sign that a comment parts.",
        ("text/section-end-parted-by-comment", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| written(message).contains("]]<!-- -->>"),
    ),
    refuses(
        "looks-for-tags-in-sections",
        "Refuses a CDATA section with a less-than sign.",
        ("text/less-than-in-section", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| sections(message).any(|section| section.contains('<')),
    ),
    refuses(
        "looks-for-brackets-in-sections",
        "Refuses a CDATA section with a bracket.",
        ("text/bracket-in-section", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| sections(message).any(|section| section.contains('[')),
    ),
    refuses(
        "looks-for-sections-in-comments",
        "Refuses a comment that holds what starts a CDATA section.",
        ("text/section-in-comment", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| pieces(message.text, "<!--", "-->").iter().any(|comment| comment.contains("<![CDATA[")),
    ),
    refuses(
        "has-room-for-six-digits-of-a-reference",
        "Refuses a decimal reference of more than six digits.",
        ("text/reference-of-seven-digits", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            let references = pieces(written(message), "&#", ";");
            references.iter().any(|digits| digits.len() > 6 && !digits.starts_with('x'))
        },
    ),
    refuses(
        "refuses-c1-controls-in-ids",
        "Refuses a CallId with a control of ISO 8859-1, as of XML 1.1.",
        ("text/c1-control", req::LEGAL_CHARACTERS),
        |message| written(message).contains(|c| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')),
    ),
    refuses(
        "refuses-noncharacters-in-ids",
        "Refuses a CallId with a noncharacter of Unicode that is a character to XML.",
        ("text/noncharacter", req::LEGAL_CHARACTERS),
        |message| written(message).contains(|c| matches!(c, '\u{FDD0}'..='\u{FDEF}')),
    ),
    // What is read as something else.
    reads(
        "expands-references-in-sections",
        "Expands references in CDATA sections.",
        by("text/reference-in-section", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            let plain = |section: &str| {
                if section.contains('&') && !section.contains('<') {
                    section.to_owned()
                } else {
                    format!("<![CDATA[{section}]]>")
                }
            };
            text(message, |text| content(text, |inside| with_sections(inside, plain)))
        },
    ),
    reads(
        "drops-line-feeds-at-the-start-of-sections",
        "Drops a line feed at the start of a CDATA section.",
        by("text/line-feed-first-in-section", req::PADDED_CALL_ID),
        |message| {
            let rest =
                |section: &str| format!("<![CDATA[{}]]>", section.strip_prefix('\n').unwrap_or(section));
            text(message, |text| content(text, |inside| with_sections(inside, rest)))
        },
    ),
    reads(
        "drops-pieces-of-white-space",
        "Drops a piece of CallId that is white space alone.",
        by("text/blank-between-comments", req::PADDED_CALL_ID),
        |message| {
            text(message, |text| {
                content(text, |inside| {
                    let inside = inside.replace("--> <!--", "--><!--");
                    inside.strip_prefix(" <!--").map_or(inside.clone(), |rest| format!("<!--{rest}"))
                })
            })
        },
    ),
    reads(
        "takes-lf-cr-for-one-line-end",
        "Takes LF CR for one line end.",
        by("text/lf-cr", req::LINE_ENDINGS),
        |message| text(message, |text| content(text, |inside| inside.replace("\n\r", "\n"))),
    ),
    reads(
        "reads-paragraph-separators-as-line-ends",
        "Takes U+2029 for a line end.",
        by("text/paragraph-separator", req::LINE_ENDINGS),
        |message| text(message, |text| content(text, |inside| inside.replace('\u{2029}', "\n"))),
    ),
    reads(
        "reads-octal-references",
        "Reads the digits of a decimal reference that starts with a zero as octal ones.",
        by("text/reference-with-zero-first", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| text(message, |text| content(text, |inside| inside.replace("&#0101;", "A"))),
    ),
    // UTF-16.
    reads(
        "counts-line-ends-of-utf-16-twice",
        "Takes each of CR and LF in UTF-16 for a line end.",
        by("text/utf-16-crlf", req::LINE_ENDINGS),
        |message| in_utf16(message, |unit| if unit == 0xD { 0xA } else { unit }),
    ),
    reads(
        "loses-pairs-of-utf-16",
        "Reads a character beyond the BMP in UTF-16 as two that stand for errors.",
        by("text/utf-16-beyond-bmp", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| in_utf16(message, |unit| if (0xD800..=0xDFFF).contains(&unit) { 0xFFFD } else { unit }),
    ),
    reads(
        "reads-low-bytes-of-utf-16",
        "Reads the low byte of each character of UTF-16.",
        by("text/utf-16-high-byte", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| in_utf16(message, |unit| unit & 0xFF),
    ),
];
