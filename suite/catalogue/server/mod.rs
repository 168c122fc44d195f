//! The cases for servers, one file per family: what is sent, and what must come of it.

mod across;
mod auth;
mod call_id;
mod call_id_size;
mod case;
mod chunk;
mod connection;
mod dtd;
mod encoding;
mod envelope;
mod fault;
mod field;
mod framing;
mod grammar;
mod growth;
mod header;
mod http;
mod ill_formed;
mod lawful;
mod lifecycle;
mod list;
mod loose;
mod multi_reference;
mod namespace;
mod near_id;
mod request_body;
mod robustness;
mod scope;
mod segment;
mod soap_action;
mod structure;
mod words;
mod wrapping;
mod xml;

pub use case::{Act, Case, Expect, Needs, Part, Slot, Stimulus, Turn};
#[cfg(feature = "net")]
pub(crate) use growth::SIZE as GROWTH_SIZE;
pub use list::{case, cases};
