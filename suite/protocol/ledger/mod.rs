//! The requirement ledger: what the documents ask of Disconnect, row by row.
//!
//! Rows are grouped by subject, one file per group. Numbers are public and never reused; they may
//! have gaps, and a new row takes the next free one, in whatever group it belongs.

mod call_id;
mod client;
mod envelope;
mod fault;
mod invalid_id;
mod lifecycle;
mod list;
mod malformed;
mod request;
mod row;
mod security;
mod success;
mod transport;
mod unseen;
mod xml;

pub use list::{requirement, requirements};
pub use unseen::client_unseen;

/// The requirements by name, each described by its statement.
pub mod req {
    pub use super::call_id::*;
    pub use super::client::*;
    pub use super::envelope::*;
    pub use super::fault::*;
    pub use super::invalid_id::*;
    pub use super::lifecycle::*;
    pub use super::malformed::*;
    pub use super::request::*;
    pub use super::security::*;
    pub use super::success::*;
    pub use super::transport::*;
    pub use super::xml::*;
}
