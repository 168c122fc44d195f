//! Clients inside other programs, which a person points at the URLs of cases.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::listener::{Listener, MAX_CASES, Shared};
use crate::catalogue::{ClientCase, client_cases};
use crate::evidence::{ClientControl, ClientEvidence, ControlEvidence, Evidence, Response, Subject};
use crate::judge::{Grading, Judgement, judge_client};
use crate::mock::MockLimits;
use crate::record::{Entry, Record};
use crate::report::{TextOptions, text};
use crate::run::begin::begun;
use crate::run::clock::Clock;
use crate::target::Canary;

/// Where so many bytes of requests are kept, a report is made once in a [`PAUSE`]: it is as large, and somebody may
/// ask for it again and again without reading it.
const LARGE: usize = 1024 * 1024;

/// Pause between large reports.
const PAUSE: Duration = Duration::from_secs(2);

/// What stands for the client in the record.
const TARGET: &str = "by URL; what it came to is not seen";

/// A listener that serves every case for clients under a URL of its own. What it saw can be judged at any
/// time, by the requests alone, and is told at `/report` and `/report.json`.
pub struct CaseListener {
    listener: Listener,
    progress: Arc<Progress>,
}

/// What is known of a run by URL at any time.
struct Progress {
    shared: Arc<Shared>,
    canary: Canary,
    grading: Grading,
    clock: Clock,
    /// When the last report was made.
    reported: Mutex<Option<Instant>>,
}

impl CaseListener {
    /// Listens at `listen` (port 0 for any) for every case.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(listen: SocketAddr, grading: Grading, limits: MockLimits) -> std::io::Result<Self> {
        let canary = Canary::listen(([127, 0, 0, 1], 0).into()).await?;
        let cases: Vec<&'static ClientCase> = client_cases().iter().collect();
        let listener = Listener::start(listen, Some(canary.address()), limits, &cases).await?;
        let shared = Arc::clone(listener.shared());
        let progress =
            Arc::new(Progress { shared, canary, grading, clock: Clock::start(), reported: Mutex::default() });
        // Not the other way round: the pages must not keep alive what serves them.
        let told = Arc::downgrade(&progress);
        listener.shared().serve(Box::new(move |path| told.upgrade()?.page(path)));
        Ok(Self { listener, progress })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// What it saw so far, judged. Cases that nobody came to are skipped.
    pub fn record(&self) -> Record {
        self.progress.record()
    }

    /// Waits until the listener ends by itself.
    pub async fn ended(&mut self) {
        self.listener.ended().await;
    }
}

impl Progress {
    fn record(&self) -> Record {
        let contacted = self.canary.contacts() > 0;
        let control = ClientControl { by_url: true, contacted, ..ClientControl::default() };
        let cases: Vec<&ClientCase> = client_cases().iter().collect();
        let control = ControlEvidence::Client(control);
        let mut record = begun(Subject::Client, TARGET, self.grading, control, &cases);
        record.ended_early = self.shared.is_full().then(|| {
            format!("more came than the {MAX_CASES} bytes of requests that are kept; the rest is not judged")
        });
        record.entries = cases.into_iter().map(|case| self.entry(case)).collect();
        record.times = self.clock.times();
        record
    }

    fn entry(&self, case: &ClientCase) -> Entry {
        let requests = self.shared.requests(&case.id);
        if requests.is_empty() {
            return Entry::unrun(&case.id, Judgement::skipped("no request came"));
        }
        let evidence = ClientEvidence { requests, end: None, contacted: false, before: None };
        let judgement = judge_client(case, &evidence, &[], self.grading);
        Entry::run(&case.id, judgement, Evidence::Client(evidence))
    }

    /// Whether a large report was made just now.
    fn has_to_wait(&self) -> bool {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if self.shared.size() > LARGE && reported.is_some_and(|last| last.elapsed() < PAUSE) {
            return true;
        }
        *reported = Some(Instant::now());
        false
    }

    /// `/report` and `/report.json`.
    fn page(&self, path: &str) -> Option<Response> {
        if path.starts_with("/report") && self.has_to_wait() {
            let headers = vec![("retry-after", PAUSE.as_secs().to_string())];
            return Some(Response { status: 503, headers, body: Vec::new() });
        }
        let (kind, body) = match path {
            "/report" => {
                let options = TextOptions { plain: true, ..TextOptions::default() };
                ("text/plain; charset=utf-8", text(&self.record(), options).into_bytes())
            }
            "/report.json" => ("application/json", self.record().save().ok()?),
            _ => return None,
        };
        Some(Response { status: 200, headers: vec![("content-type", kind.to_owned())], body })
    }
}
