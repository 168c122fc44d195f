//! The report as a page: one file that opens from disk, asks for nothing from a network, and runs nothing of
//! what a subject has sent.
//!
//! What is judged stands in the page as text. What was exchanged is packed behind it, each text once, and
//! shown when a case is unfolded.

mod blocks;
mod cases;
mod client;
mod contents;
mod diff;
mod difference;
mod documents;
mod exchange;
mod findings;
mod grid;
mod headline;
mod known;
mod ledger;
mod markup;
mod packed;
mod page;
mod parser;
mod server;
mod shell;
mod shown;
mod subject;
mod time;

pub use diff::diff_html;
pub use grid::grid_html;
pub use page::html;
