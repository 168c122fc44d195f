//! Secrets that a server sends back: however they are spelled, none is left in what is recorded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::target::{Secrets, Weak};

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

/// How a secret is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Base64, with as many bytes before it as this is more than a multiple of three, and one behind.
    Base64(u8),
    /// Hexadecimal.
    Hexadecimal,
    /// As it is.
    Plain,
    /// From its end.
    Reversed,
    /// In capitals.
    UpperCase,
}

/// How text is spelled where it must not be taken for markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Each character in a CDATA section, or behind a comment, by turns.
    Apart,
    /// As in a string of JSON.
    Json,
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
pub const SPELLINGS: [Spelling; 7] = [
    Spelling::Base64(0),
    Spelling::Base64(1),
    Spelling::Base64(2),
    Spelling::Hexadecimal,
    Spelling::Plain,
    Spelling::Reversed,
    Spelling::UpperCase,
];

/// Every escape.
pub const ESCAPES: [Escape; 5] =
    [Escape::Apart, Escape::Json, Escape::Percent, Escape::References, Escape::Xml];

/// Every encoding.
pub const ENCODINGS: [Encoding; 4] =
    [Encoding::Utf16Be, Encoding::Utf16Le, Encoding::Utf32Le, Encoding::Utf8];

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
    let secrets = Secrets::of(&[echo.secret.clone()].into()).expect("a secret that can be hidden");
    let (spelled, core) = echo.spelled();
    let answer = [&echo.before[..], &echo.encoding.bytes(&spelled), &echo.after].concat();
    // Looks at no more than it may: it says so itself, where assertions of debugging are on.
    let hidden = secrets.hide(answer.clone());
    assert!(hidden != answer, "{spelled:?} stays");
    for left in [core.as_bytes(), &echo.encoding.bytes(&core), echo.secret.as_bytes()] {
        let found = hidden.windows(left.len()).position(|window| window == left);
        assert_eq!(found, None, "{core:?} is left in {}", hidden.escape_ascii());
    }
    assert_eq!(secrets.hide(hidden.clone()), hidden, "what is hidden is hidden again");
}

impl Echo {
    /// Whether comments that stand between characters meet another one, before them or of the secret itself: to a
    /// reader of XML what is left is no longer the secret.
    fn is_torn(&self) -> bool {
        let opens = |text: &[u8]| text.windows(2).any(|pair| matches!(pair, b"<!" | b"<?"));
        let before: Vec<u8> = self.before.iter().copied().filter(|byte| *byte != 0).collect();
        let is_nested = self.escapes.len() > 1 && opens(self.secret.as_bytes());
        self.escapes.contains(&Escape::Apart) && (is_nested || opens(&before))
    }

    /// The text, and that part of it which is the secret's alone.
    fn spelled(&self) -> (String, String) {
        let secret = &self.secret;
        let (text, core) = match self.spelling {
            Spelling::Base64(before) => {
                let before = usize::from(before % 3);
                let whole =
                    STANDARD.encode(["?".repeat(before).as_bytes(), secret.as_bytes(), b"?"].concat());
                let own = (8 * before).div_ceil(6)..8 * (before + secret.len()) / 6;
                let core = whole[own].to_owned();
                (whole, core)
            }
            Spelling::Hexadecimal => {
                let code: String = secret.bytes().map(|byte| format!("{byte:02X}")).collect();
                (code.clone(), code)
            }
            Spelling::Plain => (secret.clone(), secret.clone()),
            Spelling::Reversed => {
                let text: String = secret.chars().rev().collect();
                (text.clone(), text)
            }
            Spelling::UpperCase => (secret.to_uppercase(), secret.to_uppercase()),
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

impl Escape {
    fn of(self, text: &str) -> String {
        let each = |(number, c): (usize, char)| match self {
            Self::Apart if number % 2 == 0 => format!("<![CDATA[{c}]]>"),
            Self::Apart => format!("<!-- {number} -->{c}"),
            Self::Json => match c {
                '"' | '\\' | '/' => format!("\\{c}"),
                c if c.is_ascii_graphic() || c == ' ' => c.to_string(),
                c => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
            },
            Self::Percent if c.is_ascii_alphanumeric() => c.to_string(),
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
