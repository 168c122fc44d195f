//! What `umspec show` and `umspec report` tell of the exchange behind a finding.

use std::fs;

use umspec::catalogue::{client_cases, parser_cases};
use umspec::evidence::Parsed;
use umspec::judge::Grading;
use umspec::message::MessageKind;
use umspec::mock::{Service, client_mutants};
use umspec::proof::run_client_in_process;
use umspec::protocol::Profile;
use umspec::record::{Record, Unwatched};
use umspec::report::exchange;
use umspec::run::{ParserOptions, run_parser_in_process};

use crate::support::{cases, mutant, needs, run_mock, snapshots, stderr, stdout, umspec};

/// What a record has of a case.
fn view(record: &Record, case: &str) -> String {
    exchange(record, case).expect("the case")
}

fn server(service: Service, case: &str) -> Record {
    let mut record = run_mock(service, Profile::Interop, &cases(&[case]), 1);
    record.options =
        ["--server", "http://um.example/EWS/UM.asmx", "--user", "USER:PASSWORD"].map(str::to_owned).into();
    record
}

#[test]
fn a_finding_of_a_server_is_shown_with_its_exchange() {
    let record = server(mutant("ignores-namespace"), "namespace/disconnect-types");
    snapshots()
        .bind(|| insta::assert_snapshot!("exchange-server", view(&record, "namespace/disconnect-types")));
}

/// What a server does to the request after the one of the case is what its finding is about.
#[test]
fn the_plain_request_that_was_not_answered_is_shown_too() {
    let record = server(mutant("tainted-by-soap12"), "envelope/soap12");
    let told = view(&record, "envelope/soap12");
    let (_, also) =
        told.split_once("\nalso      the plain request after it\n").expect("the request after it");
    assert!(also.contains("POST /EWS/UM2007Legacy.asmx") && also.contains("<Disconnect"), "{told}");
}

#[test]
fn a_sequence_is_shown_step_by_step() {
    let record = server(Service::strict(), "lifecycle/disconnect-connecting-call");
    snapshots().bind(|| {
        insta::assert_snapshot!("exchange-sequence", view(&record, "lifecycle/disconnect-connecting-call"));
    });
}

#[test]
fn a_request_that_went_byte_by_byte_is_shown_so() {
    let record = server(Service::strict(), "field/names-as-registered");
    snapshots().bind(|| insta::assert_snapshot!("exchange-raw", view(&record, "field/names-as-registered")));
}

#[test]
fn what_a_client_sent_is_shown_beside_a_right_request() {
    let mutant = client_mutants().find(|mutant| mutant.name == "sends-near-namespace").expect("a mutant");
    let case = client_cases().iter().find(|case| case.id == "client-id/one-character").expect("a case");
    let record = run_client_in_process(mutant, Grading::default(), &[case]).expect("a port");
    snapshots().bind(|| insta::assert_snapshot!("exchange-client", view(&record, &case.id)));
}

#[test]
fn what_a_parser_was_given_and_printed_is_shown() {
    // It takes any message that names an id.
    let parser = |_: MessageKind, message: &[u8]| match umspec::message::read_request(message, None) {
        Ok(request) => Parsed::Accepted(request.call_id().unwrap_or_default().to_owned()),
        Err(refusal) if refusal.to_string().contains("no CallId") => Parsed::Accepted("\u{1B}[2J".to_owned()),
        Err(refusal) => Parsed::Refused(refusal.to_string()),
    };
    let case = parser_cases().iter().find(|case| case.id == "call-id/missing-self-closed").expect("a case");
    let options = ParserOptions { grading: Grading::default(), ..ParserOptions::new("own") };
    let record = run_parser_in_process(parser, &options, &[case], &Unwatched);
    snapshots().bind(|| insta::assert_snapshot!("exchange-parser", view(&record, &case.id)));
}

