//! Campaigns against mutants and variants.

use std::collections::BTreeSet;

use umspec::campaign::{AnswerOptions, NobodyWatches, fuzz_client};
use umspec::catalogue::replies;
use umspec::judge::{Grading, Verdict};
use umspec::mock::{
    ClientMutant, ClientVariant, HardKind, HardMutant, Mutant, Variant, client_mutants, client_variants,
    hard_mutants, mutants, variants,
};
use umspec::proof::{FuzzPlan, MockServer, fuzz_against, side_by_side};
use umspec::protocol::Profile;
use umspec::target::ClientTarget;

/// Grading under which a mutant counts as found, as for the kill matrix.
const STRICTEST: Grading = Grading { profile: Profile::Strict, bp: true };

const INTEROP: Grading = Grading { profile: Profile::Interop, bp: false };

const PLAN: FuzzPlan = FuzzPlan { seed: 1, requests: 3_000, grading: STRICTEST, blind: false, jobs: 1 };

/// Of these mutants those that a campaign finds, and what the others are called.
fn found(some: &[&'static Mutant], plan: FuzzPlan) -> (usize, Vec<String>) {
    let told = side_by_side(some, move |mutant: &'static Mutant| {
        let campaign = fuzz_against(MockServer::Mutant(mutant), plan, None, &NobodyWatches)?;
        let fails = campaign.findings.iter().filter(|finding| finding.verdict() == Verdict::Fail).count();
        let before = campaign.before.iter().filter(|finding| finding.verdict == Verdict::Fail).count();
        let buckets = fails + before;
        Ok((buckets, format!("{} ({})", mutant.name, campaign.ended_early.unwrap_or_default())))
    })
    .expect("campaigns");
    let missed: Vec<String> =
        told.iter().filter(|(count, _)| *count == 0).map(|(_, name)| name.clone()).collect();
    (told.len() - missed.len(), missed)
}

/// Every fortieth ordinary mutant, by 3,000 requests each. `the_sweep_of_all_mutants` has them all.
#[test]
fn a_campaign_finds_four_of_five_ordinary_mutants() {
    let some: Vec<&'static Mutant> = mutants().filter(|mutant| !mutant.needs_canary()).step_by(40).collect();
    let (count, missed) = found(&some, PLAN);
    assert!(count * 5 >= some.len() * 4, "{count} of {}: {}", some.len(), missed.join("\n"));
}

#[test]
#[ignore = "it takes minutes"]
fn the_sweep_of_all_mutants() {
    use std::io::Write as _;
    let all: Vec<&'static Mutant> = mutants().filter(|mutant| !mutant.needs_canary()).collect();
    let (count, missed) = found(&all, PLAN);
    assert!(count * 5 >= all.len() * 4, "{count} of {}:\n{}", all.len(), missed.join("\n"));
    let _ = writeln!(std::io::stderr(), "\n{count} of {}, missed:\n{}", all.len(), missed.join("\n"));
}

fn false_alarms(some: &[&'static Variant], plan: FuzzPlan) -> Vec<String> {
    let told = side_by_side(some, move |variant: &'static Variant| {
        let campaign = fuzz_against(MockServer::Variant(variant), plan, None, &NobodyWatches)?;
        let alarms = campaign.findings.iter().filter(|finding| finding.verdict() == Verdict::Fail);
        let told = alarms.map(|f| format!("{}: {} {:?} {}", variant.name, f.id, f.input.told(), f.observed));
        Ok(told.collect::<Vec<_>>())
    });
    told.expect("campaigns").concat()
}

#[test]
fn no_campaign_fails_what_some_document_allows() {
    let some: Vec<&'static Variant> = variants().step_by(12).collect();
    let alarms = false_alarms(&some, FuzzPlan { grading: INTEROP, ..PLAN });
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
    let plan = FuzzPlan { grading: INTEROP, requests: 10_000, seed: 2, ..PLAN };
    let strict = fuzz_against(MockServer::Strict, plan, None, &NobodyWatches).expect("a campaign");
    assert!(strict.findings.is_empty(), "{:?}", strict.findings);
}

