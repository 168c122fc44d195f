//! Servers that take for XML what is none, or decode and expand what they must not.

use super::bug::{Bug, Mutant, mutant};
use super::tree::Element;
use crate::message::xml::{is_xml_char, is_xml_white};
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "scans-for-call-id",
        "Whatever stands between the tags of CallId is taken, without parsing the rest.",
        by("xml/truncated-after-call-id", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let text = lossy(body);
            let after = text.split("CallId>").nth(1)?;
            let id = after.split('<').next().unwrap_or_default();
            (text.contains("Disconnect") && !id.is_empty()).then(|| Element::request(id).write())
        }),
    ),
    mutant(
        "scans-for-anything",
        "The longest word of the body is taken for the id, whatever the body is.",
        by("xml/body-of-plain-text", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let text = lossy(body);
            let words =
                text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-')));
            let id = words.filter(|word| !word.contains("//")).max_by_key(|word| word.len())?;
            Some(Element::request(id.trim_start_matches("CallId=")).write())
        }),
    ),
    mutant(
        "takes-truncated-message",
        "Elements that are open at the end of the message are closed.",
        by("xml/truncated-after-call-id", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let text = &text[..=text.rfind('>')?];
            let mut repaired = text.to_owned();
            for name in open_elements(text).iter().rev() {
                repaired.push_str(&format!("</{name}>"));
            }
            Some(repaired.into_bytes())
        }),
    ),
    mutant(
        "stops-at-end-of-envelope",
        "What follows the end of Envelope is not looked at.",
        by("xml/root-repeated", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let end = b"</soap:Envelope>";
            let at = body.windows(end.len()).position(|window| window == end)?;
            Some(body[..at + end.len()].to_vec())
        }),
    ),
    mutant(
        "skips-to-envelope",
        "What stands before Envelope is not looked at.",
        by("xml/declaration-after-blank", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let start = b"<soap:Envelope";
            let at = body.windows(start.len()).position(|window| window == start)?;
            Some(body[at..].to_vec())
        }),
    ),
    mutant(
        "ignores-names-in-end-tags",
        "An end tag closes the innermost element, whatever its name.",
        by("xml/end-tag-in-other-case", req::WELL_FORMED),
        Bug::Repairs(|body| Some(with_end_tags(std::str::from_utf8(body).ok()?).into_bytes())),
    ),
    mutant(
        "drops-forbidden-characters",
        "Characters that XML does not allow are dropped, literal or by reference.",
        by("xml/literal-nul", req::LEGAL_CHARACTERS),
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let kept: String = text.chars().filter(|&c| is_xml_char(c)).collect();
            Some(without_references(&kept, |name| name.starts_with('#')).into_bytes())
        }),
    ),
    mutant(
        "stops-at-nul",
        "The body is a C string: it ends at the first NUL, and open elements are closed.",
        by("xml/nul-after-call-id", req::LEGAL_CHARACTERS),
        Bug::Repairs(|body| {
            let at = body.iter().position(|&byte| byte == 0)?;
            let text = std::str::from_utf8(&body[..at]).ok()?;
            let mut repaired = text.to_owned();
            for name in open_elements(text).iter().rev() {
                repaired.push_str(&format!("</{name}>"));
            }
            Some(repaired.into_bytes())
        }),
    ),
    mutant(
        "drops-unknown-entities",
        "References to entities that nobody declared stand for nothing.",
        by("xml/entity-in-upper-case", req::UNDECLARED_ENTITY),
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let known = ["amp", "lt", "gt", "quot", "apos"];
            Some(
                without_references(text, |name| !name.starts_with('#') && !known.contains(&name))
                    .into_bytes(),
            )
        }),
    ),
    mutant(
        "reads-prefix-for-namespace",
        "Elements are told by their prefix, and declarations are not looked at.",
        by("namespace/both-undeclared", req::NEAR_MISS_NAMESPACE),
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let id = text.split("CallId>").nth(1)?.split('<').next()?;
            let known = text.contains("<soap:Envelope") && text.contains("<soap:Body");
            let is_named =
                |name: &str| text.contains(&format!("<{name} ")) || text.contains(&format!("<{name}>"));
            let named = ["Disconnect", "m:Disconnect"].iter().any(|name| is_named(name));
            (known && named && text.ends_with("</soap:Envelope>")).then(|| Element::request(id).write())
        }),
    ),
    mutant(
        "repairs-utf8",
        "Bytes that are no UTF-8 are replaced or dropped instead of refused.",
        by("encoding/overlong-slash-in-comment", req::INVALID_UTF8),
        Bug::Repairs(|body| {
            let kept = lossy(body).replace('\u{FFFD}', "");
            (kept.len() != body.len()).then(|| kept.into_bytes())
        }),
    ),
    mutant(
        "skips-marks-anywhere",
        "Byte order marks are dropped wherever they stand.",
        by("encoding/mark-doubled", req::WELL_FORMED),
        Bug::Misreads(|body| match std::str::from_utf8(body) {
            Ok(text) => text.replace('\u{FEFF}', "").into_bytes(),
            Err(_) => body.to_vec(),
        }),
    ),
    mutant(
        "reads-utf16-by-low-bytes",
        "Of every unit of UTF-16 only the low byte is looked at.",
        by("encoding/utf-16-cut-within-unit", req::WELL_FORMED),
        Bug::Repairs(|body| {
            let low = match body {
                [0xFF, 0xFE, ..] => 0,
                [0xFE, 0xFF, ..] => 1,
                _ => return None,
            };
            let bytes = body[2..].iter().skip(low).step_by(2);
            let text: String = bytes.map(|&byte| char::from(byte)).filter(|&c| is_xml_char(c)).collect();
            let text = text.replace("utf-16", "utf-8");
            Some(if text.contains("Disconnect") { text.into_bytes() } else { body[2..].to_vec() })
        }),
    ),
    mutant(
        "expands-entities",
        "A document type declaration is read and the entities that it declares are expanded.",
        by("dtd/entity-is-id", req::NO_EXTERNAL_ENTITIES),
        Bug::Repairs(|body| expanded(std::str::from_utf8(body).ok()?)),
    ),
    mutant(
        "ignores-doctype",
        "A document type declaration is passed over.",
        by("dtd/subset-empty", req::NO_DTD),
        Bug::Repairs(|body| Some(without_doctype(&text_of(body)?).into_bytes())),
    ),
    mutant(
        "applies-default-attributes",
        "Attributes that the internal subset gives by default are applied.",
        by("dtd/namespace-by-default", req::NO_EXTERNAL_ENTITIES),
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let default = text.contains("ATTLIST") && text.contains("xmlns");
            let plain = without_doctype(text);
            let with = format!("<Disconnect xmlns=\"{}\"", names::MESSAGES);
            default.then(|| plain.replacen("<Disconnect", &with, 1).into_bytes())
        }),
    ),
];

