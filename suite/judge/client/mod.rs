//! What a client sent and came to, against what it was put to.

mod breach;
mod case;
mod control;
mod end;
mod flaw;
mod http;
mod life;
mod message;
mod request;

pub use case::{client_tries, judge_client};
pub(super) use control::client_findings;
pub use control::{client_problem, client_step_problem, every_request};
pub(crate) use request::REQUEST_CHECKS;
