//! What stands for other characters in XML, URLs and programs, read as these.

use super::digits::{begins, bytes, hex, octal};
use super::reading::Unit;
use super::{mail, names, utf7};

/// Characters with one step of every escape undone; none where there is nothing to undo.
///
/// References, percent and backslash escapes become their characters, and the marks of CDATA sections fall
/// away. What a dialect has besides is undone as well. Comments and processing instructions fall away as they do
/// for a reader of XML, unless they are to stay: what they hold comes at the end, so that nothing goes unseen. The
/// work grows with the length alone.
pub(super) fn unescaped(units: &[Unit], dialect: Dialect) -> Option<Vec<Unit>> {
    // Most answers hold none of these but tags.
    if !units.iter().enumerate().any(|(at, unit)| is_mark(unit.c, behind(units, at))) {
        return None;
    }
    let mut out = Vec::with_capacity(units.len());
    let mut changed = false;
    // Inside of one another they stand two deep at most, as each ends at the first end of its kind.
    let mut waiting = vec![units];
    while let Some(part) = waiting.pop() {
        let stay = dialect == Dialect::Text;
        let mut ends = Ends { no_comment: stay, no_instruction: stay };
        let mut at = 0;
        while at < part.len() {
            let length = match escape(&part[at..], dialect, &mut out) {
                Some(length) => length,
                None => match ends.aside(&part[at..]) {
                    Some((length, inside)) => {
                        waiting.push(inside);
                        length
                    }
                    None => 0,
                },
            };
            changed |= length > 0;
            if length == 0 {
                out.push(part[at]);
            }
            at += length.max(1);
        }
        if let (Some(next), Some(last)) = (waiting.last(), out.last()) {
            // Parts that are not side by side must not be read as one.
            let from = next.first().map_or(last.to, |unit| unit.from);
            out.push(Unit { c: char::REPLACEMENT_CHARACTER, from, to: from });
        }
    }
    changed.then_some(out)
}

/// Whether an escape may begin with this character, which these stand behind.
pub(super) fn is_mark(c: char, mut behind: impl Iterator<Item = char>) -> bool {
    match c {
        '%' | '&' | ']' | '\\' => true,
        '+' => utf7::begins(behind),
        '<' => matches!(behind.next(), Some('!' | '?')),
        '=' => behind
            .next()
            .is_some_and(|next| next.is_ascii_hexdigit() || next.is_ascii_whitespace() || next == '?'),
        _ => false,
    }
}

/// Whether an escape may begin at some byte of ASCII text, or something that is no text.
pub(super) fn has_marks(text: &[u8]) -> bool {
    let is_mark = |(at, byte): (usize, &u8)| {
        MARKS[usize::from(*byte)]
            && (*byte == 0 || is_mark(char::from(*byte), text[at + 1..].iter().map(|byte| char::from(*byte))))
    };
    text.iter().enumerate().any(is_mark)
}

/// Bytes at which an escape may begin, whatever stands behind them: few texts have many of these.
const MARKS: [bool; 1 << u8::BITS] = {
    let mut marks = [false; 1 << u8::BITS];
    let all = b"\0%&+<=\\]";
    let mut at = 0;
    while at < all.len() {
        marks[all[at] as usize] = true;
        at += 1;
    }
    marks
};

/// The characters behind this one.
fn behind(units: &[Unit], at: usize) -> impl Iterator<Item = char> {
    units[at + 1..].iter().map(|unit| unit.c)
}

/// Whose escapes are undone beside those that stand in all texts. The same characters are escapes to one and none
/// to another: `\046` is `&` in C and `F` in CSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// CSS: a backslash and up to six hexadecimal digits.
    Css,
    /// Mail: quoted-printable, and words as header fields have them.
    Mail,
    /// None. Comments and instructions are text: a secret may hold the beginning of one, which to a reader of XML
    /// swallows what follows.
    Text,
    /// UTF-7: `+` and what it stands for.
    Utf7,
    /// None.
    Xml,
}

