//! What was sent and what came, as plain data, for servers, clients and parsers; and the contracts
//! of what can be put under test in this process.
//!
//! Facts only: [`observe`] reads an answer, and nothing here judges one. What is made of the facts is
//! said by [`judge`](crate::judge), and what a run keeps of them is a [`record`](crate::record).

mod answer;
mod attempt;
mod bytes;
mod client;
mod exchange;
mod handler;
mod observe;
mod parser;
mod reaction;

pub use answer::{Answer, HttpAnswer, Silence};
pub use attempt::{Attempt, CallIds, Role, Step};
pub use bytes::Bytes;
pub use client::{Client, ClientCall, ClientEnd, ClientRequest, ClientSight};
pub use exchange::{Exchange, Sent};
pub use handler::Handler;
pub use observe::{Seen, observe};
pub use parser::{Parsed, Parser, ParserSight};
pub use reaction::{Reaction, Response, Spoil};
