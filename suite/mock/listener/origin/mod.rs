//! A server of HTTP/1.1 written out: strict where it is left alone, and able to get any one thing about
//! the bytes of a connection wrong. It keeps connections, reads what it refuses, and looks at every line.

mod head;
mod quirk;
mod read;
mod serve;
mod size;
mod write;

pub use quirk::Quirk;
pub use serve::Origin;
