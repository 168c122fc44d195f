//! The ways in which a secret is spelled by whoever sends it back.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::automaton::Pattern;
use super::escapes::{Dialect, unescaped};
use super::fold::{Lane, folded};
use super::reading::Reading;

/// How often escapes are undone, one in another, in text and in secrets.
pub(super) const DEPTH: usize = 4;

/// Fewest characters of a secret that can be hidden: in one megabyte of base64, which has 36 characters where
/// case does not count, six given ones come by chance once in two thousand times.
pub(super) const MIN_LENGTH: usize = 6;

/// Fewest different characters: `aaaaaa` and `------` stand in texts of all kinds.
pub(super) const MIN_DIFFERENT: usize = 4;

/// How much of a secret in a row is enough to give it away, and to be hidden: three quarters.
const ENOUGH: (usize, usize) = (3, 4);

/// Longest secret in bytes that is looked for in every spelling. A longer one is looked for as it is, reversed, and
/// both in hexadecimal and base64, as all spellings of it take a hundred megabytes; escapes are undone all the same.
const MAX_SPELLED: usize = 1_024;

/// Whether text is long and varied enough not to turn up by chance.
pub(crate) fn is_telling(text: &str) -> bool {
    let different: BTreeSet<u8> = folded(text).into_iter().collect();
    text.chars().count() >= MIN_LENGTH && different.len() >= MIN_DIFFERENT
}

/// Text from its end.
pub(super) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The spellings of a secret.
#[derive(Default)]
pub(super) struct Spellings {
    /// Those that are looked for in all characters of a text.
    pub(super) texts: BTreeSet<Pattern>,
    /// Those that are looked for in its letters and digits.
    pub(super) letters: BTreeSet<Pattern>,
}

impl Spellings {
    /// Adds those of a secret.
    pub(super) fn add(&mut self, secret: &str) {
        let mut plains: BTreeSet<String> = BTreeSet::new();
        for plain in [secret.to_owned(), reversed(secret)] {
            // And UTF-8 that was taken for Latin-1.
            let latin: String = plain.bytes().map(char::from).collect();
            // A secret that looks escaped itself is undone where text is.
            for text in [plain, latin] {
                plains.extend(left(&text, &Dialect::ALL).into_iter().filter(|text| is_telling(text)));
                plains.insert(text);
            }
        }
        for plain in &plains {
            self.add_letters(plain);
            let length = plain.chars().count();
            self.texts.extend(texts(plain).into_iter().map(|text| pattern(text, length)));
        }
        let length = secret.chars().count();
        for code in codes(secret) {
            let letters = Lane::Letters.read(&code);
            if letters.len() >= MIN_LENGTH {
                self.letters.insert(pattern(letters, length));
            } else {
                self.texts.insert(pattern(folded(&code), length));
            }
        }
    }

    /// What is left of a secret without signs, where that gives it away.
    fn add_letters(&mut self, plain: &str) {
        let letters: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
        if !is_telling(&letters) {
            return;
        }
        let (left, whole) = (letters.chars().count(), plain.chars().count());
        let mut pattern = pattern(Lane::Letters.read(plain), left);
        if left < enough_of(whole) {
            // A part of that is too small a part of the secret.
            pattern.enough = pattern.bytes.len();
        }
        self.letters.insert(pattern);
    }
}

/// A spelling of a secret of as many characters.
fn pattern(bytes: Vec<u8>, characters: usize) -> Pattern {
    let length = bytes.len();
    let fewest = (MIN_LENGTH * length).div_ceil(characters.max(1)).max(varied(&bytes));
    Pattern { enough: enough_of(length).max(fewest).min(length), enough_at_end: fewest.min(length), bytes }
}

fn enough_of(length: usize) -> usize {
    (length * ENOUGH.0).div_ceil(ENOUGH.1)
}

/// How many bytes in a row are varied enough wherever they begin.
fn varied(bytes: &[u8]) -> usize {
    let mut counts = [0_usize; 256];
    let (mut different, mut from, mut longest) = (0, 0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        different += usize::from(counts[usize::from(*byte)] == 0);
        counts[usize::from(*byte)] += 1;
        while different >= MIN_DIFFERENT {
            let count = &mut counts[usize::from(bytes[from])];
            *count -= 1;
            different -= usize::from(*count == 0);
            from += 1;
        }
        longest = longest.max(at + 1 - from);
    }
    longest + 1
}

