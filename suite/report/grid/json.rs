use serde::Serialize;

use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::record::comparison::{Agreement, Grid, Query};

/// Version of this form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Compared {
    format: u32,
    records: Vec<Column>,
    /// In how many cases two records agree, of how many that both have judged.
    agreement: Vec<Vec<(usize, usize)>>,
    cases: Vec<Case>,
}

#[derive(Serialize)]
struct Column {
    name: String,
    subject: &'static str,
    target: String,
    profile: &'static str,
    catalogue: String,
    started_ms: u64,
}

#[derive(Serialize)]
struct Case {
    case: String,
    verdicts: Vec<Option<Verdict>>,
}

/// The grid as JSON, with the cases that the query is about.
///
/// # Errors
/// Never for records that a run or [`Record::load`](crate::record::Record::load) made.
pub fn grid_json(grid: &Grid<'_>, names: &[String], query: Query) -> Result<String, serde_json::Error> {
    let columns = grid.records.iter().zip(names).map(|(record, name)| Column {
        name: visible(name),
        subject: record.subject.word(),
        target: told(&record.target),
        profile: record.grading.profile.word(),
        catalogue: told(&record.catalogue),
        started_ms: record.times.started_ms,
    });
    let pair = |Agreement { alike, of }: &Agreement| (*alike, *of);
    let compared = Compared {
        format: FORMAT,
        records: columns.collect(),
        agreement: grid.agreement().iter().map(|row| row.iter().map(pair).collect()).collect(),
        cases: grid
            .matching(query)
            .map(|row| Case { case: visible(row.case), verdicts: row.verdicts.clone() })
            .collect(),
    };
    Ok(serde_json::to_string_pretty(&compared)? + "\n")
}
