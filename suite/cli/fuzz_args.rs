use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::call_ids::CallIdArgs;
use super::duration::duration;
use super::report_files::ReportFiles;
use umspec::campaign::{DEFAULT_MAX_CALLS, Shard};
use umspec::protocol::Profile;

/// Where call ids come from, and how many calls are placed for them.
#[derive(Args)]
pub(crate) struct CallsArgs {
    #[command(flatten)]
    pub(crate) ids: CallIdArgs,
    /// Most calls that are placed on a server; --mock has no such bound
    #[arg(long, value_name = "N", help_heading = "Call ids", default_value_t = DEFAULT_MAX_CALLS)]
    pub(crate) max_calls: u64,
    /// Longest time for a call to end after a success
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Call ids")]
    pub(crate) settle: Duration,
}

/// Which server.
#[derive(Args)]
pub(crate) struct WhichServer {
    /// The server at this URL
    #[arg(long, value_name = "URL", help_heading = "Target", conflicts_with = "mock")]
    pub(crate) server: Option<String>,
    /// A built-in mock (`umspec list --mocks`)
    #[arg(long, value_name = "NAME", help_heading = "Target")]
    pub(crate) mock: Option<String>,
    /// This parser, which the strict mock asks what a request for Disconnect holds; it is called as `umspec run
    /// --parser` does it
    #[arg(long, value_name = "CMD", help_heading = "Target",
        conflicts_with_all = ["server", "mock", "call_id", "call_id_cmd", "play_on_phone"])]
    pub(crate) parser: Option<String>,
    /// This client, which is answered with edited answers; `{url}` and `{call-id}` in the command are filled in, as by
    /// `umspec run --client`
    #[arg(long, value_name = "CMD", help_heading = "Target",
        conflicts_with_all = ["server", "mock", "parser", "call_id", "call_id_cmd", "play_on_phone"])]
    pub(crate) client: Option<String>,
    /// The parser is one process for all messages
    #[arg(long, help_heading = "Target", requires = "parser")]
    pub(crate) persistent: bool,
    /// The exit status by which the parser or the client tells that it refuses
    #[arg(long, value_name = "STATUS", help_heading = "Target", conflicts_with_all = ["server", "mock"],
        value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) refused_exit: Option<u8>,
    /// Send to this host too, though it is not this machine (repeatable)
    #[arg(long, value_name = "HOST", help_heading = "Target")]
    pub(crate) allow_host: Vec<String>,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(crate) struct FuzzArgs {
    #[command(flatten)]
    pub(crate) which: WhichServer,
    #[command(flatten)]
    pub(crate) calls: CallsArgs,
    /// How strictly the documents are read: interop or strict
    #[arg(long, default_value = "interop", help_heading = "Grading")]
    pub(crate) profile: Profile,
    /// Let what only WS-I Basic Profile asks for fail
    #[arg(long, help_heading = "Grading")]
    pub(crate) bp: bool,
    /// Classes of inputs that were never sent are no reason to exit with 3
    #[arg(long, help_heading = "Grading", conflicts_with = "client")]
    pub(crate) accept_unreached: bool,
    /// What everything that is drawn follows from
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Running")]
    pub(crate) seed: u64,
    /// End after so many requests, or runs of a client
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub(crate) requests: Option<u64>,
    /// End after this time; what is under way then has a second more, and is not judged if that is not enough
    /// [default: 60s where no --requests is given]
    #[arg(long, value_name = "TIME", value_parser = duration, help_heading = "Running")]
    pub(crate) time: Option<Duration>,
    /// Send at most so many requests in a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Running",
        conflicts_with = "client")]
    pub(crate) rate: Option<u32>,
    /// End when the chance that the next input shows something new is this or less (`1e-4`)
    #[arg(long, value_name = "CHANCE", value_parser = chance, help_heading = "Running", conflicts_with = "client")]
    pub(crate) risk: Option<f64>,
    /// Lanes that run side by side; what is sent does not depend on it [default: 1 for a server, 4 for a mock or a
    /// client]
    #[arg(short, long, value_parser = clap::value_parser!(u16).range(1..=8), help_heading = "Running",
        conflicts_with = "parser")]
    pub(crate) jobs: Option<u16>,
    /// Send one part of what several campaigns of the same seed share, as 1/4
    #[arg(long, value_name = "I/N", value_parser = shard, help_heading = "Running", conflicts_with = "client")]
    pub(crate) shard: Option<Shard>,
    /// Draw everything blindly, to compare with
    #[arg(long, help_heading = "Running", conflicts_with = "client")]
    pub(crate) blind: bool,
    /// Longest wait before a request is sent again that the server answers by 429, or by 503 with Retry-After
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration, help_heading = "Running")]
    pub(crate) max_wait: Duration,
    /// Longest wait of this kind for all requests together
    #[arg(long, value_name = "TIME", default_value = "300s", value_parser = duration, help_heading = "Running")]
    pub(crate) max_wait_run: Duration,
    /// Command that starts the server again when it died; it may end or go on as the server, which is left running
    #[arg(long, value_name = "CMD", help_heading = "Running", conflicts_with_all = ["mock", "parser", "client"])]
    pub(crate) restart_cmd: Option<String>,
    /// Longest time for the server to answer after --restart-cmd
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Running")]
    pub(crate) restart_wait: Duration,
    /// End when the server died once more after this many restarts
    #[arg(long, value_name = "N", default_value_t = umspec::run::MAX_RESTARTS, help_heading = "Running")]
    pub(crate) max_restarts: usize,
    /// Write every decision to this file, a line of JSON each
    #[arg(long, value_name = "FILE", help_heading = "Output", conflicts_with = "client")]
    pub(crate) journal: Option<PathBuf>,
    /// Go on with the campaign of --journal where it was interrupted
    #[arg(long, requires = "journal", help_heading = "Output")]
    pub(crate) resume: bool,
    /// Write a record of what was found to this file (`-` for standard output), which `umspec report`, `diff`,
    /// `compare`, `verify` and `merge` read as that of a run
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Output")]
    pub(crate) reports: ReportFiles,
    /// Write a folder for each finding below this one
    #[arg(long, value_name = "FOLDER", default_value = "repro", help_heading = "Output")]
    pub(crate) repro: PathBuf,
    /// Write no folders for findings
    #[arg(long, conflicts_with = "repro", help_heading = "Output")]
    pub(crate) no_repro: bool,
    /// Write only failures and the summary
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct ReplayArgs {
    /// Folder of a finding, its id below --repro, or a file of `corpus/found/campaign`
    pub(crate) finding: String,
    #[command(flatten)]
    pub(crate) which: WhichServer,
    #[command(flatten)]
    pub(crate) calls: CallsArgs,
    /// Take the finding from this record of a campaign, not from a folder
    #[arg(long, value_name = "RECORD", conflicts_with = "repro")]
    pub(crate) record: Option<PathBuf>,
    /// Where folders of findings are
    #[arg(long, value_name = "FOLDER", default_value = "repro")]
    pub(crate) repro: PathBuf,
}

#[derive(Args)]
pub(crate) struct KeepArgs {
    /// Folder of a finding, or its id below --repro or in --record
    pub(crate) finding: String,
    /// Take the finding from this record of a campaign, not from a folder
    #[arg(long, value_name = "RECORD", conflicts_with = "repro")]
    pub(crate) record: Option<PathBuf>,
    /// Where folders of findings are
    #[arg(long, value_name = "FOLDER", default_value = "repro")]
    pub(crate) repro: PathBuf,
    /// The corpus
    #[arg(long, value_name = "FOLDER", default_value = "corpus")]
    pub(crate) corpus: PathBuf,
}

/// Reads `1/4`.
fn shard(text: &str) -> Result<Shard, String> {
    let wrong = || "write it as 1/4: which part, and of how many".to_owned();
    let (number, of) = text.split_once('/').ok_or_else(wrong)?;
    let (number, of) = (number.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
    if of == 0 || number == 0 || number > of {
        return Err(wrong());
    }
    Ok(Shard { number, of })
}

/// Reads a chance above 0 and below 1.
fn chance(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|chance| *chance > 0.0 && *chance < 1.0)
        .ok_or_else(|| "write it as 1e-4 or 0.001".to_owned())
}
