//! Lines that lose a message now and then: that is no fault of the server behind them. The proof does the same with
//! the whole catalogue.

use std::time::Duration;

use umspec::judge::Verdict;
use umspec::protocol::Profile;
use umspec::record::{Conclusion, Record};
use umspec::run::{CallSource, RunOptions};

use crate::lossy_line::{LossyLine, over};
use crate::peer::{Peer, Reaction};
use crate::support::{cases, options, run_server, verdict};

fn holds_no_failure(record: &Record) {
    let failed: Vec<_> =
        record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(record.ended_early, None);
    assert_eq!(record.conclusion(false), Conclusion::Passed);
}

#[test]
fn a_line_that_loses_messages_fails_no_case() {
    let record = over(2, 1, &["namespace", "call-id/empty*", "lifecycle"]);
    holds_no_failure(&record);
    let lost = record.entries.iter().flat_map(umspec::record::Entry::attempts).filter(|each| each.has_lost());
    assert!(lost.count() > 0, "nothing was lost");
}

/// A case that is never answered fails on any line.
#[test]
fn what_never_comes_fails_on_a_lossy_line_too() {
    let hangs = |request: &[u8]| request.windows(14).any(|part| part == b"<CallId></Call");
    let peer = Peer::start(
        move |request, answer| {
            if hangs(request.body) { Reaction::Hang } else { Reaction::of(&answer()) }
        },
    );
    let line = LossyLine::start(peer.address, 3, 2);
    let options =
        RunOptions { timeout: Duration::from_millis(200), ..options(CallSource::Mock, Profile::Interop) };
    let record =
        run_server(&line.url(), options, &cases(&["call-id/empty-open-close", "namespace/disconnect-types"]));
    assert_eq!(verdict(&record, "call-id/empty-open-close"), Verdict::Fail);
}
