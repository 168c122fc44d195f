//! Whether plain requests may share a connection, which is found out before the cases.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::prober::{Prober, unissued};
use super::way::{LaneConnection, Way};
use crate::evidence::Exchange;
use crate::judge::{Control, ControlLevel};
use crate::message::Draft;

/// How long a server that serves others meanwhile has for it at least, beside four times what it took before.
const MEANWHILE: Duration = Duration::from_millis(250);

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
        if !as_before(&exchange) || !connection.is_open() {
            return false;
        }
        longest = longest.max(since.elapsed());
    }
    let another = Box::pin(prober.line.exchange(&plain));
    if !timeout(longest * 4 + MEANWHILE, another).await.is_ok_and(|exchange| as_before(&exchange)) {
        return false;
    }
    for connection in &mut connections {
        let exchange = prober.line.exchange_over(&mut Way::Kept(connection), &plain).await;
        if !as_before(&exchange) || !connection.was_used() || !connection.is_open() {
            return false;
        }
    }
    true
}
