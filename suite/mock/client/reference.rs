//! The client that does everything right, in pieces that others can put together wrongly.

use std::time::Duration;

use super::exchange::{Got, exchange};
use crate::evidence::{Client, ClientCall, ClientEnd};
use crate::message::{CallId, Draft, HttpRequest, Ids, Reply, charset_of, read_reply};
use crate::protocol::Defect;

/// The client that does everything right, in this process.
#[derive(Debug, Clone, Copy)]
pub struct ReferenceClient;

impl Client for ReferenceClient {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        disconnect(call)
    }
}

/// The request for a call, with credentials.
pub(super) fn request(id: &str) -> HttpRequest {
    let mut request = Draft::disconnect(&[]).write(&Ids { this: id.to_owned(), ..Ids::default() });
    request.headers.push(("authorization".to_owned(), "Basic dW1zcGVjOnVtc3BlYw==".to_owned()));
    request
}

/// Whether the client takes an id.
pub(super) fn takes(id: &str) -> bool {
    CallId::new(id).is_ok()
}

/// What a client makes of what it got.
pub(super) fn end_of(got: &Got) -> ClientEnd {
    if got.unended || got.broken || !got.complete || !(200..300).contains(&got.status) {
        return ClientEnd::Refused;
    }
    match reply(got) {
        Some(Reply::Disconnected) => ClientEnd::Disconnected,
        Some(Reply::Fault(_)) | None => ClientEnd::Refused,
    }
}

/// What is wrong with the message that it got, to a strict reader.
pub(super) fn defect(got: &Got) -> Option<Defect> {
    let charset = got.header("content-type").and_then(charset_of);
    read_reply(&got.body, charset.as_deref()).err().map(|refusal| refusal.defect)
}

pub(super) fn reply(got: &Got) -> Option<Reply> {
    let charset = got.header("content-type").and_then(charset_of);
    read_reply(&got.body, charset.as_deref()).ok()
}

/// The client that does everything right.
pub(super) fn disconnect(call: &ClientCall<'_>) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    end_of(&exchange(call.url, &request(call.call_id), wait(call)))
}

/// The time that a client waits, which is less than the time it has.
pub(super) fn wait(call: &ClientCall<'_>) -> Duration {
    call.time / 2
}
