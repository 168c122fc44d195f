//! Servers that compare call ids in a wrong way.

use super::bug::{Bug, Mutant, mutant};
use super::state::State;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "folds-call-id-case",
        "Call ids are compared without regard to case.",
        by("call-id/near-case-swapped", req::CALL_ID_CASE),
        Bug::CallIds(str::to_ascii_lowercase),
    ),
    mutant(
        "compares-start-of-call-id",
        "Only the first hundred characters of a call id are compared.",
        by("call-id/near-letter-appended", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.chars().take(100).collect()),
    ),
    mutant(
        "ignores-last-letter-of-call-id",
        "The padding of base64 and the letter before it are not compared.",
        by("call-id/near-last-letter-replaced", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.chars().take(98).collect()),
    ),
    mutant(
        "compares-first-half-of-call-id",
        "Only the first forty characters of a call id are compared.",
        by("call-id/near-second-half-missing", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.chars().take(40).collect()),
    ),
    mutant(
        "cuts-call-id-at-255",
        "A call id is kept in a column of 255 characters, whose blanks at the end do not count.",
        by("call-id-size/blanks-to-255-then-letter", req::INCORRECT_CALL_ID),
        Bug::CallIds(|id| column(id, 255)),
    ),
    mutant(
        "cuts-call-id-at-512",
        "A call id is kept in a column of 512 characters, whose blanks at the end do not count.",
        by("call-id-size/blanks-to-512-then-letter", req::INCORRECT_CALL_ID),
        Bug::CallIds(|id| column(id, 512)),
    ),
    mutant(
        "cuts-call-id-at-4096",
        "A call id is kept in a column of 4,096 characters, whose blanks at the end do not count.",
        by("call-id-size/blanks-to-4096-then-letter", req::INCORRECT_CALL_ID),
        Bug::CallIds(|id| column(id, 4096)),
    ),
    mutant(
        "cuts-call-id-at-8000",
        "A call id is kept in a column of 8,000 characters, whose blanks at the end do not count.",
        by("call-id-size/blanks-to-8000-then-letter", req::INCORRECT_CALL_ID),
        Bug::CallIds(|id| column(id, 8_000)),
    ),
    mutant(
        "drops-invisible-characters-of-call-id",
        "Characters that show nothing are dropped from a call id before it is compared.",
        by("encoding/mark-inside-call-id", req::CALL_ID_CASE),
        Bug::CallIds(|id| id.chars().filter(|c| !matches!(c, '\u{FEFF}' | '\u{200B}')).collect()),
    ),
    mutant(
        "takes-any-call-id",
        "Whatever call id is sent is answered with success.",
        by("call-id/garbage-word", req::INCORRECT_CALL_ID),
        Bug::State(State::TakesAnyCallId),
    ),
    mutant(
        "limits-call-id-to-100-characters",
        "A call id of more than 100 characters is refused as malformed.",
        by("call-id-size/ascii-101-characters", req::LONG_CALL_ID_ALLOWED),
        Bug::State(State::LimitsCallId(100)),
    ),
    mutant(
        "limits-call-id-to-511-characters",
        "A call id of more than 511 characters is refused as malformed.",
        by("call-id-size/ascii-512-characters", req::LONG_CALL_ID_ALLOWED),
        Bug::State(State::LimitsCallId(511)),
    ),
];

fn column(id: &str, length: usize) -> String {
    id.chars().take(length).collect::<String>().trim_end_matches(' ').to_owned()
}
