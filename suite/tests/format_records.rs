//! Records that reports are made of in tests: of each subject, with failures, with text that acts, without a verdict.

use std::sync::LazyLock;

use serde_json::Value;
use umspec::campaign::NobodyWatches;
use umspec::catalogue::{CaseHeader as _, client_cases, parser_cases};
use umspec::evidence::Evidence;
use umspec::judge::Grading;
use umspec::message;
use umspec::mock::{Service, client_mutants, mutants, parser_mutants};
use umspec::proof::{FuzzPlan, MockServer, fuzz_against, run_client_in_process};
use umspec::protocol::Profile;
use umspec::record::known::{Accounting, KnownDeviations};
use umspec::record::{Record, Unwatched};
use umspec::report::{Format, View};
use umspec::run::{CallSource, ParserOptions, run_parser_in_process};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, free_port, mutant, options, run_mock, run_server};

/// Text that means something in one format or another.
pub(crate) const HOSTILE: &[&str] = &[
    "</failure></script><img src=x onerror=alert(1)>",
    "]]><!--",
    "` `` **bold** [link](http://evil.example) | cell | <b>",
    "# TODO not so # SKIP",
    "ends with \\",
    "\"\n  ...\nnot ok 1\n  ---\n",
    "\u{1b}[31m \u{202e} \u{0} \u{fffe} \u{2028}",
    "%0A::error::x",
    "=cmd|' /C calc'!A0",
];

/// Records of all sorts, for each subject.
pub(crate) static RECORDS: LazyLock<Vec<(&'static str, Record)>> = LazyLock::new(|| {
    let selected = cases(&["namespace", "dtd", "lifecycle/d*", "call-id/empty*", "encoding/utf-16*", "auth"]);
    let failures = run_mock(mutant("ignores-namespace"), Profile::Interop, &selected, 2);
    let hostile = Peer::constant(|| {
        Reaction::xml(500, &message::write_fault("Server", &HOSTILE.concat().replace(['<', '&', '\0'], "?")))
    });
    let options = || umspec::run::RunOptions { jobs: 2, ..options(CallSource::None, Profile::Interop) };
    let nowhere = format!("http://127.0.0.1:{}/", free_port());
    vec![
        ("strict", run_mock(Service::strict(), Profile::Interop, &cases(&["namespace"]), 2)),
        ("forged", forged(failures.clone())),
        ("failures", failures),
        ("hostile", run_server(&hostile.url(), options(), &cases(&["namespace/d*", "xml/declaration*"]))),
        ("no control", run_mock(mutant("always-success"), Profile::Interop, &cases(&["namespace"]), 2)),
        ("unreachable", run_server(&nowhere, options(), &cases(&["namespace"]))),
        ("campaign", campaign()),
        ("forged campaign", forged(campaign())),
        ("client", client()),
        ("parser", parser()),
    ]
});

/// Five failures that are all known, and the same file where nothing fails any more.
pub(crate) static KNOWN: LazyLock<[(Record, Accounting); 2]> = LazyLock::new(|| {
    let file = "[[known]]\ncase = \"call-id/empty*\"\nreason = \"it # is <so> [[x]](y)\"";
    let known = KnownDeviations::parse(file).expect("a file");
    [mutant("accepts-empty-call-id"), Service::strict()].map(|service| {
        let record = run_mock(service, Profile::Interop, &cases(&["call-id/empty*"]), 2);
        let accounting = known.account(&record, "2026-11-26".parse().expect("a day"));
        (record, accounting)
    })
});

pub(crate) fn view((record, known): &(Record, Accounting)) -> View<'_> {
    View { known: Some(known), ..View::from(record) }
}

/// What a campaign has found in a flawed server.
fn campaign() -> Record {
    let flawed = mutants().find(|mutant| mutant.name == "accepts-empty-call-id").expect("a mutant");
    let plan = FuzzPlan { seed: 3, requests: 400, grading: Grading::default(), blind: false, jobs: 1 };
    let campaign = fuzz_against(MockServer::Mutant(flawed), plan, None, &NobodyWatches).expect("a campaign");
    campaign.record()
}

/// What a flawed client comes to.
fn client() -> Record {
    let flawed = client_mutants().find(|mutant| !mutant.is_about_requests()).expect("a mutant");
    let is_taken = |id: &str| id == flawed.killed_by.case || id.starts_with("reply-fault/");
    let cases: Vec<_> = client_cases().iter().filter(|case| is_taken(case.id()) && !case.is_life()).collect();
    run_client_in_process(flawed, Grading::default(), &cases).expect("a run")
}

/// What a flawed parser comes to.
fn parser() -> Record {
    let flawed = parser_mutants().find(|mutant| !mutant.is_slow()).expect("a mutant");
    let is_taken = |id: &str| id == flawed.killed_by.case || id.starts_with("text/");
    let cases: Vec<_> = parser_cases().iter().filter(|case| is_taken(case.id())).collect();
    run_parser_in_process(flawed.parser(), &ParserOptions::new("in process"), &cases, &Unwatched)
}

/// A record that somebody wrote into: hostile text wherever a record has text.
fn forged(mut record: Record) -> Record {
    let text = |number: usize| HOSTILE[number % HOSTILE.len()].to_owned();
    record.target = HOSTILE.concat();
    record.tool = HOSTILE.concat();
    record.times.started_ms = u64::MAX;
    for (number, entry) in record.entries.iter_mut().enumerate() {
        if number % 2 == 0 {
            entry.case = format!("{} {}", entry.case, text(number));
        }
        for finding in &mut entry.judgement.findings {
            finding.observed = text(number);
            finding.expected = text(number + 1);
        }
        if let Some(fuzzed) = &mut entry.fuzzed {
            fuzzed.input = vec![text(number), text(number + 1)];
        }
        entry.judgement.reason = entry.judgement.reason.as_ref().map(|_| text(number));
        if let Some(Evidence::Server(attempts)) = &mut entry.evidence {
            for step in attempts.iter_mut().flat_map(|attempt| &mut attempt.steps) {
                step.exchange.sent.method = text(number);
                step.exchange.sent.target = text(number + 2);
                step.exchange.sent.headers.push((text(number), text(number + 1)));
            }
        }
    }
    // The same name twice, which no run leaves.
    record.entries.extend(record.entries.last().cloned());
    record
}

pub(crate) fn written(format: Format, record: &Record) -> String {
    (format.write)(&View::from(record)).unwrap_or_else(|why| panic!("{}: {why}", format.name))
}

pub(crate) fn of(kind: &str, record: &Record) -> String {
    written(Format::find(kind).expect(kind), record)
}

pub(crate) fn record(name: &str) -> &'static Record {
    &RECORDS.iter().find(|(known, _)| *known == name).expect(name).1
}

pub(crate) fn json(kind: &str, record: &Record) -> Value {
    serde_json::from_str(&of(kind, record)).expect("JSON")
}
