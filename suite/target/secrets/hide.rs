use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::found::{Finder, Found, Piece};
use super::reading::Reading;
use super::spelling::{DEPTH, MIN_DIFFERENT, MIN_LENGTH, is_telling, reversed, undone};
use crate::evidence::{Answer, Bytes, HttpAnswer};
use crate::message;
use crate::protocol::{Operation, names};

/// What stands where a secret stood.
pub(crate) const HIDDEN: &str = "(hidden)";

/// What stands for a whole text in which a secret could not be hidden.
const WITHHELD: &str = "(withheld)";

/// Most bytes of a secret: what finds it takes some hundred times as many. Servers take heads of 8 to 64 KiB.
const MAX_LENGTH: usize = 16_384;

/// Longest text that is looked at, in bytes; a longer one is withheld. Answers are read up to
/// [`MAX_ANSWER`](crate::target::MAX_ANSWER), far below.
const MAX_TEXT: usize = 1 << 30;

/// Why a secret cannot be hidden: as a fragment that fits after "it".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Weak {
    /// It stands in texts that give nothing away.
    #[error(
        "stands in the words of HTTP, of documented messages or of the URL, which could then not be judged"
    )]
    Common,
    /// It is longer than what is looked for.
    #[error("is longer than {MAX_LENGTH} bytes")]
    Long,
    /// It turns up by chance.
    #[error(
        "has fewer than {MIN_LENGTH} characters, or fewer than {MIN_DIFFERENT} different ones, and turns up by chance"
    )]
    Short,
}

impl Weak {
    /// Why this secret cannot be hidden safely, if it cannot. Hiding it wherever it stands would change answers
    /// that do not hold it, and verdicts with them.
    pub(crate) fn of(secret: &str, public: &str) -> Option<Self> {
        if secret.len() > MAX_LENGTH {
            return Some(Self::Long);
        }
        // One that looks escaped itself is found by what is left when that is undone.
        let left = [undone(secret), undone(&reversed(secret))];
        if !is_telling(secret) || left.iter().flatten().any(|text| !is_telling(text)) {
            return Some(Self::Short);
        }
        let finder = Finder::of(&BTreeSet::from([secret.to_owned()])).ok();
        let Some(finder) = finder else { return Some(Self::Long) };
        let stands_in = |text: &str| finder.finds(text.as_bytes());
        (stands_in(&VOCABULARY) || stands_in(public)).then_some(Self::Common)
    }
}

/// Secrets of a run, hidden in every spelling wherever they turn up in what is recorded.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Finder>);

impl Secrets {
    /// These secrets, each of which [`Weak::of`] lets pass.
    ///
    /// # Errors
    /// [`Weak::Long`], where all of them together are too long.
    pub(crate) fn of(secrets: &BTreeSet<String>) -> Result<Self, Weak> {
        if secrets.is_empty() {
            return Ok(Self::default());
        }
        Finder::of(secrets).map(|finder| Self(Some(finder))).map_err(|_| Weak::Long)
    }

    /// The same bytes with a mark for each secret, in the encoding in which it stood.
    pub(crate) fn hide(&self, bytes: Vec<u8>) -> Vec<u8> {
        let Some(finder) = &self.0 else { return bytes };
        if bytes.len() > MAX_TEXT {
            return WITHHELD.as_bytes().to_vec();
        }
        let mut hidden = bytes;
        let mut found = false;
        for reading in finder.readings(&hidden) {
            let Found { pieces, looked_at } = finder.find(&hidden, reading);
            debug_assert!(
                looked_at <= hidden.len() * (2 * DEPTH + 1),
                "{looked_at} of {} bytes",
                hidden.len()
            );
            if !pieces.is_empty() {
                hidden = marked(&hidden, &pieces, reading);
                found = true;
            }
        }
        // A secret that begins as the mark ends may stand there again.
        if found && finder.finds(&hidden) { WITHHELD.as_bytes().to_vec() } else { hidden }
    }

    /// The same text with a mark for each secret.
    pub(crate) fn hide_text(&self, text: &str) -> String {
        if self.0.is_none() {
            return text.to_owned();
        }
        String::from_utf8_lossy(&self.hide(text.as_bytes().to_vec())).into_owned()
    }

    /// The same answer with a mark for each secret, in its fields and its body.
    pub(in crate::target) fn hide_answer(&self, answer: Answer) -> Answer {
        let Answer::Http(http) = answer else { return answer };
        let hide = |(name, value): &(String, String)| (self.hide_text(name), self.hide_text(value));
        Answer::Http(HttpAnswer {
            headers: http.headers.iter().map(hide).collect(),
            body: Bytes(self.hide(http.body.0)),
            ..http
        })
    }

