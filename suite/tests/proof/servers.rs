//! Servers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use umspec::catalogue::{Case, cases};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{Mutant, Sham, Variant, mutants, variants};
use umspec::proof::{
    Kill, KillMatrix, MockServer, Proof, kill_matrix, kill_row, ledger_text, levels, run_against,
    sham_scores, sham_table, side_by_side,
};
use umspec::protocol::Profile;
use umspec::record::Record;

use crate::quick::is_kept;
use crate::support::{deviations, root, snapshots};
use crate::told::is_told_once;
use crate::verdict_table::verdict_table;

pub(crate) fn ordinary() -> Vec<&'static Case> {
    cases().iter().filter(|case| !case.slow).collect()
}

/// Every mutant against every ordinary case, once for all tests.
pub(crate) static MATRIX: LazyLock<KillMatrix> =
    LazyLock::new(|| kill_matrix(&ordinary()).expect("the mocks run"));

fn kills_of(mutant: &str) -> &'static [Kill] {
    MATRIX.kills_of(mutant)
}

fn interop() -> Grading {
    Grading { profile: Profile::Interop, bp: false }
}

#[test]
fn every_mutant_is_killed_by_the_case_named_for_it_and_for_its_requirement() {
    let alive = MATRIX.survivors();
    let survivors: Vec<String> = MATRIX
        .rows
        .iter()
        .filter(|row| alive.contains(&row.mutant))
        .map(|row| format!("{}, by {:?}; killed by {:?}", row.mutant, row.killed_by, row.kills.first()))
        .collect();
    assert!(survivors.is_empty(), "{}", survivors.join("\n"));
    assert!(MATRIX.rows.len() >= 80);
}

#[test]
fn no_mutant_goes_unnoticed_in_the_interop_profile() {
    for Mutant { name, .. } in mutants() {
        let noticed = kills_of(name).iter().any(|kill| kill.interop >= Verdict::Warn);
        assert!(noticed, "{name}");
    }
}

/// Cases in which a mutant answers as the strict service does are not run for the matrix: for every
/// fortieth mutant they are, and nothing comes of it.
#[test]
fn a_row_of_the_matrix_is_the_one_of_a_run_of_all_cases() {
    let some: Vec<&'static Mutant> = mutants().filter(|mutant| !mutant.needs_wire()).step_by(40).collect();
    let rows = side_by_side(&some, |mutant| kill_row(mutant, &ordinary())).expect("the mocks run");
    for row in rows {
        assert_eq!(kills_of(row.mutant), row.kills, "{}", row.mutant);
    }
}

/// Mutants of five kinds, whose verdicts are kept in full. The kill matrix holds those of all.
const FIVE: [&str; 5] = [
    "accepts-empty-call-id",
    "always-success",
    "faults-with-200",
    "hangs-up-despite-fault",
    "ignores-namespace",
];

#[test]
fn verdicts_of_some_mocks() {
    let five: Vec<&'static Mutant> = mutants().filter(|mutant| FIVE.contains(&mutant.name)).collect();
    let records = side_by_side(&five, |mutant| {
        let proof = Proof { grading: interop(), wire: true, ..Proof::default() };
        run_against(MockServer::Mutant(mutant), &ordinary(), proof)
    })
    .expect("the mocks run");
    assert_eq!(records.len(), FIVE.len());
    snapshots().bind(|| {
        for (mutant, record) in five.iter().zip(&records) {
            insta::assert_snapshot!(format!("verdicts-{}", mutant.name), verdict_table(record));
        }
    });
}

/// One defect is told as one: half of the mutants make two findings at the most, none makes more than ten
/// but those that are listed with a reason, and the first finding names what the mutant goes against.
#[test]
fn a_defect_of_a_server_is_told_once() {
    is_told_once(&MATRIX);
}

#[test]
fn every_case_kills_a_mutant() {
    let ordinary = ordinary();
    let idle = MATRIX.idle(ordinary.iter().map(|case| &*case.id));
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

/// `--quick` takes few cases, in the order in which they kill.
#[test]
fn quick_cases_are_those_that_kill_all_mutants() {
    let ordinary = ordinary();
    let ids: Vec<&str> = ordinary.iter().map(|case| &*case.id).collect();
    is_kept("suite/catalogue/server/quick.txt", &MATRIX.killing_set(&ids));
}

/// False alarms: what some document allows must not fail, nor be left without a verdict.
#[test]
fn no_lawful_variant_fails_in_the_interop_profile() {
    let all: Vec<&'static Variant> = variants().collect();
    let records = side_by_side(&all, |variant| {
        run_against(
            MockServer::Variant(variant),
            &ordinary(),
            Proof { grading: interop(), ..Proof::default() },
        )
    })
    .expect("the mocks run");
    for (variant, record) in all.iter().zip(&records) {
        let bad: Vec<String> = deviations(record)
            .into_iter()
            .filter(|line| line.contains("verdict: Fail") || line.contains("verdict: NotJudged"))
            // A server need not keep a connection.
            .filter(|line| !line.contains("shared a connection"))
            // What needs two calls at a time, of a server that has one line.
            .filter(|line| variant.name != "one-call-at-a-time" || !line.contains("gave no call id"))
            .collect();
        assert!(bad.is_empty(), "{}: {}", variant.name, bad.join("\n"));
    }
}

/// The same order for the same seed; every case once.
fn shuffled(seed: u64) -> Vec<&'static Case> {
    let mut cases = ordinary();
    let mut state = seed;
    for index in (1..cases.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).expect("31 bits") % (index + 1);
        cases.swap(index, other);
    }
    cases
}

