//! umspec
pub mod catalogue;
pub mod judge;
pub mod message;
pub mod mock;
pub mod protocol;
pub mod record;
pub mod report;
pub mod target;
