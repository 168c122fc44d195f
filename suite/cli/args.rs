use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::duration::duration;
use super::exit;
use super::fuzz_args::{FuzzArgs, ReplayArgs};
pub(crate) use super::record_args::{CompareArgs, DiffArgs, Format, KnownArgs, OnlyArg};
use super::report_files::ReportFiles;
use umspec::protocol::{Profile, RequirementId};
use umspec::record::Shard;

/// Conformance suite for the Disconnect operation of the Exchange Unified Messaging web service
/// (MS-OXWUMS).
#[derive(Parser)]
#[command(name = "umspec", version, after_help = exit::HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Sends one Disconnect and says what came of it (reference client)
    Call(CallArgs),
    /// Puts several records side by side: a case in each line, a record in each column
    Compare(CompareArgs),
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Tells what changed from one record to another; exit 1 where something got worse
    ///
    /// Ids, dates, ports and hosts make no difference. Worse is: a case that fails and did not, or fails for
    /// more; that was judged and is not; a check that no longer ran; what fails in all answers and did not.
    Diff(DiffArgs),
    /// Tells what a case or a requirement is about
    Explain {
        /// Id of a case (`call-id/empty…`), of a requirement (`UMD-R082`) or of an ambiguity (`C05`)
        id: String,
    },
    /// Writes the catalogue as files: messages, an index, a dictionary
    Export {
        /// Compares with what is there instead of writing; exit 1 where something differs
        #[arg(long)]
        check: bool,
        /// The folder; only what an export makes is written, and only what an earlier one made is removed
        #[arg(default_value = "corpus")]
        folder: PathBuf,
    },
    /// Fuzzes a running server: this machine's, or one that is named by --allow-host
    ///
    /// Sends single edits and the requests of all cases first, then pairs of faults, then stacks of up to four
    /// edits chosen by what was seen, and a fifth of them blindly. What looks wrong has to come again three times
    /// of three between valid requests, and is made as small as it can be.
    #[command(after_help = exit::HELP)]
    Fuzz {
        #[command(flatten, next_help_heading = "Target")]
        target: Box<ServerArgs>,
        #[command(flatten)]
        fuzz: Box<FuzzArgs>,
    },
    /// Writes a first file of known deviations from what a record has found, to be edited
    Known(KnownArgs),
    /// Lists cases, requirements or mocks
    List(ListArgs),
    /// Prints what the verdicts rest on: which case kills which mutant, what looks at which requirement
    Matrix(MatrixArgs),
    /// Makes one record of those of all shards of a run (`umspec run --shard`)
    Merge(MergeArgs),
    /// Runs a mock server
    Mock(MockArgs),
    /// Reads a message from standard input (reference reader)
    ///
    /// Prints the CallId of a request, or what a reply says. Exit 0: read. Exit 1: refused, with
    /// the defect and its byte on standard error. A parser as `umspec run --parser` judges them.
    Parse(ParseArgs),
    /// Tries a finding of `umspec fuzz` again and says FIXED (exit 0), FAILED or FLAKY (1), or ERROR (3)
    Replay {
        #[command(flatten, next_help_heading = "Target")]
        target: Box<ServerArgs>,
        #[command(flatten)]
        replay: Box<ReplayArgs>,
    },
    /// Prints a record again
    Report(ReportArgs),
    /// Judges a server, a client or a parser; without one of them, the built-in strict mock
    #[command(after_help = exit::run_help())]
    Run(Box<RunArgs>),
    /// Shows what the verdicts are worth: mutants, variants and shams, on this machine
    Selftest,
    /// Shows the request of a case, byte by byte or as a command, or what a record has of it
    Show(ShowArgs),
    /// Judges a record again: the same bytes must get the same verdicts
    Verify {
        /// The record (`-` for standard input)
        record: PathBuf,
    },
    /// Prints the WSDL of the service, or one of its schemas
    Wsdl {
        /// Which part
        #[arg(default_value = "wsdl")]
        part: Part,
    },
}

