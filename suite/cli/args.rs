use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::duration::duration;
use super::exit;
use super::fuzz_args::{FuzzArgs, KeepArgs, ReplayArgs};
pub(crate) use super::record_args::{CompareArgs, DiffArgs, Format, KnownArgs, OnlyArg};
use super::report_files::ReportFiles;
pub(crate) use super::run_args::{RunArgs, SelectArgs, ServerArgs};

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
        /// The case of this id for this kind of subject: some ids are those of several cases
        #[arg(long, value_enum)]
        subject: Option<SubjectArg>,
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
    /// Fuzzes a running server (this machine's, or one that is named by --allow-host), a client or a parser
    ///
    /// Sends single edits and the requests of all cases first, then pairs of faults, then stacks of up to four
    /// edits chosen by what was seen, and a fifth of them blindly. What looks wrong has to come again three times
    /// of three between valid requests, and is made as small as it can be. A client is answered: with the answers of all
    /// cases, single edits, and several.
    #[command(after_help = exit::HELP)]
    Fuzz {
        #[command(flatten, next_help_heading = "Target")]
        target: Box<ServerArgs>,
        #[command(flatten)]
        fuzz: Box<FuzzArgs>,
    },
    /// Keeps a finding of `umspec fuzz` as a case of the corpus, which `cargo test` tries again for ever
    Keep(KeepArgs),
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
    ///
    /// It shows what a run came to and judges nothing: exit 0, whatever the record holds. With --known the exit code
    /// is that of a run. `umspec verify` judges the record again, `umspec diff` tells what got worse.
    Report(ReportArgs),
    /// Judges a server, a client or a parser; without one of them, the built-in strict mock
    #[command(after_help = exit::run_help())]
    Run(Box<RunArgs>),
    /// Shows what the verdicts are worth: mutants, variants and shams, on this machine
    Selftest,
    /// Shows the request of a case, byte by byte or as a command, or what a record has of it
    ///
    /// Exit 0, whatever the case came to in the record: `umspec verify` and `umspec diff` judge.
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
    /// With --cases: tell deviations that are known, and written down in this file, from others; then the exit code
    /// is that of a run
    #[arg(long, value_name = "FILE", requires = "cases")]
    pub(crate) known: Option<PathBuf>,
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
