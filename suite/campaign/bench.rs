//! The server under test as a campaign meets it: groups of inputs one after the other on a kept connection and
//! one call, and single inputs between plain requests on connections of their own.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::group::{Flag, GroupSeen};
use super::label::Label;
use super::probe::{Probe, Seen, Shown, lean_attempt, written};
use super::signature::signature;
use crate::catalogue::{Case, Needs};
use crate::evidence::{
    Aftermath, Answer, Attempt, CallStatus, Exchange, Role, ServerControl, Silence, Step, observe,
};
use crate::judge::{Control, ControlLevel, Grading, Judgement};
use crate::message::{Draft, Edit, Framing, HttpRequest};
use crate::protocol::Operation;
use crate::run::CallSource;
use crate::run::server::{CaseRun, Established, Prober, establish_spelled, unissued};
use crate::target::Kept;

/// Inputs of a group: after each of them the plain request is looked at again.
pub(super) const GROUP: usize = 16;

/// Longest time given to a call to end within a sequence.
const SETTLE: Duration = Duration::from_secs(5);

/// The server under test.
#[expect(clippy::struct_excessive_bools, reason = "what was seen of a server")]
pub(super) struct Bench {
    pub(super) prober: Prober,
    pub(super) evidence: ServerControl,
    pub(super) control: Control,
    reusable: Option<String>,
    pub(super) grading: Grading,
    /// Whether credentials go with requests.
    credentials: bool,
    /// Whether a connection that lies idle keeps others from being served, so that none is kept.
    pub(super) one_by_one: bool,
    /// Whether a second request was seen to go over the connection of the first.
    pub(super) keeps: bool,
    /// Whether it answers as a server of HTTP/1.0, which knows neither chunks nor 100 Continue.
    pub(super) is_old: bool,
    /// Numbers names of calls.
    next: AtomicU64,
    /// Whether a success was seen to end nothing in the time given: there is no use in waiting for each.
    without_effect: AtomicBool,
}

impl Bench {
    /// Finds out what a server makes of plain requests.
    pub(super) async fn establish(
        mut prober: Prober,
        calls: &CallSource,
        grading: Grading,
        credentials: bool,
        longest: Option<Duration>,
    ) -> Self {
        let origin = calls.origin();
        let work = Box::pin(establish_spelled(&mut prober, origin));
        let established = match longest {
            Some(longest) => tokio::time::timeout(longest, work).await.ok(),
            None => Some(work.await),
        };
        let established = established.unwrap_or_else(|| Established::nothing(origin));
        let control = Control::of(&established.evidence);
        let without_effect = AtomicBool::new(control.without_effect);
        Self {
            prober,
            evidence: established.evidence,
            control,
            reusable: established.reusable,
            grading,
            credentials,
            one_by_one: false,
            keeps: false,
            is_old: false,
            next: AtomicU64::new(0),
            without_effect,
        }
    }

    /// The same server, of which is found out again what it makes of plain requests.
    pub(super) async fn again(self, calls: &CallSource) -> Self {
        let (grading, credentials) = (self.grading, self.credentials);
        let (one_by_one, keeps, is_old, next) = (self.one_by_one, self.keeps, self.is_old, self.next);
        let renewed = Self::establish(self.prober, calls, grading, credentials, None).await;
        Self { one_by_one, keeps, is_old, next, ..renewed }
    }

    /// Why a case cannot be put to this server at all, if it cannot.
    pub(super) fn cannot(&self, case: &Case) -> bool {
        let live = self.control.level == ControlLevel::Live;
        let server = self.prober.line.server();
        let unmet = match case.needs {
            Needs::Canary => true,
            Needs::Credentials => !self.credentials,
            Needs::LiveCall => !live && self.reusable.is_none(),
            Needs::CallState => !live || !(self.control.states || self.control.knows_no_id),
            Needs::Nothing => false,
        };
        let misspelled = case.misspelling().and_then(|misspelling| server.cannot_misspell(misspelling));
        unmet
            || misspelled.is_some()
            || (self.is_old && case.edits().is_some_and(|edits| edits.iter().any(is_of_http_1_1)))
            || ((case.needs_wire() || (case.is_raw() && !server.is_local()))
                && server.cannot_frame().is_some())
    }

