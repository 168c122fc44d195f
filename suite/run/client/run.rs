//! Runs the cases for clients.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::ClientOptions;
use super::kept::HERE;
use super::listener::Listener;
use crate::catalogue::{ClientCase, Play, client_control_cases, life_control_cases};
use crate::evidence::{
    ClientCall, ClientControl, ClientControlStep, ClientEnd, ClientEvidence, ControlEvidence, Evidence,
    Subject,
};
use crate::judge::{
    Finding, client_problem, client_step_problem, client_tries, every_request, judge_client, only_failed,
};
use crate::mock::MockLimits;
use crate::record::{Entry, Record, Watcher};
use crate::run::begin::begun;
use crate::run::bounds::{Bounded, said_something};
use crate::run::clock::Clock;
use crate::run::done::Done;
use crate::run::end::end;
use crate::run::schedule::{Item, alone, side_by_side};
use crate::target::{Canary, ClientTarget};

/// Most clients that wait for something at the same time, beside those that do not.
const WAITING: usize = 8;

/// How long a contact of a watched address is waited for after a client ended.
const CANARY_GRACE: Duration = Duration::from_millis(100);

/// User and password for clients that send credentials. They guard nothing.
const CREDENTIALS: (&str, &str) = ("umspec-client", "for-the-listener-of-umspec-only");

