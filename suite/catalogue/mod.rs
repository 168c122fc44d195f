//! The cases, one file per family; the families are the divisions of the requirement ledger.
//!
//! A case is written once. The list, the pages of `explain`, the live run, the per-case tests and
//! the corpus come from it.

mod any;
mod auth;
mod call_id;
mod call_id_size;
mod case;
mod case_header;
mod client;
mod connection;
mod control;
mod dtd;
mod encoding;
mod envelope;
mod fault;
mod hash;
mod header;
mod http;
mod lifecycle;
mod list;
mod message;
mod namespace;
mod parser;
mod reply;
mod request_body;
mod robustness;
mod select;
mod soap_action;
mod wrapping;
mod xml;

pub use any::{CaseRef, size};
pub use case::{Act, Case, Expect, Needs, Part, Slot, Stimulus, Turn};
pub use case_header::CaseHeader;
pub use client::{
    ClientCase, ClientExpect, ClientTurn, Life, Placing, Play, client_case, client_cases, life_answer,
};
pub use control::{client_control_case, client_control_cases, control_message, life_control_cases};
pub use hash::hash;
pub use list::{case, cases};
pub use message::{Expect as MessageExpect, MAX_MESSAGE, MessageCase, messages};
pub use parser::{PlainMessage, parser_case, parser_cases, plain_messages};
pub use reply::{Reading, ReplyCase, replies, reply};
pub use select::{Selection, UnmatchedPattern};
