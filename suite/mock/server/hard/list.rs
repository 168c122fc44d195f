use super::mutant::HardMutant;
use super::{growth, history, leaks, three, two};

/// Every server whose defect shows only where several things meet, in the order of their kinds.
pub fn hard_mutants() -> impl Iterator<Item = &'static HardMutant> {
    [
        two::IN_CASES,
        two::IN_VALID,
        three::IN_CASES,
        three::IN_VALID,
        history::TABLE,
        growth::TABLE,
        leaks::TABLE,
    ]
    .into_iter()
    .flatten()
}
