//! Several requests on one kept-alive connection, which must not know of each other.

use super::{Act, Case, Expect, Slot, Turn};
use crate::message::{Edit, Framing, Place};
use crate::protocol::{InputClass, Nuance, Operation, names, req};

pub(super) fn cases() -> Vec<Case> {
    use InputClass as C;
    let place = |slot| Turn::new(Act::Place(slot, Operation::PlayOnPhone), Expect::Anything);
    let between = |id: &'static str, about: &'static str, class: InputClass, edits: Vec<Edit>| {
        Case::sequence(
            id,
            about,
            &[req::SHARED_CONNECTION],
            vec![
                place(Slot::A),
                place(Slot::B),
                Turn::new(
                    Act::OneConnection(vec![
                        (Slot::A, vec![], C::Valid),
                        (Slot::B, edits, class),
                        (Slot::B, vec![], C::Valid),
                    ]),
                    Expect::Anything,
                ),
                Turn::new(Act::CallInfo(Slot::B), Expect::Ended),
            ],
        )
    };
    vec![
        between(
            "connection/malformed-between-valid",
            "On one connection a request that is not well-formed stands between two valid ones.",
            C::NotWellFormed,
            vec![Edit::Truncate(14)],
        ),
        between(
            "connection/no-id-after-an-id",
            "On one connection a request without CallId follows a valid one, whose id it must not take.",
            C::MissingCallId,
            vec![Edit::Delete(Place::CallId)],
        ),
        between(
            "connection/empty-id-after-an-id",
            "On one connection a request with an empty CallId follows a valid one.",
            C::EmptyCallId,
            vec![Edit::Content(Place::CallId, String::new())],
        ),
        // About the call that has just ended: a server that speaks SOAP 1.2 as well may end it again.
        Case::sequence(
            "connection/soap12-between-valid",
            "On one connection a SOAP 1.2 envelope stands between two valid requests.",
            &[req::SHARED_CONNECTION],
            vec![
                place(Slot::A),
                place(Slot::B),
                Turn::new(
                    Act::OneConnection(vec![
                        (Slot::A, vec![], C::Valid),
                        (
                            Slot::A,
                            vec![Edit::Namespace(Place::Envelope, names::ENVELOPE_12.to_owned())],
                            C::EnvelopeNamespace,
                        ),
                        (Slot::B, vec![], C::Valid),
                    ]),
                    Expect::Anything,
                ),
                Turn::new(Act::CallInfo(Slot::B), Expect::Ended),
            ],
        )
        .nuance(Nuance::Soap12Envelope),
        between(
            "connection/mandatory-header-between-valid",
            "On one connection a request with an unknown mandatory header stands between two valid ones.",
            C::MandatoryHeader,
            vec![Edit::Header(r#"<x:must xmlns:x="urn:umspec:x" soap:mustUnderstand="1"/>"#.to_owned())],
        ),
        Case::request(
            "connection/one-answer",
            "After the answer to a plain request the connection is watched for a second one.",
            C::Valid,
            &[req::ONE_ANSWER],
            vec![Edit::Framing(Framing::Watched)],
        ),
        Case::sequence(
            "connection/slow-senders",
            "A plain request is answered while four connections send a body byte by byte.",
            &[req::SLOW_REQUEST],
            vec![
                place(Slot::A),
                Turn::new(Act::AmongSlowSenders(4, Slot::A), Expect::Class(C::Valid)),
                Turn::new(Act::CallInfo(Slot::A), Expect::Ended),
            ],
        ),
    ]
}
