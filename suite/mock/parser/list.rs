use super::mutant::ParserMutant;
use super::{answer, before, document, envelope, id, limit, markup, namespace, result, tolerated};

/// Every mutant parser.
pub fn parser_mutants() -> impl Iterator<Item = &'static ParserMutant> {
    [
        before::MUTANTS,
        tolerated::MUTANTS,
        result::MUTANTS,
        document::MUTANTS,
        markup::MUTANTS,
        namespace::MUTANTS,
        envelope::MUTANTS,
        limit::MUTANTS,
        id::MUTANTS,
        answer::MUTANTS,
    ]
    .into_iter()
    .flatten()
}
