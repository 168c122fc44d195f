//! A run that is watched, interrupted and killed.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use umspec::record::Record;

use crate::peer::{Peer, Reaction};
use crate::support::{stderr, stdout, umspec};

/// A server that answers so many requests, and then none.
fn silent_after(count: usize) -> Peer {
    counting(count, &Arc::default())
}

/// The same, which tells how many requests came.
fn counting(count: usize, seen: &Arc<AtomicUsize>) -> Peer {
    let seen = Arc::clone(seen);
    Peer::start(move |_, answer| {
        let is_answered = seen.fetch_add(1, Ordering::SeqCst) < count;
        if is_answered { Reaction::of(&answer()) } else { Reaction::Hang }
    })
}

fn start(peer: &Peer, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["run", "--server", &peer.url(), "--timeout", "30s", "namespace"])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary")
}

/// Waits until so many cases stand in a file.
fn wait_for(path: &Path, cases: usize) {
    for _ in 0..3_000 {
        let text = fs::read_to_string(path).unwrap_or_default();
        if text.lines().filter(|line| line.starts_with("{\"case\"")).count() >= cases {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("no {cases} cases in {}", path.display());
}

#[test]
fn what_was_judged_before_a_run_is_killed_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record");
    let name = path.to_str().expect("a path");
    let peer = silent_after(60);
    let mut run = start(&peer, &["--record", name]);
    wait_for(&path, 3);
    run.kill().expect("a running process");
    run.wait().expect("its end");
    let record = Record::load(&fs::read(&path).expect("a record")).expect("a record");
    assert!(record.counts().passed >= 3 && record.counts().not_judged > 0, "{:?}", record.counts());
    let verified = umspec(&["verify", name]);
    assert_eq!(verified.status.code(), Some(3), "{}", stdout(&verified));
    assert!(stdout(&verified).contains("0 differ") && stdout(&verified).contains("not ended"));
    assert!(stdout(&umspec(&["report", name])).contains("the record breaks off after"));
}

#[cfg(unix)]
#[test]
fn the_first_signal_names_what_is_waited_for_and_the_second_does_not_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record");
    let seen = Arc::default();
    let peer = counting(60, &seen);
    let mut run = start(&peer, &["--record", path.to_str().expect("a path")]);
    wait_for(&path, 3);
    // The case under way is one that is never answered.
    for _ in 0..3_000 {
        if seen.load(Ordering::SeqCst) > 60 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut told = BufReader::new(run.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let signal = |name: &str| {
        let sent = Command::new("kill").args([name, &run.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()));
    };
    signal("-TERM");
    let first = told.next().expect("a line");
    assert!(first.starts_with("umspec: ending after ") && first.ends_with("; once more ends now"), "{first}");
    // Two at once are one.
    std::thread::sleep(Duration::from_millis(400));
    signal("-INT");
    let second = told.next().expect("a line");
    assert_eq!(second, "interrupted; the record holds what was judged before");
    assert_eq!(run.wait().expect("its end").code(), Some(130));
    assert!(Record::load(&fs::read(&path).expect("a record")).is_ok());
}

#[test]
fn a_log_is_told_how_far_a_run_is() {
    let peer = silent_after(60);
    let told = |args: &[&str]| {
        let mut run = start(&peer, args);
        let mut lines = BufReader::new(run.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
        let line = lines.next().expect("a line");
        run.kill().expect("a running process");
        run.wait().expect("its end");
        line
    };
    let line = told(&["--progress-every", "20ms"]);
    assert!(line.starts_with("umspec: ") && line.contains(" cases done, 0 failed"), "{line}");
    for quiet in ["--no-progress", "-q"] {
        let output = umspec(&["run", "--progress-every", "1ms", quiet, "namespace"]);
        assert_eq!(stderr(&output), "", "{quiet}");
    }
}

#[test]
fn a_long_report_names_the_slowest_cases() {
    let peer = Peer::start(|_, answer| {
        std::thread::sleep(Duration::from_millis(2));
        Reaction::of(&answer())
    });
    let run = |args: &[&str]| {
        let url = peer.url();
        let mut all = vec!["run", "--server", &url, "call-id/empty*"];
        all.extend(args);
        stdout(&umspec(&all))
    };
    let long = run(&["-v"]);
    let slowest = long.lines().find(|line| line.starts_with("slowest ")).expect("a line");
    assert!(slowest.contains("call-id/empty"), "{slowest}");
    assert!(!run(&[]).contains("slowest"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_report_is_printed() {
    let output = umspec(&["run", "--record", "/dev/full", "call-id/empty-open-close"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("judged    1"), "{}", stdout(&output));
    assert!(stderr(&output).contains("cannot write /dev/full"), "{}", stderr(&output));
}
