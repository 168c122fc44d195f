//! Runs cases side by side in lanes, in an order that does not depend on the number of lanes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::RwLock;
use tokio::time::sleep;

use super::RunOptions;
use super::attempt::CaseRun;
use super::calls::Calls;
use super::control::Established;
use super::growth::{answers_in_time, growth};
use super::keeping::keeps_connections;
use super::line::{Line, Patience};
use super::lossy::{establish_over_line, is_line_lossy};
use super::prober::{Prober, has_ended, unissued};
use super::restart::{end_started, restart};
use super::rows::Rows;
use super::spelled::Spelling;
use super::way::{LaneConnection, Way};
use crate::catalogue::{Case, Needs};
use crate::evidence::{
    Aftermath, Answer, Attempt, ControlEvidence, Evidence, Exchange, Role, Silence, Step, Subject, observe,
};
use crate::judge::{
    Context, Control, ControlLevel, Judgement, TRIES_ON_A_LOSSY_LINE, Try, Verdict, calls_for_another,
    judge_server, only_failed, only_lost, server_tries,
};
use crate::protocol::{Operation, Outcome};
use crate::record::{CHUNK, Entry, Record, Watcher};
use crate::run::begin::begun;
use crate::run::bounds::Bounded;
use crate::run::clock::Clock;
use crate::run::done::Done;
use crate::run::end::end;
use crate::run::schedule::{Item, side_by_side};
use crate::target::{Canary, Server, Started};

/// How often a case is run again because its requests were put off where they cannot be sent again alone.
const PUT_OFF: usize = 5;

/// How long a contact is waited for after the answer to a request that names the canary.
const CANARY_GRACE: Duration = Duration::from_millis(200);

/// How often in a row a server has to let a plain request time out before it is taken for mute.
const TIME_OUTS: usize = 2;

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

/// Why a round ends before its cases do.
struct Death {
    /// The case whose probe came before.
    case: String,
    /// What was seen.
    how: Lost,
}

/// How a server is no longer what it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// It answers plain requests otherwise than before.
    Changed,
    /// It takes no connections.
    Gone,
    /// It takes connections and does not answer.
    Silent,
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

struct Runner<'a> {
    prober: &'a Prober,
    options: &'a RunOptions,
    control: &'a Control,
    reusable: Option<&'a str>,
    watcher: &'a Bounded<'a>,
    dead: Mutex<Option<Death>>,
    /// Held shared by cases that run side by side, and alone by a second try: what one request does to
    /// the server must not be laid to another.
    company: RwLock<()>,
    /// The case after which the server was seen to have changed for good.
    changed_by: Mutex<Option<String>>,
    /// Whether a server that has changed is started again: until that was of no use.
    may_be_renewed: AtomicBool,
    /// Whether plain requests of a lane share a connection.
    keeps_connections: bool,
    /// What the last restart has started.
    started: Mutex<Option<Started>>,
    /// Whether a success had no effect in the time given: there is no use in waiting for each.
    without_effect: AtomicBool,
    /// Whether answers were lost for which no case can have been the reason.
    lossy: AtomicBool,
    /// The other spellings in which cases are sent, if they are.
    rows: Option<Rows>,
    /// Whether a success in another spelling had no effect in the time given.
    spelled_without_effect: AtomicBool,
}

