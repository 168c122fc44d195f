//! Runs the cases for clients.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};

use super::stage::Stage;
use super::{Sight, SubjectEntry, SubjectKind, SubjectRecord, SubjectWatcher};
use crate::catalogue::{ClientCase, ClientExpect, ClientTurn, Play, client_cases};
use crate::evidence::ClientSight;
use crate::evidence::{Client, ClientCall, ClientEnd, Reaction, Response};
use crate::judge::{Finding, Judgement, Settings, Verdict, judge_client};
use crate::message::{CallId, escape_text, write_invalid_call_id, write_success};
use crate::mock::MockLimits;
use crate::protocol::{RequirementId, names};
use crate::record::file::Times;
use crate::target::Canary;

/// Most clients that wait for something at the same time, beside those that do not.
const WAITING: usize = 32;

/// How long a contact of a watched address is waited for after a client ended.
const CANARY_GRACE: Duration = Duration::from_millis(100);

/// User and password for clients that send credentials. They guard nothing.
const CREDENTIALS: (&str, &str) = ("umspec-client", "for-the-listener-of-umspec-only");

/// How a client is run.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// How it is called, for the record.
    pub target: String,
    /// How it is graded.
    pub settings: Settings,
    /// How many clients run side by side, beside those that wait.
    pub jobs: usize,
    /// The time that a client has.
    pub time: Duration,
    /// Where to listen; port 0 takes any.
    pub listen: SocketAddr,
}

impl ClientOptions {
    /// The defaults, for a client of this name: four at a time, 5 s each, any port of 127.0.0.1.
    pub fn new(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            settings: Settings::default(),
            jobs: 4,
            time: Duration::from_secs(5),
            listen: ([127, 0, 0, 1], 0).into(),
        }
    }
}

/// Runs cases against a client and judges them.
///
/// # Errors
/// When no port can be had.
pub async fn run_client(
    client: Arc<dyn Client>,
    options: &ClientOptions,
    cases: &[&'static ClientCase],
    watcher: &dyn SubjectWatcher,
) -> std::io::Result<SubjectRecord> {
    let started = Instant::now();
    let started_ms =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| millis(since.as_millis()));
    let canary = Canary::listen(([127, 0, 0, 1], 0).into()).await?;
    let limits = MockLimits { time: options.time * 2, ..MockLimits::default() };
    let stage = Stage::start(options.listen, Some(canary.address()), limits, cases).await?;
    let runner = Arc::new(Runner { client, stage, canary, time: options.time });
    let mut record =
        SubjectRecord::begun(SubjectKind::Client, &options.target, options.settings, client_cases().len());
    record.problem = establish(&runner, cases, &mut record.control).await;
    if let Some(problem) = &record.problem {
        record.entries =
            cases.iter().map(|case| entry(case, Judgement::not_judged(problem.clone()), None)).collect();
    } else {
        record.entries = entries(&runner, options, cases, watcher).await;
        record.interrupted = watcher.stopped() && record.entries.iter().any(|entry| entry.sight.is_none());
    }
    record.times = Times { started_ms, elapsed_ms: millis(started.elapsed().as_millis()) };
    Ok(record)
}

/// A listener for clients inside other programs, which a person points at the URLs of cases: what it saw can
/// be judged at any time, by the requests alone.
pub struct OpenStage {
    stage: Stage,
    canary: Canary,
    settings: Settings,
    cases: Vec<&'static ClientCase>,
    started_ms: u64,
}