#[derive(Args)]
#[group(required = true, multiple = true)]
pub(crate) struct MatrixArgs {
    /// Run every mutant server against every case
    #[arg(long, group = "which", conflicts_with = "requirements")]
    pub(crate) kill: bool,
    /// With --kill: mutants of this kind of subject instead of servers
    #[arg(long, value_enum, requires = "kill")]
    pub(crate) subject: Option<SubjectArg>,
    /// Show for each requirement its cases and checks, or why nothing looks at it
    #[arg(long, group = "which")]
    pub(crate) requirements: bool,
    /// The form
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Part {
    /// The WSDL
    Wsdl,
    /// The schema of the messages namespace
    Messages,
    /// The schema of the types namespace
    Types,
    /// A schema of the SOAP 1.1 envelope
    Envelope,
    /// A schema that brings the others together
    Service,
}

impl Part {
    pub(crate) fn text(self) -> &'static str {
        use umspec::protocol;
        match self {
            Self::Wsdl => protocol::WSDL,
            Self::Messages => protocol::MESSAGES_XSD,
            Self::Types => protocol::TYPES_XSD,
            Self::Envelope => protocol::SOAP_ENVELOPE_XSD,
            Self::Service => protocol::SERVICE_XSD,
        }
    }
}

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
    /// Take few cases for servers, which fail every mutant between them, in the order in which they do
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
    /// Place calls by PlayOnPhone; on a real server this rings a telephone for every case
    #[arg(long, help_heading = "Call ids", requires = "entry_id", requires = "dial_string")]
    pub(crate) play_on_phone: bool,
    /// The item that PlayOnPhone reads aloud, as base64
    #[arg(long, value_name = "ID", help_heading = "Call ids", requires = "play_on_phone")]
    pub(crate) entry_id: Option<String>,
    /// The number that PlayOnPhone rings
    #[arg(long, value_name = "NUMBER", help_heading = "Call ids", requires = "play_on_phone")]
    pub(crate) dial_string: Option<String>,
    /// Id of a call that is up (repeatable)
    #[arg(long, value_name = "ID", help_heading = "Call ids", conflicts_with_all = ["play_on_phone", "call_id_cmd"])]
    pub(crate) call_id: Vec<String>,
    /// Command that places a call and prints its id
    #[arg(long, value_name = "CMD", help_heading = "Call ids", conflicts_with = "play_on_phone")]
    pub(crate) call_id_cmd: Option<String>,
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
    /// Try each case this often, of a server; one that does not always come to the same is flaky, with how often
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100),
        conflicts_with_all = ["client", "parser"], help_heading = "Running")]
    pub(crate) repeat: u16,
    /// Try a case of a server that fails up to this often again, until it does not fail [default: once, and once
    /// more to tell how often where it does not fail then]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100),
        conflicts_with_all = ["client", "parser"], help_heading = "Running")]
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
    /// Watch this address, which the server or parser could reach, for contacts that only messages name
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

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SubjectArg {
    /// What asks for the end of a call
    Client,
    /// What reads messages
    Parser,
}

#[derive(Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) select: SelectArgs,
    /// List the ambiguities of the documents instead
    #[arg(long, conflicts_with_all = ["mocks", "requirements"])]
    pub(crate) ambiguities: bool,
    /// List the cases for this kind of subject instead of those for servers
    #[arg(long, value_enum, conflicts_with_all = ["mocks", "requirements", "ambiguities"])]
    pub(crate) subject: Option<SubjectArg>,
    /// List the requirements instead
    #[arg(long, conflicts_with = "mocks")]
    pub(crate) requirements: bool,
    /// List the built-in mocks instead
    #[arg(long)]
    pub(crate) mocks: bool,
}

#[derive(Args)]
pub(crate) struct MockArgs {
    /// Which mock (`umspec list --mocks`)
    #[arg(default_value = "strict")]
    pub(crate) name: String,
    /// Serve the cases for clients instead: each at /case/ID, one after the other at /next; what came is
    /// judged at / (a page that is up to date by itself), /report and /report.json, and at the end
    #[arg(long, conflicts_with_all = ["name", "user"])]
    pub(crate) cases: bool,
    /// Where to listen; port 0 takes any
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Listen for HTTPS, with a certificate that is made for this run and printed as PEM
    #[arg(long)]
    pub(crate) tls: bool,
    /// A further name or address of the certificate, beside localhost and that of --listen (repeatable)
    #[arg(long, value_name = "NAME", requires = "tls")]
    pub(crate) tls_name: Vec<String>,
    /// Ask for Basic authentication with these credentials
    #[arg(long, value_name = "USER:PASSWORD", env = "UMSPEC_USER", hide_env_values = true)]
    pub(crate) user: Option<String>,
    /// Bytes of a body above which the answer is 413
    #[arg(long, value_name = "BYTES", default_value_t = 1_048_576)]
    pub(crate) max_body: usize,
    /// Bytes of a request head
    #[arg(long, value_name = "BYTES", default_value_t = 65_536)]
    pub(crate) max_head: usize,
    /// Bytes of requests that are not whole yet, over all connections; above it the answer is 503
    #[arg(long, value_name = "BYTES", default_value_t = 67_108_864)]
    pub(crate) max_held: usize,
    /// Connections at a time; one that comes beyond takes the place of the oldest
    #[arg(long, value_name = "COUNT", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) max_connections: u16,
    /// Time for a request head, again for a body, and for the other side to take an answer
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(crate) read_timeout: Duration,
}

