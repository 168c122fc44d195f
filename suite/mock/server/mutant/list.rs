use super::bug::{Mutant, Variant};
use super::{
    answer, call_id, calls, connection, elements, envelope, fault, fault_child, http, label, lawful_answer,
    lawful_reading, lawful_refusal, line, markup, method, misreading, moods, narrow, near_id, near_namespace,
    reading, routed, slow, spelling, strange_id, tolerated, trace, variant, writing,
};

/// Every mutant, by the part of a server that is wrong.
pub fn mutants() -> impl Iterator<Item = &'static Mutant> {
    [
        http::MUTANTS,
        method::MUTANTS,
        routed::MUTANTS,
        line::MUTANTS,
        connection::MUTANTS,
        reading::MUTANTS,
        writing::MUTANTS,
        markup::MUTANTS,
        misreading::MUTANTS,
        misreading::NARROW,
        misreading::LOOSE,
        misreading::INEXACT,
        misreading::SPELLINGS,
        misreading::STRUCTURE,
        tolerated::MUTANTS,
        label::MUTANTS,
        spelling::MUTANTS,
        narrow::MUTANTS,
        envelope::MUTANTS,
        elements::MUTANTS,
        near_namespace::MUTANTS,
        call_id::MUTANTS,
        near_id::MUTANTS,
        strange_id::MUTANTS,
        calls::MUTANTS,
        answer::MUTANTS,
        fault::MUTANTS,
        fault_child::MUTANTS,
        trace::MUTANTS,
        moods::MUTANTS,
        slow::MUTANTS,
    ]
    .into_iter()
    .flatten()
}

/// Servers that differ from the strict one in a way that some document allows: none of them may fail.
pub fn variants() -> impl Iterator<Item = &'static Variant> {
    [
        variant::VARIANTS,
        lawful_answer::VARIANTS,
        lawful_reading::VARIANTS,
        lawful_refusal::VARIANTS,
        moods::VARIANTS,
    ]
    .into_iter()
    .flatten()
}
