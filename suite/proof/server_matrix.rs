//! Mutants of servers against cases.

use std::sync::Arc;
use std::thread;

use super::kills::row;
use super::matrix::{KillMatrix, KillRow};
use super::server::{MockServer, Proof, known, run_against};
use super::side_by_side::{WAITING, in_lanes, side_by_side};
use super::transcript::Transcript;
use crate::catalogue::{Case, CaseHeader as _, Part, Stimulus};
use crate::mock::{Mutant, mutants};

/// Runs every mutant against these cases, each mutant in this process or, where its defect only
/// shows there, over sockets.
///
/// A mutant whose defect shows over sockets only is run against what is about HTTP, and against some of the rest.
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
        in_lanes(WAITING, &wired, move |mutant: &'static Mutant| {
            kill_row(mutant, &over_sockets(mutant, &of_wired))
        })
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

/// Families that are about sizes and bytes, which show over sockets as well.
const ON_THE_LINE: [&str; 2] = ["call-id-size", "segment"];

/// Families that take long and are about what a message holds.
const LONG: [&str; 2] = ["growth", "robustness"];

/// Of these cases those that a mutant is run against whose defect shows over sockets only: what is about HTTP, sizes, bytes
/// or several requests, and the case named for it. What else a body holds is one to it: of that every eighth.
fn over_sockets(mutant: &Mutant, cases: &[&'static Case]) -> Vec<&'static Case> {
    let is_of_line = |case: &Case| {
        case.part == Part::Http
            || case.needs_wire()
            || matches!(case.stimulus, Stimulus::Sequence(_))
            || ON_THE_LINE.contains(&case.family())
    };
    let is_kept = |index: usize, case: &Case| {
        let is_some = index.is_multiple_of(8) || is_of_line(case);
        case.id == mutant.killed_by.case || (is_some && !LONG.contains(&case.family()))
    };
    let kept = cases.iter().enumerate().filter(|(index, case)| is_kept(*index, case));
    kept.map(|(_, case)| *case).collect()
}

/// Runs a mutant against these cases, all of them.
///
/// # Errors
/// When no runtime or port can be had.
pub fn kill_row(mutant: &'static Mutant, cases: &[&'static Case]) -> std::io::Result<KillRow> {
    let record = run_against(MockServer::Mutant(mutant), cases, Proof::default())?;
    Ok(row(mutant.name, mutant.killed_by, record))
}
