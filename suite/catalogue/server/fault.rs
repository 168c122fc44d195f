//! Faults that must agree with each other.

use super::{Act, Case, Expect, Needs, Slot, Turn};
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, req};

/// Text that no server issues; the same for both operations.
const GARBAGE: &str = "umspec-no-such-call";

pub(super) fn cases() -> Vec<Case> {
    let garbage = || Act::Send(Slot::A, vec![Edit::Content(Place::CallId, GARBAGE.to_owned())]);
    let missing = || Act::Send(Slot::A, vec![Edit::Delete(Place::CallId)]);
    vec![
        Case::sequence(
            "fault/same-for-both-operations",
            "The same unknown id is sent to Disconnect and to GetCallInfo, which fault alike.",
            &[req::SAME_FAULT_FROM_GET_CALL_INFO],
            vec![
                Turn::new(garbage(), Expect::Class(InputClass::Garbage)),
                Turn::new(Act::CallInfoOf(GARBAGE), Expect::SameFaultAs(0)),
            ],
        )
        .needs(Needs::Nothing),
        Case::sequence(
            "fault/invalid-id-repeats-alike",
            "The same unknown id is sent three times and is answered alike.",
            &[req::SAME_ANSWER_TO_SAME_REQUEST],
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
            &[req::SAME_ANSWER_TO_SAME_REQUEST],
            vec![
                Turn::new(missing(), Expect::Class(InputClass::MissingCallId)),
                Turn::new(missing(), Expect::SameAs(0)),
                Turn::new(missing(), Expect::SameAs(0)),
            ],
        )
        .needs(Needs::Nothing),
    ]
}
