//! What a server makes of a secret that it sends back.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::target::{common_part, is_telling};

/// A secret in the middle of an answer.
#[derive(Debug, Clone)]
pub struct Echo {
    /// What stands before it.
    pub before: Vec<u8>,
    /// What is to be hidden.
    pub secret: String,
    /// How it is spelled.
    pub spelling: Spelling,
    /// How that is spelled in turn.
    pub escapes: Vec<Escape>,
    /// How all of it is written.
    pub encoding: Encoding,
    /// What stands behind it.
    pub after: Vec<u8>,
}

/// How a secret is spelled. A number of a spelling in base64 is that of bytes before it, modulo three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Base32, with one byte behind: that of bytes before it, modulo five.
    Base32(u8),
    /// Base64, with one byte behind.
    Base64(u8),
    /// Base64 of base64.
    Base64OfBase64(u8),
    /// Base64 of hexadecimal.
    Base64OfHexadecimal(u8),
    /// Base64 from its end.
    Base64OfReversed(u8),
    /// Three quarters of it, from its start.
    Beginning,
    /// The octets as numbers, in a list.
    Decimal,
    /// Three quarters of it, to its end.
    Ending,
    /// Hexadecimal.
    Hexadecimal,
    /// Hexadecimal, and what stands between the octets or before each: a dash, `0x` or a colon, in turn.
    HexadecimalApart(u8),
    /// Hexadecimal from its end.
    HexadecimalOfReversed,
    /// As it is.
    Plain,
    /// From its end.
    Reversed,
    /// Base64, which is turned around.
    ReversedBase64(u8),
    /// In pieces of two characters, and what stands between them: a blank, a fold, a comma or a tag, in turn.
    Split(u8),
    /// In capitals.
    UpperCase,
    /// Several encoded words (RFC 2047).
    Words,
}

/// What may stand between octets, or before each.
const BETWEEN: [&str; 3] = ["-", ", 0x", ": "];

/// What may stand between pieces.
const SPLITS: [&str; 4] = [" ", "\r\n ", ", ", "<b/>"];

/// How text is spelled where it must not be taken for markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Each character in a CDATA section, or behind a comment, by turns.
    Apart,
    /// As in CSS, all that is not a letter or a digit.
    Css,
    /// As in a string of JSON.
    Json,
    /// Quoted-printable, with soft line breaks.
    Mail,
    /// References by name, where HTML has one.
    Names,
    /// Octal, as in C, all that is not a letter or a digit.
    Octal,
    /// Percent escapes of all that is not a letter or a digit.
    Percent,
    /// References, decimal and hexadecimal by turns.
    References,
    /// UTF-7, all that is not a letter or a digit.
    Utf7,
    /// References of what is markup.
    Xml,
}

/// How characters become bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-32, the lowest byte first.
    Utf32Le,
    /// UTF-8.
    Utf8,
}

/// Every spelling.
pub const SPELLINGS: [Spelling; 28] = [
    Spelling::Base32(0),
    Spelling::Base32(3),
    Spelling::Base64(0),
    Spelling::Base64(1),
    Spelling::Base64(2),
    Spelling::Base64OfBase64(0),
    Spelling::Base64OfBase64(1),
    Spelling::Base64OfBase64(2),
    Spelling::Base64OfHexadecimal(1),
    Spelling::Base64OfReversed(2),
    Spelling::Beginning,
    Spelling::Decimal,
    Spelling::Ending,
    Spelling::Hexadecimal,
    Spelling::HexadecimalApart(0),
    Spelling::HexadecimalApart(1),
    Spelling::HexadecimalApart(2),
    Spelling::HexadecimalOfReversed,
    Spelling::Plain,
    Spelling::Reversed,
    Spelling::ReversedBase64(0),
    Spelling::ReversedBase64(1),
    Spelling::Split(0),
    Spelling::Split(1),
    Spelling::Split(2),
    Spelling::Split(3),
    Spelling::UpperCase,
    Spelling::Words,
];

/// Every escape.
pub const ESCAPES: [Escape; 10] = [
    Escape::Apart,
    Escape::Css,
    Escape::Json,
    Escape::Mail,
    Escape::Names,
    Escape::Octal,
    Escape::Percent,
    Escape::References,
    Escape::Utf7,
    Escape::Xml,
];

/// Every encoding.
pub const ENCODINGS: [Encoding; 4] =
    [Encoding::Utf16Be, Encoding::Utf16Le, Encoding::Utf32Le, Encoding::Utf8];

/// Some names of characters in HTML.
const NAMES: [(&str, char); 14] = [
    ("Hat", '^'),
    ("amp", '&'),
    ("ast", '*'),
    ("bsol", '\\'),
    ("equals", '='),
    ("excl", '!'),
    ("gt", '>'),
    ("lowbar", '_'),
    ("lsqb", '['),
    ("lt", '<'),
    ("num", '#'),
    ("percnt", '%'),
    ("semi", ';'),
    ("sol", '/'),
];

