//! Parsers that are programs: one process for each message, or one process for all.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::complaints::first_lines;
use super::heard::{Heard, StderrSink};
use super::process::{self, CommandLine, MAX_PRINTED};
use super::process_group::ProcessGroup;
use super::refusal::{RefusedExit, Said};
use crate::evidence::Parsed;
use crate::message::MessageKind;

/// Longest head of a frame in bytes.
const MAX_HEAD: u64 = 64;

/// How long what a program still has to say is waited for when it has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// How persistent parsers are talked to, for `--help`.
pub const FRAMES: &str = "\
Persistent parsers (--persistent) are started once, with the argument `persistent`:
  1. A message comes on standard input as a head and a body.
  2. The head is `request LENGTH` or `reply LENGTH` and a line feed; LENGTH is in decimal.
  3. The body is the message: exactly LENGTH bytes.
  4. The answer goes to standard output in the same form, and is flushed:
  5. `accepted LENGTH`, a line feed, and LENGTH bytes of text: the CallId of a request, in
  6. UTF-8; of a reply `DisconnectResponse`, or `Fault` and the local name of its code; or
  7. `refused LENGTH`, a line feed, and LENGTH bytes of a reason, which may be none.
  8. Anything else, an end, or nothing within --timeout counts as crashed or silent;
  9. the program is then started again for the next message.
 10. At the end of standard input it exits.";

/// A parser that is started anew for each message: the message on standard input, `request` or `reply`
/// as last argument. Exit 0: accepted, with the text and an optional line end on standard output. How it
/// refuses: [`REFUSALS`](super::REFUSALS). Everything else is a crash.
#[derive(Debug)]
pub struct CommandParser {
    line: CommandLine,
    refused: RefusedExit,
    time: Duration,
    /// The first lines on standard error of the last run.
    complaints: Vec<String>,
}

/// A parser that is one process for all messages, which come in [`FRAMES`]. Started again after it
/// ended or was silent.
pub struct PersistentParser {
    line: CommandLine,
    time: Duration,
    process: Option<Process>,
    /// What it writes to standard error.
    heard: Heard,
}

#[derive(Debug)]
struct Process {
    group: ProcessGroup,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Reads standard error until it ends.
    complaints: JoinHandle<()>,
}

impl CommandParser {
    /// A parser by its command line, by how it tells that it refuses, with this time for each message.
    pub fn new(line: CommandLine, refused: RefusedExit, time: Duration) -> Self {
        Self { line, refused, time, complaints: Vec::new() }
    }

    /// Puts one message to it.
    pub async fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        let command = self.line.command(&[], &[kind.word()]);
        let ran = process::run(command, message, self.time).await;
        self.complaints = first_lines(&ran.complaints);
        match self.refused.said_by(&ran) {
            Said::Done => Parsed::Accepted(without_line_end(&ran.printed)),
            Said::Refused(why) => Parsed::Refused(why),
            Said::Threw(uncaught) => Parsed::Threw(uncaught),
            Said::Crashed(words) => Parsed::Crashed(words),
            Said::TimedOut => Parsed::Silent,
        }
    }
}

impl CommandParser {
    /// The first lines that it wrote on standard error when it was last asked.
    pub fn complaints(&self) -> &[String] {
        &self.complaints
    }
}

impl PersistentParser {
    /// A parser by its command line, with this time for each message. It starts with the first one.
    pub fn new(line: CommandLine, time: Duration) -> Self {
        Self { line, time, process: None, heard: Heard::default() }
    }

    /// The same parser, whose standard error is passed on line by line, up to [`MAX_LISTENED`](super::MAX_LISTENED) bytes of it.
    #[must_use]
    pub fn heard_by(self, sink: StderrSink) -> Self {
        Self { heard: Heard::by(sink), ..self }
    }

    /// The first lines that came on its standard error since it was last asked. One that has written something
    /// before is given a moment: what it writes and what it answers come by two ways.
    pub async fn complaints(&mut self) -> Vec<String> {
        first_lines(&self.heard.of_this_message().await)
    }

