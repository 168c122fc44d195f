use super::Grading;
use crate::protocol::{Requirement, RequirementId, ledger};

/// The row of a requirement that the code names.
pub(super) fn row(id: RequirementId) -> &'static Requirement {
    // Each named requirement is a row of the ledger; a test of the ledger holds it.
    ledger::requirement(id).unwrap_or_else(|| unreachable!("no row {id}"))
}

/// The row that is graded graver; the first, if both are alike.
pub(super) fn graver(
    a: &'static Requirement,
    b: &'static Requirement,
    grading: Grading,
) -> &'static Requirement {
    if grading.breach(b) > grading.breach(a) { b } else { a }
}