/// Mutants whose answer depends by itself on what was sent before: a server that is dead for good
/// ends a run wherever it died, and one answers every second request of a kind otherwise.
const FORGET_ME_NOT: [&str; 3] =
    ["alternates-faults", "dies-for-good-on-deep-message", "unbinds-prefix-after-soap12"];

#[test]
fn no_verdict_depends_on_the_order_of_cases() {
    let comparable: Vec<&'static Mutant> = mutants()
        .filter(|mutant| {
            !FORGET_ME_NOT.contains(&mutant.name) && !mutant.needs_canary() && !mutant.needs_wire()
        })
        .step_by(6)
        .collect();
    // For each of them the cases that kill it, among every twelfth of the others.
    let shuffled = shuffled(7);
    let mixed = side_by_side(&comparable, move |mutant: &'static Mutant| {
        let kills = kills_of(mutant.name);
        let some: Vec<&'static Case> = shuffled
            .iter()
            .enumerate()
            .filter(|(index, case)| index % 12 == 0 || kills.iter().any(|kill| kill.case == case.id))
            .map(|(_, case)| *case)
            .collect();
        let record = run_against(MockServer::Mutant(mutant), &some, Proof::default())?;
        let failed = record
            .entries
            .iter()
            .filter(|entry| entry.judgement.findings.iter().any(|finding| finding.verdict == Verdict::Fail));
        Ok(failed.map(|entry| entry.case.clone()).collect::<BTreeSet<String>>())
    })
    .expect("the mocks run");
    for (mutant, mixed) in comparable.iter().zip(mixed) {
        let straight: BTreeSet<String> = kills_of(mutant.name)
            .iter()
            .map(|kill| kill.case.clone())
            .filter(|case| case != "control")
            .collect();
        let different: Vec<&String> = straight.symmetric_difference(&mixed).collect();
        assert!(different.is_empty(), "{}: {different:?}", mutant.name);
    }
}

/// Without calls less can be judged; how much, and what fails even so, is as reviewed.
#[test]
fn verdicts_without_calls_are_as_reviewed() {
    let some: Vec<&'static Mutant> =
        mutants().filter(|m| !m.needs_canary() && !m.needs_wire()).step_by(6).collect();
    let proof = Proof { grading: interop(), live: false, ..Proof::default() };
    let records =
        side_by_side(&some, move |mutant| run_against(MockServer::Mutant(mutant), &ordinary(), proof))
            .expect("runs");
    let strict = run_against(MockServer::Strict, &ordinary(), proof).expect("a run");
    let named = std::iter::once(("strict", &strict)).chain(some.iter().map(|m| m.name).zip(&records));
    let table: String = named
        .map(|(name, record)| {
            let counts = record.counts();
            format!(
                "{name:<48} {:<12} passed {:>3}  noted {:>3}  warned {:>3}  failed {:>3}  not judged {:>3}\n",
                record.established().server().expect("of a server").level.word(),
                counts.passed,
                counts.noted,
                counts.warned,
                counts.failed,
                counts.not_judged
            )
        })
        .collect();
    assert_eq!(strict.counts().failed + strict.counts().warned, 0);
    snapshots().bind(|| insta::assert_snapshot!("verdicts-without-calls", table));
}

#[test]
fn shams_pass_nothing_in_any_family_at_any_level() {
    let scores = sham_scores(&ordinary()).expect("the shams run");
    assert_eq!(scores.len(), Sham::ALL.len() * levels().len());
    for (sham, level, score) in &scores {
        assert!(score.passed.is_empty(), "{} at {level}: {:?}", sham.name(), score.passed);
        assert_eq!(score.failed + score.not_judged, ordinary().len(), "{} at {level}", sham.name());
    }
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    assert!(readme.contains(&sham_table(&scores)), "{}", sham_table(&scores));
}

#[test]
fn the_matrices_are_as_reviewed() {
    snapshots().bind(|| {
        insta::assert_snapshot!("kill-matrix", MATRIX.text());
        insta::assert_snapshot!("ledger", ledger_text());
        insta::assert_snapshot!("kill-matrix-by-case", MATRIX.by_case(&ordinary()));
    });
}

/// The verdict of each case that was judged. What is left open is noted by what came, and a real
/// HTTP library answers some of it itself, so a note is taken for a pass.
fn verdicts(record: &Record) -> BTreeMap<&str, Verdict> {
    record
        .entries
        .iter()
        .filter(|entry| entry.judgement.verdict.is_judged())
        .map(|entry| (entry.case.as_str(), entry.judgement.verdict.max(Verdict::Note)))
        .collect()
}

#[test]
fn no_verdict_depends_on_the_number_of_jobs_or_on_a_socket_in_between() {
    let local = Proof { grading: interop(), ..Proof::default() };
    for name in ["ignores-namespace", "faults-with-200", "remembers-call-id"] {
        let mutant = mutants().find(|mutant| mutant.name == name).expect("a mutant");
        let of = |proof| run_against(MockServer::Mutant(mutant), &ordinary(), proof).expect("a run");
        let in_process = of(local);
        // What it remembers, lanes would mix up: that is the mutant's fault.
        let lanes: &[usize] = if name == "remembers-call-id" { &[1] } else { &[1, 4] };
        for &jobs in lanes {
            let over_wire = of(Proof { wire: true, jobs, ..local });
            let wired = verdicts(&over_wire);
            // What a case about time comes to rests on the machine.
            for (case, verdict) in
                verdicts(&in_process).into_iter().filter(|(case, _)| !case.starts_with("growth/"))
            {
                assert_eq!(wired.get(case), Some(&verdict), "{name}, {jobs} jobs: {case}");
            }
        }
    }
}
