//! Characters in UTF-7 (RFC 2152), in which programs of mail and directories still write.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::reading::Unit;

/// What stands between `+` and its end (RFC 2152, rule 2). Bits behind the last character are zero where a
/// program is right.
const SHIFTED: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// Fewest characters of base64 that hold one of UTF-16.
const FEWEST: usize = 3;

/// Longest run of them that is looked at: a program that ends none writes no longer text than that.
const MOST: usize = 8_192;

/// Whether a character may stand between `+` and its end.
const fn is_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/')
}

/// Whether a `+` before these characters stands for others.
pub(super) fn begins(behind: impl Iterator<Item = char>) -> bool {
    let mut behind = behind.peekable();
    behind.peek() == Some(&'-') || behind.take(FEWEST).filter(|c| is_inside(*c)).count() == FEWEST
}

/// Undoes the run that begins with `+`, if there is one; gives back its length.
pub(super) fn escape(units: &[Unit], out: &mut Vec<Unit>) -> Option<usize> {
    let inside = &units[1..units.len().min(MOST + 1)];
    let length = inside.iter().position(|unit| !is_inside(unit.c)).unwrap_or(inside.len());
    let is_closed = inside.get(length).is_some_and(|unit| unit.c == '-');
    let end = 1 + length + usize::from(is_closed);
    if length == 0 {
        // `+-` is a plus sign.
        let to = units.get(1).filter(|_| is_closed)?.to;
        out.push(Unit { to, ..units[0] });
        return Some(end);
    }
    let code: String = inside[..length].iter().map(|unit| unit.c).collect();
    // One character behind the last whole byte, and a byte behind the last whole pair, are of no use.
    let bytes = SHIFTED.decode(&code[..length - usize::from(length % 4 == 1)]).ok()?;
    let wide = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let before = out.len();
    let (mut bit, mut from) = (0, units[0].from);
    for c in char::decode_utf16(wide) {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        bit += 16 * c.len_utf16();
        // What holds its last bit holds the first of the next as well, but for every third one.
        let to = units[bit.div_ceil(6)].to;
        out.push(Unit { c, from, to });
        from = units.get(1 + bit / 6).map_or(to, |unit| unit.from.min(to));
    }
    let last = out[before..].last_mut()?;
    last.to = units[end - 1].to;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::escapes::{Dialect, unescaped};
    use super::super::reading::Reading;
    use super::*;

    fn read(text: &str) -> Vec<Unit> {
        let units = Reading::Utf8.units(text.as_bytes());
        unescaped(&units, Dialect::Utf7).unwrap_or(units)
    }

    #[test]
    fn what_is_shifted_is_read() {
        for (text, plain) in [
            // The examples of RFC 2152.
            ("A+ImIDkQ.", "A\u{2262}\u{391}."),
            ("Hi Mom -+Jjo--!", "Hi Mom -\u{263A}-!"),
            ("+ZeVnLIqe-", "\u{65E5}\u{672C}\u{8A9E}"),
            ("Item 3 is +AKM-1.", "Item 3 is \u{A3}1."),
            ("1 +- 1 +AD0 2", "1 + 1 = 2"),
            ("+2D3eAA-", "\u{1F600}"),
            // What is none stays.
            ("a + b, +, +a, +ab soap+x", "a + b, +, +a, +ab soap+x"),
        ] {
            assert_eq!(read(text).iter().map(|unit| unit.c).collect::<String>(), plain, "{text}");
        }
    }

    #[test]
    fn each_character_leads_back_to_its_own() {
        let places: Vec<_> = read("x+AGEAYg-y").iter().map(|unit| (unit.from, unit.to)).collect();
        assert_eq!(places, [(0, 1), (1, 5), (4, 9), (9, 10)]);
    }
}
