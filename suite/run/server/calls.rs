use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::line::Line;
use super::way::Way;
use crate::evidence::observe;
use crate::evidence::{CallOrigin, Exchange};
use crate::message::{Draft, HttpRequest, Ids, escape_text};
use crate::protocol::Operation;
use crate::target::{MAX_LISTENED, StderrSink, run_by_shell};

/// Where call ids come from.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum CallSource {
    /// A command that prints one fresh call id each time it is run.
    Command(String),
    /// Ids of calls that are up.
    Given(Vec<String>),
    /// Nowhere.
    #[default]
    None,
    /// PlayOnPhone on the target. On a real server this rings a telephone for every call.
    PlayOnPhone {
        /// The item to read aloud, as base64.
        entry_id: String,
        /// The number to ring.
        dial_string: String,
    },
    /// PlayOnPhone on the built-in mock, which rings nobody: every call is asked for by its own
    /// name, so that its id does not depend on what runs beside it.
    Mock,
}

impl CallSource {
    /// Where they come from, for the record.
    pub fn origin(&self) -> CallOrigin {
        match self {
            Self::Command(_) => CallOrigin::Command,
            Self::Given(_) => CallOrigin::Given,
            Self::Mock => CallOrigin::Mock,
            Self::None => CallOrigin::None,
            Self::PlayOnPhone { .. } => CallOrigin::PlayOnPhone,
        }
    }
}

/// Gives out call ids.
pub(crate) struct Calls {
    source: CallSource,
    /// Given ids that can be used once only and are left.
    left: Mutex<Vec<String>>,
    timeout: Duration,
    /// Who is told what a command writes to standard error, and how many bytes of it still are.
    heard_by: Option<StderrSink>,
    room: AtomicUsize,
    /// Calls that were asked for.
    placed: AtomicU64,
    /// Most calls that are asked for.
    most: u64,
}

/// A placed call, with the exchange that placed it, if the target did.
pub(crate) struct Placed {
    pub(crate) id: Option<String>,
    pub(crate) exchange: Option<Exchange>,
}

impl Calls {
    pub(crate) fn new(source: CallSource, timeout: Duration, heard_by: Option<StderrSink>) -> Self {
        let left = match &source {
            CallSource::Given(ids) => ids.iter().rev().cloned().collect(),
            _ => Vec::new(),
        };
        let (placed, room) = (AtomicU64::new(0), AtomicUsize::new(MAX_LISTENED));
        Self { source, left: Mutex::new(left), timeout, placed, most: u64::MAX, heard_by, room }
    }

    /// The same, which asks for so many calls at most.
    #[must_use]
    pub(crate) fn at_most(self, most: u64) -> Self {
        Self { most, ..self }
    }

    /// How many calls were asked for.
    pub(crate) fn placed(&self) -> u64 {
        self.placed.load(Ordering::Relaxed)
    }

    /// Whether no more calls may be asked for.
    pub(crate) fn is_used_up(&self) -> bool {
        self.placed() >= self.most
    }

    /// The next given id.
    pub(crate) fn next_given(&self) -> Option<String> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Places a call by `operation`, or has the command place one. `label` names it on the mock.
    pub(crate) async fn place(
        &self,
        line: &Line,
        way: &mut Way<'_>,
        operation: Operation,
        label: &str,
    ) -> Placed {
        if !self.source.origin().is_live() || self.placed.fetch_add(1, Ordering::Relaxed) >= self.most {
            return Placed { id: None, exchange: None };
        }
        let request = match (&self.source, operation) {
            (CallSource::Command(command), Operation::PlayOnPhone) => {
                return Placed { id: self.ask(command).await, exchange: None };
            }
            (CallSource::PlayOnPhone { entry_id, dial_string }, Operation::PlayOnPhone) => {
                place_request(operation, entry_id, dial_string)
            }
            (CallSource::PlayOnPhone { dial_string, .. }, Operation::PlayOnPhoneGreeting) => {
                place_request(operation, "NormalCustom", dial_string)
            }
            (CallSource::Mock, Operation::PlayOnPhone) => {
                place_request(operation, &STANDARD.encode(label), "5550100")
            }
            (CallSource::Mock, Operation::PlayOnPhoneGreeting) => {
                place_request(operation, "NormalCustom", &format!("5550100 {label}"))
            }
            _ => return Placed { id: None, exchange: None },
        };
        let mut exchange = line.exchange_over(way, &request).await;
        let is_refused = observe(&exchange.answer).fault().is_some();
        // On a real server a line may be busy for a moment, and what is refused rings nobody.
        if is_refused
            && matches!(self.source, CallSource::PlayOnPhone { .. })
            && self.placed.fetch_add(1, Ordering::Relaxed) < self.most
        {
            exchange = line.exchange_over(way, &request).await;
        }
        let id = observe(&exchange.answer).message.and_then(|message| message.issued).map(|issued| issued.id);
        Placed { id, exchange: Some(exchange) }
    }

    /// The id that a command prints; none if it fails, takes too long or prints nothing.
    async fn ask(&self, command: &str) -> Option<String> {
        let ran = run_by_shell(command, self.timeout).await;
        self.hear(&ran.complaints);
        let text = String::from_utf8(ran.printed?).ok()?;
        let id = text.strip_suffix('\n').unwrap_or(&text);
        let id = id.strip_suffix('\r').unwrap_or(id);
        (!id.is_empty()).then(|| id.to_owned())
    }
}

impl Calls {
    /// Passes on what a command complains of, as long as there is room: it is run for every call.
    fn hear(&self, complaints: &[String]) {
        let Some(sink) = &self.heard_by else { return };
        for line in complaints {
            let take = |room: usize| room.checked_sub(line.len() + 1);
            if self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok() {
                sink(line);
            } else if self.room.swap(0, Ordering::SeqCst) > 0 {
                sink(&format!("(more than {MAX_LISTENED} bytes of standard error; the rest is left out)"));
            }
        }
    }
}

fn place_request(operation: Operation, first: &str, dial_string: &str) -> HttpRequest {
    let values = vec![escape_text(first), escape_text(dial_string)];
    Draft::plain(operation, values).write(&Ids::default())
}
