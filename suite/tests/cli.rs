//! The command line through its binary.

use std::fs;

use umspec::message;
use umspec::protocol::{ledger, names};
use umspec::record::Record;

use crate::peer::{Peer, Reaction};
use crate::support::{free_port, needs, stderr, stdout, umspec, umspec_with};

fn code(args: &[&str]) -> Option<i32> {
    umspec(args).status.code()
}

#[test]
fn without_a_server_the_strict_mock_is_judged_and_it_says_so() {
    let output = umspec(&["run"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", stderr(&output));
    assert!(text.contains("the built-in strict mock (no --server was given)"), "{text}");
    assert!(text.contains("failed 0"), "{text}");
    assert!(!text.contains('\u{1b}'), "control codes without a terminal");
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn a_flawed_mock_fails_with_one_block_for_a_finding() {
    let output = umspec(&["run", "--mock", "ignores-namespace", "namespace"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in [
        "FAIL",
        "UMD-R067",
        "expected",
        "observed",
        "200 DisconnectResponse",
        "umspec show namespace/",
        "--curl",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

#[test]
fn a_refused_port_is_3_and_told_in_one_line() {
    let port = free_port();
    let output = umspec(&["run", "--server", &format!("http://127.0.0.1:{port}/")]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("refused; is the server running"), "{text}");
}

#[test]
fn nothing_selected_is_4() {
    for args in [
        &["run", "no-such-family"][..],
        &["run", "--filter", "*no-such*"],
        &["run", "--skip", "no-such"],
        &["run", "namespace", "--skip", "namespace"],
        &["list", "no-such"],
    ] {
        let output = umspec(args);
        assert_eq!(output.status.code(), Some(4), "{args:?}");
        assert_eq!(stderr(&output).lines().count(), 1, "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn errors_of_the_user_get_one_line_and_2() {
    for args in [
        &["run", "--server", "um.example"][..],
        &["run", "--server", "ftp://um.example/"],
        &["run", "--server", "http://me:secret@um.example/"],
        &["run", "--mock", "no-such"],
        &["run", "@/no/such/file"],
        &["run", "--record", "/no/such/folder/record.json"],
        &["run", "--server", "http://127.0.0.1:9/", "--cacert", "/no/such/file"],
        &["run", "--server", "http://127.0.0.1:9/", "-H", "secret"],
        &["run", "--server", "http://127.0.0.1:9/", "--user", "secret"],
        &["explain", "no/such"],
        &["show", "no/such"],
        &["call", "no-url", "some-id"],
        &["report", "/no/such/file"],
        &["verify", "/no/such/file"],
    ] {
        let output = umspec(args);
        let line = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {line}");
        assert_eq!(line.lines().count(), 1, "{args:?}: {line}");
        assert!(!line.contains("secret"), "{args:?}: {line}");
    }
    assert_eq!(code(&["run", "--profile", "no-such"]), Some(2));
    assert_eq!(code(&["run", "--timeout", "soon"]), Some(2));
    assert_eq!(code(&["run", "--play-on-phone", "--server", "http://127.0.0.1:9/"]), Some(2));
}

#[test]
fn selection_by_family_glob_level_requirement_and_file() {
    let ids = |args: &[&str]| -> Vec<String> {
        let text = stdout(&umspec(&[&["list"], args].concat()));
        text.lines().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
    };
    assert!(ids(&["call-id"]).iter().all(|id| id.starts_with("call-id/")));
    assert!(ids(&["call-id/empty*"]).iter().all(|id| id.starts_with("call-id/empty")));
    assert_eq!(ids(&["call-id/empty-cdata"]), ["call-id/empty-cdata"]);
    assert!(ids(&["--filter", "*cdata*"]).iter().all(|id| id.contains("cdata")));
    let both = ids(&["call-id/empty*", "--requirement", "R082"]);
    assert!(!both.is_empty() && both.len() <= ids(&["call-id/empty*"]).len());
    assert!(!ids(&["--level", "must"]).is_empty());
    assert!(ids(&["--slow"]).len() > ids(&[]).len());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cases");
    fs::write(&path, "# two\ncall-id/empty-open-close\nlifecycle/greeting-call # the other\n")
        .expect("a file");
    assert_eq!(
        ids(&[&format!("@{}", path.display())]),
        ["call-id/empty-open-close", "lifecycle/greeting-call"]
    );
}

#[test]
fn records_go_to_files_and_to_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let (record, junit) = (folder.path().join("r.json"), folder.path().join("r.xml"));
    let (record, junit) = (record.to_str().expect("a path"), junit.to_str().expect("a path"));
    assert_eq!(code(&["run", "namespace", "--record", record, "--junit", junit]), Some(0));
    let saved = Record::load(&fs::read(record).expect("a record")).expect("a record");
    assert!(!saved.entries.is_empty());
    assert!(fs::read_to_string(junit).expect("a report").contains("<testsuites"));
    assert_eq!(code(&["verify", record]), Some(0));
    let again = stdout(&umspec(&["report", record]));
    assert!(again.contains("failed 0"), "{again}");

    let output = umspec(&["run", "--record", "-", "lifecycle"]);
    assert!(Record::load(&output.stdout).is_ok());
    assert!(stderr(&output).contains("judged"), "the report goes to standard error");
}

#[test]
fn a_changed_record_does_not_verify() {
    let output = umspec(&["run", "--record", "-", "namespace/disconnect-types"]);
    let text = stdout(&output).replacen("\"verdict\":\"pass\"", "\"verdict\":\"fail\"", 1);
    let verified = umspec_with(&["verify", "-"], text.as_bytes());
    assert_eq!(verified.status.code(), Some(1), "{}", stdout(&verified));
}

#[test]
fn explain_and_show_tell_what_is_sent() {
    let text = stdout(&umspec(&["explain", "call-id/empty-open-close"]));
    for part in ["UMD-R082", "MS-OXWUMS 3.1.4.1", "allowed", "never", "<CallId></CallId>"] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    // An id of three cases: a value that a client is given, and one that a parser reads.
    let of_client = stdout(&umspec(&["explain", "value/word-true"]));
    assert!(of_client.contains("UMD-R085") && !of_client.contains("\nreading "), "{of_client}");
    let of_parser = stdout(&umspec(&["explain", "value/word-true", "--subject", "parser"]));
    assert!(of_parser.contains("\nreading   accepted as \"true\"\n"), "{of_parser}");
    let text = stdout(&umspec(&["explain", "R082"]));
    assert!(text.contains("call-id/empty-open-close"), "{text}");
    let raw = stdout(&umspec(&["show", "call-id/empty-open-close", "--raw"]));
    assert!(raw.starts_with("POST /EWS/UM2007Legacy.asmx HTTP/1.1\r\n"), "{raw}");
    let hex = stdout(&umspec(&["show", "call-id/empty-open-close", "--hex"]));
    assert!(hex.starts_with("00000000  50 4f 53 54 20"), "{hex}");
}

/// A row of the table is a kind of report for both commands, which write the same of the same record.
#[test]
fn every_format_is_a_kind_of_report_of_run_and_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let record = path("record.json");
    let formats = umspec::report::FORMATS;
    let asked = |by: &str| -> Vec<String> {
        let asked = |format: &umspec::report::Format| {
            format!("{}={}", format.name, path(&(by.to_owned() + format.name)))
        };
        formats.iter().flat_map(|format| ["--report".to_owned(), asked(format)]).collect()
    };
    let with = |args: &[&str], by: &str| {
        let asked = asked(by);
        code(&args.iter().copied().chain(asked.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    assert_eq!(with(&["run", "namespace", "--record", &record, "--junit", &path("junit")], "run"), Some(0));
    assert_eq!(with(&["report", &record], "report"), Some(0));
    for format in formats {
        let of = |by: &str| fs::read(path(&(by.to_owned() + format.name))).expect("a report");
        assert!(!of("run").is_empty() && of("run") == of("report"), "{}", format.name);
    }
    assert_eq!(fs::read(path("junit")).expect("a report"), fs::read(path("runjunit")).expect("a report"));
}

#[test]
fn the_curl_line_sends_what_the_case_sends() {
    if !needs("curl") {
        return;
    }
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&seen);
    let peer = Peer::start(move |request, answer| {
        sink.lock().expect("a lock").push((request.method.to_owned(), request.body.to_vec()));
        Reaction::of(&answer())
    });
    for case in ["call-id/empty-open-close", "encoding/utf-16-le-declared", "http/get-with-body"] {
        let listed = stdout(&umspec(&["list", case]));
        let Some(case) = listed.split(' ').next().filter(|case| !case.is_empty()) else { continue };
        let line = stdout(&umspec(&["show", case, "--curl", "--server", &peer.url()]));
        let body = umspec(&["show", case, "--body"]).stdout;
        let status = std::process::Command::new("sh").args(["-c", &line]).output().expect("a shell").status;
        assert!(status.success(), "{line}");
        let (_, sent) = seen.lock().expect("a lock").pop().expect("a request");
        assert_eq!(sent, body, "{line}");
    }
}

#[test]
fn the_reference_client_tells_success_from_fault() {
    let peer = Peer::constant(|| Reaction::xml(200, &message::write_success()));
    let output = umspec(&["call", &peer.url(), "some-id"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "disconnected\n"));
    let peer = Peer::constant(|| Reaction::xml(200, &message::write_invalid_call_id()));
    let output = umspec(&["call", &peer.url(), "some-id"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(names::INVALID_CALL_ID));
    let peer = Peer::constant(|| Reaction::http(500, "content-type: text/html\r\n", b"<html>"));
    assert_eq!(code(&["call", &peer.url(), "some-id"]), Some(1));
    assert_eq!(code(&["call", "http://127.0.0.1:9/", "some-id"]), Some(1));
    assert_eq!(code(&["call", "http://127.0.0.1:9/", ""]), Some(1));
}

#[test]
fn the_reference_reader_reads_and_refuses() {
    let request = message::write_request(umspec::protocol::Operation::Disconnect, &["a&b"]);
    let output = umspec_with(&["parse", "request"], request.as_bytes());
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "a&b\n"));
    let output = umspec_with(&["parse", "request"], request.replace("a&amp;b", "").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("an empty CallId at byte"), "{}", stderr(&output));
    let output = umspec_with(&["parse", "reply"], message::write_success().as_bytes());
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "DisconnectResponse\n"));
    let output = umspec_with(&["parse", "reply"], b"<html/>");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn descriptions_and_completions_are_printed() {
    assert!(stdout(&umspec(&["wsdl"])).contains("definitions"));
    assert!(stdout(&umspec(&["wsdl", "messages"])).contains("DisconnectResponse"));
    assert!(stdout(&umspec(&["completions", "bash"])).contains("umspec"));
    assert!(stdout(&umspec(&["list", "--mocks"])).starts_with("strict  "));
    assert_eq!(stdout(&umspec(&["list", "--requirements"])).lines().count(), ledger::requirements().count());
    let help = stdout(&umspec(&["run", "--help"]));
    for part in ["Exit codes", "130", "--restart-cmd", "--play-on-phone"] {
        assert!(help.contains(part), "no {part}");
    }
}

#[test]
fn the_mock_serves_until_it_is_stopped() {
    use std::io::{BufRead as _, BufReader};
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["mock", "--listen", "127.0.0.1:0", "--user", "me:secret"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the mock");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let url = line.trim().rsplit(' ').next().expect("a URL").to_owned();
    let refused = umspec(&["run", "--server", &url, "namespace/disconnect-types"]);
    let judged = umspec(&[
        "run",
        "--server",
        &url,
        "--user",
        "me:secret",
        "--play-on-phone",
        "--entry-id",
        "ZQ==",
        "--dial-string",
        "5550100",
        "namespace/disconnect-types",
        "lifecycle",
        "auth",
    ]);
    let _ = child.kill();
    let _ = child.wait();
    assert_eq!(refused.status.code(), Some(3), "{}", stdout(&refused));
    assert!(stdout(&refused).contains("give --user or --bearer"), "{}", stdout(&refused));
    assert_eq!(judged.status.code(), Some(0), "{}", stdout(&judged));
    assert!(!stdout(&judged).contains("secret"));
}

#[test]
fn an_interrupted_run_leaves_its_partial_record() {
    // Slow enough that the run is under way when it is interrupted.
    let peer = Peer::start(|_, answer| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        Reaction::of(&answer())
    });
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.json");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["run", "--server", &peer.url(), "--record", path.to_str().expect("a path")])
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the binary");
    // The record is written on the way.
    let judged =
        || fs::read(&path).ok().and_then(|bytes| Record::load(&bytes).ok()).map(|r| r.counts().judged);
    let waited = std::time::Instant::now();
    while judged().unwrap_or_default() == 0 && waited.elapsed() < std::time::Duration::from_secs(30) {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.expect("kill").success());
    assert_eq!(child.wait().expect("its end").code(), Some(130));
    let record = Record::load(&fs::read(&path).expect("a record")).expect("a record");
    assert!(record.interrupted);
    let counts = record.counts();
    assert!(counts.judged > 0 && counts.not_judged > 0, "{counts:?}");
}

#[test]
fn a_server_that_dies_is_started_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("server.py");
    // A server that ends on a namespace near-miss and refuses everything else as malformed or, for
    // well-formed ids, as unknown.
    fs::write(
        &script,
        r"
import http.server, os, sys
FAULT = open(sys.argv[2]).read().encode()
MALFORMED = open(sys.argv[3]).read().encode()
class H(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('content-length', 0)))
        if b'2006/types' in body: os._exit(1)
        answer = FAULT if body.endswith(b'</soap:Envelope>') and b'urn:' not in body and b'<CallId>' in body else MALFORMED
        self.send_response(500); self.send_header('content-type', 'text/xml; charset=utf-8')
        self.send_header('content-length', str(len(answer))); self.end_headers(); self.wfile.write(answer)
    def log_message(self, *a): pass
class S(http.server.ThreadingHTTPServer):
    request_queue_size = 64
S(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
",
    )
    .expect("a script");
    if !needs("python3") {
        return;
    }
    let (fault, malformed) = (folder.path().join("fault"), folder.path().join("malformed"));
    fs::write(&fault, message::write_invalid_call_id()).expect("a file");
    fs::write(&malformed, message::write_malformed()).expect("a file");
    let port = free_port();
    let pid = folder.path().join("pid");
    let command = format!(
        "python3 {} {port} {} {} & echo $! > {}",
        script.display(),
        fault.display(),
        malformed.display(),
        pid.display()
    );
    assert!(
        std::process::Command::new("sh")
            .args(["-c", &command])
            .stdout(std::process::Stdio::null())
            .status()
            .expect("a shell")
            .success()
    );
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let url = format!("http://127.0.0.1:{port}/");
    let selected = ["namespace/disconnect-types", "namespace/disconnect-errors", "envelope/body-empty*"];
    let args = [&["run", "--server", &url, "--restart-cmd", &command], &selected[..]].concat();
    let output = umspec(&args);
    if let Ok(pid) = fs::read_to_string(&pid) {
        let _ = std::process::Command::new("kill").arg(pid.trim()).status();
    }
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", stderr(&output));
    // A process that is just ending may still take the connection of the next request, and reset it.
    let gone = ["the server is gone", "the connection ended before an answer"];
    let alive = text.split("UMD-R186").nth(1).expect("a finding that it is not alive");
    assert!(gone.iter().any(|words| alive.contains(words)), "{text}");
    assert!(text.contains("not judged 0"), "the other cases go on after the restart\n{text}");
}