    fn start(&self) -> std::io::Result<Process> {
        let mut command = self.line.command(&[], &["persistent"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = ProcessGroup::start(command)?;
        let child = &mut group.child;
        let pipes = child.stdin.take().zip(child.stdout.take()).zip(child.stderr.take());
        let ((input, output), complaints) = pipes.ok_or_else(|| std::io::Error::other("no pipes"))?;
        let complaints = tokio::spawn(self.heard.clone().listen(complaints));
        Ok(Process { group, input, output: BufReader::new(output), complaints })
    }

    /// Puts one message to it.
    pub async fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        self.heard.begin();
        // What it says before it is asked is no answer to what comes next.
        let waiting = self.process.take().and_then(|mut process| (!process.has_more()).then_some(process));
        let mut process = match waiting {
            Some(process) => process,
            None => match self.start() {
                Ok(process) => process,
                Err(error) => return Parsed::Crashed(format!("not started: {error}")),
            },
        };
        let parsed = match timeout(self.time, process.ask(kind, message)).await {
            Ok(Ok(_)) if process.has_more() => {
                Parsed::Crashed("more than one answer to a message".to_owned())
            }
            Ok(Ok(parsed)) => {
                self.process = Some(process);
                return parsed;
            }
            Ok(Err(why)) => Parsed::Crashed(why),
            Err(_) => Parsed::Silent,
        };
        process.group.stop().await;
        let _ = timeout(LAST_WORDS, process.complaints).await;
        parsed
    }
}

impl fmt::Debug for PersistentParser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersistentParser").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Process {
    /// Whether there is more on its output than the answers that were asked for.
    fn has_more(&mut self) -> bool {
        self.output.fill_buf().now_or_never().is_some_and(|more| more.is_ok_and(|more| !more.is_empty()))
    }

    async fn ask(&mut self, kind: MessageKind, message: &[u8]) -> Result<Parsed, String> {
        let mut frame = format!("{} {}\n", kind.word(), message.len()).into_bytes();
        frame.extend_from_slice(message);
        let (fed, answer) = tokio::join!(
            async {
                self.input.write_all(&frame).await?;
                self.input.flush().await
            },
            answer(&mut self.output)
        );
        // Why it does not answer tells more than that it does not read.
        let parsed = answer?;
        fed.map_err(|error| format!("it does not take the message: {error}"))?;
        Ok(parsed)
    }
}

/// Reads the frames in what a persistent parser has printed, up to the first that is none.
pub fn read_frames(printed: &[u8]) -> Vec<Result<Parsed, String>> {
    let mut rest = printed;
    let mut frames = Vec::new();
    while !rest.is_empty() {
        // Memory is always ready.
        let Some(frame) = answer(&mut rest).now_or_never() else { break };
        let is_last = frame.is_err();
        frames.push(frame);
        if is_last {
            break;
        }
    }
    frames
}

async fn answer(output: &mut (impl AsyncBufRead + Unpin)) -> Result<Parsed, String> {
    let mut head = Vec::new();
    let broken = |error: std::io::Error| format!("no answer: {error}");
    (&mut *output).take(MAX_HEAD).read_until(b'\n', &mut head).await.map_err(broken)?;
    let Some(line) = head.strip_suffix(b"\n") else {
        return Err(if head.is_empty() {
            "it ended".to_owned()
        } else {
            format!("no head of a frame: {:?}", String::from_utf8_lossy(&head))
        });
    };
    let line = String::from_utf8_lossy(line);
    let parts = line.trim_end_matches('\r').split_once(' ');
    let parts = parts.and_then(|(word, length)| Some((word, length.parse::<usize>().ok()?)));
    let Some((word @ ("accepted" | "refused"), length)) = parts else {
        return Err(format!("no head of a frame: {line:?}"));
    };
    if length > MAX_PRINTED {
        return Err(format!("an answer of {length} bytes, more than {MAX_PRINTED}"));
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text).await.map_err(broken)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(if word == "accepted" { Parsed::Accepted(text) } else { Parsed::Refused(text) })
}

/// The text without the line end that most ways of printing add.
fn without_line_end(printed: &[u8]) -> String {
    let text = String::from_utf8_lossy(printed);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    // There, printing a line feed writes both.
    let text = if cfg!(windows) { text.strip_suffix('\r').unwrap_or(text) } else { text };
    text.to_owned()
}
