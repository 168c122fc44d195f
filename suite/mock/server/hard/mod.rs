//! Servers whose defect shows only where several things meet: a benchmark for what looks further than one
//! edit.
//!
//! Each is a defect of the other mutants, or one of its own, and the [`Factor`]s that must all hold of a
//! request for it to show: how the message is spelled, how it came over its connection, what came before it.
//! They stand apart from the other mutants, because no single case is good for them.

mod factor;
mod fault;
mod growth;
mod history;
mod leaks;
mod list;
mod mutant;
mod provoked;
mod seen;
mod three;
mod two;

pub use factor::Factor;
pub use list::hard_mutants;
pub use mutant::{HardKind, HardMutant};
