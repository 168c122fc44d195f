//! Views of a record, each written once for servers, clients and parsers. Pure functions: a report never
//! runs anything. It may ask the judge for what another reading of the documents would make of the same
//! evidence.

mod again;
mod case_words;
mod exchange;
mod formats;
mod junit;
mod looked_at;
mod reading;
mod requirements;
mod shown;
mod text;

pub use case_words::{act_words, client_must, expect_words, reaction_lines};
pub use exchange::exchange;
pub use formats::{FORMATS, Format};
pub use junit::junit;
pub use requirements::{
    RowVerdict, requirements, requirements_json, requirements_markdown, requirements_text,
};
pub use shown::{MAX_SHOWN, hex_dump, shown_lines};
pub use text::{TextOptions, text};
