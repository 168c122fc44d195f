//! The ways in which a secret is spelled by whoever sends it back.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::escapes::{Asides, unescaped};
use super::reading::Reading;

/// How often escapes are undone, one in another, in text and in secrets.
pub(super) const DEPTH: usize = 4;

/// Fewest characters of a secret that can be hidden: in one megabyte of base64, which has 36 characters where
/// case does not count, six given ones come by chance once in two thousand times.
pub(super) const MIN_LENGTH: usize = 6;

/// Fewest different characters: `aaaaaa` and `------` stand in texts of all kinds.
pub(super) const MIN_DIFFERENT: usize = 4;

/// Whether text is long and varied enough not to turn up by chance.
pub(super) fn is_telling(text: &str) -> bool {
    let folded = folded(text);
    let different: BTreeSet<u8> = folded.iter().copied().collect();
    text.chars().count() >= MIN_LENGTH && different.len() >= MIN_DIFFERENT
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
    let mut out = Vec::with_capacity(text.len());
    text.chars().for_each(|c| fold(c, &mut out));
    out
}

/// Text from its end.
pub(super) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The spellings of a secret as text, without their case. Those of one kind stand here although escapes are
/// undone in text as well: what stands before them may spoil that.
pub(super) fn texts(secret: &str) -> BTreeSet<Vec<u8>> {
    let mut texts = BTreeSet::new();
    let mut add = |text: &str| texts.insert(folded(text));
    let mut plains: Vec<String> = Vec::new();
    for plain in [secret.to_owned(), reversed(secret)] {
        // And UTF-8 that was taken for Latin-1.
        plains.extend([plain.bytes().map(char::from).collect(), plain]);
    }
    for plain in &plains {
        add(plain);
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
        // A secret that looks escaped itself is undone where text is.
        undone(plain).iter().filter(|text| is_telling(text)).for_each(|text| _ = add(text));
    }
    texts
}

/// What is left of text when escapes in it are undone, once and again.
pub(super) fn undone(text: &str) -> BTreeSet<String> {
    let mut left = BTreeSet::new();
    for asides in Asides::ALL {
        let mut units = Reading::Utf8.units(text.as_bytes());
        for _ in 0..DEPTH {
            let Some(undone) = unescaped(&units, asides) else { break };
            left.insert(undone.iter().map(|unit| unit.c).collect());
            units = undone;
        }
    }
    left
}

/// The spellings of a secret in base64 and hexadecimal, without their case. Whatever stands before a secret in
/// base64, it begins at one of three places, and all but the characters at its ends are its own.
pub(super) fn codes(secret: &str) -> BTreeSet<Vec<u8>> {
    let mut codes = BTreeSet::new();
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin: Option<Vec<u8>> = secret.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let written =
        [Some(secret.as_bytes().to_vec()), latin, Some(wide(u16::to_le_bytes)), Some(wide(u16::to_be_bytes))];
    for bytes in written.into_iter().flatten() {
        codes.insert(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes());
        for before in 0..3 {
            let mut shifted = vec![0; before];
            shifted.extend_from_slice(&bytes);
            // Six bits make a character: those of other bytes alone, or shared with them, are left out.
            let (first, end) = ((8 * before).div_ceil(6), 8 * shifted.len() / 6);
            for engine in [&STANDARD, &URL_SAFE] {
                let code = engine.encode(&shifted);
                if let Some(own) = code.get(first..end).filter(|own| own.len() >= MIN_LENGTH) {
                    codes.insert(own.to_ascii_lowercase().into_bytes());
                }
            }
        }
    }
    codes
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
            "1 '\"<&p",
            "p&amp;&lt;&quot;&apos; 1",
            "p%26%3c%22%27%201",
            "p%26%3c%22%27+1",
            "&#112;&#38;&#60;&#34;&#39;&#32;&#49;",
        ] {
            assert!(texts.contains(text.as_bytes()), "{text}");
        }
        let codes = codes("hunter22");
        for before in ["", "a", "ab"] {
            let code = STANDARD.encode(format!("{before}hunter22xyz")).to_ascii_lowercase();
            assert!(codes.iter().any(|own| code.contains(&*String::from_utf8_lossy(own))), "{code}");
        }
        assert!(codes.contains(&b"68756e7465723232"[..]));
    }

    #[test]
    fn letters_without_case_are_alike() {
        for (one, other) in [("Straße", "STRASSE"), ("ΣΑΣ", "σας"), ("\u{212A}", "k")] {
            assert_eq!(folded(one), folded(other));
        }
    }
}
