//! Views of a record. Pure functions: a report never runs or judges anything.

mod junit;
mod reading;
mod requirements;
mod subject;
mod text;

pub use junit::{junit, subject_junit};
pub use requirements::{
    RowVerdict, requirement_totals, requirements, requirements_json, requirements_markdown, requirements_text,
};
pub use subject::subject_text;
pub use text::{TextOptions, text};
