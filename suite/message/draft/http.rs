use crate::protocol::{Operation, names};

/// An HTTP request as a draft asks for it. Host, credentials and the path come from the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Method token.
    pub method: String,
    /// What follows the path of the target, `?` included; empty for nothing.
    pub query: String,
    /// Header fields in order, without Host and Content-Length.
    pub headers: Vec<(String, String)>,
    /// Body before any transfer coding.
    pub body: Vec<u8>,
    /// How the body is framed.
    pub framing: Framing,
    /// Whether the credentials of the run are left out.
    pub anonymous: bool,
}

/// How the body of a request is framed (RFC 9112 6).
///
/// Everything but [`Framing::Ordinary`] is written byte by byte on a connection of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Framing {
    /// Content-Length, by the HTTP client.
    Ordinary,
    /// Content-Length, but on the raw path: for header fields a client would refuse to send.
    Plain,
    /// An HTTP/1.0 request with Content-Length.
    Http10,
    /// Chunked, in chunks of this many bytes.
    Chunked(usize),
    /// Chunked in one chunk with an extension and a trailer field.
    ChunkedExtended,
    /// Chunked with a size that is no number.
    ChunkedBadSize,
    /// Chunked without the last chunk.
    ChunkedUnfinished,
    /// A chunk size of more than 64 bits.
    ChunkedOverflow,
    /// Content-Length too short by this many bytes.
    LengthShort(usize),
    /// Content-Length too long by this many bytes; the sender then stops sending.
    LengthLong(usize),
    /// This text as Content-Length.
    LengthText(String),
    /// Two different Content-Length fields.
    LengthTwice,
    /// Content-Length and chunked at once.
    LengthAndChunked,
    /// No Host field.
    NoHost,
    /// As [`Framing::Plain`], and after the answer the connection is watched for a second one.
    Watched,
}

/// The bytes of a raw request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// Everything that is sent.
    pub bytes: Vec<u8>,
    /// Whether the sender closes its side after the last byte.
    pub half_close: bool,
}

impl Framing {
    /// Whether the body is framed in a way that HTTP does not allow, or never ends.
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Ordinary
            | Self::Plain
            | Self::Http10
            | Self::Chunked(_)
            | Self::ChunkedExtended
            | Self::NoHost
            | Self::Watched => false,
            Self::ChunkedBadSize
            | Self::ChunkedUnfinished
            | Self::ChunkedOverflow
            | Self::LengthShort(_)
            | Self::LengthLong(_)
            | Self::LengthText(_)
            | Self::LengthTwice
            | Self::LengthAndChunked => true,
        }
    }
}

impl HttpRequest {
    pub(super) fn post(operation: Operation, body: Vec<u8>) -> Self {
        Self {
            method: "POST".to_owned(),
            query: String::new(),
            headers: vec![
                ("content-type".to_owned(), names::CONTENT_TYPE.to_owned()),
                ("soapaction".to_owned(), format!("\"{}\"", operation.soap_action())),
            ],
            body,
            framing: Framing::Ordinary,
            anonymous: false,
        }
    }

