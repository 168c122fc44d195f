//! Clients.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use umspec::catalogue::{client_cases, quick_cases};
use umspec::evidence::Subject;
use umspec::judge::Verdict;
use umspec::mock::client_mutants;
use umspec::proof::{KillMatrix, KillRow, client_false_alarms, client_kill_matrix, told_client_cases};
use umspec::protocol::Party;
use umspec::protocol::ledger::requirement;

use crate::quick::is_enough;
use crate::told::is_told_once;

pub(crate) static MATRIX: LazyLock<KillMatrix> =
    LazyLock::new(|| client_kill_matrix(&told_client_cases()).expect("a run on loopback"));

#[test]
fn a_defect_of_a_client_is_told_once() {
    is_told_once(&MATRIX);
}

#[test]
fn every_mutant_is_killed_by_the_case_named_for_it_and_for_its_requirement() {
    assert_eq!(MATRIX.survivors(), Vec::<&str>::new());
    assert!(MATRIX.rows.len() >= 30, "{}", MATRIX.rows.len());
    let names: BTreeSet<&str> = client_mutants().map(|mutant| mutant.name).collect();
    assert_eq!(names.len(), MATRIX.rows.len());
}

#[test]
fn no_mutant_goes_unnoticed_in_the_interop_profile() {
    for KillRow { mutant, kills, .. } in &MATRIX.rows {
        assert!(kills.iter().any(|kill| kill.interop >= Verdict::Warn), "{mutant}");
    }
}

/// A mutant must be killed by what its verdicts say, not because nothing could be said.
#[test]
fn mutants_pass_the_control() {
    for KillRow { mutant, kills, .. } in &MATRIX.rows {
        assert!(!kills.iter().any(|kill| kill.case.starts_with("control:")), "{mutant}: {:?}", kills[0]);
    }
}

/// The list of `--quick` is not compared with a choice made anew: of clients that wait, a busy machine tells more than
/// is wrong with them.
#[test]
fn quick_cases_kill_all_mutants() {
    let told = told_client_cases();
    let ids: Vec<&str> = told.iter().map(|case| &*case.id).collect();
    is_enough(Subject::Client, &MATRIX, &ids);
    let quick: BTreeSet<&str> = quick_cases(Subject::Client).collect();
    let placing = client_cases().iter().filter(|case| case.is_life());
    assert!(
        placing.into_iter().all(|case| quick.contains(&*case.id)),
        "those that place calls have few cases"
    );
}

#[test]
fn every_case_kills_a_mutant() {
    let told = told_client_cases();
    let idle = MATRIX.idle(told.iter().map(|case| &*case.id));
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

/// What an answer does wrong that only its server is bound to is no fault of the client.
#[test]
fn no_client_is_accused_by_a_row_that_binds_servers() {
    for KillRow { mutant, kills, .. } in &MATRIX.rows {
        for kill in kills {
            for &row in &kill.requirements {
                let row = requirement(row).expect("a row");
                assert!(
                    matches!(row.party, Party::Both | Party::Client),
                    "{mutant}, {}: {}",
                    kill.case,
                    row.id
                );
            }
        }
    }
}

/// At most a note, which is all that any of them is worth.
#[test]
fn clients_that_differ_as_some_document_allows_are_left_alone() {
    let variants = client_false_alarms().expect("a run on loopback");
    assert!(variants.len() >= 30, "{}", variants.len());
    let names: BTreeSet<&str> = variants.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), variants.len());
    let accused: Vec<_> = variants.iter().filter(|(_, alarms)| !alarms.is_empty()).collect();
    assert!(accused.is_empty(), "{accused:#?}");
}
