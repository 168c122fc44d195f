use super::mutant::ParserMutant;
use super::{before, result, tolerated};

/// Every mutant parser.
pub fn parser_mutants() -> impl Iterator<Item = &'static ParserMutant> {
    before::MUTANTS.iter().chain(tolerated::MUTANTS).chain(result::MUTANTS)
}
