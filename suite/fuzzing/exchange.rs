//! Bytes as the answer of a server, into the judge and every report.

use std::sync::LazyLock;
use std::time::Duration;

use crate::catalogue::{self, Case};
use crate::evidence::Answer;
use crate::evidence::{Attempt, Evidence, Role, Step};
use crate::judge::{Established, judge};
use crate::mock::{Mock, MockLimits, Service};
use crate::record::{Entry, Record, Unwatched};
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

/// Of so many inputs all cases are judged with one, and the views of a record made, by its bytes; with the others one
/// case is judged. The views take hundreds of times as long.
const VIEWED: u32 = 512;

/// A record of the cases against the strict mock, whose answers the inputs replace.
static RECORD: LazyLock<(Record, Established)> = LazyLock::new(|| {
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
    let record = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(recorded))
        .expect("a run against the mock on loopback");
    let established = record.established();
    (record, established)
});

/// Bytes as what a server sends before it closes the connection.
///
/// # Panics
/// On a finding.
pub fn exchange(data: &[u8]) {
    let Some(answer) = read_answers(data).into_iter().next() else { return };
    let record = &RECORD.0;
    assert_eq!(record.entries.len(), CASES.len(), "a case of this target is gone from the catalogue");
    // What a byte more or less of the input changes: an engine sees each way of judging soon enough.
    let sum = data.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    // What is replayed outside of an engine goes through all of them.
    if sum % VIEWED == 0 || !cfg!(fuzzing) {
        let mut record = record.clone();
        for index in 0..CASES.len() {
            record.entries[index] = judged(index, &answer);
        }
        check_reports(&record);
    } else {
        judged(sum as usize % CASES.len(), &answer);
    }
}

/// The entry of this case with that answer, judged, and no finding of it with a control character.
fn judged(index: usize, answer: &Answer) -> Entry {
    let (record, established) = &*RECORD;
    let mut entry = record.entries[index].clone();
    let steps = entry.evidence.iter_mut().flat_map(attempts).flat_map(|attempt| &mut attempt.steps);
    replace(steps, answer, |step| match index {
        0 | 1 => step.role == Role::Mutant,
        2 => step.turn == Some(0),
        _ => true,
    });
    if let Some((case, evidence)) = record.case_of(&entry).zip(entry.evidence.as_ref()) {
        entry.judgement = judge(case, established, evidence, record.grading);
    }
    for finding in &entry.judgement.findings {
        let control = finding.observed.chars().find(|c| c.is_control());
        assert_eq!(control, None, "a control character of the server reaches a report: {finding:?}");
    }
    entry
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
    for verbose in [false, true] {
        let text = report::text(record, TextOptions { verbose, ..TextOptions::default() });
        assert!(text.lines().count() > 5, "{text}");
    }
    for format in report::FORMATS {
        let written = (format.write)(&report::View::from(record)).expect("a report");
        match format.extension {
            "xml" => {
                let read = roxmltree::Document::parse(&written);
                assert!(read.is_ok(), "{}: {read:?}: {written}", format.name);
            }
            "har" | "json" | "sarif" => {
                let read = serde_json::from_str::<serde_json::Value>(&written);
                assert!(read.is_ok(), "{}: {read:?}: {written}", format.name);
            }
            _ => assert!(!written.is_empty(), "{}", format.name),
        }
    }
}
