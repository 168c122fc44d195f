use super::mutant::ClientMutant;
use super::{answers, ids, next, requests};

/// Every mutant client, by where in a client the defect sits.
pub fn client_mutants() -> impl Iterator<Item = &'static ClientMutant> {
    [requests::MUTANTS, ids::MUTANTS, answers::MUTANTS, next::MUTANTS].into_iter().flatten()
}
