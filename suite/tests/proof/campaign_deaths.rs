//! Campaigns against servers that die, or keep them waiting beyond their time.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use umspec::judge::Verdict;
use umspec::message;
use umspec::record::Record;

use crate::peer::{Peer, Reaction};
use crate::support::{free_port, needs, stderr, stdout, umspec};

/// A server that ends on an entity of HTML, refuses what is not well-formed as malformed, and knows no id.
const DYING: &str = r"
import http.server, os, sys, xml.dom.minidom
FAULT = open(sys.argv[2]).read().encode()
MALFORMED = open(sys.argv[3]).read().encode()
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('content-length', 0)))
        if body.count(b'<h:unknown') > 100: os._exit(1)
        try:
            xml.dom.minidom.parseString(body)
            answer = FAULT
        except Exception:
            answer = MALFORMED
        self.send_response(500); self.send_header('content-type', 'text/xml; charset=utf-8')
        self.send_header('content-length', str(len(answer))); self.end_headers(); self.wfile.write(answer)
    def log_message(self, *a): pass
class S(http.server.ThreadingHTTPServer):
    request_queue_size = 64
S(('127.0.0.1', int(sys.argv[1])), H).serve_forever()
";

/// Starts it on this port; the command that does so again.
fn start(folder: &Path, port: u16) -> String {
    let at = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    fs::write(at("server.py"), DYING).expect("a script");
    fs::write(at("fault"), message::write_invalid_call_id()).expect("a file");
    fs::write(at("malformed"), message::write_malformed()).expect("a file");
    let (script, fault, malformed, pid) = (at("server.py"), at("fault"), at("malformed"), at("pid"));
    let command = format!("python3 {script} {port} {fault} {malformed} 2>/dev/null & echo $! > {pid}");
    let status = Command::new("sh").args(["-c", &command]).stdout(Stdio::null()).status();
    assert!(status.expect("a shell").success());
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    command
}

fn end(folder: &Path) {
    if let Ok(pid) = fs::read_to_string(folder.join("pid")) {
        let _ = Command::new("kill").arg(pid.trim()).status();
    }
}

/// The input that it dies of is named, tried again, each time on a server that was started for it, and the campaign
/// goes on to its end; without restarts, or with too few, it ends there.
#[test]
fn a_server_that_dies_is_started_again_and_the_campaign_goes_on() {
    if !needs("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port();
    let command = start(folder.path(), port);
    let url = format!("http://127.0.0.1:{port}/");
    let path = folder.path().join("record");
    let record = path.to_str().expect("a path");
    let args = ["fuzz", "--server", &url, "--requests", "400", "--no-repro", "--record", record];
    let renewed = umspec(&[&args[..], &["--restart-cmd", &command]].concat());
    let told = stdout(&renewed);
    assert_eq!(renewed.status.code(), Some(1), "{told}{}", stderr(&renewed));
    assert!(!told.contains("ENDED EARLY") && told.contains("its requests were sent"), "{told}");
    let kept = Record::load(&fs::read(&path).expect("a record")).expect("a record");
    // What is no HTTP goes against UMD-R186 as well.
    let input = |entry: &umspec::record::Entry| entry.fuzzed.as_ref().map(|fuzzed| fuzzed.input.concat());
    let is_death = |entry: &&umspec::record::Entry| {
        entry.case.starts_with("fuzz/UMD-R186")
            && input(entry).is_some_and(|input| input.contains("header/mandatory-after-hundred"))
    };
    let death = kept.entries.iter().find(is_death).unwrap_or_else(|| panic!("{told}"));
    assert_eq!(death.judgement.verdict, Verdict::Fail, "{told}");
    let fuzzed = death.fuzzed.as_ref().expect("what a campaign has found");
    assert_eq!((fuzzed.tries, fuzzed.after, fuzzed.input.len()), ((3, 3), 0, 1), "{told}");

    let few = umspec(&[&args[..], &["--restart-cmd", &command, "--max-restarts", "1"]].concat());
    assert!(stdout(&few).contains("see --max-restarts"), "{}", stdout(&few));
    assert_eq!(few.status.code(), Some(1));
    end(folder.path());
    start(folder.path(), port);
    let once = umspec(&args);
    assert!(stdout(&once).contains("ENDED EARLY") && once.status.code() == Some(1), "{}", stdout(&once));
    end(folder.path());
}

/// Whatever it waits for, it is over a second after its time, and what did not come is no finding.
#[test]
fn what_is_under_way_is_cut_when_a_campaign_is_over() {
    let inputs = std::sync::atomic::AtomicUsize::new(0);
    let peer = Peer::start(move |_, answer| {
        // What comes before the inputs, and the first of them, is answered at once.
        let number = inputs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        if number > 120 { Reaction::Hang } else { Reaction::of(&answer()) }
    });
    let hanging = Peer::constant(|| Reaction::Hang);
    for (url, time, words) in
        [(peer.url(), "10s", "its time was over"), (hanging.url(), "1s", "before the first input")]
    {
        let began = Instant::now();
        let args = ["fuzz", "--server", &url, "--timeout", "600s", "--time", time, "--no-repro"];
        let output = umspec(&args);
        let told = stdout(&output);
        assert!(began.elapsed() < Duration::from_secs(120), "{told}");
        assert_eq!(output.status.code(), Some(3), "{told}{}", stderr(&output));
        assert!(told.contains(words) && !told.contains("FAIL"), "{words}: {told}");
    }
}
