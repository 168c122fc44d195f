//! The head of a request as bytes (RFC 9112 2, 3 and 5): read as far as its place is plain, and what is wrong
//! with it told apart. A reader that refuses what is wrong could not say so.

use super::request_flaw::{FlawedLine, RequestFlaw};

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestHead {
    /// `1.0`, `1.1`, or whatever numbers stand there; `1.1` where no version does.
    pub version: String,
    /// Method token, or what stands in its place.
    pub method: String,
    /// Request target, as it came.
    pub target: String,
    /// Header fields in order, names as they were written.
    pub fields: Vec<(String, String)>,
    /// What is wrong with it, each kind once.
    pub flaws: Vec<FlawedLine>,
}

/// Where the head of a request ends that these bytes begin with, behind the empty line at its end; `None` while
/// that has not come. The first `looked` bytes are known to hold no end.
pub fn request_head_end(bytes: &[u8], looked: usize) -> Option<usize> {
    let start = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    // The end may begin with what was looked at before.
    let from = looked.saturating_sub(3).max(start);
    let rest = bytes.get(from..)?;
    memchr::memchr_iter(b'\n', rest).find_map(|at| match rest.get(at + 1..)? {
        [b'\n', ..] => Some(from + at + 2),
        [b'\r', b'\n', ..] => Some(from + at + 3),
        _ => None,
    })
}

/// Reads the head of a request, all of it, with the empty line at its end; `None` where no method and target
/// stand in its first line.
pub fn read_request_head(bytes: &[u8]) -> Option<RequestHead> {
    let start = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let mut flaws = Vec::new();
    if start > 0 {
        FlawedLine::note(&mut flaws, RequestFlaw::EmptyLineFirst, b"", None);
    }
    let mut lines = bytes[start..].split(|&byte| byte == b'\n');
    let first = line(lines.next()?, None, &mut flaws);
    let (method, target, version) = request_line(first, &mut flaws)?;
    let mut head = RequestHead { version, method, target, fields: Vec::new(), flaws };
    for whole in lines {
        if matches!(whole, b"" | b"\r") {
            break;
        }
        head.add(whole);
    }
    Some(head)
}

/// A line without its CR, whose end is looked at.
fn line<'a>(whole: &'a [u8], field: Option<&str>, flaws: &mut Vec<FlawedLine>) -> &'a [u8] {
    let line = whole.strip_suffix(b"\r").unwrap_or(whole);
    if line.len() == whole.len() {
        FlawedLine::note(flaws, RequestFlaw::BareLf, line, field);
    }
    if line.contains(&b'\r') {
        FlawedLine::note(flaws, RequestFlaw::BareCr, line, field);
    }
    line
}

/// Method, target and version of a request line (RFC 9112 3).
fn request_line(line: &[u8], flaws: &mut Vec<FlawedLine>) -> Option<(String, String, String)> {
    let text = String::from_utf8_lossy(line);
    let (method, rest) = text.trim().split_once([' ', '\t'])?;
    let rest = rest.trim();
    let (target, version) = match rest.rsplit_once([' ', '\t']) {
        Some((target, version)) if is_version(version) => (target.trim(), version),
        _ => (rest, ""),
    };
    if target.is_empty() {
        return None;
    }
    if *text != format!("{method} {target} {version}") || target.contains([' ', '\t']) || !is_token(method) {
        FlawedLine::note(flaws, RequestFlaw::RequestLine, line, None);
    } else if target.bytes().any(is_no_target) {
        FlawedLine::note(flaws, RequestFlaw::Target, line, None);
    }
    if !version.is_empty() && !version.starts_with("HTTP/") {
        FlawedLine::note(flaws, RequestFlaw::Version, line, None);
    }
    let numbers = version.split_once('/').map_or("1.1", |(_, numbers)| numbers);
    Some((method.to_owned(), target.to_owned(), numbers.to_owned()))
}

