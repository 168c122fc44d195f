//! Texts of CallId that only a parser can show it has read exactly.

use std::borrow::Cow;

use super::MessageCase;
use super::MessageExpect;
use super::values::VALUES;
use crate::message::{Draft, Edit, Encoding, Ids, MessageKind, Place};
use crate::protocol::{InputClass, RequirementId, names, req};

/// Name, about, requirement, content, value.
const TEXTS: &[(&str, &str, RequirementId, &str, &str)] = &[
    ("crlf", "CallId holds a CR LF, which is read as LF.", req::LINE_ENDINGS, "a\r\nb", "a\nb"),
    ("cr", "CallId holds a lone CR, which is read as LF.", req::LINE_ENDINGS, "a\rb", "a\nb"),
    ("cr-cr-lf", "CallId holds CR CR LF, which are read as two LF.", req::LINE_ENDINGS, "a\r\r\nb", "a\n\nb"),
    (
        "cr-in-section",
        "A CDATA section holds a CR LF, which is read as LF.",
        req::LINE_ENDINGS,
        "<![CDATA[a\r\nb]]>",
        "a\nb",
    ),
    (
        "cr-reference",
        "CallId holds a CR by reference, which stays one.",
        req::LINE_ENDINGS,
        "a&#13;b",
        "a\rb",
    ),
    (
        "crlf-reference",
        "CallId holds CR and LF by reference, which stay so.",
        req::LINE_ENDINGS,
        "a&#xD;&#xA;b",
        "a\r\nb",
    ),
    (
        "crlf-half-reference",
        "A CR by reference stands before a literal LF.",
        req::LINE_ENDINGS,
        "a&#13;\nb",
        "a\r\nb",
    ),
    ("leading-line-feed", "CallId starts with a line feed.", req::PADDED_CALL_ID, "\na", "\na"),
    ("trailing-line-feed", "CallId ends with a line feed.", req::PADDED_CALL_ID, "a\n", "a\n"),
    ("tabs", "CallId starts and ends with tabs.", req::PADDED_CALL_ID, "\ta\t", "\ta\t"),
    ("blanks-in-a-row", "Two blanks stand in the middle of CallId.", req::PADDED_CALL_ID, "a  b", "a  b"),
    (
        "next-line",
        "CallId holds U+0085, which is no line end in XML 1.0.",
        req::LINE_ENDINGS,
        "a\u{85}b",
        "a\u{85}b",
    ),
    (
        "next-line-reference",
        "CallId holds U+0085 by reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a&#x85;b",
        "a\u{85}b",
    ),
    ("delete", "CallId holds U+007F, which XML allows.", req::LEGAL_CHARACTERS, "a\u{7F}b", "a\u{7F}b"),
    (
        "line-separator",
        "CallId holds U+2028, which is no line end in XML 1.0.",
        req::LINE_ENDINGS,
        "a\u{2028}b",
        "a\u{2028}b",
    ),
    (
        "no-break-space",
        "CallId starts with U+00A0, which is no white space in XML.",
        req::PADDED_CALL_ID,
        "\u{A0}a",
        "\u{A0}a",
    ),
    (
        "mark-inside",
        "CallId holds U+FEFF, which is a character like others there.",
        req::LEGAL_CHARACTERS,
        "a\u{FEFF}b",
        "a\u{FEFF}b",
    ),
    (
        "beyond-bmp",
        "CallId holds a character beyond the BMP.",
        req::LEGAL_CHARACTERS,
        "a\u{1F4DE}b",
        "a\u{1F4DE}b",
    ),
    (
        "beyond-bmp-reference",
        "CallId holds a character beyond the BMP by reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a&#x1F4DE;b",
        "a\u{1F4DE}b",
    ),
    (
        "decomposed",
        "CallId holds a letter and a combining accent, which stay two.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "e\u{301}",
        "e\u{301}",
    ),
    (
        "composed",
        "CallId holds an accented letter, which stays one.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "\u{E9}",
        "\u{E9}",
    ),
    (
        "escaped-markup",
        "CallId holds markup, escaped.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "&lt;CallId&gt;&quot;&apos;&lt;/CallId&gt;",
        "<CallId>\"'</CallId>",
    ),
    (
        "escaped-twice",
        "CallId holds an ampersand that was escaped twice.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "&amp;amp;&amp;#61;",
        "&amp;&#61;",
    ),
    (
        "section-end",
        "CallId holds ]]>, split over two sections.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a]]]]><![CDATA[>b]]>",
        "a]]>b",
    ),
    (
        "paragraph-separator",
        "CallId holds U+2029, which is no line end in XML 1.0.",
        req::LINE_ENDINGS,
        "a\u{2029}b",
        "a\u{2029}b",
    ),
    ("lf-cr", "CallId holds LF CR, which are read as two LF.", req::LINE_ENDINGS, "a\n\rb", "a\n\nb"),
    ("greater-than", "CallId holds a literal greater-than sign.", req::EQUAL_SPELLINGS_OF_TEXT, "a>b", "a>b"),
    (
        "two-brackets",
        "CallId holds two brackets without a greater-than sign behind them.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a]]b",
        "a]]b",
    ),
    (
        "less-than-in-section",
        "A CDATA section holds a less-than sign.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a<b]]>",
        "a<b",
    ),
    (
        "bracket-in-section",
        "A CDATA section holds an opening bracket.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a[b]]>",
        "a[b",
    ),
    (
        "section-in-section",
        "A CDATA section holds what starts one, which is text there.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a<![CDATA[b]]>",
        "a<![CDATA[b",
    ),
    (
        "section-in-comment",
        "A comment holds what starts a CDATA section, which is nothing there.",
        req::COMMENTS_LEAVE_VALUE_WHOLE,
        "a<!--<![CDATA[-->b",
        "ab",
    ),
    (
        "reference-in-section",
        "A CDATA section holds what looks like a reference, which is text there.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a&amp;b]]>",
        "a&amp;b",
    ),
    (
        "line-feed-first-in-section",
        "A CDATA section starts with a line feed.",
        req::PADDED_CALL_ID,
        "<![CDATA[\na]]>",
        "\na",
    ),
    (
        "blank-between-comments",
        "A blank stands between two comments within CallId.",
        req::PADDED_CALL_ID,
        "a<!--x--> <!--y-->b",
        "a b",
    ),
    (
        "blank-before-comment",
        "CallId starts with a blank before a comment.",
        req::PADDED_CALL_ID,
        " <!--x-->b",
        " b",
    ),
    (
        "reference-of-seven-digits",
        "CallId holds the last character of Unicode by a decimal reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "&#1114109;",
        "\u{10FFFD}",
    ),
    (
        "reference-with-zero-first",
        "CallId holds a decimal reference that starts with a zero.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a&#0101;-b",
        "ae-b",
    ),
    (
        "section-end-by-reference",
        "CallId holds two brackets and a greater-than sign, of which the last is a reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a]]&gt;b",
        "a]]>b",
    ),
    (
        "section-end-parted-by-comment",
        "A comment parts two brackets from a greater-than sign in CallId.",
        req::COMMENTS_LEAVE_VALUE_WHOLE,
        "a]]<!-- -->>b",
        "a]]>b",
    ),
    (
        "c1-control",
        "CallId holds U+0080, which XML 1.0 allows.",
        req::LEGAL_CHARACTERS,
        "a\u{80}b",
        "a\u{80}b",
    ),
    (
        "noncharacter",
        "CallId holds U+FDD0, which is no character to Unicode, and one to XML.",
        req::LEGAL_CHARACTERS,
        "a\u{FDD0}b",
        "a\u{FDD0}b",
    ),
];

