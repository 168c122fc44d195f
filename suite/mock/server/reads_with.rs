//! The strict service with another reader of its requests, so that a parser can be put to whatever a server can be.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::answer::AnswerKind;
use super::calls::Calls;
use super::hooks::Hooks;
use super::service::Service;
use crate::evidence::{Parsed, Parser, Reaction};
use crate::message::{MessageKind, read_request};
use crate::protocol::Operation;

/// A parser in the place of the reader.
struct ReadsWith(Mutex<Box<dyn Parser + Send>>);

impl Service {
    /// The strict service, whose requests for Disconnect this parser reads: what it takes ends the call that it
    /// names, and what it refuses is refused, with the fault that is due.
    ///
    /// A parser is told bytes and no Content-Type: where a request can only be read by its charset parameter, and for
    /// every other operation, the service reads by itself. A parser that breaks off resets the connection, and one
    /// that says nothing leaves it open.
    pub fn reading_with(parser: impl Parser + Send + 'static) -> Self {
        Self::with_hooks(ReadsWith(Mutex::new(Box::new(parser))), Calls::default())
    }
}

impl Hooks<Service> for ReadsWith {
    fn before_reading(&self, service: &Service, body: &[u8], charset: Option<&str>) -> Option<Reaction> {
        let read = read_request(body, charset);
        if charset.is_some() && read_request(body, None) != read {
            return None;
        }
        if read.as_ref().is_ok_and(|request| request.operation != Operation::Disconnect) {
            return None;
        }
        let parsed = {
            let mut parser = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            parser.parse(MessageKind::Request, body)
        };
        match parsed {
            Parsed::Accepted(id) => Some(service.disconnect(&id)),
            // Why it refuses is not told; the service knows what is wrong with the message, if anything is.
            Parsed::Refused(_) | Parsed::Threw(_) => {
                // A text that is no id may be refused by either, and with the fault for such ids.
                let id = read.as_ref().ok()?.call_id().unwrap_or_default();
                let is_live = service.call_state(id).is_some();
                Some(service.say(if is_live { AnswerKind::Malformed } else { AnswerKind::InvalidId }))
            }
            Parsed::Crashed(_) => Some(Reaction::Reset),
            Parsed::Silent => Some(Reaction::Hang),
        }
    }
}

impl fmt::Debug for ReadsWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadsWith")
    }
}
