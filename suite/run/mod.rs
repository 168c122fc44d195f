//! Everything that does input and output to fill a record: probing, controls, the listener for clients,
//! one scheduler for all subjects.
//!
//! A parser in this process needs none of it and is run without a runtime; all else is behind the
//! feature `net`.

mod begin;
mod bounds;
#[cfg(feature = "net")]
mod busy;
#[cfg(feature = "net")]
mod client;
pub(crate) mod clock;
mod done;
mod end;
mod parser;
pub(crate) mod schedule;
#[cfg(feature = "net")]
pub(crate) mod server;

pub use bounds::{Bounds, GRACE, MAX_KEPT, MAX_SILENT, MAX_TIME};
#[cfg(feature = "net")]
pub(crate) use client::AskedClient;
#[cfg(feature = "net")]
pub use client::{CaseListener, ClientOptions, MAX_REQUESTS, run_client};
#[cfg(feature = "net")]
pub use parser::ParserThread;
pub use parser::{InProcess, ParserDriver, ParserOptions, run_parser, run_parser_in_process};
#[cfg(feature = "net")]
pub use server::{CallSource, MAX_RESTARTS, MAX_WAIT, MAX_WAIT_RUN, RunOptions, run};