fn lossy(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// The text of a body in UTF-8 or in UTF-16 with a mark.
fn text_of(body: &[u8]) -> Option<String> {
    let unit = |pair: &[u8]| match body {
        [0xFF, 0xFE, ..] => u16::from_le_bytes([pair[0], pair[1]]),
        _ => u16::from_be_bytes([pair[0], pair[1]]),
    };
    match body {
        [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(unit).collect();
            String::from_utf16(&units).ok().map(|text| text.replacen("utf-16", "utf-8", 1))
        }
        _ => std::str::from_utf8(body).ok().map(str::to_owned),
    }
}

/// Tags of a text, with what lies between `<` and `>`.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('<').filter_map(|(at, _)| {
        let inner = &text[at + 1..];
        inner.find('>').map(|end| (at, &inner[..end]))
    })
}

fn name_of(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    tag.split(|c: char| is_xml_white(c) || c == '/').next().unwrap_or_default()
}

/// Names of the elements that a text leaves open.
fn open_elements(text: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for (_, tag) in tags(text) {
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        if tag.starts_with('/') {
            open.pop();
        } else {
            open.push(name_of(tag).to_owned());
        }
    }
    open
}

/// The same text with the names that its end tags should have.
fn with_end_tags(text: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut done = 0;
    for (at, tag) in tags(text) {
        if at < done || tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name_of(tag));
            continue;
        }
        out.push_str(&text[done..at]);
        done = at + tag.len() + 2;
        if let Some(name) = open.pop() {
            out.push_str(&format!("</{name}>"));
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The text without the references whose name is like this.
fn without_references(text: &str, drops: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        match after.split_once(';') {
            Some((name, tail)) if drops(name) && name.len() < 40 => rest = tail,
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text without its document type declarations.
fn without_doctype(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.to_ascii_lowercase().find("<!doctype") {
        let mut depth = 0;
        let end = text[start..].char_indices().find(|(_, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            *c == '>' && depth == 0
        });
        let end = end.map_or(text.len(), |(at, _)| start + at + 1);
        text.replace_range(start..end, "");
    }
    text
}

/// The text without its declaration, the entities in it expanded. Bounded: a level at a time, up to
/// ten of them and a MiB in all.
fn expanded(text: &str) -> Option<Vec<u8>> {
    let entities: Vec<(&str, &str)> = text
        .split("<!ENTITY ")
        .skip(1)
        .filter_map(|declaration| {
            let (name, rest) = declaration.trim_start_matches("% ").split_once(' ')?;
            let quote = rest.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''))?;
            Some((name, rest.trim_start()[1..].split(quote).next()?))
        })
        .collect();
    let mut plain = without_doctype(text);
    for _ in 0..10 {
        for (name, value) in &entities {
            let reference = format!("&{name};");
            let grown = plain.matches(&reference).count().saturating_mul(value.len());
            if plain.len().saturating_add(grown) > 1_048_576 {
                return None;
            }
            plain = plain.replace(&reference, value);
        }
    }
    // What is left is external: it is read as empty.
    let known = ["amp", "lt", "gt", "quot", "apos"];
    Some(without_references(&plain, |name| !name.starts_with('#') && !known.contains(&name)).into_bytes())
}
