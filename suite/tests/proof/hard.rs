//! Hard mutants: what an ordinary run sees of them.

use std::collections::BTreeSet;

use umspec::catalogue::{Case, CaseHeader as _};
use umspec::mock::{HardKind, hard_mutants};
use umspec::proof::{hard_rows, hard_table};

use crate::review::snapshots;
use crate::servers::ordinary;

/// The ordinary cases but those about growth: they ask again until their times agree, so how many requests a
/// server with a history gets from them, and what it then does, is another one on a busy machine.
fn with_as_many_requests_each_time() -> Vec<&'static Case> {
    ordinary().into_iter().filter(|case| case.family() != "growth").collect()
}

/// A benchmark for what looks further than one edit: an ordinary run kills fewer than one in five.
#[test]
fn an_ordinary_run_kills_few_hard_mutants() {
    let rows = hard_rows(&with_as_many_requests_each_time()).expect("the mocks run");
    let dead = rows.iter().filter(|row| !row.failed.is_empty()).count();
    assert!(dead * 5 < rows.len(), "{dead} of {}: {}", rows.len(), hard_table(&rows));
    snapshots().bind(|| insta::assert_snapshot!("hard-mutants", hard_table(&rows)));
}

#[test]
fn there_are_hard_mutants_of_every_kind_each_under_a_name_of_its_own() {
    let count = |kind| hard_mutants().filter(|mutant| mutant.kind == kind).count();
    let counts = HardKind::ALL.map(count);
    let least = [60, 20, 20, 10, 10];
    assert!(counts.iter().zip(least).all(|(count, least)| *count >= least), "{counts:?}");
    let names: BTreeSet<&str> = hard_mutants().map(|mutant| mutant.name).collect();
    assert_eq!(names.len(), hard_mutants().count());
    for mutant in hard_mutants() {
        assert!(mutant.about().ends_with('.') && mutant.about().len() > 20, "{}", mutant.name);
        assert_eq!(mutant.requirement.requirement().id, mutant.requirement, "{}", mutant.name);
        assert!(umspec::mock::mutants().all(|other| other.name != mutant.name), "{}", mutant.name);
    }
}
