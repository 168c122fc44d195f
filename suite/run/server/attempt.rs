//! One run of a case: its plan by control level, request by request.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use super::line::Line;
use super::prober::{Prober, unissued};
use super::way::Way;
use crate::catalogue::{Act, Case, Expect, Needs, Slot, Stimulus, Turn};
use crate::evidence::{Attempt, CallIds, CallStatus, Contrast, Exchange, Role, Step, observe};
use crate::judge::{Control, ControlLevel, Signature};
use crate::message::{Draft, HttpRequest, Ids, charset_of, read_request};
use crate::protocol::{FaultCode, Operation, Outcome};

/// Time between the bytes of a slow sender.
const DRIP: Duration = Duration::from_millis(20);

/// Time given to slow senders to get hold of the server before the plain request.
const HEAD_START: Duration = Duration::from_millis(20);

/// Most contrasts of one request.
const MAX_CONTRASTS: usize = 2;

/// Pauses before a call is asked for again that was not given: a server of one line may still be busy with
/// ending the call before.
const LINE_BUSY: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];

/// Runs a case once.
pub(crate) struct CaseRun<'a> {
    pub(crate) prober: &'a Prober,
    pub(crate) control: &'a Control,
    /// A given id that can be used again and again.
    pub(crate) reusable: Option<&'a str>,
    pub(crate) case: &'a Case,
    /// Names the calls of this attempt.
    pub(crate) label: String,
    /// Longest time given to a call to end after a success.
    pub(crate) settle: Duration,
    /// The case after which the server was seen to have changed for good, if it was.
    pub(crate) changed_by: Option<String>,
    /// What its plain requests go over. What the case is about has a connection of its own.
    pub(crate) way: Way<'a>,
    steps: Vec<Step>,
}

impl<'a> CaseRun<'a> {
    pub(crate) fn new(
        prober: &'a Prober,
        control: &'a Control,
        reusable: Option<&'a str>,
        case: &'a Case,
        attempt: usize,
    ) -> Self {
        Self {
            prober,
            control,
            reusable,
            case,
            label: format!("{}#{attempt}", case.id),
            settle: prober.settle,
            changed_by: None,
            way: Way::Own,
            steps: Vec::new(),
        }
    }

    /// Runs it. `opened` says that the case before left the target answering plain requests.
    pub(crate) async fn attempt(mut self, opened: bool) -> Attempt {
        let mut level = self.control.level;
        let mut opened = opened;
        let mut given = None;
        match level {
            ControlLevel::Given if self.reusable.is_none() => {
                given = self.prober.calls.next_given();
                if given.is_none() {
                    level = ControlLevel::Synthetic;
                } else {
                    // A single-use id cannot be spent on a question beforehand; the twin after the
                    // mutant shows that it was live.
                    opened = true;
                }
            }
            ControlLevel::Uncontrolled => {
                if self.case.class.is_negative()
                    && let Some(draft) = self.case.draft()
                {
                    let id = unissued();
                    let exchange = self.prober.send(&draft, &id).await;
                    self.push(Role::Mutant, exchange);
                }
                return self.finish(level, false);
            }
            _ => {}
        }
        if !self.can_be_judged(level) {
            return self.finish(level, opened);
        }
        if !opened || self.changed_by.is_some() {
            opened = self.open(level).await;
            if !opened {
                return self.finish(level, false);
            }
        }
        match &self.case.stimulus {
            Stimulus::Request(_) => self.request(level, given).await,
            Stimulus::Sequence(turns) => self.sequence(level, turns).await,
        }
        self.look_at_faults(level, Role::Unissued).await;
        self.finish(level, opened)
    }

    pub(super) fn finish(self, level: ControlLevel, opened: bool) -> Attempt {
        let ids = match level {
            ControlLevel::Live => CallIds::Fresh,
            ControlLevel::Given => CallIds::Given,
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => CallIds::Unissued,
        };
        Attempt { changed_by: self.changed_by, ..Attempt::new(ids, opened, self.steps) }
    }

    pub(super) fn can_be_judged(&self, level: ControlLevel) -> bool {
        match self.case.needs {
            Needs::LiveCall => matches!(level, ControlLevel::Live | ControlLevel::Given),
            Needs::CallState => {
                level == ControlLevel::Live && (self.control.states || self.control.knows_no_id)
            }
            Needs::Canary | Needs::Credentials | Needs::Nothing => true,
        }
    }

