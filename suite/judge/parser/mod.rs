//! What a parser made of messages, against what the documents make of them.

mod case;
mod control;
mod growth;

pub use case::judge_parser;

pub(crate) use control::parser_problem;
pub(super) use control::parsers_problem;
pub(crate) use growth::is_worth_a_look;
