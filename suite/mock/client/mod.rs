//! Clients: what is asked of one, and clients with one defect each.

mod life;
mod mutant;
mod reference;
mod sham;

pub use life::LifeClient;
pub use mutant::{ClientMutant, ReferenceClient, client_mutants};
pub use sham::ClientSham;
