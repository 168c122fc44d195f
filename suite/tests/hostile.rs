//! Peers that try to hang the judge, to fill its memory, or to leave something behind.

use std::fs;
use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use umspec::catalogue::parser_cases;
use umspec::evidence::{Evidence, Parsed, Parser as _};
use umspec::judge::{Grading, Verdict};
use umspec::message::MessageKind;
use umspec::mock::{Calls, MockLimits, Origin, ReferenceParser, Service};
use umspec::protocol::Profile;
use umspec::record::{Record, Unwatched};
use umspec::run::{Bounds, CallSource, CaseListener, ParserOptions, RunOptions, run_parser_in_process};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, options, run_live, run_server, stderr, stdout, umspec};

/// Far more than any of these takes, and far less than they took.
const SOON: Duration = Duration::from_secs(60);

fn bounded(bounds: Bounds) -> RunOptions {
    RunOptions { bounds, ..options(CallSource::Mock, Profile::Interop) }
}

fn why(record: &Record) -> &str {
    record.ended_early.as_deref().unwrap_or_default()
}

/// A success of this many bytes, most of them in a comment.
fn padded(answer: &crate::peer::Response, bytes: usize) -> Reaction {
    let body = answer.body.replacen("<soap:Body", &format!("<!--{}--><soap:Body", "x".repeat(bytes)), 1);
    Reaction::xml(answer.status, &body)
}

#[test]
fn interim_answers_without_end_are_no_answer_and_cost_no_time() {
    let flood = {
        let head = format!("HTTP/1.1 103 -\r\nx: {}\r\n\r\n", "x".repeat(200_000));
        [head.into_bytes(), b"HTTP/1.1 102 -\r\n\r\n".repeat(200_000)].concat()
    };
    let peer = Peer::start(move |request, answer| {
        if request.method == "POST" && request.body.windows(9).any(|part| part == b"GetCallIn") {
            Reaction::Answer(flood.clone())
        } else {
            Reaction::of(&answer())
        }
    });
    let started = Instant::now();
    let record = run_live(&peer.url(), &["namespace/disconnect-types"]);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    assert_eq!(record.entries.len(), 1);
}

#[test]
fn a_head_that_comes_byte_by_byte_is_looked_at_once() {
    // Each piece is a segment: a reader that began anew with each would look at 200 MB.
    let mut pieces = vec![b"HTTP/1.1 200 OK\r\n".to_vec()];
    pieces.extend((0..400).map(|number| format!("x-{number}: {}\r\n", "y".repeat(1000)).into_bytes()));
    let peer = Peer::constant(move || Reaction::Pieces(pieces.clone()));
    let bounds = Bounds { time: Duration::from_secs(5), ..Bounds::default() };
    let started = Instant::now();
    let record = run_server(&peer.url(), bounded(bounds), &cases(&["namespace/disconnect-types"]));
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    assert_eq!(record.entries[0].judgement.verdict, Verdict::NotJudged);
}

#[test]
fn what_a_run_keeps_is_bounded_and_the_record_says_so() {
    let peer = Peer::start(|_, answer| padded(&answer(), 100_000));
    let bounds = Bounds { kept: 1_000_000, ..Bounds::default() };
    let all = cases(&["namespace"]);
    let record = run_server(&peer.url(), bounded(bounds), &all);
    assert!(
        why(&record).contains("1000000 bytes") && why(&record).contains("--max-kept"),
        "{}",
        why(&record)
    );
    assert_eq!(record.entries.len(), all.len());
    let kept: usize =
        record.entries.iter().filter_map(|entry| entry.evidence.as_ref()).map(Evidence::size).sum();
    assert!((1_000_000..2_400_000).contains(&kept), "{kept}");
    assert!(!record.interrupted);
}

#[test]
fn an_answer_beyond_the_longest_is_incomplete() {
    let peer = Peer::start(|_, answer| padded(&answer(), 1_100_000));
    let record = run_live(&peer.url(), &["namespace/disconnect-types"]);
    assert!(record.entries.iter().all(|entry| !entry.judgement.verdict.is_judged()), "{record:?}");
    let size = record.save().expect("a record").len();
    assert!(size < 12_000_000, "{size}");
}

#[test]
fn a_run_ends_when_its_time_is_up() {
    let peer = Peer::start(|_, answer| {
        std::thread::sleep(Duration::from_millis(20));
        Reaction::of(&answer())
    });
    let bounds = Bounds { time: Duration::from_secs(2), ..Bounds::default() };
    let record = run_server(&peer.url(), bounded(bounds), &cases(&[]));
    assert!(
        why(&record).contains("longer than 2 s") && why(&record).contains("--max-time"),
        "{}",
        why(&record)
    );
    assert!(record.counts().run > 0 && record.counts().not_judged > 500, "{:?}", record.counts());
}

