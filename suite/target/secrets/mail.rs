//! What stands for other characters in mail: quoted-printable (RFC 2045 6.7), and encoded words (RFC 2047).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::digits::{begins, bytes, hex};
use super::reading::{Reading, Unit};

/// Base64 of words, which programs write with and without padding.
const WORDS: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Longest word in characters: RFC 2047 2 allows 75; programs that do not fold write longer ones.
const MAX_WORD: usize = 8_192;

/// Undoes the escape that begins with `=`, if there is one; gives back its length.
pub(super) fn escape(units: &[Unit], out: &mut Vec<Unit>) -> Option<usize> {
    soft_break(units).or_else(|| word(units, out)).or_else(|| bytes(units, "=", 2, hex, out))
}

/// A line break that is none to the reader. Blanks may stand before it.
fn soft_break(units: &[Unit]) -> Option<usize> {
    let blanks = units[1..].iter().take_while(|unit| matches!(unit.c, ' ' | '\t')).count();
    let rest = &units[1 + blanks..];
    let length = if begins(rest, "\r\n") { 2 } else { usize::from(matches!(rest.first()?.c, '\r' | '\n')) };
    (length > 0).then_some(1 + blanks + length)
}

/// `=?utf-8?B?...?=`, and the blanks behind it where another one follows.
fn word(units: &[Unit], out: &mut Vec<Unit>) -> Option<usize> {
    if !begins(units, "=?") {
        return None;
    }
    let units = &units[..units.len().min(MAX_WORD)];
    // A name of a character set has no end of its own: none of those that exist is longer than 45 characters.
    let charset = units[2..].iter().take(64).position(|unit| unit.c == '?')?;
    let start = 2 + charset + 3;
    let way = units.get(start - 2)?.c;
    let length = units.get(start..)?.iter().position(|unit| unit.c == '?')?;
    if units[start - 1].c != '?' || units.get(start + length + 1)?.c != '=' {
        return None;
    }
    let inside = &units[start..start + length];
    let mut end = start + length + 2;
    if way.eq_ignore_ascii_case(&'b') {
        let code: String = inside.iter().map(|unit| unit.c).collect();
        let decoded = WORDS.decode(code).ok()?;
        // All of the word shows each of its characters.
        let (from, to) = (units[0].from, units[end - 1].to);
        out.extend(Reading::Utf8.units(&decoded).into_iter().map(|unit| Unit { c: unit.c, from, to }));
    } else if way.eq_ignore_ascii_case(&'q') {
        let mut at = 0;
        while at < inside.len() {
            let escaped = bytes(&inside[at..], "=", 2, hex, out);
            if escaped.is_none() {
                let unit = inside[at];
                out.push(if unit.c == '_' { Unit { c: ' ', ..unit } } else { unit });
            }
            at += escaped.unwrap_or(1);
        }
    } else {
        return None;
    }
    let blanks = units[end..].iter().take_while(|unit| unit.c.is_ascii_whitespace()).count();
    if begins(&units[end + blanks..], "=?") {
        end += blanks;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::escapes::{Dialect, unescaped};
    use super::*;

    #[test]
    fn words_and_lines_are_put_together() {
        for (text, plain) in [
            ("hun=\r\nter= \n22=3D", "hunter22="),
            ("=?utf-8?B?aHVudA==?= =?UTF-8?b?ZXIy?=\r\n =?x?Q?2=C3=A4_?= b", "hunter22\u{e4}  b"),
            ("=?x?B?!?= =? =?a?b?c =?x?y?z?=", "=?x?B?!?= =? =?a?b?c =?x?y?z?="),
        ] {
            let units = Reading::Utf8.units(text.as_bytes());
            let read = unescaped(&units, Dialect::Mail).unwrap_or(units);
            assert_eq!(read.iter().map(|unit| unit.c).collect::<String>(), plain, "{text}");
        }
    }

    #[test]
    fn a_word_is_shown_by_all_of_it() {
        let units = Reading::Utf8.units(b"x=?utf-8?B?YWI=?=");
        let places: Vec<_> =
            unescaped(&units, Dialect::Mail).unwrap().iter().map(|u| (u.from, u.to)).collect();
        assert_eq!(places, [(0, 1), (1, 17), (1, 17)]);
    }
}