/// The spellings of a secret as text, without their case. Those of one kind stand here although escapes are
/// undone in text as well: what stands before them, or where it breaks off, may spoil that.
fn texts(plain: &str) -> BTreeSet<Vec<u8>> {
    let mut texts = BTreeSet::from([folded(plain)]);
    if plain.len() > MAX_SPELLED {
        return texts;
    }
    let mut add = |text: &str| texts.insert(folded(text));
    add(&escaped_xml(plain, ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"]));
    add(&escaped_xml(plain, ["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"]));
    add(&escaped_xml(plain, ["&amp;", "&lt;", ">", "\"", "'"]));
    add(&each(plain, |c, out| write!(out, "&#{};", u32::from(c))));
    add(&each(plain, |c, out| write!(out, "&#x{:x};", u32::from(c))));
    add(&each(plain, |c, out| write!(out, "{}", c.escape_debug())));
    add(&each(plain, |c, out| {
        c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
    }));
    add(&each(plain, |c, out| match c {
        '"' | '\\' => write!(out, "\\{c}"),
        '\0'..='\x1F' => write!(out, "\\u{:04x}", u32::from(c)),
        c => out.write_char(c),
    }));
    add(&percent(plain, |_| false));
    add(&percent(plain, |c| c.is_ascii_alphanumeric() || "-._~".contains(c)));
    add(&percent(plain, |c| c.is_ascii_alphanumeric() || "-._~".contains(c)).replace("%20", "+"));
    texts
}

/// What is left of text when the usual escapes in it are undone, once and again.
pub(super) fn undone(text: &str) -> BTreeSet<String> {
    left(text, &Dialect::USUAL)
}

fn left(text: &str, dialects: &[Dialect]) -> BTreeSet<String> {
    let mut left = BTreeSet::new();
    for dialect in dialects {
        let mut units = Reading::Utf8.units(text.as_bytes());
        for _ in 0..DEPTH {
            let Some(undone) = unescaped(&units, *dialect) else { break };
            left.insert(undone.iter().map(|unit| unit.c).collect());
            units = undone;
        }
    }
    left
}

/// The spellings of a secret in base64 and base32, in digits of its bytes, and in two of these at once.
fn codes(secret: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let utf8 = secret.as_bytes();
    let back = reversed(secret);
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin: Option<Vec<u8>> = secret.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let written = [
        Some(utf8.to_vec()),
        Some(back.into_bytes()),
        latin,
        Some(wide(u16::to_le_bytes)),
        Some(wide(u16::to_be_bytes)),
    ];
    let is_long = secret.len() > MAX_SPELLED;
    for (number, bytes) in written.into_iter().flatten().enumerate().take(if is_long { 2 } else { 5 }) {
        let mut all = BTreeSet::from([hexadecimal(&bytes)]);
        all.extend(base64(&bytes));
        if number < 2 && !is_long {
            all.extend(all.iter().map(|code| reversed(code)).collect::<Vec<_>>());
            all.extend(base32(&bytes));
            all.insert(digits(&bytes, |byte| format!("0x{byte:02x}")));
            all.insert(digits(&bytes, |byte| byte.to_string()));
            all.insert(digits(&bytes, |byte| format!("{byte:03}")));
            all.insert(digits(&bytes, |byte| format!("{byte:08b}")));
        }
        codes.extend(all);
    }
    if !is_long {
        let hex = hexadecimal(utf8);
        for inner in base64(utf8).into_iter().chain([hex.to_ascii_uppercase(), hex]) {
            codes.insert(hexadecimal(inner.as_bytes()));
            codes.extend(base64(inner.as_bytes()));
        }
    }
    codes
}

/// Base64. Whatever stands before a secret, it begins at one of three places, and all but the characters at its ends
/// are its own.
fn base64(bytes: &[u8]) -> BTreeSet<String> {
    let own = |(before, engine): (usize, &GeneralPurpose)| {
        let mut shifted = vec![0; before];
        shifted.extend_from_slice(bytes);
        // Six bits make a character: those of other bytes alone, or shared with them, are left out.
        let (first, end) = ((8 * before).div_ceil(6), 8 * shifted.len() / 6);
        let code = engine.encode(&shifted);
        code.get(first..end).filter(|own| own.len() >= MIN_LENGTH).map(str::to_owned)
    };
    (0..3).flat_map(|before| [(before, &STANDARD), (before, &URL_SAFE)]).filter_map(own).collect()
}

/// The alphabets of base32 (RFC 4648 6 and 7), in small letters.
const BASE32: [&[u8; 32]; 2] = [b"abcdefghijklmnopqrstuvwxyz234567", b"0123456789abcdefghijklmnopqrstuv"];

/// Base32. A secret begins at one of five places, and all but the characters at its ends are its own.
fn base32(bytes: &[u8]) -> BTreeSet<String> {
    let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1;
    let own = |(before, alphabet): (usize, &[u8; 32])| {
        // Five bits make a character.
        let before = 8 * before;
        let characters = before.div_ceil(5)..(before + 8 * bytes.len()) / 5;
        let value = |at: usize| (0..5).fold(0, |value, next| value << 1 | bit(5 * at + next - before));
        characters.map(|at| char::from(alphabet[usize::from(value(at))])).collect()
    };
    (0..5).flat_map(|before| BASE32.map(|alphabet| (before, alphabet))).map(own).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    digits(bytes, |byte| format!("{byte:02x}"))
}

fn digits(bytes: &[u8], write: impl Fn(u8) -> String) -> String {
    bytes.iter().map(|byte| write(*byte)).collect()
}

fn each(text: &str, write: impl Fn(char, &mut String) -> std::fmt::Result) -> String {
    let mut out = String::new();
    for c in text.chars() {
        // Writing to memory does not fail.
        let _ = write(c, &mut out);
    }
    out
}

fn escaped_xml(text: &str, [amp, lt, gt, quot, apos]: [&str; 5]) -> String {
    each(text, |c, out| match c {
        '&' => out.write_str(amp),
        '<' => out.write_str(lt),
        '>' => out.write_str(gt),
        '"' => out.write_str(quot),
        '\'' => out.write_str(apos),
        c => out.write_char(c),
    })
}

fn percent(text: &str, stays: impl Fn(char) -> bool) -> String {
    each(text, |c, out| {
        if stays(c) {
            return out.write_char(c);
        }
        c.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(out, "%{byte:02x}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_among_them() {
        let texts = texts("p&<\"' 1");
        for text in [
            "p&<\"' 1",
            "p&amp;&lt;&quot;&apos; 1",
            "p%26%3c%22%27%201",
            "p%26%3c%22%27+1",
            "&#112;&#38;&#60;&#34;&#39;&#32;&#49;",
        ] {
            assert!(texts.contains(text.as_bytes()), "{text}");
        }
        let codes = codes("hunter22");
        for before in ["", "a", "ab"] {
            let code = STANDARD.encode(format!("{before}hunter22xyz"));
            assert!(codes.iter().any(|own| code.contains(own)), "{code}");
            let twice = STANDARD.encode(format!("{before}{code}"));
            assert!(codes.iter().any(|own| twice.contains(own)), "{twice}");
        }
        assert!(codes.contains("68756e7465723232"));
    }

    /// The test vectors of RFC 4648 10, behind nothing and behind as many bytes as the first ones of it.
    #[test]
    fn base32_is_that_of_its_document() {
        for (text, code, hex) in [("foobar", "mzxw6ytboi", "cpnmuoj1e8"), ("fooba", "mzxw6ytb", "cpnmuoj1")] {
            for before in 0..5 {
                let own = base32(&text.as_bytes()[before..]);
                // Whole characters that are those of the rest alone.
                let (first, end) = ((8 * before).div_ceil(5), 8 * text.len() / 5);
                assert!([code, hex].iter().all(|code| own.contains(&code[first..end])), "{own:?}");
            }
        }
    }

    #[test]
    fn what_is_enough_of_a_secret_is_varied_and_six_characters_long() {
        let enough = |text: &str, characters| {
            let pattern = pattern(text.as_bytes().to_vec(), characters);
            (pattern.enough, pattern.enough_at_end)
        };
        assert_eq!(enough("hunter22", 8), (6, 6));
        assert_eq!(enough("68756e7465723232", 8), (12, 12));
        assert_eq!(enough("abcdefghijklmnopqrst", 20), (15, 6));
        assert_eq!(enough("aaaaaaaaaabcd", 13), (13, 13));
    }
}
