//! What requests to a server are for, and what its answers come to, in words.

use crate::evidence::{Answer, ObservedMessage, Role, observe};
use crate::message::told;

/// What a request of a case is for.
pub(super) fn purpose(role: Role) -> &'static str {
    match role {
        Role::After => "state of the call after it",
        Role::Before => "state of the call before it",
        Role::Contrast => "the same request, malformed",
        Role::HangUp => "end of a call that was left up",
        Role::Mutant => "the request of the case",
        Role::Opening => "the plain request before it",
        Role::OpeningUnissued => "the plain request before it, with an id that was never issued",
        Role::Place => "a call is placed",
        Role::Turn => "request of the sequence",
        Role::Twin => "the plain request after it",
        Role::Unissued => "the plain request after it, with an id that was never issued",
    }
}

/// What an answer comes to: to Disconnect, or to the operations around it.
pub(super) fn answer_words(answer: &Answer) -> String {
    let observation = observe(answer);
    match (answer, &observation.message) {
        (Answer::Http(http), Some(ObservedMessage { issued: Some(_), .. })) => {
            format!("{}, a call is placed", http.status)
        }
        (Answer::Http(http), Some(ObservedMessage { call_info: Some(info), .. })) => {
            format!("{}, the call is {}", http.status, told(&info.state))
        }
        _ => told(&observation.words(answer)),
    }
}
