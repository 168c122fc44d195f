//! The points at which the service asks whether something else is to happen.

use std::fmt;

use super::answer::AnswerKind;
use super::calls::CallState;
use crate::evidence::{Reaction, Response};
use crate::message::Request as Message;
use crate::message::xml::Refusal;
use crate::mock::listener::{Quirk, Request};
use crate::protocol::{Defect, Operation};

/// What a service asks at its decision points, here in the order in which it comes to them.
///
/// Every method does nothing unless it is written anew: a service with [`NoHooks`] does everything
/// right. `S` is the service that asks. It is a parameter because a hook may use the service, which
/// holds the hooks; so this file needs not know it.
pub(super) trait Hooks<S>: fmt::Debug + Send + Sync {
    /// Asked when a connection comes: whether it waits until the one before has ended.
    fn takes_turns(&self) -> bool {
        false
    }

    /// Asked when a server starts: what it gets wrong, or does otherwise, about the bytes of a connection.
    fn quirk(&self) -> Option<Quirk> {
        None
    }

    /// Asked when the framing of a body turns out to be broken: whether what came is the body.
    fn takes_broken_framing(&self) -> bool {
        false
    }

    /// Asked before a request whose framing is broken is answered by this status: what to do instead.
    fn before_framing_error(&self, _status: u16) -> Option<Reaction> {
        None
    }

    /// Asked first of all, before credentials are looked at: what to do instead of anything else.
    fn before_request(&self, _service: &S, _request: &Request<'_>) -> Option<Reaction> {
        None
    }

    /// Asked when method, path and media type are the right ones: the bytes to take the body for.
    fn replace_body(&self, _body: &[u8]) -> Option<Vec<u8>> {
        None
    }

    /// Asked before a message is read: what to do instead.
    fn before_reading(&self, _service: &S, _body: &[u8], _charset: Option<&str>) -> Option<Reaction> {
        None
    }

    /// Asked after a message was read and refused: what to make of it instead, which may be refused
    /// for another reason.
    fn after_refusal(&self, _body: &[u8], _charset: Option<&str>) -> Option<Result<Message, Refusal>> {
        None
    }

    /// Asked after a Disconnect was read: whether it is malformed all the same.
    fn refuses(&self, _body: &[u8]) -> bool {
        false
    }

    /// Asked before the call with this id is ended: what to do instead.
    fn before_ending(&self, _service: &S, _id: &str) -> Option<Reaction> {
        None
    }

    /// Asked before a message with a defect is answered by the fault that is due: what to do instead.
    fn before_fault(
        &self,
        _service: &S,
        _defect: Defect,
        _body: &[u8],
        _charset: Option<&str>,
    ) -> Option<Reaction> {
        None
    }

    /// Asked before a call is placed: what to answer instead.
    fn before_placing(&self, _service: &S, _operation: Operation) -> Option<Response> {
        None
    }

    /// Told after a call was placed.
    fn after_placing(&self, _service: &S, _operation: Operation, _id: &str) {}

    /// Asked after the state of a call was looked up, before GetCallInfo tells it: what to answer instead.
    fn before_call_info(&self, _service: &S, _id: &str, _state: Option<CallState>) -> Option<Response> {
        None
    }

    /// Asked when an answer to Disconnect is ready: what to send.
    fn before_answer(&self, _kind: AnswerKind, response: Response) -> Reaction {
        response.into()
    }

    /// Told after a message was processed, whatever came of it.
    fn after_message(&self, _service: &S, _body: &[u8], _charset: Option<&str>) {}
}

/// Hooks that do nothing.
#[derive(Debug)]
pub(super) struct NoHooks;

impl<S> Hooks<S> for NoHooks {}
