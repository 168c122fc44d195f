//! What a run sends to a server, request by request.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::time::sleep;

use super::calls::{Calls, Placed};
use super::line::Line;
use super::way::Way;
use crate::evidence::{CallStatus, Exchange, observe};
use crate::message::{Draft, Ids};
use crate::protocol::Operation;

/// What the id that was never issued decodes to.
const UNISSUED: &str = "5c2b9c1e-7d0a-4f6e-9a35-0d8a1f4c7b20@um.umspec.example.org";

/// Sends what a run sends.
pub(crate) struct Prober {
    pub(crate) line: Line,
    pub(crate) calls: Calls,
    pub(crate) canary: Option<String>,
    /// Longest time given to a call to end after a success.
    pub(crate) settle: Duration,
}

impl Prober {
    pub(crate) fn ids(&self, this: &str, other: &str) -> Ids {
        let mut ids = Ids { this: this.to_owned(), other: other.to_owned(), ..Ids::default() };
        if let Some(canary) = &self.canary {
            ids.canary.clone_from(canary);
        }
        ids
    }

    pub(crate) async fn send(&self, draft: &Draft<'_>, id: &str) -> Exchange {
        let other = Ids::default().other;
        self.line.exchange(&draft.write(&self.ids(id, &other))).await
    }

    /// The plain Disconnect, for the control.
    pub(crate) async fn plain(&self, id: &str) -> Exchange {
        self.plain_over(&mut Way::Own, id).await
    }

    /// The plain Disconnect.
    pub(crate) async fn plain_over(&self, way: &mut Way<'_>, id: &str) -> Exchange {
        self.line.exchange_over(way, &Draft::disconnect(&[]).write(&self.ids(id, id))).await
    }

    /// GetCallInfo.
    pub(crate) async fn call_info(&self, id: &str) -> Exchange {
        self.call_info_over(&mut Way::Own, id).await
    }

    pub(crate) async fn call_info_over(&self, way: &mut Way<'_>, id: &str) -> Exchange {
        let draft = Draft::plain(Operation::GetCallInfo, vec!["{id}".to_owned()]);
        self.line.exchange_over(way, &draft.write(&self.ids(id, id))).await
    }

    pub(crate) async fn place(&self, operation: Operation, label: &str) -> Placed {
        self.place_over(&mut Way::Own, operation, label).await
    }

    pub(crate) async fn place_over(&self, way: &mut Way<'_>, operation: Operation, label: &str) -> Placed {
        self.calls.place(&self.line, way, operation, label).await
    }

    /// Asks for the state of a call until it has ended or the time to settle is over; the last answer.
    pub(crate) async fn poll_until_ended(&self, id: &str, settle: Duration) -> Exchange {
        self.poll_until_ended_over(&mut Way::Own, id, settle).await
    }

    pub(crate) async fn poll_until_ended_over(
        &self,
        way: &mut Way<'_>,
        id: &str,
        settle: Duration,
    ) -> Exchange {
        let mut pause = Duration::from_millis(25);
        let mut waited = Duration::ZERO;
        loop {
            let exchange = self.call_info_over(way, id).await;
            if has_ended(&exchange) || waited >= settle {
                return exchange;
            }
            sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
    }

    /// Asks for the state of a call until somebody has answered it or the time is over. The second
    /// question follows the first at once.
    pub(crate) async fn poll_until_connected(&self, id: &str, longest: Duration) {
        let mut pause = Duration::ZERO;
        let mut waited = Duration::ZERO;
        loop {
            let info =
                observe(&self.call_info(id).await.answer).message.and_then(|message| message.call_info);
            let rings = info.is_some_and(|info| info.state == "Connecting");
            if !rings || waited > longest {
                return;
            }
            if !pause.is_zero() {
                sleep(pause).await;
            }
            waited += pause;
            pause = (pause * 2).clamp(Duration::from_millis(25), Duration::from_secs(2));
        }
    }
}

pub(crate) fn has_ended(exchange: &Exchange) -> bool {
    // Gone, or not told at all: waiting will not change it.
    CallStatus::of(&exchange.answer) != Some(CallStatus::Up)
}

/// A well-formed id that was never issued.
pub(crate) fn unissued() -> String {
    STANDARD.encode(UNISSUED)
}
