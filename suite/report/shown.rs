//! Bytes as a person reads them, without a byte being added or lost unseen.

use std::fmt::Write as _;

use crate::message::{is_hidden, visible};

/// Longest part of a message that is shown, in bytes: some hundred lines. All of it is in the record, and `umspec show
/// --raw` prints it.
pub const MAX_SHOWN: usize = 16_384;

/// One of so many characters may be one that is not seen; where more are, the bytes are no text.
const MOSTLY_TEXT: usize = 8;

/// The lines that show bytes, at most [`MAX_SHOWN`] of them.
///
/// Text is broken after each line feed, which is written `\n` like every character that would not be seen, and
/// between a tag and the next, where nothing stands in the bytes. What is no UTF-8, or hardly text, is a
/// hexadecimal dump.
pub fn shown_lines(bytes: &[u8]) -> Vec<String> {
    let kept = bytes.get(..MAX_SHOWN).unwrap_or(bytes);
    let mut lines = match text_of(kept) {
        Some(text) => broken(text),
        None => hex_dump(kept).lines().map(str::to_owned).collect(),
    };
    if kept.len() < bytes.len() {
        lines.push(format!("… ({} more bytes)", bytes.len() - kept.len()));
    }
    lines
}

/// The text that bytes are, if they are mostly text. A character that is cut at their end is left out.
fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && bytes.len() == MAX_SHOWN => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let hidden = text.chars().filter(|&c| is_hidden(c) && !matches!(c, '\t' | '\n' | '\r')).count();
    (hidden * MOSTLY_TEXT <= text.len()).then_some(text)
}

fn broken(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        line.push(c);
        if c == '\n' || c == '>' && rest.peek() == Some(&'<') {
            lines.push(visible(&line));
            line.clear();
        }
    }
    if !line.is_empty() {
        lines.push(visible(&line));
    }
    lines
}

/// Bytes as a hexadecimal dump: sixteen in a line, with their offset and what is printable of them.
pub fn hex_dump(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (row, line) in bytes.chunks(16).enumerate() {
        let hex: Vec<String> = line.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = line
            .iter()
            .map(|&byte| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '.' })
            .collect();
        let _ = writeln!(out, "{:08x}  {:<47}  {text}", row * 16, hex.join(" "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_text_leads_back_to_its_bytes() {
        let lines = shown_lines(b"<a>\r\n<b><c/>\x1B[2J</b></a>");
        assert_eq!(lines, ["<a>\\r\\n", "<b>", "<c/>\\u{1b}[2J</b>", "</a>"]);
        assert_eq!(lines.concat().replace("\\r\\n", "\r\n").replace("\\u{1b}", "\u{1B}").len(), 24);
        assert!(shown_lines(b"").is_empty());
    }

    #[test]
    fn what_is_no_text_is_dumped() {
        for bytes in [&b"\xFF\xFE<\0a\0"[..], b"\0<\0a\0>", b"caf\xE9"] {
            let lines = shown_lines(bytes);
            assert!(lines[0].starts_with("00000000  "), "{lines:?}");
        }
        assert_eq!(shown_lines("\u{E9} one \0 of many".as_bytes()), ["\u{E9} one \\u{0} of many"]);
    }

    #[test]
    fn what_is_long_is_cut_and_says_so() {
        let long = "\u{E9}".repeat(MAX_SHOWN);
        let lines = shown_lines(format!("x{long}").as_bytes());
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1], format!("… ({} more bytes)", MAX_SHOWN + 1));
    }
}
