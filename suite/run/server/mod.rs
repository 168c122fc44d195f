//! Runs against a server.

mod attempt;
mod calls;
mod control;
mod options;
mod prober;
mod restart;
mod run;
mod spelling;

pub use calls::CallSource;
pub use options::{MAX_RESTARTS, MAX_SILENT, RunOptions};
pub use run::run;
