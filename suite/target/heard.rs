//! What a persistent parser writes to standard error: passed on as it comes, and kept for the message it is about.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::ChildStderr;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::process::MAX_LISTENED;
use crate::message::told;

/// Longest line of standard error that is taken as one, in bytes.
const MAX_LINE: u64 = 4_096;

/// Most bytes that are kept of what is written about one message: more than is ever shown of it.
const MAX_KEPT: usize = 65_536;

/// How long what comes behind an answer is waited for, from a parser that has written something before.
const LATE: Duration = Duration::from_millis(5);

/// How long nothing more has to come until what was written about a message counts as whole, and how often more is
/// waited for.
const QUIET: Duration = Duration::from_millis(1);
const MORE: usize = 10;

/// What is told each line that a program writes to standard error, in visible characters.
pub type StderrSink = Arc<dyn Fn(&str) + Send + Sync>;

/// The listener to the standard error of one program, which may be started several times.
#[derive(Clone)]
pub(super) struct Heard {
    sink: Option<StderrSink>,
    /// How many bytes are still passed on.
    room: Arc<AtomicUsize>,
    /// Whether something was ever written.
    speaks: Arc<AtomicBool>,
    /// What was written about the message under way.
    kept: Arc<Mutex<String>>,
    came: Arc<Notify>,
}

impl Default for Heard {
    fn default() -> Self {
        Self {
            sink: None,
            room: Arc::new(AtomicUsize::new(MAX_LISTENED)),
            speaks: Arc::default(),
            kept: Arc::default(),
            came: Arc::default(),
        }
    }
}

impl Heard {
    /// One that passes on what it hears.
    pub(super) fn by(sink: StderrSink) -> Self {
        Self { sink: Some(sink), ..Self::default() }
    }

    /// A message is put to the program: what was written before is about another one.
    pub(super) fn begin(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What was written since the message was put to the program.
    pub(super) async fn of_this_message(&self) -> String {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // What has come lies in the pipe until the listener gets its turn.
        tokio::task::yield_now().await;
        if kept().is_empty() && self.speaks.load(Ordering::SeqCst) {
            let _ = timeout(LATE, self.came.notified()).await;
        }
        let mut length = kept().len();
        for _ in 0..MORE {
            if length == 0 {
                break;
            }
            // The next lines of it may still lie in the pipe.
            sleep(QUIET).await;
            let before = std::mem::replace(&mut length, kept().len());
            if length == before {
                break;
            }
        }
        kept()
    }

    /// Hears everything, so that the program does not wait for a full pipe, and passes on as much as there is room
    /// for.
    pub(super) async fn listen(self, written: ChildStderr) {
        let mut written = BufReader::new(written);
        let mut line = Vec::new();
        while let Ok(1..) = (&mut written).take(MAX_LINE).read_until(b'\n', &mut line).await {
            let text = String::from_utf8_lossy(&line);
            self.keep(&text);
            self.pass_on(line.len(), &text);
            line.clear();
        }
    }

    fn keep(&self, line: &str) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + line.len() <= MAX_KEPT {
            kept.push_str(line);
        }
        self.speaks.store(true, Ordering::SeqCst);
        self.came.notify_waiters();
    }

    fn pass_on(&self, length: usize, line: &str) {
        let Some(sink) = &self.sink else { return };
        match self.room.load(Ordering::SeqCst) {
            0 => {}
            left if length > left => {
                self.room.store(0, Ordering::SeqCst);
                sink(&format!("(more than {MAX_LISTENED} bytes of standard error; the rest is left out)"));
            }
            left => {
                self.room.store(left - length, Ordering::SeqCst);
                sink(&told(line.trim_end_matches(['\n', '\r'])));
            }
        }
    }
}

impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heard").finish_non_exhaustive()
    }
}