#[test]
#[ignore = "it takes minutes"]
fn the_sweep_of_all_variants() {
    let all: Vec<&'static Variant> = variants().collect();
    let alarms = false_alarms(&all, FuzzPlan { grading: INTEROP, ..PLAN });
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

/// Of these client mutants those that a campaign finds, by so many runs each, and what the others are called.
fn clients_found(some: &[&'static ClientMutant], runs: u64) -> (usize, Vec<&'static str>) {
    let told = side_by_side(some, move |mutant: &'static ClientMutant| {
        let options =
            AnswerOptions { requests: Some(runs), grading: STRICTEST, ..AnswerOptions::new(mutant.name) };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let client = ClientTarget::in_process(mutant);
        let record = runtime.block_on(fuzz_client(client, &options, &NobodyWatches))?;
        Ok((!record.entries.is_empty(), mutant.name))
    })
    .expect("campaigns");
    let missed: Vec<&str> = told.iter().filter(|(found, _)| !found).map(|(_, name)| *name).collect();
    (told.len() - missed.len(), missed)
}

/// Mutants whose defect is in how they read the message of an answer: a case about one kills them.
fn about_messages() -> Vec<&'static ClientMutant> {
    let replies: BTreeSet<&str> = replies().iter().map(|reply| &*reply.id).collect();
    client_mutants().filter(|mutant| replies.contains(mutant.killed_by.case)).collect()
}

/// Every tenth of them, by 600 runs each. `the_sweep_of_client_mutants` has them all.
#[test]
fn a_campaign_finds_every_third_client_that_misreads_answers() {
    let some: Vec<&'static ClientMutant> = about_messages().into_iter().step_by(10).collect();
    let (count, missed) = clients_found(&some, 600);
    assert!(count * 3 >= some.len(), "{count} of {}: {}", some.len(), missed.join("\n"));
}

/// Whatever some document allows a client is no finding, in answers of cases, single changes and several together.
#[test]
fn no_campaign_accuses_a_lawful_client() {
    let all: Vec<&'static ClientVariant> = client_variants().collect();
    let told = side_by_side(&all, move |variant: &'static ClientVariant| {
        let options = AnswerOptions { requests: Some(1_500), ..AnswerOptions::new(variant.name) };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let client = ClientTarget::in_process(variant);
        let record = runtime.block_on(fuzz_client(client, &options, &NobodyWatches))?;
        let told = record.entries.iter().map(|entry| format!("{}: {}", variant.name, entry.case));
        Ok(told.collect::<Vec<_>>())
    });
    let alarms = told.expect("campaigns").concat();
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

#[test]
#[ignore = "it takes minutes"]
fn the_sweep_of_client_mutants() {
    use std::io::Write as _;
    let all = about_messages();
    let (count, missed) = clients_found(&all, 3_000);
    assert!(count * 10 >= all.len() * 9, "{count} of {}:\n{}", all.len(), missed.join("\n"));
    let _ = writeln!(std::io::stderr(), "\n{count} of {}, missed:\n{}", all.len(), missed.join("\n"));
}

/// Of these hard mutants those that a campaign finds, by 2,500 requests each. Growth is never more than warned of.
fn hard_found(some: &[&'static HardMutant], blind: bool, seed: u64) -> Vec<&'static str> {
    let plan = FuzzPlan { requests: 2_500, blind, seed, ..PLAN };
    let told = side_by_side(some, move |mutant: &'static HardMutant| {
        let campaign = fuzz_against(MockServer::Hard(mutant), plan, None, &NobodyWatches)?;
        let least = if mutant.kind == HardKind::Growth { Verdict::Warn } else { Verdict::Fail };
        let found = campaign.findings.iter().any(|finding| finding.verdict() >= least);
        Ok(found.then_some(mutant.name))
    });
    told.expect("campaigns").into_iter().flatten().collect()
}

#[test]
#[ignore = "it takes minutes"]
fn the_sweep_of_hard_mutants() {
    use std::io::Write as _;
    for kind in HardKind::ALL {
        let all: Vec<&'static HardMutant> = hard_mutants().filter(|mutant| mutant.kind == kind).collect();
        let (guided, blind) = (hard_found(&all, false, 1), hard_found(&all, true, 1));
        let (of, guided, blind) = (all.len(), guided.len(), blind.len());
        let _ = writeln!(std::io::stderr(), "\n{}: guided {guided}, blind {blind} of {of}", kind.word());
    }
}
