//! Characters as they are compared: without their case, and all of them or letters and digits alone.

/// Which characters of a text are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// All.
    All,
    /// Letters and digits: whatever else stands between the pieces of a secret does not part them.
    Letters,
    /// Letters and digits that are not in a tag.
    LettersOutside,
}

impl Lane {
    /// Every one.
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Letters, Self::LettersOutside];

    /// Text as it is compared.
    pub(super) fn read(self, text: &str) -> Vec<u8> {
        self.of(text.chars())
    }

    fn of(self, text: impl Iterator<Item = char>) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.size_hint().0);
        let mut place = Place::default();
        text.filter(|c| place.counts(self, *c)).for_each(|c| fold(c, &mut out));
        out
    }
}

/// Where in markup a character stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind the beginning of a tag, which it makes one or not.
    Beginning,
    /// In a tag.
    Inside,
    /// Elsewhere.
    #[default]
    Outside,
}

impl Place {
    /// Goes on by a character. Whether it counts.
    pub(super) fn counts(&mut self, lane: Lane, c: char) -> bool {
        if lane == Lane::All {
            return true;
        }
        if lane == Lane::LettersOutside {
            *self = match (*self, c) {
                (Self::Beginning, c) if begins_tag(c) => Self::Inside,
                (Self::Inside, c) if c != '>' => Self::Inside,
                (_, '<') => Self::Beginning,
                _ => Self::Outside,
            };
            if *self == Self::Inside {
                return false;
            }
        }
        is_compared(c)
    }
}

/// What is compared of a text, in each lane.
pub(super) struct Compared {
    all: Vec<u8>,
    letters: Vec<u8>,
    /// None where there is no tag: it is as the letters are.
    outside: Option<Vec<u8>>,
}

impl Compared {
    /// Of characters.
    pub(super) fn of(text: impl Iterator<Item = char> + Clone) -> Self {
        let mut all = Vec::with_capacity(text.size_hint().0);
        let mut letters = Vec::with_capacity(text.size_hint().0);
        let mut has_tags = false;
        for c in text.clone() {
            let before = all.len();
            fold(c, &mut all);
            if is_compared(c) {
                letters.extend_from_slice(&all[before..]);
            }
            has_tags |= c == '<';
        }
        let outside = has_tags.then(|| Lane::LettersOutside.of(text));
        Self { all, letters, outside }
    }

    /// Of text in ASCII, in less time.
    pub(super) fn of_ascii(text: &[u8]) -> Self {
        let all = text.to_ascii_lowercase();
        let mut letters = Vec::new();
        add_letters(&all, &mut letters);
        let mut outside = memchr::memchr(b'<', text).map(|_| Vec::new());
        if let Some(outside) = &mut outside {
            let mut rest = &*all;
            while let Some(at) = memchr::memchr(b'<', rest) {
                add_letters(&rest[..at], outside);
                rest = &rest[at + 1..];
                let is_tag = rest.first().is_some_and(|next| begins_tag(char::from(*next)));
                if is_tag {
                    rest = memchr::memchr(b'>', rest).map_or(&[], |end| &rest[end + 1..]);
                }
            }
            add_letters(rest, outside);
        }
        Self { all, letters, outside }
    }

    /// Those of a lane. None that tags leave over, where there are no tags.
    pub(super) fn in_lane(&self, lane: Lane) -> &[u8] {
        match lane {
            Lane::All => &self.all,
            Lane::Letters => &self.letters,
            Lane::LettersOutside => self.outside.as_deref().unwrap_or_default(),
        }
    }
}

/// Adds the letters and digits of ASCII in small letters. Each byte is written and stays where it is one: a branch for
/// each would be guessed wrong at every other word.
fn add_letters(text: &[u8], out: &mut Vec<u8>) {
    let mut length = out.len();
    out.resize(length + text.len(), 0);
    for byte in text {
        out[length] = *byte;
        length += usize::from(matches!(byte, b'0'..=b'9' | b'a'..=b'z'));
    }
    out.truncate(length);
}

/// Whether a character behind `<` makes that the beginning of a tag.
const fn begins_tag(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
}

/// Whether a character is compared where letters and digits are. What stands for what is no text, or between texts
/// that are not side by side, parts what it stands between; so does half of a character of UTF-16.
#[inline]
fn is_compared(c: char) -> bool {
    match c {
        '\0' | char::REPLACEMENT_CHARACTER => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric(),
    }
}

/// Adds a character without its case: what stands for the same letter in capitals is the same here.
#[inline]
pub(super) fn fold(c: char, out: &mut Vec<u8>) {
    if c.is_ascii() {
        // A character of ASCII is one byte.
        out.push(c.to_ascii_lowercase() as u8);
    } else {
        fold_beyond_ascii(c, out);
    }
}

#[cold]
fn fold_beyond_ascii(c: char, out: &mut Vec<u8>) {
    if CASELESS.contains(&c) {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        return;
    }
    for lower in c.to_uppercase().flat_map(char::to_lowercase) {
        out.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Most of the characters of East Asia, which have no case. Text of ASCII that is read as UTF-16 in the wrong order
/// consists of them.
const CASELESS: std::ops::RangeInclusive<char> = '\u{2E80}'..='\u{A63F}';

/// Text without its case.
pub(super) fn folded(text: &str) -> Vec<u8> {
    Lane::All.read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_case_are_alike() {
        for (one, other) in [("Straße", "STRASSE"), ("ΣΑΣ", "σας"), ("\u{212A}", "k")] {
            assert_eq!(folded(one), folded(other));
        }
    }

    #[test]
    fn what_has_no_case_is_as_it_was() {
        assert!(CASELESS.into_iter().all(|c| c.to_uppercase().eq([c]) && c.to_lowercase().eq([c])));
    }

    #[test]
    fn ascii_is_compared_as_all_characters_are() {
        for text in
            ["", "a-B<c d='E'>f</c>G", "<a", "a < b <1> <", "<<a>b", "<a<b>c", "<!--a-->b<?c?>d>e", "x<"]
        {
            let (one, other) = (Compared::of_ascii(text.as_bytes()), Compared::of(text.chars()));
            for lane in Lane::ALL {
                assert_eq!(one.in_lane(lane), other.in_lane(lane), "{text} {lane:?}");
            }
            assert_eq!(one.in_lane(Lane::All), Lane::All.read(text));
            assert_eq!(one.in_lane(Lane::Letters), Lane::Letters.read(text));
            if text.contains('<') {
                assert_eq!(one.in_lane(Lane::LettersOutside), Lane::LettersOutside.read(text));
            }
        }
    }

    #[test]
    fn what_stands_between_letters_does_not_part_them() {
        for (text, letters, outside) in [
            ("a-B, c:\r\n 1\u{200B}2", "abc12", "abc12"),
            ("a<b c='d'>e</b>f", "abcdebf", "aef"),
            ("a < b <1> c>d <", "ab1cd", "ab1cd"),
        ] {
            assert_eq!(Lane::Letters.read(text), letters.as_bytes(), "{text}");
            assert_eq!(Lane::LettersOutside.read(text), outside.as_bytes(), "{text}");
        }
    }
}
