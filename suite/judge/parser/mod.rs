//! What a parser made of messages, against what the documents make of them.

mod case;
mod control;

pub use case::{judge_parser, parser_tries};

pub(crate) use control::parser_problem;
pub(super) use control::parsers_problem;