/// Most escapes in one another: readers undo one, or two where an error page is passed on.
const MAX_ESCAPES: usize = 2;

impl Echo {
    /// Whether what comes of it is no longer the secret to anyone.
    pub(super) fn is_torn(&self) -> bool {
        // Comments that stand between characters meet another one, before them or of the secret itself.
        let opens = |text: &[u8]| text.windows(2).any(|pair| matches!(pair, b"<!" | b"<?"));
        let before: Vec<u8> = self.before.iter().copied().filter(|byte| *byte != 0).collect();
        let has = |escape| self.escapes.contains(&escape);
        let is_nested = self.escapes.len() > 1 && opens(self.secret.as_bytes());
        if has(Escape::Apart) && (is_nested || opens(&before)) {
            return true;
        }
        // What is an escape to the reader of one is none, or another one, to that of the other.
        if has(Escape::Css) && (has(Escape::Octal) || has(Escape::Mail)) {
            return true;
        }
        // JSON escapes the line break of a soft one and not its mark, so that both are undone at different times.
        if has(Escape::Mail) && has(Escape::Json) && self.secret.contains('=') {
            return true;
        }
        // UTF-7 has escapes of its own for what begins those of others.
        if has(Escape::Utf7) && (has(Escape::Css) || has(Escape::Mail)) {
            return true;
        }
        let letters: String = self.secret.chars().filter(|c| c.is_alphanumeric()).collect();
        match self.spelling {
            // Line breaks between words are none as long as they are escaped, or words are none.
            Spelling::Words => has(Escape::Css) || has(Escape::Json) || has(Escape::Utf7),
            // What is left of it gives it away only if each part of it does.
            Spelling::Beginning | Spelling::Ending => {
                let secret = self.secret.as_bytes();
                let varied =
                    |part: &[u8]| part.iter().map(u8::to_ascii_lowercase).collect::<BTreeSet<_>>().len() >= 4;
                // Of one that looks escaped itself another part is left where escapes are undone.
                let looks_escaped = self.secret.contains(['%', '&', '+', '<', '=', '\\', ']']);
                !secret.is_ascii()
                    || (looks_escaped && !self.escapes.is_empty())
                    || !secret.windows(6).all(varied)
                    || common_part(&self.secret) >= three_quarters(secret.len())
            }
            // Only letters and digits are put together again, and only outside of markup.
            Spelling::Split(by) => {
                let markup = between(&SPLITS, by).contains('<');
                !is_telling(&letters) || (markup && (self.secret.contains('<') || before.contains(&b'<')))
            }
            _ => false,
        }
    }

    /// The text, and that part of it which is the secret's alone.
    pub(super) fn spelled(&self) -> (String, String) {
        let secret = &*self.secret;
        let whole = |text: String| (text.clone(), text);
        let reversed = |text: &str| text.chars().rev().collect::<String>();
        let enough = three_quarters(secret.chars().count());
        let (text, core) = match self.spelling {
            Spelling::Base32(before) => base32(before, secret),
            Spelling::Base64(before) => base64(before, secret),
            Spelling::Base64OfBase64(before) => base64(before, &base64(0, secret).1),
            Spelling::Base64OfHexadecimal(before) => {
                base64(before, &octets(secret, "", |byte| format!("{byte:02x}")))
            }
            Spelling::Base64OfReversed(before) => base64(before, &reversed(secret)),
            Spelling::Beginning => whole(secret.chars().take(enough).collect()),
            Spelling::Decimal => whole(octets(secret, ",", |byte| byte.to_string())),
            Spelling::Ending => whole(reversed(&reversed(secret).chars().take(enough).collect::<String>())),
            Spelling::Hexadecimal => whole(octets(secret, "", |byte| format!("{byte:02X}"))),
            Spelling::HexadecimalApart(by) => {
                let between = between(&BETWEEN, by);
                let first = if between.ends_with('x') { "0x" } else { "" };
                whole(first.to_owned() + &octets(secret, between, |byte| format!("{byte:02X}")))
            }
            Spelling::HexadecimalOfReversed => {
                whole(octets(&reversed(secret), "", |byte| format!("{byte:02x}")))
            }
            Spelling::Plain => whole(secret.to_owned()),
            Spelling::Reversed => whole(reversed(secret)),
            Spelling::ReversedBase64(before) => {
                let (text, core) = base64(before, secret);
                (reversed(&text), reversed(&core))
            }
            Spelling::Split(by) => whole(pieces(secret).join(between(&SPLITS, by))),
            Spelling::UpperCase => whole(secret.to_uppercase()),
            Spelling::Words => {
                let word = |piece: &String| format!("=?utf-8?B?{}?=", STANDARD.encode(piece));
                whole(pieces(secret).iter().map(word).collect::<Vec<_>>().join("\r\n "))
            }
        };
        let escapes = self.escapes.iter().take(MAX_ESCAPES);
        if escapes.len() == 0 {
            return (text, core);
        }
        let written = |text: String| escapes.clone().fold(text, |text, escape| escape.of(&text));
        // What stands before an escape may be the beginning of another one.
        (format!(" {} ", written(text)), written(core))
    }
}

