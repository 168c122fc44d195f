//! What is known of a run by URL at any time, and who is told of it.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::{Notify, broadcast};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::listener::{MAX_CASES, Pages, Shared};
use super::page::{PAGE, Row, SCRIPT, Standing, index, seen};
use crate::catalogue::{ClientCase, client_case, client_cases};
use crate::evidence::{ClientControl, ClientEvidence, ControlEvidence, Evidence, Response, Subject};
use crate::judge::{Grading, Judgement, judge_client};
use crate::mock::{Events, Request};
use crate::record::known::{Accounting, Date, KnownDeviations};
use crate::record::{Entry, Record};
use crate::report::{TextOptions, View, text};
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

/// Most listeners of events at a time: each has a connection of its own. Who comes beyond loads the page again.
const MAX_LISTENERS: usize = 16;

/// Most events that wait for a slow listener, which is then told that it missed some.
const MAX_WAITING: usize = 256;

/// How long what came is gathered before it is judged and told.
const GATHER: Duration = Duration::from_millis(100);

/// What is known of a run by URL at any time.
pub(super) struct Progress {
    shared: Arc<Shared>,
    canary: Canary,
    grading: Grading,
    /// What is known to deviate.
    known: Option<KnownDeviations>,
    clock: Clock,
    /// When the last report was made.
    reported: Mutex<Option<Instant>>,
    /// The verdict of each case, and on how many requests it rests.
    judged: Mutex<BTreeMap<&'static str, (usize, Standing)>>,
    /// Cases in which something came that nobody was told of.
    changed: Mutex<BTreeSet<String>>,
    wake: Notify,
    /// The case that was served last at the one URL for all.
    turn: Mutex<Option<String>>,
    events: broadcast::Sender<Vec<u8>>,
    /// Who holds it becomes a listener.
    subscribing: Mutex<()>,
}

/// The pages of a run by URL, as long as it lasts.
pub(super) struct Told(pub(super) Weak<Progress>);

/// What a listener is told of a case.
#[derive(Serialize)]
struct Event<'a> {
    case: &'a str,
    came: usize,
    verdict: String,
    gravest: &'a str,
    /// The case served last at the one URL for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<String>,
}

impl Progress {
    pub(super) fn new(
        shared: Arc<Shared>,
        canary: Canary,
        grading: Grading,
        known: Option<KnownDeviations>,
    ) -> Self {
        Self {
            shared,
            canary,
            grading,
            known,
            clock: Clock::start(),
            reported: Mutex::default(),
            judged: Mutex::default(),
            changed: Mutex::default(),
            wake: Notify::new(),
            turn: Mutex::default(),
            events: broadcast::Sender::new(MAX_WAITING),
            subscribing: Mutex::default(),
        }
    }

    /// Tells of what came, for as long as there is somebody to tell. Judging takes its time on a thread of its own,
    /// where no client waits for it.
    pub(super) async fn publish(progress: Arc<Self>) {
        loop {
            progress.wake.notified().await;
            sleep(GATHER).await;
            let changed = take(&mut *held(&progress.changed));
            let working = Arc::clone(&progress);
            let told =
                spawn_blocking(move || changed.iter().filter_map(|case| working.event(case)).collect());
            let told: Vec<Vec<u8>> = told.await.unwrap_or_default();
            for event in told {
                // Nobody may be left.
                let _ = progress.events.send(event);
            }
        }
    }

    fn event(&self, id: &str) -> Option<Vec<u8>> {
        let case = client_case(id)?;
        let (requests, standing) = self.standing(case)?;
        let turn = held(&self.turn).clone();
        let (verdict, gravest) = (standing.words(), standing.gravest().word());
        let event = Event { case: id, came: requests, verdict, gravest, turn };
        let json = serde_json::to_string(&event).ok()?;
        Some(format!("event: case\ndata: {json}\n\n").into_bytes())
    }

    /// How many requests came in a case and what they come to, if any came. Judged once for each number of them.
    fn standing(&self, case: &'static ClientCase) -> Option<(usize, Standing)> {
        let requests = self.shared.count(&case.id);
        if requests == 0 {
            return None;
        }
        let known = held(&self.judged).get(&*case.id).copied();
        if let Some(known) = known.filter(|(count, _)| *count == requests) {
            return Some(known);
        }
        let record = self.record_of(vec![case]);
        let standing = Standing::of(record.entries.first()?, self.account(&record).as_ref());
        let standing = (requests, standing);
        held(&self.judged).insert(&case.id, standing);
        Some(standing)
    }

    pub(super) fn record(&self) -> Record {
        self.record_of(client_cases().iter().collect())
    }