impl Runner<'_> {
    /// How many lanes there are.
    fn jobs(&self) -> usize {
        if self.options.canary.is_some() || self.control.level == ControlLevel::Given {
            // Contacts are told by when they come, and single-use ids are given out in order.
            return 1;
        }
        self.options.jobs.max(1)
    }

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
            let who = if suspects.len() > 1 {
                format!("one of {} (run with --jobs 1 to tell which)", suspects.join(", "))
            } else {
                death.case.clone()
            };
            let may_restart = restarts < self.options.max_restarts;
            let Some(command) = self.options.restart.as_deref().filter(|_| may_restart) else {
                if suspects.len() > 1 {
                    // All but one of them are innocent.
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
                if suspects.len() > 1 {
                    done.retain(|index, _| !in_flight.contains(index));
                }
                ended_early = Some(format!("the server {words} after {who}, and {why}"));
                break;
            }
            self.take_back(cases, &in_flight, suspects.len() > 1, &mut done, &mut begun);
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

    /// Starts a server again that has changed, so that the rest is judged by what it was. Where that is of
    /// no use, it is judged by what it is now.
    async fn renew(&self, case: &str, restarts: &mut usize) {
        let Some(command) = self.options.restart.as_deref() else { return };
        *restarts += 1;
        let renewed = self.watcher.in_time(Box::pin(async {
            let restarted = restart(self.prober, command, self.options.restart_wait, &self.started).await;
            let again = restarted.is_ok() && *restarts < self.options.max_restarts;
            again && !self.has_changed("renewed").await
        }));
        let renewed = renewed.await;
        if renewed.is_none() {
            end_started(&self.started);
        }
        if renewed != Some(true) {
            self.may_be_renewed.store(false, Ordering::SeqCst);
            *self.changed_by.lock().unwrap_or_else(PoisonError::into_inner) = Some(case.to_owned());
        }
    }

    /// Whether plain requests are answered otherwise than before the cases.
    async fn has_changed(&self, label: &str) -> bool {
        let is_live = self.control.level == ControlLevel::Live;
        let label = format!("control/{label}");
        let id = match self.control.level {
            ControlLevel::Live => self.prober.place(Operation::PlayOnPhone, &label).await.id,
            ControlLevel::Given => self.reusable.map(str::to_owned),
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => None,
        };
        let differs = |level, exchange: &Exchange| {
            !exchange.answer.is_lost()
                && exchange.answer.put_off().is_none()
                && !self.control.is_as_before(level, &exchange.answer)
        };
        if let Some(id) = id {
            if is_live && self.control.ends_answered_calls_only {
                self.prober.poll_until_connected(&id, self.prober.settle).await;
            }
            if differs(self.control.level, &self.prober.plain(&id).await) {
                return true;
            }
        }
        self.control.unissued.is_some()
            && differs(ControlLevel::Synthetic, &self.prober.plain(&unissued()).await)
    }

    /// Whether plain requests of an attempt were answered otherwise than before the cases.
    fn seems_changed(&self, attempt: &Attempt) -> bool {
        let level = self.control.level_of(attempt);
        let differs = |role, level| {
            attempt.step(role).is_some_and(|step: &Step| {
                let answer = &step.exchange.answer;
                !answer.is_lost() && answer.put_off().is_none() && !self.control.is_as_before(level, answer)
            })
        };
        level != ControlLevel::Uncontrolled
            && attempt.changed_by.is_none()
            && (differs(Role::Opening, level)
                || differs(Role::Twin, level)
                || differs(Role::Unissued, ControlLevel::Synthetic))
    }

    /// Looks whether plain requests stay as they were after this case. Then the server is started again, or
    /// the cases that follow are judged by what it has become.
    async fn look_for_change(&self, case: &Case) {
        if !self.has_changed(&case.id).await {
            return;
        }
        if self.may_be_renewed.load(Ordering::SeqCst) {
            let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
            dead.get_or_insert(Death { case: case.id.to_string(), how: Lost::Changed });
        } else {
            let mut changed_by = self.changed_by.lock().unwrap_or_else(PoisonError::into_inner);
            changed_by.get_or_insert_with(|| case.id.to_string());
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

    /// Runs and judges a case, after the attempts before a restart; tells whether the target was left
    /// answering plain requests.
    async fn case(
        &self,
        case: &'static Case,
        opened: bool,
        before: Vec<Attempt>,
        connection: &mut LaneConnection,
    ) -> (Entry, bool) {
        if let Some(reason) = self.skip_reason(case) {
            return (Entry::unrun(&case.id, Judgement::skipped(reason)), opened);
        }
        let context = Context { case, control: self.control, grading: self.options.grading };
        let mut attempts = before;
        let mut opened = opened;
        let (mut put_off, mut waited) = (0, Duration::ZERO);
        let mut keeps = self.keeps_connections;
        loop {
            let alive = {
                let first = attempts.is_empty();
                let _beside = if first { Some(self.company.read().await) } else { None };
                let _alone = if first { None } else { Some(self.company.write().await) };
                if self.is_dead() && !first {
                    // It died while this one waited for its turn.
                    break;
                }
                let over = Some(&mut *connection).filter(|_| first && keeps);
                let mut attempt = self.attempt(case, attempts.len() + 1, opened, over).await;
                opened = self.leaves_open(&attempt);
                attempt.aftermath = self.look_after(case, &attempt).await;
                let alive = !matches!(attempt.aftermath, Some(Aftermath::Gone | Aftermath::Silent));
                attempts.push(attempt);
                alive
            };
            let was_kept = connection.was_used();
            let Some(last) = attempts.last() else { break };
            if let Some(answer) = last.put_off() {
                let pause = self.prober.line.wait_out(answer, put_off, waited).await;
                put_off += 1;
                let Some(pause) = pause.filter(|_| put_off < PUT_OFF) else { break };
                waited += pause;
                continue;
            }
            let tries = server_tries(context, &attempts);
            if was_kept && alive && (!tries.iter().all(is_unremarkable) || self.seems_changed(last)) {
                // It may be the doing of what went over the connection before. What counts is what is seen without.
                (keeps, opened) = (false, false);
                connection.close();
                attempts.pop();
                continue;
            }
            if is_line_lossy(&attempts, &tries) {
                self.lossy.store(true, Ordering::SeqCst);
            }
            if !alive || !self.wants_another(&tries) {
                break;
            }
        }
        if let (Some(part), Some(last)) = (case.growing, attempts.last_mut())
            && !self.is_dead()
            && answers_in_time(last)
        {
            // What runs beside it would cost time as well.
            let _alone = self.company.write().await;
            last.growth = growth(self.prober, part).await;
        }
        if !self.is_dead() && attempts.iter().any(|attempt| self.seems_changed(attempt)) {
            let _alone = self.company.write().await;
            self.look_for_change(case).await;
        }
        // Each of these cost the time of a whole timeout.
        let silent = |attempt: &Attempt| {
            attempt.steps.iter().any(|Step { exchange, .. }| {
                let is_silent =
                    matches!(exchange.answer, Answer::Silence(Silence::TimedOut | Silence::Unreachable));
                is_silent || exchange.line.unended
            })
        };
        if attempts.iter().any(silent) {
            self.watcher.heard(false);
        } else {
            self.watcher.heard(true);
        }
        let mut judgement = judge_server(context, &attempts);
        if self.in_other_spellings(context, &judgement, &mut attempts, &mut opened).await {
            judgement = judge_server(context, &attempts);
        }
        let evidence = Some(Evidence::Server(attempts));
        (Entry { evidence, ..Entry::unrun(&case.id, judgement) }, opened)
    }

    /// Whether a case is to be tried again after these tries.
    fn wants_another(&self, tries: &[Try]) -> bool {
        let (count, RunOptions { repeat, retries, .. }) = (tries.len(), self.options);
        let is_lossy = self.lossy.load(Ordering::SeqCst);
        calls_for_another(tries)
            || count < *repeat
            || (only_failed(tries) && count <= *retries)
            || (is_lossy && only_lost(tries) && count < TRIES_ON_A_LOSSY_LINE)
    }

    /// Sends a case in other spellings, and adds what goes further wrong there; false where it is not sent so.
    async fn in_other_spellings(
        &self,
        context: Context<'_>,
        judgement: &Judgement,
        attempts: &mut Vec<Attempt>,
        opened: &mut bool,
    ) -> bool {
        let Some(rows) = self.rows.as_ref().filter(|_| judgement.verdict.is_judged() && !self.is_dead())
        else {
            return false;
        };
        let changed_by = self.changed_by.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let given_once = self.control.level == ControlLevel::Given && self.reusable.is_none();
        let rows = rows.of(context.case);
        if rows.is_empty() || given_once || changed_by.is_some() {
            return false;
        }
        let _in_company = self.company.read().await;
        let run = |label: String| {
            let mut run = CaseRun::new(self.prober, self.control, self.reusable, context.case, 1);
            run.label = label;
            if self.without_effect.load(Ordering::SeqCst) {
                run.settle = Duration::ZERO;
            }
            run
        };
        let without_effect = &self.spelled_without_effect;
        let spelling = Spelling { context, plain: attempts, judgement, run, without_effect };
        // Boxed, because most runs need no room for it.
        let spelled = Box::pin(spelling.send(&rows)).await;
        *opened &= spelled.leaves_open;
        if let Some(first) = attempts.first_mut() {
            first.rows = Some(spelled.rows);
        }
        attempts.extend(spelled.attempts);
        true
    }

    /// Tries a case once; its plain requests go over this connection, if there is one.
    async fn attempt(
        &self,
        case: &'static Case,
        number: usize,
        opened: bool,
        connection: Option<&mut LaneConnection>,
    ) -> Attempt {
        let before = self.options.canary.as_ref().map(Canary::contacts);
        let mut run = CaseRun::new(self.prober, self.control, self.reusable, case, number);
        run.way = connection.map_or(Way::Own, Way::Kept);
        run.changed_by.clone_from(&self.changed_by.lock().unwrap_or_else(PoisonError::into_inner));
        if self.without_effect.load(Ordering::SeqCst) {
            run.settle = Duration::ZERO;
        }
        // Boxed, so that a lane is small where it waits.
        let mut attempt = Box::pin(run.attempt(opened)).await;
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
            _ if case.needs_wire() || (case.is_raw() && !self.prober.line.server().is_local()) => {
                self.prober.line.server().cannot_frame()
            }
            _ => None,
        }
    }

    /// Whether the last plain request of an attempt was answered as the control was.
    fn leaves_open(&self, attempt: &Attempt) -> bool {
        let Some(twin) = attempt.step(Role::Twin) else { return false };
        let is_as_before = |level, answer: &Answer| self.control.is_as_before(level, answer);
        let faults = attempt.step(Role::Unissued).map(|step| &step.exchange.answer);
        is_as_before(self.control.level_of(attempt), &twin.exchange.answer)
            && faults.is_none_or(|answer| is_as_before(ControlLevel::Synthetic, answer))
    }

    /// Looks at a server again after an attempt whose last request got no answer, and at one without a
    /// control after any that did.
    async fn look_after(&self, case: &Case, attempt: &Attempt) -> Option<Aftermath> {
        if !attempt.steps.last()?.exchange.answer.is_lost() {
            return None;
        }
        let mut how = Lost::Gone;
        let mut timed_out = 0;
        for _ in 0..3 {
            let exchange = self.prober.plain(&unissued()).await;
            if self.control.is_identical(ControlLevel::Synthetic, &exchange.answer) {
                return Some(Aftermath::Answers);
            }
            match exchange.answer {
                Answer::Http(_) => return Some(Aftermath::Answers),
                Answer::Silence(Silence::TimedOut) => {
                    // That may have been the doing of the network, once.
                    timed_out += 1;
                    if timed_out == TIME_OUTS {
                        how = Lost::Silent;
                        break;
                    }
                }
                Answer::Silence(_) => {}
            }
            sleep(RETRY_PAUSE).await;
        }
        let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
        dead.get_or_insert(Death { case: case.id.to_string(), how });
        Some(if how == Lost::Silent { Aftermath::Silent } else { Aftermath::Gone })
    }
}

/// Whether a try shows nothing that calls for another look.
fn is_unremarkable(each: &Try) -> bool {
    matches!(each.judgement.verdict, Verdict::Pass | Verdict::Note)
}
