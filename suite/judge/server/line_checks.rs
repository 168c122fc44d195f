//! Checks of how an answer came over its connection: the lines of its head, its length, and whether the
//! connection is kept as it says (RFC 9112).

use super::check::{Check, Found, Grade, of_case};
use crate::evidence::{Answer, Exchange, HeadFlaw, HttpAnswer, Observation, head_flaws};
use crate::judge::{CheckId, Finding, Grading};
use crate::protocol::{Outcome, Tolerance, ledger, req};

/// Made of a whole exchange, so they have no function of an answer alone.
pub(super) static LINE_CHECKS: &[Check] = &[
    of_case(CheckId::AnswerClose, &[req::SHARED_CONNECTION]),
    of_case(CheckId::AnswerFraming, &[req::UNAMBIGUOUS_FRAMING]),
    of_case(CheckId::AnswerHead, &[req::UNAMBIGUOUS_FRAMING]),
];

/// Runs them on an exchange.
pub fn check_line(exchange: &Exchange, observation: &Observation, grading: Grading) -> Vec<Finding> {
    let Answer::Http(http) = &exchange.answer else { return Vec::new() };
    let found = [
        (CheckId::AnswerClose, req::SHARED_CONNECTION, close(exchange, http)),
        (CheckId::AnswerFraming, req::UNAMBIGUOUS_FRAMING, framing(exchange, http, observation)),
        (CheckId::AnswerHead, req::UNAMBIGUOUS_FRAMING, head(exchange)),
    ];
    found
        .into_iter()
        .filter_map(|(check, id, found)| {
            let found = found?;
            let requirement = ledger::requirement(id)?;
            let verdict = match found.grade {
                Grade::Tolerated => grading.tolerated(requirement, Tolerance::Warn),
                _ => grading.breach(requirement),
            };
            Some(Finding::new(check, id, verdict, found.expected, found.observed))
        })
        .collect()
}

/// A connection that is closed is said to be (RFC 9112 9.3, 9.6).
fn close(exchange: &Exchange, http: &HttpAnswer) -> Option<Found> {
    let kept = exchange.line.closed && !is_old(exchange) && says_nothing_of_closing(http);
    kept.then(|| {
        Found::new(
            Grade::Breach,
            "Connection: close in an answer after which the connection is closed",
            "the connection was closed, and the answer does not say so",
        )
    })
}

fn says_nothing_of_closing(http: &HttpAnswer) -> bool {
    let tells_end = ["content-length", "transfer-encoding"].iter().any(|name| http.header(name).is_some());
    let closes = values(http, "connection").any(|option| option.eq_ignore_ascii_case("close"));
    http.version != "1.0" && tells_end && !closes
}

/// The elements of a field that is a list.
fn values<'a>(http: &'a HttpAnswer, name: &'a str) -> impl Iterator<Item = &'a str> {
    let named = http.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
    named.flat_map(|(_, value)| value.split(',')).map(str::trim)
}

/// Whether the request was one of HTTP/1.0.
fn is_old(exchange: &Exchange) -> bool {
    let wire = exchange.sent.wire.as_ref();
    wire.and_then(|wire| wire.0.split(|byte| *byte == b'\r').next())
        .is_some_and(|line| line.ends_with(b"HTTP/1.0"))
}

/// One way to tell the end of the body, and a true one (RFC 9112 6).
fn framing(exchange: &Exchange, http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let breach = |expected: &str, observed: String| Some(Found::new(Grade::Breach, expected, observed));
    if exchange.line.surplus > 0 {
        let what = if exchange.sent.method == "HEAD" { "HEAD".to_owned() } else { http.status.to_string() };
        return breach(
            &format!("no body in an answer to HEAD, with 204 or 304 ({what})"),
            format!("{} bytes after its head", exchange.line.surplus),
        );
    }
    let has_none = exchange.sent.method == "HEAD" || matches!(http.status, 100..=199 | 204 | 304);
    let coded = http.header("transfer-encoding").is_some();
    let lengths: Vec<&str> = values(http, "content-length").collect();
    match (&*lengths, coded) {
        ([first, ..], true) => breach(
            "Content-Length or Transfer-Encoding, and not both",
            format!("both, with Content-Length: {first}"),
        ),
        ([], true) if is_old(exchange) => {
            breach("no Transfer-Encoding in an answer to HTTP/1.0", "Transfer-Encoding in it".to_owned())
        }
        ([], true) if !http.complete && observation.outcome != Outcome::Lost => {
            breach("chunks that end as they should", "chunks that break off, or are none".to_owned())
        }
        ([], _) => None,
        ([first, rest @ ..], false) => {
            if let Some(other) = rest.iter().find(|other| *other != first) {
                return breach("one length", format!("Content-Length: {first}, and {other}"));
            }
            let digits = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
            let Some(length) = first.parse::<usize>().ok().filter(|_| digits) else {
                return breach("a Content-Length that is a number", format!("Content-Length: {first}"));
            };
            let came = http.body.0.len();
            let cut = !http.complete && came < length;
            let differs = if cut { observation.outcome != Outcome::Lost } else { came > length };
            if has_none || !differs {
                return None;
            }
            let more = length.abs_diff(came);
            let word = if came > length { "too short" } else { "too long" };
            breach(
                "a Content-Length that counts the bytes of the body",
                format!("Content-Length is {more} {word}"),
            )
        }
    }
}

