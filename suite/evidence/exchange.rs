use serde::{Deserialize, Serialize, Serializer};

use super::{Answer, Bytes};

/// A request as it was sent, secrets hidden.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Saved")]
pub struct Sent {
    /// Method token.
    pub method: String,
    /// Request target.
    pub target: String,
    /// Header fields in order, Host included.
    pub headers: Vec<(String, String)>,
    /// Body before any transfer coding.
    pub body: Bytes,
    /// Every byte that was written, where the request went byte by byte.
    pub wire: Option<Bytes>,
}

/// A request as it is saved: what is the same for many of them stands together.
#[derive(Deserialize)]
struct Saved {
    head: SavedHead,
    body: Bytes,
    #[serde(default)]
    wire: Option<Bytes>,
}

#[derive(Deserialize)]
struct SavedHead {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
}

impl From<Saved> for Sent {
    fn from(Saved { head: SavedHead { method, target, headers }, body, wire }: Saved) -> Self {
        Self { method, target, headers, body, wire }
    }
}

impl Serialize for Sent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Head<'a> {
            method: &'a str,
            target: &'a str,
            headers: &'a [(String, String)],
        }
        #[derive(Serialize)]
        struct Saved<'a> {
            head: Head<'a>,
            body: &'a Bytes,
            #[serde(skip_serializing_if = "Option::is_none")]
            wire: Option<&'a Bytes>,
        }
        let Self { method, target, headers, body, wire } = self;
        Saved { head: Head { method, target, headers }, body, wire: wire.as_ref() }.serialize(serializer)
    }
}

/// A request and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was sent.
    pub sent: Sent,
    /// What came back.
    pub answer: Answer,
    /// What was seen on the connection, if that is worth telling.
    #[serde(skip_serializing_if = "Line::is_unremarkable", default)]
    pub line: Line,
    /// What came back for the same request before: answers that asked to come again later.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub put_off: Vec<Answer>,
}

impl Exchange {
    /// A request and what came back at once, with nothing to tell of its connection.
    pub fn new(sent: Sent, answer: Answer) -> Self {
        Self { sent, answer, line: Line::default(), put_off: Vec::new() }
    }
}

/// What was seen of an exchange on its connection, beside what the answer says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each was seen or not, whatever the others are")]
pub struct Line {
    /// The bytes of the head of the answer, where something is wrong with its lines; its first line alone,
    /// where that begins no answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub head: Option<Bytes>,
    /// Bytes that came as the body of an answer that has none (RFC 9112 6.3): to HEAD, with 204 or 304; or line ends
    /// behind an answer, this one or the one before it on the connection.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub surplus: usize,
    /// What stood in the answer where the size of a chunk, or the line end behind its data, was due.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chunk: Option<Bytes>,
    /// Interim answers that a request of HTTP/1.0 got, or that said something of a body.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub interim: Vec<u16>,
    /// Whether the exchange was not the first one on its connection.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub shared: bool,
    /// Whether the server closed the connection after the answer, where that was looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub closed: bool,
    /// Whether the server left the connection open although request or answer said that it ends.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub open: bool,
    /// Whether an answer began whose end was waited for in vain.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unended: bool,
    /// Status of the answer to what followed on the connection, where that was looked at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub second: Option<u16>,
}

impl Line {
    /// Whether there is nothing to tell.
    fn is_unremarkable(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
