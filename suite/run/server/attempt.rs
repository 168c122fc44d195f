//! One run of a case: its plan by control level, request by request.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use super::prober::{Prober, unissued};
use crate::catalogue::{Act, Case, Expect, Needs, Slot, Stimulus, Turn};
use crate::evidence::{Attempt, CallIds, Exchange, Role, Step, observe};
use crate::judge::{Control, ControlLevel};
use crate::message::{Draft, HttpRequest};
use crate::protocol::Operation;
use crate::target::Server;

/// Time between the bytes of a slow sender.
const DRIP: Duration = Duration::from_millis(20);

/// Time given to slow senders to get hold of the server before the plain request.
const HEAD_START: Duration = Duration::from_millis(20);

/// Runs a case once.
pub(super) struct CaseRun<'a> {
    pub(super) prober: &'a Prober,
    pub(super) control: &'a Control,
    /// A given id that can be used again and again.
    pub(super) reusable: Option<&'a str>,
    pub(super) case: &'a Case,
    /// Names the calls of this attempt.
    pub(super) label: String,
    /// Longest time given to a call to end after a success.
    pub(super) settle: Duration,
    steps: Vec<Step>,
}

impl<'a> CaseRun<'a> {
    pub(super) fn new(
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
            steps: Vec::new(),
        }
    }

    /// Runs it. `opened` says that the case before left the target answering plain requests.
    pub(super) async fn attempt(mut self, opened: bool) -> Attempt {
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
        if !opened {
            opened = self.open(level).await;
            if !opened {
                return self.finish(level, false);
            }
        }
        match &self.case.stimulus {
            Stimulus::Request(_) => self.request(level, given).await,
            Stimulus::Sequence(turns) => self.sequence(level, turns).await,
        }
        self.finish(level, opened)
    }

    fn finish(self, level: ControlLevel, opened: bool) -> Attempt {
        let ids = match level {
            ControlLevel::Live => CallIds::Fresh,
            ControlLevel::Given => CallIds::Given,
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => CallIds::Unissued,
        };
        Attempt { ids, opened, canary: false, steps: self.steps }
    }

    fn can_be_judged(&self, level: ControlLevel) -> bool {
        match self.case.needs {
            Needs::LiveCall => matches!(level, ControlLevel::Live | ControlLevel::Given),
            Needs::CallState => level == ControlLevel::Live && self.control.states,
            Needs::Canary | Needs::Credentials | Needs::Nothing => true,
        }
    }

    fn push(&mut self, role: Role, exchange: Exchange) {
        self.steps.push(Step { role, turn: None, exchange });
    }

    /// An id for a plain request at this level: a fresh call where there can be one.
    async fn fresh(&mut self, level: ControlLevel, name: &str) -> Option<String> {
        match level {
            ControlLevel::Live => {
                let placed =
                    self.prober.place(Operation::PlayOnPhone, &format!("{}/{name}", self.label)).await;
                if let Some(exchange) = placed.exchange {
                    self.push(Role::Place, exchange);
                }
                if let Some(id) = placed.id.as_ref().filter(|_| self.control.ends_answered_calls_only) {
                    self.prober.poll_until_connected(id, self.settle).await;
                }
                placed.id
            }
            ControlLevel::Given => self.reusable.map(str::to_owned),
            ControlLevel::Synthetic | ControlLevel::Uncontrolled => Some(unissued()),
        }
    }

    async fn open(&mut self, level: ControlLevel) -> bool {
        let Some(id) = self.fresh(level, "opening").await else { return false };
        let exchange = self.prober.plain(&id).await;
        let works = self.control.is_as_before(level, &exchange.answer);
        self.push(Role::Opening, exchange);
        works
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
            let before = self.prober.call_info(&id).await;
            self.push(Role::Before, before);
        }
        let exchange = self.prober.send(&draft, &id).await;
        let outcome = observe(&exchange.answer).outcome;
        self.push(Role::Mutant, exchange);
        if states {
            let after = if outcome.claims_success() && !self.case.class.is_negative() {
                self.prober.poll_until_ended(&id, self.settle).await
            } else {
                self.prober.call_info(&id).await
            };
            self.push(Role::After, after);
        }
        let mut twin = (!outcome.claims_success() || level != ControlLevel::Live).then_some(id);
        if self.case.class.is_positive() {
            let id = if spent { Some(unissued()) } else { self.fresh(level, "contrast").await };
            if let (Some(id), Some(contrast)) = (id, self.control.contrast) {
                let edits = [contrast.edit()];
                let exchange = self.prober.send(&draft.and(&edits), &id).await;
                // A contrast that was taken for a valid request has used up its call.
                let used = observe(&exchange.answer).outcome.claims_success();
                self.push(Role::Contrast, exchange);
                if level == ControlLevel::Live && !used {
                    if let Some(leftover) = twin.take() {
                        // The legal spelling was refused: its call is still up and would ring on.
                        let exchange = self.prober.plain(&leftover).await;
                        self.push(Role::Twin, exchange);
                    }
                    twin = Some(id);
                }
            }
        }
        if spent && outcome.claims_success() {
            // A single-use id is gone with the success.
            return;
        }
        let twin = match twin {
            Some(id) => Some(id),
            None => self.fresh(level, "twin").await,
        };
        if let Some(id) = twin {
            let exchange = self.prober.plain(&id).await;
            self.push(Role::Twin, exchange);
        }
    }

    async fn sequence(&mut self, level: ControlLevel, turns: &[Turn]) {
        let mut ids: BTreeMap<Slot, String> = BTreeMap::new();
        for (index, turn) in turns.iter().enumerate() {
            let exchanges = self.turn(index, turn, &mut ids).await;
            let step = |exchange| Step { role: Role::Turn, turn: Some(index), exchange };
            self.steps.extend(exchanges.into_iter().map(step));
            if let Act::Place(slot, _) = &turn.act
                && !ids.contains_key(slot)
            {
                // Without its call the sequence cannot go on; the step says why.
                return;
            }
        }
        if let Some(id) = self.fresh(level, "twin").await {
            let exchange = self.prober.plain(&id).await;
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
                vec![prober.server.exchange(&Draft::disconnect(edits).write(&both(slot))).await]
            }
            Act::Together(sends) => {
                let requests: Vec<_> =
                    sends.iter().map(|(slot, edits)| Draft::disconnect(edits).write(&both(slot))).collect();
                together(&prober.server, &requests).await
            }
            Act::OneConnection(sends) => {
                let requests: Vec<_> = sends
                    .iter()
                    .map(|(slot, edits, _)| Draft::disconnect(edits).write(&both(slot)))
                    .collect();
                prober.server.converse(&requests).await
            }
            Act::AmongSlowSenders(count, slot) => {
                let dripped = Draft::disconnect(&[]).write(&prober.ids(&unissued(), &unissued()));
                let plain = Draft::disconnect(&[]).write(&both(slot));
                let drips = (0..*count).map(|_| prober.server.drip(&dripped, DRIP));
                let drips = join_all(drips);
                let exchange = async {
                    sleep(HEAD_START).await;
                    prober.server.exchange(&plain).await
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

async fn together(server: &Server, requests: &[HttpRequest]) -> Vec<Exchange> {
    join_all(requests.iter().map(|request| server.exchange(request))).await
}
