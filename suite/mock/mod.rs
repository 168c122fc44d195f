//! A server of the service that answers, well or badly, on purpose.
//!
//! [`Service`] is the plain function from request to response with the calls it keeps;
//! [`Mock`] puts it on a socket. Besides the strict one there are flawed ones, each with one named
//! [`Flaw`], to show that the verdicts notice it.

mod calls;
mod flaw;
mod listener;
mod service;

pub use calls::{CallState, Calls};
pub use flaw::Flaw;
pub use listener::{Mock, MockLimits, converse};
pub use service::{Request, Response, Service};
