//! What the verdicts of clients are worth, and clients that are programs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use umspec::catalogue::{ClientCase, client_case, client_cases};
use umspec::evidence::{Client, ClientCall, ClientEnd};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{ClientMutant, LifeClient, ReferenceClient, client_mutants};
use umspec::proof::{
    client_sham_scores, reference_client_verdicts, run_client_in_process, told_client_cases,
};
use umspec::protocol::{Profile, req};
use umspec::record::{Conclusion, Record};

use crate::support::{root, snapshots};

#[test]
fn the_reference_client_passes_every_case_in_both_profiles() {
    for profile in [Profile::Interop, Profile::Strict] {
        let verdicts = reference_client_verdicts(profile).expect("a run on loopback");
        assert_eq!(verdicts.keys().collect::<Vec<_>>(), [&Verdict::Pass], "{verdicts:?}");
    }
}

/// A case is tried again before it fails for a crash or a time-out.
#[test]
fn what_happens_once_in_two_tries_is_flaky() {
    let cases: Vec<_> = ["answer-line/chunked"].map(|id| client_case(id).expect("a case")).to_vec();
    for (end, verdict) in
        [(ClientEnd::Crashed("exit 139".to_owned()), Verdict::Warn), (ClientEnd::Hung, Verdict::Note)]
    {
        let tried = AtomicUsize::new(0);
        let client = move |call: &ClientCall<'_>| {
            let told = Client::disconnect(&ReferenceClient, call);
            let is_first = !call.url.contains("/control/") && tried.fetch_add(1, Ordering::Relaxed) == 0;
            if is_first { end.clone() } else { told }
        };
        let record = run_client_in_process(client, Grading::default(), &cases).expect("a run");
        let judgement = &record.entries[0].judgement;
        assert_eq!(judgement.verdict, verdict, "{judgement:?}");
        assert!(judgement.findings[0].observed.contains("in 1 of 2 tries"), "{judgement:?}");
        let saved = Record::load(&record.save().expect("JSON")).expect("a record");
        assert_eq!(saved, record, "the try before stands in the record");
    }
}

/// A client that knows names of fields in one spelling alone is judged, and told so.
#[test]
fn a_client_that_wants_capitals_in_names_is_judged_all_the_same() {
    let cases: Vec<_> = ["answer-line/chunked", "answer-field/names-in-capitals", "answer-field/value-empty"]
        .map(|id| client_case(id).expect("a case"))
        .to_vec();
    let client = |call: &ClientCall<'_>| {
        let got = bare_post(call);
        let is_read = got.contains("Content-Type: text/xml") && got.contains("<DisconnectResponse");
        if got.starts_with("HTTP/1.1 200") && is_read { ClientEnd::Disconnected } else { ClientEnd::Refused }
    };
    let record = run_client_in_process(client, Grading::default(), &cases).expect("a run");
    assert_eq!(record.established().problem(), None);
    let found: Vec<_> = record.control.findings.iter().map(|finding| finding.check.word()).collect();
    assert!(found.contains(&"field"), "{found:?}");
    let verdicts: Vec<_> = record.entries.iter().map(|entry| entry.judgement.verdict).collect();
    assert_eq!(verdicts, [Verdict::Pass, Verdict::Fail, Verdict::Pass]);
}

/// A client that says the same wrong thing each time has one finding for it, and cases that pass.
#[test]
fn what_is_in_every_request_is_found_once() {
    let name = "sends-encoding-style";
    let client = client_mutants().find(|mutant| mutant.name == name).expect("a mutant");
    let record = run_client_in_process(client, Grading::default(), &told_client_cases()).expect("a run");
    let cited: Vec<_> = record.control.findings.iter().map(|finding| finding.requirement).collect();
    assert_eq!(cited, [req::NO_ENCODING_STYLE]);
    assert_eq!(record.counts().passed, told_client_cases().len(), "{:?}", record.control.findings);
}

#[test]
fn shams_pass_nothing() {
    for (name, score) in client_sham_scores().expect("a run on loopback") {
        assert_eq!((score.total(), score.not_judged), (0, told_client_cases().len()), "{name}: {score:?}");
    }
}

/// How many cases kill a mutant depends on when a busy machine lets it end; which one is named does not.
#[test]
fn the_cases_named_for_mutants_are_as_reviewed() {
    let mut out = String::new();
    for ClientMutant { name, about, killed_by, .. } in client_mutants() {
        out.push_str(&format!("{name}  {}  {}  {about}\n", killed_by.requirement, killed_by.case));
    }
    snapshots().bind(|| insta::assert_snapshot!("kill-matrix-clients", out));
}