#[test]
fn a_parser_that_says_nothing_is_left_after_a_few_messages() {
    let mut asked = 0;
    let parser = |kind: MessageKind, message: &[u8]| {
        asked += 1;
        // What the control asks is answered.
        if asked < 12 { reference(kind, message) } else { Parsed::Silent }
    };
    let all: Vec<_> = parser_cases().iter().collect();
    let record = run_parser_in_process(parser, &ParserOptions::new("silent"), &all, &Unwatched);
    assert!(why(&record).contains("10 requests in a row"), "{}", why(&record));
    assert!(record.counts().run < 40, "{:?}", record.counts());
    assert!(asked < 100);
}

fn reference(kind: MessageKind, message: &[u8]) -> Parsed {
    ReferenceParser.parse(kind, message)
}

#[cfg(target_os = "linux")]
mod children {
    use super::*;

    /// Processes with this word in their command lines.
    fn alive(mark: &str) -> usize {
        let processes = fs::read_dir("/proc").expect("/proc").filter_map(Result::ok);
        let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        lines.filter(|line| String::from_utf8_lossy(line).contains(mark)).count()
    }

    /// A number of seconds that no other test sleeps for.
    fn mark(number: u32) -> String {
        format!("{}.{number}", 5_000_000 + std::process::id())
    }

    #[test]
    fn what_a_parser_or_a_client_started_ends_with_it() {
        if !crate::support::needs("setsid") {
            return;
        }
        let binary = env!("CARGO_BIN_EXE_umspec");
        let (child, daemon) = (mark(1), mark(2));
        let starts = format!("sleep {child} & setsid sleep {daemon} >/dev/null 2>&1 &");
        let parser = format!("sh -c '{starts} exec \"{binary}\" parse \"$0\"'");
        let client = format!("sh -c '{starts} exec \"{binary}\" call \"$0\" \"$1\"' {{url}} {{call-id}}");
        let persistent = format!("sh -c '{starts} exec \"{binary}\" parse \"$0\"'");
        for args in [
            &["run", "--parser", &parser, "xml/tags*"][..],
            &["run", "--client", &client, "answer-line/chunked"],
            &["run", "--parser", &persistent, "--persistent", "xml/tags*"],
        ] {
            let output = umspec(args);
            assert_eq!(output.status.code(), Some(0), "{args:?} {}{}", stdout(&output), stderr(&output));
            assert_eq!((alive(&child), alive(&daemon)), (0, 0), "{args:?}");
        }
    }

    #[test]
    fn a_signal_ends_a_run_with_what_was_judged() {
        let peer = Peer::start(|_, answer| {
            std::thread::sleep(Duration::from_millis(15));
            Reaction::of(&answer())
        });
        let folder = tempfile::tempdir().expect("a folder");
        for signal in ["TERM", "HUP", "INT"] {
            let record = folder.path().join(signal);
            let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
                .args(["run", "--server", &peer.url(), "--record"])
                .arg(&record)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("the binary");
            std::thread::sleep(Duration::from_millis(1500));
            let kill = std::process::Command::new("kill")
                .args([&format!("-{signal}"), &run.id().to_string()])
                .status();
            assert!(kill.expect("kill").success());
            let status = run.wait().expect("an end");
            assert_eq!(status.code(), Some(130), "{signal}");
            let record = Record::load(&fs::read(&record).expect("a record")).expect("a record");
            assert!(record.interrupted && record.counts().not_judged > 0, "{signal}");
        }
    }
}

#[test]
fn a_frame_too_many_is_that_of_its_message() {
    if !crate::support::needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("parser.py");
    // Right but for a comment in a message, to which it has two things to say.
    fs::write(
        &script,
        format!(
            r#"
import subprocess, sys
while True:
    head = sys.stdin.buffer.readline()
    if not head:
        break
    kind, length = head.split()
    message = sys.stdin.buffer.read(int(length))
    ran = subprocess.run([{binary:?}, "parse", kind.decode()], input=message, capture_output=True)
    word = b"refused" if ran.returncode else b"accepted"
    text = b"" if ran.returncode else ran.stdout.removesuffix(b"\n")
    frame = word + b" %d\n" % len(text) + text
    sys.stdout.buffer.write(frame * (2 if b"<!--" in message else 1))
    sys.stdout.buffer.flush()
"#,
            binary = env!("CARGO_BIN_EXE_umspec")
        ),
    )
    .expect("a script");
    let record = folder.path().join("record.json");
    let path = record.to_str().expect("a path");
    let command = format!("python3 {}", script.display());
    let output = umspec(&["run", "--parser", &command, "--persistent", "--record", path, "text/*"]);
    let record = Record::load(&fs::read(path).expect("a record")).expect("a record");
    for entry in &record.entries {
        let case = umspec::catalogue::parser_case(&entry.case).expect("a case");
        let has_two = case.bytes.windows(4).any(|part| part == b"<!--");
        let failed = entry.judgement.verdict == Verdict::Fail;
        assert_eq!(failed, has_two, "{}: {:?}\n{}", entry.case, entry.judgement, stdout(&output));
    }
}

