//! Views of a record, each written once for servers, clients and parsers. Pure functions: a report never
//! runs anything. It may ask the judge for what another reading of the documents would make of the same
//! evidence.

mod again;
mod anchor;
mod badge;
mod case_words;
mod control;
mod diff;
mod exchange;
mod formats;
mod grid;
mod har;
mod hindrance;
mod html;
mod json;
mod json_lines;
mod junit;
mod known;
mod looked_at;
mod markdown;
mod page;
mod reading;
mod requirements;
mod run_lines;
mod sarif;
mod server_words;
mod severity;
mod shown;
mod started;
mod tap;
mod text;
mod tries;
mod view;
mod wfc;
mod words;

pub use anchor::is_anchor;
pub use badge::badge;
pub use case_words::{client_must, reaction_lines};
pub use diff::{diff_json, diff_markdown, diff_text};
pub use exchange::exchange;
pub use formats::{FORMATS, Format};
pub use grid::{grid_json, grid_markdown, grid_text};
pub use har::har;
pub use html::{diff_html, grid_html, html};
pub use json_lines::json_lines;
pub use junit::junit;
pub use markdown::{MAX_SUMMARY, markdown};
pub use page::MAX_MARKDOWN;
pub use requirements::{
    RowVerdict, requirements, requirements_json, requirements_markdown, requirements_text,
};
pub use sarif::{MAX_RESULTS, sarif};
pub use shown::{MAX_SHOWN, hex_dump, shown_lines};
pub use tap::tap;
pub use text::{TextOptions, text};
pub use view::{DEFAULT_ANCHOR, View};
pub use wfc::wfc;
