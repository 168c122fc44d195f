//! What a program under test wrote on standard error, as far as a person wants to see it.

use super::secrets::{HIDDEN, is_credential};
use crate::message::visible;

/// Most lines that are kept: a stack trace tells itself by its first ones.
const MAX_LINES: usize = 20;

/// Most characters kept of a line.
const MAX_LINE: usize = 200;

/// The first lines of standard error, in visible characters, empty ones left out. What follows a word that names
/// credentials, up to the end of its line, and user information of a URL are hidden: the environment of a program
/// may hold what nobody gave to this one.
pub(super) fn first_lines(complaints: &str) -> Vec<String> {
    let lines = complaints.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let mut kept: Vec<String> = lines.clone().take(MAX_LINES).map(line).collect();
    let more = lines.skip(MAX_LINES).count();
    if more > 0 {
        kept.push(format!("… ({more} more lines)"));
    }
    kept
}

fn line(text: &str) -> String {
    let text = without_credentials(&without_user_info(text));
    let shown = visible(&text);
    match shown.char_indices().nth(MAX_LINE) {
        Some((at, _)) => format!("{}…", &shown[..at]),
        None => shown,
    }
}

/// A line up to the value of the first name that is that of a credential: `Authorization: …`, `password=…`.
fn without_credentials(text: &str) -> String {
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let is_name = c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | '\'');
        if matches!(c, ':' | '=') && is_credential(&text[start..at].to_ascii_lowercase()) {
            return format!("{} {HIDDEN}", &text[..=at]);
        }
        if !is_name {
            start = at + c.len_utf8();
        }
    }
    text.to_owned()
}

/// A line without the user and password of each URL in it.
fn without_user_info(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(after.len());
        rest = match after[..end].rfind('@') {
            Some(at) => {
                out.push_str(HIDDEN);
                &after[at..]
            }
            None => after,
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_few_short_and_visible() {
        let long = "x".repeat(9_999);
        let kept = first_lines(&format!("a\u{1B}[2J\n\n{long}\r\n{}", "line\n".repeat(30)));
        assert_eq!(kept[0], "a\\u{1b}[2J");
        assert_eq!(kept[1].chars().count(), MAX_LINE + 1);
        assert_eq!((kept.len(), kept[20].as_str()), (21, "… (12 more lines)"));
        assert!(first_lines("").is_empty());
    }

    #[test]
    fn credentials_are_hidden_and_other_words_are_not() {
        for (written, kept) in [
            ("> Authorization: Basic dXNlcjpodW50ZXIyMg==", "> Authorization: (hidden)"),
            ("{\"password\":\"hunter22\"}", "{\"password\": (hidden)"),
            ("API_KEY=hunter22 started", "API_KEY= (hidden)"),
            ("connect http://me:hunter22@um.example/x failed", "connect http://(hidden)@um.example/x failed"),
            ("http://a/ and https://me@b", "http://a/ and https://(hidden)@b"),
            ("ValueError: no id in the reply", "ValueError: no id in the reply"),
            ("at 12:30: refused", "at 12:30: refused"),
        ] {
            assert_eq!(first_lines(written), [kept], "{written}");
        }
    }
}
