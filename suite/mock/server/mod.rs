//! Servers: the strict service with the calls it keeps, mutants, variants and shams.

mod answer;
mod calls;
mod hard;
mod hooks;
mod mutant;
mod named;
mod reads_with;
mod service;
mod sham;

pub use calls::{CallState, Calls};
pub use hard::{Factor, HardKind, HardMutant, hard_mutants};
pub use mutant::{Mutant, Variant, mutants, variants};
pub use named::{Named, Running};
pub use service::Service;
pub use sham::Sham;
