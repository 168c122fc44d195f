//! What is left when a run ends in another way than it was to: processes, and files that could not be written on.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Command, Output, Stdio};

use umspec::message::write_invalid_call_id;
use umspec::record::Record;

use crate::peer::{Peer, Reaction};
use crate::support::{free_port, needs, stderr, stdout, umspec};

/// Processes with this word in their command lines.
fn alive(mark: &str) -> usize {
    let processes = fs::read_dir("/proc").expect("/proc").filter_map(Result::ok);
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(mark)).count()
}

/// A number of seconds that no other test sleeps for, and that begins no other: of one digit behind the point.
fn mark(number: u32) -> String {
    format!("{}.{number}", 6_000_000 + std::process::id())
}

/// Also where a server that was started again is to stay.
#[test]
fn what_a_command_for_calls_starts_ends_with_it() {
    if !needs("setsid") {
        return;
    }
    let peer = Peer::constant(|| Reaction::xml(500, &write_invalid_call_id()));
    let url = peer.url();
    for (number, restart) in [&[][..], &["--restart-cmd", "true"]].into_iter().enumerate() {
        let daemon = mark(u32::try_from(number).expect("a small number"));
        let command = format!("setsid sleep {daemon} >/dev/null 2>&1 & echo call");
        let args = ["run", "--server", &url, "--call-id-cmd", &command, "call-id/empty-open-close"];
        let output = umspec(&[&args[..], restart].concat());
        assert_eq!(output.status.code(), Some(3), "{}{}", stdout(&output), stderr(&output));
        assert_eq!(alive(&daemon), 0, "{restart:?}");
    }
    // A campaign is cut while the command is under way.
    let daemon = mark(3);
    let command = format!("setsid sleep {daemon} >/dev/null 2>&1 & sleep 1; echo call");
    let args = ["fuzz", "--server", &url, "--call-id-cmd", &command, "--time", "500ms", "--no-repro"];
    let output = umspec(&args);
    assert_eq!(output.status.code(), Some(3), "{}{}", stdout(&output), stderr(&output));
    assert_eq!(alive(&daemon), 0);
}

/// A command that starts no server has no reason to stay, whatever it prints and starts.
#[test]
fn what_a_restart_started_in_vain_is_ended() {
    let port = free_port();
    // It dies of the first request of the case.
    let peer = Peer::start(|request, answer| {
        let is_of_case = request.body.windows(8).any(|part| part == b">umspec<");
        if is_of_case { Reaction::Die } else { Reaction::of(&answer()) }
    });
    let daemon = mark(7);
    let restart = format!("yes {port} & sleep {daemon} & while :; do sleep {daemon}; done");
    let output = umspec(&[
        "run",
        "--server",
        &peer.url(),
        "--restart-cmd",
        &restart,
        "--restart-wait",
        "300ms",
        "call-id/garbage-word",
    ]);
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(3), "{said}{}", stderr(&output));
    assert!(said.contains("it did not answer after --restart-cmd"), "{said}");
    assert_eq!(alive(&daemon), 0);
}

/// The binary, where no file may grow beyond this many blocks.
fn limited(blocks: u32, args: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -f {blocks}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_umspec")]);
    command.args(args).stdin(Stdio::null()).output().expect("a shell")
}

/// The system would end the process by a signal, without a word.
#[test]
fn a_file_that_may_not_grow_is_an_error_and_what_was_judged_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (record, page) = (path("record.json"), path("page.html"));
    let output = limited(100, &["run", "xml", "--record", &record]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains(&record), "{}", stderr(&output));
    let kept = Record::load(&fs::read(&record).expect("a record")).expect("a record");
    assert!(kept.counts().judged > 0, "{:?}", kept.counts());
    // Of a command without a network as well.
    let output = limited(8, &["report", &record, "--html", &page]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains(&page), "{}", stderr(&output));
}
