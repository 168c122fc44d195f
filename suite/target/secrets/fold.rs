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
        let mut out = Vec::with_capacity(text.len());
        let mut place = Place::default();
        text.chars().filter(|c| place.counts(self, *c)).for_each(|c| fold(c, &mut out));
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
                (Self::Beginning, 'a'..='z' | 'A'..='Z' | '/' | '!' | '?') => Self::Inside,
                (Self::Inside, c) if c != '>' => Self::Inside,
                (_, '<') => Self::Beginning,
                _ => Self::Outside,
            };
            if *self == Self::Inside {
                return false;
            }
        }
        // What stands for what is no text, or between texts that are not side by side, parts what it stands between;
        // so does half of a character of UTF-16.
        match c {
            '\0' | char::REPLACEMENT_CHARACTER => true,
            _ if c.is_ascii() => c.is_ascii_alphanumeric(),
            _ => c.is_alphanumeric(),
        }
    }
}

/// Adds a character without its case: what stands for the same letter in capitals is the same here.
pub(super) fn fold(c: char, out: &mut Vec<u8>) {
    if c.is_ascii() {
        // A character of ASCII is one byte.
        out.push(c.to_ascii_lowercase() as u8);
        return;
    }
    for lower in c.to_uppercase().flat_map(char::to_lowercase) {
        out.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

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
