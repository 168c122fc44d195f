//! Runs cases side by side in lanes, in an order that does not depend on the number of lanes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use super::RunOptions;
use super::attempt::CaseRun;
use super::calls::Calls;
use super::prober::{Prober, has_ended, unissued};
use super::restart::restart;
use super::spelling::establish_spelled;
use crate::catalogue::{Case, Needs};
use crate::evidence::{Answer, Attempt, ControlEvidence, Evidence, Role, Silence, Subject, observe};
use crate::judge::{Context, Control, ControlLevel, Judgement, Verdict, judge_server};
use crate::protocol::Outcome;
use crate::record::{Entry, Record, Watcher};
use crate::run::begin::begun;
use crate::run::clock::Clock;
use crate::run::schedule::{Item, side_by_side};
use crate::target::{Canary, Server};

/// Cases that share their plain requests: the one after a case is the one before the next.
/// A constant, so that the record does not depend on the number of lanes.
const CHUNK: usize = 16;

/// How often a case that fails is tried.
const ATTEMPTS: usize = 2;

/// How long a contact is waited for after the answer to a request that names the canary.
const CANARY_GRACE: Duration = Duration::from_millis(200);

/// Pause between looks at a server that does not take connections.
const RETRY_PAUSE: Duration = Duration::from_millis(200);

/// Runs cases against a server and judges them.
pub async fn run(
    server: impl Into<Server>,
    options: RunOptions,
    cases: &[&'static Case],
    watcher: &dyn Watcher,
) -> Record {
    let clock = Clock::start();
    let mut prober = Prober {
        server: server.into(),
        calls: Calls::new(options.calls.clone(), options.timeout),
        canary: options.canary.as_ref().map(|canary| canary.address().to_string()),
        settle: options.settle,
    };
    let established = establish_spelled(&mut prober, options.calls.origin()).await;
    let control = Control::of(&established.evidence);
    let mut runner = Runner {
        prober: &prober,
        options: &options,
        control: &control,
        reusable: established.reusable.as_deref(),
        watcher,
        dead: Mutex::new(None),
        silent: AtomicUsize::new(0),
        without_effect: AtomicBool::new(control.without_effect),
    };
    let (entries, ended_early) = match &control.fatal {
        Some(why) => (cases.iter().map(|case| unrun(case, why)).collect(), Some(why.clone())),
        None => runner.all(cases).await,
    };
    let evidence = ControlEvidence::Server(established.evidence);
    let mut record = begun(Subject::Server, &options.target, options.grading, evidence);
    record.credentials = options.credentials.map(str::to_owned);
    record.interrupted = watcher.stopped() && ended_early.is_some();
    record.ended_early = ended_early;
    record.entries = entries;
    record.times = clock.times();
    record
}

fn unrun(case: &Case, why: &str) -> Entry {
    Entry::unrun(&case.id, Judgement::not_judged(why))
}

/// How a server was found dead.
struct Death {
    /// The case whose probe came before.
    case: String,
    /// What was seen.
    how: Silence,
}

/// One lane of a round.
#[derive(Default)]
struct Lane {
    /// Whether the case before left the server answering plain requests.
    opened: bool,
    /// The case that was under way when the server was found dead.
    in_flight: Option<usize>,
}

struct Runner<'a> {
    prober: &'a Prober,
    options: &'a RunOptions,
    control: &'a Control,
    reusable: Option<&'a str>,
    watcher: &'a dyn Watcher,
    dead: Mutex<Option<Death>>,
    silent: AtomicUsize,
    /// Whether a success had no effect in the time given: there is no use in waiting for each.
    without_effect: AtomicBool,
}