#[derive(Args)]
pub(crate) struct CallArgs {
    /// URL of the server
    pub(crate) url: String,
    /// The call id
    pub(crate) call_id: String,
    #[command(flatten)]
    pub(crate) target: ServerArgs,
}

#[derive(Args)]
pub(crate) struct ParseArgs {
    /// What the message is
    pub(crate) kind: MessageKind,
    /// The charset parameter of its Content-Type; empty for none
    #[arg(long)]
    pub(crate) charset: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum MessageKind {
    /// A Disconnect request
    Request,
    /// An answer to Disconnect
    Reply,
    /// Message after message, framed as `umspec run --help` tells
    Persistent,
}

#[derive(Args)]
pub(crate) struct MergeArgs {
    /// The record of each shard, in any order
    #[arg(required = true, value_name = "RECORD")]
    pub(crate) records: Vec<PathBuf>,
    /// Write the record that the whole run would have left to this file (`-` for standard output)
    #[arg(short, long = "record", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reports: ReportFiles,
    /// Tell deviations that are known, and written down in this file, from others
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    /// Cases without a verdict are no reason to exit with 3
    #[arg(long)]
    pub(crate) accept_not_judged: bool,
    /// Write only failures and the summary
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Write every case and the notes
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Args)]
pub(crate) struct ReportArgs {
    /// Print the verdict of each requirement instead, in this form
    #[arg(long, value_name = "FORMAT", value_enum, num_args = 0..=1, default_missing_value = "text")]
    pub(crate) requirements: Option<Format>,
    /// The record (`-` for standard input)
    pub(crate) record: PathBuf,
    /// What was sent and what came in this case, instead of the report
    #[arg(conflicts_with = "requirements")]
    pub(crate) case: Option<String>,
    /// Tell deviations that are known, and written down in this file, from others (`umspec known` writes a
    /// first one); then the exit code is that of a run
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reports: ReportFiles,
    /// Write only failures and the summary
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Write every case and the notes
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(crate) struct ShowArgs {
    /// Id of the case
    pub(crate) id: String,
    /// The request as it goes over the wire
    #[arg(long, group = "form")]
    pub(crate) raw: bool,
    /// The body alone
    #[arg(long, group = "form")]
    pub(crate) body: bool,
    /// The request as a hexadecimal dump
    #[arg(long, group = "form")]
    pub(crate) hex: bool,
    /// A command that sends it
    #[arg(long, group = "form")]
    pub(crate) curl: bool,
    /// What was sent and what came in this record (`-` for standard input), instead of what would be sent now; with --raw,
    /// --body or --hex the request of its last attempt
    #[arg(long, value_name = "FILE", conflicts_with_all = ["curl", "server", "call_id", "step"])]
    pub(crate) record: Option<PathBuf>,
    /// Of a sequence: the requests of this step alone
    #[arg(long, value_name = "N", requires = "form")]
    pub(crate) step: Option<usize>,
    /// URL of the server
    #[arg(long, value_name = "URL", default_value = DEFAULT_SERVER)]
    pub(crate) server: String,
    /// The call id to fill in (default: a documented one); repeated, the ids of the calls A, B and C of a sequence
    #[arg(long, value_name = "ID")]
    pub(crate) call_id: Vec<String>,
}

/// Where `umspec mock` listens if nothing else is said.
pub(crate) const DEFAULT_SERVER: &str = "http://127.0.0.1:8080/EWS/UM2007Legacy.asmx";
