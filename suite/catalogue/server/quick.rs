//! Few cases that fail every mutant between them, in the order in which they fail most of those that are left.

use std::collections::BTreeMap;

use super::Case;

/// A greedy choice over the kill matrix, which the proof holds against it.
static QUICK: &str = include_str!("quick.txt");

/// The ids of few cases for servers that kill every mutant between them, in the order in which they kill.
pub fn quick_cases() -> impl Iterator<Item = &'static str> {
    QUICK.lines()
}

/// Of these cases those that are quick, in the order in which they kill.
pub fn only_quick(selected: &[&'static Case]) -> Vec<&'static Case> {
    let places: BTreeMap<&str, usize> = quick_cases().enumerate().map(|(place, id)| (id, place)).collect();
    let mut quick: Vec<&'static Case> =
        selected.iter().copied().filter(|case| places.contains_key(&*case.id)).collect();
    quick.sort_by_key(|case| places.get(&*case.id));
    quick
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::cases;

    #[test]
    fn every_quick_case_is_one_of_the_catalogue_and_stands_once() {
        let all: Vec<&'static Case> = cases().iter().collect();
        let quick: Vec<&str> = only_quick(&all).iter().map(|case| &*case.id).collect();
        assert_eq!(quick, quick_cases().collect::<Vec<_>>());
        assert!(quick.len() * 3 < all.len(), "{}", quick.len());
    }
}
