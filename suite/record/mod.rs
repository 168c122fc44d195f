//! Running the catalogue against a target, and the record that is left: saved, loaded, judged
//! again.

mod attempt;
mod calls;
mod control;
mod file;
mod options;
mod run;
mod subject;
mod tally;

pub use calls::CallSource;
pub use file::{ControlRecord, Entry, FORMAT_VERSION, LoadError, Record, RunInfo, Standing, Times};
pub use options::{MAX_RESTARTS, MAX_SILENT, RunOptions, Unwatched, Watcher};
pub use run::run;
pub use subject::{
    ClientOptions, MAX_REQUESTS, OpenStage, ParserOptions, Sight, SubjectEntry, SubjectKind, SubjectRecord,
    SubjectWatcher, run_client, run_parser,
};
pub use tally::Counts;
