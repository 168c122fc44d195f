use quick_junit::{NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::requirements::requirements;
use super::{View, known};
use crate::catalogue::CaseRef;
use crate::judge::{Finding, Judgement, Verdict};
use crate::message::{told, visible};
use crate::protocol::RequirementId;
use crate::record::known::{Standing, State, Tally};
use crate::record::{CONTROL, Cause, Entry, Part};

/// The report for CI: a suite of what the run has found, a test for each cause; then a suite per family, a
/// test per case, which fails for what the case is about.
///
/// FAIL is a failure, NOT JUDGED an error (the environment, not the subject, stands in the way),
/// SKIPPED is skipped, everything else passes; warnings and notes are in `system-out`. A case that fails in
/// nothing but what is known is skipped, with the reason; each known deviation is a test of its own suite,
/// which fails where it is not as it is known.
///
/// # Errors
/// Never for a record that a run or [`Record::load`](crate::record::Record::load) made.
pub fn junit<'a>(view: impl Into<View<'a>>) -> Result<String, SerializeError> {
    let view = view.into();
    let record = view.record;
    let mut report = Report::new(format!("umspec {}", visible(&record.target)));
    let problem = record.established().problem();
    report.add_test_suites(findings_suite(&view.causes()));
    report.add_test_suites(view.known.and_then(|known| known_suite(known.tallies())));
    let unknown = |finding: &&Finding| !view.excuses(CONTROL, finding);
    let before: Vec<Finding> = record.control.findings.iter().filter(unknown).cloned().collect();
    report.add_test_suites(control_suite(&before, problem.as_ref()));
    let mut ledger = TestSuite::new("requirements");
    for (row, verdict) in requirements(record) {
        ledger.add_property(Property::new(row.id.to_string(), verdict.word()));
    }
    report.add_test_suite(ledger);
    report.add_test_suites(suites(record.entries.iter().map(|entry| {
        let requirements = record.case_of(entry).map_or(&[][..], CaseRef::requirements);
        let standing =
            view.known.filter(|known| known.is_known(entry)).and_then(|known| known.of_case(&entry.case));
        (entry.case.as_str(), test_case(entry, standing, requirements))
    })));
    report.to_string()
}

/// A suite for each family, in the order of the cases.
fn suites<'a>(cases: impl Iterator<Item = (&'a str, TestCase)>) -> Vec<TestSuite> {
    let mut suites: Vec<TestSuite> = Vec::new();
    for (name, case) in cases {
        if suites.last().is_none_or(|suite| suite.name.as_str() != visible(family(name))) {
            suites.push(TestSuite::new(visible(family(name))));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case);
        }
    }
    suites
}

/// What fails or warns, each cause once, in the order of how many cases it explains.
fn findings_suite(causes: &[Cause<'_>]) -> Option<TestSuite> {
    let mut suite = TestSuite::new("findings");
    for (number, cause) in causes.iter().filter(|cause| cause.verdict >= Verdict::Warn).enumerate() {
        let lead = cause.lead();
        let name = format!("{} {} {}", number + 1, lead.requirement, lead.finding.check);
        let told = format!("{}: {} cases", cause.about, cause.cases.len());
        let parts = cause.parts.iter().map(|part| {
            let Part { requirement, verdict, finding, cases, .. } = part;
            let names = visible(&cases.join(", "));
            format!("{verdict} {requirement} {}: {}: {names}", finding.check, seen(finding))
        });
        let words = parts.collect::<Vec<_>>().join("\n");
        let status = if cause.verdict == Verdict::Fail {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(told.clone()).set_type(lead.requirement.to_string());
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
            case.set_system_out(format!("{told}\n{words}"));
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
            case.set_system_out(lines.join("\n"));
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

/// What was established before the cases, if that has something to say.
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

fn test_case(entry: &Entry, standing: Option<&Standing>, requirements: &[RequirementId]) -> TestCase {
    let Entry { case: name, judgement, .. } = entry;
    let status =
        standing.map_or_else(|| status(judgement), |standing| skipped(&known::reason(&standing.deviation)));
    let mut case = TestCase::new(visible(name), status);
    case.set_classname(visible(family(name)));
    for id in requirements {
        case.add_property(Property::new("requirement", id.to_string()));
    }
    case.add_property(Property::new("verdict", judgement.verdict.word()));
    if standing.is_some() {
        case.add_property(Property::new("known", "true"));
    }
    let words = words(judgement);
    if !words.is_empty() && (judgement.verdict != Verdict::Fail || standing.is_some()) {
        case.set_system_out(words);
    }
    case
}

fn family(case: &str) -> &str {
    case.split('/').next().unwrap_or_default()
}

fn status(judgement: &Judgement) -> TestCaseStatus {
    let reason = judgement.reason.as_deref().map(told).unwrap_or_default();
    match judgement.verdict {
        Verdict::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            if let Some(finding) = judgement.own().next() {
                status.set_message(seen(finding));
                status.set_type(finding.requirement.to_string());
            }
            status.set_description(words(judgement));
            status
        }
        Verdict::NotJudged => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason).set_type("not judged");
            status
        }
        Verdict::Skipped => skipped(&reason),
        Verdict::Pass | Verdict::Note | Verdict::Warn => TestCaseStatus::success(),
    }
}

fn words(judgement: &Judgement) -> String {
    let lines = judgement.findings.iter().map(|finding| {
        let beside = if finding.common { "beside this case: " } else { "" };
        format!("{beside}{} {} {}: {}", finding.verdict, finding.requirement, finding.check, seen(finding))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a finding says. A record comes from a file, which may say more than a judge does.
fn seen(finding: &Finding) -> String {
    format!("expected {}; observed {}", told(&finding.expected), told(&finding.observed))
}
