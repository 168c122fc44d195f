use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::protocol::{names, sizes};

/// The call ids a draft is written for, and the tokens that stand for them in markup.
///
/// | token | stands for |
/// | --- | --- |
/// | `{id}` `{other}` | the call's id, another call's id, escaped |
/// | `{raw}` | the id within a CDATA section, which ends and begins again around what it cannot hold |
/// | `{cdata}` | the id in CDATA sections, with what they cannot hold outside them |
/// | `{head}` `{tail}` | the two halves of the id |
/// | `{raw_head}` `{raw_tail}` | the two halves of the id within a CDATA section |
/// | `{dec}` `{hex}` `{padded}` | every character as a reference: decimal, hexadecimal, zero-padded |
/// | `{swapped}` | the case of every letter changed |
/// | `{flipped}` | the last letter or digit replaced |
/// | `{middle}` | the first letter or digit of the second half replaced |
/// | `{moved}` | two letters or digits in the second half that are two places apart, with their places changed |
/// | `{cut}` | the id without its last character |
/// | `{percent}` `{wide}` | the last letter or digit encoded as in URLs, and in full width |
/// | `{decoded}` `{guid}` | what the id is base64 of, where that is a text with `@`, and what stands before that |
/// | `{capitals}` | the same with the host in capitals, encoded again |
/// | `{fresh}` | the id of another GUID at the same host, where it is base64 of a GUID and a host |
/// | `{form}` | the id as in a query or a form: all but letters, digits and `-._~` as percent and two digits |
/// | `{form_markup}` | the same of the id as it stands in markup |
/// | `{wrapped}` | a line feed after every 76 characters |
/// | `{x*512}` | the text before the star, 512 times |
/// | `{canary}` `{canary_host}` | base URL, and host and port, of an address that the run watches |
/// | `{canary_id}` | a well-formed id that names the canary as its server |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// The id of the call that the request is about.
    pub this: String,
    /// The id of another call.
    pub other: String,
    /// Host and port of an address that the run watches.
    pub canary: String,
}

/// A GUID that no server issues, for ids that name the host of a live one.
const FRESH_GUID: &str = "7b1e0c52-3d4f-4a86-9c27-51f0e8d2a6b4";

/// Most repetitions of a unit: one more than the largest size that is looked at.
const MAX_REPEAT: usize = sizes::IIS_CONTENT + 1;

impl Default for Ids {
    /// The two documented ids, and a canary that does not exist.
    fn default() -> Self {
        Self {
            this: names::SAMPLE_CALL_ID.to_owned(),
            other: names::SAMPLE_CALL_ID_2.to_owned(),
            canary: "canary.invalid".to_owned(),
        }
    }
}

impl Ids {
    /// Replaces the tokens in a piece of markup.
    pub fn fill(&self, markup: &str) -> String {
        if !markup.contains('{') {
            return markup.to_owned();
        }
        let mut filled = String::with_capacity(markup.len() + self.this.len());
        let mut rest = markup;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            rest = &rest[open..];
            let value = rest.find('}').and_then(|close| Some((self.value(&rest[1..close])?, close)));
            if let Some((value, close)) = value {
                filled.push_str(&value);
                rest = &rest[close + 1..];
            } else {
                filled.push('{');
                rest = &rest[1..];
            }
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, token: &str) -> Option<String> {
        if let Some((unit, count)) = token.rsplit_once('*') {
            let count: usize = count.parse().ok().filter(|count| *count <= MAX_REPEAT)?;
            return Some(unit.repeat(count));
        }
        let id = self.this.as_str();
        // The middle on a character boundary.
        let half = id.char_indices().nth(id.chars().count() / 2).map_or(0, |(at, _)| at);
        let each = |write: fn(u32) -> String| id.chars().map(|c| write(u32::from(c))).collect();
        Some(match token {
            "id" => escape(id),
            "other" => escape(&self.other),
            "canary" => format!("http://{}", self.canary),
            "canary_host" => self.canary.clone(),
            "canary_id" => STANDARD.encode(format!("00000000-0000-4000-8000-000000000000@{}", self.canary)),
            "raw" => within_section(id),
            "raw_head" => within_section(&id[..half]),
            "raw_tail" => within_section(&id[half..]),
            "cdata" => format!("<![CDATA[{}]]>", within_section(id)),
            "head" => escape(&id[..half]),
            "tail" => escape(&id[half..]),
            "dec" => each(|c| format!("&#{c};")),
            "hex" => each(|c| format!("&#x{c:X};")),
            "padded" => each(|c| format!("&#x{c:010x};")),
            "swapped" => escape(&id.chars().map(swap_case).collect::<String>()),
            "flipped" => escape(&flip(id)),
            "middle" => escape(&with_first(&id[..half], &id[half..])),
            "moved" => escape(&moved(id)),
            "percent" => escape(&with_last(id, |c| format!("%{:02X}", u32::from(c)))),
            "wide" => escape(&with_last(id, |c| {
                // The forms of full width stand in the order of ASCII.
                char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c).to_string()
            })),
            "form" => percent_encoded(id),
            "form_markup" => percent_encoded(&escape(id)),
            "decoded" => escape(&said(id)?),
            "guid" => escape(said(id)?.split('@').next()?),
            "capitals" => {
                let text = said(id)?;
                let (guid, host) = text.split_once('@')?;
                STANDARD.encode(format!("{guid}@{}", host.to_ascii_uppercase()))
            }
            "fresh" => STANDARD.encode(format!("{FRESH_GUID}@{}", said(id)?.split_once('@')?.1)),
            "cut" => escape(&id.chars().take(id.chars().count().saturating_sub(1)).collect::<String>()),
            "wrapped" => {
                let chars: Vec<char> = id.chars().collect();
                let lines: Vec<String> =
                    chars.chunks(76).map(|line| escape(&line.iter().collect::<String>())).collect();
                lines.join("\n")
            }
            _ => return None,
        })
    }
}

