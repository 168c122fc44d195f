//! How far a run is, on standard error.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::RunArgs;
use super::output::complain;
use super::record_file::RecordFile;
use super::signals::first_signal;
use umspec::judge::Verdict;
use umspec::record::{Entry, Record, Watcher};

/// Watches a run: tells how far it is, ends it when its user wants that, and hands on its record.
///
/// On a terminal that is a line which changes; elsewhere, in a log, a line every now and then. Neither with
/// `--quiet` or `--no-progress`.
pub(crate) struct Progress {
    bar: ProgressBar,
    stop: AtomicBool,
    /// How often a line is written, if any are.
    every: Option<Duration>,
    seen: Mutex<Seen>,
    /// Where the record goes, if there is to be one.
    pub(crate) record: Option<RecordFile>,
}

struct Seen {
    began: Instant,
    cases: usize,
    done: usize,
    failed: usize,
    last_failure: Option<String>,
    /// The cases under way, and since when.
    running: BTreeMap<String, Instant>,
    slowest: Option<(Duration, String)>,
}

impl Progress {
    pub(crate) fn new(cases: usize, args: &RunArgs) -> Self {
        let is_wanted = !args.quiet && !args.no_progress;
        let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::new(cases as u64);
        if !is_wanted || colourless || !is_terminal {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        // The first request of a run may be the one that is never answered.
        bar.enable_steady_tick(Duration::from_millis(250));
        let seen = Seen {
            began: Instant::now(),
            cases,
            done: 0,
            failed: 0,
            last_failure: None,
            running: BTreeMap::new(),
            slowest: None,
        };
        Self {
            bar,
            stop: AtomicBool::new(false),
            every: (is_wanted && !is_terminal).then_some(args.progress_every),
            seen: Mutex::new(seen),
            record: args.record.as_deref().map(RecordFile::new),
        }
    }

    /// Waits for a run. The first signal lets what is under way end, by its own timeouts.
    pub(crate) async fn watch<T>(&self, run: impl Future<Output = T>) -> T {
        tokio::pin!(run);
        let signal = first_signal(self.record.is_some());
        let mut lines =
            self.every.map(|every| tokio::time::interval_at(tokio::time::Instant::now() + every, every));
        let done = loop {
            let line = async {
                match &mut lines {
                    Some(lines) => _ = lines.tick().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                done = &mut run => break done,
                () = signal.notified() => {
                    self.stop.store(true, Ordering::SeqCst);
                    let words = self.with(|seen| seen.ending());
                    self.bar.suspend(|| complain(&format!("umspec: {words}\n")));
                }
                () = line => {
                    let words = self.with(|seen| seen.line());
                    complain(&format!("umspec: {words}\n"));
                }
            }
        };
        self.bar.finish_and_clear();
        done
    }

    fn with<T>(&self, look: impl FnOnce(&mut Seen) -> T) -> T {
        look(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Seen {
    /// What a run does that is asked to end.
    fn ending(&self) -> String {
        let under_way = match self.running.len() {
            0 => "what is under way".to_owned(),
            1..=3 => self.running.keys().cloned().collect::<Vec<_>>().join(", "),
            count => format!("the {count} cases under way"),
        };
        format!("ending after {under_way}; once more ends now")
    }

    /// The time that is left, if the rest takes as long for each case as what is done.
    fn left(&self) -> Option<Duration> {
        let done = u32::try_from(self.done).ok().filter(|done| *done > 0)?;
        let rest = u32::try_from(self.cases.saturating_sub(self.done)).ok()?;
        Some(self.began.elapsed() / done * rest)
    }

    /// The case that is under way for the longest time.
    fn longest(&self) -> Option<(&str, Duration)> {
        let (case, since) = self.running.iter().min_by_key(|(_, since)| **since)?;
        Some((case, since.elapsed()))
    }

    /// What stands behind the count on a terminal.
    fn message(&self) -> String {
        let left = self.left().map(|left| format!("{} left", HumanDuration(left)));
        let now = self.longest().map(|(case, _)| case.to_owned());
        let slowest =
            self.slowest.as_ref().map(|(took, case)| format!("slowest {case} {:.1} s", took.as_secs_f64()));
        let failure = self.last_failure.as_ref().map(|case| format!("last failure {case}"));
        [left, now, failure, slowest].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// A line for a log.
    fn line(&self) -> String {
        let mut line = format!("{} of {} cases done, {} failed", self.done, self.cases, self.failed);
        if let Some(left) = self.left() {
            line.push_str(&format!(", about {} left", HumanDuration(left)));
        }
        if let Some((case, since)) = self.longest() {
            line.push_str(&format!("; now {case}, for {:.1} s", since.as_secs_f64()));
        }
        if let Some((took, case)) = &self.slowest {
            line.push_str(&format!("; slowest {case}, {:.1} s", took.as_secs_f64()));
        }
        line
    }
}

impl Watcher for Progress {
    fn begun(&self, record: &Record) {
        if let Some(file) = &self.record {
            file.begun(record);
        }
    }

    fn started(&self, case: &str) {
        let message = self.with(|seen| {
            seen.running.insert(case.to_owned(), Instant::now());
            (!self.bar.is_hidden()).then(|| seen.message())
        });
        if let Some(message) = message {
            self.bar.set_message(message);
        }
    }

    fn done(&self, entry: &Entry) {
        self.bar.inc(1);
        self.with(|seen| {
            seen.done += 1;
            if let Some(since) = seen.running.remove(&entry.case) {
                let took = since.elapsed();
                if seen.slowest.as_ref().is_none_or(|(slowest, _)| took > *slowest) {
                    seen.slowest = Some((took, entry.case.clone()));
                }
            }
            if entry.judgement.verdict == Verdict::Fail {
                seen.failed += 1;
                seen.last_failure = Some(entry.case.clone());
            }
        });
    }

    fn settled(&self, entry: &Arc<Entry>, took: Duration) {
        if let Some(file) = &self.record {
            file.settled(entry, took);
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
