//! Nothing green in silence: the counts of every report add up.

use std::sync::LazyLock;

use umspec::catalogue::{Case, CaseRef, cases};
use umspec::evidence::{Attempt, CallIds};
use umspec::judge::{Grading, Verdict, judge_server};
use umspec::mock::{Sham, mutants};
use umspec::proof::{MockServer, Proof, levels, run_against, score};
use umspec::protocol::{Profile, RequirementId, ledger, req};
use umspec::record::{Conclusion, Record};
use umspec::report::{TextOptions, junit, requirements, text};

use crate::support::{cases as selected, options, run_server};

/// Records of all sorts: fine, failed, without control, ended early, refused.
static RECORDS: LazyLock<Vec<(&'static str, Record)>> = LazyLock::new(|| {
    let ordinary: Vec<&'static Case> = cases().iter().filter(|case| !case.slow).collect();
    let of = |name: &str| {
        let mutant = mutants().find(|mutant| mutant.name == name).expect("a mutant");
        let settings = Grading { profile: Profile::Interop, bp: false };
        run_against(MockServer::Mutant(mutant), &ordinary, Proof { grading: settings, ..Proof::default() })
            .expect("a run")
    };
    let without_calls = Proof { live: false, ..Proof::default() };
    let strict = run_against(MockServer::Strict, &ordinary, Proof::default()).expect("a run");
    let refused = run_server(
        "http://127.0.0.1:9/EWS/UM2007Legacy.asmx",
        options(umspec::run::CallSource::None, Profile::Interop),
        &selected(&["xml", "auth"]),
    );
    vec![
        ("strict", strict),
        ("failures", of("faults-with-200")),
        ("no control", of("always-success")),
        ("no calls", run_against(MockServer::Strict, &ordinary, without_calls).expect("a run")),
        ("died", of("dies-for-good-on-deep-message")),
        ("refused", refused),
    ]
});

/// The numbers of a line of the text report, in their order.
fn numbers(report: &str, label: &str) -> Vec<usize> {
    let line = report.lines().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("{report}"));
    line.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn counts_add_up_in_every_report() {
    for (name, record) in &*RECORDS {
        let counts = record.counts();
        assert_eq!(counts.planned, record.entries.len(), "{name}");
        assert_eq!(counts.planned, counts.judged + counts.not_judged + counts.skipped, "{name}");
        assert_eq!(counts.judged, counts.passed + counts.noted + counts.warned + counts.failed, "{name}");
        assert!(counts.judged <= counts.run && counts.run <= counts.planned, "{name}");

        let report = text(record, TextOptions::default());
        let told = numbers(&report, "cases ");
        assert_eq!(told, [counts.planned, counts.judged, counts.not_judged, counts.skipped, counts.run]);
        let told = numbers(&report, "judged ");
        assert_eq!(told, [counts.judged, counts.passed, counts.noted, counts.warned, counts.failed]);
        let told = numbers(&report, "ledger ");
        assert_eq!(told[0], ledger::requirements().count());
        assert_eq!(told[0], told[1..].iter().sum::<usize>(), "{name}: {told:?}");

        let xml = junit(record).expect("a report");
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let count = |tag: &str| {
            let inside = |node: &roxmltree::Node<'_, '_>| {
                let case = node.ancestors().find(|a| a.has_tag_name("testcase"));
                case.is_some_and(|case| !matches!(case.attribute("classname"), Some("control" | "findings")))
            };
            document.descendants().filter(|node| node.has_tag_name(tag) && inside(node)).count()
        };
        let shown = (count("testcase"), count("failure"), count("error"), count("skipped"));
        assert_eq!(shown, (counts.planned, counts.failed, counts.not_judged, counts.skipped), "{name}");
    }
}

#[test]
fn a_case_whose_control_failed_is_not_judged() {
    for (name, record) in &*RECORDS {
        for entry in &record.entries {
            let opened = entry.attempts().iter().all(|attempt| attempt.opened);
            let breach = entry.judgement.verdict == Verdict::Fail;
            assert!(opened || breach || !entry.judgement.verdict.is_judged(), "{name}: {}", entry.case);
        }
        if !["strict", "failures", "no calls"].contains(name) {
            assert_eq!(record.conclusion(true), Conclusion::NotJudged, "{name}");
        }
    }
}

