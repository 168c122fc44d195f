//! The ledger against the catalogue: what looks at each requirement, or why nothing does.

use std::fmt::Write as _;

use serde::Serialize;

use crate::catalogue;
use crate::judge::{CHECKS, REQUEST_CHECKS};
use crate::protocol::{Party, Requirement, Visibility, ledger};

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
    /// Ids of the cases for clients that cite it, if it binds a client.
    pub client_cases: Vec<&'static str>,
    /// Whether the checks of every request of a client look at it.
    pub client_checks: bool,
    /// How many cases for parsers cite it.
    pub parser_cases: usize,
}

impl Coverage {
    /// Why nothing looks at it.
    pub fn reason(&self) -> Option<&'static str> {
        match self.row.visibility {
            Visibility::NotObservable(reason) => Some(reason),
            Visibility::Observable => None,
        }
    }

    /// Whether it binds a client.
    pub fn binds_client(&self) -> bool {
        matches!(self.row.party, Party::Both | Party::Client)
    }

    /// Whether a run against a client looks at it.
    pub fn client_sees(&self) -> bool {
        !self.client_cases.is_empty() || self.client_checks
    }

    /// Why no run against a client looks at it, if it binds one.
    pub fn client_reason(&self) -> Option<&'static str> {
        ledger::client_unseen(self.row.id).filter(|_| self.binds_client())
    }
}

/// Every requirement with what looks at it, in the order of their numbers.
pub fn coverage() -> Vec<Coverage> {
    ledger::requirements()
        .map(|row| {
            let cites = |case: &&catalogue::Case| case.requirements.contains(&row.id);
            let binds_client = matches!(row.party, Party::Both | Party::Client);
            let checks = CHECKS.iter().flat_map(|group| group.iter());
            Coverage {
                row,
                cases: catalogue::cases().iter().filter(cites).map(|case| &*case.id).collect(),
                client_cases: catalogue::client_cases()
                    .iter()
                    .filter(|case| binds_client && case.requirements.contains(&row.id))
                    .map(|case| &*case.id)
                    .collect(),
                client_checks: binds_client && REQUEST_CHECKS.contains(&row.id),
                parser_cases: catalogue::parser_cases()
                    .iter()
                    .filter(|case| case.requirements.contains(&row.id))
                    .count(),
                checks: checks
                    .filter(|check| check.requirements.contains(&row.id))
                    .map(|check| check.id.word())
                    .collect(),
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
    // What a run against a client sees is not unseen.
    if let Some(reason) = coverage.reason().filter(|_| !coverage.client_sees()) {
        parts.push(format!("unseen: {reason}"));
    }
    match (coverage.client_cases.len(), coverage.client_checks) {
        (0, false) => {}
        (0, true) => parts.push("clients: every request".to_owned()),
        (count, false) => parts.push(format!("clients: {count} cases")),
        (count, true) => parts.push(format!("clients: every request and {count} cases")),
    }
    if coverage.parser_cases > 0 {
        parts.push(format!("parsers: {} cases", coverage.parser_cases));
    }
    if let Some(reason) = coverage.client_reason() {
        parts.push(format!("clients, unseen: {reason}"));
    }
    parts.join("; ")
}

/// One line: how many requirements are looked at, and how many are not.
pub(crate) fn ledger_summary() -> String {
    let all = coverage();
    let unseen = all.iter().filter(|one| one.reason().is_some()).count();
    let server = all.iter().filter(|one| one.row.party.binds_server()).count();
    let server_unseen =
        all.iter().filter(|one| one.row.party.binds_server() && one.reason().is_some()).count();
    let client = all.iter().filter(|one| one.binds_client()).count();
    let client_unseen = all.iter().filter(|one| one.binds_client() && !one.client_sees()).count();
    format!(
        "{} requirements: a run against a server looks at {}, {unseen} have the reason why not; of the {server} that bind a server, {} and {server_unseen}; of the {client} that bind a client, a run against one looks at {}, {client_unseen} have the reason why not\n",
        all.len(),
        all.len() - unseen,
        server - server_unseen,
        client - client_unseen
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
    client_cases: Vec<&'static str>,
    client_checks: bool,
    parser_cases: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_unseen: Option<&'static str>,
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
        client_unseen: one.client_reason(),
        client_cases: one.client_cases,
        client_checks: one.client_checks,
        parser_cases: one.parser_cases,
        cases: one.cases,
        checks: one.checks,
    });
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<Row>>())? + "\n")
}
