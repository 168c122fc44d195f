//! Running the catalogue against a target, and the record that is left: saved, loaded, judged
//! again.

mod attempt;
mod calls;
mod control;
mod file;
mod run;

pub use calls::CallSource;
pub use file::{ControlRecord, Counts, Entry, FORMAT_VERSION, LoadError, Record, RunInfo, Standing, Times};
pub use run::{MAX_SILENT, RunOptions, Unwatched, Watcher, run};