/// Only what is asked for by name is there, and what is not is told.
#[test]
fn a_record_is_asked_for_a_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.json");
    let path = path.to_str().expect("a path");
    umspec(&["run", "--mock", "ignores-namespace", "namespace/disconnect-types", "--record", path]);
    let shown = stdout(&umspec(&["show", "namespace/disconnect-types", "--record", path]));
    assert_eq!(shown, stdout(&umspec(&["report", path, "namespace/disconnect-types"])));
    assert!(
        shown.contains("again     umspec run --mock ignores-namespace namespace/disconnect-types\n"),
        "{shown}"
    );
    let body = umspec(&["show", "namespace/disconnect-types", "--record", path, "--body"]).stdout;
    assert!(body.ends_with(b"</soap:Envelope>"));
    let missing = umspec(&["show", "namespace/disconnect-type", "--record", path]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("did you mean namespace/disconnect-types?"), "{}", stderr(&missing));
    // What is known of it is told with it, and the exit code is that of the run.
    let known = folder.path().join("known.toml");
    fs::write(&known, "[[known]]\ncase = \"namespace/disconnect-types\"\nreason = \"its next version\"\n")
        .expect("a file");
    let known =
        umspec(&["report", path, "namespace/disconnect-types", "--known", known.to_str().expect("a path")]);
    assert_eq!(known.status.code(), Some(0), "{}", stderr(&known));
    assert!(stdout(&known).contains("\nknown     expected: its next version\n"), "{}", stdout(&known));
}

/// What a program wrote on standard error stands in the record where it failed, without what may be secret, and its
/// verdict does not depend on it.
#[test]
#[cfg(unix)]
fn the_first_lines_of_standard_error_are_kept() {
    if !needs("curl") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let script = "echo \"to $1\" >&2; echo 'Authorization: Basic aHVudGVyMjI=' >&2
printf '\\033[2J no call\\n' >&2
exec \"$0.umspec\" call \"$1\" \"$2x\" 2>/dev/null";
    fs::write(path("client"), format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_umspec"), path("client.umspec")).expect("a link");
    let command = format!("sh {} {{url}} {{call-id}}", path("client"));
    let record = path("record.json");
    umspec(&["run", "--client", &command, "client-id/one-character", "--record", &record]);
    let text = fs::read_to_string(&record).expect("a record");
    assert!(!text.contains("aHVudGVyMjI="), "{text}");
    let shown = stdout(&umspec(&["show", "client-id/one-character", "--record", &record]));
    let lines = "stderr    its first lines\n    to http://{here}/case/client-id/one-character\n    Authorization: (hidden)\n    \\u{1b}[2J no call\n";
    assert!(shown.contains(lines), "{shown}");
}

/// A persistent parser writes to standard error about message after message: what it wrote about the one of a case
/// stands with that case.
#[test]
#[cfg(unix)]
fn what_a_persistent_parser_writes_about_a_message_is_kept_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let script = r#"while read kind length; do
  head -c "$length" > "$0.message"
  if grep -q CDATA "$0.message"; then
    echo "no sections here" >&2
    printf 'password=hunter22\n\033[2J at line 7\n' >&2
    printf 'refused 0\n'
  elif id=$("$0.umspec" parse "$kind" < "$0.message" 2>/dev/null); then
    printf 'accepted %s\n%s' "${#id}" "$id"
  else
    echo "another message" >&2
    printf 'refused 0\n'
  fi
done"#;
    fs::write(path("parser"), script).expect("a script");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_umspec"), path("parser.umspec")).expect("a link");
    let command = format!("sh {}", path("parser"));
    let (record, page) = (path("record.json"), path("page.html"));
    umspec(&[
        "run",
        "--parser",
        &command,
        "--persistent",
        "xml/section-whole",
        "--record",
        &record,
        "--html",
        &page,
    ]);
    let text = fs::read_to_string(&record).expect("a record");
    assert!(!text.contains("hunter22"), "{text}");
    let shown = stdout(&umspec(&["show", "xml/section-whole", "--record", &record]));
    let lines = ["no sections here", "password= (hidden)", "\\u{1b}[2J at line 7"];
    let block = format!("stderr    its first lines\n    {}\n    {}\n    {}\n", lines[0], lines[1], lines[2]);
    assert!(shown.contains(&block), "{shown}");
    let page = fs::read_to_string(&page).expect("a page");
    assert!(page.contains(&lines.join("\n")), "the page does not have it");
}

