//! Programs under test: started without a shell, given a time, and stopped with all they started.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::complaints::first_lines;
use super::process_group::ProcessGroup;
#[cfg(unix)]
use super::process_group::{end_group, group_of};

/// Most bytes kept of what a program prints.
pub const MAX_PRINTED: usize = 1_048_576;

/// How long the pipes of a program that has ended are read on, where something that left its group holds them.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// Most bytes of standard error that a persistent program is listened to.
pub const MAX_LISTENED: usize = 65_536;

/// Most characters shown of a line of standard error.
const MAX_COMPLAINT: usize = 200;

/// A command line as a user writes it: words split by the rules of a shell, run without one, so that
/// nothing in a value that is filled in can be taken for more than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    words: Vec<String>,
    text: String,
}

/// A command line that cannot be split.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no command line; write a program and its arguments, with quotes that end")]
pub struct CommandLineError(String);

impl CommandLine {
    /// Splits a command line.
    ///
    /// # Errors
    /// No word at all, or a quote that does not end.
    pub fn parse(text: &str) -> Result<Self, CommandLineError> {
        let words = shlex::split(text).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| CommandLineError(text.to_owned()))?;
        Ok(Self { words, text: text.to_owned() })
    }

    /// Whether a word holds this placeholder, written with its braces.
    pub fn has(&self, placeholder: &str) -> bool {
        self.words.iter().any(|word| word.contains(placeholder))
    }

    /// The command, with placeholders filled in and further arguments at its end.
    pub(super) fn command(&self, values: &[(&str, &str)], further: &[&str]) -> Command {
        let fill = |word: &String| {
            let mut rest = word.as_str();
            let mut filled = String::new();
            // What is filled in is not looked at again: an id may hold `{url}`.
            while let Some((at, (placeholder, value))) = values
                .iter()
                .filter_map(|value| rest.find(value.0).map(|at| (at, value)))
                .min_by_key(|(at, _)| *at)
            {
                filled.push_str(&rest[..at]);
                filled.push_str(value);
                rest = &rest[at + placeholder.len()..];
            }
            filled + rest
        };
        let mut words = self.words.iter().map(fill);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).args(further);
        command
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It could not be started.
    NotStarted(String),
    /// With this exit status.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
    /// It was still running when its time was up, and was stopped.
    TimedOut,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "not started: {why}"),
            Self::Exited(status) => write!(f, "exit {status}"),
            Self::Signalled(signal) => write!(f, "ended by signal {signal}"),
            Self::TimedOut => f.write_str("still running when its time was up"),
        }
    }
}

/// What a program left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ran {
    /// How it ended.
    pub(super) end: End,
    /// Standard output, at most [`MAX_PRINTED`] bytes.
    pub(super) printed: Vec<u8>,
    /// Standard error, at most [`MAX_PRINTED`] bytes.
    pub(super) complaints: String,
}

impl Ran {
    /// The last line of standard error, shortened.
    pub(super) fn complaint(&self) -> &str {
        let last = self.complaints.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        let end = last.char_indices().nth(MAX_COMPLAINT).map_or(last.len(), |(at, _)| at);
        &last[..end]
    }
}

/// Runs a program to its end with this standard input.
pub(super) async fn run(mut command: Command, input: &[u8], time: Duration) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut group = match ProcessGroup::start(command) {
        Ok(group) => group,
        Err(error) => {
            return Ran {
                end: End::NotStarted(error.to_string()),
                printed: Vec::new(),
                complaints: String::new(),
            };
        }
    };
    let child = &mut group.child;
    let (mut stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let mut printed = Vec::new();
    let mut complaints = Vec::new();
    let feed = async {
        if let Some(mut pipe) = stdin.take() {
            // A program may refuse before it has read everything.
            let _ = pipe.write_all(input).await;
        }
    };
    let mut pipes = Box::pin(async {
        tokio::join!(feed, keep(stdout, &mut printed), keep(stderr, &mut complaints));
    });
    let mut all_read = false;
    let ended = timeout(time, async {
        tokio::select! {
            () = &mut pipes => all_read = true,
            status = group.child.wait() => return status,
        }
        group.child.wait().await
    })
    .await;
    let end = match ended {
        Ok(Ok(status)) => end_of(status),
        Ok(Err(error)) => End::NotStarted(error.to_string()),
        Err(_) => {
            group.stop().await;
            End::TimedOut
        }
    };
    // What it started may hold its pipes; what was in them is read all the same.
    group.end();
    if !all_read {
        let _ = timeout(LAST_WORDS, &mut pipes).await;
    }
    drop(pipes);
    Ran { end, printed, complaints: String::from_utf8_lossy(&complaints).into_owned() }
}

