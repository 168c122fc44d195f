//! Cases that are tried more than once, and runs of what is left of another run.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use umspec::catalogue::{client_case, parser_cases};
use umspec::evidence::{Client, ClientCall, ClientEnd, Evidence, Parsed, Parser as _};
use umspec::judge::Verdict;
use umspec::message::MessageKind;
use umspec::mock::{ReferenceClient, ReferenceParser};
use umspec::protocol::Profile;
use umspec::record::{Record, Unwatched};
use umspec::run::{CallSource, ClientOptions, ParserOptions, RunOptions, run_client, run_parser_in_process};
use umspec::target::ClientTarget;

use crate::peer::{Peer, Reaction};
use crate::support::{cases, entry, options, run_server, stderr, umspec, verdict};

const CASE: &str = "namespace/disconnect-types";

/// A server that takes Disconnect of the wrong namespace at these of its requests.
fn taken_at(which: impl Fn(usize) -> bool + Send + Sync + 'static) -> Peer {
    let count = AtomicUsize::new(0);
    Peer::start(move |request, answer| {
        let is_types = b"<Disconnect xmlns=\"http://schemas.microsoft.com/exchange/services/2006/types\"";
        let is_wrong = request.body.windows(is_types.len()).any(|part| part == is_types);
        if is_wrong && which(count.fetch_add(1, Ordering::SeqCst)) {
            Reaction::xml(200, &umspec::message::write_success())
        } else {
            Reaction::of(&answer())
        }
    })
}

fn told(repeat: usize, retries: usize, peer: &Peer) -> (Verdict, String, usize) {
    let run_options = RunOptions { repeat, retries, ..options(CallSource::Mock, Profile::Interop) };
    let record = run_server(&peer.url(), run_options, &cases(&[CASE]));
    assert!(record.judge_again().differences.is_empty());
    let entry = entry(&record, CASE);
    let flaky = entry.judgement.findings.iter().find(|finding| finding.observed.starts_with("flaky"));
    let flaky = flaky.map_or_else(String::new, |finding| finding.observed.clone());
    (verdict(&record, CASE), flaky, entry.attempts().len())
}

#[test]
fn a_case_that_is_repeated_tells_how_often_it_fails() {
    let (verdict, flaky, tries) = told(5, 0, &taken_at(|count| count == 3));
    assert_eq!((verdict, tries), (Verdict::Warn, 5));
    assert!(flaky.ends_with("in 1 of 5 tries"), "{flaky}");
    let (verdict, flaky, _) = told(5, 0, &taken_at(|count| count != 3));
    assert_eq!(verdict, Verdict::Fail);
    assert!(flaky.ends_with("in 4 of 5 tries"), "{flaky}");
    assert_eq!(told(3, 0, &taken_at(|_| false)), (Verdict::Pass, String::new(), 3));
}

#[test]
fn a_case_that_fails_is_tried_again_until_it_does_not() {
    let (verdict, flaky, tries) = told(1, 5, &taken_at(|count| count < 3));
    assert_eq!((verdict, tries), (Verdict::Fail, 4));
    assert!(flaky.ends_with("in 3 of 4 tries"), "{flaky}");
    assert_eq!(told(1, 4, &taken_at(|_| true)), (Verdict::Fail, String::new(), 5));
    assert_eq!(told(1, 5, &taken_at(|_| false)).2, 1);
}

/// A parser that takes what it should refuse, at these of its tries.
fn told_of_parser(
    repeat: usize,
    retries: usize,
    is_taken: impl Fn(usize) -> bool,
) -> (Verdict, String, usize) {
    let case = parser_cases().iter().find(|case| &*case.id == "xml/attribute-repeated-by-namespace");
    let case = case.expect("a case");
    let mut count = 0;
    let parser = |kind: MessageKind, message: &[u8]| {
        if message != &*case.bytes {
            return ReferenceParser.parse(kind, message);
        }
        count += 1;
        if is_taken(count - 1) { Parsed::Accepted("1".to_owned()) } else { Parsed::Refused(String::new()) }
    };
    let options = ParserOptions { repeat, retries, ..ParserOptions::new("own") };
    let record = run_parser_in_process(parser, &options, &[case], &Unwatched);
    again(&record)
}