/// What is served to a client can be seen without one.
#[test]
fn cases_for_clients_and_parsers_are_shown_too() {
    let shown = stdout(&umspec(&["show", "request/twice"]));
    assert!(shown.contains("about what the client sends"), "{shown}");
    let wire = umspec(&["list", "--subject", "client", "answer-line"]);
    let id = stdout(&wire).split(' ').next().expect("a case").to_owned();
    let shown = stdout(&umspec(&["show", &id]));
    assert!(shown.starts_with("answer 1\n    HTTP/1."), "{id}: {shown}");
    let message = umspec(&["show", "text/cr", "--raw"]).stdout;
    assert!(message.starts_with(b"<?xml"), "{message:?}");
}

/// What is wrong with the lines of a request is told with the case.
#[test]
fn the_explanation_of_a_case_on_the_line_has_its_lines() {
    let told = stdout(&umspec(&["explain", "field/names-as-registered"]));
    assert!(told.contains("Content-Type: text/xml; charset=utf-8\\r\\n"), "{told}");
}

/// A script of a sequence does what the sequence does: each call that it places is ended by it.
#[test]
#[cfg(unix)]
fn the_script_of_a_sequence_runs() {
    if !needs("curl") {
        return;
    }
    let port = crate::support::free_port();
    let address = format!("127.0.0.1:{port}");
    let mut mock = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["mock", "--listen", &address])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(mock.stdout.take().expect("a pipe")), &mut line)
        .expect("a line");
    let url = format!("http://{address}/EWS/UM2007Legacy.asmx");
    for (case, answers) in
        [("lifecycle/parallel-different-calls", [6, 0]), ("connection/malformed-between-valid", [7, 1])]
    {
        let script = stdout(&umspec(&["show", case, "--curl", "--server", &url]));
        let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
        let said = format!("{}{}", stdout(&output), stderr(&output));
        let count = |status: &str| said.matches(&format!("HTTP/1.1 {status}")).count();
        assert_eq!([count("200"), count("500")], answers, "{case}: {said}");
    }
    mock.kill().expect("its end");
    mock.wait().expect("its end");
}

/// What every answer shows is found before the cases; what was exchanged there can be looked at as well.
#[test]
fn what_was_exchanged_before_the_cases_is_shown() {
    let record = server(mutant("ignores-namespace"), "call-id/empty-open-close");
    let of_server = view(&record, "control");
    for part in ["a call is placed", "the plain request", "DisconnectResponse", "a malformed request"] {
        assert!(of_server.contains(part), "{part}: {of_server}");
    }
    let case = client_cases().iter().find(|case| case.id == "client-id/one-character").expect("a case");
    let mutant = client_mutants().find(|mutant| mutant.name == "sends-near-namespace").expect("a mutant");
    let record = run_client_in_process(mutant, Grading::default(), &[case]).expect("a port");
    assert!(view(&record, "control").contains("POST"), "{}", view(&record, "control"));
    let case = parser_cases().iter().find(|case| case.id == "call-id/empty-open-close").expect("a case");
    let silent = |_: MessageKind, _: &[u8]| Parsed::Refused("no".to_owned());
    let record = run_parser_in_process(silent, &ParserOptions::new("test"), &[case], &Unwatched);
    assert!(view(&record, "control").contains("refused: no"), "{}", view(&record, "control"));
}
