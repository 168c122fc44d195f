//! What the verdicts of clients are worth.

use std::collections::BTreeMap;
use std::time::Duration;

use super::kills::row;
use super::matrix::{KillMatrix, KillRow};
use super::score::Score;
use super::server::STRICTEST;
use super::side_by_side::{WAITING, in_lanes};
use crate::catalogue::{ClientCase, Play, client_cases};
use crate::evidence::Client;
use crate::judge::{Grading, Verdict};
use crate::mock::{
    ClientMutant, ClientSham, ClientVariant, ReferenceClient, client_mutants, client_variants,
};
use crate::protocol::Profile;
use crate::record::{Record, Unwatched};
use crate::run::{ClientOptions, run_client};
use crate::target::ClientTarget;

/// The time that a client in this process has; it waits half of it. A cut answer is there at once, so that
/// only cases that wait take that long.
const TIME: Duration = Duration::from_millis(500);

/// The time that a lawful client has: a busy machine must not make it fail.
const LAWFUL_TIME: Duration = Duration::from_secs(3);

/// Cases for clients that are told the id.
pub fn told_client_cases() -> Vec<&'static ClientCase> {
    client_cases().iter().filter(|case| !case.is_life()).collect()
}

/// Runs cases against a client in this process.
///
/// # Errors
/// When no runtime or port can be had.
pub fn run_client_in_process(
    client: impl Client + 'static,
    grading: Grading,
    cases: &[&'static ClientCase],
) -> std::io::Result<Record> {
    run_for(TIME, client, grading, cases)
}

/// The same with so much time for each run of the client.
fn run_for(
    time: Duration,
    client: impl Client + 'static,
    grading: Grading,
    cases: &[&'static ClientCase],
) -> std::io::Result<Record> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let options = ClientOptions { grading, time, ..ClientOptions::new("in process") };
    runtime.block_on(run_client(ClientTarget::in_process(client), &options, cases, &Unwatched))
}

/// Every mutant client against these cases, or against those about requests if its defect is in what it
/// sends: a case kills a mutant that it fails in the strict profile with
/// Basic Profile switched on.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn client_kill_matrix(cases: &[&'static ClientCase]) -> std::io::Result<KillMatrix> {
    let mutants: Vec<_> = client_mutants().collect();
    let of_lanes = cases.to_vec();
    let rows = in_lanes(WAITING, &mutants, move |mutant| client_kill_row(mutant, &of_lanes, TIME))?;
    let mut matrix = KillMatrix { rows };
    // What shows only in milliseconds gets lost on a busy machine: whoever is alive is run again, by itself and
    // with more time.
    let alive = matrix.survivors();
    for row in matrix.rows.iter_mut().filter(|row| alive.contains(&row.mutant)) {
        if let Some(&mutant) = mutants.iter().find(|mutant| mutant.name == row.mutant) {
            *row = client_kill_row(mutant, cases, LAWFUL_TIME)?;
        }
    }
    Ok(matrix)
}

fn client_kill_row(
    mutant: &'static ClientMutant,
    cases: &[&'static ClientCase],
    time: Duration,
) -> std::io::Result<KillRow> {
    // Every answer would bring out the same again.
    let about = |case: &ClientCase| case.about_call_id || matches!(case.play, Play::Twice);
    let cases: Vec<_> =
        cases.iter().copied().filter(|case| !mutant.is_about_requests() || about(case)).collect();
    let record = run_for(time, mutant, STRICTEST, &cases)?;
    Ok(row(mutant.name, mutant.killed_by, record))
}

/// What a client that differs as some document allows is accused of: cases and what was found, where that is
/// more than a note, or where there is no verdict. What is found in every request stands under `control`.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn client_false_alarms() -> std::io::Result<Vec<(&'static str, Vec<String>)>> {
    let cases = told_client_cases();
    let variants: Vec<_> = client_variants().collect();
    in_lanes(WAITING, &variants, move |variant: &'static ClientVariant| {
        let record = run_for(LAWFUL_TIME, variant, Grading::default(), &cases)?;
        let before = record.control.findings.iter().filter(|finding| finding.verdict > Verdict::Note);
        let mut alarms: Vec<String> =
            before.map(|finding| format!("control: {}", finding.observed)).collect();
        for entry in &record.entries {
            let judgement = &entry.judgement;
            if matches!(judgement.verdict, Verdict::Warn | Verdict::Fail | Verdict::NotJudged) {
                let found = judgement.findings.first().map(|finding| finding.observed.as_str());
                let words = found.or(judgement.reason.as_deref()).unwrap_or_default();
                alarms.push(format!("{}: {words}", entry.case));
            }
        }
        Ok((variant.name, alarms))
    })
}

/// What every sham client scores.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn client_sham_scores() -> std::io::Result<Vec<(&'static str, Score)>> {
    let cases = told_client_cases();
    in_lanes(WAITING, &ClientSham::ALL, move |sham| {
        let record = run_client_in_process(sham, Grading::default(), &cases)?;
        Ok((sham.name(), Score::of(&record)))
    })
}

/// What the reference client comes to in a profile.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn reference_client_verdicts(profile: Profile) -> std::io::Result<BTreeMap<Verdict, Vec<String>>> {
    let grading = Grading { profile, bp: true };
    let record = run_client_in_process(ReferenceClient, grading, &told_client_cases())?;
    let mut verdicts: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for entry in record.entries {
        verdicts.entry(entry.judgement.verdict).or_default().push(entry.case);
    }
    Ok(verdicts)
}
