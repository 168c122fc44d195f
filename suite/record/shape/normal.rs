//! Text without what differs from run to run.

use crate::record::{Entry, Record};

/// Fewest characters of an id of the run that is looked for in texts: a shorter one stands in any sentence.
const MIN_ID: usize = 4;

/// Fewest digits of a number that may be an id, a port or a time. Statuses have three.
const MIN_NUMBER: usize = 4;

/// Fewest hexadecimal digits, or letters and digits, that are taken for an id.
const MIN_HEX: usize = 8;
const MIN_MIXED: usize = 16;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Takes out of texts what differs from run to run: the ids of calls, whatever looks like an id, dates and
/// times, addresses, ports, and the host under test.
#[derive(Debug, Clone, Default)]
pub(in crate::record) struct Normal {
    host: Option<String>,
}

impl Normal {
    /// For texts of this record.
    pub(in crate::record) fn of(record: &Record) -> Self {
        let authority =
            record.target.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', ' ']).next());
        let host = authority.and_then(|authority| authority.rsplit('@').next());
        let host = host.map(|host| host.rsplit_once(':').map_or(host, |(host, _)| host));
        Self { host: host.filter(|host| host.len() >= MIN_ID).map(str::to_owned) }
    }

    /// A text that stands in this entry.
    pub(in crate::record) fn text_of(&self, entry: Option<&Entry>, text: &str) -> String {
        let mut text = text.to_owned();
        for id in entry.map(ids_of).unwrap_or_default() {
            text = text.replace(&id, "(id)");
        }
        self.text(&text)
    }

    /// A text.
    pub(in crate::record) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut words: Vec<String> = Vec::new();
        for piece in text.split_inclusive(is_between) {
            let word = piece.trim_end_matches(is_between);
            words.push(normal_word(word) + &piece[word.len()..]);
        }
        for index in 0..words.len() {
            if !is_of_date(&words, index) {
                out.push_str(&words[index]);
            }
        }
        match &self.host {
            Some(host) => out.replace(host.as_str(), "(host)"),
            None => out,
        }
    }
}

/// What stands between two words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '{' | '}' | ',' | ';' | '|')
}

fn normal_word(word: &str) -> String {
    if let Some((scheme, rest)) = word.split_once("://") {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        return format!("{scheme}://(host){}", segments(&rest[end..]));
    }
    // The end of a sentence is none of its last word.
    let core = word.trim_end_matches(['.', ':', '!', '?']);
    let end = &word[core.len()..];
    format!("{}{end}", if is_address(core) { "(host)".to_owned() } else { segments(core) })
}

/// The parts of a path, or of what else hangs together.
fn segments(text: &str) -> String {
    let is_joint = |c| matches!(c, '/' | '?' | '&' | '=' | '#');
    let part = |piece: &str| {
        let part = piece.trim_end_matches(is_joint);
        format!("{}{}", normal_part(part), &piece[part.len()..])
    };
    // What ends in the padding of base64 is one.
    if is_mixed(text.trim_end_matches('=')) {
        return "(id)".to_owned();
    }
    text.split_inclusive(is_joint).map(part).collect()
}

fn normal_part(part: &str) -> String {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let date = part.get(..10).filter(|date| is_pattern(date, "0000-00-00"));
    let time = |text: &str| text.get(..5).is_some_and(|time| is_pattern(time, "00:00"));
    if date.is_some() {
        "(date)".to_owned()
    } else if time(part) {
        "(time)".to_owned()
    } else if is_digits(part) && part.len() >= MIN_NUMBER {
        "(number)".to_owned()
    } else if is_hex(part) || is_mixed(part) {
        "(id)".to_owned()
    } else {
        part.to_owned()
    }
}

/// Whether each digit of a pattern is one, and all else is itself.
fn is_pattern(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(byte, of)| if of == b'0' { byte.is_ascii_digit() } else { byte == of })
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Hexadecimal digits, as of a UUID.
fn is_hex(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let others = text.bytes().filter(|byte| !byte.is_ascii_hexdigit());
    has_digit(text) && digits >= MIN_HEX && { others }.all(|byte| byte == b'-')
}

/// Letters and digits in one, as of base64.
fn is_mixed(text: &str) -> bool {
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-');
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    text.len() >= MIN_MIXED
        && text.bytes().all(of_base64)
        && has_digit(text)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}

/// An IPv4 or IPv6 address, or a host, with or without a port.
fn is_address(word: &str) -> bool {
    let (host, port) = word.rsplit_once(':').unwrap_or((word, ""));
    let is_port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_ipv4 =
        |text: &str| text.split('.').count() == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_name = host == "localhost" || host == "host" || host.contains('.');
    is_ipv4(word)
        || word.starts_with('[') && word.contains("]:")
        || is_port && (is_ipv4(host) || is_name && host.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether a word belongs to a date as HTTP writes it, such as `Thu, 26 Nov 2026`.
fn is_of_date(words: &[String], index: usize) -> bool {
    let at = |index: Option<usize>| {
        let word =
            index.and_then(|index| words.get(index)).map_or("", |word| word.trim_end_matches(is_between));
        word.to_ascii_lowercase()
    };
    let is_month = |word: &str| MONTHS.contains(&word);
    let is_day = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let (word, next) = (at(Some(index)), at(Some(index + 1)));
    let before = at(index.checked_sub(1));
    // After a comma comes an empty word.
    let in_two = at(Some(index + 2));
    WEEKDAYS.contains(&word.as_str()) && (is_day(&next) || is_day(&in_two) || is_month(&next))
        || is_day(&word) && (is_month(&next) || is_month(&before))
        || is_month(&word) && (is_day(&before) || is_day(&next))
}

/// The ids of calls in what was sent to a server.
fn ids_of(entry: &Entry) -> Vec<String> {
    let mut ids = Vec::new();
    for step in entry.attempts().iter().flat_map(|attempt| &attempt.steps) {
        let Ok(body) = std::str::from_utf8(&step.exchange.sent.body.0) else { continue };
        for rest in body.split("CallId>").skip(1).step_by(2) {
            let id = rest.split('<').next().unwrap_or_default().trim();
            if id.len() >= MIN_ID && !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
    // The longest first: one may stand in another.
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_run_to_run_is_taken_out_and_nothing_else() {
        let normal = Normal { host: Some("um.example.com".to_owned()) };
        for (text, expected) in [
            ("500 with a fault, soap:Client", "500 with a fault, soap:Client"),
            ("at https://um.example.com:8443/a/b?x=12345 now", "at https://(host)/a/b?x=(number) now"),
            ("from 127.0.0.1:40123.", "from (host)."),
            ("127.0.0.1 and [::1]:80 and localhost:8080", "(host) and (host) and (host)"),
            ("um.example.com: no such call", "(host): no such call"),
            ("2026-11-26T18:12:06Z, then 18:12:06.123", "(date), then (time)"),
            ("Date Thu, 26 Nov 2026 18:12:06 GMT", "Date  (number) (time) GMT"),
            ("request 6f1c2d3e-0000-4000-8000-1234567890ab failed", "request (id) failed"),
            ("id AAMkADI3ZmYxNTk4LTM0NjAtNDI= is unknown", "id (id) is unknown"),
            ("port 54321", "port (number)"),
            ("1 of 3 tries", "1 of 3 tries"),
            ("{http://schemas.xmlsoap.org/soap/envelope/}Fault", "{http://(host)/soap/envelope/}Fault"),
            ("the may-be family", "the may-be family"),
            ("", ""),
        ] {
            assert_eq!(normal.text(text), expected, "{text}");
        }
    }
}
