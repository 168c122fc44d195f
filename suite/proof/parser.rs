//! What the verdicts of parsers are worth.

use std::collections::BTreeMap;

use super::kills::row;
use super::matrix::KillMatrix;
use super::score::Score;
use super::server::STRICTEST;
use super::side_by_side::{WAITING, in_lanes};
use crate::catalogue::{MessageCase, parser_cases};
use crate::evidence::Parser;
use crate::judge::{Grading, Verdict};
use crate::mock::{ParserMutant, ParserSham, ReferenceParser, parser_mutants};
use crate::protocol::Profile;
use crate::record::{Record, Unwatched};
use crate::run::{self, ParserOptions};

/// Runs cases against a parser in this process.
pub fn run_parser_in_process(
    parser: impl Parser,
    grading: Grading,
    cases: &[&'static MessageCase],
) -> Record {
    let options = ParserOptions { grading, ..ParserOptions::new("in process") };
    run::run_parser_in_process(parser, &options, cases, &Unwatched)
}

/// Every case for parsers.
pub fn all_parser_cases() -> Vec<&'static MessageCase> {
    parser_cases().iter().collect()
}

/// Every mutant parser against every case, those about time for mutants that are slow: a case kills a mutant
/// that it fails in the strict profile with Basic Profile switched on.
///
/// # Errors
/// When no runtime can be had.
pub fn parser_kill_matrix() -> std::io::Result<KillMatrix> {
    let (cases, quick): (Vec<_>, Vec<_>) =
        (all_parser_cases(), all_parser_cases().into_iter().filter(|case| case.smaller.is_empty()).collect());
    // The slow ones sleep.
    let mutants: Vec<_> = parser_mutants().collect();
    let rows = in_lanes(WAITING, &mutants, move |mutant: &'static ParserMutant| {
        let cases = if mutant.is_slow() { &cases } else { &quick };
        let record = run_parser_in_process(mutant.parser(), STRICTEST, cases);
        Ok(row(mutant.name, mutant.killed_by, record))
    })?;
    Ok(KillMatrix { rows })
}

/// What every sham parser scores.
pub fn parser_sham_scores() -> Vec<(&'static str, Score)> {
    let cases = all_parser_cases();
    let score =
        |sham: ParserSham| (sham.name(), Score::of(&run_parser_in_process(sham, Grading::default(), &cases)));
    ParserSham::ALL.into_iter().map(score).collect()
}

/// How many cases the reference reader passes in a profile, and what else it comes to.
pub fn reference_parser_verdicts(profile: Profile) -> BTreeMap<Verdict, usize> {
    let grading = Grading { profile, bp: true };
    let record = run_parser_in_process(ReferenceParser, grading, &all_parser_cases());
    let mut verdicts = BTreeMap::new();
    for entry in &record.entries {
        *verdicts.entry(entry.judgement.verdict).or_default() += 1;
    }
    verdicts
}
