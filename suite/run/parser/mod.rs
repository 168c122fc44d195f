//! Runs against a parser.

mod driver;
mod options;
mod run;
#[cfg(feature = "net")]
mod thread;

pub use driver::{InProcess, ParserDriver};
pub use options::ParserOptions;
pub use run::{run_parser, run_parser_in_process};
#[cfg(feature = "net")]
pub use thread::ParserThread;
