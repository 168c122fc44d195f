//! Messages as a faulty reader takes them for others: with tags, references or declarations rewritten.

use crate::message::xml::is_xml_white;
use crate::protocol::names;

/// Whether it starts with a byte order mark of UTF-16.
pub(super) fn is_wide(body: &[u8]) -> bool {
    body.starts_with(&[0xFF, 0xFE]) || body.starts_with(&[0xFE, 0xFF])
}

/// The message with its text changed, where it is one that changes.
pub(super) fn text(body: &[u8], change: impl FnOnce(&str) -> String) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    Some(change(text)).filter(|changed| changed != text).map(String::into_bytes)
}

/// The message in UTF-8, with a letter for what is none, where the text before it is such.
pub(super) fn repaired(body: &[u8], is_there: impl FnOnce(&str) -> bool) -> Option<Vec<u8>> {
    let first = body.utf8_chunks().next().filter(|chunk| !chunk.invalid().is_empty())?;
    if is_wide(body) || !is_there(first.valid()) {
        return None;
    }
    Some(String::from_utf8_lossy(body).replace('\u{FFFD}', "x").into_bytes())
}

/// The message with some bytes replaced.
pub(super) fn replaced(body: &[u8], bytes: &[u8], with: &str) -> Option<Vec<u8>> {
    let at = body.windows(bytes.len()).position(|window| window == bytes)?;
    Some([&body[..at], with.as_bytes(), &body[at + bytes.len()..]].concat())
}

/// The message with what stands between `<` and `>` changed.
pub(super) fn in_tags(body: &[u8], change: impl Fn(&str) -> String) -> Option<Vec<u8>> {
    text(body, |text| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            let Some((tag, behind)) = after.split_once('>') else { break };
            out.push_str(&format!("{before}<{}>", change(tag)));
            rest = behind;
        }
        out + rest
    })
}

/// The message with its end tags changed: by the whole text, what stands in one, and the name of the element
/// that is open.
pub(super) fn end_tags(
    body: &[u8],
    change: impl for<'a> Fn(&'a str, &'a str, &'a str) -> Option<&'a str>,
) -> Option<Vec<u8>> {
    text(body, |text| {
        let mut open: Vec<&str> = Vec::new();
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            let Some((tag, behind)) = after.split_once('>') else { break };
            let written = if let Some(inner) = tag.strip_prefix('/') {
                let name = open.pop().unwrap_or_default();
                let changed = (inner != name).then(|| change(text, inner, name)).flatten();
                format!("/{}", changed.unwrap_or(inner))
            } else {
                if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
                    open.push(first_word(tag));
                }
                tag.to_owned()
            };
            out.push_str(&format!("{before}<{written}>"));
            rest = behind;
        }
        out + rest
    })
}

/// The message with each reference replaced for whose name there is something.
pub(super) fn references(body: &[u8], stands_for: impl Fn(&str) -> Option<String>) -> Option<Vec<u8>> {
    text(body, |text| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            if let Some((character, behind)) =
                after.split_once(';').and_then(|(name, behind)| Some((stands_for(name)?, behind)))
            {
                out.push_str(&character);
                rest = behind;
            } else {
                out.push('&');
                rest = after;
            }
        }
        out + rest
    })
}

/// The message with a plain XML declaration in place of one of whose parts this holds.
pub(super) fn declaration(body: &[u8], holds: impl FnOnce(&str) -> bool) -> Option<Vec<u8>> {
    text(body, |text| {
        let parts = text.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>"));
        match parts {
            Some((parts, rest)) if holds(parts) => format!("<?xml version='1.0'?>{rest}"),
            _ => text.to_owned(),
        }
    })
}

/// A character by its number, as a reference that XML knows.
pub(super) fn character(number: u32) -> Option<String> {
    char::from_u32(number).map(|_| format!("&#{number};"))
}

/// The message with the first pair of references to surrogates as the character that they would be.
pub(super) fn joined_surrogates(text: &str) -> String {
    let number = |name: &str| match name.strip_prefix('x') {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => name.parse().ok(),
    };
    let pair = |at: usize| {
        let (high, rest) = text[at + 2..].split_once(";&#")?;
        let (low, behind) = rest.split_once(';')?;
        let units = [number(high)?, number(low)?];
        (0xD800..0xDC00).contains(&units[0]).then_some(())?;
        Some(format!("{}{}{behind}", &text[..at], String::from_utf16(&units).ok()?))
    };
    text.match_indices("&#").find_map(|(at, _)| pair(at)).unwrap_or_else(|| text.to_owned())
}

