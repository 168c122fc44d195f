//! Mutants of servers against cases.

use std::sync::Arc;

use super::kills::row;
use super::matrix::{KillMatrix, KillRow};
use super::server::{MockServer, Proof, known, run_against};
use super::side_by_side::side_by_side;
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
    let rows = side_by_side(&mutants().collect::<Vec<_>>(), move |mutant: &'static Mutant| {
        if mutant.needs_wire() || mutant.remembers() {
            kill_row(mutant, &all)
        } else {
            kill_row(mutant, &transcript.differing(&known(mutant.service())))
        }
    })?;
    Ok(KillMatrix { rows })
}

/// Runs a mutant against these cases, all of them.
///
/// # Errors
/// When no runtime or port can be had.
pub fn kill_row(mutant: &'static Mutant, cases: &[&'static Case]) -> std::io::Result<KillRow> {
    let record = run_against(MockServer::Mutant(mutant), cases, Proof::default())?;
    Ok(row(mutant.name, mutant.killed_by, record))
}
