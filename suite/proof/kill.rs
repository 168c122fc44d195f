//! Mutants against cases.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::killers::{KILLERS, Killer};
use crate::catalogue::{self, Case};
use crate::judge::{self, Judgement, Settings, Verdict};
use crate::mock::{MockLimits, Mutant, Named, Service, mutants};
use crate::protocol::Profile;
use crate::record::{CallSource, Record, RunOptions, Sight, SubjectRecord, Unwatched, run};
use crate::target::{Canary, Credentials, Endpoint, HttpServer, LocalServer, Options, Server};

/// Credentials of the mocks in a proof. They guard nothing.
const USER: &str = "umspec";
const PASSWORD: &str = "built-in mock";

/// Time for one exchange with a mutant over a socket of this machine: short, because some never
/// answer.
const MUTANT_TIMEOUT: Duration = Duration::from_millis(500);

/// Time for one exchange with the strict mock, which answers however busy the machine is.
const STRICT_TIMEOUT: Duration = Duration::from_secs(20);

/// Settings under which a kill counts: what a mutant does wrong may go against a SHOULD, or against
/// Basic Profile alone.
const STRICTEST: Settings = Settings { profile: Profile::Strict, bp: true };

/// What a proof runs against.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// The service that does everything right.
    Strict,
    /// One with a defect, or one that differs as some document allows.
    Mutant(&'static Mutant),
}

/// How a proof runs.
#[derive(Debug, Clone, Copy)]
pub struct Proof {
    /// How it is graded.
    pub settings: Settings,
    /// Whether requests cross a socket. Defects that only show there always do.
    pub wire: bool,
    /// Lanes side by side.
    pub jobs: usize,
    /// Whether there are calls; without, the control is synthetic.
    pub live: bool,
}

impl Default for Proof {
    fn default() -> Self {
        Self { settings: STRICTEST, wire: false, jobs: 1, live: true }
    }
}

/// Runs cases, in the order given, against a mock of our own.
///
/// # Errors
/// When no runtime or port can be had.
pub fn run_against(subject: Subject, cases: &[&'static Case], proof: Proof) -> std::io::Result<Record> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (needs_wire, needs_canary, name) = match subject {
            Subject::Strict => (false, false, "strict"),
            Subject::Mutant(mutant) => (mutant.needs_wire(), mutant.needs_canary(), mutant.name),
        };
        let timeout = match subject {
            Subject::Strict => STRICT_TIMEOUT,
            Subject::Mutant(_) => MUTANT_TIMEOUT,
        };
        let canary =
            if needs_canary { Some(Canary::listen(([127, 0, 0, 1], 0).into()).await?) } else { None };
        let options = RunOptions {
            settings: proof.settings,
            credentials: Some("basic"),
            jobs: proof.jobs,
            settle: Duration::ZERO,
            timeout,
            max_silent: usize::MAX,
            canary,
            ..RunOptions::new(name, if proof.live { CallSource::Mock } else { CallSource::None })
        };
        if needs_wire || proof.wire {
            let named = match subject {
                Subject::Strict => Named::Strict,
                Subject::Mutant(mutant) => Named::Mutant(mutant),
            };
            let limits = MockLimits { time: timeout * 4, ..MockLimits::default() };
            let mock = named.start(([127, 0, 0, 1], 0).into(), Some((USER, PASSWORD)), limits).await?;
            let server = connected(mock.address(), timeout).map_err(std::io::Error::other)?;
            return Ok(run(server, options, cases, &Unwatched).await);
        }
        let service = match subject {
            Subject::Strict => Service::strict(),
            Subject::Mutant(mutant) => Service::mutant(mutant),
        };
        let server = LocalServer::new(Box::new(service.with_basic(USER, PASSWORD)), vec![authorization()]);
        Ok(run(Server::Local(server), options, cases, &Unwatched).await)
    })
}

fn credentials() -> Credentials {
    Credentials::Basic { user: USER.to_owned(), password: PASSWORD.to_owned() }
}

fn authorization() -> (String, String) {
    ("authorization".to_owned(), credentials().authorization())
}

fn connected(address: std::net::SocketAddr, timeout: Duration) -> Result<HttpServer, String> {
    let endpoint = Endpoint::parse("http://proof.mock.invalid/EWS/UM2007Legacy.asmx")
        .map_err(|error| error.to_string())?
        .at(address);
    let options =
        Options { timeout, connect_timeout: timeout, credentials: Some(credentials()), ..Options::default() };
    HttpServer::new(endpoint, &options).map_err(|error| error.to_string())
}