    /// A name for a call that no other has.
    pub(super) fn name(&self) -> String {
        format!("fuzz/{}", self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Sends an input between plain requests on connections of their own, and looks at the call before and after.
    pub(super) async fn full(&self, label: &Label, name: &str) -> Attempt {
        let named = label.named(name);
        let reusable = self.reusable.as_deref();
        let mut run = CaseRun::new(&self.prober, &self.control, reusable, named.case(), 1);
        if self.without_effect.load(Ordering::Relaxed) {
            run.settle = Duration::ZERO;
        } else if label.case().edits().is_none() {
            // It may look at many calls.
            run.settle = run.settle.min(SETTLE);
        }
        let mut attempt = run.attempt(false).await;
        let claims = |step: &Step| observe(&step.exchange.answer).outcome.claims_success();
        let is_up = |step: &Step| CallStatus::of(&step.exchange.answer) == Some(CallStatus::Up);
        if attempt.step(Role::Mutant).is_some_and(claims) && attempt.step(Role::After).is_some_and(is_up) {
            self.without_effect.store(true, Ordering::Relaxed);
        }
        if attempt.steps.last().is_some_and(|step| step.exchange.answer.is_lost()) {
            attempt.aftermath = Some(self.aftermath().await);
        }
        attempt
    }

    /// What is found when the server is looked at again.
    pub(super) async fn aftermath(&self) -> Aftermath {
        let mut found = Aftermath::Gone;
        for pause in [0, 100, 400] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            match self.prober.plain(&unissued()).await.answer {
                Answer::Http(_) => return Aftermath::Answers,
                Answer::Silence(Silence::TimedOut) => return Aftermath::Silent,
                Answer::Silence(_) => found = Aftermath::Gone,
            }
        }
        found
    }

    /// The judgement of an attempt by itself.
    pub(super) fn judge(&self, label: &Label, attempt: Attempt) -> Judgement {
        label.judge(&self.control, self.grading, &[attempt])
    }

    /// Sends an input once, on a connection of its own, after nothing but the placing of its call.
    pub(super) async fn lean(&self, label: &Label) -> Judgement {
        let mut lane = Lane::new(self.name());
        let Some(id) = lane.call(self, false).await else { return Judgement::not_judged("no call") };
        let exchange = self.prober.line.exchange(&written(&self.prober, label.case(), &id)).await;
        let up = self.is_live() && !observe(&exchange.answer).outcome.claims_success();
        let judgement = self.judge(label, lean_attempt(self.control.level, exchange));
        if up {
            self.prober.plain(&id).await;
        }
        judgement
    }

    /// Whether an input is answered as the plain request is, on a connection of its own.
    pub(super) async fn is_like_plain(&self, label: &Label) -> bool {
        let mut lane = Lane::new(self.name());
        let Some(id) = lane.call(self, false).await else { return false };
        let exchange = self.prober.line.exchange(&written(&self.prober, label.case(), &id)).await;
        let like_plain = self.control.is_as_before(self.control.level, &exchange.answer);
        if self.is_live() && !observe(&exchange.answer).outcome.claims_success() {
            self.prober.plain(&id).await;
        }
        like_plain
    }

    fn is_live(&self) -> bool {
        self.control.level == ControlLevel::Live
    }

    /// Sends a group of inputs one after the other, on one connection and one call as far as that goes. `name`
    /// names its calls, so that their ids do not depend on what runs beside it.
    ///
    /// With `renewable` it ends where the server is seen to be gone: it is started again, and sent the rest later.
    pub(super) async fn group(&self, probes: &[Probe], name: String, renewable: bool) -> GroupSeen {
        let mut lane = Lane::new(name);
        let mut seen = Vec::with_capacity(probes.len());
        for probe in probes {
            let one = self.one(&mut lane, probe).await;
            let is_lost = one.as_ref().is_some_and(Seen::is_lost);
            seen.push(one);
            if renewable
                && is_lost
                && let Some(flag) = self.gone().await
            {
                return GroupSeen { seen, flag: Some(flag), died: true };
            }
        }
        let flag = self.look(&mut lane).await;
        let died = renewable && matches!(flag, Some(Flag::Gone | Flag::Silent));
        GroupSeen { seen, flag, died }
    }

    async fn one(&self, lane: &mut Lane, probe: &Probe) -> Option<Seen> {
        let case = probe.label.case();
        if case.edits().is_none() {
            let attempt = self.full(&probe.label, &lane.name()).await;
            let answer = attempt.steps.iter().rev().find(|step| step.role == Role::Turn)?;
            let signature = signature(&answer.exchange.answer, Duration::ZERO);
            let shown = Shown::all(&self.judge(&probe.label, attempt));
            return Some(Seen { signature, witnesses: String::new(), like_plain: false, shown });
        }
        let id = lane.call(self, true).await?;
        let request = written(&self.prober, case, &id);
        let began = Instant::now();
        let exchange = self.send(&mut lane.kept, &request).await;
        // A server in this process takes the time of this process.
        let took = if self.prober.line.server().is_local() { Duration::ZERO } else { began.elapsed() };
        if exchange.answer.put_off().is_some() {
            return None;
        }
        let signature = signature(&exchange.answer, took);
        let outcome = observe(&exchange.answer).outcome;
        let claims = outcome.claims_success();
        lane.refused &= outcome.is_refusal();
        let like_plain = self.control.is_as_before(self.control.level, &exchange.answer);
        let mut attempt = lean_attempt(self.control.level, exchange);
        if claims && self.tells_effect(probe) {
            let draft = Draft::plain(Operation::GetCallInfo, vec!["{id}".to_owned()]);
            let info = self.send(&mut lane.kept, &draft.write(&self.prober.ids(&id, &id))).await;
            attempt.steps.push(Step { role: Role::After, turn: None, exchange: info });
        }
        let judgement = self.judge(&probe.label, attempt);
        let shown = Shown::all(&judgement);
        if claims {
            lane.call = None;
        } else if !outcome.is_refusal() && self.is_live() {
            // What became of the call is not known; whatever it was, the next request has another one.
            lane.call = None;
            self.prober.plain(&id).await;
        }
        Some(Seen { signature, witnesses: String::new(), like_plain, shown })
    }

    /// Whether a success is followed by a look at the call: of several edits together always, as nobody has looked at
    /// them before.
    fn tells_effect(&self, probe: &Probe) -> bool {
        self.is_live()
            && self.control.states
            && !self.without_effect.load(Ordering::Relaxed)
            && probe.label.is_positive()
            && probe.input.size() > 1
    }

    /// The plain requests after a group: whether everything is as before.
    async fn look(&self, lane: &mut Lane) -> Option<Flag> {
        if self.is_live()
            && self.control.states
            && lane.refused
            && let Some(id) = &lane.call
        {
            let draft = Draft::plain(Operation::GetCallInfo, vec!["{id}".to_owned()]);
            let info = self.send(&mut lane.kept, &draft.write(&self.prober.ids(id, id))).await;
            if CallStatus::of(&info.answer) == Some(CallStatus::Ended) {
                return Some(Flag::Ended);
            }
        }
        let level = self.control.level;
        if let Some(id) = lane.call(self, true).await {
            lane.call = None;
            let plain = Draft::disconnect(&[]).write(&self.prober.ids(&id, &id));
            let answer = self.send(&mut lane.kept, &plain).await.answer;
            if let Some(flag) = self.differs(level, &answer).await {
                return Some(flag);
            }
        } else if self.is_live() {
            return self.gone().await.or(Some(Flag::Changed));
        }
        if level != ControlLevel::Synthetic && self.control.unissued.is_some() {
            let id = unissued();
            let plain = Draft::disconnect(&[]).write(&self.prober.ids(&id, &id));
            let answer = self.send(&mut lane.kept, &plain).await.answer;
            return self.differs(ControlLevel::Synthetic, &answer).await;
        }
        None
    }

    async fn differs(&self, level: ControlLevel, answer: &Answer) -> Option<Flag> {
        if self.control.is_as_before(level, answer) || answer.put_off().is_some() {
            return None;
        }
        if matches!(answer, Answer::Http(http) if http.status == 401) {
            return Some(Flag::Unauthorized);
        }
        if answer.is_lost() {
            return self.gone().await.or(Some(Flag::Changed));
        }
        Some(Flag::Changed)
    }

    /// Whether it is gone, or no longer answers.
    pub(super) async fn gone(&self) -> Option<Flag> {
        match self.aftermath().await {
            Aftermath::Gone => Some(Flag::Gone),
            Aftermath::Silent => Some(Flag::Silent),
            Aftermath::Answers => None,
        }
    }

    /// Whether plain requests are answered otherwise than before, on connections of their own.
    pub(super) async fn has_changed(&self) -> bool {
        let mut lane = Lane::new(self.name());
        let differs =
            |level, answer: &Answer| answer.put_off().is_none() && !self.control.is_as_before(level, answer);
        let Some(id) = lane.call(self, false).await else { return self.is_live() };
        if differs(self.control.level, &self.prober.plain(&id).await.answer) {
            return true;
        }
        self.control.unissued.is_some()
            && differs(ControlLevel::Synthetic, &self.prober.plain(&unissued()).await.answer)
    }

    pub(super) async fn send(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        if self.one_by_one {
            return self.prober.line.exchange(request).await;
        }
        self.prober.line.exchange_kept(kept, request).await
    }
}

/// Whether a server of HTTP/1.0 need not know it.
fn is_of_http_1_1(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Framing(Framing::Held | Framing::Chunked(_) | Framing::ChunkedAs(_) | Framing::Coded(..))
    )
}

/// What goes on from one input of a group to the next.
struct Lane {
    kept: Kept,
    call: Option<String>,
    /// Whether every request for the call was refused.
    refused: bool,
    /// What its calls are named by.
    prefix: String,
    next: usize,
}

impl Lane {
    fn new(prefix: String) -> Self {
        Self { kept: Kept::default(), call: None, refused: true, prefix, next: 0 }
    }

    fn name(&mut self) -> String {
        self.next += 1;
        format!("{}.{}", self.prefix, self.next)
    }

    /// The id that the next request is about: of a call that is up, as far as is known, where there can be one.
    async fn call(&mut self, bench: &Bench, keep: bool) -> Option<String> {
        if !bench.is_live() {
            return bench.reusable.clone().or_else(|| Some(unissued()));
        }
        if let Some(id) = &self.call {
            return Some(id.clone());
        }
        let name = self.name();
        let id = bench.prober.place(Operation::PlayOnPhone, &name).await.id?;
        if bench.control.ends_answered_calls_only {
            bench.prober.poll_until_connected(&id, bench.prober.settle).await;
        }
        self.refused = true;
        self.call = Some(id.clone()).filter(|_| keep);
        Some(id)
    }
}