    pub(super) fn push(&mut self, role: Role, exchange: Exchange) {
        self.steps.push(Step { role, turn: None, exchange });
    }

    /// An id for a plain request at this level: a fresh call where there can be one.
    pub(super) async fn fresh(&mut self, level: ControlLevel, name: &str) -> Option<String> {
        match level {
            ControlLevel::Live => {
                let mut id = self.place(name).await;
                for (again, pause) in LINE_BUSY.into_iter().enumerate() {
                    let lost = self.steps.last().is_none_or(|step| step.exchange.answer.is_lost());
                    if id.is_some() || lost || self.settle.is_zero() {
                        break;
                    }
                    sleep(pause).await;
                    id = self.place(&format!("{name}/{again}")).await;
                }
                if let Some(id) = id.as_ref().filter(|_| self.control.ends_answered_calls_only) {
                    self.prober.poll_until_connected(id, self.settle).await;
                }
                id
            }
            ControlLevel::Given => self.reusable.map(str::to_owned),
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => Some(unissued()),
        }
    }

    async fn place(&mut self, name: &str) -> Option<String> {
        let label = format!("{}/{name}", self.label);
        let placed = self.prober.place_over(&mut self.way, Operation::PlayOnPhone, &label).await;
        if let Some(exchange) = placed.exchange {
            self.push(Role::Place, exchange);
        }
        placed.id
    }

    async fn open(&mut self, level: ControlLevel) -> bool {
        let Some(id) = self.fresh(level, "opening").await else { return false };
        let exchange = self.prober.plain_over(&mut self.way, &id).await;
        let works = if self.changed_by.is_some() {
            // As before it will not be. What it is now is good enough if it may be a plain answer at all.
            let now = Signature::of(&exchange.answer);
            now.may_be_plain() && (level != ControlLevel::Live || now.outcome == Outcome::Ok)
        } else {
            self.control.is_as_before(level, &exchange.answer)
        };
        self.push(Role::Opening, exchange);
        if works && self.changed_by.is_some() {
            self.look_at_faults(level, Role::OpeningUnissued).await;
        }
        works
    }

    /// Where the plain request is answered by a success, a request with an unknown id shows whether faults
    /// are as before.
    async fn look_at_faults(&mut self, level: ControlLevel, role: Role) {
        let shows_none = matches!(level, ControlLevel::Synthetic | ControlLevel::Uncontrolled);
        let lost = self.steps.last().is_none_or(|step| step.exchange.answer.is_lost());
        let [_, known] = &self.control.plain_answers;
        if !shows_none && !lost && known.as_ref().is_some_and(|answer| !answer.is_lost()) {
            let exchange = self.prober.plain_over(&mut self.way, &unissued()).await;
            self.push(role, exchange);
        }
    }

    /// Ends a call that is still up. That is the twin as well, unless the call is over by now: then the right
    /// answer to it says nothing of the server. Whether there is no need of another twin.
    async fn hang_up(&mut self, level: ControlLevel, id: &str) -> bool {
        let exchange = self.prober.plain_over(&mut self.way, id).await;
        let seen = self.steps.last().filter(|step| step.role == Role::After);
        let is_over = match seen.and_then(|step| CallStatus::of(&step.exchange.answer)) {
            Some(status) => status == CallStatus::Ended,
            None => observe(&exchange.answer).outcome == Outcome::Fault(FaultCode::InvalidCallId),
        };
        let is_twin =
            !is_over || exchange.answer.is_lost() || self.control.is_as_before(level, &exchange.answer);
        self.push(if is_twin { Role::Twin } else { Role::HangUp }, exchange);
        is_twin
    }

