//! Whether a server still is what it was before the cases: it may have changed for good, be gone, or be mute.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::sleep;

use super::prober::unissued;
use super::restart::{end_started, restart};
use super::runner::{Death, Lost, Runner};
use crate::catalogue::Case;
use crate::evidence::{Aftermath, Answer, Attempt, Exchange, Role, Silence, Step};
use crate::judge::ControlLevel;
use crate::protocol::Operation;

/// How often in a row a server has to let a plain request time out before it is taken for mute.
const TIME_OUTS: usize = 2;

/// Pause between looks at a server that does not take connections.
const RETRY_PAUSE: Duration = Duration::from_millis(200);

impl Runner<'_> {
    /// Starts a server again that has changed, so that the rest is judged by what it was. Where that is of
    /// no use, it is judged by what it is now.
    pub(super) async fn renew(&self, case: &str, restarts: &mut usize) {
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
    pub(super) async fn has_changed(&self, label: &str) -> bool {
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
    pub(super) fn seems_changed(&self, attempt: &Attempt) -> bool {
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
    pub(super) async fn look_for_change(&self, case: &Case) {
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

    /// Looks at a server again after an attempt whose last request got no answer, and at one without a
    /// control after any that did.
    pub(super) async fn look_after(&self, case: &Case, attempt: &Attempt) -> Option<Aftermath> {
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
