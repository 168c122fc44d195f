//! What the verdicts of clients are worth.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::kill::subject_kills;
use super::killers::CLIENT_KILLERS;
use super::{Kill, KillMatrix, Score};
use crate::catalogue::{ClientCase, client_case, client_cases};
use crate::evidence::Client;
use crate::judge::{Settings, Verdict, judge_client};
use crate::mock::{ClientSham, ReferenceClient, client_mutants};
use crate::protocol::Profile;
use crate::record::{ClientOptions, Sight, SubjectRecord, Unwatched, run_client};

/// The time that a client in this process has; it waits half of it. A cut answer is there at once, so that
/// only cases that wait take that long.
const TIME: Duration = Duration::from_millis(500);

/// Cases for clients that are told the id.
pub fn told_client_cases() -> Vec<&'static ClientCase> {
    client_cases().iter().filter(|case| !case.is_life()).collect()
}

/// Runs cases against a client in this process.
///
/// # Errors
/// When no runtime or port can be had.
pub fn run_client_in_process(
    client: Arc<dyn Client>,
    settings: Settings,
    cases: &[&'static ClientCase],
) -> std::io::Result<SubjectRecord> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let options = ClientOptions { settings, time: TIME, ..ClientOptions::new("in process") };
    runtime.block_on(run_client(client, &options, cases, &Unwatched))
}

/// Every mutant client against these cases, or against those about requests if its defect is in what it
/// sends: a case kills a mutant that it fails in the strict profile with
/// Basic Profile switched on.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn client_kill_matrix(cases: &[&'static ClientCase]) -> std::io::Result<KillMatrix> {
    let strict = Settings { profile: Profile::Strict, bp: true };
    let mutants: Vec<_> = client_mutants().collect();
    let rows = super::side_by_side(&mutants, |mutant| {
        // Every answer would bring out the same again.
        let about = |case: &ClientCase| {
            ["request", "client-id"].contains(&case.id.split('/').next().unwrap_or_default())
        };
        let cases: Vec<_> =
            cases.iter().copied().filter(|case| !mutant.is_about_requests() || about(case)).collect();
        let record = run_client_in_process(Arc::new(*mutant), strict, &cases)?;
        Ok((mutant.name, kills(&record)))
    })?;
    Ok(KillMatrix { rows, killers: CLIENT_KILLERS })
}

fn kills(record: &SubjectRecord) -> Vec<Kill> {
    subject_kills(record, |case, sight| {
        let Sight::Client(sight) = sight else { return None };
        Some(judge_client(client_case(case)?, sight, Settings::default()))
    })
}

/// What every sham client scores.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn client_sham_scores() -> std::io::Result<Vec<(&'static str, Score)>> {
    let cases = told_client_cases();
    super::side_by_side(&ClientSham::ALL, |sham| {
        let record = run_client_in_process(Arc::new(*sham), Settings::default(), &cases)?;
        Ok((
            sham.name(),
            Score::of(record.entries.iter().map(|entry| (&*entry.case, entry.judgement.verdict))),
        ))
    })
}

/// What the reference client comes to in a profile.
///
/// # Errors
/// As [`run_client_in_process`].
pub fn reference_client_verdicts(profile: Profile) -> std::io::Result<BTreeMap<Verdict, Vec<String>>> {
    let settings = Settings { profile, bp: true };
    let record = run_client_in_process(Arc::new(ReferenceClient), settings, &told_client_cases())?;
    let mut verdicts: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for entry in record.entries {
        verdicts.entry(entry.judgement.verdict).or_default().push(entry.case);
    }
    Ok(verdicts)
}
