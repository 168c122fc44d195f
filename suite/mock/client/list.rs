use super::mutant::ClientMutant;
use super::{
    answers, defects, guesses, http, ids, malformed, misreading, near_answers, next, requests, spellings,
    wire,
};

/// Every mutant client, by where in a client the defect sits.
pub fn client_mutants() -> impl Iterator<Item = &'static ClientMutant> {
    [
        requests::MUTANTS,
        ids::MUTANTS,
        answers::MUTANTS,
        near_answers::MUTANTS,
        defects::MUTANTS,
        spellings::MUTANTS,
        http::MUTANTS,
        wire::MUTANTS,
        malformed::MUTANTS,
        next::MUTANTS,
    ]
    .into_iter()
    .flatten()
    .chain(misreading::MUTANTS.iter())
    .chain(guesses::MUTANTS.iter())
}