impl OpenStage {
    /// Listens at `listen` (port 0 for any) for every case.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(listen: SocketAddr, settings: Settings, limits: MockLimits) -> std::io::Result<Self> {
        let canary = Canary::listen(([127, 0, 0, 1], 0).into()).await?;
        let cases: Vec<&'static ClientCase> = client_cases().iter().collect();
        let stage = Stage::start(listen, Some(canary.address()), limits, &cases).await?;
        stage.tell_reports(settings);
        let started_ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| millis(t.as_millis()));
        Ok(Self { stage, canary, settings, cases, started_ms })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.stage.address()
    }

    /// What it saw so far, judged. Cases that nobody came to are skipped.
    pub fn record(&self) -> SubjectRecord {
        let mut record = self.stage.record(self.settings, &self.cases);
        record.times.started_ms = self.started_ms;
        // One address for all: whom a contact belongs to is for a person to find out.
        if self.canary.contacts() > 0 {
            record.findings.push(Finding {
                check: "canary".to_owned(),
                requirement: RequirementId(171).to_string(),
                verdict: Verdict::Fail,
                expected: "nothing that an answer names is fetched".to_owned(),
                observed: "the address that only answers name was contacted".to_owned(),
            });
        }
        record
    }

    /// Waits until the listener ends by itself.
    pub async fn ended(&mut self) {
        self.stage.ended().await;
    }
}

struct Runner {
    client: Arc<dyn Client>,
    stage: Stage,
    canary: Canary,
    time: Duration,
}

impl Runner {
    /// Runs the client once in a case.
    async fn run(self: &Arc<Self>, case: &'static ClientCase) -> ClientEnd {
        let runner = Arc::clone(self);
        let ended = spawn_blocking(move || {
            let url = runner.stage.url(&case.id);
            runner.client.disconnect(&ClientCall {
                url: &url,
                call_id: &case.call_id,
                credentials: CREDENTIALS,
                time: runner.time,
            })
        });
        ended.await.unwrap_or_else(|_| ClientEnd::Crashed("it panicked".to_owned()))
    }

    /// Runs a case: what came, and what the client made of it.
    async fn sight(self: &Arc<Self>, case: &'static ClientCase) -> ClientSight {
        let before = self.canary.contacts();
        let mut end = self.run(case).await;
        if runs_twice(case) && end == ClientEnd::Disconnected {
            end = self.run(case).await;
        }
        let names_canary = case.requirements.contains(&RequirementId(178));
        if names_canary {
            tokio::time::sleep(CANARY_GRACE).await;
        }
        let contacted = names_canary && self.canary.contacts() > before;
        ClientSight { requests: self.stage.requests(&case.id), end: Some(end), contacted }
    }
}

fn runs_twice(case: &ClientCase) -> bool {
    match &case.play {
        Play::Twice => true,
        Play::Life(life) => life.ids.len() > 1,
        Play::Answers(_) | Play::Illegal => false,
    }
}

