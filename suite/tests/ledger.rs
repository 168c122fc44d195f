//! The ledger is closed both ways: every row a server can be judged by is cited, every other row
//! says why not, and nothing cites a row that does not exist.

use std::collections::BTreeSet;

use umspec::catalogue::cases;
use umspec::judge::CHECKS;
use umspec::protocol::{RequirementId, Visibility, ledger};

fn cited() -> BTreeSet<RequirementId> {
    let by_cases = cases().iter().flat_map(|case| case.requirements.iter().copied());
    let by_checks = CHECKS.iter().flat_map(|group| group.iter()).flat_map(|check| check.requirements);
    by_cases.chain(by_checks.copied()).collect()
}

#[test]
fn every_server_row_has_a_case_or_a_check_or_its_reason() {
    let cited = cited();
    for row in ledger::requirements().filter(|row| row.party.binds_server()) {
        match row.visibility {
            Visibility::Observable => {
                assert!(cited.contains(&row.id), "{} ({}) has neither case nor check", row.id, row.key);
            }
            Visibility::NotObservable(reason) => assert!(!reason.is_empty(), "{}", row.id),
        }
    }
}

#[test]
fn rows_of_the_client_and_of_data_say_why_a_server_run_does_not_see_them() {
    for row in ledger::requirements().filter(|row| !row.party.binds_server()) {
        assert!(matches!(row.visibility, Visibility::NotObservable(_)), "{}", row.id);
    }
}

#[test]
fn nothing_cites_a_row_that_does_not_exist() {
    for id in cited() {
        assert!(ledger::requirement(id).is_some(), "{id}");
    }
}

#[test]
fn every_case_and_every_check_cites_a_row() {
    assert!(cases().iter().all(|case| !case.requirements.is_empty()));
    for check in CHECKS.iter().flat_map(|group| group.iter()) {
        assert!(!check.requirements.is_empty(), "{}", check.id);
    }
}

/// The matrix shows each row once, with what looks at it or why nothing does.
#[test]
fn the_matrix_of_requirements_is_whole() {
    let coverage = umspec::proof::coverage();
    let rows = ledger::requirements().count();
    assert_eq!(coverage.len(), rows);
    for one in &coverage {
        let looked_at = !one.cases.is_empty() || !one.checks.is_empty();
        assert!(looked_at || one.reason().is_some(), "{}", one.row.id);
    }
    let text = umspec::proof::ledger_text();
    for one in &coverage {
        let line = text.lines().find(|line| line.starts_with(&one.row.id.to_string()));
        assert!(line.is_some_and(|line| line.len() > 40), "{}", one.row.id);
    }
    let json: serde_json::Value =
        serde_json::from_str(&umspec::proof::ledger_json().expect("JSON")).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(rows));
    assert_eq!(umspec::proof::ledger_markdown().lines().count(), rows + 2);
}

#[test]
fn there_are_enough_cases() {
    let ordinary = cases().iter().filter(|case| !case.slow).count();
    assert!(ordinary >= 200, "{ordinary}");
    let cited = cited();
    let rows = ledger::requirements().filter(|row| row.party.binds_server()).count();
    let seen =
        ledger::requirements().filter(|row| row.party.binds_server() && cited.contains(&row.id)).count();
    assert!(seen * 100 >= rows * 90, "only {seen} of {rows} server rows are seen");
}

/// Both ways, from the side of the client: what binds one and can be seen is looked at.
#[test]
fn every_client_row_has_a_case_or_a_check_or_its_reason() {
    let coverage = umspec::proof::coverage();
    let neither: Vec<String> = coverage
        .iter()
        .filter(|one| one.binds_client() && !one.client_sees() && one.client_reason().is_none())
        .map(|one| format!("{} {}", one.row.id, one.row.key))
        .collect();
    assert!(neither.is_empty(), "{}", neither.join("\n"));
    for one in coverage.iter().filter(|one| one.client_reason().is_some()) {
        assert!(!one.client_sees(), "{} has a reason and is looked at", one.row.id);
    }
}
