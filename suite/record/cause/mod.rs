//! What findings come from: those of one cause are one finding of the run.

#[expect(clippy::module_inception, reason = "the cause is what the room is about")]
mod cause;
mod group;
mod key;
mod kind;

pub use cause::{Cause, Part};
