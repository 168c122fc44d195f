//! umspec
pub mod message;
pub mod protocol;
