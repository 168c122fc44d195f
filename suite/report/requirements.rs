//! What a record says of each requirement.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::looked_at::{looked_at, unseen};
use crate::judge::Verdict;
use crate::protocol::{Requirement, RequirementId, ledger};
use crate::record::{Cause, Record};

/// What a run says of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowVerdict {
    /// Judged: as grave as the gravest finding that cites it.
    Judged(Verdict),
    /// Nothing that looks at it was judged in this run.
    NotJudged,
    /// Nothing in the suite looks at it, for this reason.
    Unseen(&'static str),
}

impl RowVerdict {
    /// The word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.word(),
            Self::NotJudged => Verdict::NotJudged.word(),
            Self::Unseen(_) => "UNSEEN",
        }
    }
}

/// The verdict of each of the requirements, in the order of their numbers.
///
/// A finding counts for the requirement that it cites. Without one, a requirement passes where a
/// case that cites it came to what was expected, or where a check of it had an answer to look at.
pub fn requirements(record: &Record) -> Vec<(&'static Requirement, RowVerdict)> {
    let looked = looked_at(record);
    let mut worst = BTreeMap::new();
    for (finding, _) in record.findings() {
        let known = worst.entry(finding.requirement).or_insert(finding.verdict);
        *known = (*known).max(finding.verdict);
    }
    ledger::requirements()
        .map(|row| {
            let verdict = match (worst.get(&row.id).copied(), unseen(record.subject, row)) {
                // What binds the other side is only told where the subject goes against it.
                (None | Some(Verdict::Pass | Verdict::Note), Some(reason)) => RowVerdict::Unseen(reason),
                (Some(verdict), _) => RowVerdict::Judged(verdict),
                (None, None) if looked.contains(&row.id) => RowVerdict::Judged(Verdict::Pass),
                (None, None) => RowVerdict::NotJudged,
            };
            (row, verdict)
        })
        .collect()
}

/// One line: how many requirements came to what. They add up to all of them.
pub(crate) fn requirement_totals(record: &Record) -> String {
    let rows = requirements(record);
    let count = |word: &str| rows.iter().filter(|(_, verdict)| verdict.word() == word).count();
    format!(
        "{} requirements = passed {} + noted {} + warned {} + failed {} + not judged {} + unseen {}",
        rows.len(),
        count("PASS"),
        count("NOTE"),
        count("WARN"),
        count("FAIL"),
        count("NOT JUDGED"),
        count("UNSEEN")
    )
}

/// A line for each requirement.
pub fn requirements_text(record: &Record) -> String {
    let mut out = String::new();
    for cause in record.causes().iter().filter(|cause| cause.verdict >= Verdict::Warn) {
        let (count, rows) = (cause.cases.len(), rows_of(cause));
        let _ = writeln!(out, "{:<10}  {count} cases of {rows}: {}", cause.verdict.word(), cause.about);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    for (row, verdict) in requirements(record) {
        let _ = write!(out, "{:<10}  {}  {:<6}  {:<18}  ", verdict.word(), row.id, row.level.word(), row.key);
        let _ = match verdict {
            RowVerdict::Unseen(reason) => writeln!(out, "{reason}"),
            _ => writeln!(out, "{}", row.statement),
        };
    }
    out.push('\n');
    out.push_str(&requirement_totals(record));
    out.push('\n');
    out
}

/// The same as a table in Markdown.
pub fn requirements_markdown(record: &Record) -> String {
    let mut out = String::new();
    let causes = record.causes();
    let grave: Vec<_> = causes.iter().filter(|cause| cause.verdict >= Verdict::Warn).collect();
    if !grave.is_empty() {
        out.push_str("| finding | verdict | cases | requirements |\n| --- | --- | --- | --- |\n");
    }
    for cause in &grave {
        let (verdict, count) = (cause.verdict.word(), cause.cases.len());
        let _ = writeln!(out, "| {} | {verdict} | {count} | {} |", cause.about, rows_of(cause));
    }
    if !grave.is_empty() {
        out.push('\n');
    }
    out.push_str("| requirement | level | verdict | statement |\n| --- | --- | --- | --- |\n");
    for (row, verdict) in requirements(record) {
        let _ =
            writeln!(out, "| {} | {} | {} | {} |", row.id, row.level.word(), verdict.word(), row.statement);
    }
    out
}

/// The requirements that a cause goes against, in its order.
fn rows_of(cause: &Cause<'_>) -> String {
    cause.parts.iter().map(|part| part.requirement.to_string()).collect::<Vec<_>>().join(", ")
}

/// Shape of [`requirements_json`].
#[derive(Serialize)]
struct Row {
    requirement: String,
    key: &'static str,
    level: &'static str,
    verdict: &'static str,
    /// How many cases have a finding that fails or warns of it.
    cases: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// The same as JSON: a list of objects.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn requirements_json(record: &Record) -> Result<String, serde_json::Error> {
    let mut cases: BTreeMap<RequirementId, usize> = BTreeMap::new();
    for part in record.causes().iter().flat_map(|cause| &cause.parts) {
        if part.verdict >= Verdict::Warn {
            *cases.entry(part.requirement).or_default() += part.cases.len();
        }
    }
    let rows = requirements(record).into_iter().map(|(row, verdict)| Row {
        cases: cases.get(&row.id).copied().unwrap_or_default(),
        requirement: row.id.to_string(),
        key: row.key,
        level: row.level.word(),
        verdict: verdict.word(),
        reason: match verdict {
            RowVerdict::Unseen(reason) => Some(reason),
            _ => None,
        },
    });
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<Row>>())? + "\n")
}
