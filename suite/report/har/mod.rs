//! The exchanges of a run as an HTTP archive.

mod archive;
mod exchanged;
mod message;
mod subject;

pub use archive::har;
