//! Cases in other spellings: what they kill of the hard mutants, and that nothing lawful fails by them.

use std::collections::{BTreeMap, BTreeSet};

use umspec::catalogue::Case;
use umspec::judge::{Finding, Grading, Verdict};
use umspec::mock::{HardKind, HardMutant, Variant, hard_mutants, variants};
use umspec::proof::{MockServer, Proof, run_against, side_by_side};
use umspec::record::Record;

use crate::servers::ordinary;

/// The case that is named for the defect, one that is valid and one that is refused: all of them take minutes at
/// strength 3.
fn cases_for(mutant: &'static HardMutant) -> Vec<&'static Case> {
    let named = mutant.case();
    let mut cases: Vec<&'static Case> =
        ordinary().into_iter().filter(|case| Some(&*case.id) == named).collect();
    let others = ordinary().into_iter().filter(|case| Some(&*case.id) != named);
    cases.extend(others.filter(|case| VALID_AND_REFUSED.contains(&&*case.id)));
    cases
}

/// Both are spelled as plain requests are, and hold a live id.
const VALID_AND_REFUSED: [&str; 2] = ["http/field-unknown", "namespace/disconnect-types"];

fn partly(record: &Record) -> Vec<&Finding> {
    let findings = record.entries.iter().flat_map(|entry| &entry.judgement.findings);
    findings.filter(|finding| finding.verdict == Verdict::Fail && !finding.spelled.is_empty()).collect()
}

/// Whether what a report names is what the mutant asks for, by dimensions.
fn names_its_factors(mutant: &HardMutant, findings: &[&Finding]) -> bool {
    let asked: BTreeSet<&str> = mutant.factors.iter().filter_map(|factor| factor.dimension()).collect();
    findings.iter().all(|finding| {
        let told: BTreeSet<&str> =
            finding.spelled.iter().filter_map(|value| Some(value.split_once('=')?.0)).collect();
        told == asked
    })
}

/// Nineteen in twenty of the mutants of two factors die where pairs meet, of those of three where triples do, and
/// what is named is what they ask for.
#[test]
fn hard_mutants_die_where_their_factors_meet() {
    let some: Vec<&'static HardMutant> = hard_mutants()
        .filter(|mutant| matches!(mutant.kind, HardKind::TwoFactors | HardKind::ThreeFactors))
        .collect();
    let results = side_by_side(&some, |mutant: &'static HardMutant| {
        let strength = if mutant.kind == HardKind::TwoFactors { 2 } else { 3 };
        let proof = Proof { strength, ..Proof::default() };
        let record = run_against(MockServer::Hard(mutant), &cases_for(mutant), proof)?;
        assert_eq!(record.judge_again().differences, [], "{}", mutant.name);
        let findings = partly(&record);
        Ok((!findings.is_empty(), names_its_factors(mutant, &findings)))
    })
    .expect("the mocks run");
    let mut counts: BTreeMap<HardKind, [usize; 3]> = BTreeMap::new();
    let mut missed = Vec::new();
    for (mutant, (dead, named)) in some.iter().zip(&results) {
        let count = counts.entry(mutant.kind).or_default();
        count[0] += 1;
        count[1] += usize::from(*dead);
        count[2] += usize::from(*dead && *named);
        if !*dead || !*named {
            missed.push(format!("{}: dead {dead}, named {named}", mutant.name));
        }
    }
    for (kind, [all, dead, named]) in &counts {
        assert!(
            dead * 20 >= all * 19 && named * 20 >= dead * 19,
            "{kind:?} {counts:?}\n{}",
            missed.join("\n")
        );
    }
}

/// No false alarm: what is lawful goes no further wrong in any spelling. Every eighth variant;
/// `the_sweep_of_lawful_spellings` has them all.
#[test]
fn nothing_lawful_goes_wrong_in_some_spellings() {
    nothing_goes_wrong(std::iter::once(None).chain(variants().step_by(8).map(Some)));
}

#[test]
#[ignore = "it takes a minute and more"]
fn the_sweep_of_lawful_spellings() {
    nothing_goes_wrong(std::iter::once(None).chain(variants().map(Some)));
}

fn nothing_goes_wrong(lawful: impl Iterator<Item = Option<&'static Variant>>) {
    let lawful: Vec<Option<&'static Variant>> = lawful.collect();
    let records = side_by_side(&lawful, |variant: Option<&'static Variant>| {
        let grading = if variant.is_some() { Grading::default() } else { Proof::default().grading };
        let proof = Proof { grading, strength: 2, ..Proof::default() };
        run_against(variant.map_or(MockServer::Strict, MockServer::Variant), &ordinary(), proof)
    })
    .expect("the mocks run");
    let mut alarms = Vec::new();
    for (variant, record) in lawful.iter().zip(&records) {
        let name = variant.map_or("strict", |variant| variant.name);
        let findings = record
            .entries
            .iter()
            .flat_map(|entry| entry.judgement.findings.iter().map(move |finding| (&entry.case, finding)));
        for (case, finding) in findings.filter(|(_, finding)| !finding.spelled.is_empty()) {
            alarms.push(format!("{name}: {case}: {} {}", finding.verdict, finding.observed));
        }
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}
