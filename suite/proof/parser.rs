//! What the verdicts of parsers are worth.

use std::collections::BTreeMap;

use super::kill::subject_kills;
use super::killers::PARSER_KILLERS;
use super::{Kill, KillMatrix, Score};
use crate::catalogue::{MessageCase, parser_case, parser_cases};
use crate::evidence::Parser;
use crate::judge::{Settings, Verdict, judge_parser};
use crate::mock::ReferenceParser;
use crate::mock::{ParserSham, parser_mutants};
use crate::protocol::Profile;
use crate::record::{ParserOptions, Sight, SubjectRecord, Unwatched, run_parser};

/// Runs cases against a parser in this process.
///
/// # Errors
/// Never: a parser in this process can be made.
pub fn run_parser_in_process<P: Parser + Clone + Send + Sync + 'static>(
    parser: &P,
    settings: Settings,
    cases: &[&'static MessageCase],
) -> std::io::Result<SubjectRecord> {
    let options = ParserOptions { target: "in process".to_owned(), settings, jobs: 1, lasting: true };
    run_parser(&|| Ok(Box::new(parser.clone())), &options, cases, &Unwatched)
}

/// Every case for parsers.
pub fn all_parser_cases() -> Vec<&'static MessageCase> {
    parser_cases().iter().collect()
}

/// Every mutant parser against every case: a case kills a mutant that it fails in the strict profile with
/// Basic Profile switched on.
///
/// # Errors
/// As [`run_parser_in_process`].
pub fn parser_kill_matrix() -> std::io::Result<KillMatrix> {
    let cases = all_parser_cases();
    let strict = Settings { profile: Profile::Strict, bp: true };
    let mutants: Vec<_> = parser_mutants().collect();
    let rows = super::side_by_side(&mutants, |mutant| {
        let record = run_parser_in_process(&mutant.parser(), strict, &cases)?;
        Ok((mutant.name, kills(&record)))
    })?;
    Ok(KillMatrix { rows, killers: PARSER_KILLERS })
}

fn kills(record: &SubjectRecord) -> Vec<Kill> {
    subject_kills(record, |case, sight| {
        let Sight::Parser(sight) = sight else { return None };
        Some(judge_parser(parser_case(case)?, sight, Settings::default()))
    })
}

/// What every sham parser scores.
///
/// # Errors
/// As [`run_parser_in_process`].
pub fn parser_sham_scores() -> std::io::Result<Vec<(&'static str, Score)>> {
    let cases = all_parser_cases();
    let score = |sham: ParserSham| {
        let record = run_parser_in_process(&sham, Settings::default(), &cases)?;
        Ok((
            sham.name(),
            Score::of(record.entries.iter().map(|entry| (&*entry.case, entry.judgement.verdict))),
        ))
    };
    ParserSham::ALL.into_iter().map(score).collect()
}

/// How many cases the reference reader passes in a profile, and what else it comes to.
///
/// # Errors
/// As [`run_parser_in_process`].
pub fn reference_parser_verdicts(profile: Profile) -> std::io::Result<BTreeMap<Verdict, usize>> {
    let settings = Settings { profile, bp: true };
    let record = run_parser_in_process(&ReferenceParser, settings, &all_parser_cases())?;
    let mut verdicts = BTreeMap::new();
    for entry in &record.entries {
        *verdicts.entry(entry.judgement.verdict).or_default() += 1;
    }
    Ok(verdicts)
}
