//! What the listener answers in the cases for clients.

use super::case::{Ending, Life, Placing};
use super::wire::{bytes, head};
use crate::evidence::{Reaction, Response};
use crate::message::{write_call_info, write_fault, write_invalid_call_id, write_issued, write_success};
use crate::protocol::{Operation, names};

/// A response with the usual media type.
pub(super) fn xml(status: u16, body: impl Into<Vec<u8>>) -> Response {
    typed(status, &format!("{}; charset=utf-8", names::MEDIA_TYPE), body)
}

/// A response with this Content-Type; none if it is empty.
pub(super) fn typed(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
    let headers = Some(("content-type", content_type.to_owned())).filter(|(_, value)| !value.is_empty());
    Response { status, headers: headers.into_iter().collect(), body: body.into() }
}

/// The plain success.
pub(in crate::catalogue) fn success() -> Response {
    xml(200, write_success())
}

/// The plain fault for an invalid id.
pub(in crate::catalogue) fn invalid_id() -> Response {
    xml(500, write_invalid_call_id())
}

/// What the listener answers in a [`Life`].
pub fn life_answer(life: &Life, operation: Operation, placed: usize, asked: usize) -> Reaction {
    let response = match operation {
        Operation::Disconnect => match life.ending {
            Ending::Closes => return Reaction::Close,
            Ending::Faults => invalid_id(),
            Ending::Pages => typed(200, "text/html", "<html><body>DisconnectResponse</body></html>"),
            Ending::Succeeds => success(),
        },
        Operation::GetCallInfo => {
            let at = asked.min(life.states.len().saturating_sub(1));
            let (state, cause) = life.states.get(at).copied().unwrap_or(("Connected", "None"));
            xml(200, write_call_info(state, cause))
        }
        Operation::PlayOnPhone | Operation::PlayOnPhoneGreeting => match life.placing {
            Placing::Closes => return Reaction::Close,
            Placing::Faults => xml(500, write_fault("Server", "No line is free.")),
            Placing::Issues => {
                let at = placed.min(life.ids.len().saturating_sub(1));
                let id = life.ids.get(at).map_or(names::SAMPLE_CALL_ID, |id| id);
                xml(200, write_issued(operation, id))
            }
        },
    };
    if life.keeps {
        let head = head(response.status, response.body.len()).replace("connection: close\n", "");
        return Reaction::Keep(bytes(&head, &response.body));
    }
    response.into()
}
