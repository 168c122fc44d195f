//! Neutral dimensions: how a request may be spelled and sent without meaning anything else.
//!
//! A [`Row`] takes one value of each dimension, of which the first is always the plain one. Around a case it
//! must not change the class; that it does not is found out for each case and value by the reference reader
//! ([`Fitting`]), and the tests hold it against the classifier and a second witness.

mod array;
mod dimension;
mod fitting;
mod row;

pub use array::{Coverage, covering_array, rotated_rows};
pub use dimension::{DIMENSIONS, Dimension, Levels, Value, all_levels};
pub use fitting::Fitting;
pub use row::Row;
