use quick_junit::{NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::requirements::requirements;
use crate::judge::{Judgement, Verdict};
use crate::record::{Entry, Record};

/// The report for CI: a suite per family, a test per case.
///
/// FAIL is a failure, NOT JUDGED an error (the environment, not the server, stands in the way),
/// SKIPPED is skipped, everything else passes; warnings and notes are in `system-out`.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn junit(record: &Record) -> Result<String, SerializeError> {
    let mut report = Report::new(format!("umspec {}", record.run.target));
    let mut suites: Vec<(String, TestSuite)> = Vec::new();
    for entry in &record.entries {
        let family = entry.case.split('/').next().unwrap_or_default().to_owned();
        if suites.last().is_none_or(|(known, _)| *known != family) {
            suites.push((family.clone(), TestSuite::new(family.clone())));
        }
        if let Some((_, suite)) = suites.last_mut() {
            suite.add_test_case(test_case(entry, &family));
        }
    }
    if !record.control.findings.is_empty() || record.control.problem.is_some() {
        let mut suite = TestSuite::new("control");
        suite.add_test_case(control_case(record));
        report.add_test_suite(suite);
    }
    let mut ledger = TestSuite::new("requirements");
    for (row, verdict) in requirements(record) {
        ledger.add_property(Property::new(row.id.to_string(), verdict.word()));
    }
    report.add_test_suite(ledger);
    report.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    report.to_string()
}

fn control_case(record: &Record) -> TestCase {
    let verdict =
        record.control.findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Pass);
    let judgement = Judgement {
        verdict: if record.control.problem.is_some() { Verdict::NotJudged } else { verdict },
        findings: record.control.findings.clone(),
        reason: record.control.problem.clone(),
    };
    let mut case = TestCase::new("control", status(&judgement));
    case.set_classname("control");
    case
}

fn test_case(entry: &Entry, family: &str) -> TestCase {
    let mut case = TestCase::new(entry.case.clone(), status(&entry.judgement));
    case.set_classname(family);
    for id in Record::case_of(entry).into_iter().flat_map(|case| &case.requirements) {
        case.add_property(Property::new("requirement", id.to_string()));
    }
    case.add_property(Property::new("verdict", entry.judgement.verdict.word()));
    let words = words(&entry.judgement);
    if !words.is_empty() && entry.judgement.verdict != Verdict::Fail {
        case.set_system_out(words);
    }
    case
}

fn status(judgement: &Judgement) -> TestCaseStatus {
    let reason = judgement.reason.clone().unwrap_or_default();
    match judgement.verdict {
        Verdict::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            if let Some(finding) = judgement.findings.first() {
                status.set_message(format!("expected {}; observed {}", finding.expected, finding.observed));
                status.set_type(finding.requirement.clone());
            }
            status.set_description(words(judgement));
            status
        }
        Verdict::NotJudged => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason).set_type("not judged");
            status
        }
        Verdict::Skipped => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason);
            status
        }
        Verdict::Pass | Verdict::Note | Verdict::Warn => TestCaseStatus::success(),
    }
}

fn words(judgement: &Judgement) -> String {
    let lines = judgement.findings.iter().map(|finding| {
        format!(
            "{} {} {}: expected {}; observed {}",
            finding.verdict, finding.requirement, finding.check, finding.expected, finding.observed
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
