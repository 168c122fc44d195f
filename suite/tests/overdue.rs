//! Subjects that keep a run waiting beyond its time, by what is allowed of each of them.

use std::time::Duration;

use umspec::judge::Verdict;
use umspec::protocol::Profile;
use umspec::run::{Bounds, CallSource, RunOptions};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, options, run_server, stderr, stdout, umspec};

/// The case under way is cut, whatever it waits for, and what did not come in time is no finding.
#[test]
fn a_case_under_way_is_cut_when_the_run_is_over() {
    let peer = Peer::start(|request, answer| {
        // All that comes before the request of the case is answered at once.
        let is_of_case = request.body.windows(9).any(|part| part == b"CallId></");
        if is_of_case { Reaction::Hang } else { Reaction::of(&answer()) }
    });
    let bounds =
        Bounds { time: Duration::from_secs(1), grace: Duration::from_millis(200), ..Bounds::default() };
    let timeout = Duration::from_secs(600);
    let run_options = RunOptions { bounds, timeout, jobs: 1, ..options(CallSource::Mock, Profile::Interop) };
    let record = run_server(&peer.url(), run_options, &cases(&["call-id/empty-open-close"]));
    let why = record.ended_early.as_deref().unwrap_or_default();
    assert!(why.contains("longer than 1 s") && why.contains("--max-time"), "{why}");
    let counts = record.counts();
    assert_eq!((counts.planned, counts.not_judged, counts.run), (1, 1, 0), "{counts:?}");
    assert_eq!(record.entries[0].judgement.verdict, Verdict::NotJudged);
}

/// What comes before the cases is cut as well, of all three subjects: nothing is judged, and nobody is blamed.
#[test]
fn a_run_that_is_over_before_its_cases_says_so() {
    let peer = Peer::constant(|| Reaction::Hang);
    let url = peer.url();
    let (client, parser) = ("sh -c 'sleep 600' client {url} {call-id}", "sh -c 'sleep 600'");
    let folder = tempfile::tempdir().expect("a folder");
    let runs = [["--server", &*url], ["--client", client], ["--parser", parser]];
    std::thread::scope(|scope| {
        let run = |(number, subject): (usize, &[&str; 2])| {
            let record = folder.path().join(number.to_string()).to_str().expect("a path").to_owned();
            let bounds = ["--timeout", "600s", "--max-time", "100ms", "--record", &record];
            let output = umspec(&[&["run"][..], subject, &bounds].concat());
            let said = format!("{subject:?}: {}{}", stdout(&output), stderr(&output));
            assert_eq!(output.status.code(), Some(3), "{said}");
            assert!(said.contains("--max-time") && !said.contains("FAIL"), "{said}");
            assert!(said.contains("NO CONTROL") && !said.contains("it tells good"), "{said}");
            let verified = stdout(&umspec(&["verify", &record]));
            assert!(verified.contains("0 differ") && verified.lines().count() == 1, "{said}\n{verified}");
        };
        let running: Vec<_> = runs.iter().enumerate().map(|one| scope.spawn(move || run(one))).collect();
        for run in running {
            run.join().expect("an end");
        }
    });
}
