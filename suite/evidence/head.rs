//! The head of an answer as bytes (RFC 9112 2 to 5): read as far as anybody can, and what is wrong with
//! it told apart. A reader that refuses what is wrong could not say so.

use std::collections::BTreeSet;
use std::fmt;

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerHead {
    /// `1.0` or `1.1`.
    pub version: &'static str,
    /// Status code.
    pub status: u16,
    /// Header fields in order, names as they were written.
    pub fields: Vec<(String, String)>,
    /// Bytes that it takes, with the empty line at its end and any before it.
    pub length: usize,
}

/// Bytes that begin no answer of HTTP/1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHttp;

/// What is wrong with the lines of a head. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HeadFlaw {
    /// CR without LF within a line (RFC 9112 2.2).
    BareCr,
    /// LF without CR at the end of a line (RFC 9112 2.2).
    BareLf,
    /// White space between the name of a field and its colon (RFC 9112 5.1).
    BlankBeforeColon,
    /// A control character within a line, other than a tab, CR, LF and a null (RFC 9110 5.5).
    Control,
    /// A Date that is not written as senders must write it (RFC 9110 5.6.7, 6.6.1).
    DateForm,
    /// An empty line before the status line (RFC 9112 2.1).
    EmptyLineFirst,
    /// A field that goes on in the next line (RFC 9112 5.2).
    Folded,
    /// The name of a field that is no token (RFC 9110 5.1, 5.6.2).
    NameNoToken,
    /// A line that is no field (RFC 9112 5).
    NoField,
    /// A null within a line (RFC 9110 5.5).
    Null,
    /// No blank behind the status code (RFC 9112 4).
    StatusUnfinished,
}

impl fmt::Display for HeadFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BareCr => "a CR without LF within a line",
            Self::BareLf => "lines that end with a bare LF",
            Self::BlankBeforeColon => "white space before the colon of a field",
            Self::Control => "a control character within a line (RFC 9110 5.5)",
            Self::DateForm => "a Date that is not like Fri, 27 Nov 2026 09:00:00 GMT (RFC 9110 5.6.7)",
            Self::EmptyLineFirst => "an empty line before the status line",
            Self::Folded => "a field folded over two lines",
            Self::NameNoToken => "a field whose name is no token (RFC 9110 5.1)",
            Self::NoField => "a line that is no field",
            Self::Null => "a null within a line",
            Self::StatusUnfinished => "no blank behind the status code",
        })
    }
}

/// Reads the head that these bytes begin with; `None` while its end has not come.
///
/// # Errors
/// Bytes that begin no answer of HTTP/1, whatever may follow.
pub fn read_answer_head(bytes: &[u8]) -> Result<Option<AnswerHead>, NotHttp> {
    let start = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let begun = &bytes[start..];
    if !begun.iter().zip(b"HTTP/1.").all(|(byte, wanted)| byte == wanted) {
        return Err(NotHttp);
    }
    let mut lines = Lines { rest: begun };
    let Some(status_line) = lines.next() else { return Ok(None) };
    let (version, status) = status_of(status_line).ok_or(NotHttp)?;
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let Some(line) = lines.next() else { return Ok(None) };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(line);
        match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (_, _, Some((name, value))) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
            (_, _, None) => {}
        }
    }
    let length = bytes.len() - lines.rest.len();
    Ok(Some(AnswerHead { version, status, fields, length }))
}

