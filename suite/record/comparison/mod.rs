//! Records side by side: what changed from one to another, and several in one grid.

mod change;
mod checks;
#[expect(clippy::module_inception, reason = "the comparison is what the room is about")]
mod comparison;
mod grid;
mod run;

pub use change::{CaseChange, Change, Side};
pub use comparison::{Comparison, ComparisonOptions, OtherSubject};
pub use grid::{Agreement, Grid, Query, Row};
pub use run::{Found, RunChange};
