//! Mutants of servers against cases.

use std::sync::Arc;
use std::thread;

use super::kills::row;
use super::matrix::{KillMatrix, KillRow};
use super::server::{MockServer, Proof, known, run_against};
use super::side_by_side::{WAITING, in_lanes, side_by_side};
use super::transcript::Transcript;
use crate::catalogue::Case;
use crate::mock::{Mutant, mutants};

/// Runs every mutant against these cases, each mutant in this process or, where its defect only
/// shows there, over sockets.
///
/// A mutant that remembers nothing is first asked what the strict service was asked. Where it gives the
/// same answers, byte for byte, its verdict is the strict service's: only the other cases are run and
/// judged. The tests hold that the row is the same as when all are run.
///
/// # Errors
/// When no runtime or port can be had.
pub fn kill_matrix(cases: &[&'static Case]) -> std::io::Result<KillMatrix> {
    let transcript = Arc::new(Transcript::of(cases)?);
    let all = cases.to_vec();
    // Those over sockets mostly wait, for a defect that shows in a time-out.
    let (wired, local): (Vec<_>, Vec<_>) = mutants().partition(|mutant| mutant.needs_wire());
    let of_wired = all.clone();
    let wired = thread::spawn(move || {
        in_lanes(WAITING, &wired, move |mutant: &'static Mutant| kill_row(mutant, &of_wired))
    });
    let local = side_by_side(&local, move |mutant: &'static Mutant| {
        if mutant.remembers() {
            kill_row(mutant, &all)
        } else if mutant.is_slow() {
            // What it answers is right.
            let about_time: Vec<_> = all.iter().copied().filter(|case| case.growing.is_some()).collect();
            kill_row(mutant, &about_time)
        } else {
            kill_row(mutant, &transcript.differing(&known(mutant.service())))
        }
    })?;
    let wired = wired.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    // In the order of the mutants.
    let (mut wired, mut local) = (wired.into_iter(), local.into_iter());
    let rows = mutants().filter_map(|mutant| if mutant.needs_wire() { wired.next() } else { local.next() });
    Ok(KillMatrix { rows: rows.collect() })
}

/// Runs a mutant against these cases, all of them.
///
/// # Errors
/// When no runtime or port can be had.
pub fn kill_row(mutant: &'static Mutant, cases: &[&'static Case]) -> std::io::Result<KillRow> {
    let record = run_against(MockServer::Mutant(mutant), cases, Proof::default())?;
    Ok(row(mutant.name, mutant.killed_by, record))
}