/// Escapes for text and for attribute values alike.
fn escape(text: &str) -> String {
    crate::message::escape_text(text).replace('"', "&quot;")
}

/// A text within a CDATA section: that ends at the first `]]>`, and a reader turns CR into LF (XML 2.7, 2.11).
fn within_section(text: &str) -> String {
    text.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#xD;<![CDATA[")
}

/// A text as a query or a form holds it (RFC 3986 2.1, 2.3).
fn percent_encoded(text: &str) -> String {
    let mut written = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

fn swap_case(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

fn flip(id: &str) -> String {
    with_last(id, |c| if c == 'A' { "B".to_owned() } else { "A".to_owned() })
}

/// Two parts of an id, with something else for the first letter or digit of ASCII in the second one.
fn with_first(before: &str, rest: &str) -> String {
    let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric()) else { return format!("{before}{rest}") };
    let other = if rest[at..].starts_with('A') { 'B' } else { 'A' };
    format!("{before}{}{other}{}", &rest[..at], &rest[at + 1..])
}

/// The id in whose second half the first two different letters or digits that are two places apart have changed
/// places: a sum over every other character stays the same.
fn moved(id: &str) -> String {
    let mut characters: Vec<char> = id.chars().collect();
    let length = characters.len();
    let differ = |at: &usize| {
        let (one, other) = (characters[*at], characters[*at + 2]);
        one != other && one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric()
    };
    if let Some(at) = (length / 2..length.saturating_sub(2)).find(differ) {
        characters.swap(at, at + 2);
    }
    characters.into_iter().collect()
}

/// The id with something else for its last letter or digit of ASCII.
fn with_last(id: &str, change: fn(char) -> String) -> String {
    match id.rfind(|c: char| c.is_ascii_alphanumeric()) {
        Some(at) => {
            let (before, rest) = id.split_at(at);
            let changed = rest.chars().next().map(change).unwrap_or_default();
            format!("{before}{changed}{}", &rest[1..])
        }
        None => id.to_owned(),
    }
}

/// What an id is base64 of, where that is a printable text of ASCII with an at sign.
fn said(id: &str) -> Option<String> {
    let octets = STANDARD.decode(id).ok()?;
    let text = String::from_utf8(octets).ok()?;
    (text.contains('@') && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_replaced_and_braces_kept() {
        let ids = Ids { this: "a<Bc".into(), other: "z".into(), ..Ids::default() };
        assert_eq!(
            ids.fill("{id}|{other}|{head}|{tail}|{swapped}|{flipped}|{cut}"),
            "a&lt;Bc|z|a&lt;|Bc|A&lt;bC|a&lt;BA|a&lt;B"
        );
        assert_eq!(ids.fill("{form}|{form_markup}"), "a%3CBc|a%26lt%3BBc");
        assert_eq!(ids.fill("{percent}|{wide}|{decoded}"), "a&lt;B%63|a&lt;B\u{FF43}|{decoded}");
        assert_eq!(ids.fill("{nope} {id"), "{nope} {id");
        assert_eq!(ids.fill("{middle}|{moved}"), "a&lt;Ac|a&lt;Bc");
        let long = Ids { this: "abcdAxAyz".into(), ..Ids::default() };
        assert_eq!(long.fill("{middle}|{moved}"), "abcdBxAyz|abcdAyAxz");
        assert_eq!(ids.fill("{<e>*3}{x*0}{x*}"), "<e><e><e>{x*}");
        assert_eq!(ids.fill("{dec}"), "&#97;&#60;&#66;&#99;");
        assert_eq!(ids.fill("<![CDATA[{raw_head}]]><![CDATA[{raw_tail}]]>"), "<![CDATA[a<]]><![CDATA[Bc]]>");
        let ids = Ids { this: "a]]>&".into(), ..Ids::default() };
        assert_eq!(ids.fill("<![CDATA[{raw}]]>"), "<![CDATA[a]]]]><![CDATA[>&]]>");
    }
    #[test]
    fn what_an_id_is_made_of_is_told() {
        let host = "um.example.org";
        let ids = Ids { this: STANDARD.encode(format!("a-b@{host}")), ..Ids::default() };
        assert_eq!(ids.fill("{decoded}|{guid}"), format!("a-b@{host}|a-b"));
        assert_eq!(STANDARD.decode(ids.fill("{capitals}")), Ok(b"a-b@UM.EXAMPLE.ORG".to_vec()));
        assert_eq!(STANDARD.decode(ids.fill("{fresh}")), Ok(format!("{FRESH_GUID}@{host}").into_bytes()));
    }
}
