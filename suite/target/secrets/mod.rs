//! What must not reach a record, a report or a log.
//!
//! Secrets are hidden where evidence is made: in the bytes of a body and in the text of a field, before anything
//! reads them. What is judged and shown is made of that evidence, so no way of decoding it brings a secret
//! back, and a record is judged again as it was.

mod escapes;
mod found;
mod hide;
mod parts;
mod reading;
mod spelling;

pub use hide::Weak;
pub(crate) use hide::{HIDDEN, Secrets};
pub(super) use parts::Gathered;
pub(crate) use parts::{is_credential, is_credential_field};
