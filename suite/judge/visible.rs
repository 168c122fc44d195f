use crate::message::xml::is_xml_char;

/// Words that may hold text of a subject, without characters that could steer a terminal, turn the
/// direction of text, or that a report in XML cannot carry.
pub fn visible(words: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control() || !is_xml_char(c) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let escape = |c: char| if is_hidden(c) { c.escape_default().to_string() } else { c.to_string() };
    words.chars().map(escape).collect()
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
            ("\u{E9} <&> \u{1F4DE}", "\u{E9} <&> \u{1F4DE}"),
        ] {
            assert_eq!(visible(hidden), shown);
        }
    }
}