/// A mock that many clients do not read from, or send nothing to, serves a sound one all the same.
#[test]
fn clients_that_do_nothing_keep_nobody_waiting() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let _inside = runtime.enter();
    let service = std::sync::Arc::new(Service::strict());
    let origin = runtime.block_on(Origin::start(([127, 0, 0, 1], 0).into(), service, MockLimits::default()));
    let address = origin.as_ref().expect("a port").address();
    let asks = "POST /EWS/UM2007Legacy.asmx HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";
    for attack in ["", "POST / HTTP/1.1\r\nhost: x", &asks.repeat(200)] {
        let idle: Vec<_> = (0..300)
            .map(|_| {
                let mut stream = std::net::TcpStream::connect(address).expect("a connection");
                let _ = stream.set_nonblocking(true);
                let _ = stream.write(attack.as_bytes());
                stream
            })
            .collect();
        let started = Instant::now();
        let mut sound = std::net::TcpStream::connect(address).expect("a connection");
        sound.write_all(asks.as_bytes()).expect("written");
        let mut answer = [0; 8];
        sound.read_exact(&mut answer).expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1");
        // Idle ones have ten seconds each.
        assert!(started.elapsed() < Duration::from_secs(5), "{attack}: {:?}", started.elapsed());
        drop(idle);
    }
}

/// Bodies that never come to their end are held up to a bound, over all connections; a sound request has its place.
#[test]
fn unfinished_bodies_hold_no_more_than_they_may() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let _inside = runtime.enter();
    let service = std::sync::Arc::new(Service::strict());
    let limits = MockLimits { held: 200_000, ..MockLimits::default() };
    let origin = runtime.block_on(Origin::start(([127, 0, 0, 1], 0).into(), service, limits));
    let address = origin.as_ref().expect("a port").address();
    let send = |body: &str, length: usize| {
        let mut stream = std::net::TcpStream::connect(address).expect("a connection");
        let head =
            format!("POST /EWS/UM2007Legacy.asmx HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        stream
    };
    let half = "x".repeat(90_000);
    let mut held: Vec<_> = (0..3).map(|_| send(&half, 1_000_000)).collect();
    let status = |stream: &mut std::net::TcpStream| {
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).is_ok().then(|| String::from_utf8_lossy(&answer).into_owned())
    };
    // One of the three had no room; which one is open. Where two ask for the last of it at once, neither has.
    for stream in &mut held {
        let _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
    }
    let refused = held.iter_mut().filter_map(status).filter(|answer| answer == "HTTP/1.1 503").count();
    assert!((1..=2).contains(&refused), "{refused}");
    assert_eq!(status(&mut send("", 0)).as_deref(), Some("HTTP/1.1 415"));
}

#[test]
fn what_clients_by_url_send_is_kept_within_bounds() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let limits = MockLimits::default();
    let listener = runtime.block_on(CaseListener::start(
        ([127, 0, 0, 1], 0).into(),
        Grading::default(),
        limits,
        None,
        None,
    ));
    let listener = listener.expect("a port");
    let body = "x".repeat(1_000_000);
    for case in umspec::catalogue::client_cases().iter().filter(|case| !case.waits).take(40) {
        let mut stream = std::net::TcpStream::connect(listener.address()).expect("a connection");
        let head =
            format!("POST /case/{} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", case.id, body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        let _ = stream.read(&mut [0; 8]);
    }
    let record = listener.record();
    assert!(why(&record).contains("that are kept"), "{}", why(&record));
    assert!(record.save().expect("a record").len() < 20_000_000);
}

/// A listener at every address is named by the one by which a client came.
#[test]
fn a_listener_everywhere_names_an_address_that_its_client_knows() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let limits = MockLimits::default();
    let listener = runtime.block_on(CaseListener::start(
        ([0, 0, 0, 0], 0).into(),
        Grading::default(),
        limits,
        None,
        None,
    ));
    let listener = listener.expect("a port");
    let port = listener.address().port();
    let asked = |path: &str| {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n").expect("written");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    let description = asked("/case/answer-line/chunked?wsdl");
    assert!(
        description.contains(&format!("http://127.0.0.1:{port}/case/answer-line/chunked")),
        "{description}"
    );
    assert!(!description.contains("0.0.0.0"), "{description}");
}