/// The same holds for a record that has the answers all the same: judging does not rest on running.
#[test]
fn answers_without_their_control_get_no_verdict() {
    let some = selected(&["call-id/near-doubled", "xml/minimal", "lifecycle/other-call-stays-up"]);
    let record = run_against(MockServer::Strict, &some, Proof::default()).expect("a run");
    let control = record.established().server().expect("of a server").clone();
    for entry in &record.entries {
        let Some(CaseRef::Server(case)) = record.case_of(entry) else { panic!("no case {}", entry.case) };
        let again = |change: &dyn Fn(&mut Attempt)| {
            let mut attempts = entry.attempts().to_vec();
            attempts.iter_mut().for_each(change);
            let subject = umspec::judge::Context { case, control: &control, grading: Grading::default() };
            judge_server(subject, &attempts)
        };
        assert!(again(&|_| {}).verdict.is_judged(), "{}", entry.case);
        let closed = again(&|attempt| attempt.opened = false);
        assert_eq!(closed.verdict, Verdict::NotJudged, "{}", entry.case);
        assert!(closed.reason.is_some_and(|why| why.contains("request before it")), "{}", entry.case);
        let synthetic = again(&|attempt| attempt.ids = CallIds::Unissued);
        let why = synthetic.reason.unwrap_or_default();
        match case.id.split('/').next() {
            Some("call-id") => assert!(why.contains("id of a live call"), "{why}"),
            Some("lifecycle") => assert!(why.contains("fresh calls"), "{why}"),
            _ => {}
        }
    }
}

/// A prerequisite that is missing is told once, with how many cases it touches.
#[test]
fn a_missing_prerequisite_is_named_once() {
    for (name, record) in &*RECORDS {
        let report = text(record, TextOptions::default());
        for reason in ["--canary", "--user", "told valid from malformed"] {
            let times = report.lines().filter(|line| line.contains(reason)).count();
            assert!(times <= 2, "{name}: {reason} {times} times");
        }
        for entry in record.entries.iter().filter(|entry| !entry.judgement.verdict.is_judged()) {
            assert!(entry.judgement.reason.is_some(), "{name}: {}", entry.case);
        }
        let reasons = record.reasons(Verdict::Skipped).len() + record.reasons(Verdict::NotJudged).len();
        let blocks = report.lines().filter(|line| line.contains(" cases: ")).count();
        assert_eq!(blocks, reasons, "{name}");
    }
}

fn word_of(record: &Record, id: RequirementId) -> &'static str {
    let rows = requirements(record);
    rows.iter().find(|(row, _)| row.id == id).expect("a row").1.word()
}

/// A requirement passes only where something looked at it.
#[test]
fn no_requirement_passes_unseen() {
    let (_, refused) = RECORDS.last().expect("a record");
    assert!(requirements(refused).iter().all(|(_, verdict)| verdict.word() != "PASS"));
    let one = &selected(&["call-id/empty-open-close"]);
    let record = run_against(MockServer::Strict, one, Proof::default()).expect("a run");
    let verdict = |id| word_of(&record, id);
    assert_eq!(
        (
            verdict(req::EMPTY_CALL_ID),
            verdict(req::INVALID_ID_FAULT),
            verdict(req::NEAR_MISS_NAMESPACE),
            verdict(req::DOCUMENT_LITERAL_REQUEST)
        ),
        ("PASS", "NOT JUDGED", "NOT JUDGED", "UNSEEN")
    );
    let mutant = mutants().find(|mutant| mutant.name == "accepts-empty-call-id").expect("a mutant");
    let record = run_against(MockServer::Mutant(mutant), one, Proof::default()).expect("a run");
    assert_eq!(word_of(&record, req::EMPTY_CALL_ID), "FAIL");
}

#[test]
fn a_sham_is_never_green() {
    let (_, source) = levels()[0].clone();
    let cases = selected(&["call-id"]);
    let score = score(Sham::ConstantFault, source, &cases).expect("a run");
    assert_eq!((score.total(), score.failed, score.not_judged), (0, 0, cases.len()));
}
