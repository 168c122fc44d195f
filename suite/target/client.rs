//! A client that is a program.

use tokio::runtime::Builder;

use super::process::{self, CommandLine, End};
use crate::evidence::{Client, ClientCall, ClientEnd};

/// A client by its command line. `{url}`, `{call-id}`, `{user}` and `{password}` in it are filled in.
/// Exit 0: disconnected. Exit 1: refused, or a fault. Everything else is a crash.
#[derive(Debug, Clone)]
pub struct CommandClient {
    line: CommandLine,
}

impl CommandClient {
    /// A client by its command line.
    pub fn new(line: CommandLine) -> Self {
        Self { line }
    }
}

impl Client for CommandClient {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        let (user, password) = call.credentials;
        let values =
            [("{url}", call.url), ("{call-id}", call.call_id), ("{user}", user), ("{password}", password)];
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return ClientEnd::Crashed(format!("not started: {error}")),
        };
        let _entered = runtime.enter();
        let command = self.line.command(&values, &[]);
        match runtime.block_on(process::run(command, b"", call.time)).end {
            End::Exited(0) => ClientEnd::Disconnected,
            End::Exited(1) => ClientEnd::Refused,
            End::TimedOut => ClientEnd::Hung,
            end => ClientEnd::Crashed(end.to_string()),
        }
    }

    fn has_credentials(&self) -> bool {
        self.line.has("{user}") || self.line.has("{password}")
    }
}