/// A prefix with its declaration and the tags that have it, by another name.
pub(super) fn renamed(text: &str, prefix: &str) -> String {
    text.replace(&format!(" xmlns:{prefix}="), " xmlns:renamed=")
        .replace(&format!("<{prefix}:"), "<renamed:")
        .replace(&format!("</{prefix}:"), "</renamed:")
}

/// What an empty element declares, declared by the next start tag as well, unless that declares it itself.
pub(super) fn kept_declarations(text: &str) -> String {
    let mut out = String::new();
    let mut kept: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        let (start, slash) = tag.strip_suffix('/').map_or((tag, ""), |start| (start, "/"));
        let own: Vec<&str> = start.split_whitespace().filter(|piece| piece.starts_with("xmlns")).collect();
        out.push_str(&format!("{before}<{start}"));
        if !tag.starts_with(['/', '!', '?']) {
            let name = |piece: &str| piece.split('=').next().unwrap_or_default().to_owned();
            let is_new = |piece: &&&str| own.iter().all(|other| name(other) != name(piece));
            kept.iter().filter(is_new).for_each(|piece| out.push_str(&format!(" {piece}")));
            kept = if slash.is_empty() { Vec::new() } else { own };
        }
        out.push_str(&format!("{slash}>"));
        rest = behind;
    }
    out + rest
}

/// Elements whose namespace is that of the messages, a separator and a name, as that name.
pub(super) fn split_at_separators(text: &str) -> String {
    let split = || {
        let at = text.find("xmlns:y=\"")? + 9;
        let (uri, _) = text[at..].split_once('"')?;
        let rest = uri.strip_prefix(names::MESSAGES)?;
        let name = rest.trim_start_matches("&#10;").trim_start_matches(['}', ' ', '|', '^', ':']);
        let is_name = name.len() < rest.len() && !name.is_empty();
        let (before, behind) = text.split_once("<y:").filter(|_| is_name)?;
        let old = behind.split([' ', '>']).next()?;
        Some(
            format!("{before}<y:{behind}")
                .replacen(&format!("<y:{old} "), &format!("<y:{name} "), 1)
                .replacen(&format!("</y:{old}>"), &format!("</y:{name}>"), 1)
                .replacen(uri, names::MESSAGES, 1),
        )
    };
    split().unwrap_or_else(|| text.to_owned())
}

/// What stands in references to characters, without a leading x.
pub(super) fn digits_of_references(text: &str) -> impl Iterator<Item = &str> {
    text.split("&#")
        .skip(1)
        .filter_map(|rest| rest.split(';').next())
        .map(|name| name.trim_start_matches('x'))
}

/// The name in a tag.
pub(super) fn first_word(tag: &str) -> &str {
    tag.split(is_xml_white).next().unwrap_or_default()
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// The namespace that a prefix is bound to somewhere, and the local name.
pub(super) fn meaning<'a>(text: &'a str, name: &'a str) -> Option<(&'a str, &'a str)> {
    let (prefix, local) = name.split_once(':')?;
    let bound = text.split(&format!(" xmlns:{prefix}=")).nth(1)?;
    Some((bound.get(1..)?.split(['\'', '"']).next()?, local))
}

/// The message without its document type and what refers to entities of it.
pub(super) fn without_entities(text: &str) -> String {
    let without = || {
        let (before, rest) = text.split_once("<!DOCTYPE")?;
        let (_, behind) = rest.split_once(" [<!ENTITY")?;
        let (_, behind) = behind.split_once("]>")?;
        let pieces = behind.split("&a").enumerate();
        let kept = pieces.map(|(n, piece)| match piece.split_once(';') {
            Some((number, rest)) if n > 0 && number.len() < 2 => rest,
            _ => piece,
        });
        Some(before.to_owned() + &kept.collect::<String>())
    };
    without().unwrap_or_else(|| text.to_owned())
}

/// The message with what `href` points to in its place.
pub(super) fn resolved(text: &str) -> String {
    let resolved = || {
        let (before, behind) = text.split_once("href=\"#a\"/>")?;
        if let Some(kept) = before.strip_suffix("<CallId ") {
            let start = text.find("<x:id ")?;
            let element = &text[start..start + text[start..].find("</x:id>")? + "</x:id>".len()];
            let value = element.strip_suffix("</x:id>")?.rsplit('>').next()?;
            return Some(format!("{kept}<CallId>{value}</CallId>{behind}").replacen(element, "", 1));
        }
        let start = before.rfind("<Disconnect ")?;
        Some(format!("{}{behind}", &before[..start]).replacen(" id=\"a\"", "", 1))
    };
    resolved().unwrap_or_else(|| text.to_owned())
}
