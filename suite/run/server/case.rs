//! One case of a run against a server: its attempts, and what they come to.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::sleep;

use super::RunOptions;
use super::attempt::CaseRun;
use super::growth::{answers_in_time, growth};
use super::lossy::is_line_lossy;
use super::prober::has_ended;
use super::runner::Runner;
use super::spelled::Spelling;
use super::way::{LaneConnection, Way};
use crate::catalogue::{Case, Needs};
use crate::evidence::{Aftermath, Answer, Attempt, Evidence, Role, Silence, Step, observe};
use crate::judge::{
    Context, ControlLevel, Judgement, TRIES_ON_A_LOSSY_LINE, Try, Verdict, calls_for_another, judge_server,
    only_failed, only_lost, server_tries,
};
use crate::protocol::Outcome;
use crate::record::Entry;
use crate::target::Canary;

/// How often a case is run again because its requests were put off where they cannot be sent again alone.
const PUT_OFF: usize = 5;

/// How long a contact is waited for after the answer to a request that names the canary.
const CANARY_GRACE: Duration = Duration::from_millis(200);

impl Runner<'_> {
    /// Runs and judges a case, after the attempts before a restart; tells whether the target was left
    /// answering plain requests.
    pub(super) async fn case(
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
        let server = self.prober.line.server();
        let misspelled = case.misspelling().and_then(|misspelling| server.cannot_misspell(misspelling));
        match case.needs {
            Needs::Credentials if self.options.credentials.is_none() => {
                Some("no credentials were given (--user, --bearer)")
            }
            _ if misspelled.is_some() => misspelled,
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
}

/// Whether a try shows nothing that calls for another look.
fn is_unremarkable(each: &Try) -> bool {
    matches!(each.judgement.verdict, Verdict::Pass | Verdict::Note)
}
