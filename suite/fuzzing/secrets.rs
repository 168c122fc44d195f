//! Secrets that a server sends back: however they are spelled, none is left in what is recorded.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::target::{Ending, Secrets, Weak};

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
pub const SPELLINGS: [Spelling; 26] = [
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
pub const ESCAPES: [Escape; 9] = [
    Escape::Apart,
    Escape::Css,
    Escape::Json,
    Escape::Mail,
    Escape::Names,
    Escape::Octal,
    Escape::Percent,
    Escape::References,
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

/// Longest secret in bytes: a longer one is found as this one is, and takes longer.
const MAX_SECRET: usize = 200;

/// Four bytes that choose a spelling, two escapes and an encoding; then, each on a line, the secret, what stands
/// before it, and what stands behind.
///
/// # Panics
/// On a finding.
pub fn secrets(data: &[u8]) {
    let Some(([spelling, first, second, encoding], rest)) = data.split_first_chunk() else { return };
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let pick = |byte: &u8, among: usize| usize::from(*byte) % among;
    hides(&Echo {
        secret: String::from_utf8_lossy(line()).into_owned(),
        before: line().to_vec(),
        after: line().to_vec(),
        spelling: SPELLINGS[pick(spelling, SPELLINGS.len())],
        // One more than there are, for none.
        escapes: [first, second]
            .into_iter()
            .filter_map(|byte| ESCAPES.get(pick(byte, ESCAPES.len() + 1)).copied())
            .collect(),
        encoding: ENCODINGS[pick(encoding, ENCODINGS.len())],
    });
}

/// Hides a secret in what holds it. Whatever stands around it, neither it nor its spelling is left, and the work
/// is bounded.
///
/// # Panics
/// On a finding.
pub fn hides(echo: &Echo) {
    if echo.secret.len() > MAX_SECRET || Weak::of(&echo.secret, "").is_some() || echo.is_torn() {
        return;
    }
    let secrets = Secrets::of(&[echo.secret.clone()].into(), "").expect("a secret that can be hidden");
    let (spelled, core) = echo.spelled();
    let answer = [&echo.before[..], &echo.encoding.bytes(&spelled), &echo.after].concat();
    // Looks at no more than it may: it says so itself, where assertions of debugging are on.
    let hidden = secrets.hide(answer.clone(), Ending::Whole);
    assert!(hidden != answer, "{spelled:?} stays");
    for left in [core.as_bytes(), &echo.encoding.bytes(&core), echo.secret.as_bytes()] {
        let found = hidden.windows(left.len()).position(|window| window == left);
        assert_eq!(found, None, "{core:?} is left in {}", hidden.escape_ascii());
    }
    assert_eq!(secrets.hide(hidden.clone(), Ending::Whole), hidden, "what is hidden is hidden again");
}

impl Echo {
    /// Whether what comes of it is no longer the secret to anyone.
    fn is_torn(&self) -> bool {
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
        let letters: String = self.secret.chars().filter(|c| c.is_alphanumeric()).collect();
        match self.spelling {
            // Line breaks between words are none as long as they are escaped, or words are none. Each word is a piece,
            // and pieces are put together by their letters and digits.
            Spelling::Words => has(Escape::Css) || has(Escape::Json) || Weak::of(&letters, "").is_some(),
            // What is left of it gives it away only if each part of it does.
            Spelling::Beginning | Spelling::Ending => {
                let secret = self.secret.as_bytes();
                let varied =
                    |part: &[u8]| part.iter().map(u8::to_ascii_lowercase).collect::<BTreeSet<_>>().len() >= 4;
                let is_weak =
                    |at| Weak::of(&self.secret[at..at + three_quarters(secret.len())], "").is_some();
                !secret.is_ascii()
                    || !secret.windows(6).all(varied)
                    || (0..=secret.len() - three_quarters(secret.len())).any(is_weak)
            }
            // Only letters and digits are put together again, and only outside of markup.
            Spelling::Split(by) => {
                let markup = between(&SPLITS, by).contains('<');
                Weak::of(&letters, "").is_some()
                    || (markup && (self.secret.contains('<') || before.contains(&b'<')))
            }
            _ => false,
        }
    }

    /// The text, and that part of it which is the secret's alone.
    fn spelled(&self) -> (String, String) {
        let secret = &*self.secret;
        let whole = |text: String| (text.clone(), text);
        let reversed = |text: &str| text.chars().rev().collect::<String>();
        let enough = three_quarters(secret.chars().count());
        let (text, core) = match self.spelling {
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

impl Encoding {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Self::Utf8 => text.as_bytes().to_vec(),
        }
    }
}
