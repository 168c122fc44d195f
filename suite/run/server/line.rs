//! The way to the server. What it asks to send again later is sent again later, within bounds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::way::Way;
use crate::evidence::{Answer, Exchange};
use crate::message::HttpRequest;
use crate::target::{Kept, Server};

/// Pause before a request is sent again where no usable Retry-After says how long: none is there, or a
/// date (RFC 9110 10.2.3), which would need the clocks of both sides to agree.
const UNTOLD: Duration = Duration::from_secs(1);

/// By how much the pause grows, at least, each time that the same request is put off once more.
const GROWTH: Duration = Duration::from_millis(250);

/// How long a run waits for a server that asks to come again later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// For one request.
    pub(crate) request: Duration,
    /// For all requests of a run.
    pub(crate) run: Duration,
}

/// The way to the server.
pub(crate) struct Line {
    server: Server,
    longest: Duration,
    /// How much time to wait is left to the run.
    left: Mutex<Duration>,
    /// Requests so far.
    sent: AtomicU64,
    /// The time between two requests, if there is one, and when the next may go.
    pace: Option<(Duration, Mutex<Instant>)>,
}

impl Line {
    pub(crate) fn new(server: Server, patience: Patience) -> Self {
        let (left, sent) = (Mutex::new(patience.run), AtomicU64::new(0));
        Self { server, longest: patience.request, left, sent, pace: None }
    }

    /// The same line, over which two requests go at least so long apart.
    #[must_use]
    pub(crate) fn paced(self, apart: Duration) -> Self {
        Self { pace: Some((apart, Mutex::new(Instant::now()))), ..self }
    }

    /// How many requests went over it so far, those that were put off counted each time.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    pub(crate) fn server(&self) -> &Server {
        &self.server
    }

    pub(crate) fn server_mut(&mut self) -> &mut Server {
        &mut self.server
    }

    /// Sends a request, and again for as long as it is put off and there is time; the last answer.
    pub(crate) async fn exchange(&self, request: &HttpRequest) -> Exchange {
        self.in_turn().await;
        let exchange = self.server.exchange(request).await;
        if exchange.answer.put_off().is_none() {
            return exchange;
        }
        Box::pin(self.until_taken(request, exchange)).await
    }

    /// The same on a connection that is kept, as far as the server keeps it.
    pub(crate) async fn exchange_kept(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        self.in_turn().await;
        let exchange = self.server.exchange_kept(kept, request).await;
        if exchange.answer.put_off().is_none() {
            return exchange;
        }
        Box::pin(self.until_taken(request, exchange)).await
    }

    /// A plain request of an attempt, over the way that these go.
    pub(crate) async fn exchange_over(&self, way: &mut Way<'_>, request: &HttpRequest) -> Exchange {
        let Some(kept) = way.connection() else { return self.exchange(request).await };
        self.in_turn().await;
        // Boxed, so that whoever sends many kinds of requests is small where it waits.
        let mut exchange = Box::pin(self.server.exchange_kept_once(kept, request)).await;
        if exchange.answer.put_off().is_some() {
            exchange = Box::pin(self.until_taken(request, exchange)).await;
        }
        way.note(&mut exchange);
        exchange
    }

    async fn until_taken(&self, request: &HttpRequest, mut exchange: Exchange) -> Exchange {
        let mut put_off = Vec::new();
        let mut waited = Duration::ZERO;
        while let Some(pause) = self.pause(&exchange.answer, put_off.len(), waited) {
            sleep(pause).await;
            waited += pause;
            put_off.push(exchange.answer);
            self.in_turn().await;
            exchange = self.server.exchange(request).await;
        }
        exchange.put_off = put_off;
        exchange
    }

    /// Counts a request, and waits until it may go.
    async fn in_turn(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let Some((apart, next)) = &self.pace else { return };
        let now = Instant::now();
        let at = {
            let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = (*next).max(now);
            *next = at + *apart;
            at
        };
        sleep(at.saturating_duration_since(now)).await;
    }

    /// Waits as long as an answer asks for; false if it asks for nothing, or for more than there is.
    pub(crate) async fn wait_out(&self, answer: &Answer, times: usize, waited: Duration) -> Option<Duration> {
        let pause = self.pause(answer, times, waited)?;
        sleep(pause).await;
        Some(pause)
    }

    /// The pause that an answer asks for, if it asks for one and there is time for it.
    fn pause(&self, answer: &Answer, times: usize, waited: Duration) -> Option<Duration> {
        let told = answer.put_off()?.and_then(|value| value.trim().parse().ok()).map(Duration::from_secs);
        let least = GROWTH * u32::try_from(times).unwrap_or(u32::MAX);
        let pause = told.unwrap_or(UNTOLD).max(least);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if waited.saturating_add(pause) > self.longest || pause > *left {
            return None;
        }
        *left -= pause;
        Some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, Handler, HttpAnswer};
    use crate::target::LocalServer;

    struct Never;

    impl Handler for Never {
        fn answer(&self, _: &HttpRequest) -> Answer {
            later(429, None)
        }
    }

    fn later(status: u16, after: Option<&str>) -> Answer {
        let field = |value: &str| ("retry-after".to_owned(), value.to_owned());
        Answer::Http(HttpAnswer {
            version: "1.1".to_owned(),
            status,
            headers: after.map(field).into_iter().collect(),
            body: Bytes::default(),
            complete: true,
            trailing: 0,
        })
    }

    #[test]
    fn a_pause_is_as_long_as_asked_for_within_the_bounds() {
        let seconds = Duration::from_secs;
        let server = || Server::from(LocalServer::new(Box::new(Never), Vec::new()));
        let line = Line::new(server(), Patience { request: seconds(10), run: seconds(25) });
        let pause = |answer: &Answer, waited| line.pause(answer, 0, seconds(waited));
        assert_eq!(pause(&later(429, Some("7")), 0), Some(seconds(7)));
        assert_eq!(pause(&later(503, Some("7")), 4), None, "11 seconds for one request");
        assert_eq!(pause(&later(503, Some("11")), 0), None);
        assert_eq!(pause(&later(503, None), 0), None, "no word of coming again");
        assert_eq!(pause(&later(500, Some("1")), 0), None, "another answer");
        assert_eq!(pause(&later(429, None), 0), Some(UNTOLD));
        assert_eq!(pause(&later(429, Some("Fri, 31 Dec 1999 23:59:59 GMT")), 0), Some(UNTOLD));
        assert_eq!(pause(&later(429, Some("10")), 0), Some(seconds(10)));
        assert_eq!(pause(&later(429, Some("10")), 0), None, "6 seconds are left to the run");
        assert_eq!(line.pause(&later(429, Some("0")), 2, Duration::ZERO), Some(GROWTH * 2));
    }
}
