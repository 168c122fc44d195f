//! What a record says of each requirement.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use crate::judge::{CHECKS, Judgement, Verdict, sights};
use crate::protocol::{Requirement, RequirementId, Watch, ledger};
use crate::record::Record;

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
    let findings = record
        .control
        .findings
        .iter()
        .chain(record.entries.iter().flat_map(|entry| &entry.judgement.findings));
    let mut worst = vec![None; ledger::requirements().count() + 1];
    for finding in findings {
        if let Some(slot) =
            finding.requirement.parse::<RequirementId>().ok().and_then(|id| worst.get_mut(usize::from(id.0)))
        {
            *slot = (*slot).max(Some(finding.verdict));
        }
    }
    ledger::requirements()
        .map(|row| {
            let verdict = match (worst[usize::from(row.id.0)], row.watch) {
                // What binds the other side is only told where the server goes against it.
                (None | Some(Verdict::Pass | Verdict::Note), Watch::Unseen(reason)) => {
                    RowVerdict::Unseen(reason)
                }
                (Some(verdict), _) => RowVerdict::Judged(verdict),
                (None, Watch::Seen) if looked.contains(&row.id) => RowVerdict::Judged(Verdict::Pass),
                (None, Watch::Seen) => RowVerdict::NotJudged,
            };
            (row, verdict)
        })
        .collect()
}

/// The requirements that something judged: cases, and checks that had an answer to look at.
fn looked_at(record: &Record) -> BTreeSet<RequirementId> {
    let mut looked = BTreeSet::new();
    let mut seen: BTreeSet<&'static str> = BTreeSet::new();
    for entry in record.entries.iter().filter(|entry| entry.judgement.verdict.is_judged()) {
        if came_to_what_was_expected(&entry.judgement) {
            let case = Record::case_of(entry);
            looked.extend(case.into_iter().flat_map(|case| case.requirements.iter().copied()));
        }
        seen.extend(entry.attempts.iter().flat_map(sights));
        if entry.attempts.len() > 1 {
            seen.insert("repeat");
        }
    }
    if record.control.states && !seen.is_empty() {
        seen.insert("effect");
    }
    // What the outcome is held against depends on the case, which cites it, and on the fault that
    // came, which a finding cites.
    let checks = CHECKS.iter().flat_map(|group| group.iter());
    let about_invalid_id = |row: &&u16| seen.contains("invalid-id/") || !ABOUT_INVALID_ID.contains(row);
    let had_a_look = checks.filter(|check| seen.iter().any(|sight| check.id.starts_with(sight)));
    looked.extend(
        had_a_look
            .flat_map(|check| check.requirements)
            .filter(about_invalid_id)
            .map(|&row| RequirementId(row)),
    );
    looked
}

/// Rows that checks of every answer cite, but that say something only where an id is invalid.
const ABOUT_INVALID_ID: [u16; 2] = [127, 133];

/// Whether nothing that a case is about went wrong, whatever the checks of its answers found: what
/// goes against another row is no evidence for the case's own.
fn came_to_what_was_expected(judgement: &Judgement) -> bool {
    let about = ["alive", "canary", "effect", "outcome", "repeat", "sequence"];
    !judgement.findings.iter().any(|f| f.verdict >= Verdict::Warn && about.contains(&f.check.as_str()))
}

/// One line: how many requirements came to what. They add up to all of them.
pub fn requirement_totals(record: &Record) -> String {
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
    let mut out = String::from("| requirement | level | verdict | statement |\n| --- | --- | --- | --- |\n");
    for (row, verdict) in requirements(record) {
        let _ =
            writeln!(out, "| {} | {} | {} | {} |", row.id, row.level.word(), verdict.word(), row.statement);
    }
    out
}

/// Shape of [`requirements_json`].
#[derive(Serialize)]
struct Row {
    requirement: String,
    key: &'static str,
    level: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// The same as JSON: a list of objects.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn requirements_json(record: &Record) -> Result<String, serde_json::Error> {
    let rows = requirements(record).into_iter().map(|(row, verdict)| Row {
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
