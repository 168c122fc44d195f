//! Runs cases side by side in lanes, in an order that does not depend on the number of lanes.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::RwLock;

use super::RunOptions;
use super::calls::Calls;
use super::control::Established;
use super::keeping::keeps_connections;
use super::line::{Line, Patience};
use super::lossy::establish_over_line;
use super::prober::Prober;
use super::restart::{end_started, restart};
use super::rows::Rows;
use super::runner::{Lost, Runner};
use super::unanswered::left_unanswered;
use super::way::LaneConnection;
use crate::catalogue::Case;
use crate::evidence::{Attempt, ControlEvidence, Subject};
use crate::judge::{Context, Control, calls_for_another, server_tries};
use crate::record::{CHUNK, Record, Watcher};
use crate::run::begin::begun;
use crate::run::bounds::Bounded;
use crate::run::clock::Clock;
use crate::run::done::Done;
use crate::run::end::end;
use crate::run::schedule::{Item, side_by_side};
use crate::target::Server;

/// Runs cases against a server and judges them.
pub async fn run(
    server: impl Into<Server>,
    options: RunOptions,
    cases: &[&'static Case],
    watcher: &dyn Watcher,
) -> Record {
    let clock = Clock::start();
    let watcher = &Bounded::new(watcher, options.bounds, clock);
    // Whoever asks to come again later ends no later than the run.
    let patience = Patience { request: options.max_wait, run: options.max_wait_run.min(options.bounds.time) };
    let mut prober = Prober {
        line: Line::new(server.into(), patience),
        calls: Calls::new(options.calls.clone(), options.timeout, options.heard_by.clone()),
        canary: options.canary.as_ref().map(|canary| canary.address().to_string()),
        settle: options.settle,
    };
    let calls = options.calls.origin();
    let established = watcher.in_time(Box::pin(establish_over_line(&mut prober, calls))).await;
    let is_established = established.is_some();
    let established = established.unwrap_or_else(|| Established::nothing(calls));
    let control = Control::of(&established.evidence);
    let evidence = ControlEvidence::Server(established.evidence);
    let of = (Subject::Server, &*options.target, clock);
    let mut record = begun(of, options.grading, evidence, cases);
    record.credentials = options.credentials.map(str::to_owned);
    record.options.clone_from(&options.again);
    record.shard.clone_from(&options.shard);
    watcher.begun(&record);
    let mut runner = Runner {
        prober: &prober,
        options: &options,
        control: &control,
        reusable: established.reusable.as_deref(),
        watcher,
        dead: Mutex::new(None),
        company: RwLock::new(()),
        changed_by: Mutex::new(None),
        started: Mutex::new(None),
        may_be_renewed: AtomicBool::new(options.restart.is_some()),
        keeps_connections: false,
        without_effect: AtomicBool::new(control.without_effect),
        lossy: AtomicBool::new(false),
        rows: None,
        spelled_without_effect: AtomicBool::new(false),
    };
    let reusable = established.reusable.as_deref();
    let of = if options.of.is_empty() { cases } else { &*options.of };
    let learn = Box::pin(Rows::learn(&prober, &control, reusable, options.strength, of));
    runner.rows = watcher.in_time(learn).await.flatten();
    let learn = Box::pin(keeps_connections(&prober, &control, reusable, runner.jobs()));
    runner.keeps_connections = watcher.in_time(learn).await.unwrap_or_default();
    let (done, ended_early) = match &control.fatal {
        Some(why) if is_established => (BTreeMap::new(), Some(why.clone())),
        _ => runner.all(cases).await,
    };
    record.spellings = runner.rows.take().map(Rows::told);
    end(&mut record, done, ended_early, None, (watcher, clock));
    record
}

/// One lane of a round.
#[derive(Default)]
struct Lane {
    /// Whether the case before left the server answering plain requests.
    opened: bool,
    /// The case that was under way when the server was found dead.
    in_flight: Option<usize>,
    /// The connection for its plain requests.
    connection: LaneConnection,
}

impl Runner<'_> {
    /// Runs all cases, in rounds: a round ends when the server dies, and the next begins when it
    /// was started again.
    async fn all(&mut self, cases: &[&'static Case]) -> (BTreeMap<usize, Done>, Option<String>) {
        let mut done: BTreeMap<usize, Done> = BTreeMap::new();
        // Attempts at cases that are to be tried again after a restart.
        let mut begun: BTreeMap<usize, Vec<Attempt>> = BTreeMap::new();
        let jobs = self.jobs();
        let mut restarts = 0;
        let mut ended_early = None;
        loop {
            let left: Vec<usize> = (0..cases.len()).filter(|index| !done.contains_key(index)).collect();
            if left.is_empty() {
                break;
            }
            let jobs = if restarts > 0 { 1 } else { jobs };
            let in_flight = self.round(cases, &left, jobs, &begun, &mut done).await;
            let death = self.dead.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(death) = death else {
                ended_early = self.watcher.why();
                break;
            };
            if death.how == Lost::Changed {
                self.renew(&death.case, &mut restarts).await;
                self.take_back(cases, &in_flight, false, &mut done, &mut begun);
                continue;
            }
            let suspects: Vec<&str> = in_flight.iter().map(|&index| &*cases[index].id).collect();
            let words = match death.how {
                Lost::Silent => "no longer answers",
                Lost::Changed | Lost::Gone => "no longer takes connections",
            };
            let busy = left_unanswered(cases, &left, &in_flight, &done).filter(|_| death.how == Lost::Silent);
            let who = if suspects.len() > 1 {
                format!("one of {} (run with --jobs 1 to tell which)", suspects.join(", "))
            } else {
                death.case.clone()
            };
            let who = match &busy {
                Some(busy) => format!("{who}, or is still busy with {busy}, which it never answered"),
                None => who,
            };
            // All but one of them are innocent.
            let is_one_of_several = suspects.len() > 1 || busy.is_some();
            let may_restart = restarts < self.options.max_restarts;
            let Some(command) = self.options.restart.as_deref().filter(|_| may_restart) else {
                if is_one_of_several {
                    done.retain(|index, _| !in_flight.contains(index));
                }
                let cure = if self.options.restart.is_some() {
                    "it was started again too often (see --max-restarts)"
                } else {
                    "give --restart-cmd to start it again and go on"
                };
                ended_early = Some(format!("the server {words} after {who}; {cure}"));
                break;
            };
            restarts += 1;
            let restarted = Box::pin(restart(self.prober, command, self.options.restart_wait, &self.started));
            let restarted = self.watcher.in_time(restarted).await;
            let too_late = || {
                end_started(&self.started);
                Err(self.watcher.why().unwrap_or_default())
            };
            if let Err(why) = restarted.unwrap_or_else(too_late) {
                if is_one_of_several {
                    done.retain(|index, _| !in_flight.contains(index));
                }
                ended_early = Some(format!("the server {words} after {who}, and {why}"));
                break;
            }
            self.take_back(cases, &in_flight, is_one_of_several, &mut done, &mut begun);
        }
        (done, ended_early)
    }

    /// Takes back what was made of cases that were under way when the round ended, where they are to be
    /// tried again: those of several of which one must have been the cause, and one whose failure has not
    /// come again yet.
    fn take_back(
        &self,
        cases: &[&'static Case],
        in_flight: &[usize],
        in_company: bool,
        done: &mut BTreeMap<usize, Done>,
        begun: &mut BTreeMap<usize, Vec<Attempt>>,
    ) {
        for &index in in_flight {
            let Some(Done { entry, took }) = done.get(&index) else { continue };
            let mut attempts = entry.attempts().to_vec();
            let context =
                Context { case: cases[index], control: self.control, grading: self.options.grading };
            if in_company {
                attempts.iter_mut().rev().take(1).for_each(|last| last.in_company = true);
            } else if !calls_for_another(&server_tries(context, &attempts)) {
                self.watcher.settled(entry, *took);
                continue;
            }
            done.remove(&index);
            begun.insert(index, attempts);
        }
    }

    /// Runs the cases at `left` in lanes; gives back which were under way when the server died.
    async fn round(
        &self,
        cases: &[&'static Case],
        left: &[usize],
        jobs: usize,
        begun: &BTreeMap<usize, Vec<Attempt>>,
        done: &mut BTreeMap<usize, Done>,
    ) -> Vec<usize> {
        // Those of a chunk share their plain requests: the one after a case is the one before the next.
        let mut chunks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &index in left {
            chunks.entry(index / CHUNK).or_default().push(index);
        }
        let chunks: Vec<Vec<usize>> = chunks.into_values().collect();
        let work = async |lane: &mut Lane, item: Item| {
            if self.is_dead() || self.watcher.why().is_some() {
                return None;
            }
            let opened = lane.opened && !item.is_first;
            let before = begun.get(&item.index).cloned().unwrap_or_default();
            let since = Clock::start();
            self.watcher.started(&cases[item.index].id);
            // Boxed, so that a lane is small where it waits.
            let case = Box::pin(self.case(cases[item.index], opened, before, &mut lane.connection));
            let (entry, opened) = self.watcher.in_time(case).await?;
            lane.opened = opened;
            if self.is_dead() {
                // It may be tried again after a restart.
                lane.in_flight = Some(item.index);
                self.watcher.done(&entry);
                return Some(Done { entry: Arc::new(entry), took: since.elapsed() });
            }
            Some(self.watcher.finish(entry, since))
        };
        let lanes = (0..jobs).map(|_| Lane::default()).collect();
        let (entries, lanes) = side_by_side(&chunks, lanes, work).await;
        done.extend(entries);
        lanes.into_iter().filter_map(|lane| lane.in_flight).collect()
    }
}
