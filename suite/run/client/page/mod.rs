//! The pages of a listener that serves every case for clients: which there are, what came, and its verdict.

mod index;
mod markup;
mod seen;
mod standing;

pub(super) use index::{Row, index};
pub(super) use markup::{PAGE, SCRIPT};
pub(super) use seen::seen;
pub(super) use standing::Standing;