/// What is wrong with the lines of a head.
pub fn head_flaws(head: &[u8]) -> BTreeSet<HeadFlaw> {
    let mut flaws = BTreeSet::new();
    let start = head.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    if start > 0 {
        flaws.insert(HeadFlaw::EmptyLineFirst);
    }
    for (number, line) in (Lines { rest: &head[start..] }).enumerate() {
        let whole = line.strip_suffix(b"\r");
        if whole.is_none() {
            flaws.insert(HeadFlaw::BareLf);
        }
        let line = whole.unwrap_or(line);
        if line.contains(&b'\r') {
            flaws.insert(HeadFlaw::BareCr);
        }
        if line.contains(&0) {
            flaws.insert(HeadFlaw::Null);
        }
        if line.iter().any(|byte| matches!(byte, 0x01..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F | 0x7F)) {
            flaws.insert(HeadFlaw::Control);
        }
        let colon = line.iter().position(|byte| *byte == b':');
        match (number, line.first(), colon) {
            (0, ..) => {
                // HTTP/1.1 and three digits are twelve bytes.
                if line.get(12) != Some(&b' ') {
                    flaws.insert(HeadFlaw::StatusUnfinished);
                }
            }
            (_, None, _) => {}
            (_, Some(b' ' | b'\t'), _) => {
                flaws.insert(HeadFlaw::Folded);
            }
            (_, Some(_), None | Some(0)) => {
                flaws.insert(HeadFlaw::NoField);
            }
            (_, Some(_), Some(colon)) => {
                let (name, value) = line.split_at(colon);
                if matches!(line[colon - 1], b' ' | b'\t') {
                    flaws.insert(HeadFlaw::BlankBeforeColon);
                }
                let name = name.trim_ascii_end();
                if !name.iter().copied().all(is_of_token) {
                    flaws.insert(HeadFlaw::NameNoToken);
                }
                if name.eq_ignore_ascii_case(b"date") && !is_fixdate(value[1..].trim_ascii()) {
                    flaws.insert(HeadFlaw::DateForm);
                }
            }
        }
    }
    flaws
}

/// Whether a byte may stand in a token (RFC 9110 5.6.2).
fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether this is a date in the one form in which senders write it, `Fri, 27 Nov 2026 09:00:00 GMT` (RFC 9110
/// 5.6.7).
fn is_fixdate(value: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    const FORM: &[u8] = b"???, 00 ??? 0000 00:00:00 GMT";
    let fits = |(byte, wanted): (&u8, &u8)| match wanted {
        b'0' => byte.is_ascii_digit(),
        b'?' => true,
        _ => byte == wanted,
    };
    value.len() == FORM.len()
        && value.iter().zip(FORM).all(fits)
        && DAYS.contains(&&value[..3])
        && MONTHS.contains(&&value[8..11])
}

/// The lines that have come whole, each without its LF.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let end = self.rest.iter().position(|byte| *byte == b'\n')?;
        let (line, rest) = self.rest.split_at(end);
        self.rest = &rest[1..];
        Some(line)
    }
}

