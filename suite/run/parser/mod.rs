//! Runs against a parser.

mod driver;
mod options;
mod run;

pub use driver::{InProcess, ParserDriver};
pub use options::ParserOptions;
pub use run::{run_parser, run_parser_in_process};
