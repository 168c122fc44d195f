//! What the lanes of a run against a server have in common.

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use tokio::sync::RwLock;

use super::RunOptions;
use super::prober::Prober;
use super::rows::Rows;
use crate::judge::{Control, ControlLevel};
use crate::run::bounds::Bounded;
use crate::target::Started;

/// Why a round ends before its cases do.
pub(super) struct Death {
    /// The case whose probe came before.
    pub(super) case: String,
    /// What was seen.
    pub(super) how: Lost,
}

/// How a server is no longer what it was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// It answers plain requests otherwise than before.
    Changed,
    /// It takes no connections.
    Gone,
    /// It takes connections and does not answer.
    Silent,
}

/// A run under way.
pub(super) struct Runner<'a> {
    pub(super) prober: &'a Prober,
    pub(super) options: &'a RunOptions,
    pub(super) control: &'a Control,
    pub(super) reusable: Option<&'a str>,
    pub(super) watcher: &'a Bounded<'a>,
    pub(super) dead: Mutex<Option<Death>>,
    /// Held shared by cases that run side by side, and alone by a second try: what one request does to
    /// the server must not be laid to another.
    pub(super) company: RwLock<()>,
    /// The case after which the server was seen to have changed for good.
    pub(super) changed_by: Mutex<Option<String>>,
    /// Whether a server that has changed is started again: until that was of no use.
    pub(super) may_be_renewed: AtomicBool,
    /// Whether plain requests of a lane share a connection.
    pub(super) keeps_connections: bool,
    /// What the last restart has started.
    pub(super) started: Mutex<Option<Started>>,
    /// Whether a success had no effect in the time given: there is no use in waiting for each.
    pub(super) without_effect: AtomicBool,
    /// Whether answers were lost for which no case can have been the reason.
    pub(super) lossy: AtomicBool,
    /// The other spellings in which cases are sent, if they are.
    pub(super) rows: Option<Rows>,
    /// Whether a success in another spelling had no effect in the time given.
    pub(super) spelled_without_effect: AtomicBool,
}

impl Runner<'_> {
    /// How many lanes there are.
    pub(super) fn jobs(&self) -> usize {
        if self.options.canary.is_some() || self.control.level == ControlLevel::Given {
            // Contacts are told by when they come, and single-use ids are given out in order.
            return 1;
        }
        self.options.jobs.max(1)
    }

    pub(super) fn is_dead(&self) -> bool {
        self.dead.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}
