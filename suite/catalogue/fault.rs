//! Faults that must agree with each other.

use super::{Act, Case, Expect, Needs, Slot, Turn};
use crate::message::{Edit, Place};
use crate::protocol::InputClass;

/// Text that no server issues; the same for both operations.
const GARBAGE: &str = "umspec-no-such-call";

pub(super) fn cases() -> Vec<Case> {
    let garbage = || Act::Send(Slot::A, vec![Edit::Content(Place::CallId, GARBAGE.to_owned())]);
    let missing = || Act::Send(Slot::A, vec![Edit::Delete(Place::CallId)]);
    vec![
        Case::sequence(
            "fault/same-for-both-operations",
            "The same unknown id is sent to Disconnect and to GetCallInfo, which fault alike.",
            &[132],
            vec![
                Turn::new(garbage(), Expect::Class(InputClass::Garbage)),
                Turn::new(Act::Ask(GARBAGE), Expect::SameFaultAs(0)),
            ],
        )
        .needs(Needs::Nothing),
        Case::sequence(
            "fault/invalid-id-repeats-alike",
            "The same unknown id is sent three times and is answered alike.",
            &[187],
            vec![
                Turn::new(garbage(), Expect::Class(InputClass::Garbage)),
                Turn::new(garbage(), Expect::SameAs(0)),
                Turn::new(garbage(), Expect::SameAs(0)),
            ],
        )
        .needs(Needs::Nothing),
        Case::sequence(
            "fault/malformed-repeats-alike",
            "The same malformed request is sent three times and is answered alike.",
            &[187],
            vec![
                Turn::new(missing(), Expect::Class(InputClass::MissingCallId)),
                Turn::new(missing(), Expect::SameAs(0)),
                Turn::new(missing(), Expect::SameAs(0)),
            ],
        )
        .needs(Needs::Nothing),
    ]
}
