//! Bytes as the answer of a server, into the judge and every report.

use std::sync::LazyLock;
use std::time::Duration;

use crate::catalogue::{self, Case};
use crate::evidence::Answer;
use crate::evidence::{Attempt, Evidence, Role, Step};
use crate::mock::{Mock, MockLimits, Service};
use crate::record::{Record, Unwatched};
use crate::report::{self, TextOptions};
use crate::run::{CallSource, RunOptions, run};
use crate::target::{Endpoint, HttpServer, Options, read_answers};

/// One case for each way of judging: a request that must be refused, one that must be taken, one that
/// is only recorded, and sequences.
const CASES: [&str; 5] = [
    "call-id/empty-open-close",
    "xml/comment-before-disconnect",
    "lifecycle/disconnect-twice",
    "lifecycle/other-call-stays-up",
    "fault/same-for-both-operations",
];

/// A record of the cases against the strict mock, whose answers the inputs replace.
static RECORD: LazyLock<Record> = LazyLock::new(|| {
    let cases: Vec<&'static Case> = CASES.iter().filter_map(|id| catalogue::case(id)).collect();
    let recorded = async {
        let mock = Mock::start(([127, 0, 0, 1], 0).into(), Service::strict(), MockLimits::default()).await?;
        let endpoint = Endpoint::parse("http://test.mock.invalid/EWS/UM2007Legacy.asmx")
            .map_err(std::io::Error::other)?
            .at(mock.address());
        let server = HttpServer::new(endpoint, &Options::default()).map_err(std::io::Error::other)?;
        let options = RunOptions {
            settle: Duration::from_secs(1),
            timeout: Duration::from_secs(5),
            ..RunOptions::new("mock", CallSource::Mock)
        };
        Ok::<_, std::io::Error>(run(server, options, &cases, &Unwatched).await)
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(recorded))
        .expect("a run against the mock on loopback")
});

/// Bytes as what a server sends before it closes the connection.
///
/// # Panics
/// On a finding.
pub fn exchange(data: &[u8]) {
    let Some(answer) = read_answers(data).into_iter().next() else { return };
    let mut record = RECORD.clone();
    assert_eq!(record.entries.len(), CASES.len(), "a case of this target is gone from the catalogue");
    for (index, entry) in record.entries.iter_mut().enumerate() {
        let steps = entry.evidence.iter_mut().flat_map(attempts).flat_map(|attempt| &mut attempt.steps);
        replace(steps, &answer, |step| match index {
            0 | 1 => step.role == Role::Mutant,
            2 => step.turn == Some(0),
            _ => true,
        });
    }
    let again = record.judge_again().differences.into_iter();
    let judged: Vec<_> = again.map(|difference| (difference.entry.case.clone(), difference.now)).collect();
    for (case, judgement) in judged {
        if let Some(entry) = record.entries.iter_mut().find(|entry| entry.case == case) {
            entry.judgement = judgement;
        }
    }
    check_reports(&record);
}

/// The attempts of a case for servers.
fn attempts(evidence: &mut Evidence) -> &mut [Attempt] {
    match evidence {
        Evidence::Server(attempts) => attempts,
        Evidence::Client(_) | Evidence::Parser(_) => &mut [],
    }
}

fn replace<'s>(steps: impl Iterator<Item = &'s mut Step>, answer: &Answer, which: impl Fn(&Step) -> bool) {
    for step in steps.filter(|step| which(step)) {
        step.exchange.answer = answer.clone();
    }
}

/// Every view of the record is well-formed, and the record itself comes back as it was.
fn check_reports(record: &Record) {
    let saved = record.save().expect("a record is always saved");
    let loaded = Record::load(&saved).expect("a saved record is a record");
    assert_eq!(&loaded, record, "a record changes by saving and loading");
    assert!(loaded.judge_again().differences.is_empty(), "a loaded record is judged otherwise");
    for finding in record.entries.iter().flat_map(|entry| &entry.judgement.findings) {
        let control = finding.observed.chars().find(|c| c.is_control());
        assert_eq!(control, None, "a control character of the server reaches a report: {finding:?}");
    }
    for verbose in [false, true] {
        let text = report::text(record, TextOptions { verbose, ..TextOptions::default() });
        assert!(text.lines().count() > 5, "{text}");
    }
    let junit = report::junit(record).expect("a report");
    let read = roxmltree::Document::parse(&junit);
    assert!(read.is_ok(), "{read:?}: {junit}");
}