impl Dialect {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Css, Self::Mail, Self::Text, Self::Utf7, Self::Xml];

    /// Those in which nearly every text is written. A secret that holds escapes of these is undone where it stands.
    pub(super) const USUAL: [Self; 2] = [Self::Text, Self::Xml];

    /// The others, which read as [`Self::Xml`] does what is no escape of their own.
    pub(super) const OTHERS: [Self; 3] = [Self::Css, Self::Mail, Self::Utf7];

    /// Whether an escape of its own may begin in text.
    pub(super) fn is_in(self, units: &[Unit]) -> bool {
        let own = match self {
            Self::Css => '\\',
            Self::Mail => '=',
            Self::Utf7 => '+',
            Self::Text | Self::Xml => return false,
        };
        units.iter().enumerate().any(|(at, unit)| unit.c == own && is_mark(own, behind(units, at)))
    }
}

/// Which ends were looked for in vain: they are not looked for again.
struct Ends {
    no_comment: bool,
    no_instruction: bool,
}

impl Ends {
    /// A comment or an instruction at the start: its length, and what it holds.
    fn aside<'a>(&mut self, units: &'a [Unit]) -> Option<(usize, &'a [Unit])> {
        let (start, end, none) = if begins(units, "<!--") {
            ("<!--", "-->", &mut self.no_comment)
        } else if begins(units, "<?") {
            ("<?", "?>", &mut self.no_instruction)
        } else {
            return None;
        };
        if *none {
            return None;
        }
        let inside = &units[start.len()..];
        let Some(length) = (0..inside.len()).find(|&at| begins(&inside[at..], end)) else {
            *none = true;
            return None;
        };
        Some((start.len() + length + end.len(), &inside[..length]))
    }
}

/// Undoes the escape at the start, if there is one; gives back its length.
fn escape(units: &[Unit], dialect: Dialect, out: &mut Vec<Unit>) -> Option<usize> {
    let (c, length) = match units.first()?.c {
        '&' => reference(units)?,
        '%' => match units.get(2..6).filter(|_| units[1].c.eq_ignore_ascii_case(&'u')).and_then(hex) {
            Some(value) => (char::from_u32(value)?, 6),
            None => return bytes(units, "%", 2, hex, out),
        },
        '\\' => match units.get(1)?.c {
            'x' | 'X' => return bytes(units, "\\x", 2, hex, out),
            'u' | 'U' => unicode(units)?,
            _ if dialect == Dialect::Css && hex(&units[1..2]).is_some() => css(units)?,
            '0'..='7' => return bytes(units, "\\", 3, octal, out),
            // What parts the characters of an escape falls away first.
            _ if is_markup(&units[1..]) => return None,
            c if c.is_ascii_punctuation() => (c, 2),
            _ => return None,
        },
        '<' if begins(units, "<![CDATA[") => return Some("<![CDATA[".len()),
        ']' if begins(units, "]]>") => return Some("]]>".len()),
        '=' if dialect == Dialect::Mail => return mail::escape(units, out),
        '+' if dialect == Dialect::Utf7 => return utf7::escape(units, out),
        _ => return None,
    };
    out.push(Unit { c, from: units[0].from, to: units[length - 1].to });
    Some(length)
}

/// Whether the mark of a section, a comment or an instruction stands at the start.
fn is_markup(units: &[Unit]) -> bool {
    ["]]>", "<!", "<?"].iter().any(|mark| begins(units, mark))
}

