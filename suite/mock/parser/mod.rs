//! Parsers with one defect each, and parsers that do nothing or always the same.

mod before;
mod list;
mod mutant;
mod reference;
mod result;
mod sham;
mod tolerated;

pub use list::parser_mutants;
pub use mutant::{FlawedParser, ParserMutant};
pub use reference::ReferenceParser;
pub use sham::ParserSham;
