//! Several records in one grid, in words.

mod json;
mod markdown;
mod text;

pub use json::grid_json;
pub use markdown::grid_markdown;
pub use text::grid_text;
