//! Campaigns against a client, which is answered with edited answers.

use std::fs;
use std::time::Duration;

use umspec::campaign::{AnswerOptions, NobodyWatches, fuzz_client, judge_fuzzed};
use umspec::evidence::Client;
use umspec::judge::Verdict;
use umspec::mock::{ReferenceClient, client_mutants, client_variants};
use umspec::protocol::{RequirementId, req};
use umspec::record::{Record, Verification};
use umspec::report::{TextOptions, text};
use umspec::target::ClientTarget;

use crate::support::{needs, stderr, stdout, umspec};

fn fuzzed(client: impl Client + 'static, runs: u64) -> Record {
    let options = AnswerOptions {
        seed: 7,
        requests: Some(runs),
        client_time: Duration::from_secs(10),
        ..AnswerOptions::new("a client")
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let client = ClientTarget::in_process(client);
    let campaign = fuzz_client(client, &options, &NobodyWatches);
    runtime.expect("a runtime").block_on(campaign).expect("a port")
}

fn told(record: &Record) -> String {
    text(record, TextOptions { plain: true, ..TextOptions::default() })
}

/// What fails, by requirement.
fn failed(record: &Record) -> Vec<RequirementId> {
    let findings = record.entries.iter().flat_map(|entry| &entry.judgement.findings);
    findings.filter(|finding| finding.verdict == Verdict::Fail).map(|finding| finding.requirement).collect()
}

#[test]
fn the_reference_client_has_no_finding() {
    let record = fuzzed(ReferenceClient, 1_000);
    assert_eq!(record.entries.len(), 0, "{}", told(&record));
    let facts = record.campaign.as_ref().expect("a campaign");
    assert!(facts.inputs > 800 && facts.reached.len() > 5, "{facts:?}");
    assert_eq!(record.ended_early, None);
}

/// Whatever some document allows a client is no finding.
#[test]
fn lawful_clients_have_no_finding() {
    for variant in client_variants() {
        let record = fuzzed(variant, 60);
        assert_eq!(record.entries.len(), 0, "{}: {}", variant.name, told(&record));
    }
}

#[test]
fn what_a_client_takes_for_success_is_found() {
    for (name, row) in [
        ("takes-any-200", req::OK_STATUS_WITHOUT_RESPONSE),
        ("takes-any-envelope", req::ENVELOPE_ROOT),
        ("takes-loose-comments", req::OK_STATUS_WITHOUT_RESPONSE),
        ("breaks-off-on-comments", req::CLIENT_COMES_TO_AN_END),
    ] {
        let mutant = client_mutants().find(|mutant| mutant.name == name).expect(name);
        let record = fuzzed(mutant, 800);
        let failed = failed(&record);
        assert!(!failed.is_empty() && failed.iter().all(|found| *found == row), "{name}: {}", told(&record));
        // What a client takes is one fault; where it breaks off, that may come of several.
        assert!(failed.len() == 1 || row == req::CLIENT_COMES_TO_AN_END, "{name}: {}", told(&record));
        // It is made as small as one edit, or the answer of a case.
        let sizes = record.entries.iter().filter_map(|entry| entry.fuzzed.as_ref()).map(|it| it.input.len());
        assert!(sizes.into_iter().all(|size| size <= 2), "{name}: {}", told(&record));
    }
}

/// What is sent does not depend on how many clients run side by side, and a record says the same when it is judged
/// again.
#[test]
fn the_same_seed_finds_the_same_and_verifies() {
    let found = |jobs| {
        let options = AnswerOptions { jobs, requests: Some(300), ..AnswerOptions::new("a client") };
        let mutant = client_mutants().find(|mutant| mutant.name == "takes-any-operation").expect("a mutant");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let campaign = fuzz_client(ClientTarget::in_process(mutant), &options, &NobodyWatches);
        runtime.expect("a runtime").block_on(campaign).expect("a port")
    };
    let (one, four) = (found(1), found(4));
    assert!(!one.entries.is_empty(), "{}", told(&one));
    let ids = |record: &Record| record.planned.clone();
    assert_eq!(ids(&one), ids(&four));
    let bytes = one.save().expect("a record");
    let verified = Verification::with(&bytes, &judge_fuzzed).expect("a record");
    assert_eq!((verified.judged, verified.discrepancies.len()), (one.entries.len(), 0), "{verified:?}");
}

/// A client that looks for a word in what comes with 200.
const SEARCHES: &str = r#"import sys, urllib.error, urllib.request
body = ('<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        '<s:Body><Disconnect xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><CallId>'
        + sys.argv[2] + '</CallId></Disconnect></s:Body></s:Envelope>')
action = '"http://schemas.microsoft.com/exchange/services/2006/messages/Disconnect"'
request = urllib.request.Request(sys.argv[1], body.encode(), {
    "content-type": "text/xml; charset=utf-8", "soapaction": action})
try:
    text = urllib.request.urlopen(request).read()
except urllib.error.HTTPError:
    text = b""
if b"DisconnectResponse" not in text:
    print("refused", file=sys.stderr)
    sys.exit(1)
"#;

#[test]
fn a_program_is_fuzzed_and_its_finding_replayed() {
    if !needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (program, repro) = (folder.path().join("client.py"), folder.path().join("repro"));
    fs::write(&program, SEARCHES).expect("a file");
    let command = format!("python3 {} {{url}} {{call-id}}", program.display());
    let (repro, record) = (repro.to_str().expect("a path"), folder.path().join("record.jsonl"));
    let record = record.to_str().expect("a path");
    let bounds = ["--requests", "60", "--seed", "3", "--repro", repro, "--record", record];
    let output = umspec(&[&["fuzz", "--client", &command][..], &bounds].concat());
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", stderr(&output));
    let id = fs::read_dir(repro).expect("folders").next().expect("a folder").expect("an entry").file_name();
    let id = id.to_str().expect("a name");
    assert!(text.contains(id), "{text}");
    let message = fs::read_to_string(folder.path().join("repro").join(id).join("message.xml"));
    assert!(message.expect("the message").contains("DisconnectResponse"));

    let without = umspec(&["replay", id, "--mock", "strict", "--repro", repro]);
    assert!(stderr(&without).contains("for umspec replay --client CMD"), "{}", stderr(&without));
    let again = umspec(&["replay", &format!("fuzz/{id}"), "--client", &command, "--repro", repro]);
    assert!(stdout(&again).starts_with(&format!("FAILED  {id}: it reports success")), "{}", stdout(&again));
    assert_eq!(again.status.code(), Some(1));
    let own = format!("{} call {{url}} {{call-id}}", env!("CARGO_BIN_EXE_umspec"));
    let fixed = umspec(&["replay", id, "--client", &own, "--record", record]);
    assert_eq!(stdout(&fixed), format!("FIXED  {id}\n"), "{}", stderr(&fixed));
    let shown = stdout(&umspec(&["report", record, &format!("fuzz/{id}")]));
    assert!(shown.contains("it reports success") && shown.contains("DisconnectResponse"), "{shown}");
    let verified = umspec(&["verify", record]);
    assert_eq!(verified.status.code(), Some(0), "{}", stdout(&verified));
}

#[test]
fn options_that_mean_nothing_to_a_client_are_refused() {
    for option in [&["--journal", "x"][..], &["--shard", "1/2"], &["--blind"], &["--risk", "0.1"]] {
        let output = umspec(&[&["fuzz", "--client", "true"][..], option].concat());
        assert_eq!(output.status.code(), Some(2), "{option:?}: {}", stderr(&output));
    }
    let nothing = umspec(&["fuzz"]);
    assert!(stderr(&nothing).contains("--client CMD"), "{}", stderr(&nothing));
}