fn lives() -> Vec<&'static ClientCase> {
    client_cases().iter().filter(|case| case.is_life()).collect()
}

fn live(client: LifeClient) -> Record {
    run_client_in_process(client, Grading::default(), &lives()).expect("a run on loopback")
}

#[test]
fn a_client_that_places_its_calls_is_judged_by_what_it_asks_for() {
    let record = live(LifeClient::Reference);
    assert_eq!(record.counts().passed, lives().len(), "{:?}", record.causes());
    let mut killed: BTreeSet<String> = BTreeSet::new();
    for (client, killed_by) in LifeClient::MUTANTS {
        let (case, requirement) = (killed_by.case, killed_by.requirement);
        let record = live(client);
        // A client that cannot do the plain thing has no control; its breaches are told all the same.
        let of = |id: &str| record.entries.iter().find(|entry| entry.case == id).expect("an entry");
        let findings = of(case).judgement.findings.iter().chain(&record.control.findings);
        let cited: Vec<_> = findings.map(|finding| finding.requirement).collect();
        let by_control = record.established().problem().is_some();
        assert!(by_control || cited.contains(&requirement), "{client:?}: {:?}", of(case).judgement);
        let noticed = record.entries.iter().filter(|entry| entry.judgement.verdict >= Verdict::Warn);
        killed.extend(noticed.filter(|entry| entry.judgement.verdict.is_judged()).map(|e| e.case.clone()));
    }
    // The plain one is the control: what is wrong there is wrong with every request.
    let told = lives().into_iter().map(|case| &*case.id).filter(|id| *id != "life/plain");
    let idle: Vec<&str> = told.filter(|id| !killed.contains(*id)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn a_record_of_a_client_is_judged_again_and_holds_no_secret() {
    let client = client_mutants().next().expect("a mutant");
    let record = run_client_in_process(client, Grading::default(), &told_client_cases()[..60]);
    let record = record.expect("a run");
    let bytes = record.save().expect("JSON");
    let loaded = Record::load(&bytes).expect("a record");
    assert_eq!(loaded, record);
    let again = loaded.judge_again();
    assert!(again.differences.is_empty() && !again.control_differs);
    assert_eq!(again.judged, loaded.counts().run);
    assert!(loaded.control.findings.iter().any(|finding| finding.verdict == Verdict::Fail));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("(hidden)") && !text.contains("dW1zcGVjOnVtc3BlYw"));
}

/// Same client, same record: neither the number of lanes nor the port shows in it.
#[test]
fn a_record_of_a_client_is_the_same_every_time() {
    let quick: Vec<_> = told_client_cases().into_iter().filter(|case| !case.waits).take(120).collect();
    let run = || {
        let client = |call: &ClientCall<'_>| {
            umspec::evidence::Client::disconnect(&umspec::mock::ReferenceClient, call)
        };
        let mut record = run_client_in_process(client, Grading::default(), &quick).expect("a run");
        record.times = umspec::record::Times::default();
        record
    };
    assert_eq!(run(), run());
}

#[test]
fn what_crashes_hangs_or_lies_is_told_apart() {
    let cases: Vec<_> =
        ["answer-body/page-500", "answer-wait/no-answer"].map(|id| client_case(id).expect("a case")).to_vec();
    for (end, verdict) in [
        (ClientEnd::Disconnected, Verdict::Fail),
        (ClientEnd::Crashed("exit 3".to_owned()), Verdict::Fail),
        (ClientEnd::Hung, Verdict::Fail),
        (ClientEnd::Refused, Verdict::Pass),
    ] {
        let lie = end.clone();
        let client = move |call: &ClientCall<'_>| {
            let told = umspec::evidence::Client::disconnect(&umspec::mock::ReferenceClient, call);
            if call.url.contains("/control/") { told } else { lie.clone() }
        };
        let record = run_client_in_process(client, Grading::default(), &cases).expect("a run");
        for entry in &record.entries {
            // To wait for what never comes lacks a limit, and is no more than a warning.
            let is_endless = end == ClientEnd::Hung && entry.case == "answer-wait/no-answer";
            let verdict = if is_endless { Verdict::Warn } else { verdict };
            assert_eq!(entry.judgement.verdict, verdict, "{end:?} {}: {:?}", entry.case, entry.judgement);
        }
    }
}

