use std::collections::BTreeMap;
use std::time::Duration;

use quick_junit::{
    FlakyOrRerun, NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestRerun,
    TestSuite,
};

use super::hindrance::hindrance;
use super::requirements::requirements;
use super::started::started;
use super::tries::Tries;
use super::words::{self, family, seen, statement};
use super::{View, known};
use crate::judge::{Established, Finding, Judgement, Verdict};
use crate::message::{told, visible};
use crate::record::known::{State, Tally};
use crate::record::{CONTROL, Cause, Entry, Part};

/// The report for CI: a suite of what the run has found, a test for each cause; then a suite per family, a
/// test per case, which fails for what the case is about.
///
/// FAIL is a failure, NOT JUDGED an error (the environment, not the subject, stands in the way),
/// SKIPPED is skipped, everything else passes; warnings and notes are in `system-out`. A case that fails in
/// nothing but what is known is skipped, with the reason; each known deviation is a test of its own suite,
/// which fails where it is not as it is known. What a failure says stands in
/// its text as well as in its message, because some readers show only one of them. Names are unique within a
/// suite, because GitLab drops the second of two. Tries that failed before the last one are `flakyFailure` where
/// another try passed, else `rerunFailure`. Only the whole run is timed.
///
/// # Errors
/// Never for a record that a run or [`Record::load`](crate::record::Record::load) made.
pub fn junit<'a>(view: impl Into<View<'a>>) -> Result<String, SerializeError> {
    let view = view.into();
    let record = view.record;
    let mut report = Report::new(format!("umspec {}", visible(&record.target)));
    report.set_timestamp(started(record)).set_time(Duration::from_millis(record.times.elapsed_ms));
    report.add_test_suites(findings_suite(&view.causes()));
    report.add_test_suites(known_suite(view.tallies()));
    let unknown = |finding: &&Finding| !view.excuses(CONTROL, finding);
    let before: Vec<Finding> = record.control.findings.iter().filter(unknown).cloned().collect();
    report.add_test_suites(control_suite(&before, hindrance(record).as_ref()));
    let mut ledger = TestSuite::new("requirements");
    for (row, verdict) in requirements(record) {
        ledger.add_property(Property::new(row.id.to_string(), verdict.word()));
    }
    report.add_test_suite(ledger);
    let established = record.established();
    let cases =
        record.entries.iter().map(|entry| (entry.case.as_str(), test_case(view, &established, entry)));
    report.add_test_suites(suites(cases));
    report.to_string()
}

/// A suite for each family, in the order of the cases.
fn suites<'a>(cases: impl Iterator<Item = (&'a str, TestCase)>) -> Vec<TestSuite> {
    let mut suites: Vec<TestSuite> = Vec::new();
    let mut names = Names::default();
    for (name, mut case) in cases {
        case.name = names.unique(&visible(name)).into();
        if suites.last().is_none_or(|suite| suite.name.as_str() != visible(family(name))) {
            suites.push(TestSuite::new(visible(family(name))));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case);
        }
    }
    suites
}

/// Names that were given.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    /// A name, with a number behind it if it was given before.
    fn unique(&mut self, name: &str) -> String {
        let count = self.0.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 { name.to_owned() } else { format!("{name} ({count})") }
    }
}

/// What fails or warns, each cause once, in the order of how many cases it explains.
fn findings_suite(causes: &[Cause<'_>]) -> Option<TestSuite> {
    let mut suite = TestSuite::new("findings");
    let mut names = Names::default();
    for cause in causes.iter().filter(|cause| cause.verdict >= Verdict::Warn) {
        let lead = cause.lead();
        // Without a number, which would make another test of it as soon as one before it is mended.
        let name = names.unique(&format!("{} {}: {}", lead.requirement, lead.finding.check, cause.about));
        let told = format!("{}: {} cases", cause.about, cause.cases.len());
        let parts = cause.parts.iter().map(|part| {
            let Part { requirement, verdict, finding, cases, .. } = part;
            let names = visible(&cases.join(", "));
            format!("{verdict} {requirement} {}: {}: {names}", finding.check, seen(finding))
        });
        let words = parts.collect::<Vec<_>>().join("\n");
        let words = format!("{told}\n{words}\n{}", statement(lead.requirement));
        let status = if cause.verdict == Verdict::Fail {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(told).set_type(lead.requirement.to_string());
            status.set_description(words.clone());
            status
        } else {
            TestCaseStatus::success()
        };
        let mut case = TestCase::new(name, status);
        case.set_classname("findings");
        case.add_property(Property::new("verdict", cause.verdict.word()));
        case.add_property(Property::new("cases", cause.cases.len().to_string()));
        if cause.verdict != Verdict::Fail {
            case.set_system_out(without_attachments(&words));
        }
        suite.add_test_case(case);
    }
    (!suite.test_cases.is_empty()).then_some(suite)
}

/// What became of each known deviation: a failure where it is not as it is known.
fn known_suite(tallies: &[Tally]) -> Option<TestSuite> {
    let mut suite = TestSuite::new("known");
    for (number, tally) in tallies.iter().enumerate() {
        let lines: Vec<String> =
            known::lines(tally).iter().map(|(label, text)| format!("{label}: {}", told(text))).collect();
        let headline = visible(&tally.to_string());
        let status = match tally.state {
            State::Expected => skipped(&known::reason(&tally.deviation)),
            State::NotLookedAt => skipped(&headline),
            state => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(headline).set_type(state.word());
                status.set_description(lines.join("\n"));
                status
            }
        };
        let mut case =
            TestCase::new(format!("{} {}", number + 1, visible(&tally.deviation.to_string())), status);
        case.set_classname("known");
        if !tally.state.fails() {
            case.set_system_out(without_attachments(&lines.join("\n")));
        }
        suite.add_test_case(case);
    }
    (!suite.test_cases.is_empty()).then_some(suite)
}

