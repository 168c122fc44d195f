//! Views of a record, each written once for servers, clients and parsers. Pure functions: a report never
//! runs anything. It may ask the judge for what another reading of the documents would make of the same
//! evidence.

mod control;
mod diff;
mod formats;
mod grid;
mod html;
mod junit;
mod known;
mod looked_at;
mod markdown;
mod reading;
mod requirements;
mod text;
mod view;

pub use diff::{diff_json, diff_markdown, diff_text};
pub use formats::{FORMATS, Format};
pub use grid::{grid_json, grid_markdown, grid_text};
pub use html::{diff_html, grid_html, html};
pub use junit::junit;
pub use markdown::MAX_MARKDOWN;
pub use requirements::{
    RowVerdict, requirements, requirements_json, requirements_markdown, requirements_text,
};

pub use text::{TextOptions, text};
pub use view::View;
