//! What real servers do with the bytes of a connection: each thing is named once for what it is, and hides
//! nothing else.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use umspec::evidence::{Answer, observe};
use umspec::judge::{CheckId, Verdict};
use umspec::message::{Draft, Ids, write_success};
use umspec::mock::Request;
use umspec::protocol::{Outcome, names, req};
use umspec::record::Record;
use umspec::target::{Endpoint, HttpServer, Options};

use crate::peer::{Peer, Reaction, Response};
use crate::support::{entry, run_live, verdict};

/// A legal spelling, a request to be refused, and one refused by its method.
const CASES: [&str; 3] = ["xml/declared-not-at-all", "namespace/disconnect-types", "http/put"];

/// Runs against a service whose answers go over the connection as this writes them.
fn written(write: impl Fn(&Response) -> Vec<u8> + Send + Sync + 'static) -> Record {
    let peer = Peer::start(move |_, answer| Reaction::Answer(write(&answer())));
    run_live(&peer.url(), &CASES)
}

/// The bytes of an answer with these lines before its own fields and this line end, and this many bytes
/// more or less in its length.
fn head(response: &Response, first: &str, lines: &[&str], end: &str, length: &str) -> Vec<u8> {
    let mut head = format!("{first}HTTP/1.1 {} X{end}", response.status);
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}{end}"));
    }
    for line in lines {
        head.push_str(&format!("{line}{end}"));
    }
    let length = length.replace("{length}", &response.body.len().to_string());
    head.push_str(&format!("content-length: {length}{end}connection: close{end}{end}{}", response.body));
    head.into_bytes()
}

/// Checks and requirements of what fails or warns, over all cases.
fn found(record: &Record) -> BTreeSet<(CheckId, String, Verdict)> {
    let findings = record.entries.iter().flat_map(|entry| &entry.judgement.findings);
    findings
        .filter(|finding| finding.verdict >= Verdict::Warn)
        .map(|finding| (finding.check, finding.requirement.to_string(), finding.verdict))
        .collect()
}

fn only(record: &Record, check: CheckId, verdict: Verdict) {
    let expected = BTreeSet::from([(check, req::UNAMBIGUOUS_FRAMING.to_string(), verdict)]);
    assert_eq!(found(record), expected, "{:?}", record.established().problem());
    assert!(record.entries.iter().all(|entry| entry.judgement.verdict.is_judged()));
}

#[test]
fn a_length_that_is_wrong_is_named_and_hides_nothing() {
    for length in ["7{length}", "5", "+{length}", "{length}\r\ncontent-length: 7{length}"] {
        let record = written(move |response| head(response, "", &[], "\r\n", length));
        only(&record, CheckId::AnswerFraming, Verdict::Fail);
    }
}

#[test]
fn lines_that_are_wrong_are_named_and_hide_nothing() {
    for (first, line, end, verdict) in [
        ("\r\n", "x: y", "\r\n", Verdict::Fail),
        ("", "powered by nothing", "\r\n", Verdict::Fail),
        ("", "x : y", "\r\n", Verdict::Fail),
        ("", "x: y\r\n z", "\r\n", Verdict::Warn),
        ("", "x: y", "\n", Verdict::Warn),
    ] {
        let record = written(move |response| head(response, first, &[line], end, "{length}"));
        only(&record, CheckId::AnswerHead, verdict);
    }
}

#[test]
fn two_media_types_are_named() {
    let record = written(|response| head(response, "", &["content-type: text/html"], "\r\n", "{length}"));
    let expected = (CheckId::AnswerMediaType, req::ANSWER_MEDIA_TYPE.to_string(), Verdict::Fail);
    assert_eq!(found(&record), BTreeSet::from([expected]));
}

/// Nothing tells its end but the connection, and that is reset because the server left something unread.
#[test]
fn an_answer_of_the_old_version_that_a_reset_ends_is_complete() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}{}", listener.local_addr().expect("an address"), names::ENDPOINT_PATH);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut one = [0];
            let _ = stream.read(&mut one);
            let answer = format!("HTTP/1.0 200 OK\r\ncontent-type: text/xml\r\n\r\n{}", write_success());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    let endpoint = Endpoint::parse(&url).expect("a URL");
    let server = HttpServer::new(endpoint, &Options::default()).expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let exchange = runtime.block_on(server.exchange(&Draft::disconnect(&[]).write(&Ids::default())));
    assert!(matches!(&exchange.answer, Answer::Http(http) if http.complete), "{exchange:?}");
    assert_eq!(observe(&exchange.answer).outcome, Outcome::Ok);
}

/// A server that looks names up with their case is told so, whichever case it knows, and all else is
/// judged.
#[test]
fn names_are_written_as_the_server_knows_them() {
    let spellings = ["field/names-as-registered", "field/names-in-small-letters", "field/names-in-capitals"];
    let knows = |name: &str| {
        let known = name.to_owned();
        let told = name;
        let peer = Peer::start(move |request: &Request<'_>, answer| {
            let is_known = request.headers.iter().any(|(name, _)| *name == known);
            if is_known { Reaction::of(&answer()) } else { Reaction::http(400, "", b"") }
        });
        let record = run_live(&peer.url(), &[&CASES[..], &spellings].concat());
        for case in CASES {
            assert_eq!(verdict(&record, case), Verdict::Pass, "{told}: {:?}", entry(&record, case));
        }
        spellings.map(|case| verdict(&record, case))
    };
    assert_eq!(knows("SOAPAction"), [Verdict::Pass, Verdict::Fail, Verdict::Fail]);
    assert_eq!(knows("soapaction"), [Verdict::Fail, Verdict::Pass, Verdict::Fail]);
}