/// Base32 (RFC 4648 6) of text behind as many bytes and before another one, and the characters that are those of the
/// text alone.
fn base32(before: u8, text: &str) -> (String, String) {
    let before = usize::from(before % 5);
    let bits: String = ["?".repeat(before).as_bytes(), text.as_bytes(), b"?"]
        .concat()
        .iter()
        .map(|byte| format!("{byte:08b}"))
        .collect();
    let character = |five: &[u8]| {
        let value =
            five.iter().fold(0, |value, bit| value << 1 | u32::from(*bit == b'1')) << (5 - five.len());
        char::from_digit(value + 10, 36)
            .unwrap_or_else(|| char::from(b"234567"[value as usize - 26]))
            .to_ascii_uppercase()
    };
    let whole: String = bits.as_bytes().chunks(5).map(character).collect();
    let own = (8 * before).div_ceil(5)..8 * (before + text.len()) / 5;
    let core = whole[own].to_owned();
    (whole, core)
}

/// Base64 of text behind as many bytes and before another one, and the characters that are those of the text alone.
fn base64(before: u8, text: &str) -> (String, String) {
    let before = usize::from(before % 3);
    let whole = STANDARD.encode(["?".repeat(before).as_bytes(), text.as_bytes(), b"?"].concat());
    let own = (8 * before).div_ceil(6)..8 * (before + text.len()) / 6;
    let core = whole[own].to_owned();
    (whole, core)
}

/// As many characters of a secret as are enough of it.
fn three_quarters(length: usize) -> usize {
    (3 * length).div_ceil(4).max(6)
}

fn octets(text: &str, between: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect::<Vec<_>>().join(between)
}

fn pieces(text: &str) -> Vec<String> {
    text.chars().collect::<Vec<_>>().chunks(2).map(|piece| piece.iter().collect()).collect()
}

fn between(all: &[&'static str], by: u8) -> &'static str {
    all[usize::from(by) % all.len()]
}

impl Escape {
    fn of(self, text: &str) -> String {
        if self == Self::Utf7 {
            return utf7(text);
        }
        let each = |(number, c): (usize, char)| match self {
            Self::Apart if number % 2 == 0 => format!("<![CDATA[{c}]]>"),
            Self::Apart => format!("<!-- {number} -->{c}"),
            Self::Css | Self::Mail | Self::Octal | Self::Percent if c.is_ascii_alphanumeric() => {
                c.to_string()
            }
            Self::Css => format!("\\{:x} ", u32::from(c)),
            Self::Json => match c {
                '"' | '\\' | '/' => format!("\\{c}"),
                c if c.is_ascii_graphic() || c == ' ' => c.to_string(),
                c => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
            },
            Self::Mail => {
                format!("=\r\n{}", octets(c.encode_utf8(&mut [0; 4]), "", |byte| format!("={byte:02X}")))
            }
            Self::Names => {
                let name = NAMES.iter().find(|(_, named)| *named == c);
                name.map_or_else(|| c.to_string(), |(name, _)| format!("&{name};"))
            }
            Self::Octal => octets(c.encode_utf8(&mut [0; 4]), "", |byte| format!("\\{byte:03o}")),
            Self::Percent => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
            Self::References if number % 2 == 0 => format!("&#{};", u32::from(c)),
            Self::References => format!("&#x{:X};", u32::from(c)),
            // Above: it joins what stands side by side.
            Self::Utf7 => c.to_string(),
            Self::Xml => match c {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\'' => "&apos;".to_owned(),
                c => c.to_string(),
            },
        };
        text.chars().enumerate().map(each).collect()
    }
}

/// UTF-7 (RFC 2152) in which only letters and digits stand for themselves.
fn utf7(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let direct = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(direct);
        let shifted = behind.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let (signs, behind) = behind.split_at(shifted);
        out.push_str(plain);
        if !signs.is_empty() {
            let wide: Vec<u8> = signs.encode_utf16().flat_map(u16::to_be_bytes).collect();
            out.push_str(&format!("+{}-", STANDARD_NO_PAD.encode(wide)));
        }
        rest = behind;
    }
    out
}

impl Encoding {
    pub(super) fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Self::Utf8 => text.as_bytes().to_vec(),
        }
    }
}
