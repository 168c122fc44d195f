//! The ledger is closed both ways: every row a server can be judged by is cited, every other row
//! says why not, and nothing cites a row that does not exist.

use std::collections::BTreeSet;

use umspec::catalogue::cases;
use umspec::judge::CHECKS;
use umspec::protocol::{RequirementId, Watch, ledger};

fn cited() -> BTreeSet<RequirementId> {
    let by_cases = cases().iter().flat_map(|case| case.requirements.iter().copied());
    let by_checks = CHECKS.iter().flat_map(|group| group.iter()).flat_map(|check| check.requirements);
    by_cases.chain(by_checks.map(|&number| RequirementId(number))).collect()
}

#[test]
fn every_server_row_has_a_case_or_a_check_or_its_reason() {
    let cited = cited();
    for row in ledger::requirements().filter(|row| row.party.binds_server()) {
        match row.watch {
            Watch::Seen => {
                assert!(cited.contains(&row.id), "{} ({}) has neither case nor check", row.id, row.key);
            }
            Watch::Unseen(reason) => assert!(!reason.is_empty(), "{}", row.id),
        }
    }
}

#[test]
fn rows_of_the_client_and_of_data_say_why_a_server_run_does_not_see_them() {
    for row in ledger::requirements().filter(|row| !row.party.binds_server()) {
        assert!(matches!(row.watch, Watch::Unseen(_)), "{}", row.id);
    }
}

#[test]
fn nothing_cites_a_row_that_does_not_exist() {
    for id in cited() {
        assert!(ledger::requirement(id).is_some(), "{id}");
    }
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
