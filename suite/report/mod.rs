//! Views of a record. Pure functions: a report never runs or judges anything.

mod junit;
mod text;

pub use junit::junit;
pub use text::{TextOptions, text};
