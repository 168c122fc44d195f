//! Answers to Disconnect, good and bad, with what a reader of answers must make of them.
//!
//! Messages without a run: the corpus and the snapshots are made of them. Ids start with `reply-` and
//! are public like those of the cases.

mod case;
mod encoding;
mod envelope;
mod fault;
mod fault_form;
mod ill_formed;
mod list;
mod misread;
mod spelling;
mod success;

pub use case::{Reading, ReplyCase};
pub use list::{replies, reply};
