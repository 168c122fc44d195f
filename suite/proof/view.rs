//! The kill matrix for people and programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::matrix::{GROWTH, Kill, KillMatrix, KillRow};
use crate::catalogue::Case;
use crate::mock::KilledBy;

/// Shape of [`KillMatrix::json`]. Versioned by its field `format`.
#[derive(Serialize)]
struct Rows<'a> {
    format: u32,
    mutants: Vec<Row<'a>>,
    cases: Vec<(&'a str, usize)>,
}

#[derive(Serialize)]
struct Row<'a> {
    mutant: &'a str,
    case: &'a str,
    requirement: String,
    killed_by: Vec<&'a str>,
    /// Those of them that fail by their own doing.
    by_their_own: Vec<&'a str>,
}

impl KillMatrix {
    /// A line for each mutant: the case and requirement named for it, what that case says in the
    /// interop profile, and how many cases kill it in all. Of cases that measure time only the one named
    /// for it counts: what the others say of it depends on the machine.
    pub fn text(&self) -> String {
        let width = self.rows.iter().map(|row| row.mutant.len()).max().unwrap_or_default();
        let mut out = String::new();
        for row @ KillRow { mutant, killed_by, kills, .. } in &self.rows {
            let KilledBy { case, requirement } = killed_by;
            let verdict = verdict(row);
            let counts = |kill: &&Kill| kill.case == *case || !kill.case.starts_with(GROWTH);
            let count = kills.iter().filter(counts).count();
            let _ = writeln!(out, "{mutant:<width$}  {count:>3}  {requirement}  {verdict:<4}  {case}");
        }
        out.push('\n');
        out.push_str(&self.summary());
        out
    }

    /// The same as a table in Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from(
            "| mutant | named case | requirement | interop | killed by |\n| --- | --- | --- | --- | --- |\n",
        );
        for row @ KillRow { mutant, killed_by, kills, .. } in &self.rows {
            let KilledBy { case, requirement } = killed_by;
            let verdict = verdict(row);
            let _ = writeln!(out, "| {mutant} | {case} | {requirement} | {verdict} | {} |", kills.len());
        }
        out
    }

    /// The same as JSON, with every case that kills.
    ///
    /// # Errors
    /// Never for a matrix that [`super::kill_matrix`] made.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let mutants = self.rows.iter().map(|row| Row {
            mutant: row.mutant,
            case: row.killed_by.case,
            requirement: row.killed_by.requirement.to_string(),
            killed_by: row.kills.iter().map(|kill| kill.case.as_str()).collect(),
            by_their_own: row.own_kills().map(|kill| kill.case.as_str()).collect(),
        });
        let cases = self.kills_of_cases().into_iter().collect();
        Ok(serde_json::to_string_pretty(&Rows { format: 2, mutants: mutants.collect(), cases })? + "\n")
    }

    /// How many mutants each of these cases kills, a line each.
    pub fn by_case(&self, cases: &[&'static Case]) -> String {
        let kills = self.kills_of_cases();
        let mut out = String::new();
        for case in cases {
            let count = kills.get(&*case.id).copied().unwrap_or_default();
            let _ = writeln!(out, "{count:>3}  {}", case.id);
        }
        out
    }

    /// One line: how many mutants are killed by the case named for them.
    pub fn summary(&self) -> String {
        let all = self.rows.len();
        format!("{} of {all} mutants are killed by the case named for them\n", all - self.survivors().len())
    }
}

/// What the case named for a mutant says in the interop profile.
fn verdict(row: &KillRow) -> &'static str {
    row.named().map_or("ALIVE", |kill| kill.interop.word())
}
