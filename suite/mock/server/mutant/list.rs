use super::bug::{Mutant, Variant};
use super::{answer, call_id, calls, elements, envelope, fault, http, line, markup, spelling, variant};

/// Every mutant, by the part of a server that is wrong.
pub fn mutants() -> impl Iterator<Item = &'static Mutant> {
    [
        http::MUTANTS,
        line::MUTANTS,
        markup::MUTANTS,
        spelling::MUTANTS,
        envelope::MUTANTS,
        elements::MUTANTS,
        call_id::MUTANTS,
        calls::MUTANTS,
        answer::MUTANTS,
        fault::MUTANTS,
    ]
    .into_iter()
    .flatten()
}

/// Servers that differ from the strict one in a way that some document allows: none of them may fail.
pub fn variants() -> impl Iterator<Item = &'static Variant> {
    variant::VARIANTS.iter()
}