    /// Sets a header field in place, adds it, or (with `None`) leaves it out.
    pub fn set_header(&mut self, name: &str, value: Option<String>) {
        let position = self.headers.iter().position(|(known, _)| known.eq_ignore_ascii_case(name));
        match (position, value) {
            (Some(position), Some(value)) => self.headers[position] = (name.to_owned(), value),
            (Some(position), None) => {
                self.headers.remove(position);
            }
            (None, Some(value)) => self.headers.push((name.to_owned(), value)),
            (None, None) => {}
        }
    }

    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The bytes of this request as its framing asks, for a target at `host` and `path`.
    ///
    /// `extra` are header fields of the target's own, credentials among them.
    pub fn wire(&self, host: &str, path: &str, extra: &[(String, String)]) -> Wire {
        use Framing as F;
        let version = if self.framing == F::Http10 { "1.0" } else { "1.1" };
        let mut head = format!("{} {path}{} HTTP/{version}\r\n", self.method, self.query);
        if self.framing != F::NoHost {
            head.push_str(&format!("host: {host}\r\n"));
        }
        for (name, value) in extra.iter().chain(&self.headers) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = self.body.len();
        let field = |value: &str| format!("content-length: {value}\r\n");
        let chunked = "transfer-encoding: chunked\r\n".to_owned();
        // A server may wait for what a head announces: the end of the stream tells it that no more comes.
        let half_close = match &self.framing {
            F::LengthLong(_) | F::ChunkedOverflow | F::ChunkedUnfinished => true,
            F::LengthText(text) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        let (framing, body) = match &self.framing {
            F::Chunked(size) => (chunked, chunks(&self.body, *size, true)),
            F::ChunkedExtended => {
                let mut body = format!("{length:X};name=\"value\"\r\n").into_bytes();
                body.extend(&self.body);
                body.extend(b"\r\n0\r\nx-trailer: 1\r\n\r\n");
                (chunked, body)
            }
            F::ChunkedBadSize => {
                let mut body = b"xyz\r\n".to_vec();
                body.extend(&self.body);
                body.extend(b"\r\n0\r\n\r\n");
                (chunked, body)
            }
            F::ChunkedOverflow => {
                let mut body = b"FFFFFFFFFFFFFFFFFF\r\n".to_vec();
                body.extend(&self.body);
                (chunked, body)
            }
            F::ChunkedUnfinished => (chunked, chunks(&self.body, length.max(1), false)),
            F::LengthShort(less) => (field(&length.saturating_sub(*less).to_string()), self.body.clone()),
            F::LengthLong(more) => (field(&(length + more).to_string()), self.body.clone()),
            F::LengthText(text) => (field(text), self.body.clone()),
            F::LengthTwice => {
                (field(&length.to_string()) + &field(&(length / 2).to_string()), self.body.clone())
            }
            F::LengthAndChunked => {
                (field(&(length / 2).to_string()) + &chunked, chunks(&self.body, length.max(1), true))
            }
            F::Ordinary | F::Plain | F::Http10 | F::NoHost | F::Watched => {
                (field(&length.to_string()), self.body.clone())
            }
        };
        let mut bytes = (head + &framing + "\r\n").into_bytes();
        bytes.extend(body);
        Wire { bytes, half_close }
    }
}

fn chunks(body: &[u8], size: usize, finish: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 16);
    for chunk in body.chunks(size.max(1)) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    if finish {
        bytes.extend(b"0\r\n\r\n");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(framing: Framing) -> HttpRequest {
        HttpRequest { framing, ..HttpRequest::post(Operation::Disconnect, b"abcdef".to_vec()) }
    }

    fn text(framing: Framing) -> String {
        String::from_utf8(request(framing).wire("h", "/p", &[]).bytes).unwrap()
    }

    #[test]
    fn framings_say_what_they_are_named_for() {
        assert!(text(Framing::Plain).starts_with("POST /p HTTP/1.1\r\nhost: h\r\n"));
        assert!(text(Framing::Chunked(4)).ends_with("\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n"));
        assert!(text(Framing::LengthShort(2)).contains("content-length: 4\r\n"));
        assert!(request(Framing::LengthLong(2)).wire("h", "/p", &[]).half_close);
        assert!(!text(Framing::NoHost).contains("host:"));
        assert_eq!(text(Framing::LengthTwice).matches("content-length").count(), 2);
        assert!(text(Framing::Http10).starts_with("POST /p HTTP/1.0\r\n"));
    }

    #[test]
    fn headers_are_set_in_place() {
        let mut request = request(Framing::Ordinary);
        request.set_header("SOAPAction", Some("x".into()));
        assert_eq!(request.header("soapaction"), Some("x"));
        request.set_header("Content-Type", None);
        assert_eq!(request.headers.len(), 1);
    }
}
