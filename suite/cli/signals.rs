//! Signals that ask a run to end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::exit::Exit;
use super::output::complain;
use umspec::target::end_programs;

/// For how long a signal counts as the one before: whoever asks a program and its group to end, as timeout(1) does,
/// sends it two at once. Nobody presses Ctrl-C twice so soon.
const ONCE: Duration = Duration::from_millis(200);

/// Notes the signals that ask this process to end: SIGINT, SIGTERM and SIGHUP, or Ctrl-C. The first one is told
/// of, so that what is under way can come to its end; the second one ends the process at once, whatever it is
/// doing. What is told then lies with whether a record is written as the run goes on.
pub(crate) fn first_signal(recorded: bool) -> Arc<Notify> {
    let first = Arc::new(Notify::new());
    let notify = Arc::clone(&first);
    // Before anything else is begun: a signal that comes now is one of these, too.
    let mut signals = Signals::listen();
    tokio::spawn(async move {
        signals.next().await;
        notify.notify_one();
        let begun = Instant::now();
        loop {
            signals.next().await;
            if begun.elapsed() > ONCE {
                break;
            }
        }
        complain(if recorded {
            "interrupted; the record holds what was judged before\n"
        } else {
            "interrupted\n"
        });
        leave();
    });
    first
}

/// Has writing fail where a file would grow beyond what the system lets it (`ulimit -f`), as it does on a full disk:
/// by itself the system ends a process for that.
#[cfg(unix)]
pub(crate) fn outlive_long_files() {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    let _inside = runtime.enter();
    // What is listened to once is taken from the system for as long as the process lives. Programs that are started
    // have it as it was.
    let _ = signal(SignalKind::from_raw(Signal::XFSZ.as_raw()));
}

#[cfg(not(unix))]
pub(crate) fn outlive_long_files() {}

#[expect(clippy::exit, reason = "what the run is doing must not matter any more")]
fn leave() -> ! {
    end_programs();
    std::process::exit(i32::from(Exit::Interrupted.code()))
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        Self(kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect())
    }

    async fn next(&mut self) {
        if self.0.is_empty() {
            return std::future::pending().await;
        }
        let waits = self.0.iter_mut().map(|signal| Box::pin(signal.recv()));
        futures_util::future::select_all(waits).await;
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
