//! Deviations that somebody knows of: read from a file, and what a record makes of each of them. Pure: which
//! day it is comes from outside.

mod accounting;
mod date;
mod deviation;
mod file;
mod fingerprint;
mod standing;
mod template;

pub use accounting::Accounting;
pub use date::{Date, NoDate};
pub use deviation::KnownDeviation;
pub use file::{KnownDeviations, KnownError, PLACEHOLDER};
pub use standing::{Standing, State, Tally};
pub use template::{TemplateOptions, template};