/// Whether a word is a version, in small letters or not.
fn is_version(word: &str) -> bool {
    let numbers = word.split_once('/').filter(|(name, _)| name.eq_ignore_ascii_case("http"));
    numbers.is_some_and(|(_, numbers)| {
        !numbers.is_empty() && numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

/// Whether a byte stands in no target: a control character, one beyond ASCII, what begins a fragment, and the
/// delimiters that no part of a URI holds (RFC 3986 2, 3.5).
fn is_no_target(byte: u8) -> bool {
    byte <= b' ' || byte >= 0x7F || matches!(byte, b'#' | b'"' | b'<' | b'>')
}

/// Whether a text is a token (RFC 9110 5.6.2).
fn is_token(text: &str) -> bool {
    let of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(of_token)
}

impl RequestHead {
    /// Takes one more line of the head, without its LF.
    fn add(&mut self, whole: &[u8]) {
        let last = self.fields.last().map(|(name, _)| name.clone());
        let own = whole.split(|&byte| byte == b':').next().map(String::from_utf8_lossy);
        let of = if whole.contains(&b':') && !whole.starts_with(b" ") && !whole.starts_with(b"\t") {
            own.map(|name| name.trim().to_owned())
        } else {
            last.clone()
        };
        let line = line(whole, of.as_deref(), &mut self.flaws);
        let text = String::from_utf8_lossy(line);
        let mut note = |flaw, line: &[u8]| FlawedLine::note(&mut self.flaws, flaw, line, of.as_deref());
        match (text.starts_with([' ', '\t']), self.fields.last_mut(), text.split_once(':')) {
            (true, Some((name, value)), _) => {
                note(RequestFlaw::Folded, format!("{name}: {value}\r\n{text}").as_bytes());
                value.push(' ');
                value.push_str(text.trim());
            }
            (_, _, Some((name, value))) => {
                if name.trim() != name && is_token(name.trim()) {
                    note(RequestFlaw::BlankBeforeColon, line);
                } else if !is_token(name) {
                    note(RequestFlaw::NoField, line);
                }
                if value.bytes().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r')) {
                    note(RequestFlaw::ControlInField, line);
                }
                self.fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            (_, _, None) => {
                // Where it follows a field whose value is hidden, it may be a part of that.
                FlawedLine::note(&mut self.flaws, RequestFlaw::NoField, line, last.as_deref());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> RequestHead {
        read_request_head(head.as_bytes()).unwrap()
    }

    fn flaws(head: &str) -> Vec<RequestFlaw> {
        read(head).flaws.into_iter().map(|line| line.flaw).collect()
    }

    #[test]
    fn the_end_of_a_head_is_found_however_its_lines_end() {
        for (bytes, end) in [
            ("POST / HTTP/1.1\r\na: b\r\n\r\n<", Some(25)),
            ("POST / HTTP/1.1\na: b\n\n<", Some(22)),
            ("\r\n\r\nPOST / HTTP/1.1\r\n\r\n", Some(23)),
            ("\r\n\r\n", None),
            ("POST / HTTP/1.1\r\na: b\r\n\r", None),
            ("", None),
        ] {
            assert_eq!(request_head_end(bytes.as_bytes(), 0), end, "{bytes:?}");
            // Whatever was looked at before.
            for looked in 0..end.unwrap_or(bytes.len()) {
                assert_eq!(request_head_end(bytes.as_bytes(), looked), end, "{bytes:?} from {looked}");
            }
        }
    }

    #[test]
    fn a_head_as_it_should_be_has_no_flaw() {
        let head = read("POST /a?b HTTP/1.0\r\nHost:x\r\nA:\t b \r\nempty:\r\n\r\n");
        assert_eq!((&*head.version, &*head.method, &*head.target), ("1.0", "POST", "/a?b"));
        let fields = [("Host", "x"), ("A", "b"), ("empty", "")];
        assert_eq!(head.fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(head.flaws, []);
        assert_eq!(flaws("OPTIONS * HTTP/1.1\r\na: caf\u{E9}\r\n\r\n"), []);
    }

    #[test]
    fn what_is_wrong_with_a_head_is_told_and_the_rest_is_read() {
        use RequestFlaw as F;
        for (head, flaw) in [
            ("\r\nPOST / HTTP/1.1\r\na: b\r\n\r\n", F::EmptyLineFirst),
            ("POST /  HTTP/1.1\r\na: b\r\n\r\n", F::RequestLine),
            ("POST / HTTP/1.1 \r\na: b\r\n\r\n", F::RequestLine),
            ("POST /\r\na: b\r\n\r\n", F::RequestLine),
            ("POST /#x HTTP/1.1\r\na: b\r\n\r\n", F::Target),
            ("POST / http/1.1\r\na: b\r\n\r\n", F::Version),
            ("POST / HTTP/1.1\r\na : b\r\n\r\n", F::BlankBeforeColon),
            ("POST / HTTP/1.1\r\na: b\r\nx y: c\r\n\r\n", F::NoField),
            ("POST / HTTP/1.1\r\na: b\r\nx\r\n\r\n", F::NoField),
            ("POST / HTTP/1.1\r\na: b\r\nx(y): c\r\n\r\n", F::NoField),
            ("POST / HTTP/1.1\r\na: b\r\nx: c\0\r\n\r\n", F::ControlInField),
            ("POST / HTTP/1.1\r\na: b\r\nx: c\rd\r\n\r\n", F::BareCr),
            ("POST / HTTP/1.1\r\na: b\nx: c\r\n\r\n", F::BareLf),
        ] {
            assert_eq!(flaws(head), [flaw], "{head:?}");
            let read = read(head);
            assert_eq!((&*read.method, &*read.version), ("POST", "1.1"), "{head:?}");
            assert_eq!(read.fields[0], ("a".to_owned(), "b".to_owned()), "{head:?}");
        }
        let folded = read("POST / HTTP/1.1\r\na: b;\r\n c\r\n\r\n");
        assert_eq!(folded.fields, [("a".to_owned(), "b; c".to_owned())]);
        assert_eq!(folded.flaws[0].line, "a: b;\r\n c");
        assert_eq!(read("POST / HTTP/1.2\r\n\r\n").version, "1.2");
        for none in ["", "POST\r\n\r\n", "\r\n"] {
            assert_eq!(read_request_head(none.as_bytes()), None);
        }
    }

    /// Who keeps a line must be able to tell whose value it is.
    #[test]
    fn a_line_tells_the_field_that_it_may_be_a_part_of() {
        for head in
            ["Authorization: a\r\n b", "Authorization: a\r\nb", "Authorization : a", "Authorization: a\rb"]
        {
            let read = read(&format!("POST / HTTP/1.1\r\n{head}\r\n\r\n"));
            assert_eq!(read.flaws[0].field.as_deref(), Some("Authorization"), "{head:?}");
        }
    }
}
