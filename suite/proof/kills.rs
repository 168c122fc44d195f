//! What a record says of a mutant.

use std::collections::BTreeSet;

use super::matrix::Kill;
use crate::evidence::Subject;
use crate::judge::{Finding, Grading, Verdict, judge};
use crate::record::Record;

/// The cases of a record that fail, and what was found before them.
pub(super) fn kills(record: &Record) -> Vec<Kill> {
    let established = record.established();
    let failures = |findings: &[Finding]| -> Vec<Finding> {
        findings.iter().filter(|finding| finding.verdict == Verdict::Fail).cloned().collect()
    };
    let mut kills = Vec::new();
    let before = failures(&record.control.findings);
    if !before.is_empty() {
        kills.push(kill("control".to_owned(), &before, Verdict::Fail));
    }
    if record.subject != Subject::Server
        && let Some(problem) = established.problem()
    {
        kills.push(kill(format!("control: {problem}"), &[], Verdict::NotJudged));
    }
    for entry in record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail) {
        let (Some(case), Some(evidence)) = (record.case_of(entry), &entry.evidence) else { continue };
        let interop = judge(case, &established, evidence, Grading::default());
        kills.push(kill(entry.case.clone(), &failures(&entry.judgement.findings), interop.verdict));
    }
    kills
}

fn kill(case: String, failures: &[Finding], interop: Verdict) -> Kill {
    let requirements: BTreeSet<_> = failures.iter().map(|finding| finding.requirement).collect();
    Kill {
        case,
        requirements: requirements.into_iter().collect(),
        is_its_own: failures.iter().any(|finding| finding.check.is_about_case()),
        interop,
    }
}
