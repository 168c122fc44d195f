//! Runs against a server.

mod attempt;
mod calls;
mod case;
mod change;
mod control;
mod growth;
mod keeping;
mod line;
mod lossy;
mod options;
mod prober;
mod restart;
mod rows;
mod run;
mod runner;
mod spelled;
mod spelling;
mod unanswered;
mod way;

pub(crate) use attempt::CaseRun;
pub use calls::CallSource;
pub(crate) use calls::Calls;
pub(crate) use control::Established;
pub(crate) use line::{Line, Patience};
pub use options::{MAX_RESTARTS, MAX_WAIT, MAX_WAIT_RUN, RunOptions};
pub(crate) use prober::{Prober, unissued};
pub(crate) use restart::{end_started, restart};
pub(crate) use rows::is_spelled;
pub use run::run;
pub(crate) use spelling::establish_spelled;
