//! A client under test: a program, or Rust in this process.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;

use super::complaints::first_lines;
use super::process::{self, CommandLine};
use super::refusal::{RefusedExit, Said};
use crate::evidence::{Client, ClientCall, ClientEnd};

/// A client under test.
#[derive(Clone)]
pub enum ClientTarget {
    /// A program. `{url}`, `{call-id}`, `{user}` and `{password}` in its command line are filled in.
    /// Exit 0: disconnected. How it says that it refused, or got a fault:
    /// [`REFUSALS`](super::REFUSALS). Everything else is a crash.
    Command(CommandLine, RefusedExit),
    /// In this process; a panic is a crash.
    InProcess(Arc<dyn Client>),
}

impl ClientTarget {
    /// A client in this process.
    pub fn in_process(client: impl Client + 'static) -> Self {
        Self::InProcess(Arc::new(client))
    }

    /// Has the client ask for the end of a call; how it ended, and its first lines on standard error.
    pub async fn disconnect(&self, call: &ClientCall<'_>) -> (ClientEnd, Vec<String>) {
        match self {
            Self::Command(line, refused) => by_command(line, *refused, call).await,
            Self::InProcess(client) => {
                let (client, call) = (Arc::clone(client), Owned::of(call));
                let ended = spawn_blocking(move || client.disconnect(&call.borrowed()));
                let ended = ended.await;
                (ended.unwrap_or_else(|_| ClientEnd::Crashed("it panicked".to_owned())), Vec::new())
            }
        }
    }
}

async fn by_command(
    line: &CommandLine,
    refused: RefusedExit,
    call: &ClientCall<'_>,
) -> (ClientEnd, Vec<String>) {
    let (user, password) = call.credentials;
    let values =
        [("{url}", call.url), ("{call-id}", call.call_id), ("{user}", user), ("{password}", password)];
    let ran = process::run(line.command(&values, &[]), b"", call.time).await;
    let end = match refused.said_by(&ran) {
        Said::Done => ClientEnd::Disconnected,
        Said::Refused(_) => ClientEnd::Refused,
        Said::Threw(uncaught) => ClientEnd::Threw(uncaught),
        Said::Crashed(words) => ClientEnd::Crashed(words),
        Said::TimedOut => ClientEnd::Hung,
    };
    (end, first_lines(&ran.complaints))
}

/// A call that can be handed to another thread.
struct Owned {
    url: String,
    call_id: String,
    credentials: (String, String),
    time: Duration,
}

impl Owned {
    fn of(call: &ClientCall<'_>) -> Self {
        let (user, password) = call.credentials;
        Self {
            url: call.url.to_owned(),
            call_id: call.call_id.to_owned(),
            credentials: (user.to_owned(), password.to_owned()),
            time: call.time,
        }
    }

    fn borrowed(&self) -> ClientCall<'_> {
        let credentials = (&*self.credentials.0, &*self.credentials.1);
        ClientCall { url: &self.url, call_id: &self.call_id, credentials, time: self.time }
    }
}
