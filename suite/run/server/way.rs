//! What plain requests go over: a connection for each, or one that a lane keeps.
//!
//! Thousands of requests of a run are sound ones, sent to see that the server still works, and to place calls and look
//! at them. Where the server was seen to keep connections and to serve others meanwhile, those of a lane share one.
//! What a case is about always has a connection of its own, so nothing that a broken request leaves behind on a
//! connection reaches another one; and a case of which anything but a pass or a note would be told is tried with a
//! connection for each request, and that counts.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::time::timeout;

use super::prober::{Prober, unissued};
use crate::evidence::Exchange;
use crate::judge::{Control, ControlLevel};
use crate::message::Draft;
use crate::target::Kept;

/// How long a server that serves others meanwhile has for it at least, beside four times what it took before.
const MEANWHILE: Duration = Duration::from_millis(250);

/// The connection that a lane keeps for its plain requests.
#[derive(Default)]
pub(crate) struct LaneConnection {
    kept: Kept,
    /// Whether anything went over it since that was last asked.
    used: bool,
}

impl LaneConnection {
    /// Whether a request went over it, behind others, since this was last asked.
    pub(crate) fn was_used(&mut self) -> bool {
        std::mem::take(&mut self.used)
    }

    /// Closes it; the next request opens another one.
    pub(crate) fn close(&mut self) {
        self.kept.close();
    }
}

/// What the plain requests of an attempt go over.
pub(crate) enum Way<'a> {
    /// The connection of a lane.
    Kept(&'a mut LaneConnection),
    /// A connection for each.
    Own,
}

impl Way<'_> {
    /// The kept connection, if there is to be one.
    pub(super) fn connection(&mut self) -> Option<&mut Kept> {
        match self {
            Self::Kept(connection) => Some(&mut connection.kept),
            Self::Own => None,
        }
    }

    /// Closes what is kept: something odd was seen, or others are to be served alone.
    pub(super) fn close(&mut self) {
        if let Self::Kept(connection) = self {
            connection.close();
        }
    }

    /// Notes an exchange. In a record only those are told to have shared a connection that a case puts on one:
    /// which of the others do depends on the number of lanes, and no verdict on that.
    pub(super) fn note(&mut self, exchange: &mut Exchange) {
        if let Self::Kept(connection) = self {
            connection.used |= std::mem::take(&mut exchange.line.shared);
        }
    }
}

/// Whether plain requests of so many lanes may go over a connection each: a second one is answered there as before,
/// and so is one on another connection while they all lie idle. A server that serves one connection at a time would
/// be kept from everything else. Ids that are given, and used up by a request, are too few for another try.
pub(super) async fn keeps_connections(
    prober: &Prober,
    control: &Control,
    reusable: Option<&str>,
    lanes: usize,
) -> bool {
    let server = prober.line.server();
    let used_up = control.level == ControlLevel::Given && reusable.is_none();
    if server.is_local() || used_up || control.fatal.is_some() || control.unissued.is_none() {
        return false;
    }
    let id = unissued();
    let plain = Draft::disconnect(&[]).write(&prober.ids(&id, &id));
    let as_before = |exchange: &Exchange| control.is_as_before(ControlLevel::Synthetic, &exchange.answer);
    let mut connections: Vec<LaneConnection> = (0..lanes).map(|_| LaneConnection::default()).collect();
    let mut longest = Duration::ZERO;
    for connection in &mut connections {
        let since = Instant::now();
        let exchange = prober.line.exchange_over(&mut Way::Kept(connection), &plain).await;
        if !as_before(&exchange) || !connection.kept.is_open() {
            return false;
        }
        longest = longest.max(since.elapsed());
    }
    let another = prober.line.exchange(&plain).boxed();
    if !timeout(longest * 4 + MEANWHILE, another).await.is_ok_and(|exchange| as_before(&exchange)) {
        return false;
    }
    for connection in &mut connections {
        let exchange = prober.line.exchange_over(&mut Way::Kept(connection), &plain).await;
        if !as_before(&exchange) || !connection.was_used() || !connection.kept.is_open() {
            return false;
        }
    }
    true
}
