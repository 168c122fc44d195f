//! The cases: for servers, clients and parsers, and the messages that parsers and the corpus share.
//!
//! A case is written once. The list, the pages of `explain`, the live run, the per-case tests and
//! the corpus come from it.

mod across;
mod any;
mod boundary;
mod case_header;
mod client;
mod control;
mod growth;
mod hash;
mod message;
mod parser;
mod quick;
mod reply;
mod select;
mod server;
mod sized;
mod text;
mod values;

pub use any::{CaseRef, size};
pub use case_header::CaseHeader;
pub use client::{
    ClientCase, ClientExpect, ClientTurn, Ending, Life, Placing, Play, client_case, client_cases, life_answer,
};
pub(crate) use control::{client_control_case, control_message};
pub use control::{client_control_cases, life_control_cases};
pub(crate) use growth::SIZE as PARSER_GROWTH_SIZE;
pub use hash::hash;
pub use message::{Expect as MessageExpect, MAX_MESSAGE, MessageCase, messages};
pub(crate) use parser::plain_messages;
pub use parser::{parser_case, parser_cases};
pub use quick::{only_quick, quick_cases};
pub use reply::{Reading, ReplyCase, replies, reply};
pub(crate) use select::matches;
pub use select::{Selection, UnmatchedPattern};
#[cfg(feature = "net")]
pub(crate) use server::GROWTH_SIZE;
pub use server::{Act, Case, Expect, Needs, Part, Slot, Stimulus, Turn, case, cases};