impl Runner<'_> {
    /// Runs all cases, in rounds: a round ends when the server dies, and the next begins when it
    /// was started again.
    async fn all(&mut self, cases: &[&'static Case]) -> (Vec<Entry>, Option<String>) {
        let mut done: BTreeMap<usize, Entry> = BTreeMap::new();
        let mut jobs = self.options.jobs.max(1);
        if self.options.canary.is_some() || self.control.level == ControlLevel::Given {
            // Contacts are told by when they come, and single-use ids are given out in order.
            jobs = 1;
        }
        let mut restarts = 0;
        let mut ended_early = None;
        loop {
            let left: Vec<usize> = (0..cases.len()).filter(|index| !done.contains_key(index)).collect();
            if left.is_empty() {
                break;
            }
            let alone = restarts > 0;
            let in_flight = self.round(cases, &left, if alone { 1 } else { jobs }, &mut done).await;
            let death = self.dead.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(death) = death else {
                ended_early = self.stop_reason();
                break;
            };
            let suspects: Vec<&str> = in_flight.iter().map(|&index| &*cases[index].id).collect();
            if suspects.len() > 1 {
                // All but one of them are innocent: they are run again, each alone, or not judged.
                for index in &in_flight {
                    done.remove(index);
                }
            }
            let words = match death.how {
                Silence::TimedOut => "no longer answers",
                _ => "no longer takes connections",
            };
            let who = if suspects.len() > 1 {
                format!("one of {} (run with --jobs 1 to tell which)", suspects.join(", "))
            } else {
                death.case.clone()
            };
            let may_restart = restarts < self.options.max_restarts;
            let Some(command) = self.options.restart.as_deref().filter(|_| may_restart) else {
                let cure = if self.options.restart.is_some() {
                    "it was started again too often (see --max-restarts)"
                } else {
                    "give --restart-cmd to start it again and go on"
                };
                ended_early = Some(format!("the server {words} after {who}; {cure}"));
                break;
            };
            restarts += 1;
            if let Err(why) = restart(self.prober, command, self.options.restart_wait).await {
                ended_early = Some(format!("the server {words} after {who}, and {why}"));
                break;
            }
        }
        let why = ended_early.clone().unwrap_or_else(|| "it was not run".to_owned());
        let entries = cases
            .iter()
            .enumerate()
            .map(|(index, case)| done.remove(&index).unwrap_or_else(|| unrun(case, &why)));
        (entries.collect(), ended_early)
    }

    fn stop_reason(&self) -> Option<String> {
        if self.watcher.stopped() {
            Some("the run was interrupted".to_owned())
        } else if self.silent.load(Ordering::SeqCst) >= self.options.max_silent {
            let count = self.options.max_silent;
            Some(format!(
                "{count} requests were never answered; the rest was not run (see --timeout and --max-silent)"
            ))
        } else {
            None
        }
    }

    fn is_dead(&self) -> bool {
        self.dead.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Runs the cases at `left` in lanes; gives back which were under way when the server died.
    async fn round(
        &self,
        cases: &[&'static Case],
        left: &[usize],
        jobs: usize,
        done: &mut BTreeMap<usize, Entry>,
    ) -> Vec<usize> {
        let mut chunks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &index in left {
            chunks.entry(index / CHUNK).or_default().push(index);
        }
        let chunks: Vec<Vec<usize>> = chunks.into_values().collect();
        let work = async |lane: &mut Lane, item: Item| {
            if self.is_dead() || self.stop_reason().is_some() {
                return None;
            }
            let opened = lane.opened && !item.is_first;
            let (entry, opened) = self.case(cases[item.index], opened).await;
            lane.opened = opened;
            if self.is_dead() {
                lane.in_flight = Some(item.index);
            }
            self.watcher.done(&entry);
            Some(entry)
        };
        let lanes = (0..jobs).map(|_| Lane::default()).collect();
        let (entries, lanes) = side_by_side(&chunks, lanes, work).await;
        done.extend(entries);
        lanes.into_iter().filter_map(|lane| lane.in_flight).collect()
    }

    /// Runs and judges a case; tells whether the target was left answering plain requests.
    async fn case(&self, case: &'static Case, opened: bool) -> (Entry, bool) {
        if let Some(reason) = self.skip_reason(case) {
            return (Entry::unrun(&case.id, Judgement::skipped(reason)), opened);
        }
        let context = Context { case, control: self.control, grading: self.options.grading };
        let mut attempts = Vec::new();
        let mut opened = opened;
        let judgement = loop {
            let attempt = self.attempt(case, attempts.len() + 1, opened).await;
            opened = self.leaves_open(&attempt);
            let alive = self.check_alive(case, &attempt).await;
            attempts.push(attempt);
            let judgement = judge_server(context, &attempts);
            // A failure must show twice; without a control it is clear as it is.
            let again = judgement.verdict == Verdict::Fail
                && alive
                && self.control.level != ControlLevel::Uncontrolled;
            if !again || attempts.len() == ATTEMPTS {
                break judgement;
            }
        };
        // Each of these cost the time of a whole timeout.
        let silent = |attempt: &Attempt| {
            attempt.steps.iter().any(|step| {
                matches!(step.exchange.answer, Answer::Silence(Silence::TimedOut | Silence::Unreachable))
            })
        };
        if attempts.iter().any(silent) {
            self.silent.fetch_add(1, Ordering::SeqCst);
        }
        let evidence = Some(Evidence::Server(attempts));
        (Entry { case: case.id.to_string(), judgement, evidence }, opened)
    }

    async fn attempt(&self, case: &'static Case, number: usize, opened: bool) -> Attempt {
        let before = self.options.canary.as_ref().map(Canary::contacts);
        let mut run = CaseRun::new(self.prober, self.control, self.reusable, case, number);
        if self.without_effect.load(Ordering::SeqCst) {
            run.settle = Duration::ZERO;
        }
        let mut attempt = run.attempt(opened).await;
        let waited = |judged: &Attempt| {
            judged
                .step(Role::Mutant)
                .is_some_and(|step| observe(&step.exchange.answer).outcome == Outcome::Ok)
                && judged.step(Role::After).is_some_and(|step| !has_ended(&step.exchange))
        };
        if waited(&attempt) {
            self.without_effect.store(true, Ordering::SeqCst);
        }
        if case.needs == Needs::Canary {
            // A server may follow the address only after it has answered.
            sleep(CANARY_GRACE).await;
            attempt.canary = before != self.options.canary.as_ref().map(Canary::contacts);
        }
        attempt
    }

    fn skip_reason(&self, case: &Case) -> Option<&'static str> {
        match case.needs {
            Needs::Credentials if self.options.credentials.is_none() => {
                Some("no credentials were given (--user, --bearer)")
            }
            Needs::Canary if self.options.canary.is_none() => {
                Some("no address is watched that the server could contact (--canary)")
            }
            _ if case.needs_wire() || (case.is_raw() && !self.prober.server.is_local()) => {
                self.prober.server.cannot_frame()
            }
            _ => None,
        }
    }

    /// Whether the last plain request of an attempt was answered as the control was.
    fn leaves_open(&self, attempt: &Attempt) -> bool {
        let Some(twin) = attempt.step(Role::Twin) else { return false };
        self.control.is_as_before(self.control.level_of(attempt), &twin.exchange.answer)
    }

    /// After a plain request that got no answer: is the server still there?
    async fn check_alive(&self, case: &Case, attempt: &Attempt) -> bool {
        let lost =
            attempt.steps.last().is_some_and(|step| matches!(step.exchange.answer, Answer::Silence(_)));
        if !lost {
            return true;
        }
        let mut how = Silence::Refused;
        for _ in 0..3 {
            let exchange = self.prober.plain(&unissued()).await;
            match exchange.answer {
                Answer::Http(_) => return true,
                Answer::Silence(Silence::TimedOut) => {
                    how = Silence::TimedOut;
                    break;
                }
                Answer::Silence(silence) => how = silence,
            }
            sleep(RETRY_PAUSE).await;
        }
        let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        if dead.is_none() {
            *dead = Some(Death { case: case.id.to_string(), how });
        }
        false
    }
}
