//! What changed from one record to another, in words.

mod group;
mod json;
mod markdown;
mod text;

pub use json::diff_json;
pub use markdown::diff_markdown;
pub use text::diff_text;