    /// What becomes of what is known to deviate, if anything is, today.
    pub(super) fn account(&self, record: &Record) -> Option<Accounting> {
        self.known.as_ref().map(|known| known.account(record, Date::of_unix_ms(self.clock.now_ms())))
    }

    fn record_of(&self, cases: Vec<&'static ClientCase>) -> Record {
        let contacted = self.canary.contacts() > 0;
        let control = ClientControl { by_url: true, contacted, ..ClientControl::default() };
        let control = ControlEvidence::Client(control);
        let mut record = begun((Subject::Client, TARGET, self.clock), self.grading, control, &cases);
        record.ended_early = self.shared.is_full().then(|| {
            format!("more came than the {MAX_CASES} bytes of requests that are kept; the rest is not judged")
        });
        record.entries = cases.into_iter().map(|case| self.entry(case)).collect();
        record
    }

    fn entry(&self, case: &ClientCase) -> Entry {
        let requests = self.shared.requests(&case.id);
        if requests.is_empty() {
            return Entry::unrun(&case.id, Judgement::skipped("no request came"));
        }
        let evidence = ClientEvidence { requests, end: None, contacted: false, earlier: Vec::new() };
        let judgement = judge_client(case, &evidence, &[], self.grading);
        Entry::run(&case.id, judgement, Evidence::Client(evidence))
    }

    /// Whether something large was made just now.
    fn has_to_wait(&self) -> bool {
        let mut reported = held(&self.reported);
        if self.shared.size() > LARGE && reported.is_some_and(|last| last.elapsed() < PAUSE) {
            return true;
        }
        *reported = Some(Instant::now());
        false
    }

    /// The report and its record.
    fn report(&self, path: &str) -> Option<Response> {
        if self.has_to_wait() {
            let headers = vec![("retry-after", PAUSE.as_secs().to_string())];
            return Some(Response { status: 503, headers, body: Vec::new() });
        }
        let (kind, body) = match path {
            "/report" => {
                let options = TextOptions { plain: true, ..TextOptions::default() };
                let record = self.record();
                let known = self.account(&record);
                let view = View { known: known.as_ref(), ..View::from(&record) };
                ("text/plain; charset=utf-8", text(view, options).into_bytes())
            }
            _ => ("application/jsonl", self.record().save().ok()?),
        };
        Some(Response { status: 200, headers: vec![("content-type", kind.to_owned())], body })
    }

    /// The page of every case, or of one.
    fn page(&self, path: &str, base: &str) -> Option<Response> {
        let page = if path == "/" {
            let rows = client_cases().iter().map(|case| {
                let known = self.standing(case);
                let standing = known.map(|(_, standing)| standing);
                Row { id: &case.id, about: &case.about, came: known.map_or(0, |(count, _)| count), standing }
            });
            index(base, held(&self.turn).as_deref(), &rows.collect::<Vec<_>>())
        } else {
            let case = client_case(path.strip_prefix("/seen/")?)?;
            let record = self.record_of(vec![case]);
            seen(base, case, record.entries.first()?, self.account(&record).as_ref())
        };
        let headers = PAGE.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Some(Response { status: 200, headers, body: page.into_bytes() })
    }
}

impl Pages for Told {
    fn page(&self, request: &Request<'_>) -> Option<Response> {
        let progress = self.0.upgrade()?;
        match request.path {
            "/report" | "/report.json" => progress.report(request.path),
            _ if request.method != "GET" => None,
            "/page.js" => Some(Response {
                status: 200,
                headers: vec![("content-type", "text/javascript; charset=utf-8".to_owned())],
                body: SCRIPT.as_bytes().to_vec(),
            }),
            // All listeners that there may be are there.
            "/events" => Some(Response::empty(503)),
            path if path == "/" || path.starts_with("/seen/") => {
                progress.page(path, &progress.shared.base_for(request))
            }
            _ => None,
        }
    }

    fn events(&self, request: &Request<'_>) -> Option<Events> {
        if request.method != "GET" || request.path != "/events" {
            return None;
        }
        let progress = self.0.upgrade()?;
        // Two at a time would both take the last place.
        let _turn = held(&progress.subscribing);
        (progress.events.receiver_count() < MAX_LISTENERS).then(|| progress.events.subscribe())
    }

    fn came(&self, case: &str, by_turn: bool) {
        let Some(progress) = self.0.upgrade() else { return };
        if by_turn {
            *held(&progress.turn) = Some(case.to_owned());
        }
        if progress.events.receiver_count() > 0 {
            held(&progress.changed).insert(case.to_owned());
            progress.wake.notify_one();
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
