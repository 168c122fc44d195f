//! Parsers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use umspec::catalogue::parser_cases;
use umspec::judge::{Grading, Verdict};
use umspec::mock::{parser_mutants, parser_variants};
use umspec::proof::{KillMatrix, KillRow, all_parser_cases, parser_kill_matrix, run_parser_in_process};

use crate::quick::is_kept;
use crate::review::snapshots;
use crate::told::is_told_once;

pub(crate) static MATRIX: LazyLock<KillMatrix> =
    LazyLock::new(|| parser_kill_matrix().expect("a run in process"));

#[test]
fn a_defect_of_a_parser_is_told_once() {
    is_told_once(&MATRIX);
}

#[test]
fn every_mutant_is_killed_by_the_case_named_for_it_and_for_its_requirement() {
    assert_eq!(MATRIX.survivors(), Vec::<&str>::new());
    assert!(MATRIX.rows.len() >= 40, "{}", MATRIX.rows.len());
    let names: BTreeSet<&str> = parser_mutants().map(|mutant| mutant.name).collect();
    assert_eq!(names.len(), MATRIX.rows.len());
}

#[test]
fn no_mutant_goes_unnoticed_in_the_interop_profile() {
    for KillRow { mutant, kills, .. } in &MATRIX.rows {
        assert!(kills.iter().any(|kill| kill.interop >= Verdict::Warn), "{mutant}");
    }
}

/// `--quick` takes few cases, in the order in which they kill.
#[test]
fn quick_cases_are_those_that_kill_all_mutants() {
    let ids: Vec<&str> = parser_cases().iter().map(|case| &*case.id).collect();
    is_kept("suite/catalogue/message/quick.txt", &MATRIX.killing_set(&ids));
}

#[test]
fn every_case_kills_a_mutant() {
    let idle = MATRIX.idle(parser_cases().iter().map(|case| &*case.id));
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

/// What some document allows is never more than noted.
#[test]
fn variants_get_no_more_than_notes() {
    assert!(parser_variants().count() >= 20);
    let mut unfair = Vec::new();
    let cases: Vec<_> = all_parser_cases().into_iter().filter(|case| case.smaller.is_empty()).collect();
    for variant in parser_variants() {
        let record = run_parser_in_process(variant.parser(), Grading::default(), &cases);
        assert_eq!(record.counts().not_judged, 0, "{}", variant.name);
        for (finding, cases) in record.findings() {
            if finding.verdict > Verdict::Note {
                unfair.push(format!(
                    "{}: {} {} {cases:?}",
                    variant.name, finding.requirement, finding.observed
                ));
            }
        }
    }
    assert!(unfair.is_empty(), "{}", unfair.join("\n"));
}

/// A mutant must be killed by what its verdicts say, not because nothing could be said.
#[test]
fn mutants_pass_the_control() {
    for KillRow { mutant, kills, .. } in &MATRIX.rows {
        assert!(!kills.iter().any(|kill| kill.case.starts_with("control")), "{mutant}: {:?}", kills[0]);
    }
}

#[test]
fn the_matrix_is_as_reviewed() {
    snapshots().bind(|| insta::assert_snapshot!("kill-matrix-parsers", MATRIX.text()));
}