/// Runs cases against a client and judges them.
///
/// # Errors
/// When no port can be had.
pub async fn run_client(
    client: ClientTarget,
    options: &ClientOptions,
    cases: &[&'static ClientCase],
    watcher: &dyn Watcher,
) -> std::io::Result<Record> {
    let clock = Clock::start();
    let watcher = &Bounded::new(watcher, options.bounds, clock);
    let runner = Runner::start(client, options, cases).await?;
    let control = watcher.in_time(runner.establish(cases)).await;
    let ended_early = if control.is_none() { watcher.why() } else { None };
    let control = control.unwrap_or_default();
    let problem = client_problem(&control);
    let every = every_request(&control, options.grading);
    let control = ControlEvidence::Client(control);
    let of = (Subject::Client, &*options.target, clock);
    let mut record = begun(of, options.grading, control, cases);
    record.options.clone_from(&options.again);
    record.shard.clone_from(&options.shard);
    watcher.begun(&record);
    let (done, ended_early) = match &problem {
        Some(_) => (BTreeMap::new(), ended_early),
        None => runner.all(options, cases, &every, watcher).await,
    };
    end(&mut record, done, ended_early, problem.as_deref(), (watcher, clock));
    Ok(record)
}

pub(super) struct Runner {
    client: ClientTarget,
    pub(super) listener: Listener,
    canary: Canary,
    time: Duration,
    /// Who holds it tries a case again.
    second_tries: Semaphore,
}

impl Runner {
    /// Starts to listen for these cases.
    ///
    /// # Errors
    /// When no port can be had.
    pub(super) async fn start(
        client: ClientTarget,
        options: &ClientOptions,
        cases: &[&'static ClientCase],
    ) -> std::io::Result<Self> {
        let canary = Canary::listen(([127, 0, 0, 1], 0).into()).await?;
        let limits = MockLimits { time: options.time * 2, ..MockLimits::default() };
        let listener = Listener::start(options.listen, Some(canary.address()), limits, cases, None).await?;
        Ok(Self { client, listener, canary, time: options.time, second_tries: Semaphore::new(1) })
    }

    /// Runs the client once in a case; how it ended, and its first lines on standard error.
    async fn run(&self, case: &ClientCase, time: Duration) -> (ClientEnd, Vec<String>) {
        let url = self.listener.url(&case.id);
        let (call_id, credentials) = (&*case.call_id, CREDENTIALS);
        let (end, mut complaints) =
            self.client.disconnect(&ClientCall { url: &url, call_id, credentials, time }).await;
        // The port is another one in each run.
        let here = self.listener.address().to_string();
        for line in &mut complaints {
            *line = line.replace(&here, HERE);
        }
        (end, complaints)
    }

    /// Tries a case as often as these say: what came, and what the client made of it.
    pub(super) async fn case(
        &self,
        case: &ClientCase,
        wants_another: impl Fn(&ClientEvidence) -> bool,
    ) -> (ClientEvidence, Vec<String>) {
        let (mut evidence, mut complaints) = self.try_once(case, self.time).await;
        while is_unsure(&evidence) || wants_another(&evidence) {
            // One at a time: where many programs start side by side, each of them is slow.
            let _turn = self.second_tries.acquire().await;
            self.listener.reset(&case.id);
            let time = if is_slow_to_start(&evidence) { SLOW_START * self.time } else { self.time };
            let (next, said) = self.try_once(case, time).await;
            let mut earlier = std::mem::take(&mut evidence.earlier);
            earlier.push(evidence);
            (evidence, complaints) = (ClientEvidence { earlier, ..next }, said);
        }
        (evidence, complaints)
    }

    async fn try_once(&self, case: &ClientCase, time: Duration) -> (ClientEvidence, Vec<String>) {
        let before = self.canary.contacts();
        let (mut end, mut complaints) = self.run(case, time).await;
        if runs_twice(case) && end == ClientEnd::Disconnected {
            (end, complaints) = self.run(case, time).await;
        }
        if case.names_canary {
            tokio::time::sleep(CANARY_GRACE).await;
        }
        let contacted = case.names_canary && self.canary.contacts() > before;
        let requests = self.listener.requests(&case.id);
        (ClientEvidence { requests, end: Some(end), contacted, earlier: Vec::new() }, complaints)
    }

    /// Finds out whether the client tells success from a fault, and asks for the call that it was given.
    pub(super) async fn establish(&self, cases: &[&'static ClientCase]) -> ClientControl {
        let only_life = !cases.is_empty() && cases.iter().all(|case| case.is_life());
        let plan: Vec<&'static ClientCase> =
            if only_life { life_control_cases() } else { client_control_cases().iter().collect() };
        let mut control = self.control(&plan).await;
        // A client that knows `Content-Type` but no `content-type` can read an answer all the same.
        if client_problem(&control).is_some() && control.steps.len() == 1 {
            self.listener.title_names(true);
            let titled = self.control(&plan).await;
            if client_problem(&titled).is_none() {
                return ClientControl { in_small_letters: control.steps.pop(), ..titled };
            }
            self.listener.title_names(false);
        }
        control
    }

    /// Puts the client to the cases of the control.
    async fn control(&self, plan: &[&'static ClientCase]) -> ClientControl {
        let mut control = ClientControl::default();
        for &case in plan {
            self.listener.put(Cow::Borrowed(case));
            let (evidence, _) = self.case(case, |_| false).await;
            self.listener.reset(&case.id);
            let step = ClientControlStep { case: case.id.to_string(), evidence };
            // The first thing that goes wrong is enough.
            let wrong = client_step_problem(&step).is_some();
            control.steps.push(step);
            if wrong {
                break;
            }
        }
        control
    }

    /// Those that wait run beside the others; those that name the watched address go one after the other:
    /// a contact must have one of them to blame.
    async fn all(
        &self,
        options: &ClientOptions,
        cases: &[&'static ClientCase],
        every: &[Finding],
        watcher: &Bounded<'_>,
    ) -> (BTreeMap<usize, Done>, Option<String>) {
        let work = async |(): &mut (), item: Item| {
            if watcher.stopped() {
                return None;
            }
            let case = cases[item.index];
            let began = Clock::start();
            watcher.started(&case.id);
            let wants_another = |evidence: &ClientEvidence| {
                let count = evidence.tries().count();
                let fails = || only_failed(&client_tries(case, evidence, every, options.grading));
                count < options.repeat || (count <= options.retries && fails())
            };
            let (evidence, complaints) = watcher.in_time(self.case(case, wants_another)).await?;
            let judgement = judge_client(case, &evidence, every, options.grading);
            let evidence = Evidence::Client(evidence);
            // One whose answer does not end has reason to be still at it.
            if !case.waits {
                watcher.heard(said_something(&evidence));
            }
            let entry = Entry::run(&case.id, judgement, evidence).complaining(complaints);
            Some(watcher.finish(entry, began))
        };
        let of =
            |wanted: fn(&ClientCase) -> bool| (0..cases.len()).filter(move |&index| wanted(cases[index]));
        let waiting = alone(of(|case| case.waits && !case.names_canary));
        let mut others = vec![of(|case| case.names_canary).collect()];
        others.extend(alone(of(|case| !case.waits && !case.names_canary)));
        let lanes = |count: usize| vec![(); count];
        let ((mut done, _), (more, _)) = futures_util::future::join(
            side_by_side(&waiting, lanes(WAITING), &work),
            side_by_side(&others, lanes(options.jobs.max(1)), &work),
        )
        .await;
        done.extend(more);
        let ended_early = watcher.why().filter(|_| done.len() < cases.len());
        (done, ended_early)
    }
}

/// How many times its time a client has in which nothing came of it before: a program that a busy machine starts slowly
/// is no client that hangs.
const SLOW_START: u32 = 4;

fn is_slow_to_start(evidence: &ClientEvidence) -> bool {
    evidence.end == Some(ClientEnd::Hung) && evidence.requests.is_empty()
}

/// Whether a client broke off or did not end in the only try so far, which may have been the doing of the machine.
fn is_unsure(evidence: &ClientEvidence) -> bool {
    evidence.earlier.is_empty() && evidence.is_broken()
}

fn runs_twice(case: &ClientCase) -> bool {
    match &case.play {
        Play::Twice => true,
        Play::Life(life) => life.ids.len() > 1,
        Play::Answers(_) | Play::Illegal => false,
    }
}
