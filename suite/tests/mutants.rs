//! Each mutant by the case named for it, and single runs that show what the judge makes of one. That all
//! of them are killed by nothing else, and the rest of the proof, is the test target `proof`.

use std::collections::BTreeMap;

use umspec::catalogue::{Case, ClientCase, MessageCase, case, cases, client_case, parser_case};
use umspec::judge::{Finding, Grading, Verdict};
use umspec::mock::{
    ClientMutant, KilledBy, Mutant, ParserMutant, client_mutants, mutants, parser_mutants, variants,
};
use umspec::proof::{
    MockServer, Proof, run_against, run_client_in_process, run_parser_in_process, side_by_side,
};
use umspec::protocol::{Profile, ledger, req};
use umspec::record::Record;

/// Grading under which a mutant is killed: it may go against a SHOULD, or against Basic Profile alone.
const STRICTEST: Grading = Grading { profile: Profile::Strict, bp: true };

fn ordinary() -> Vec<&'static Case> {
    cases().iter().filter(|case| !case.slow).collect()
}

fn interop() -> Grading {
    Grading { profile: Profile::Interop, bp: false }
}

/// The same without any other case beside it: what a verdict rests on is in the case.
#[test]
fn every_named_case_kills_its_mutant_alone() {
    let mut alive = Vec::new();
    for mutant in mutants().filter(|mutant| !mutant.needs_wire() && !mutant.needs_canary()) {
        let named = mutant.killed_by;
        let alone: Vec<&Case> = cases().iter().filter(|case| case.id == named.case).collect();
        let record = run_against(MockServer::Mutant(mutant), &alone, Proof::default()).expect("a run");
        let findings = record.entries.iter().flat_map(|entry| &entry.judgement.findings);
        let cited = findings
            .filter(|finding| finding.verdict == Verdict::Fail)
            .any(|finding| finding.requirement == named.requirement);
        if !cited {
            alive.push(format!("{} by {}: {:?}", mutant.name, named.case, record.entries[0].judgement));
        }
    }
    assert!(alive.is_empty(), "{}", alive.join("\n"));
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

#[test]
fn every_named_case_kills_its_mutant_parser_alone() {
    // Those that are slow sleep, so they do it side by side.
    const THREADS: usize = 16;
    let of_thread = |first: usize| {
        let survives = |mutant: &&'static ParserMutant| {
            let alone: Vec<&'static MessageCase> = parser_case(mutant.killed_by.case).into_iter().collect();
            let record = run_parser_in_process(mutant.parser(), STRICTEST, &alone);
            !cites(&record, mutant.killed_by)
        };
        let some = parser_mutants().skip(first).step_by(THREADS).filter(survives);
        some.map(|mutant| mutant.name).collect::<Vec<_>>()
    };
    let alive: Vec<&str> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|first| scope.spawn(move || of_thread(first))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    assert_eq!(alive, [""; 0]);
}

#[test]
fn every_named_case_kills_its_mutant_client_alone() {
    let all: Vec<&'static ClientMutant> = client_mutants().collect();
    let run = |mutant: &'static ClientMutant| {
        // What is wrong with every request is found before any case.
        let any = || client_case("answer-line/chunked");
        let alone: Vec<&'static ClientCase> =
            client_case(mutant.killed_by.case).or_else(any).into_iter().collect();
        run_client_in_process(mutant, STRICTEST, &alone)
    };
    let records = side_by_side(&all, run).expect("runs on loopback");
    let mut alive = Vec::new();
    for (mutant, record) in all.iter().zip(records) {
        // What shows in milliseconds gets lost beside others on a busy machine.
        let again =
            || (0..3).map(|_| run(mutant).expect("a run")).find(|record| cites(record, mutant.killed_by));
        if !cites(&record, mutant.killed_by) && again().is_none() {
            alive.push(format!("{}: {:?}", mutant.name, record.entries[0].judgement));
        }
    }
    assert!(alive.is_empty(), "{}", alive.join("\n"));
}

/// Whether a run says of its only case, or of its control, that it goes against this row.
fn cites(record: &Record, named: KilledBy) -> bool {
    let findings = record.entries.iter().flat_map(|entry| &entry.judgement.findings);
    let found =
        |finding: &Finding| finding.verdict >= Verdict::Warn && finding.requirement == named.requirement;
    findings.chain(&record.control.findings).any(found)
}
