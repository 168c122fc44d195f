//! A refusal that was not told in order.

use super::{CheckId, Finding, Grading};
use crate::evidence::Uncaught;
use crate::protocol::RequirementId;

/// What is found where a program refused by an exit status that is also what an uncaught exception ends
/// in, and wrote what looks like one.
///
/// It may be just that the program around a sound library catches nothing, so no more than a warning in
/// interop. The words are the same for every exception of a runtime: they have one cause.
pub(super) fn thrown(uncaught: &Uncaught, row: RequirementId, grading: Grading) -> Finding {
    Finding::new(
        CheckId::Refusal,
        row,
        grading.shape(row.requirement()),
        "a refusal that cannot be taken for a crash: the word `refused` on standard output, or --refused-exit",
        format!("it ended like an uncaught exception: standard error has a trace of {}", uncaught.runtime),
    )
}
