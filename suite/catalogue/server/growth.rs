//! Requests of three sizes, to see how the time grows that a server takes.
//!
//! What is sent is legal and large, so that it may be refused or served (UMD-R180, UMD-R182): only the time is
//! judged, and that the server lives on.

use super::Case;
use crate::catalogue::sized::{SIZED_PARTS, SizedPart};
use crate::protocol::req;

/// Characters of the part that grows, in the smallest request; the largest has four times as many, 64 KiB, which
/// is below the limits on requests that are in use (sizes of UMD-R180).
pub(crate) const SIZE: usize = 16_384;

/// The cases about time.
pub(super) fn cases() -> Vec<Case> {
    let case = |part: &SizedPart| {
        Case::request(
            format!("growth/request-{}", part.name),
            format!("A request holds {}, twice and four times as many.", part.about),
            part.class(),
            &[req::NAMES_BOUNDED, req::ALIVE_AFTERWARDS],
            vec![(part.edit)(4 * SIZE)],
        )
        .recorded()
        .growing(part.edit)
    };
    SIZED_PARTS.iter().map(case).collect()
}
