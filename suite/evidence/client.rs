//! A client under test: what is asked of it, what it sent, and how it ended.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Bytes, FlawedLine, Uncaught};

/// What a client is asked to do.
#[derive(Debug, Clone, Copy)]
pub struct ClientCall<'a> {
    /// The URL of the service.
    pub url: &'a str,
    /// The call to end; empty for a client that places its call itself.
    pub call_id: &'a str,
    /// User and password for a client that sends credentials.
    pub credentials: (&'a str, &'a str),
    /// The time it has.
    pub time: Duration,
}

/// What a client came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientEnd {
    /// It ended in another way than by telling what came of the call.
    Crashed(String),
    /// It says that the call was disconnected.
    Disconnected,
    /// It was still at it when its time was up.
    Hung,
    /// It says that the call was not disconnected.
    Refused,
    /// It ended as it does when it says so, but not in order by what it wrote.
    Threw(Uncaught),
}

/// A client under test: it sends one Disconnect and says what came of it.
pub trait Client: Send + Sync {
    /// Asks for the end of a call.
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd;
}

impl<F: Fn(&ClientCall<'_>) -> ClientEnd + Send + Sync> Client for F {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        self(call)
    }
}

/// A request of a client, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRequest {
    /// Whether it came to the other host, to which a redirect leads.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub at_other_host: bool,
    /// `1.0` or `1.1`, or what else stood there.
    pub version: String,
    /// Method token.
    pub method: String,
    /// Request target; in absolute form its authority is `{here}`.
    pub target: String,
    /// Header fields in order; the values of credentials and cookies are hidden, and the name of the listener
    /// in Host is `{here}`.
    pub headers: Vec<(String, String)>,
    /// Body after transfer coding.
    pub body: Bytes,
    /// What was wrong with its head and framing, which were read all the same. The path of the case is `{path}`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub flaws: Vec<FlawedLine>,
    /// The turn of the case that answered it, from 0; none for what only a POST is answered with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub turn: Option<usize>,
}

/// What a client did in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientEvidence {
    /// Its first sixteen requests, in order; those for the description are left out.
    pub requests: Vec<ClientRequest>,
    /// What it came to; in a run without a command nobody knows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<ClientEnd>,
    /// Whether the address that only answers name was contacted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub contacted: bool,
    /// The tries before this one, the first one first: where the client broke off or was still running when its
    /// time was up, which once may be the doing of the machine, and where more tries were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub earlier: Vec<ClientEvidence>,
}

impl ClientEvidence {
    /// Every try, the first one first.
    pub fn tries(&self) -> impl Iterator<Item = &Self> {
        self.earlier.iter().chain([self])
    }

    /// Whether the client came to no end of its own: it broke off, or its time was up.
    pub fn is_broken(&self) -> bool {
        matches!(self.end, Some(ClientEnd::Crashed(_) | ClientEnd::Hung))
    }

    /// The requests that ask for something.
    pub fn asks(&self) -> impl Iterator<Item = &ClientRequest> {
        self.requests.iter().filter(|request| !request.is_safe())
    }
}

impl ClientRequest {
    /// How many bytes of it came from the client.
    pub fn size(&self) -> usize {
        let fields: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        let flaws: usize = self.flaws.iter().map(|flaw| flaw.line.len()).sum();
        self.body.0.len() + self.target.len() + fields + flaws
    }

    /// Whether it only looks at what is there, and asks for nothing.
    pub fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS") && self.body.0.is_empty()
    }

    /// Every value of a header field.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| &**value)
    }
}
