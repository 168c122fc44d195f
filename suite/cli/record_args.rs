//! Arguments of the commands that read records and put them side by side.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Lines for people
    Text,
    /// A table in Markdown
    Markdown,
    /// JSON
    Json,
}

#[derive(Args)]
pub(crate) struct KnownArgs {
    /// The record (`-` for standard input)
    pub(crate) record: PathBuf,
    /// Write entries for warnings, too, which fail no run
    #[arg(long)]
    pub(crate) warnings: bool,
}