#[test]
fn a_number_of_connections_that_no_system_has_is_refused() {
    let output = umspec(&["mock", "--max-connections", "18446744073709551615"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn the_calls_of_a_mock_are_bounded_and_no_id_comes_twice() {
    let calls = Calls::default();
    let first = calls.place("first");
    let mut ids = std::collections::HashSet::new();
    for number in 0..50_000 {
        assert!(ids.insert(calls.place(&format!("{}", number % 30_000))), "{number}");
    }
    assert_eq!(calls.look(&first), None, "the oldest is forgotten");
    assert!(ids.insert(calls.place("first")), "and its id is not given again");
}

#[test]
fn two_outputs_may_not_share_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, dotted) = (folder.path().join("out"), folder.path().join(".").join("out"));
    let (path, dotted) = (path.to_str().expect("a path"), dotted.to_str().expect("a path"));
    let output = umspec(&["run", "namespace/disconnect-types", "--record", path, "--junit", dotted]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("named twice"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn two_outputs_may_not_be_links_to_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    std::fs::write(&first, "").expect("a file");
    std::fs::hard_link(&first, &second).expect("a link");
    let (first, second) = (first.to_str().expect("a path"), second.to_str().expect("a path"));
    let output = umspec(&["run", "namespace/disconnect-types", "--record", first, "--junit", second]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("named twice"), "{}", stderr(&output));
}

/// No file fills the memory of who reads it as a record.
#[cfg(target_os = "linux")]
#[test]
fn a_record_without_end_is_refused() {
    for command in ["report", "verify"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_umspec"))
            .args([command, "/dev/zero"])
            .env("UMSPEC_MAX_RECORD", "1000000")
            .output()
            .expect("the binary");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("/dev/zero: longer than 1000000 bytes"), "{}", stderr(&output));
    }
}

/// A server that asks to come again later, for ever, is waited for no longer than the run may take.
#[test]
fn whoever_puts_requests_off_ends_with_the_run() {
    let peer = Peer::constant(|| Reaction::http(429, "retry-after: 1\r\n", b""));
    let output = umspec(&["run", "--server", &peer.url(), "--max-time", "2s", "--max-wait", "60m"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stdout(&output).contains("come again later"), "{}", stdout(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_never_passed() {
    for option in ["--record", "--junit"] {
        let output = umspec(&["run", "namespace/disconnect-types", option, "/dev/full"]);
        assert_eq!(output.status.code(), Some(2), "{option}: {}", stderr(&output));
        assert!(stderr(&output).contains("/dev/full"), "{}", stderr(&output));
    }
}

/// A client that takes an answer by a library takes no number of pieces that keeps it busy for long.
#[test]
fn an_answer_in_very_many_pieces_is_not_read_to_its_end() {
    let chunked = |pieces: usize| {
        let chunks = "1\r\nx\r\n".repeat(pieces);
        let peer = Peer::constant(move || {
            let head = "HTTP/1.1 200 X\r\ncontent-type: text/xml\r\ntransfer-encoding: chunked\r\n\r\n";
            Reaction::Answer(format!("{head}{chunks}0\r\n\r\n").into_bytes())
        });
        let endpoint = umspec::target::Endpoint::parse(&peer.url()).expect("a URL");
        let server = umspec::target::HttpServer::new(endpoint, &umspec::target::Options::default());
        let request = umspec::message::Draft::disconnect(&[]).write(&umspec::message::Ids::default());
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let exchange = runtime.block_on(server.expect("a client").by_library().exchange(&request));
        !exchange.answer.is_lost()
    };
    assert!(chunked(1_000));
    assert!(!chunked(120_000));
}

/// What the command that places calls complains of reaches a terminal as text, and does not go on for ever.
#[cfg(unix)]
#[test]
fn what_a_command_for_calls_writes_to_standard_error_is_shown_as_text() {
    let peer = Peer::constant(|| Reaction::xml(500, &umspec::message::write_invalid_call_id()));
    let command = "printf 'no line\\033[2J free\\n' >&2; yes x | head -c 100000 >&2; exit 1";
    let output = umspec(&["run", "--server", &peer.url(), "--call-id-cmd", command, "call-id/empty*"]);
    let said = stderr(&output);
    assert!(said.contains("call-id-cmd: no line\\u{1b}[2J free\n"), "{said}");
    assert!(!said.contains('\u{1B}') && said.len() < 70_000, "{}", said.len());
}