/// One case that fails a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kill {
    /// Id of the case; `control` for what was found before the cases.
    pub case: String,
    /// The requirements that its failures cite.
    pub requirements: Vec<String>,
    /// Its verdict in the interop profile.
    pub interop: Verdict,
}

/// Every mutant with the cases that kill it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KillMatrix {
    /// In the order of the mutants.
    pub rows: Vec<(&'static str, Vec<Kill>)>,
    /// The case named for each mutant.
    pub killers: &'static [Killer],
}

impl KillMatrix {
    /// The killer of a mutant.
    pub fn killer(&self, mutant: &str) -> Option<&'static Killer> {
        self.killers.iter().find(|killer| killer.mutant == mutant)
    }

    /// How many mutants each case kills.
    pub fn kills_of_cases(&self) -> BTreeMap<&str, usize> {
        let mut kills = BTreeMap::new();
        for kill in self.rows.iter().flat_map(|(_, kills)| kills) {
            *kills.entry(kill.case.as_str()).or_default() += 1;
        }
        kills
    }

    /// Mutants that the case named for them does not kill for the requirement named with it.
    pub fn survivors(&self) -> Vec<&'static str> {
        let killed = |name: &str, kills: &[Kill]| {
            self.killer(name).is_some_and(|named| {
                kills.iter().any(|kill| {
                    kill.case == named.case && kill.requirements.contains(&named.requirement.to_string())
                })
            })
        };
        self.rows.iter().filter(|(name, kills)| !killed(name, kills)).map(|(name, _)| *name).collect()
    }
}

/// Runs every mutant against these cases, each mutant in this process or, where its defect only
/// shows there, over sockets.
///
/// # Errors
/// When no runtime or port can be had.
pub fn kill_matrix(cases: &[&'static Case]) -> std::io::Result<KillMatrix> {
    let all: Vec<&'static Mutant> = mutants().collect();
    let rows = side_by_side(&all, |mutant| {
        Ok(kills(&run_against(Subject::Mutant(mutant), cases, Proof::default())?))
    })?;
    Ok(KillMatrix { rows: all.iter().map(|mutant| mutant.name).zip(rows).collect(), killers: KILLERS })
}

/// Does something for each item, on as many threads as there are processors, in the order given.
///
/// # Errors
/// The first error of the work.
pub fn side_by_side<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> std::io::Result<T> + Sync,
) -> std::io::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, std::io::Result<T>>> = Mutex::new(BTreeMap::new());
    let lanes = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::SeqCst);
                    let Some(item) = items.get(index) else { return };
                    let result = work(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

/// The cases of a record that fail, and what was found before them.
fn kills(record: &Record) -> Vec<Kill> {
    let control = record.control.control();
    let failures = |findings: &[judge::Finding]| -> Vec<String> {
        let mut failed: Vec<String> = findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Fail)
            .map(|finding| finding.requirement.clone())
            .collect();
        failed.sort();
        failed.dedup();
        failed
    };
    let mut kills = Vec::new();
    let before = failures(&record.control.findings);
    if !before.is_empty() {
        kills.push(Kill { case: "control".to_owned(), requirements: before, interop: Verdict::Fail });
    }
    for entry in &record.entries {
        let requirements = failures(&entry.judgement.findings);
        if requirements.is_empty() || entry.judgement.verdict != Verdict::Fail {
            continue;
        }
        let interop = catalogue::case(&entry.case).map_or(Verdict::NotJudged, |case| {
            let subject = judge::Subject { case, control: &control, settings: Settings::default() };
            let Judgement { verdict, .. } = judge::judge(subject, &entry.attempts);
            verdict
        });
        kills.push(Kill { case: entry.case.clone(), requirements, interop });
    }
    kills
}

/// The cases of a record of a client or a parser that fail, and why nothing could be judged, if so.
pub(super) fn subject_kills(
    record: &SubjectRecord,
    again: impl Fn(&str, &Sight) -> Option<Judgement>,
) -> Vec<Kill> {
    let control = record.problem.as_ref().map(|problem| Kill {
        case: format!("control: {problem}"),
        requirements: Vec::new(),
        interop: Verdict::NotJudged,
    });
    let failed = record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail);
    let kills = failed.filter_map(|entry| {
        let interop = again(&entry.case, entry.sight.as_ref()?)?;
        let failures = entry.judgement.findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
        Some(Kill {
            case: entry.case.clone(),
            requirements: failures.map(|finding| finding.requirement.clone()).collect(),
            interop: interop.verdict,
        })
    });
    control.into_iter().chain(kills).collect()
}
