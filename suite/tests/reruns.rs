//! Cases that are tried more than once, and runs of what is left of another run.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use umspec::judge::Verdict;
use umspec::protocol::Profile;
use umspec::record::Record;
use umspec::run::{CallSource, RunOptions};

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
