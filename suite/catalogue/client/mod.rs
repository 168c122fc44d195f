//! The cases for clients: what they are answered, and what they must make of it.
//!
//! The answers of [`replies`](super::replies) are cases under their own ids; the rest is about HTTP, the
//! line, redirects, call ids and the life of a call.

mod ahead;
mod answers;
mod call_id;
mod case;
mod coding;
mod field;
mod hostile;
mod http;
mod kept;
mod length;
mod life;
mod line;
mod list;
mod loose;
mod near;
mod redirect;
mod reply;
mod segment;
mod wire;

pub use answers::life_answer;
pub(super) use answers::{invalid_id, success};
pub(super) use case::case;
pub use case::{ClientCase, ClientExpect, ClientTurn, Ending, Life, Placing, Play};
pub use list::{client_case, client_cases};