/// Cases that name the watched address go one after the other: a contact must have one of them to blame.
async fn entries(
    runner: &Arc<Runner>,
    options: &ClientOptions,
    cases: &[&'static ClientCase],
    watcher: &dyn SubjectWatcher,
) -> Vec<SubjectEntry> {
    let places = Arc::new(Semaphore::new(options.jobs.max(1)));
    let waiting = Arc::new(Semaphore::new(WAITING));
    let single_file = Arc::new(Semaphore::new(1));
    let mut tasks = JoinSet::new();
    // Those that wait begin first, so that the others run meanwhile.
    let mut order: Vec<(usize, &'static ClientCase)> = cases.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, case)| !case.waits);
    for (index, case) in order {
        let runner = Arc::clone(runner);
        let places = Arc::clone(if case.waits { &waiting } else { &places });
        let single_file = Arc::clone(&single_file);
        tasks.spawn(async move {
            let alone = case.requirements.contains(&RequirementId(178));
            // Neither is ever closed.
            let _turn = if alone { single_file.acquire_owned().await.ok() } else { None };
            let _place = places.acquire_owned().await.ok();
            (index, case, runner.sight(case).await)
        });
    }
    let mut done: BTreeMap<usize, SubjectEntry> = BTreeMap::new();
    while let Some(ended) = tasks.join_next().await {
        let Ok((index, case, sight)) = ended else { continue };
        let judgement = judge_client(case, &sight, options.settings);
        let entry = entry(case, judgement, Some(sight));
        watcher.done(&entry);
        done.insert(index, entry);
        if watcher.stopped() {
            tasks.abort_all();
        }
    }
    let left = |case: &ClientCase| entry(case, Judgement::not_judged("the run was interrupted"), None);
    cases.iter().enumerate().map(|(index, case)| done.remove(&index).unwrap_or_else(|| left(case))).collect()
}

fn entry(case: &ClientCase, judgement: Judgement, sight: Option<ClientSight>) -> SubjectEntry {
    SubjectEntry { case: case.id.to_string(), judgement, sight: sight.map(Sight::Client) }
}

/// Finds out whether a client tells success from a fault, and asks for the call that it was given; why not,
/// if it does not.
async fn establish(
    runner: &Arc<Runner>,
    cases: &[&'static ClientCase],
    control: &mut Vec<(String, Sight)>,
) -> Option<String> {
    let lives = cases.iter().all(|case| case.is_life());
    let plans: [(&'static ClientCase, ClientEnd); 3] = if lives {
        let of = |id: &str| client_cases().iter().find(|case| case.id == id);
        let (good, bad) = of("life/plain").zip(of("life/fault-instead-of-call"))?;
        [(good, ClientEnd::Disconnected), (bad, ClientEnd::Refused), (good, ClientEnd::Disconnected)]
    } else {
        let [first, second, fault] = control_cases();
        [(first, ClientEnd::Disconnected), (second, ClientEnd::Disconnected), (fault, ClientEnd::Refused)]
    };
    for (case, wanted) in plans {
        runner.stage.enter(case);
        let sight = runner.sight(case).await;
        runner.stage.enter(case);
        let id = CallId::new(case.call_id.as_ref()).map(|id| escape_text(id.as_str())).unwrap_or_default();
        let named = sight.requests.iter().any(|request| {
            request.body.0.windows(id.len().max(1)).any(|part| part == id.as_bytes()) || id.is_empty()
        });
        let end = sight.end.clone();
        control.push((case.about.to_string(), Sight::Client(sight)));
        if end.as_ref() != Some(&wanted) {
            return Some(format!("{} The client: {}.", case.about, end.as_ref().map_or("nothing", words_of)));
        }
        if !named {
            return Some(format!("{} No request came that names the call.", case.about));
        }
    }
    None
}

fn words_of(end: &ClientEnd) -> &'static str {
    match end {
        ClientEnd::Crashed(_) => "breaks off",
        ClientEnd::Disconnected => "reports success",
        ClientEnd::Hung => "is still running when its time is up",
        ClientEnd::Refused => "reports a failure",
    }
}

/// Two successes for two ids, and the fault for an invalid id.
fn control_cases() -> [&'static ClientCase; 3] {
    use std::sync::LazyLock;
    static CASES: LazyLock<[ClientCase; 3]> = LazyLock::new(|| {
        let xml = |status, body: String| Response {
            status,
            headers: vec![("content-type", names::CONTENT_TYPE.to_owned())],
            body: body.into_bytes(),
        };
        let case =
            |name: &'static str, about: &'static str, call_id: &'static str, response, expect| ClientCase {
                id: name.into(),
                about: about.into(),
                requirements: vec![RequirementId(1)],
                call_id: call_id.into(),
                play: Play::Answers(vec![ClientTurn { reaction: Reaction::Answer(response), expect }]),
                waits: false,
                credentials: false,
            };
        [
            case(
                "control/success",
                "The plain success is answered.",
                names::SAMPLE_CALL_ID,
                xml(200, write_success()),
                ClientExpect::Disconnected,
            ),
            case(
                "control/another-id",
                "The plain success is answered, for another id.",
                names::SAMPLE_CALL_ID_2,
                xml(200, write_success()),
                ClientExpect::Disconnected,
            ),
            case(
                "control/fault",
                "The fault for an invalid id is answered.",
                names::SAMPLE_CALL_ID,
                xml(500, write_invalid_call_id()),
                ClientExpect::Refused,
            ),
        ]
    });
    let [first, second, fault] = &*CASES;
    [first, second, fault]
}

fn millis(millis: u128) -> u64 {
    u64::try_from(millis).unwrap_or(u64::MAX)
}
