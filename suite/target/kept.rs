//! A connection that is kept from one request to the next, as far as the server keeps it.

use super::http_server::{is_watched, keeps_open, unended};
use super::raw::{Arrivals, RawConnection};
use super::{HttpServer, LocalServer, Server};
use crate::evidence::{Answer, Exchange, Silence};
use crate::message::{Framing, HttpRequest};

/// A connection of one lane. It is opened by the first request, and again whenever the server has closed it or
/// something odd happened on it.
#[derive(Default)]
pub(crate) struct Kept {
    open: Option<RawConnection>,
    /// Requests that came before where the server is in this process, and is told so instead.
    before: usize,
}

impl Server {
    /// Sends a request on a kept connection and waits for the answer.
    pub(crate) async fn exchange_kept(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        match self {
            Self::Http(server) => server.exchange_kept(kept, request).await,
            Self::Local(server) => server.exchange_kept(kept, request),
        }
    }
}

impl LocalServer {
    /// There is no connection: the server is told how many requests would have come before on it.
    fn exchange_kept(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        if !may_share(request) {
            return self.exchange(request);
        }
        let mut exchange = self.exchange_after(request, kept.before);
        if kept.before > 0 && is_lost(&exchange.answer) {
            kept.before = 0;
            exchange = self.exchange_after(request, 0);
        }
        let keeps = matches!(&exchange.answer, Answer::Http(http) if http.complete && keeps_open(http));
        kept.before = if keeps { kept.before + 1 } else { 0 };
        exchange
    }
}

impl HttpServer {
    /// A request that is particular about its connection has one of its own, and leaves the kept one alone.
    async fn exchange_kept(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        if self.by_library || !may_share(request) {
            return self.exchange(request).await;
        }
        let Kept { open, .. } = kept;
        let arrivals = Arrivals::default();
        let wire = self.wire(request);
        let reused = open.is_some();
        let seen = self.within(&arrivals, self.exchange_on(open, &arrivals, &wire, request)).await;
        let (mut answer, mut line) = seen.unwrap_or_else(|| unended(open.take()));
        line.shared = reused;
        if reused && is_lost(&answer) {
            // A server may close an idle connection at any time (RFC 9112 9.5).
            *open = None;
            let again = self.within(&arrivals, self.exchange_on(open, &arrivals, &wire, request)).await;
            (answer, line) = again.unwrap_or_else(|| unended(open.take()));
        }
        if !matches!(&answer, Answer::Http(http) if http.complete && keeps_open(http)) {
            *open = None;
        }
        self.recorded(request, (answer, line))
    }
}

/// Whether the connection ended before the answer.
fn is_lost(answer: &Answer) -> bool {
    matches!(answer, Answer::Silence(Silence::Closed | Silence::Reset))
}

/// Whether a request leaves its connection as it found it.
fn may_share(request: &HttpRequest) -> bool {
    !request.followed
        && request.preceded == 0
        && !is_watched(request)
        && !request.framing.is_broken()
        && !matches!(request.framing, Framing::Held)
        && request.method != "CONNECT"
        && request.header("connection").is_none()
        && request.header("upgrade").is_none()
}
