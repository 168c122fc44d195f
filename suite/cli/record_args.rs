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
pub(crate) struct DiffArgs {
    /// The record from before (`-` for standard input)
    pub(crate) old: PathBuf,
    /// The record from now
    pub(crate) new: PathBuf,
    /// The form; Markdown is for a pull request: below 64 kB, and it says what it cut
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write a page, which needs nothing but itself, to this file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Known deviations, in this file, are no regressions
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    /// The new run was asked for a part of the cases only: what it leaves out did not get worse
    #[arg(long)]
    pub(crate) subset: bool,
    /// Write only what got worse, and the numbers
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Name every case
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Args)]
pub(crate) struct CompareArgs {
    /// The records, at least two, in the order in which they are to be read
    #[arg(required = true, num_args = 2..)]
    pub(crate) records: Vec<PathBuf>,
    /// Which cases to show
    #[arg(long, value_enum, default_value_t = OnlyArg::Different)]
    pub(crate) only: OnlyArg,
    /// The form
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write a page, which needs nothing but itself, to this file as well: with every case, and what each of
    /// `--only` takes
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum OnlyArg {
    /// Every case
    All,
    /// Those that fail wherever they were judged
    AllFail,
    /// Those whose verdict is not the same everywhere
    Different,
    /// Those that fail in a record and do not in a later one
    FailThenPass,
    /// Those that were judged in one record and not in another
    NotJudged,
    /// Those that fail in one record only
    OnlyOneFails,
    /// Those that do not fail in a record and fail in a later one
    PassThenFail,
}

#[derive(Args)]
pub(crate) struct KnownArgs {
    /// The record (`-` for standard input)
    pub(crate) record: PathBuf,
    /// Write entries for warnings, too, which fail no run
    #[arg(long)]
    pub(crate) warnings: bool,
}
