//! Call ids that a client is given.

use std::borrow::Cow;

use super::ClientExpect::{Disconnected, Open};
use super::{ClientCase, ClientExpect, Play, case, success};

/// Name, about, requirement, id.
const TEXTS: &[(&str, &str, u16, &str)] = &[
    ("one-character", "The id is one letter.", 85, "x"),
    ("no-base64", "The id is no base64.", 85, "call #7 (of 9): ~!$*_-.,;?|"),
    ("base64-signs", "The id holds the signs of base64.", 85, "+/+/ab=="),
    ("uuid", "The id is a UUID.", 85, "{09df9edc-4e23-4709-bdaf-7be20cb0ae56}"),
    ("url", "The id is a URL.", 85, "http://um.example/calls?id=1&more=%20#a"),
    ("placeholder", "The id looks like a placeholder of a format.", 85, "{0} %s ${x} {url} {call-id}"),
    ("path", "The id looks like a path.", 85, "../..\\..\\x"),
    ("option", "The id looks like an option of a command.", 85, "--help"),
    ("digits", "The id looks like a number.", 85, "007"),
    ("exponent", "The id looks like a number with an exponent.", 85, "1e5"),
    ("true", "The id looks like a truth value.", 85, "True"),
    ("upper-and-lower", "The id is told by its case.", 85, "aBcD"),
    ("ampersand", "The id holds an ampersand.", 158, "a&b"),
    ("ampersand-at-end", "The id ends with an ampersand.", 158, "a&"),
    ("less-than", "The id holds a less-than sign.", 158, "a<b"),
    ("greater-than", "The id holds a greater-than sign.", 158, "a>b"),
    ("quotes", "The id holds quotes of both kinds.", 158, "a\"b'c"),
    ("entity", "The id looks like a reference.", 158, "&amp;&#65;&x;"),
    ("markup", "The id looks like markup.", 158, "</CallId><CallId>x</CallId>"),
    ("comment", "The id looks like a comment.", 158, "a<!-- b -->c"),
    ("section", "The id looks like a CDATA section.", 158, "<![CDATA[x]]>"),
    ("section-end", "The id holds the end of a CDATA section.", 158, "a]]>b"),
    ("instruction", "The id looks like a processing instruction.", 158, "<?php x?>"),
    ("doctype", "The id looks like a document type declaration.", 158, "<!DOCTYPE x>"),
    ("leading-blank", "The id starts with a blank.", 86, " x"),
    ("trailing-blank", "The id ends with a blank.", 86, "x "),
    ("blanks-in-a-row", "The id holds two blanks in a row.", 86, "a  b"),
    ("tab", "The id holds a tab.", 86, "a\tb"),
    ("line-feed", "The id holds a line feed.", 86, "a\nb"),
    ("trailing-line-feed", "The id ends with a line feed.", 86, "a\n"),
    ("carriage-return", "The id holds a carriage return, which only a reference keeps.", 36, "a\rb"),
    ("crlf", "The id holds CR and LF, which only a reference keeps.", 36, "a\r\nb"),
    ("trailing-carriage-return", "The id ends with a carriage return.", 36, "a\r"),
    ("delete", "The id holds U+007F.", 158, "a\u{7F}b"),
    ("c1-control", "The id holds U+0080.", 158, "a\u{80}b"),
    ("next-line", "The id holds U+0085.", 158, "a\u{85}b"),
    ("no-break-space", "The id starts with U+00A0.", 86, "\u{A0}x"),
    ("latin", "The id holds letters of Latin-1.", 158, "\u{E4}\u{F6}\u{FC}\u{DF}"),
    ("composed", "The id holds a letter with an accent in one.", 158, "\u{E9}"),
    ("decomposed", "The id holds a letter and a combining accent.", 158, "e\u{301}"),
    ("compatibility", "The id holds a ligature.", 158, "\u{FB01}"),
    ("cyrillic", "The id holds letters that look like others.", 158, "\u{441}\u{430}ll"),
    ("right-to-left", "The id holds Hebrew letters and an override.", 158, "\u{5D0}\u{202E}x"),
    ("zero-width", "The id holds a zero-width joiner.", 158, "a\u{200D}b"),
    ("line-separator", "The id holds U+2028.", 158, "a\u{2028}b"),
    ("mark", "The id starts with U+FEFF.", 158, "\u{FEFF}x"),
    ("last-of-bmp", "The id holds U+FFFD.", 158, "a\u{FFFD}b"),
    ("private-use", "The id holds U+E000.", 158, "\u{E000}"),
    ("ideograph", "The id holds ideographs.", 158, "\u{901A}\u{8A71}"),
    ("beyond-bmp", "The id holds a character beyond the BMP.", 158, "a\u{1F4DE}b"),
    ("last-code-point", "The id holds U+10FFFD.", 158, "\u{10FFFD}"),
    ("mixed", "The id holds something of everything.", 158, "\u{E9}<&>\"' \t]]>\u{1F4DE}--{0}%41"),
];

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases: Vec<ClientCase> =
        TEXTS.iter().map(|&(name, about, row, id)| with(name, about, row, Disconnected, id)).collect();
    for length in [13_usize, 99, 255, 256, 257, 388, 511, 512] {
        cases.push(with(
            format!("of-{length}-characters"),
            format!("The id has {length} characters."),
            85,
            Disconnected,
            "x".repeat(length),
        ));
    }
    cases.extend([
        with("of-512-ampersands", "The id is 512 ampersands.", 158, Disconnected, "&".repeat(512)),
        with(
            "of-512-accents",
            "The id has 512 characters of two bytes.",
            158,
            Disconnected,
            "\u{E9}".repeat(512),
        ),
        with(
            "of-512-beyond-bmp",
            "The id has 512 characters beyond the BMP.",
            158,
            Disconnected,
            "\u{1F4DE}".repeat(512),
        ),
        // Above the only documented limit, and nothing says what a client does then.
        with("of-513-characters", "The id has 513 characters.", 88, Open, "x".repeat(513)),
        with("of-4097-characters", "The id has 4,097 characters.", 88, Open, "x".repeat(4097)),
        with("empty", "The id is empty.", 81, Open, ""),
        with("blank", "The id is a blank.", 81, Open, " "),
    ]);
    let illegal: [(&str, char); 11] = [
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
        ("unit-separator-alone", '\u{1F}'),
    ];
    for (name, character) in illegal {
        let code = u32::from(character);
        let id = if name.ends_with("alone") { character.to_string() } else { format!("a{character}b") };
        let about = if name.ends_with("alone") {
            format!("The id is U+{code:04X}, which no XML can carry.")
        } else {
            format!("The id holds U+{code:04X}, which no XML can carry.")
        };
        let plain = with(format!("illegal-{name}"), about, 159, Open, id).also(35);
        cases.push(ClientCase { play: Play::Illegal, ..plain });
    }
    cases
}

fn with(
    name: impl std::fmt::Display,
    about: impl Into<Cow<'static, str>>,
    row: u16,
    expect: ClientExpect,
    id: impl Into<Cow<'static, str>>,
) -> ClientCase {
    ClientCase { call_id: id.into(), ..case(format!("client-id/{name}"), about, row, expect, success()) }
}
