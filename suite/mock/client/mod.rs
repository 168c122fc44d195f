//! Clients: one that does everything right, clients with one defect each, and clients that do nothing
//! or always the same.

mod answers;
mod defects;
mod exchange;
mod first_lines;
mod guesses;
mod http;
mod ids;
mod lengths;
mod life;
mod list;
mod malformed;
mod misreading;
mod mutant;
mod near_answers;
mod near_envelopes;
mod next;
mod reference;
mod requests;
mod sham;
mod spellings;
mod variant;
mod variants;
mod way;
mod wire;

pub use life::LifeClient;
pub use list::client_mutants;
pub use mutant::ClientMutant;
pub use reference::ReferenceClient;
pub use sham::ClientSham;
pub use variant::ClientVariant;
pub use variants::client_variants;
