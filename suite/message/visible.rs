//! Text from outside, made fit for terminals and reports: what they show, and nothing that acts on them.

use super::xml::is_xml_char;

/// Most characters of what [`told`] gives back. A finding is a line; the whole text stands in the record as
/// bytes.
pub const MAX_TOLD: usize = 400;

/// Most characters of what [`quoted`] gives back, so that what is said of it fits beside it.
const MAX_QUOTED: usize = 200;

/// Room for the words that tell of what is left out: an offset has twenty digits at most.
const ROOM: usize = 40;

/// Text with every character shown that would not be seen, or would do something: controls, escape codes, what
/// turns the direction of text, what has no width, tags, what is unassigned, private or no character. Made
/// visible once more it stays as it is.
///
/// The only door from what a subject, a record or a program says to a terminal or a report.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// JSON with hidden characters escaped as JSON has it. They stand in its strings only; line feeds stand between
/// these.
pub(crate) fn visible_json(json: String) -> String {
    let stays = |c: char| c == '\n' || !is_hidden(c);
    if json.chars().all(stays) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if stays(c) {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

/// Visible text of at most [`MAX_TOLD`] characters, with word of how many more there are.
pub fn told(text: &str) -> String {
    cut(text, MAX_TOLD)
}

/// Visible text that is short enough to stand within a sentence.
pub(crate) fn quoted(text: &str) -> String {
    cut(text, MAX_QUOTED)
}

fn cut(text: &str, most: usize) -> String {
    let is_short = text.chars().nth(most).is_none();
    let shown = if is_short { visible(text) } else { String::new() };
    if is_short && shown.chars().nth(most).is_none() {
        return shown;
    }
    let mut out = String::new();
    let (mut length, mut characters) = (0, 0);
    for c in text.chars() {
        let shown = visible(c.encode_utf8(&mut [0; 4]));
        length += shown.chars().count();
        if length > most - ROOM {
            break;
        }
        out.push_str(&shown);
        characters += 1;
    }
    let more = text.chars().count() - characters;
    out.push_str(&format!("… ({more} more characters)"));
    out
}

/// Whether a character would not be seen, or would do something.
pub(crate) fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control() || !is_xml_char(c) || is_ignorable(c) || !has_shape(c)
}

/// Letters and marks that are not shown (Default_Ignorable_Code_Point of Unicode 16), beside the format
/// characters, which have no shape anyway.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is assigned and shown, by the tables of the standard library: their escapes for debugging
/// leave such characters as they are, but for a mark that begins the text.
fn has_shape(c: char) -> bool {
    let mut text = [0; 5];
    text[0] = b'a';
    let length = c.encode_utf8(&mut text[1..]).len();
    std::str::from_utf8(&text[..=length]).is_ok_and(|text| text.escape_debug().nth(1) == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_or_break_a_report_is_escaped() {
        for (hidden, shown) in [
            ("a\u{1B}[2Jb", "a\\u{1b}[2Jb"),
            ("a\u{202E}b", "a\\u{202e}b"),
            ("a\u{2066}b", "a\\u{2066}b"),
            ("a\u{FFFE}b", "a\\u{fffe}b"),
            ("a\nb", "a\\nb"),
            ("\u{E9} <&> \u{1F4DE} e\u{301} \"\\", "\u{E9} <&> \u{1F4DE} e\u{301} \"\\"),
        ] {
            assert_eq!(visible(hidden), shown);
            assert_eq!(visible(shown), shown);
        }
    }

    #[test]
    fn nothing_that_is_not_seen_stays() {
        let points = [
            0..=0x1F,
            0x7F..=0x9F,
            0xAD..=0xAD,
            0x61C..=0x61C,
            0x200B..=0x200F,
            0x2028..=0x202E,
            0x2060..=0x2069,
            0xE000..=0xF8FF,
            0xFEFF..=0xFEFF,
            0xFFF0..=0xFFF8,
            0xFFFE..=0xFFFF,
            0xFDD0..=0xFDEF,
            0x3_FF00..=0x3_FF10,
            0xE_0000..=0xE_01FF,
            0x1F_FFFE..=0x1F_FFFF,
            0xF_0000..=0xF_0010,
            0x10_FFFE..=0x10_FFFF,
            0x378..=0x379,
        ];
        for c in points.into_iter().flatten().filter_map(char::from_u32) {
            assert!(is_hidden(c), "{c:?}");
        }
    }

    #[test]
    fn what_is_told_has_an_end() {
        let most = "x".repeat(MAX_TOLD);
        assert_eq!(told(&most), most);
        for long in ["x".repeat(900_000), "\u{202E}".repeat(MAX_TOLD), "\u{1F4DE}".repeat(MAX_TOLD + 1)] {
            let told_once = told(&long);
            assert!(
                told_once.chars().count() <= MAX_TOLD && told_once.ends_with(" more characters)"),
                "{told_once}"
            );
            assert_eq!(told(&told_once), told_once);
        }
        assert!(told(&"x".repeat(900_000)).ends_with("x… (899640 more characters)"));
    }
}
