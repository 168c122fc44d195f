//! Single runs that show what the judge makes of a mutant. That all of them are killed is held by the test target
//! `proof`.

use std::collections::BTreeMap;

use umspec::catalogue::{Case, case, cases};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{Mutant, mutants, variants};
use umspec::proof::{MockServer, Proof, run_against};
use umspec::protocol::{Profile, ledger, req};

fn ordinary() -> Vec<&'static Case> {
    cases().iter().filter(|case| !case.slow).collect()
}

fn interop() -> Grading {
    Grading { profile: Profile::Interop, bp: false }
}

/// The slow ones against a few mutants only: their bodies take up to 30 MB.
#[test]
fn every_slow_case_kills_a_mutant() {
    let slow: Vec<&Case> = cases().iter().filter(|case| case.slow).collect();
    let mut alive: BTreeMap<&str, &'static Case> = slow.iter().map(|case| (&*case.id, *case)).collect();
    for name in ["hangs-on-large-part", "takes-square-time-on-references"] {
        let mutant = mutants().find(|mutant| mutant.name == name).expect("a mutant");
        let left: Vec<&'static Case> = alive.values().copied().collect();
        let record = run_against(MockServer::Mutant(mutant), &left, Proof::default()).expect("a run");
        for entry in record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail) {
            alive.remove(&*entry.case);
        }
    }
    assert!(alive.is_empty(), "{:?}", alive.keys());
}

/// A server that ends calls only once they were answered is judged all the same, and told so.
#[test]
fn calls_that_must_be_answered_first_are_waited_for() {
    let mutant = mutants().find(|mutant| mutant.name == "cannot-end-ringing-call").expect("a mutant");
    let proof = Proof { grading: interop(), ..Proof::default() };
    let record = run_against(MockServer::Mutant(mutant), &ordinary(), proof).expect("a run");
    let counts = record.counts();
    assert!(counts.judged > 800 && counts.failed < 20, "{counts:?}");
    let told = |f: &umspec::judge::Finding| {
        f.requirement == req::CONNECTING_CALL_ENDED && f.verdict == Verdict::Warn
    };
    assert!(record.control.findings.iter().any(told), "{:?}", record.control.findings);
}

#[test]
fn every_mutant_says_what_it_does_and_names_a_case_and_a_requirement() {
    let known: Vec<(&str, &str)> = mutants()
        .map(|mutant| (mutant.name, mutant.about))
        .chain(variants().map(|variant| (variant.name, variant.about)))
        .collect();
    for (name, about) in &known {
        assert!(about.ends_with('.'), "{name}");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(kebab), "{name}");
    }
    let mut names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), mutants().count() + variants().count());
    for Mutant { name, killed_by, .. } in mutants() {
        assert!(case(killed_by.case).is_some(), "{name}");
        assert!(ledger::requirement(killed_by.requirement).is_some(), "{name}");
    }
}

/// A server that tells garbage from ids that are only unknown does so at any length: that is no
/// refusal because of length (UMD-R089).
#[test]
fn a_fault_for_garbage_is_no_refusal_for_its_length() {
    let variant = variants().find(|known| known.name == "tells-garbage-from-unknown-ids").expect("it");
    let proof = Proof { grading: interop(), ..Proof::default() };
    let record = run_against(MockServer::Variant(variant), &ordinary(), proof).expect("a run");
    let findings: Vec<_> = record
        .entries
        .iter()
        .filter(|entry| {
            entry.judgement.findings.iter().any(|found| found.requirement == req::LONG_CALL_ID_ALLOWED)
        })
        .map(|entry| &entry.judgement)
        .collect();
    assert!(findings.is_empty(), "{findings:?}");
}
