//! What stands for other characters in XML, URLs and programs, read as these.

use super::reading::Unit;

/// Characters with one step of every escape undone; none where there is nothing to undo.
///
/// References, percent and backslash escapes become their characters, and the marks of CDATA sections fall
/// away. So do comments and processing instructions, where asked for, as they do for a reader of XML: what they
/// hold comes at the end, so that nothing goes unseen. The work grows with the length alone.
pub(super) fn unescaped(units: &[Unit], asides: Asides) -> Option<Vec<Unit>> {
    // Most answers hold none of these but tags.
    let marks = |unit: &Unit| matches!(unit.c, '%' | '&' | ']' | '\\');
    let opens = |pair: &[Unit]| pair[0].c == '<' && matches!(pair[1].c, '!' | '?');
    if !units.iter().any(marks) && !units.windows(2).any(opens) {
        return None;
    }
    let mut out = Vec::with_capacity(units.len());
    let mut changed = false;
    // Inside of one another they stand two deep at most, as each ends at the first end of its kind.
    let mut waiting = vec![units];
    while let Some(part) = waiting.pop() {
        let mut ends = Ends { no_comment: asides == Asides::Stay, no_instruction: asides == Asides::Stay };
        let mut at = 0;
        while at < part.len() {
            let length = match escape(&part[at..], &mut out) {
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

/// What becomes of comments and processing instructions. A secret may hold the beginning of one, which to a reader
/// of XML swallows what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asides {
    /// They are taken out.
    Fall,
    /// They are text.
    Stay,
}

impl Asides {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Fall, Self::Stay];
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
fn escape(units: &[Unit], out: &mut Vec<Unit>) -> Option<usize> {
    let (c, length) = match units.first()?.c {
        '&' => reference(units)?,
        '%' => match units.get(2..6).filter(|_| units[1].c.eq_ignore_ascii_case(&'u')).and_then(hex) {
            Some(value) => (char::from_u32(value)?, 6),
            None => return bytes(units, "%", out),
        },
        '\\' => match units.get(1)?.c {
            '"' | '\'' | '/' | '\\' => (units[1].c, 2),
            'u' | 'U' if units.get(2)?.c == '{' => {
                let digits = units[3..].iter().take(6).take_while(|unit| unit.c != '}').count();
                let closed = units.get(3 + digits)?.c == '}';
                (hex(&units[3..3 + digits]).filter(|_| closed).and_then(char::from_u32)?, digits + 4)
            }
            'u' | 'U' => sixteen(units)?,
            _ => return bytes(units, "\\x", out),
        },
        '<' if begins(units, "<![CDATA[") => return Some("<![CDATA[".len()),
        ']' if begins(units, "]]>") => return Some("]]>".len()),
        _ => return None,
    };
    out.push(Unit { c, from: units[0].from, to: units[length - 1].to });
    Some(length)
}

/// A reference of XML or HTML, which may lack its semicolon.
fn reference(units: &[Unit]) -> Option<(char, usize)> {
    for (name, c) in [("&amp;", '&'), ("&apos;", '\''), ("&gt;", '>'), ("&lt;", '<'), ("&quot;", '"')] {
        if begins(units, name) {
            return Some((c, name.len()));
        }
    }
    let (start, radix) = if begins(units, "&#x") { (3, 16) } else { (2, 10) };
    if units.get(1)?.c != '#' {
        return None;
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

/// A run of bytes in hexadecimal, each behind this mark: UTF-8, else Latin-1.
fn bytes(units: &[Unit], mark: &str, out: &mut Vec<Unit>) -> Option<usize> {
    let one = mark.len() + 2;
    let mut run = Vec::new();
    while let Some(value) = units
        .get(run.len() * one..(run.len() + 1) * one)
        .filter(|unit| begins(unit, mark))
        .and_then(|unit| hex(&unit[mark.len()..]))
    {
        run.push(u8::try_from(value).ok()?);
    }
    let mut at = 0;
    for chunk in run.utf8_chunks() {
        let valid = chunk.valid().chars().map(|c| (c, c.len_utf8()));
        let invalid = chunk.invalid().iter().map(|byte| (char::from(*byte), 1));
        for (c, length) in valid.chain(invalid) {
            out.push(Unit { c, from: units[at * one].from, to: units[(at + length) * one - 1].to });
            at += length;
        }
    }
    (at > 0).then_some(at * one)
}

fn hex(units: &[Unit]) -> Option<u32> {
    if units.is_empty() {
        return None;
    }
    units.iter().try_fold(0, |value, unit| Some(value * 16 + unit.c.to_digit(16)?))
}

/// Whether characters begin with this, capital or not.
fn begins(units: &[Unit], with: &str) -> bool {
    units.len() >= with.len()
        && with.chars().zip(units).all(|(wanted, unit)| wanted.eq_ignore_ascii_case(&unit.c))
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use super::*;

    fn read(text: &str) -> String {
        let units = Reading::Utf8.units(text.as_bytes());
        unescaped(&units, Asides::Fall)
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
            ("a<![CDATA[b]]>c]]]]><![CDATA[>", "abc]]>"),
            ("a<!--1-->b<?2?>c", "abc\u{FFFD}2\u{FFFD}1"),
            // What is none stays.
            (
                "& &# &#x; &#1114112; % %6 %zz \\u12 \\x \\u{} <! <!-- <? ]] \\",
                "& &# &#x; &#1114112; % %6 %zz \\u12 \\x \\u{} <! <!-- <? ]] \\",
            ),
        ] {
            assert_eq!(read(text), plain, "{text}");
        }
    }

    #[test]
    fn a_character_leads_back_to_the_whole_escape() {
        let units = Reading::Utf8.units(b"x%C3%A4&#104;");
        let places: Vec<_> =
            unescaped(&units, Asides::Fall).unwrap().iter().map(|unit| (unit.from, unit.to)).collect();
        assert_eq!(places, [(0, 1), (1, 7), (7, 13)]);
    }
}