/// A reference of XML or HTML, which may lack its semicolon if it is a number.
fn reference(units: &[Unit]) -> Option<(char, usize)> {
    let (start, radix) = if begins(units, "&#x") { (3, 16) } else { (2, 10) };
    if units.get(1)?.c != '#' {
        let inside = &units[1..units.len().min(names::LONGEST + 2)];
        let length = inside.iter().position(|unit| unit.c == ';')?;
        let name: String = inside[..length].iter().map(|unit| unit.c).collect();
        return Some((names::named(&name)?, length + 2));
    }
    let digits = units[start..].iter().map_while(|unit| unit.c.to_digit(radix));
    let (mut value, mut length) = (0_u32, start);
    for digit in digits {
        value = value.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    let c = char::from_u32(value).filter(|_| length > start)?;
    let closed = units.get(length).is_some_and(|unit| unit.c == ';');
    Some((c, length + usize::from(closed)))
}

/// `\u{41}`, `\U00000041` or `\u0041`.
fn unicode(units: &[Unit]) -> Option<(char, usize)> {
    if units.get(2)?.c == '{' {
        let digits = units[3..].iter().take(6).take_while(|unit| unit.c != '}').count();
        let closed = units.get(3 + digits)?.c == '}';
        return Some((hex(&units[3..3 + digits]).filter(|_| closed).and_then(char::from_u32)?, digits + 4));
    }
    let eight = units.get(2..10).filter(|_| units[1].c == 'U').and_then(hex).and_then(char::from_u32);
    eight.map(|c| (c, 10)).or_else(|| sixteen(units))
}

/// `\41`, and the blank that ends it (CSS Syntax 4.3.7).
fn css(units: &[Unit]) -> Option<(char, usize)> {
    let digits = units[1..].iter().take(6).take_while(|unit| unit.c.is_ascii_hexdigit()).count();
    let blank = units.get(1 + digits).is_some_and(|unit| unit.c.is_ascii_whitespace());
    Some((char::from_u32(hex(&units[1..=digits])?)?, 1 + digits + usize::from(blank)))
}

/// `\u0041`, or two of these for one character.
fn sixteen(units: &[Unit]) -> Option<(char, usize)> {
    let first = hex(units.get(2..6)?)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 6));
    }
    let second = hex(units.get(8..12)?).filter(|_| begins(&units[6..], "\\u"))?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    Some((char::decode_utf16(pair).next()?.ok()?, 12))
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use super::*;

    fn read(text: &str) -> String {
        read_as(Dialect::Xml, text)
    }

    fn read_as(dialect: Dialect, text: &str) -> String {
        let units = Reading::Utf8.units(text.as_bytes());
        unescaped(&units, dialect)
            .map_or_else(|| text.to_owned(), |units| units.iter().map(|unit| unit.c).collect())
    }

    #[test]
    fn escapes_are_undone_by_one_step() {
        for (text, plain) in [
            ("a&amp;amp;b", "a&amp;b"),
            ("&#104;&#x6A;&#0105 &#X6b;", "hji k"),
            ("%68%C3%A4%E4%u0041", "h\u{e4}\u{e4}A"),
            ("%21", "!"),
            ("\\u0068\\uD83D\\uDE00\\u{e9}\\xc3\\xa4\\\"\\/\\n", "h\u{1F600}\u{e9}\u{e4}\"/\\n"),
            ("\\046\\303\\244\\U0001F600\\U0041\\#\\/", "&\u{e4}\u{1F600}A#/"),
            ("&num;&sol;&Hat;&LowBar;&verbar;&tilde;", "#/^_|~"),
            ("a<![CDATA[b]]>c]]]]><![CDATA[>", "abc]]>"),
            ("a<!--1-->b<?2?>c", "abc\u{FFFD}2\u{FFFD}1"),
            // What is none stays.
            (
                "& &# &#x; &#1114112; &no; % %6 %zz \\u12 \\x \\u{} \\46 \\777 =41 <! <!-- <? ]] \\",
                "& &# &#x; &#1114112; &no; % %6 %zz \\u12 \\x \\u{} \\46 \\777 =41 <! <!-- <? ]] \\",
            ),
        ] {
            assert_eq!(read(text), plain, "{text}");
        }
    }

    #[test]
    fn what_is_an_escape_to_one_is_none_to_another() {
        let text = "\\046 \\26 b\\3c\\g =41=\r\n=C3=A4";
        assert_eq!(read_as(Dialect::Text, text), "& \\26 b\\3c\\g =41=\r\n=C3=A4");
        assert_eq!(read_as(Dialect::Css, text), "F&b<\\g =41=\r\n=C3=A4");
        assert_eq!(read_as(Dialect::Mail, text), "& \\26 b\\3c\\g A\u{e4}");
        assert_eq!(read_as(Dialect::Text, "a<!--b-->&lt;"), "a<!--b--><");
    }

    #[test]
    fn a_character_leads_back_to_the_whole_escape() {
        let units = Reading::Utf8.units(b"x%C3%A4&#104;");
        let places: Vec<_> =
            unescaped(&units, Dialect::Xml).unwrap().iter().map(|unit| (unit.from, unit.to)).collect();
        assert_eq!(places, [(0, 1), (1, 7), (7, 13)]);
    }
}
