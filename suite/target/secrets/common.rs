//! What stands in answers that hold no secret.

use std::sync::LazyLock;

use super::automaton::{Ending, Pattern};
use super::fold::Lane;
#[cfg(feature = "fuzzing")]
use super::fold::folded;
use super::patterns::Patterns;
use super::spelling::MIN_LENGTH;
use crate::message;
use crate::protocol::{Operation, names};

/// What stands where a secret stood.
pub(crate) const HIDDEN: &str = "(hidden)";

/// What stands for a whole text in which a secret could not be hidden.
pub(super) const WITHHELD: &str = "(withheld)";

/// Finds what a text has in common with others.
pub(super) struct Common([Patterns; 2]);

impl Common {
    /// With this text.
    pub(super) fn with(text: &str) -> Self {
        let of = |lanes: &[Lane]| Patterns::of(lanes.iter().map(|lane| whole(lane.read(text))).collect());
        Self([of(&[Lane::All]), of(&[Lane::Letters, Lane::LettersOutside])])
    }

    /// Length of the longest part that these bytes, which are looked for in a lane, have in common with it; 0 if
    /// that is shorter than anything that shows a secret.
    pub(super) fn longest(&self, bytes: &[u8], lane: Lane) -> usize {
        let finder = self.0[usize::from(lane != Lane::All)].finder_for(bytes, Ending::Whole);
        finder.map_or(0, |finder| finder.longest(bytes))
    }
}

/// A text of which a part counts that is as long as the shortest that shows a secret.
fn whole(bytes: Vec<u8>) -> Pattern {
    Pattern { enough: MIN_LENGTH, enough_at_end: MIN_LENGTH, bytes }
}

/// Length of the longest part that a secret has in common with answers that hold none; 0 if that is shorter than
/// anything that shows a secret.
#[cfg(feature = "fuzzing")]
pub(crate) fn common_part(secret: &str) -> usize {
    WORDS.longest(&folded(secret), Lane::All)
}

/// What is in common with [`VOCABULARY`].
pub(super) static WORDS: LazyLock<Common> = LazyLock::new(|| Common::with(&VOCABULARY));

/// Everything that documented messages, and the heads of HTTP around them, consist of.
static VOCABULARY: LazyLock<String> = LazyLock::new(|| {
    let messages = [
        message::write_request(Operation::Disconnect, &[""]),
        message::write_success(),
        message::write_invalid_call_id(),
        message::write_malformed(),
        message::write_call_info("ConnectingConnectedDisconnected", "None"),
        message::write_issued(Operation::PlayOnPhone, ""),
        message::write_issued(Operation::PlayOnPhoneGreeting, ""),
        message::write_fault("VersionMismatch MustUnderstand Client Server", ""),
        names::CONTENT_TYPE.to_owned(),
        names::ENDPOINT_PATH.to_owned(),
        HIDDEN.to_owned(),
        WITHHELD.to_owned(),
    ];
    messages.into_iter().chain(HTTP.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("\n")
});

/// Names and values of fields that judging looks at, or that stand in most answers.
const HTTP: [&str; 14] = [
    "accept-encoding: gzip, deflate, identity, chunked, trailers",
    "accept: */* allow: OPTIONS, HEAD, GET, POST, PUT, DELETE, TRACE, PATCH",
    "application/soap+xml text/html text/plain application/json multipart/related",
    "authorization: Basic Bearer Digest Negotiate NTLM Kerberos realm=",
    "cache-control: no-cache, no-store, private, must-revalidate, max-age=0 pragma expires",
    "charset=utf-8 utf-16 us-ascii iso-8859-1",
    "connection: close, keep-alive, upgrade",
    "content-length: transfer-encoding: content-encoding: content-language:",
    "continue expect: 100-continue",
    "date: Mon, Tue, Wed, Thu, Fri, Sat, Sun GMT",
    "http://localhost:8080/ https://127.0.0.1 example.com",
    "location: retry-after: server: set-cookie: user-agent: vary: via:",
    "proxy-authenticate www-authenticate soapaction",
    "true false yes no null none undefined default username password",
];