fn skipped(why: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(why.to_owned());
    status
}

/// What was established before the cases and of the run as a whole, if that has something to say.
fn control_suite(findings: &[Finding], problem: Option<&String>) -> Option<TestSuite> {
    let verdict = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Pass);
    let judgement = Judgement {
        verdict: if problem.is_some() { Verdict::NotJudged } else { verdict },
        findings: findings.to_vec(),
        reason: problem.cloned(),
    };
    (!findings.is_empty() || problem.is_some()).then(|| {
        let mut case = TestCase::new("control", status(&judgement));
        case.set_classname("control");
        let mut suite = TestSuite::new("control");
        suite.add_test_case(case);
        suite
    })
}

fn test_case(view: View<'_>, established: &Established, entry: &Entry) -> TestCase {
    let (name, judgement) = (entry.case.as_str(), &entry.judgement);
    let standing = view.standing(entry);
    let status = if let Some(standing) = standing {
        skipped(&known::reason(&standing.deviation))
    } else {
        let mut status = status(judgement);
        add_tries(&mut status, judgement, &Tries::of(view.record, established, entry));
        status
    };
    let mut case = TestCase::new(visible(name), status);
    case.set_classname(visible(family(name)));
    for id in view.record.requirements_of(entry) {
        case.add_property(Property::new("requirement", id.to_string()));
    }
    for edit in entry.fuzzed.iter().flat_map(|fuzzed| &fuzzed.input) {
        case.add_property(Property::new("input", told(edit)));
    }
    case.add_property(Property::new("verdict", judgement.verdict.word()));
    if standing.is_some() {
        case.add_property(Property::new("known", "true"));
    }
    let words = words::findings(judgement);
    if !words.is_empty() && (judgement.verdict != Verdict::Fail || standing.is_some()) {
        case.set_system_out(without_attachments(&words));
    }
    case
}

/// Tries that failed beside the one that counts.
fn add_tries(status: &mut TestCaseStatus, judgement: &Judgement, tries: &Tries) {
    let is_failure = judgement.verdict == Verdict::Fail;
    // Of a failure the first is told by the verdict itself.
    let told = tries.failed.iter().skip(usize::from(is_failure));
    let runs = told.map(|words| {
        let mut run = TestRerun::new(NonSuccessKind::Failure);
        run.set_message(words.lines().next().unwrap_or_default()).set_description(words.clone());
        run
    });
    if judgement.verdict.is_judged() {
        status.add_reruns(runs);
    }
    if tries.failed.len() < tries.count {
        status.set_rerun_kind(FlakyOrRerun::Flaky);
    }
}

/// Text that asks no CI for a file: GitLab and Jenkins attach what `[[ATTACHMENT|path]]` in an output names, and what
/// a subject says may look like that.
fn without_attachments(text: &str) -> String {
    text.replace("[[", "[ [")
}

fn status(judgement: &Judgement) -> TestCaseStatus {
    let reason = judgement.reason.as_deref().map(told).unwrap_or_default();
    match judgement.verdict {
        Verdict::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let mut text = words::findings(judgement);
            if let Some(finding) = judgement.own().next() {
                status.set_message(seen(finding));
                status.set_type(finding.requirement.to_string());
                text.push_str(&format!("\n{}", statement(finding.requirement)));
            }
            status.set_description(text);
            status
        }
        Verdict::NotJudged => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason.clone()).set_type("not judged").set_description(reason);
            status
        }
        Verdict::Skipped => skipped(&reason),
        Verdict::Pass | Verdict::Note | Verdict::Warn => TestCaseStatus::success(),
    }
}
