use std::fmt;

use serde::{Deserialize, Serialize};

use super::Bytes;

/// What came back for a request. Facts only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// An HTTP response.
    Http(HttpAnswer),
    /// No HTTP response.
    Silence(Silence),
}

impl Answer {
    /// What an answer says that asks to come again later, which is no answer to the request itself: 429
    /// (RFC 6585 4), or 503 with Retry-After (RFC 9110 15.6.4). The value of Retry-After, if there is one.
    pub fn put_off(&self) -> Option<Option<&str>> {
        let Self::Http(http) = self else { return None };
        let later = http.header("retry-after");
        match http.status {
            429 => Some(later),
            503 if later.is_some() => Some(later),
            _ => None,
        }
    }
}

/// An HTTP response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpAnswer {
    /// `1.0` or `1.1`.
    pub version: String,
    /// Status code.
    pub status: u16,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// Body after transfer coding.
    pub body: Bytes,
    /// Whether the body came to the end that its framing announced.
    #[serde(skip_serializing_if = "is_usual", default = "usual")]
    pub complete: bool,
    /// Bytes that followed the response on the connection, where that was looked at.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub trailing: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_usual(complete: &bool) -> bool {
    *complete
}

fn usual() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl HttpAnswer {
    /// First value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The members of a field that is a list, in as many lines as it may be (RFC 9110 5.3, 5.6.1).
    pub fn members<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let lines = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        lines.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|member| !member.is_empty())
    }
}

/// Why there was no HTTP response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Silence {
    /// The connection was closed in order before a response.
    Closed,
    /// What came was no HTTP.
    NotHttp,
    /// The connection was refused.
    Refused,
    /// The connection was reset before a response.
    Reset,
    /// Nothing, or not all, came in time.
    TimedOut,
    /// The TLS handshake failed.
    Tls(TlsFailure),
    /// The host was not found or not reached.
    Unreachable,
}

/// Why a TLS handshake failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TlsFailure {
    /// The connection ended within it.
    Closed,
    /// The certificate is no longer valid, or not yet.
    Expired,
    /// Nobody that is trusted has signed the certificate.
    Issuer,
    /// The certificate is for another name than that of the URL.
    Name,
    /// For another reason.
    Other,
    /// It did not come to its end in time.
    TimedOut,
    /// What came is no TLS, or of no version that is in use (1.2, 1.3).
    Version,
}

impl Silence {
    /// Whether not even a connection came about.
    pub fn is_unreachable(self) -> bool {
        matches!(self, Self::Refused | Self::Tls(_) | Self::Unreachable)
    }
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            // Which of the two it was lies with what the server had left unread, and with the system.
            Self::Closed | Self::Reset => "the connection ended before an answer",
            Self::NotHttp => "what came back was not HTTP",
            Self::Refused => "the connection was refused",
            Self::TimedOut => "no answer came in time",
            Self::Tls(_) => "the TLS handshake failed",
            Self::Unreachable => "the host could not be reached",
        })
    }
}