/// Version and status of a status line; `None` if it is none.
fn status_of(line: &[u8]) -> Option<(&'static str, u16)> {
    let text = std::str::from_utf8(line.get(..12)?).ok()?;
    let (version, status) = text.strip_prefix("HTTP/1.")?.split_once(' ')?;
    let digit = version.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = line.get(12).is_none_or(|byte| matches!(byte, b' ' | b'\r'));
    let status = status.parse().ok().filter(|status| (100..1000).contains(status))?;
    (digit && goes_on).then_some((if version == "0" { "1.0" } else { "1.1" }, status))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> AnswerHead {
        read_answer_head(head.as_bytes()).unwrap().unwrap()
    }

    fn flaws(head: &str) -> Vec<HeadFlaw> {
        head_flaws(head.as_bytes()).into_iter().collect()
    }

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let bytes = b"HTTP/1.0 500 -\r\nContent-Type: text/xml\r\nx:\r\n\r\n<";
        for end in 0..bytes.len() - 1 {
            assert_eq!(read_answer_head(&bytes[..end]), Ok(None), "{end}");
        }
        let head = read(std::str::from_utf8(bytes).unwrap());
        assert_eq!((head.version, head.status, head.length), ("1.0", 500, bytes.len() - 1));
        let fields = [("Content-Type", "text/xml"), ("x", "")];
        assert_eq!(head.fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(head_flaws(&bytes[..head.length]).is_empty());
    }

    #[test]
    fn what_is_no_answer_is_told_at_its_first_byte() {
        for other in ["220 mail.example ESMTP\r\n", "<", "HTTP/2", "HTTP/1.1 2000 \r\n", "HTTP/1.1 abc \r\n"]
        {
            assert_eq!(read_answer_head(other.as_bytes()), Err(NotHttp), "{other}");
        }
        assert_eq!(read_answer_head(b"\r\nHTT"), Ok(None));
    }

    #[test]
    fn heads_that_are_wrong_are_read_and_told() {
        use HeadFlaw as F;
        for (head, expected) in [
            ("HTTP/1.1 200 OK\nx: a\n\n", vec![F::BareLf]),
            ("\r\nHTTP/1.1 200 OK\r\nx: a\r\n\r\n", vec![F::EmptyLineFirst]),
            ("HTTP/1.1 200 OK\r\nx:\r\n a\r\n\r\n", vec![F::Folded]),
            ("HTTP/1.1 200 OK\r\nx: a\r\npowered by nothing\r\n\r\n", vec![F::NoField]),
            ("HTTP/1.1 200 OK\r\nx : a\r\n\r\n", vec![F::BlankBeforeColon]),
            ("HTTP/1.1 200\r\nx: a\r\n\r\n", vec![F::StatusUnfinished]),
            ("HTTP/1.1 200 \r\nx:a\t\r\n\r\n", vec![]),
            ("HTTP/1.1 200 OK\r\nx!#$%&'*+-.^_`|~1: a\r\n\r\n", vec![]),
            ("HTTP/1.1 200 OK\r\nx(1): a\r\n\r\n", vec![F::NameNoToken]),
            ("HTTP/1.1 200 OK\r\nx y: a\r\n\r\n", vec![F::NameNoToken]),
            ("HTTP/1.1 200 OK\r\nx\u{F6}: a\r\n\r\n", vec![F::NameNoToken]),
        ] {
            let read = read(head);
            assert_eq!((read.status, read.length), (200, head.len()), "{head:?}");
            assert_eq!(read.fields.first().map(|(_, value)| value.trim()), Some("a"), "{head:?}");
            assert_eq!(flaws(head), expected, "{head:?}");
        }
        assert_eq!(flaws("HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n"), [F::BareCr]);
        assert_eq!(flaws("HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n"), [F::Null]);
        assert_eq!(flaws("HTTP/1.1 200 OK\r\nx: \u{1B}[31mred\r\n\r\n"), [F::Control]);
        assert_eq!(flaws("HTTP/1.1 200 OK\r\nx: caf\u{E9}\tau lait\r\n\r\n"), []);
    }

    #[test]
    fn dates_are_written_in_one_form() {
        let of = |date: &str| flaws(&format!("HTTP/1.1 200 OK\r\nDate:{date}\r\n\r\n"));
        assert_eq!(of(" Fri, 27 Nov 2026 09:00:00 GMT"), []);
        for date in [
            "",
            " 27.11.2026 09:00:00",
            " Fri, 27 Nov 2026 09:00:00 +0100",
            " Fri, 27 November 2026 09:00:00 GMT",
            " Friday, 27-Nov-26 09:00:00 GMT",
            " Fri Nov 27 09:00:00 2026",
            " Fre, 27 Nov 2026 09:00:00 GMT",
        ] {
            assert_eq!(of(date), [HeadFlaw::DateForm], "{date}");
        }
    }

    /// What means something to a reader of HTTP, in every order of five.
    #[test]
    fn no_bytes_make_it_panic() {
        const PARTS: [&[u8]; 9] =
            [b"HTTP/1.1 200 ", b"\r\n", b"\n", b"0", b"f", b" ", b":", b"\r", &[0xFF, 0]];
        for mut number in 0..9_usize.pow(5) {
            let mut bytes = Vec::new();
            for _ in 0..5 {
                bytes.extend_from_slice(PARTS[number % 9]);
                number /= 9;
            }
            let _ = read_answer_head(&bytes);
            let _ = head_flaws(&bytes);
        }
    }
}
