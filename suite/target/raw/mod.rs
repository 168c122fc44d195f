//! The raw path: bytes as they are over TCP or TLS, answers read as they come.

mod answer;
mod connection;
mod interim;
mod pieces;

pub(super) use connection::{Arrivals, RawConnection, silence_of};
pub use pieces::{read_answers, read_answers_in_pieces};
