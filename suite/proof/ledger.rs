//! The ledger against the catalogue: what looks at each requirement, or why nothing does.

use std::fmt::Write as _;

use serde::Serialize;

use crate::catalogue;
use crate::judge::CHECKS;
use crate::protocol::{Requirement, Watch, ledger};

/// Most cases named in a line for people.
const MAX_NAMED: usize = 3;

/// What looks at a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The requirement.
    pub row: &'static Requirement,
    /// Ids of the cases that cite it.
    pub cases: Vec<&'static str>,
    /// Ids of the checks of answers that cite it.
    pub checks: Vec<&'static str>,
}

impl Coverage {
    /// Why nothing looks at it.
    pub fn reason(&self) -> Option<&'static str> {
        match self.row.watch {
            Watch::Unseen(reason) => Some(reason),
            Watch::Seen => None,
        }
    }
}

/// Every requirement with what looks at it, in the order of their numbers.
pub fn coverage() -> Vec<Coverage> {
    ledger::requirements()
        .map(|row| {
            let cites = |case: &&catalogue::Case| case.requirements.contains(&row.id);
            let checks = CHECKS.iter().flat_map(|group| group.iter());
            Coverage {
                row,
                cases: catalogue::cases().iter().filter(cites).map(|case| &*case.id).collect(),
                checks: checks.filter(|check| check.requirements.contains(&row.id.0)).map(|c| c.id).collect(),
            }
        })
        .collect()
}

/// What looks at a requirement, in words.
fn words(coverage: &Coverage) -> String {
    let mut parts = Vec::new();
    match coverage.cases.len() {
        0 => {}
        count if count <= MAX_NAMED => parts.push(coverage.cases.join(", ")),
        count => parts.push(format!(
            "{} and {} more cases",
            coverage.cases[..MAX_NAMED].join(", "),
            count - MAX_NAMED
        )),
    }
    if !coverage.checks.is_empty() {
        parts.push(format!("checks {}", coverage.checks.join(", ")));
    }
    if let Some(reason) = coverage.reason() {
        parts.push(format!("unseen: {reason}"));
    }
    parts.join("; ")
}

/// One line: how many requirements are looked at, and how many are not.
pub fn ledger_summary() -> String {
    let all = coverage();
    let unseen = all.iter().filter(|one| one.reason().is_some()).count();
    let server = all.iter().filter(|one| one.row.party.binds_server()).count();
    let server_unseen =
        all.iter().filter(|one| one.row.party.binds_server() && one.reason().is_some()).count();
    format!(
        "{} requirements: {} with cases or checks, {unseen} with the reason why not; of the {server} that bind a server, {} and {server_unseen}\n",
        all.len(),
        all.len() - unseen,
        server - server_unseen
    )
}

/// The ledger as lines.
pub fn ledger_text() -> String {
    let mut out = String::new();
    for one in coverage() {
        let row = one.row;
        let _ = writeln!(
            out,
            "{}  {:<6}  {:<7}  {:<18}  {}",
            row.id,
            row.level.word(),
            row.party.word(),
            row.key,
            words(&one)
        );
    }
    out + "\n" + &ledger_summary()
}

/// The ledger as a table in Markdown.
pub fn ledger_markdown() -> String {
    let mut out = String::from(
        "| requirement | level | binds | statement | looked at by |\n| --- | --- | --- | --- | --- |\n",
    );
    for one in coverage() {
        let row = one.row;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            row.id,
            row.level.word(),
            row.party.word(),
            row.statement,
            words(&one)
        );
    }
    out
}

/// Shape of [`ledger_json`].
#[derive(Serialize)]
struct Row {
    requirement: String,
    key: &'static str,
    level: &'static str,
    binds: &'static str,
    statement: &'static str,
    sources: Vec<String>,
    cases: Vec<&'static str>,
    checks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unseen: Option<&'static str>,
}

/// The ledger as JSON: a list of objects, every case named.
///
/// # Errors
/// Never.
pub fn ledger_json() -> Result<String, serde_json::Error> {
    let rows = coverage().into_iter().map(|one| Row {
        requirement: one.row.id.to_string(),
        key: one.row.key,
        level: one.row.level.word(),
        binds: one.row.party.word(),
        statement: one.row.statement,
        sources: one.row.sources.iter().map(ToString::to_string).collect(),
        unseen: one.reason(),
        cases: one.cases,
        checks: one.checks,
    });
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<Row>>())? + "\n")
}
