//! Bounds of a run as a whole, whatever its subject does.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;

use super::clock::Clock;
use super::done::Done;
use crate::evidence::{ClientEnd, Evidence, Parsed};
use crate::record::{Entry, Record, Watcher};

/// After how many cases in a row that a subject said nothing to a run ends, if nothing else is said.
pub const MAX_SILENT: usize = 10;

/// How long a run may take, if nothing else is said: against a server that answers in a second each, the
/// four thousand requests of all cases take an hour.
pub const MAX_TIME: Duration = Duration::from_secs(60 * 60);

/// How much longer than that what is under way may take to come to its end, if nothing else is said: a case of a
/// server that answers at once takes milliseconds.
pub const GRACE: Duration = Duration::from_secs(1);

/// How many bytes of what comes back a run keeps, if nothing else is said: ten times what the wordiest
/// servers send that were tried, and little enough for a run and its record to stay below 256 MB.
pub const MAX_KEPT: usize = 48 * 1024 * 1024;

/// Bounds of a run as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Longest time for all cases together. Default [`MAX_TIME`].
    pub time: Duration,
    /// How much longer what is under way then may take; it is cut after that, and not judged. Default [`GRACE`].
    pub grace: Duration,
    /// Most bytes that are kept of what comes back. Default [`MAX_KEPT`].
    pub kept: usize,
    /// Most cases in a row that the subject says nothing to. Default [`MAX_SILENT`].
    pub silent: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { time: MAX_TIME, grace: GRACE, kept: MAX_KEPT, silent: MAX_SILENT }
    }
}

/// A watcher that also stops a run which goes beyond its bounds.
pub(crate) struct Bounded<'a> {
    inner: &'a dyn Watcher,
    bounds: Bounds,
    clock: Clock,
    kept: AtomicUsize,
    silent: AtomicUsize,
}

impl<'a> Bounded<'a> {
    pub(crate) fn new(inner: &'a dyn Watcher, bounds: Bounds, clock: Clock) -> Self {
        Self { inner, bounds, clock, kept: AtomicUsize::new(0), silent: AtomicUsize::new(0) }
    }

    /// Whether its user ended the run.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.inner.stopped()
    }

    /// Notes whether the subject said something to a case.
    pub(crate) fn heard(&self, something: bool) {
        if something {
            self.silent.store(0, Ordering::SeqCst);
        } else {
            self.silent.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A case is done, and nothing of it will change any more.
    pub(crate) fn finish(&self, entry: Entry, began: Clock) -> Done {
        let (entry, took) = (Arc::new(entry), began.elapsed());
        self.done(&entry);
        self.settled(&entry, took);
        Done { entry, took }
    }

    /// Waits for work until the run has to be over; nothing where that was not enough. Whoever answers each request
    /// just in time would keep a run waiting for as many times as a case has requests.
    pub(crate) async fn in_time<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        // What is ready at once needs no clock, and may have none.
        if let Some(done) = (&mut work).now_or_never() {
            return Some(done);
        }
        self.cut(work).await
    }

    #[cfg(feature = "net")]
    async fn cut<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let longest = self.bounds.time.saturating_add(self.bounds.grace);
        tokio::time::timeout(longest.saturating_sub(self.clock.elapsed()), work).await.ok()
    }

    /// Without a network or processes nothing waits.
    #[cfg(not(feature = "net"))]
    async fn cut<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        Some(work.await)
    }

    /// Why the run has to end, if it has to.
    pub(crate) fn why(&self) -> Option<String> {
        let Bounds { time, kept, silent, .. } = self.bounds;
        if self.is_interrupted() {
            return Some("the run was interrupted".to_owned());
        }
        if self.silent.load(Ordering::SeqCst) >= silent {
            return Some(format!(
                "{silent} requests in a row were never answered; the rest was not run (see --timeout and --max-silent)"
            ));
        }
        if self.clock.elapsed() >= time {
            let seconds = time.as_secs_f64();
            return Some(format!(
                "the run took longer than {seconds} s; the rest was not run (see --max-time)"
            ));
        }
        if self.kept.load(Ordering::SeqCst) > kept {
            let came = format!("more came back than the {kept} bytes that a run keeps");
            return Some(format!("{came}; the rest was not run (see --max-kept)"));
        }
        None
    }
}

impl Watcher for Bounded<'_> {
    fn begun(&self, record: &Record) {
        self.inner.begun(record);
    }

    fn started(&self, case: &str) {
        self.inner.started(case);
    }

    fn settled(&self, entry: &Arc<Entry>, took: Duration) {
        self.inner.settled(entry, took);
    }

    fn done(&self, entry: &Entry) {
        let size = entry.evidence.as_ref().map_or(0, Evidence::size);
        self.kept.fetch_add(size, Ordering::SeqCst);
        self.inner.done(entry);
    }

    fn stopped(&self) -> bool {
        self.why().is_some()
    }
}

/// Whether a parser or a client said something in its time. Of a server that is seen attempt by attempt.
pub(crate) fn said_something(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::Client(evidence) => evidence.end != Some(ClientEnd::Hung),
        Evidence::Parser(evidence) => evidence.tries().any(|parsed| *parsed != Parsed::Silent),
        Evidence::Server(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::ParserEvidence;
    use crate::judge::Judgement;
    use crate::record::Unwatched;

    fn bounded(bounds: Bounds) -> Bounded<'static> {
        Bounded::new(&Unwatched, bounds, Clock::start())
    }

    fn entry(text: &str) -> Entry {
        let evidence = Evidence::Parser(ParserEvidence::of(Parsed::Accepted(text.to_owned())));
        Entry { evidence: Some(evidence), ..Entry::unrun("a/b", Judgement::skipped("")) }
    }

    #[test]
    fn each_bound_ends_a_run_and_names_its_option() {
        assert_eq!(bounded(Bounds::default()).why(), None);
        let none = bounded(Bounds { time: Duration::ZERO, ..Bounds::default() });
        assert!(none.stopped() && none.why().is_some_and(|why| why.contains("--max-time")));
        let kept = bounded(Bounds { kept: 3, ..Bounds::default() });
        kept.done(&entry("abc"));
        assert!(!kept.stopped());
        kept.done(&entry("d"));
        assert!(kept.why().is_some_and(|why| why.contains("3 bytes") && why.contains("--max-kept")));
        let silent = bounded(Bounds { silent: 2, ..Bounds::default() });
        for something in [false, true, false] {
            silent.heard(something);
            assert!(!silent.stopped());
        }
        silent.heard(false);
        assert!(silent.why().is_some_and(|why| why.contains("--max-silent")));
    }
}