/// The lines of the head (RFC 9112 2 to 5).
fn head(exchange: &Exchange) -> Option<Found> {
    let flaws = head_flaws(&exchange.line.head.as_ref()?.0);
    // A recipient may take a bare LF for a line end and must read a folded field, and the blank behind
    // a status code is missed by nobody.
    let tolerated =
        |flaw: &HeadFlaw| matches!(flaw, HeadFlaw::BareLf | HeadFlaw::Folded | HeadFlaw::StatusUnfinished);
    let grade = if flaws.iter().all(tolerated) { Grade::Tolerated } else { Grade::Breach };
    let words: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| Found::new(grade, "a head as HTTP writes it", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, Sent, observe};
    use crate::message::write_success;
    use crate::protocol::Profile;

    fn exchange(fields: &[(&str, &str)], body: &str) -> Exchange {
        let headers = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let answer = HttpAnswer {
            version: "1.1".into(),
            status: 200,
            headers: headers.chain([("content-type".to_owned(), "text/xml".to_owned())]).collect(),
            body: Bytes(body.as_bytes().to_vec()),
            complete: true,
            trailing: 0,
        };
        let sent = Sent {
            method: "POST".into(),
            target: "/".into(),
            headers: Vec::new(),
            body: Bytes::default(),
            wire: Some(Bytes(b"POST / HTTP/1.1\r\n".to_vec())),
        };
        Exchange::new(sent, Answer::Http(answer))
    }

    fn told(exchange: &Exchange) -> String {
        let grading = Grading { profile: Profile::Interop, bp: false };
        let findings = check_line(exchange, &observe(&exchange.answer), grading);
        let words =
            findings.iter().map(|found| format!("{} {}: {}", found.check, found.verdict, found.observed));
        words.collect::<Vec<String>>().join("; ")
    }

    fn http(exchange: &mut Exchange) -> &mut HttpAnswer {
        match &mut exchange.answer {
            Answer::Http(http) => http,
            Answer::Silence(_) => panic!("an answer"),
        }
    }

    #[test]
    fn lengths_are_held_against_the_body() {
        let success = write_success();
        let length = success.len().to_string();
        let of = |value: &str| told(&exchange(&[("content-length", value)], &success));
        assert_eq!(of(&length), "");
        assert_eq!(of(&format!("{length}, {length}")), "");
        assert_eq!(
            of("5"),
            format!("answer/framing FAIL: Content-Length is {} too short", success.len() - 5)
        );
        assert!(of(&format!("+{length}")).starts_with("answer/framing FAIL: Content-Length: +"));
        assert!(of(&format!("{length}, 7")).ends_with("and 7"));
        let mut long = exchange(&[("content-length", &(success.len() + 9).to_string())], &success);
        http(&mut long).complete = false;
        assert_eq!(told(&long), "answer/framing FAIL: Content-Length is 9 too long");
        // An answer that breaks off is lost, and that is told elsewhere.
        http(&mut long).body.0.truncate(50);
        assert_eq!(told(&long), "");
    }

    #[test]
    fn codings_stand_alone_and_not_in_answers_to_the_old_version() {
        let success = write_success();
        let mut coded = exchange(&[("transfer-encoding", "chunked")], &success);
        assert_eq!(told(&coded), "");
        coded.sent.wire = Some(Bytes(b"POST / HTTP/1.0\r\n".to_vec()));
        assert_eq!(told(&coded), "answer/framing FAIL: Transfer-Encoding in it");
        let both = exchange(&[("transfer-encoding", "chunked"), ("content-length", "5")], &success);
        assert_eq!(told(&both), "answer/framing FAIL: both, with Content-Length: 5");
    }

    #[test]
    fn bodies_where_there_are_none_and_closes_that_are_not_told_are_found() {
        let success = write_success();
        let length = success.len().to_string();
        let mut head = exchange(&[("content-length", "999")], "");
        head.sent.method = "HEAD".into();
        assert_eq!(told(&head), "");
        head.line.surplus = 7;
        assert_eq!(told(&head), "answer/framing FAIL: 7 bytes after its head");
        let mut kept = exchange(&[("content-length", &length)], &success);
        kept.line.closed = true;
        assert!(told(&kept).starts_with("answer/close WARN"));
        http(&mut kept).headers.push(("connection".into(), "Keep-Alive, Close".into()));
        assert_eq!(told(&kept), "");
    }

    #[test]
    fn lines_are_graded_by_what_readers_must_bear() {
        let success = write_success();
        let length = success.len().to_string();
        let of = |head: &str| {
            let mut exchange = exchange(&[("content-length", &length)], &success);
            exchange.line.head = Some(Bytes(head.as_bytes().to_vec()));
            told(&exchange)
        };
        assert!(of("HTTP/1.1 200 OK\n\n").starts_with("answer/head WARN: lines that end"));
        assert!(of("HTTP/1.1 200 OK\r\npowered\r\n\r\n").starts_with("answer/head FAIL: a line that is no"));
    }
}
