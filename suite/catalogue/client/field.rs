//! The syntax of header fields in answers (RFC 9112 5, RFC 9110 5): one answer, written in many lawful ways.

use super::answers::success;
use super::case::{ClientCase, ClientExpect, case};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open};
use super::wire::raw;
use crate::evidence::Reaction;
use crate::protocol::{RequirementId, req};

/// The fields of an answer that mean something, as they are usually written.
const FIELDS: [(&str, &str); 3] =
    [("content-type", "text/xml; charset=utf-8"), ("content-length", "{length}"), ("connection", "close")];

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ClientCase> {
    let line = |write: &dyn Fn(&str, &str) -> String| -> String {
        FIELDS.iter().map(|(name, value)| write(name, value) + "\n").collect()
    };
    let plain = line(&|name, value| format!("{name}: {value}"));
    let framing = req::UNAMBIGUOUS_FRAMING;
    let label = req::CHARSET_NAMES_ENCODING;
    let typed = |value: &str| plain.replace(FIELDS[0].1, value);
    let rows: Vec<(&str, &str, RequirementId, ClientExpect, String)> = vec![
        (
            "names-in-capitals",
            "The names of fields are written in capitals.",
            framing,
            Disconnected,
            line(&|name, value| format!("{}: {value}", name.to_ascii_uppercase())),
        ),
        (
            "names-in-title-case",
            "The names of fields have a capital at the start of each word.",
            framing,
            Disconnected,
            line(&|name, value| format!("{}: {value}", title(name))),
        ),
        (
            "names-in-odd-case",
            "The names of fields are written in capitals and small letters by turns.",
            framing,
            Disconnected,
            line(&|name, value| format!("{}: {value}", by_turns(name))),
        ),
        (
            "no-blank-after-colon",
            "No blank stands after the colons.",
            framing,
            Disconnected,
            line(&|name, value| format!("{name}:{value}")),
        ),
        (
            "two-blanks-after-colon",
            "Two blanks stand after the colons.",
            framing,
            Disconnected,
            line(&|name, value| format!("{name}:  {value}")),
        ),
        (
            "tab-after-colon",
            "A tab stands after the colons.",
            framing,
            Disconnected,
            line(&|name, value| format!("{name}:\t{value}")),
        ),
        (
            "blanks-at-end",
            "Blanks and a tab stand at the ends of the lines.",
            framing,
            Disconnected,
            line(&|name, value| format!("{name}: {value} \t ")),
        ),
        (
            "value-empty",
            "A field that nobody knows is empty.",
            framing,
            Disconnected,
            format!("x-note:\n{plain}"),
        ),
        (
            "value-long",
            "A field that nobody knows is four thousand characters long.",
            framing,
            Disconnected,
            format!("x-note: {}\n{plain}", "x".repeat(4000)),
        ),
        (
            "value-beyond-ascii",
            "A field that nobody knows holds a letter beyond ASCII.",
            framing,
            Disconnected,
            format!("x-note: caf\u{E9}\n{plain}"),
        ),
        (
            "set-cookie-twice",
            "Two cookies are set, each in a field of its own.",
            framing,
            Disconnected,
            format!("set-cookie: a=b\nset-cookie: c=d\n{plain}"),
        ),
        (
            "fifty-more",
            "Fifty fields stand there that nobody knows.",
            framing,
            Disconnected,
            (0..50).map(|number| format!("x-note-{number}: {number}\n")).collect::<String>() + &plain,
        ),
        (
            "unknown-folded",
            "A field that nobody knows goes on in a second line.",
            framing,
            Disconnected,
            format!("x-note: a\n b\n{plain}"),
        ),
        (
            "length-folded",
            "The value of Content-Length stands in a second line.",
            framing,
            Disconnected,
            plain.replace("length: ", "length:\n "),
        ),
        (
            "type-folded",
            "The charset stands in a second line of Content-Type.",
            framing,
            Disconnected,
            typed("text/xml;\n\tcharset=utf-8"),
        ),
        (
            "type-without-blank",
            "No blank stands before charset.",
            label,
            Disconnected,
            typed("text/xml;charset=utf-8"),
        ),
        (
            "type-with-blanks",
            "Blanks stand around the semicolon before charset.",
            label,
            Disconnected,
            typed("text/xml ;  charset=utf-8"),
        ),
        (
            "type-ends-with-semicolon",
            "A semicolon stands at the end of Content-Type.",
            label,
            Disconnected,
            typed("text/xml; charset=utf-8;"),
        ),
        (
            "charset-before-others",
            "Another parameter follows charset.",
            label,
            Disconnected,
            typed("text/xml; charset=utf-8; action=\"a; charset=utf-16\""),
        ),
        // A recipient may take a bare line feed for a line end, or refuse it (RFC 9112 2.2).
        ("bare-line-feeds", "Lines end with LF alone.", framing, Open, plain.clone()),
    ];
    rows.into_iter()
        .map(|(name, about, row, expect, fields)| {
            let answer = answer(&fields, name == "bare-line-feeds");
            case(format!("answer-field/{name}"), about, row, expect, answer).why(why(name))
        })
        .collect()
}

/// Why a client takes an answer that is written so.
fn why(name: &str) -> &'static str {
    if name.starts_with("names-") {
        "the name of a field is the same in any case (RFC 9110 5.1)"
    } else if name.ends_with("-folded") {
        "a user agent takes the line end of a folded line for a blank (RFC 9112 5.2)"
    } else if name.starts_with("type-") || name.starts_with("charset-") {
        "blanks around the semicolons of a media type and the order of parameters mean nothing (RFC 9110 5.6.6, 8.3.1)"
    } else if name == "value-beyond-ascii" {
        "bytes beyond ASCII are lawful in the value of a field, and mean nothing (RFC 9110 5.5)"
    } else if name == "set-cookie-twice" {
        "Set-Cookie stands once for each cookie (RFC 9110 5.3)"
    } else {
        "blanks around the value of a field, and fields that it does not know, mean nothing (RFC 9110 5.5, 5.1)"
    }
}

fn answer(fields: &str, is_bare: bool) -> Reaction {
    let body = success().body;
    let head = format!("HTTP/1.1 200 OK\n{}\n", fields.replace("{length}", &body.len().to_string()));
    if is_bare { Reaction::Raw([head.as_bytes(), &body].concat()) } else { raw(&head, &body) }
}

fn title(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    };
    name.split('-').map(word).collect::<Vec<String>>().join("-")
}

fn by_turns(name: &str) -> String {
    let turn = |(at, c): (usize, char)| if at % 2 == 0 { c } else { c.to_ascii_uppercase() };
    name.chars().enumerate().map(turn).collect()
}
