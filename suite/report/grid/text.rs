use std::fmt::Write as _;

use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::record::comparison::{Agreement, Grid, Query};

/// Columns that a grid in text can have: each is a letter.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The grid, for people: a letter for each record, a line for each case that the query is about, then how far
/// the records agree.
pub fn grid_text(grid: &Grid<'_>, names: &[String], query: Query) -> String {
    let mut out = String::new();
    for ((column, record), name) in grid.records.iter().enumerate().zip(names) {
        let (name, target) = (visible(name), told(&record.target));
        let _ = writeln!(
            out,
            "{}  {name}: {} {target}, profile {}",
            letter(column),
            record.subject,
            record.grading.profile
        );
    }
    out.push('\n');
    let rows: Vec<_> = grid.matching(query).collect();
    let width = rows.iter().map(|row| visible(row.case).chars().count()).max().unwrap_or_default();
    if !rows.is_empty() {
        let letters: Vec<String> =
            (0..grid.records.len()).map(|column| format!("{:<10}", letter(column))).collect();
        let _ = writeln!(out, "{:width$}  {}", "", letters.join("  ").trim_end());
    }
    for row in &rows {
        let cells: Vec<String> =
            row.verdicts.iter().map(|verdict| format!("{:<10}", word(*verdict))).collect();
        let _ = writeln!(out, "{:<width$}  {}", visible(row.case), cells.join("  ").trim_end());
    }
    if !rows.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "cases     {} of {} {}", rows.len(), grid.rows.len(), about(query));
    let _ = writeln!(out, "agreement of what both have judged: both fail, or neither does");
    for (column, row) in grid.agreement().iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|agreement| format!("{:>11}", share(agreement))).collect();
        let _ = writeln!(out, "{}         {}", letter(column), cells.join("  "));
    }
    out
}

/// The name of a column.
pub(super) fn letter(column: usize) -> String {
    LETTERS.chars().nth(column).map_or_else(|| (column + 1).to_string(), String::from)
}

/// What stands in a cell.
pub(super) fn word(verdict: Option<Verdict>) -> &'static str {
    verdict.map_or("-", Verdict::word)
}

/// What a query is about, to follow "cases".
pub(super) fn about(query: Query) -> &'static str {
    match query {
        Query::All => "in all",
        Query::AllFail => "fail wherever they were judged",
        Query::Different => "have not the same verdict everywhere",
        Query::FailThenPass => "fail in a record and do not in a later one",
        Query::NotJudged => "were judged in one record and not in another",
        Query::OnlyOneFails => "fail in one record only",
        Query::PassThenFail => "do not fail in a record and fail in a later one",
    }
}

/// How far two records agree.
pub(super) fn share(agreement: &Agreement) -> String {
    format!("{}/{}", agreement.alike, agreement.of)
}
