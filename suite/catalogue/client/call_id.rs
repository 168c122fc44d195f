//! Call ids that a client is given.

use std::borrow::Cow;

use super::answers::success;
use super::case::{ClientCase, ClientExpect, Play, case};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open};
use crate::catalogue::values::VALUES;
use crate::protocol::{RequirementId, req};

/// Name, about, requirement, id.
const TEXTS: &[(&str, &str, RequirementId, &str)] = &[
    ("one-character", "The id is one letter.", req::OPAQUE_CALL_ID, "x"),
    ("no-base64", "The id is no base64.", req::OPAQUE_CALL_ID, "call #7 (of 9): ~!$*_-.,;?|"),
    ("base64-signs", "The id holds the signs of base64.", req::OPAQUE_CALL_ID, "+/+/ab=="),
    ("uuid", "The id is a UUID.", req::OPAQUE_CALL_ID, "{09df9edc-4e23-4709-bdaf-7be20cb0ae56}"),
    ("url", "The id is a URL.", req::OPAQUE_CALL_ID, "http://um.example/calls?id=1&more=%20#a"),
    (
        "placeholder",
        "The id looks like a placeholder of a format.",
        req::OPAQUE_CALL_ID,
        "{0} %s ${x} {url} {call-id}",
    ),
    ("path", "The id looks like a path.", req::OPAQUE_CALL_ID, "../..\\..\\x"),
    ("option", "The id looks like an option of a command.", req::OPAQUE_CALL_ID, "--help"),
    ("mail-address", "The id looks like an address of mail.", req::OPAQUE_CALL_ID, "09df9edc@host.example"),
    ("digits", "The id looks like a number.", req::OPAQUE_CALL_ID, "007"),
    ("exponent", "The id looks like a number with an exponent.", req::OPAQUE_CALL_ID, "1e5"),
    ("true", "The id looks like a truth value.", req::OPAQUE_CALL_ID, "True"),
    ("upper-and-lower", "The id is told by its case.", req::OPAQUE_CALL_ID, "aBcD"),
    ("ampersand", "The id holds an ampersand.", req::MARKUP_ESCAPED, "a&b"),
    ("ampersand-at-end", "The id ends with an ampersand.", req::MARKUP_ESCAPED, "a&"),
    ("less-than", "The id holds a less-than sign.", req::MARKUP_ESCAPED, "a<b"),
    ("greater-than", "The id holds a greater-than sign.", req::MARKUP_ESCAPED, "a>b"),
    ("quotes", "The id holds quotes of both kinds.", req::MARKUP_ESCAPED, "a\"b'c"),
    ("entity", "The id looks like a reference.", req::MARKUP_ESCAPED, "&amp;&#65;&x;"),
    ("markup", "The id looks like markup.", req::MARKUP_ESCAPED, "</CallId><CallId>x</CallId>"),
    ("comment", "The id looks like a comment.", req::MARKUP_ESCAPED, "a<!-- b -->c"),
    ("section", "The id looks like a CDATA section.", req::MARKUP_ESCAPED, "<![CDATA[x]]>"),
    ("section-end", "The id holds the end of a CDATA section.", req::MARKUP_ESCAPED, "a]]>b"),
    ("section-ends", "The id holds the end of a CDATA section twice.", req::MARKUP_ESCAPED, "a]]>b]]>c"),
    ("instruction", "The id looks like a processing instruction.", req::MARKUP_ESCAPED, "<?php x?>"),
    ("doctype", "The id looks like a document type declaration.", req::MARKUP_ESCAPED, "<!DOCTYPE x>"),
    ("leading-blank", "The id starts with a blank.", req::PADDED_CALL_ID, " x"),
    ("trailing-blank", "The id ends with a blank.", req::PADDED_CALL_ID, "x "),
    ("blanks-in-a-row", "The id holds two blanks in a row.", req::PADDED_CALL_ID, "a  b"),
    ("tab", "The id holds a tab.", req::PADDED_CALL_ID, "a\tb"),
    ("line-feed", "The id holds a line feed.", req::PADDED_CALL_ID, "a\nb"),
    ("trailing-line-feed", "The id ends with a line feed.", req::PADDED_CALL_ID, "a\n"),
    (
        "carriage-return",
        "The id holds a carriage return, which only a reference keeps.",
        req::LINE_ENDINGS,
        "a\rb",
    ),
    (
        "carriage-returns",
        "The id holds two carriage returns, which only references keep.",
        req::LINE_ENDINGS,
        "a\rb\rc",
    ),
    ("crlf", "The id holds CR and LF, which only a reference keeps.", req::LINE_ENDINGS, "a\r\nb"),
    ("trailing-carriage-return", "The id ends with a carriage return.", req::LINE_ENDINGS, "a\r"),
    ("delete", "The id holds U+007F.", req::MARKUP_ESCAPED, "a\u{7F}b"),
    ("c1-control", "The id holds U+0080.", req::MARKUP_ESCAPED, "a\u{80}b"),
    ("next-line", "The id holds U+0085.", req::MARKUP_ESCAPED, "a\u{85}b"),
    ("no-break-space", "The id starts with U+00A0.", req::PADDED_CALL_ID, "\u{A0}x"),
    ("latin", "The id holds letters of Latin-1.", req::MARKUP_ESCAPED, "\u{E4}\u{F6}\u{FC}\u{DF}"),
    ("composed", "The id holds a letter with an accent in one.", req::MARKUP_ESCAPED, "\u{E9}"),
    ("decomposed", "The id holds a letter and a combining accent.", req::MARKUP_ESCAPED, "e\u{301}"),
    ("compatibility", "The id holds a ligature.", req::MARKUP_ESCAPED, "\u{FB01}"),
    ("cyrillic", "The id holds letters that look like others.", req::MARKUP_ESCAPED, "\u{441}\u{430}ll"),
    (
        "right-to-left",
        "The id holds Hebrew letters and an override.",
        req::MARKUP_ESCAPED,
        "\u{5D0}\u{202E}x",
    ),
    ("zero-width", "The id holds a zero-width joiner.", req::MARKUP_ESCAPED, "a\u{200D}b"),
    ("line-separator", "The id holds U+2028.", req::MARKUP_ESCAPED, "a\u{2028}b"),
    ("mark", "The id starts with U+FEFF.", req::MARKUP_ESCAPED, "\u{FEFF}x"),
    ("last-of-bmp", "The id holds U+FFFD.", req::MARKUP_ESCAPED, "a\u{FFFD}b"),
    ("private-use", "The id holds U+E000.", req::MARKUP_ESCAPED, "\u{E000}"),
    ("noncharacters", "The id holds U+FDD0 and U+1FFFE.", req::MARKUP_ESCAPED, "a\u{FDD0}b\u{1FFFE}"),
    ("skin-tone", "The id holds a hand and the tone of its skin.", req::MARKUP_ESCAPED, "\u{1F44D}\u{1F3FD}"),
    ("ideograph", "The id holds ideographs.", req::MARKUP_ESCAPED, "\u{901A}\u{8A71}"),
    ("beyond-bmp", "The id holds a character beyond the BMP.", req::MARKUP_ESCAPED, "a\u{1F4DE}b"),
    ("last-code-point", "The id holds U+10FFFD.", req::MARKUP_ESCAPED, "\u{10FFFD}"),
    (
        "mixed",
        "The id holds something of everything.",
        req::MARKUP_ESCAPED,
        "\u{E9}<&>\"' \t]]>\u{1F4DE}--{0}%41",
    ),
];

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases: Vec<ClientCase> =
        TEXTS.iter().map(|&(name, about, row, id)| with(name, about, row, Disconnected, id)).collect();
    cases.extend(VALUES.iter().map(|&(name, what, _, value)| {
        let about = format!("The id is {what}.");
        ClientCase {
            id: format!("value/{name}").into(),
            ..with(name, about, req::OPAQUE_CALL_ID, Disconnected, value)
        }
    }));
    for length in [13_usize, 99, 255, 256, 257, 388, 511, 512] {
        cases.push(with(
            format!("of-{length}-characters"),
            format!("The id has {length} characters."),
            req::OPAQUE_CALL_ID,
            Disconnected,
            "x".repeat(length),
        ));
    }
    cases.extend([
        with(
            "of-512-ampersands",
            "The id is 512 ampersands.",
            req::MARKUP_ESCAPED,
            Disconnected,
            "&".repeat(512),
        ),
        with(
            "of-512-accents",
            "The id has 512 characters of two bytes.",
            req::MARKUP_ESCAPED,
            Disconnected,
            "\u{E9}".repeat(512),
        ),
        with(
            "of-512-beyond-bmp",
            "The id has 512 characters beyond the BMP.",
            req::MARKUP_ESCAPED,
            Disconnected,
            "\u{1F4DE}".repeat(512),
        ),
        // Above the only documented limit, and nothing says what a client does then.
        with("of-513-characters", "The id has 513 characters.", req::CALL_ID_TOO_LONG, Open, "x".repeat(513)),
        with(
            "of-4097-characters",
            "The id has 4,097 characters.",
            req::CALL_ID_TOO_LONG,
            Open,
            "x".repeat(4097),
        ),
        with(
            "of-10000-characters",
            "The id has 10,000 characters.",
            req::CALL_ID_TOO_LONG,
            Open,
            "x".repeat(10_000),
        ),
        with("empty", "The id is empty.", req::CALL_ID_HAS_TEXT, Open, ""),
        with("blank", "The id is a blank.", req::CALL_ID_HAS_TEXT, Open, " "),
    ]);
    let illegal: [(&str, char); 10] = [
        ("start-of-heading", '\u{1}'),
        ("bell", '\u{7}'),
        ("backspace", '\u{8}'),
        ("vertical-tab", '\u{B}'),
        ("form-feed", '\u{C}'),
        ("shift-out", '\u{E}'),
        ("escape", '\u{1B}'),
        ("unit-separator", '\u{1F}'),
        ("noncharacter-fffe", '\u{FFFE}'),
        ("noncharacter-ffff", '\u{FFFF}'),
    ];
    for (name, character) in illegal {
        let about = format!("The id holds U+{:04X}, which no XML can carry.", u32::from(character));
        cases.push(inexpressible(name, about, format!("a{character}b")));
    }
    let about = "The id is U+001F, which no XML can carry.";
    cases.push(inexpressible("unit-separator-alone", about, "\u{1F}"));
    cases
}

fn inexpressible(
    name: &str,
    about: impl Into<Cow<'static, str>>,
    id: impl Into<Cow<'static, str>>,
) -> ClientCase {
    let plain = with(format!("illegal-{name}"), about, req::INEXPRESSIBLE_CALL_ID, Open, id);
    ClientCase { play: Play::Illegal, ..plain.also(req::LEGAL_CHARACTERS) }
}

fn with(
    name: impl std::fmt::Display,
    about: impl Into<Cow<'static, str>>,
    row: RequirementId,
    expect: ClientExpect,
    id: impl Into<Cow<'static, str>>,
) -> ClientCase {
    ClientCase {
        call_id: id.into(),
        about_call_id: true,
        ..case(format!("client-id/{name}"), about, row, expect, success())
    }
}
