//! Whatever is under test: an HTTP server, reached by an ordinary client or byte by byte; a server in
//! this process; a program that parses messages.

mod canary;
mod client;
mod complaints;
mod endpoint;
mod heard;
mod http_server;
mod kept;
mod options;
mod own;
mod parser;
mod process;
mod process_group;
mod raw;
mod received;
mod refusal;
mod secrets;
mod server;
mod tls;
mod uncaught;

pub use canary::Canary;
pub use client::ClientTarget;
pub use endpoint::{Endpoint, EndpointError};
pub use heard::StderrSink;
pub use http_server::{HttpServer, SLOWEST};
pub(crate) use kept::Kept;
pub use options::{Credentials, MAX_ANSWER, Options, TargetError};
pub use parser::{CommandParser, FRAMES, PersistentParser, read_frames};
pub use process::{CommandLine, CommandLineError, End, MAX_LISTENED, MAX_PRINTED};
pub(crate) use process::{Started, run_by_shell, start_by_shell};
pub use process_group::{Orphans, adopt_orphans, end_programs};
pub use raw::{read_answers, read_answers_in_pieces};
pub use refusal::{REFUSALS, RefusedExit};
pub use secrets::Weak;
#[cfg(feature = "fuzzing")]
pub(crate) use secrets::{Ending, Secrets};
pub(crate) use secrets::{HIDDEN, is_credential_field};
#[cfg(feature = "fuzzing")]
pub(crate) use secrets::{common_part, is_telling};
pub use server::{LocalServer, Server};
