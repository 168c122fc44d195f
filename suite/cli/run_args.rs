use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::call_ids::CallIdArgs;
use super::duration::duration;
use super::report_files::ReportFiles;
use umspec::protocol::{Profile, RequirementId};
use umspec::record::Shard;

/// Which cases.
#[derive(Args, Default)]
pub(crate) struct SelectArgs {
    /// Families (`xml`), ids of cases, globs with `*` (`call-id/empty*`), or @FILE with one per line
    #[arg(value_name = "CASE")]
    pub(crate) cases: Vec<String>,
    /// Take cases that match this glob as well (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(crate) filter: Vec<String>,
    /// Leave out cases that match this family, id, glob or @FILE (repeatable)
    #[arg(long, value_name = "CASE")]
    pub(crate) skip: Vec<String>,
    /// Take only cases of this level (repeatable)
    #[arg(long)]
    pub(crate) level: Vec<LevelArg>,
    /// Take only cases that look at this requirement (repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) requirement: Vec<RequirementId>,
    /// Take the slow cases as well: sizes of a megabyte and more
    #[arg(long)]
    pub(crate) slow: bool,
    /// Take few cases, which fail every mutant between them, in the order in which they do; none measures time
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LevelArg {
    /// Requirements that say MUST
    Must,
    /// Requirements that say SHOULD
    Should,
    /// Requirements that say MAY
    May,
    /// What is recorded only
    Record,
}

impl LevelArg {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
            Self::Record => "RECORD",
        }
    }
}

