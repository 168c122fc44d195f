//! What a record says of a mutant.

use std::collections::BTreeSet;

use super::matrix::{Kill, KillRow};
use super::told::Told;
use crate::evidence::Subject;
use crate::judge::{Finding, Grading, Verdict, judge};
use crate::mock::KilledBy;
use crate::record::Record;

/// The row of a mutant against which these cases were run in the strictest grading.
pub(super) fn row(mutant: &'static str, killed_by: KilledBy, record: Record) -> KillRow {
    let kills = kills(&record);
    KillRow { mutant, killed_by, kills, told: Told::of(mutant, killed_by, record) }
}

/// The cases of a record that fail, and what was found before them.
fn kills(record: &Record) -> Vec<Kill> {
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
    for entry in &record.entries {
        let found = failures(&entry.judgement.findings);
        if found.is_empty() {
            continue;
        }
        let (Some(case), Some(evidence)) = (record.case_of(entry), &entry.evidence) else { continue };
        let interop = judge(case, &established, evidence, Grading::default());
        // What answers have in common is told as well, though not as the verdict of a case.
        let worst = interop.findings.iter().map(|finding| finding.verdict).max().unwrap_or(interop.verdict);
        kills.push(kill(entry.case.clone(), &found, worst));
    }
    kills
}

fn kill(case: String, failures: &[Finding], interop: Verdict) -> Kill {
    let requirements: BTreeSet<_> = failures.iter().map(|finding| finding.requirement).collect();
    Kill {
        case,
        requirements: requirements.into_iter().collect(),
        is_its_own: failures.iter().any(|finding| !finding.common),
        interop,
    }
}
