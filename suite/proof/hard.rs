//! Hard mutants of servers against cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::server::{MockServer, Proof, run_against};
use super::side_by_side::side_by_side;
use crate::catalogue::Case;
use crate::judge::Verdict;
use crate::mock::{HardKind, HardMutant, hard_mutants};
use crate::record::Record;

/// A hard mutant, and what failed it.
#[derive(Debug, Clone)]
pub struct HardRow {
    /// The mutant.
    pub mutant: &'static HardMutant,
    /// The cases that fail it, in order; `control` for what was found before them.
    pub failed: Vec<String>,
}

/// Every hard mutant against these cases, as an ordinary run sends them.
///
/// # Errors
/// When no runtime can be had.
pub fn hard_rows(cases: &[&'static Case]) -> std::io::Result<Vec<HardRow>> {
    let all: Vec<&'static HardMutant> = hard_mutants().collect();
    let cases = cases.to_vec();
    side_by_side(&all, move |mutant| {
        let record = run_against(MockServer::Hard(mutant), &cases, Proof::default())?;
        Ok(HardRow { mutant, failed: failed(&record) })
    })
}

/// The cases of a record that fail, by a check of their own or one of every answer.
fn failed(record: &Record) -> Vec<String> {
    let fails =
        |findings: &[crate::judge::Finding]| findings.iter().any(|found| found.verdict == Verdict::Fail);
    let control = fails(&record.control.findings).then(|| "control".to_owned());
    let entries = record.entries.iter().filter(|entry| fails(&entry.judgement.findings));
    control.into_iter().chain(entries.map(|entry| entry.case.clone())).collect()
}

/// Every hard mutant with what must meet, as a table in Markdown.
pub fn hard_markdown() -> String {
    let mut out =
        String::from("| name | kind | what it does, and where | goes against |\n| --- | --- | --- | --- |\n");
    for mutant in hard_mutants() {
        let (name, kind) = (mutant.name, mutant.kind.word());
        let _ = writeln!(out, "| `{name}` | {kind} | {} | {} |", mutant.about(), mutant.requirement);
    }
    out
}

/// How many hard mutants of each kind these rows kill, and which ones by what.
pub fn hard_table(rows: &[HardRow]) -> String {
    let mut killed: BTreeMap<HardKind, (usize, usize)> = BTreeMap::new();
    let mut out = String::new();
    for row in rows {
        let (dead, all) = killed.entry(row.mutant.kind).or_default();
        *all += 1;
        *dead += usize::from(!row.failed.is_empty());
    }
    for (kind, (dead, all)) in &killed {
        let _ = writeln!(out, "{:<14} killed {dead:>2} of {all}", kind.word());
    }
    let (dead, all) = killed.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let _ = writeln!(out, "{:<14} killed {dead:>2} of {all}\n", "all");
    for row in rows.iter().filter(|row| !row.failed.is_empty()) {
        let more = row.failed.len().saturating_sub(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let some: Vec<&str> = row.failed.iter().take(3).map(String::as_str).collect();
        let _ = writeln!(out, "{}: {}{more}", row.mutant.name, some.join(", "));
    }
    out
}