    /// How many characters are looked at to find what there is to hide.
    #[cfg(test)]
    fn work(&self, bytes: &[u8]) -> usize {
        let finder = self.0.as_ref().unwrap();
        finder.readings(bytes).into_iter().map(|reading| finder.find(bytes, reading).looked_at).sum()
    }
}

/// Bytes with a mark in place of each piece, written as they were read.
fn marked(bytes: &[u8], pieces: &[Piece], reading: Reading) -> Vec<u8> {
    let mut marked = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for piece in pieces {
        marked.extend_from_slice(&bytes[from..piece.from]);
        reading.write(HIDDEN, &mut marked);
        from = piece.to;
    }
    marked.extend_from_slice(&bytes[from..]);
    marked
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(secrets: &[&str]) -> Secrets {
        Secrets::of(&secrets.iter().map(|&secret| secret.to_owned()).collect()).unwrap()
    }

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let secrets = secrets(&["hunter22", "key=hunter22"]);
        for (text, hidden) in [
            ("Fault hunter22hunter22 abc", "Fault (hidden)(hidden) abc"),
            ("?key=hunter22&a", "?(hidden)&a"),
            ("HUNTER22 22retnuh", "(hidden) (hidden)"),
            ("<a>&#104;unter2&#x32;</a>", "<a>(hidden)</a>"),
            ("hun<![CDATA[ter]]>22", "(hidden)<![CDATA[(hidden)]]>(hidden)"),
            ("hunter<!-- -->22", "(hidden)<!-- -->(hidden)"),
            ("aHVu\r\ndGVyMjI=", "(hidden)\r\n(hidden)I="),
            ("68:75 6E746572 3232", "(hidden):(hidden) (hidden) (hidden)"),
            ("&amp;#104;%2568unter22", "&amp;#104;(hidden)"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(secrets.hide_text(text), hidden, "{text}");
        }
    }

    #[test]
    fn a_mark_stands_in_the_encoding_of_its_secret() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let hidden = secrets(&["hunter22"]).hide(wide("<a>hunter22</a>"));
        assert_eq!(hidden, wide("<a>(hidden)</a>"));
    }

    #[test]
    fn what_comes_about_by_hiding_is_withheld() {
        let secrets = secrets(&[")abcdefgh"]);
        assert_eq!(secrets.hide_text("x)abcdefgh y"), "x(hidden) y");
        assert_eq!(secrets.hide_text("x)abcdefghabcdefgh y"), WITHHELD);
    }

    #[test]
    fn what_turns_up_by_chance_or_in_any_answer_cannot_be_hidden() {
        for (secret, weak) in [
            ("hunte", Some(Weak::Short)),
            ("hunter", None),
            ("aAaAaAaAaA", Some(Weak::Short)),
            ("%68%75%6E%74%65", Some(Weak::Short)),
            ("Disconnect", Some(Weak::Common)),
            ("gzip, deflate", Some(Weak::Common)),
            ("hidden)", Some(Weak::Common)),
            ("um.example", Some(Weak::Common)),
        ] {
            assert_eq!(Weak::of(secret, "http://um.example/"), weak, "{secret}");
        }
        assert_eq!(Weak::of(&"abcdefgh".repeat(MAX_LENGTH), ""), Some(Weak::Long));
    }

    /// What took seven seconds of a megabyte, and more than sixteen times that of four.
    #[test]
    fn the_work_grows_with_the_length() {
        let secrets = secrets(&["hunter22", "abababac", "dXNlcjpodW50ZXIyMg=="]);
        for part in
            ["hunter22", "ab", "&#104;", "<!--", "<?", "%61", "%6", "\\u0061", "]]>", "&#1", "aHVudGVyMjI"]
        {
            let work = |size: usize| secrets.work(part.repeat(size / part.len()).as_bytes());
            let (once, twice) = (work(100_000), work(200_000));
            assert!(twice <= 2 * once + 1_000, "{part}: {once}, then {twice}");
            assert!(once <= 100_000 * 9, "{part}: {once}");
        }
    }

    #[test]
    fn four_megabytes_of_secrets_are_hidden_in_a_moment() {
        let secrets = secrets(&["hunter22", "dXNlcjpodW50ZXIyMg=="]);
        let time = |size: usize| {
            let bytes = b"hunter22".repeat(size / 8);
            let start = std::time::Instant::now();
            assert_eq!(secrets.hide(bytes), b"(hidden)".repeat(size / 8));
            start.elapsed()
        };
        let (one, four) = (time(1 << 20), time(1 << 22));
        // Four times as long takes four times the time; the rest is the machine's.
        assert!(four < one * 12 + std::time::Duration::from_millis(500), "{one:?}, then {four:?}");
    }
}