    async fn request(&mut self, level: ControlLevel, given: Option<String>) {
        let Some(edits) = self.case.edits() else { return };
        let draft = Draft::disconnect(edits);
        let spent = given.is_some();
        let id = match given {
            Some(id) => Some(id),
            None => self.fresh(level, "mutant").await,
        };
        let Some(id) = id else { return };
        let states = self.control.states && level == ControlLevel::Live;
        if states {
            let before = self.prober.call_info_over(&mut self.way, &id).await;
            self.push(Role::Before, before);
        }
        let exchange = self.prober.send(&draft, &id).await;
        let outcome = observe(&exchange.answer).outcome;
        if exchange.answer.is_lost() {
            self.way.close();
        }
        self.push(Role::Mutant, exchange);
        if states {
            let after = if outcome.claims_success() && !self.case.class.is_negative() {
                self.prober.poll_until_ended_over(&mut self.way, &id, self.settle).await
            } else {
                self.prober.call_info_over(&mut self.way, &id).await
            };
            self.push(Role::After, after);
        }
        // A call that the mutant was not to end, or was refused to, would ring on.
        let live = level == ControlLevel::Live;
        let is_over = outcome.claims_success() && self.case.class.is_positive();
        let (mut left_up, again) = if live { ((!is_over).then_some(id), None) } else { (None, Some(id)) };
        if self.case.class.is_positive() {
            if let Some(id) = left_up.take() {
                // Before the next call: there are servers of one line.
                self.hang_up(level, &id).await;
            }
            for contrast in self.contrasts(&draft) {
                if let Some(id) = left_up.take() {
                    self.hang_up(level, &id).await;
                }
                let id = if spent { Some(unissued()) } else { self.fresh(level, "contrast").await };
                let Some(id) = id else { break };
                let edits = [contrast.edit()];
                let exchange = self.prober.send(&draft.clone().and(&edits), &id).await;
                // A contrast that was taken for a valid request has used up its call.
                let used = observe(&exchange.answer).outcome.claims_success();
                self.push(Role::Contrast, exchange);
                left_up = (live && !used).then_some(id);
                if !used {
                    break;
                }
            }
        }
        if spent && outcome.claims_success() {
            // A single-use id is gone with the success.
            return;
        }
        if let Some(id) = left_up
            && self.hang_up(level, &id).await
        {
            return;
        }
        // The plain request has a call of its own: what is left of another one would speak for the mutant.
        let twin = match again {
            Some(id) => Some(id),
            None => self.fresh(level, "twin").await,
        };
        if let Some(id) = twin {
            let exchange = self.prober.plain_over(&mut self.way, &id).await;
            self.push(Role::Twin, exchange);
        }
    }

    /// How a legal spelling is made malformed, to see it refused: as the control was, and where that is taken for
    /// a valid request, or makes none malformed, in another way. A server that stops reading at the end tag of
    /// Envelope does not see that a comment behind it is cut, and in a document that declares its namespaces
    /// elsewhere a declaration on Disconnect changes nothing.
    fn contrasts(&self, draft: &Draft<'_>) -> impl Iterator<Item = Contrast> + use<> {
        let known = self.control.contrast;
        let others = [Contrast::MissingCallId, Contrast::WrongNamespace, Contrast::OtherText];
        let others = others.into_iter().filter(|other| known.is_some_and(|known| known != *other));
        let read = |request: HttpRequest| {
            let charset = request.header("content-type").and_then(charset_of);
            read_request(&request.body, charset.as_deref()).ok()
        };
        let ids = Ids::default();
        let whole = read(draft.write(&ids));
        let breaks = |contrast: &Contrast| {
            let broken = read(draft.clone().and(&[contrast.edit()]).write(&ids));
            broken.is_none() || broken != whole
        };
        known.into_iter().chain(others).filter(breaks).take(MAX_CONTRASTS).collect::<Vec<_>>().into_iter()
    }

    async fn sequence(&mut self, level: ControlLevel, turns: &[Turn]) {
        // Several connections at once, or one that is kept, are what it may be about.
        self.way.close();
        let mut ids: BTreeMap<Slot, String> = BTreeMap::new();
        let mut over: BTreeSet<Slot> = BTreeSet::new();
        let mut all_placed = true;
        for (index, turn) in turns.iter().enumerate() {
            let exchanges = self.turn(index, turn, &mut ids).await;
            over.extend(ended_by(turn, &exchanges));
            let step = |exchange| Step { role: Role::Turn, turn: Some(index), exchange };
            self.steps.extend(exchanges.into_iter().map(step));
            if let Act::Place(slot, _) = &turn.act
                && !ids.contains_key(slot)
            {
                // Without its call the sequence cannot go on; the step says why.
                all_placed = false;
                break;
            }
        }
        for (_, id) in ids.iter().filter(|(slot, _)| !over.contains(slot)) {
            if self.steps.last().is_some_and(|step| step.exchange.answer.is_lost()) {
                break;
            }
            let exchange = self.prober.plain(id).await;
            self.push(Role::HangUp, exchange);
        }
        if !all_placed {
            return;
        }
        if let Some(id) = self.fresh(level, "twin").await {
            let exchange = self.prober.plain_over(&mut self.way, &id).await;
            self.push(Role::Twin, exchange);
        }
    }

