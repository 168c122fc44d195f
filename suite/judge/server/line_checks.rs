//! Checks of how an answer came over its connection: the lines of its head, its length, and whether the
//! connection is kept as it says (RFC 9112).

use super::check::{Check, Found, Grade, of_case};
use crate::evidence::{Answer, Exchange, HeadFlaw, HttpAnswer, Observation, head_flaws};
use crate::judge::{CheckId, Finding, Grading};
use crate::message::quoted;
use crate::protocol::{Outcome, Tolerance, ledger, req};

/// Most bytes of a first line that a finding tells.
const MOST_TOLD: usize = 120;

/// Made of a whole exchange, so they have no function of an answer alone.
pub(super) static LINE_CHECKS: &[Check] = &[
    of_case(CheckId::AnswerClose, &[req::SHARED_CONNECTION]),
    of_case(CheckId::AnswerFraming, &[req::UNAMBIGUOUS_FRAMING]),
    of_case(CheckId::AnswerHead, &[req::UNAMBIGUOUS_FRAMING]),
];

/// Runs them on an exchange.
pub fn check_line(exchange: &Exchange, observation: &Observation, grading: Grading) -> Vec<Finding> {
    let found = match &exchange.answer {
        Answer::Http(http) => [
            (CheckId::AnswerClose, req::SHARED_CONNECTION, close(exchange, http)),
            (CheckId::AnswerFraming, req::UNAMBIGUOUS_FRAMING, framing(exchange, http, observation)),
            (CheckId::AnswerHead, req::UNAMBIGUOUS_FRAMING, head(exchange)),
        ],
        Answer::Silence(_) => [
            (CheckId::AnswerClose, req::SHARED_CONNECTION, None),
            (CheckId::AnswerFraming, req::UNAMBIGUOUS_FRAMING, interim(exchange)),
            (CheckId::AnswerHead, req::UNAMBIGUOUS_FRAMING, status_line(exchange)),
        ],
    };
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

/// A connection ends where an answer says so, and is said to (RFC 9112 9.3, 9.6). Whether it ends where the request
/// asks for it is judged where a case is about that.
fn close(exchange: &Exchange, http: &HttpAnswer) -> Option<Found> {
    let asks = asks_to_close(exchange);
    if exchange.line.open && !asks {
        let says = values(http, "connection").any(|option| option.eq_ignore_ascii_case("close"));
        let why = if says { "the answer says so" } else { "neither side of HTTP/1.0 asks to keep it" };
        let expected = format!("the connection closed after the answer, because {why}");
        return Some(Found::new(Grade::Breach, expected, "it stays open"));
    }
    // Where another answer came behind this one, that one is the last, and may have said so.
    let is_last = exchange.line.second.is_none();
    let unsaid =
        exchange.line.closed && is_last && !is_old(exchange) && !asks && says_nothing_of_closing(http);
    unsaid.then(|| {
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

/// Whether the request asks to close the connection.
pub(super) fn asks_to_close(exchange: &Exchange) -> bool {
    let named = exchange.sent.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("connection"));
    let mut options = named.flat_map(|(_, value)| value.split(','));
    options.any(|option| option.trim().eq_ignore_ascii_case("close"))
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
    let has_none = exchange.sent.method == "HEAD" || matches!(http.status, 100..=199 | 204 | 304);
    if exchange.line.surplus > 0 && !has_none {
        let surplus = exchange.line.surplus;
        return breach(
            "nothing behind the body, which ends where the answer says (RFC 9112 6.3)",
            format!("{surplus} bytes of line ends behind an answer"),
        );
    }
    if exchange.line.surplus > 0 {
        let what = if exchange.sent.method == "HEAD" { "HEAD".to_owned() } else { http.status.to_string() };
        return breach(
            &format!("no body in an answer to HEAD, with 204 or 304 ({what})"),
            format!("{} bytes after its head", exchange.line.surplus),
        );
    }
    if let Some(chunk) = &exchange.line.chunk {
        let expected = "chunks of a size in hexadecimal digits, CRLF, so many bytes, and CRLF (RFC 9112 7.1)";
        let there = quoted(&String::from_utf8_lossy(&chunk.0));
        if is_padded_size(&chunk.0) {
            // Old servers wrote sizes of one width, and readers pass over the blanks.
            let observed = format!("{there}: blanks behind a size");
            return Some(Found::new(Grade::Tolerated, expected, observed));
        }
        return breach(
            expected,
            format!("{there} where a size, the CRLF behind the bytes or a trailer field is due"),
        );
    }
    if let Some(found) = interim(exchange) {
        return Some(found);
    }
    let coded = http.header("transfer-encoding").is_some();
    let lengths: Vec<&str> = values(http, "content-length").collect();
    let codings: Vec<&str> = values(http, "transfer-encoding").collect();
    if codings.iter().filter(|coding| coding.eq_ignore_ascii_case("chunked")).count() > 1 {
        // A sender must not apply it twice (RFC 9112 6.1); readers part here.
        return breach("chunked once", format!("Transfer-Encoding: {}", quoted(&codings.join(", "))));
    }
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
        ([], false) if exchange.line.unended && !has_none => breach(
            "a Content-Length, chunks, or the end of the connection, to tell the end of the body (RFC 9112 6.3)",
            "none of them".to_owned(),
        ),
        ([], _) => None,
        ([first, rest @ ..], false) => {
            if let Some(other) = rest.iter().find(|other| *other != first) {
                return breach("one length", format!("Content-Length: {first}, and {other}"));
            }
            let digits = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
            let Some(length) = first.parse::<usize>().ok().filter(|_| digits) else {
                return breach("a Content-Length that is a number", format!("Content-Length: {first}"));
            };
            if !rest.is_empty() {
                // Senders write one number; whoever reads a list of the same may take it (RFC 9110 8.6).
                let observed = format!("Content-Length: {} times {first}", lengths.len());
                return Some(Found::new(Grade::Tolerated, "Content-Length once", observed));
            }
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

/// Whether a line is a size with blanks behind it, and nothing else.
fn is_padded_size(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    !line.is_empty() && line.iter().all(u8::is_ascii_hexdigit)
}

/// Interim answers that must not be (RFC 9110 15.2, 8.6).
fn interim(exchange: &Exchange) -> Option<Found> {
    let status = exchange.line.interim.first()?;
    let (expected, observed) = if is_old(exchange) {
        ("no interim answer to HTTP/1.0, which knows none (RFC 9110 15.2)", String::new())
    } else {
        let expected =
            "an interim answer without Content-Length and Transfer-Encoding (RFC 9110 8.6, RFC 9112 6.1)";
        (expected, " with one of these fields".to_owned())
    };
    Some(Found::new(Grade::Breach, expected, format!("an interim answer, {status}{observed}")))
}

/// A first line that is meant for a status line (RFC 9112 4), where an answer could not be read for it. What
/// begins in another way may be another protocol.
fn status_line(exchange: &Exchange) -> Option<Found> {
    let line = exchange.line.head.as_ref()?.0.split(|byte| *byte == b'\n').next()?;
    let line = &line[..line.len().min(MOST_TOLD)];
    let is_meant = line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/"));
    is_meant.then(|| {
        let there = quoted(String::from_utf8_lossy(line).trim_end());
        Found::new(Grade::Breach, "a status line as HTTP writes it, HTTP/1.1 200 OK", there)
    })
}

/// The lines of the head (RFC 9112 2 to 5).
fn head(exchange: &Exchange) -> Option<Found> {
    let flaws = head_flaws(&exchange.line.head.as_ref()?.0);
    // A recipient may take a bare LF for a line end, must read a folded field and dates of old forms, and may keep
    // control characters (RFC 9110 5.5); the blank behind a status code is missed by nobody.
    let tolerated = |flaw: &HeadFlaw| {
        matches!(
            flaw,
            HeadFlaw::BareLf
                | HeadFlaw::Control
                | HeadFlaw::DateForm
                | HeadFlaw::Folded
                | HeadFlaw::StatusUnfinished
        )
    };
    let grade = if flaws.iter().all(tolerated) { Grade::Tolerated } else { Grade::Breach };
    let words: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| Found::new(grade, "a head as HTTP writes it", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, Line, Sent, Silence, observe};
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
        let twice = format!("answer/framing WARN: Content-Length: 2 times {length}");
        assert_eq!(of(&format!("{length}, {length}")), twice);
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
        let mut longer = exchange(&[("content-length", &length)], &success);
        longer.line.surplus = 2;
        assert_eq!(told(&longer), "answer/framing FAIL: 2 bytes of line ends behind an answer");
        let mut kept = exchange(&[("content-length", &length)], &success);
        kept.line.closed = true;
        assert!(told(&kept).starts_with("answer/close WARN"));
        kept.sent.headers.push(("connection".into(), "TE, close".into()));
        assert_eq!(told(&kept), "", "whoever asks for it need not be told");
        kept.line.closed = false;
        kept.line.open = true;
        assert_eq!(told(&kept), "");
        kept.sent.headers.clear();
        assert_eq!(told(&kept), "answer/close WARN: it stays open");
        kept.line = Line { closed: true, ..Line::default() };
        assert!(told(&kept).starts_with("answer/close WARN: the connection was closed"), "{}", told(&kept));
        kept.line.second = Some(404);
        assert_eq!(told(&kept), "", "the answer behind it may have said so");
        kept.line.second = None;
        http(&mut kept).headers.push(("connection".into(), "Keep-Alive, Close".into()));
        assert_eq!(told(&kept), "");
    }

    #[test]
    fn answers_that_nobody_can_read_are_told_by_what_stands_in_them() {
        let mut chunked = exchange(&[("transfer-encoding", "chunked")], "");
        http(&mut chunked).complete = false;
        chunked.line.chunk = Some(Bytes(b"0x32\r\n".to_vec()));
        assert!(told(&chunked).starts_with("answer/framing FAIL: 0x32"), "{}", told(&chunked));
        chunked.line.chunk = Some(Bytes(b"32  \r\n".to_vec()));
        assert!(told(&chunked).starts_with("answer/framing WARN: 32"), "{}", told(&chunked));
        let mut lost = exchange(&[], "");
        lost.answer = Answer::Silence(Silence::NotHttp);
        assert_eq!(told(&lost), "");
        lost.line.head = Some(Bytes(b"HTTP/1.10 200 OK\r\n".to_vec()));
        assert_eq!(told(&lost), "answer/head FAIL: HTTP/1.10 200 OK");
        lost.line.head = Some(Bytes(b"220 mail.example ESMTP\r\n".to_vec()));
        assert_eq!(told(&lost), "");
        let mut old = exchange(&[("content-length", &write_success().len().to_string())], &write_success());
        old.line.interim = vec![103];
        assert_eq!(told(&old), "answer/framing FAIL: an interim answer, 103 with one of these fields");
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
        assert!(of("HTTP/1.1 200 OK\r\nx(1): a\r\n\r\n").starts_with("answer/head FAIL: a field whose name"));
        assert!(of("HTTP/1.1 200 OK\r\ndate: today\r\n\r\n").starts_with("answer/head WARN: a Date"));
    }
}
