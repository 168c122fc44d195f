//! Each mutant by the case named for it, alone.

use umspec::catalogue::{Case, ClientCase, MessageCase, case, client_case, parser_case};
use umspec::judge::{Finding, Grading, Verdict};
use umspec::mock::{ClientMutant, KilledBy, Mutant, ParserMutant, client_mutants, mutants, parser_mutants};
use umspec::proof::{
    MockServer, Proof, run_against, run_client_in_process, run_parser_in_process, side_by_side,
};
use umspec::protocol::Profile;
use umspec::record::Record;

/// Grading under which a mutant is killed: it may go against a SHOULD, or against Basic Profile alone.
const STRICTEST: Grading = Grading { profile: Profile::Strict, bp: true };

/// What a verdict rests on is in the case. Every third; the matrix has all of them, among other cases.
#[test]
fn every_named_case_kills_its_mutant_alone() {
    let local: Vec<&'static Mutant> =
        mutants().filter(|mutant| !mutant.needs_wire() && !mutant.needs_canary()).step_by(3).collect();
    let records = side_by_side(&local, |mutant: &'static Mutant| {
        let alone: Vec<&'static Case> = case(mutant.killed_by.case).into_iter().collect();
        run_against(MockServer::Mutant(mutant), &alone, Proof::default())
    });
    let mut alive = Vec::new();
    for (mutant, record) in local.iter().zip(records.expect("runs")) {
        let named = mutant.killed_by;
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
