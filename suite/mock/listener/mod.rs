//! Listeners: what puts a reaction to a request on a socket, well or badly.

mod accept;
mod held;
pub(crate) mod http1;
mod limits;
mod listen;
mod loose_chunks;
mod origin;
mod over_hyper;
mod react;
mod receive;
mod request;
mod response;
mod stream;
mod tls_front;
mod tolerant;
mod wire;

pub use limits::MockLimits;
pub(crate) use listen::listen;
pub use origin::{Origin, Quirk};
pub use over_hyper::{Mock, converse};
pub use react::React;
pub use request::{Arrival, Request};
pub use stream::Events;
pub use tls_front::{Identity, TlsFront};
pub use wire::WireMock;
