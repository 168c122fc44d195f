use super::mutant::ClientMutant;
use super::{
    answers, defects, first_lines, guesses, http, ids, lengths, malformed, misreading, near_answers,
    near_envelopes, next, requests, spellings, wire,
};

/// Every mutant client, by where in a client the defect sits.
pub fn client_mutants() -> impl Iterator<Item = &'static ClientMutant> {
    [
        requests::MUTANTS,
        ids::MUTANTS,
        answers::MUTANTS,
        near_answers::MUTANTS,
        near_envelopes::MUTANTS,
        defects::MUTANTS,
        spellings::MUTANTS,
        http::MUTANTS,
        wire::MUTANTS,
        lengths::MUTANTS,
        first_lines::MUTANTS,
        malformed::MUTANTS,
        next::MUTANTS,
    ]
    .into_iter()
    .flatten()
    .chain(misreading::MUTANTS.iter())
    .chain(guesses::MUTANTS.iter())
}
