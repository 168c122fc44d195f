use std::collections::BTreeMap;

use serde::Serialize;

use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::record::Record;
use crate::record::comparison::{CaseChange, Change, Comparison, Found, Side};
use crate::report::json::Told;

/// Version of this form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Diff {
    format: u32,
    regressions: usize,
    old: Head,
    new: Head,
    cautions: Vec<String>,
    counts: BTreeMap<&'static str, usize>,
    common: Common,
    cases: Vec<Changed>,
}

#[derive(Serialize)]
struct Head {
    subject: &'static str,
    target: String,
    tool: String,
    catalogue: String,
    profile: &'static str,
    started_ms: u64,
}

#[derive(Serialize)]
struct Common {
    new_failures: Vec<Told>,
    fixed: Vec<Told>,
    checks_lost: Vec<&'static str>,
}

/// A case that changed.
#[derive(Serialize)]
struct Changed {
    case: String,
    change: Change,
    regression: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<One>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<One>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Told>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks_lost: Vec<&'static str>,
}

/// A case in one of the records.
#[derive(Serialize)]
struct One {
    verdict: Verdict,
    #[serde(skip_serializing_if = "String::is_empty")]
    came: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What changed, as JSON: every case but those that are unchanged, which are counted.
///
/// # Errors
/// Never for records that a run or [`Record::load`] made.
pub fn diff_json(comparison: &Comparison<'_>) -> Result<String, serde_json::Error> {
    let counts = Change::ALL.into_iter().map(|change| (change.words(), comparison.count(change)));
    let cases = comparison.cases.iter().filter(|case| case.change != Change::Unchanged);
    let diff = Diff {
        format: FORMAT,
        regressions: comparison.regressions(),
        old: head(comparison.old),
        new: head(comparison.new),
        cautions: comparison.run.cautions.iter().map(|caution| told(caution)).collect(),
        counts: counts.collect(),
        common: Common {
            new_failures: comparison.run.new.iter().map(found).collect(),
            fixed: comparison.run.fixed.iter().map(found).collect(),
            checks_lost: comparison.run.lost.iter().map(|check| check.word()).collect(),
        },
        cases: cases.map(changed).collect(),
    };
    Ok(serde_json::to_string_pretty(&diff)? + "\n")
}

fn head(record: &Record) -> Head {
    Head {
        subject: record.subject.word(),
        target: told(&record.target),
        tool: told(&record.tool),
        catalogue: told(&record.catalogue),
        profile: record.grading.profile.word(),
        started_ms: record.times.started_ms,
    }
}

fn found(found: &Found<'_>) -> Told {
    Told { cases: Some(found.cases), ..Told::of(found.finding) }
}

fn changed(case: &CaseChange<'_>) -> Changed {
    let one = |side: &Side<'_>| One {
        verdict: side.verdict,
        came: visible(&side.came),
        reason: side.reason.map(told),
    };
    Changed {
        case: visible(case.case),
        change: case.change,
        regression: case.change.is_regression(),
        old: case.old.as_ref().map(one),
        new: case.new.as_ref().map(one),
        findings: case.findings.iter().map(|each| Told::of(each)).collect(),
        checks_lost: case.lost.iter().map(|check| check.word()).collect(),
    }
}