    /// The exchanges of a turn.
    async fn turn(&self, index: usize, turn: &Turn, ids: &mut BTreeMap<Slot, String>) -> Vec<Exchange> {
        let prober = self.prober;
        let id = |slot: &Slot| ids.get(slot).cloned().unwrap_or_else(unissued);
        let both = |slot: &Slot| {
            let other = if *slot == Slot::A { Slot::B } else { Slot::A };
            prober.ids(&id(slot), &id(&other))
        };
        match &turn.act {
            Act::Place(slot, operation) => {
                let placed = prober.place(*operation, &format!("{}/{index}", self.label)).await;
                if let Some(id) = placed.id {
                    ids.insert(*slot, id);
                }
                // A call of a command leaves no exchange, and its turn nothing to judge.
                placed.exchange.into_iter().collect()
            }
            Act::CallInfo(slot) if turn.expect == Expect::Ended => {
                vec![prober.poll_until_ended(&id(slot), self.settle).await]
            }
            Act::CallInfo(slot) => vec![prober.call_info(&id(slot)).await],
            Act::CallInfoOf(text) => vec![prober.call_info(text).await],
            Act::Send(slot, edits) => {
                vec![prober.line.exchange(&Draft::disconnect(edits).write(&both(slot))).await]
            }
            Act::Together(sends) => {
                let requests: Vec<_> =
                    sends.iter().map(|(slot, edits)| Draft::disconnect(edits).write(&both(slot))).collect();
                together(&prober.line, &requests).await
            }
            Act::OneConnection(sends) => {
                let requests: Vec<_> = sends
                    .iter()
                    .map(|(slot, edits, _)| Draft::disconnect(edits).write(&both(slot)))
                    .collect();
                prober.line.server().converse(&requests).await
            }
            Act::AmongSlowSenders(count, slot) => {
                let dripped = Draft::disconnect(&[]).write(&prober.ids(&unissued(), &unissued()));
                let plain = Draft::disconnect(&[]).write(&both(slot));
                let drips = (0..*count).map(|_| prober.line.server().drip(&dripped, DRIP));
                let drips = join_all(drips);
                let exchange = async {
                    sleep(HEAD_START).await;
                    prober.line.exchange(&plain).await
                };
                tokio::pin!(drips, exchange);
                tokio::select! {
                    exchange = &mut exchange => vec![exchange],
                    _ = &mut drips => vec![exchange.await],
                }
            }
        }
    }
}

async fn together(line: &Line, requests: &[HttpRequest]) -> Vec<Exchange> {
    join_all(requests.iter().map(|request| line.exchange(request))).await
}

/// The calls that were seen to end in a turn.
fn ended_by(turn: &Turn, exchanges: &[Exchange]) -> Vec<Slot> {
    let seen = |slot: &Slot, exchange: &Exchange| {
        observe(&exchange.answer).outcome.claims_success().then_some(*slot)
    };
    let first =
        |slot: &Slot| exchanges.first().and_then(|exchange| seen(slot, exchange)).into_iter().collect();
    match &turn.act {
        Act::AmongSlowSenders(_, slot) | Act::Send(slot, _) => first(slot),
        Act::CallInfo(slot) => {
            let is_over = |exchange: &&Exchange| CallStatus::of(&exchange.answer) == Some(CallStatus::Ended);
            exchanges.first().filter(is_over).map(|_| *slot).into_iter().collect()
        }
        Act::OneConnection(sends) => {
            sends.iter().zip(exchanges).filter_map(|((slot, ..), exchange)| seen(slot, exchange)).collect()
        }
        Act::Together(sends) => {
            sends.iter().zip(exchanges).filter_map(|((slot, _), exchange)| seen(slot, exchange)).collect()
        }
        Act::CallInfoOf(_) | Act::Place(..) => Vec::new(),
    }
}
