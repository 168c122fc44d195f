//! Peers that do nothing, or always the same, pass no case at any control level.

use umspec::judge::Verdict;
use umspec::message;
use umspec::protocol::{Profile, names, req};
use umspec::record::{Conclusion, Record};
use umspec::run::CallSource;

use crate::peer::{Peer, Reaction};
use crate::support::{cases, options, run_server};

fn sources() -> [(&'static str, CallSource); 4] {
    [
        ("synthetic", CallSource::None),
        (
            "given",
            CallSource::Given(vec![names::SAMPLE_CALL_ID.to_owned(), names::SAMPLE_CALL_ID_2.to_owned()]),
        ),
        ("live by PlayOnPhone", CallSource::Mock),
        ("live by command", CallSource::Command("echo some-call-id".to_owned())),
    ]
}

fn passes_nothing(name: &str, peer: &Peer) -> Vec<Record> {
    let records: Vec<Record> = sources()
        .into_iter()
        .map(|(level, source)| {
            let record = run_server(&peer.url(), options(source, Profile::Interop), &cases(&[]));
            let passed: Vec<&str> = record
                .entries
                .iter()
                .filter(|entry| {
                    matches!(entry.judgement.verdict, Verdict::Pass | Verdict::Note | Verdict::Warn)
                })
                .map(|entry| entry.case.as_str())
                .collect();
            assert!(passed.is_empty(), "{name}, {level}: {passed:?}");
            assert_eq!(record.conclusion(true), Conclusion::NotJudged, "{name}, {level}");
            record
        })
        .collect();
    records
}

#[test]
fn a_constant_success_passes_nothing_and_its_breaches_are_told() {
    let peer = Peer::constant(|| Reaction::xml(200, &message::write_success()));
    for record in passes_nothing("constant success", &peer) {
        let failed = record.counts().failed;
        assert!(failed > 50, "only {failed} clear breaches");
        let told = record.findings().any(|(finding, _)| finding.requirement == req::WELL_FORMED);
        assert!(told, "no word of malformed XML");
    }
}

#[test]
fn constant_faults_pass_nothing() {
    for (name, body) in [
        ("constant invalid id", message::write_invalid_call_id()),
        ("constant malformed", message::write_malformed()),
        ("constant Client fault", message::write_fault("Client", "no")),
    ] {
        let peer = Peer::constant(move || Reaction::xml(500, &body));
        for record in passes_nothing(name, &peer) {
            assert_eq!(record.counts().failed, 0, "{name}");
        }
    }
}

#[test]
fn empty_and_foreign_answers_pass_nothing() {
    for status in [200, 204, 500] {
        let peer = Peer::constant(move || Reaction::http(status, "", b""));
        passes_nothing(&format!("empty {status}"), &peer);
    }
    let peer = Peer::constant(|| {
        Reaction::http(200, "content-type: text/html\r\n", b"<html><body>hi</body></html>")
    });
    passes_nothing("HTML", &peer);
    let peer = Peer::constant(|| Reaction::Close);
    passes_nothing("accept and close", &peer);
    let peer = Peer::constant(|| Reaction::http(307, "location: /elsewhere\r\n", b""));
    passes_nothing("redirect", &peer);
}

#[test]
fn a_service_without_the_operation_passes_nothing() {
    let peer = Peer::start(|request, _| {
        if request.body.ends_with(b"Envelope>") {
            Reaction::xml(500, &message::write_fault("Server", "no such operation"))
        } else {
            Reaction::http(400, "content-type: text/plain\r\n", b"no XML")
        }
    });
    passes_nothing("another service", &peer);
}

#[test]
fn an_echo_passes_nothing() {
    let peer = Peer::start(|request, _| Reaction::xml(200, &String::from_utf8_lossy(request.body)));
    passes_nothing("echo", &peer);
}

#[test]
fn a_server_that_never_answers_costs_three_timeouts() {
    let peer = Peer::constant(|| Reaction::Hang);
    let started = std::time::Instant::now();
    let run_options = options(CallSource::None, Profile::Interop);
    let timeout = run_options.timeout;
    let record = run_server(&peer.url(), run_options, &cases(&[]));
    assert!(started.elapsed() < timeout * 4, "{:?}", started.elapsed());
    let why = record.ended_early.clone().expect("a reason");
    assert!(why.contains("did not answer"), "{why}");
    assert_eq!(record.counts().not_judged, record.entries.len());
}
