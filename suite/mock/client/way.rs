//! How a client writes its request on the line, and how far it reads.

use crate::message::HttpRequest;

/// How a client writes its request on the line, and how far it reads.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub(super) struct Way {
    /// `1.0` or `1.1`.
    pub(super) version: &'static str,
    /// How the name of a field is written.
    pub(super) name: fn(&str) -> String,
    /// What stands between the name and the value of a field.
    pub(super) colon: &'static str,
    /// How many Host fields there are.
    pub(super) hosts: usize,
    /// Whether the target is in absolute form.
    pub(super) is_absolute: bool,
    /// Whether the client says that it sends no further request.
    pub(super) closes: bool,
    /// Whether the body goes in chunks.
    pub(super) is_chunked: bool,
    /// Whether the client asks before it sends the body (RFC 9110 10.1.1).
    pub(super) expects: bool,
    /// What is done to the head and the body before they are sent.
    pub(super) spoil: fn(&mut String, &mut Vec<u8>),
    /// Bytes of a segment, if the request goes in several.
    pub(super) segment: Option<usize>,
    /// Whether it takes what comes in the first segment for everything.
    pub(super) reads_once: bool,
    /// Whether it reads to the end of the connection, whatever the answer tells.
    pub(super) reads_to_end: bool,
}

/// The usual way.
pub(super) const USUAL: Way = Way {
    version: "1.1",
    name: str::to_owned,
    colon: ": ",
    hosts: 1,
    is_absolute: false,
    closes: true,
    is_chunked: false,
    expects: false,
    spoil: |_, _| (),
    segment: None,
    reads_once: false,
    reads_to_end: false,
};

impl Default for Way {
    fn default() -> Self {
        USUAL
    }
}

impl Way {
    /// The head and the body of a request, as they go over the line.
    pub(super) fn write(&self, host: &str, path: &str, request: &HttpRequest) -> (Vec<u8>, Vec<u8>) {
        let origin = if self.is_absolute { format!("http://{host}") } else { String::new() };
        let mut head = format!("{} {origin}/{path} HTTP/{}\r\n", request.method, self.version);
        let mut field = |name: &str, value: &str| {
            head.push_str(&format!("{}{}{value}\r\n", (self.name)(name), self.colon));
        };
        for _ in 0..self.hosts {
            field("host", host);
        }
        for (name, value) in &request.headers {
            field(name, value);
        }
        let mut body = if self.is_chunked {
            field("transfer-encoding", "chunked");
            let size = format!("{:x}\r\n", request.body.len());
            [size.as_bytes(), &request.body, b"\r\n0\r\n\r\n"].concat()
        } else {
            field("content-length", &request.body.len().to_string());
            request.body.clone()
        };
        if self.expects {
            field("expect", "100-continue");
        }
        if self.closes {
            field("connection", "close");
        }
        head.push_str("\r\n");
        (self.spoil)(&mut head, &mut body);
        (head.into_bytes(), body)
    }
}
