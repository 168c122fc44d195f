//! A second Disconnect where none belongs: signature-wrapping style duplicates.

use super::{Act, Case, Expect, Slot, Turn};
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, Nuance, Operation, names, req};

pub(super) fn cases() -> Vec<Case> {
    let other = format!(r#"<Disconnect xmlns="{}"><CallId>{{other}}</CallId></Disconnect>"#, names::MESSAGES);
    // The call in the wrong place must stay up whatever becomes of the request.
    let hidden = |id: &'static str, about: &'static str, class: InputClass, edits: Vec<Edit>| {
        Case::sequence(
            id,
            about,
            &[req::WRAPPED_DISCONNECT],
            vec![
                Turn::new(Act::Place(Slot::A, Operation::PlayOnPhone), Expect::Anything),
                Turn::new(Act::Place(Slot::B, Operation::PlayOnPhone), Expect::Anything),
                Turn::new(Act::Send(Slot::A, edits), Expect::Class(class)),
                Turn::new(Act::CallInfo(Slot::B), Expect::Up),
                Turn::new(Act::Send(Slot::B, vec![]), Expect::Class(InputClass::Valid)),
            ],
        )
    };
    vec![
        hidden(
            "wrapping/disconnect-in-header",
            "A header entry holds a Disconnect for another call, the Body one for this call.",
            InputClass::OptionalHeader,
            vec![Edit::Header(other.clone())],
        ),
        hidden(
            "wrapping/disconnect-after-body",
            "A Disconnect for another call follows Body.",
            InputClass::Trailer,
            vec![Edit::After(Place::Body, other.clone())],
        )
        .nuance(Nuance::QualifiedTrailer),
        hidden(
            "wrapping/disconnect-in-wrapper",
            "Disconnect stands inside a foreign wrapper element in Body, which is not looked through.",
            InputClass::OperationName,
            vec![Edit::Content(
                Place::Body,
                format!(r#"<w:wrap xmlns:w="urn:umspec:wrap">{other}</w:wrap>"#),
            )],
        ),
    ]
}