/// Texts in UTF-16, where a parser may lose half of a character or forget what it does to others: name, about,
/// requirement, content, value.
const WIDE: &[(&str, &str, RequirementId, &str, &str)] = &[
    (
        "utf-16-beyond-bmp",
        "CallId holds a character beyond the BMP, in a message in UTF-16.",
        req::UTF16_READ,
        "a\u{1F4DE}b",
        "a\u{1F4DE}b",
    ),
    (
        "utf-16-high-byte",
        "CallId holds a letter of two bytes that are not zero, in UTF-16.",
        req::UTF16_READ,
        "a\u{141}b",
        "a\u{141}b",
    ),
    (
        "utf-16-crlf",
        "CallId holds a CR LF in UTF-16, which is read as LF.",
        req::LINE_ENDINGS,
        "a\r\nb",
        "a\nb",
    ),
];

/// The texts, as cases for parsers.
pub(super) fn texts() -> Vec<MessageCase> {
    let written = |content: &str| vec![Edit::Content(Place::CallId, content.to_owned())];
    let texts = TEXTS.iter().map(|&(name, about, row, content, value)| {
        text(format!("text/{name}"), Cow::Borrowed(about), row, &written(content), value)
    });
    let wide = WIDE.iter().map(|&(name, about, row, content, value)| {
        let id = format!("text/{name}");
        let declared = r#"<?xml version="1.0" encoding="utf-16"?>"#;
        let edits = [
            Edit::Content(Place::CallId, content.to_owned()),
            Edit::Encoding(Encoding::Utf16Le),
            Edit::Mark,
            Edit::Declaration(Some(declared.to_owned())),
        ];
        let plain = text(id, Cow::Borrowed(about), row, &edits, value);
        let requirements = if row == req::UTF16_READ { vec![row] } else { vec![row, req::UTF16_READ] };
        MessageCase {
            requirements,
            class: Some(InputClass::Utf16),
            content_type: format!("{}; charset=utf-16", names::MEDIA_TYPE),
            charset: Some("utf-16".to_owned()),
            ..plain
        }
    });
    let values = VALUES.iter().map(|&(name, what, content, value)| {
        let about = Cow::Owned(format!("CallId holds {what}."));
        text(format!("value/{name}"), about, req::EQUAL_SPELLINGS_OF_TEXT, &written(content), value)
    });
    texts.chain(wide).chain(values).collect()
}

fn text(
    id: String,
    about: Cow<'static, str>,
    row: RequirementId,
    edits: &[Edit],
    value: &str,
) -> MessageCase {
    MessageCase {
        id: Cow::Owned(id),
        about,
        kind: MessageKind::Request,
        requirements: vec![row],
        class: Some(InputClass::Valid),
        nuance: None,
        content_type: format!("{}; charset=utf-8", names::MEDIA_TYPE),
        charset: Some("utf-8".to_owned()),
        bytes: Draft::disconnect(edits).body(&Ids::default()),
        smaller: Vec::new(),
        expect: MessageExpect::Accept,
        value: Some(value.to_owned()),
        readings: Vec::new(),
        well_formed: true,
        schema_valid: true,
    }
}
