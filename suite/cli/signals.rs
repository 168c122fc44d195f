//! Signals that ask a run to end.

use std::sync::Arc;

use tokio::sync::Notify;

use super::exit::Exit;
use super::output::complain;
use umspec::target::end_programs;

/// Notes the signals that ask this process to end: SIGINT, SIGTERM and SIGHUP, or Ctrl-C. The first one is told
/// of, so that what is under way can come to its end; the second one ends the process at once, whatever it is
/// doing. What is told then lies with whether a record is written as the run goes on.
pub(crate) fn first_signal(recorded: bool) -> Arc<Notify> {
    let first = Arc::new(Notify::new());
    let notify = Arc::clone(&first);
    tokio::spawn(async move {
        let mut signals = Signals::listen();
        signals.next().await;
        notify.notify_one();
        signals.next().await;
        complain(if recorded {
            "interrupted; the record holds what was judged before\n"
        } else {
            "interrupted\n"
        });
        leave();
    });
    first
}

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
