//! Few cases that fail every mutant between them, in the order in which they fail most of those that are left.

use std::collections::BTreeMap;

use super::CaseHeader;
use crate::evidence::Subject;

/// The ids of few cases for such a subject that kill every mutant between them, in the order in which they kill: a
/// greedy choice over the kill matrix, which the proof holds against it.
///
/// Mutants that only time tells are left out, and those that are told before the cases. For clients that place their
/// calls, all of their few cases are among them.
pub fn quick_cases(subject: Subject) -> impl Iterator<Item = &'static str> {
    match subject {
        Subject::Client => include_str!("client/quick.txt"),
        Subject::Parser => include_str!("message/quick.txt"),
        Subject::Server => include_str!("server/quick.txt"),
    }
    .lines()
}

/// Of these cases for such a subject those that are quick, in the order in which they kill.
pub fn only_quick<C: CaseHeader>(subject: Subject, selected: &[&'static C]) -> Vec<&'static C> {
    let places: BTreeMap<&str, usize> =
        quick_cases(subject).enumerate().map(|(place, id)| (id, place)).collect();
    let mut quick: Vec<&'static C> =
        selected.iter().copied().filter(|case| places.contains_key(case.id())).collect();
    quick.sort_by_key(|case| places.get(case.id()));
    quick
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{cases, client_cases, parser_cases};

    fn is_a_part<C: CaseHeader>(subject: Subject, all: &'static [C]) {
        let all: Vec<&'static C> = all.iter().collect();
        let quick: Vec<&str> = only_quick(subject, &all).iter().map(|case| case.id()).collect();
        assert_eq!(quick, quick_cases(subject).collect::<Vec<_>>());
        assert!(quick.len() * 3 < all.len(), "{}", quick.len());
    }

    #[test]
    fn every_quick_case_is_one_of_the_catalogue_and_stands_once() {
        is_a_part(Subject::Client, client_cases());
        is_a_part(Subject::Parser, parser_cases());
        is_a_part(Subject::Server, cases());
    }
}