/// Libraries look at a URL before they use it; the request that counts is the one that asks.
#[test]
fn a_look_before_the_request_is_no_breach() {
    let cases: Vec<_> = ["request/twice", "answer-line/chunked", "client-id/illegal-escape"]
        .map(|id| client_case(id).expect("a case"))
        .to_vec();
    let client = |call: &ClientCall<'_>| {
        let (host, path) =
            call.url.strip_prefix("http://").and_then(|url| url.split_once('/')).expect("a URL");
        get(&format!("http://{host}"), &format!("/{path}"));
        umspec::evidence::Client::disconnect(&umspec::mock::ReferenceClient, call)
    };
    let record = run_client_in_process(client, Grading::default(), &cases).expect("a run");
    assert_eq!(record.counts().passed, cases.len(), "{:?}", record.causes());
}

#[test]
fn without_credentials_cases_about_them_are_skipped() {
    let cases: Vec<_> = client_cases().iter().filter(|case| case.credentials).collect();
    let client = |call: &ClientCall<'_>| {
        let got = bare_post(call);
        if got.starts_with("HTTP/1.1 200") { ClientEnd::Disconnected } else { ClientEnd::Refused }
    };
    let record = run_client_in_process(client, Grading::default(), &cases).expect("a run");
    assert_eq!(record.counts().skipped, cases.len());
    assert_eq!(record.conclusion(false), Conclusion::NotJudged);
}

fn bare_post(call: &ClientCall<'_>) -> String {
    let (host, path) = call.url.strip_prefix("http://").and_then(|url| url.split_once('/')).expect("a URL");
    let body = format!("<a>{}</a>", call.call_id);
    let mut stream = std::net::TcpStream::connect(host).expect("a connection");
    let head = format!("POST /{path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all((head + &body).as_bytes()).expect("sent");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

fn umspec(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_umspec"));
    let output = command.args(arguments).current_dir(root()).output().expect("the binary");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), text + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn wrong_commands_are_told_in_a_line() {
    for (command, expected, status) in [
        ("true {call-id}", "--client needs {url}", 2),
        ("true {url} 'open", "is no command line", 2),
        ("no-such-program-of-umspec {url} {call-id}", "breaks off", 3),
        ("true {url} {call-id}", "No request came that names the call", 3),
        ("false {url} {call-id}", "reports a failure", 3),
        ("true {url}", "No request came that names the call", 3),
    ] {
        let (code, text) = umspec(&["run", "--client", command]);
        assert_eq!(code, Some(status), "{command}\n{text}");
        assert!(text.contains(expected), "{command}\n{text}");
    }
}

/// A client that nobody starts: a person points it at a URL, and looks at the report.
#[test]
fn cases_are_served_by_url_and_told_at_report() {
    struct Stopped(std::process::Child);
    impl Drop for Stopped {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
    let mock = Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["mock", "--cases", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary");
    let mut mock = Stopped(mock);
    let mut output = BufReader::new(mock.0.stdout.take().expect("a pipe"));
    let mut line = String::new();
    output.read_line(&mut line).expect("a line");
    let base = line.split(' ').find(|word| word.starts_with("http://")).expect("a URL");
    let base = base.trim_end_matches("/case/ID").to_owned();

    let call =
        |path: &str| umspec(&["call", &format!("{base}{path}"), umspec::protocol::names::SAMPLE_CALL_ID]).0;
    assert_eq!(call("/case/answer-line/chunked"), Some(0));
    assert_eq!(call("/case/answer-body/page-200"), Some(1));
    assert_eq!(call("/next"), Some(0));
    assert_eq!(call("/case/no/such"), Some(1));
    // Which id a person uses is nobody's business, but for cases that are about it.
    let any = format!("{base}/case/answer-status/fault-with-200");
    assert_eq!(umspec(&["call", &any, "other"]).0, Some(1));
    let wrong = format!("{base}/case/client-id/ampersand");
    assert_eq!(umspec(&["call", &wrong, "ab"]).0, Some(0));

    let report = get(&base, "/report");
    assert!(report.contains("FAIL  UMD-R158 ") && report.contains("client-id/ampersand"), "{report}");
    assert!(report.contains("judged    5 = passed 4 + noted 0 + warned 0 + failed 1"), "{report}");
    let json = get(&base, "/report.json");
    let body = json.split_once("\r\n\r\n").expect("a head").1;
    let record = Record::load(body.as_bytes()).expect("a record");
    let judged: BTreeMap<&str, Verdict> = record
        .entries
        .iter()
        .filter(|entry| entry.is_run())
        .map(|entry| (entry.case.as_str(), entry.judgement.verdict))
        .collect();
    assert_eq!(judged.len(), 5, "{judged:?}");
    assert!(
        get(&base, "/case/answer-line/chunked?wsdl").contains(&format!("{base}/case/answer-line/chunked"))
    );
}

fn get(base: &str, path: &str) -> String {
    let host = base.strip_prefix("http://").expect("a URL");
    let mut stream = std::net::TcpStream::connect(host).expect("a connection");
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}