/// A client that calls a success a failure, at these of its tries.
fn told_of_client(
    repeat: usize,
    retries: usize,
    is_refused: impl Fn(usize) -> bool + Send + Sync + 'static,
) -> (Verdict, String, usize) {
    let case = client_case("answer-line/chunked").expect("a case");
    let count = AtomicUsize::new(0);
    let client = move |call: &ClientCall<'_>| {
        let told = Client::disconnect(&ReferenceClient, call);
        let is_case = !call.url.contains("/control/");
        let refuses = is_case && is_refused(count.fetch_add(1, Ordering::SeqCst));
        if refuses { ClientEnd::Refused } else { told }
    };
    let options = ClientOptions { repeat, retries, ..ClientOptions::new("own") };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let cases = [case];
    let run = run_client(ClientTarget::in_process(client), &options, &cases, &Unwatched);
    again(&runtime.block_on(run).expect("a run"))
}

/// Verdict, what is said of flaky tries, and how many there were, of a record's only case.
fn again(record: &Record) -> (Verdict, String, usize) {
    let saved = Record::load(&record.save().expect("JSON")).expect("a record");
    assert_eq!(&saved, record, "every try stands in the record");
    assert!(record.judge_again().differences.is_empty());
    let entry = &record.entries[0];
    let flaky = entry.judgement.findings.iter().find(|finding| finding.observed.starts_with("flaky"));
    let tries = match &entry.evidence {
        Some(Evidence::Client(evidence)) => evidence.tries().count(),
        Some(Evidence::Parser(evidence)) => evidence.tries().count(),
        _ => 0,
    };
    (entry.judgement.verdict, flaky.map_or_else(String::new, |finding| finding.observed.clone()), tries)
}

#[test]
fn cases_for_parsers_and_clients_are_tried_again_too() {
    for (told, subject) in [
        (
            (|repeat, retries, which| told_of_parser(repeat, retries, move |count| which >> count & 1 == 1))
                as fn(usize, usize, u32) -> (Verdict, String, usize),
            "parser",
        ),
        (
            |repeat, retries, which| told_of_client(repeat, retries, move |count| which >> count & 1 == 1),
            "client",
        ),
    ] {
        let (verdict, flaky, tries) = told(5, 0, 0b1000);
        assert_eq!((verdict, tries), (Verdict::Warn, 5), "{subject}");
        assert!(flaky.ends_with("in 1 of 5 tries"), "{subject}: {flaky}");
        let (verdict, flaky, _) = told(5, 0, 0b10111);
        assert_eq!(verdict, Verdict::Fail, "{subject}");
        assert!(flaky.ends_with("in 4 of 5 tries"), "{subject}: {flaky}");
        assert_eq!(told(3, 0, 0), (Verdict::Pass, String::new(), 3), "{subject}");
        let (verdict, flaky, tries) = told(1, 5, 0b111);
        assert_eq!((verdict, tries), (Verdict::Fail, 4), "{subject}");
        assert!(flaky.ends_with("in 3 of 4 tries"), "{subject}: {flaky}");
        assert_eq!(told(1, 4, u32::MAX), (Verdict::Fail, String::new(), 5), "{subject}");
        assert_eq!(
            told(1, 0, 1),
            (Verdict::Fail, String::new(), 1),
            "{subject}: one try, unless more are asked for"
        );
    }
}

#[test]
fn what_failed_or_was_not_run_is_run_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (first, second) = (path("first"), path("second"));
    umspec(&["run", "-q", "--mock", "ignores-namespace", "namespace", "--record", &first]);
    let load = |path: &str| Record::load(&fs::read(path).expect("a record")).expect("a record");
    let record = load(&first);
    let failed = record.counts().failed + record.counts().not_judged;
    assert!(failed > 0);
    let of = |more: &[&str]| {
        let mut args = vec!["run", "-q", "namespace", "--failed", &first, "--record", &second];
        args.extend(more);
        umspec(&args)
    };
    assert_eq!(of(&[]).status.code(), Some(0));
    assert_eq!(load(&second).entries.len(), failed);
    assert_eq!(of(&["call-id/empty-open-close"]).status.code(), Some(0));
    assert_eq!(load(&second).entries.len(), failed + 1, "and what is new");
    let nothing = umspec(&["run", "namespace", "--failed", &second, "--skip", "namespace"]);
    assert_eq!(nothing.status.code(), Some(4), "{}", stderr(&nothing));
    let passed = umspec(&["run", "call-id/empty-open-close", "--failed", &second]);
    assert_eq!(passed.status.code(), Some(4), "{}", stderr(&passed));
    let other = umspec(&["run", "--parser", "true", "--failed", &second]);
    assert_eq!(other.status.code(), Some(2));
    assert!(stderr(&other).contains("record of a server"), "{}", stderr(&other));
}
