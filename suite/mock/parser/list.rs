use super::mutant::ParserMutant;
use super::{
    answer, before, buffer, content, document, envelope, id, limit, markup, misreading, namespace,
    near_answer, near_id, result, slow, tolerated, value,
};

/// Every mutant parser.
pub fn parser_mutants() -> impl Iterator<Item = &'static ParserMutant> {
    [
        before::MUTANTS,
        content::MUTANTS,
        buffer::MUTANTS,
        tolerated::MUTANTS,
        result::MUTANTS,
        document::MUTANTS,
        markup::MUTANTS,
        misreading::MUTANTS,
        misreading::NARROW,
        misreading::LOOSE,
        misreading::INEXACT,
        misreading::SPELLINGS,
        misreading::STRUCTURE,
        misreading::REPAIRS,
        namespace::MUTANTS,
        envelope::MUTANTS,
        limit::MUTANTS,
        slow::MUTANTS,
        id::MUTANTS,
        near_id::MUTANTS,
        answer::MUTANTS,
        near_answer::MUTANTS,
    ]
    .into_iter()
    .flatten()
    .chain(value::MUTANTS.iter())
}
