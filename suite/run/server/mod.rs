//! Runs against a server.

mod attempt;
mod calls;
mod control;
mod line;
mod lossy;
mod options;
mod prober;
mod restart;
mod run;
mod spelling;

pub use calls::CallSource;
pub use options::{MAX_RESTARTS, MAX_WAIT, MAX_WAIT_RUN, RunOptions};
pub use run::run;
