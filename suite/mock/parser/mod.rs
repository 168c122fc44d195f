//! Parsers with one defect each, and parsers that do nothing or always the same.

mod answer;
mod before;
mod buffer;
mod content;
mod document;
mod envelope;
mod id;
mod kind;
mod limit;
mod list;
mod markup;
mod misreading;
mod mutant;
mod namespace;
mod near_answer;
mod near_id;
mod reference;
mod result;
mod sham;
mod slow;
mod tolerated;
mod value;
mod variant;
mod view;

pub use list::parser_mutants;
pub use mutant::{FlawedParser, ParserMutant};
pub use reference::ReferenceParser;
pub use sham::ParserSham;
pub use variant::{ParserVariant, parser_variants};
