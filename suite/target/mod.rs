//! Whatever is under test: an HTTP server, reached by an ordinary client or byte by byte; a server in
//! this process; a program that parses messages.

mod answer;
mod bytes;
mod canary;
mod client;
mod endpoint;
mod http_server;
mod options;
mod parser;
mod process;
mod raw;
mod secrets;
mod server;
mod tls;

pub use answer::{Answer, HttpAnswer, Silence};
pub use bytes::Bytes;
pub use canary::Canary;
pub use client::CommandClient;
pub use endpoint::{Endpoint, EndpointError};
pub use http_server::{Exchange, HttpServer, Sent};
pub use options::{Credentials, Options, TargetError};
pub use parser::{CommandParser, FRAMES, PersistentParser};
pub use process::{CommandLine, CommandLineError, End, MAX_PRINTED};
pub use raw::{MAX_ANSWER, read_answers};
pub use server::{Handler, LocalServer, Server};