/// How to talk to a server.
#[derive(Args)]
pub(crate) struct ServerArgs {
    /// Accept any certificate
    #[arg(short = 'k', long)]
    pub(crate) insecure: bool,
    /// Trust the certificates in this PEM file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,
    /// Send this header field with every request (repeatable)
    #[arg(short = 'H', long = "header", value_name = "NAME:VALUE")]
    pub(crate) headers: Vec<String>,
    /// Basic authentication
    #[arg(
        long,
        value_name = "USER:PASSWORD",
        env = "UMSPEC_USER",
        hide_env_values = true,
        conflicts_with = "bearer"
    )]
    pub(crate) user: Option<String>,
    /// Bearer token
    #[arg(long, value_name = "TOKEN", env = "UMSPEC_BEARER", hide_env_values = true)]
    pub(crate) bearer: Option<String>,
    /// Go through this HTTP proxy
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Time in which an answer comes, or more of it (`5s`, `500ms`); four times that for all of it
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = duration)]
    pub(crate) timeout: Duration,
    /// Time for connecting
    #[arg(long, value_name = "TIME", default_value = "3s", value_parser = duration)]
    pub(crate) connect_timeout: Duration,
    /// Longest body of an answer that is read; what is longer counts as incomplete
    #[arg(long, value_name = "BYTES", default_value_t = umspec::target::MAX_ANSWER)]
    pub(crate) max_answer: usize,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(crate) struct RunArgs {
    /// Judge the server at this URL
    #[arg(long, value_name = "URL", help_heading = "Target", conflicts_with = "mock")]
    pub(crate) server: Option<String>,
    /// Judge this built-in mock (`umspec list --mocks`)
    #[arg(long, value_name = "NAME", help_heading = "Target")]
    pub(crate) mock: Option<String>,
    /// Judge this client: `{url}` and `{call-id}` in the command are filled in, `{user}` and
    /// `{password}` too; exit 0 is disconnected, exit 1 refused or a fault (see below for better ways to
    /// say so). Without `{call-id}` it must place its call itself. The command stands in the record: give secrets by the environment
    #[arg(long, value_name = "CMD", help_heading = "Target", group = "refuses",
        conflicts_with_all = ["server", "mock", "parser"])]
    pub(crate) client: Option<String>,
    /// Judge this parser: it gets a message on standard input and `request` or `reply` as last argument;
    /// exit 0 and the CallId with a line feed on standard output is accepted, exit 1 is refused (see below
    /// for better ways to say so)
    #[arg(long, value_name = "CMD", help_heading = "Target", group = "refuses",
        conflicts_with_all = ["server", "mock"])]
    pub(crate) parser: Option<String>,
    /// The exit status by which a client or a parser tells that it refuses; 1 is also what many
    /// runtimes end with when nobody catches an exception
    #[arg(long, value_name = "STATUS", help_heading = "Target", requires = "refuses",
        value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) refused_exit: Option<u8>,
    /// The parser is one process for all messages (see below)
    #[arg(long, help_heading = "Target", requires = "parser")]
    pub(crate) persistent: bool,
    #[command(flatten)]
    pub(crate) select: SelectArgs,
    #[command(flatten, next_help_heading = "Target")]
    pub(crate) target: ServerArgs,
    #[command(flatten)]
    pub(crate) calls: CallIdArgs,
    /// How strictly the documents are read: interop or strict
    #[arg(long, default_value = "interop", help_heading = "Grading")]
    pub(crate) profile: Profile,
    /// Let what only WS-I Basic Profile asks for fail
    #[arg(long, help_heading = "Grading")]
    pub(crate) bp: bool,
    /// Cases without a verdict are no reason to exit with 3
    #[arg(long, help_heading = "Grading")]
    pub(crate) accept_not_judged: bool,
    /// Tell deviations that are known, and written down in this file, from others (`umspec known` writes a
    /// first one)
    #[arg(long, value_name = "FILE", help_heading = "Grading")]
    pub(crate) known: Option<PathBuf>,
    /// Lanes that run side by side [default: 1 for a server, so that a request that kills it is
    /// named for sure, and for a persistent parser; 4 for everything else]
    #[arg(short, long, value_parser = clap::value_parser!(u16).range(1..=64), help_heading = "Running")]
    pub(crate) jobs: Option<u16>,
    /// Of the selected cases, run only what failed or was not judged in this record, and what it does not have
    #[arg(long, value_name = "RECORD", help_heading = "Cases")]
    pub(crate) failed: Option<PathBuf>,
    /// Try each case this often; one that does not always come to the same is flaky, with how often
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100),
        help_heading = "Running")]
    pub(crate) repeat: u16,
    /// Try a case that fails up to this often again, until it does not fail [default: of a server once, and once
    /// more to tell how often where it does not fail then; of a client or a parser what comes to no end]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100),
        help_heading = "Running")]
    pub(crate) retries: Option<u16>,
    /// Run this part of the selected cases only; `umspec merge` makes one record of all
    #[arg(long, value_name = "I/N", help_heading = "Running")]
    pub(crate) shard: Option<Shard>,
    /// Longest time for a call to end after a success
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Running")]
    pub(crate) settle: Duration,
    /// End the run after this many requests in a row that were never answered
    #[arg(long, value_name = "N", default_value_t = umspec::run::MAX_SILENT, help_heading = "Running")]
    pub(crate) max_silent: usize,
    /// End the run after this time; what is under way then has a second more, and is not judged if that is not enough
    #[arg(long, value_name = "TIME", default_value = "60m", value_parser = duration, help_heading = "Running")]
    pub(crate) max_time: Duration,
    /// End the run when more bytes than this came back, all of which are kept for the record
    #[arg(long, value_name = "BYTES", default_value_t = umspec::run::MAX_KEPT, help_heading = "Running")]
    pub(crate) max_kept: usize,
    /// Longest wait before a request is sent again that the server answers by 429, or by 503 with
    /// Retry-After
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration, help_heading = "Running")]
    pub(crate) max_wait: Duration,
    /// Longest wait of this kind for all requests of the run together
    #[arg(long, value_name = "TIME", default_value = "300s", value_parser = duration, help_heading = "Running")]
    pub(crate) max_wait_run: Duration,
    /// For a server: send each case in other spellings that mean the same as well. With 2 each case meets each
    /// such value, and one case of each class all pairs of them; with 3 each case meets all pairs, and those all
    /// triples
    #[arg(long, default_value_t = 1, value_name = "1|2|3", help_heading = "Running", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(crate) strength: u8,
    /// Command that starts the server again when it died; it may end or go on as the server, which is
    /// left running
    #[arg(long, value_name = "CMD", help_heading = "Running")]
    pub(crate) restart_cmd: Option<String>,
    /// Longest time for the server to answer after --restart-cmd
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Running")]
    pub(crate) restart_wait: Duration,
    /// End the run when the server died once more after this many restarts
    #[arg(long, value_name = "N", default_value_t = umspec::run::MAX_RESTARTS, help_heading = "Running")]
    pub(crate) max_restarts: usize,
    /// Watch this address, which the server or parser could reach, for contacts that only messages name [default: for
    /// a parser any port of this machine, for a server none]
    #[arg(long, value_name = "ADDR:PORT", help_heading = "Running")]
    pub(crate) canary: Option<SocketAddr>,
    /// Write the record to this file (`-` for standard output)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Output")]
    pub(crate) reports: ReportFiles,
    /// Do not tell how far the run is
    #[arg(long, help_heading = "Output")]
    pub(crate) no_progress: bool,
    /// Where standard error is no terminal, tell this often how far the run is
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Output")]
    pub(crate) progress_every: Duration,
    /// Write only failures and the summary
    #[arg(short, long, help_heading = "Output", conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Write every case and the notes
    #[arg(short, long, help_heading = "Output")]
    pub(crate) verbose: bool,
}
