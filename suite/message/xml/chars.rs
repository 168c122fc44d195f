//! Character classes of XML 1.0, fifth edition.

/// Whether XML allows this character anywhere (XML 2.2, `Char`).
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether this is white space to XML (XML 2.3, `S`).
pub(crate) fn is_xml_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

const NONE: u8 = 0;
const START: u8 = 1;
const LATER: u8 = 2;

/// Which ASCII characters may start a name, and which may only follow.
const ASCII_NAMES: [u8; 256] = {
    let mut table = [NONE; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => START,
            b'0'..=b'9' | b'-' | b'.' => LATER,
            _ => NONE,
        };
        byte += 1;
    }
    table
};

/// Whether a string is a name without a colon (NS 3, `NCName`).
pub(crate) fn is_ncname(text: &str) -> bool {
    let [first, rest @ ..] = text.as_bytes() else { return false };
    if text.is_ascii() {
        return ASCII_NAMES[usize::from(*first)] == START
            && rest.iter().all(|&byte| ASCII_NAMES[usize::from(byte)] != NONE);
    }
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

pub(crate) fn is_white(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Offset of the first character that XML does not allow.
pub(crate) fn first_forbidden(text: &str) -> Option<usize> {
    // A branch-free pass that the compiler turns into vector instructions; the exact search runs
    // only when it saw a candidate. U+FFFE and U+FFFF start with 0xEF in UTF-8.
    let suspicious = text.bytes().fold(0, |seen, byte| {
        let white = u8::from(byte == b'\t') | u8::from(byte == b'\n') | u8::from(byte == b'\r');
        seen | (u8::from(byte < 0x20) & !white) | u8::from(byte == 0xEF)
    });
    if suspicious == 0 {
        return None;
    }
    text.char_indices().find(|&(_, c)| !is_xml_char(c)).map(|(at, _)| at)
}

fn is_name_start(c: char) -> bool {
    match c {
        'A'..='Z' | 'a'..='z' | '_' => true,
        _ => matches!(c,
            '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
            | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}'),
    }
}

fn is_name_char(c: char) -> bool {
    match c {
        '0'..='9' | '-' | '.' => true,
        _ => is_name_start(c) || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_grammar() {
        for good in ["a", "_", "CallId", "é", "a-b.c1", "a·", "é9-.z"] {
            assert!(is_ncname(good), "{good}");
        }
        for bad in ["", "1a", "-a", ".a", "a:b", "a b", "a×", "\u{B7}a", "é é", "é:"] {
            assert!(!is_ncname(bad), "{bad}");
        }
    }

    #[test]
    fn forbidden_characters_are_found_where_they_stand() {
        assert_eq!(first_forbidden("ab\tc\r\n\u{FFFD}\u{FEFF}\u{7F}\u{85}\u{10FFFF}"), None);
        assert_eq!(first_forbidden("ab\u{1}"), Some(2));
        assert_eq!(first_forbidden("é\u{FFFE}"), Some(2));
        assert_eq!(first_forbidden("\u{0}"), Some(0));
        assert_eq!(first_forbidden("\u{1}\u{1}"), Some(0), "two are as bad as one");
    }
}