/// Keeps the first bytes of a stream and reads the rest away, so that nobody waits for a full pipe.
async fn keep(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut stream) = stream else { return };
    let mut buffer = vec![0; 8192];
    while let Ok(count @ 1..) = stream.read(&mut buffer).await {
        let room = MAX_PRINTED.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(&buffer[..room]);
    }
}

/// A command line for the shell, as a user gives it for what prepares a run: no part of it is from a
/// subject.
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::null());
    shell
}

/// What a shell command left.
pub(crate) struct ByShell {
    /// Standard output, at most [`MAX_PRINTED`] bytes, if it ended well and in time.
    pub(crate) printed: Option<Vec<u8>>,
    /// The first lines on standard error, for the user.
    pub(crate) complaints: Vec<String>,
}

/// Runs a shell command to its end. What it started ends with it.
pub(crate) async fn run_by_shell(command: &str, time: Duration) -> ByShell {
    let mut command = shell(command);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut group) = ProcessGroup::start(command) else {
        return ByShell { printed: None, complaints: vec!["no shell could be started".to_owned()] };
    };
    let (mut printed, mut complaints) = (Vec::new(), Vec::new());
    let (stdout, stderr) = (group.child.stdout.take(), group.child.stderr.take());
    let status = timeout(time, async {
        let mut pipes = Box::pin(async {
            tokio::join!(keep(stdout, &mut printed), keep(stderr, &mut complaints));
        });
        let status = tokio::select! {
            () = &mut pipes => return group.child.wait().await,
            status = group.child.wait() => status,
        };
        group.end();
        let _ = timeout(LAST_WORDS, &mut pipes).await;
        status
    });
    let ended_well = matches!(status.await, Ok(Ok(status)) if status.success());
    ByShell {
        printed: ended_well.then_some(printed),
        complaints: first_lines(&String::from_utf8_lossy(&complaints)),
    }
}

/// A server that a shell command has started. It is left running when this is dropped.
#[derive(Debug)]
pub(crate) struct Started {
    child: Child,
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
}

/// Starts a shell command that may stay: a server that is left running.
///
/// # Errors
/// When there is no shell, or no process can be had.
pub(crate) fn start_by_shell(command: &str) -> std::io::Result<Started> {
    let mut command = shell(command);
    // A server that stays must not hold the pipes of whoever waits for this run to end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    command.process_group(0);
    let child = command.spawn()?;
    #[cfg(unix)]
    let group = group_of(&child);
    Ok(Started {
        child,
        #[cfg(unix)]
        group,
    })
}

impl Started {
    /// How the command ended, if it has.
    pub(crate) fn try_wait(&mut self) -> Option<std::process::ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Ends what the command started and is still there, before it is given once more.
    pub(crate) fn end(&mut self) {
        #[cfg(unix)]
        end_group(self.group);
        let _ = self.child.start_kill();
    }
}

fn end_of(status: std::process::ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return End::Signalled(signal);
    }
    End::Exited(status.code().unwrap_or(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_text_and_nothing_more() {
        let line = CommandLine::parse("client --to '{url}' \"{call-id} x\"").unwrap();
        let command = line.command(&[("{url}", "http://h/ $(x)"), ("{call-id}", "{url}'; rm")], &["more"]);
        let words: Vec<_> =
            command.as_std().get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(words, ["--to", "http://h/ $(x)", "{url}'; rm x", "more"]);
    }

    #[test]
    fn what_is_no_command_line_is_refused() {
        assert!(CommandLine::parse("").is_err());
        assert!(CommandLine::parse("client 'open").is_err());
    }
}
