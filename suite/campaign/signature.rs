//! What came back, as far as it tells one behaviour of a server from another.

use std::fmt::Write as _;
use std::hash::Hasher as _;
use std::time::Duration;

use crate::evidence::{Answer, observe};
use crate::protocol::{FaultCode, Outcome};

/// Longest text of a fault that counts; what follows tells no behaviour apart.
const MAX_TEXT: usize = 80;

/// Answers below this time are all as fast: what makes them differ is the machine.
const FAST: Duration = Duration::from_millis(250);

/// An answer without what differs from request to request: status, media type, shape, fault code, the text of a
/// fault with ids, numbers and quotations masked, names in its detail, what became of the connection, and the
/// power of two of the time it took, if that was long.
pub(super) fn signature(answer: &Answer, took: Duration) -> String {
    let mut text = String::new();
    match answer {
        Answer::Silence(silence) => {
            let _ = write!(text, "{silence:?}");
        }
        Answer::Http(http) => {
            let seen = observe(answer);
            let kind = seen.content_type.as_ref().map_or("", |kind| kind.media_type.as_str());
            let _ = write!(text, "{} {kind} {}", http.status, came(&seen.outcome));
            if let Some(fault) = seen.fault() {
                let _ = write!(text, " {}", masked(fault.string.as_deref().unwrap_or_default()));
                for entry in fault.detail.iter().flatten() {
                    let _ = write!(text, " {}", entry.local);
                }
            }
            if !http.complete {
                text.push_str(" broken-off");
            }
            if http.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
                text.push_str(" closes");
            }
        }
    }
    let slow = u32::try_from(took.as_millis() / FAST.as_millis()).unwrap_or(u32::MAX);
    if slow > 0 {
        let _ = write!(text, " slow-{}", slow.ilog2());
    }
    text
}

/// The kind of an outcome in a word. It stands in the names of findings and never holds a text of the answer.
pub(super) fn came(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Closed => "closed".to_owned(),
        Outcome::Fault(FaultCode::Other(_)) => "fault-other".to_owned(),
        Outcome::Fault(code) => format!("fault-{}", code.local()),
        Outcome::Http(status) => format!("http-{}xx", status / 100),
        Outcome::Lost => "lost".to_owned(),
        Outcome::Ok => "accepted".to_owned(),
        Outcome::Other => "neither".to_owned(),
        Outcome::OtherOperation => "other-operation".to_owned(),
        Outcome::Soap12Fault => "soap12-fault".to_owned(),
        Outcome::Soap12Ok => "soap12-accepted".to_owned(),
        Outcome::Silent => "silent".to_owned(),
        Outcome::WrongSuccess(_) => "accepted-by-status".to_owned(),
    }
}

/// A text with numbers, long words and quotations masked.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = None;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "'\"`:,;()".contains(c)) {
        let end = word.chars().last().filter(|c| "'\"`".contains(*c));
        if quoted.is_some() {
            if quoted == end {
                quoted = None;
            }
            continue;
        }
        if let Some(quote) = end {
            quoted = Some(quote);
            out.push('Q');
        }
        let is_id = word.len() > 24 || word.chars().any(|c| c.is_ascii_digit());
        out.push_str(if is_id { "# " } else { word });
        if out.len() > MAX_TEXT {
            break;
        }
    }
    out.chars().take(MAX_TEXT).collect()
}

/// A number for a text, the same in every run and on every machine (FNV-1a).
pub(super) fn number_of(parts: &[&str]) -> u64 {
    let mut hasher = Fnv(0xCBF2_9CE4_8422_2325);
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(&[0]);
    }
    hasher.finish()
}

struct Fnv(u64);

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, HttpAnswer, Silence};
    use crate::message::write_fault;

    fn of(status: u16, body: &str, took: Duration) -> String {
        let headers = vec![("content-type".to_owned(), "text/xml; charset=utf-8".to_owned())];
        let (version, body) = ("1.1".to_owned(), Bytes(body.as_bytes().to_vec()));
        signature(
            &Answer::Http(HttpAnswer { version, status, headers, body, complete: true, trailing: 0 }),
            took,
        )
    }

    #[test]
    fn what_differs_from_request_to_request_is_masked() {
        let now = Duration::from_millis(3);
        let at = |text: &str| of(500, &write_fault("Client", text), now);
        assert_eq!(
            at("Line 4, position 17: 'Foo' is not known"),
            at("Line 9, position 2: 'Bar' is not known")
        );
        assert_eq!(
            at("No call AAAAAAAAAAAAAAAAAAAAAAAAAAAA here"),
            at("No call BBBBBBBBBBBBBBBBBBBBBBBBBBBB here")
        );
        assert_ne!(at("The id is empty"), at("The id is missing"));
        assert_ne!(at("x"), of(400, &write_fault("Client", "x"), now));
    }

    #[test]
    fn only_a_slow_answer_is_told_by_its_time() {
        let at = |time| of(200, "", Duration::from_millis(time));
        assert_eq!(at(1), at(249));
        assert_ne!(at(1), at(600));
        assert_ne!(signature(&Answer::Silence(Silence::Reset), Duration::ZERO), at(1));
    }
}
