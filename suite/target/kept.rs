//! A connection that is kept from one request to the next, as far as the server keeps it.

use super::http_server::{is_watched, keeps_open, unended};
use super::raw::{Arrivals, RawConnection};
use super::{HttpServer, LocalServer, Server};
use crate::evidence::{Answer, Exchange, Line, Silence};
use crate::message::HttpRequest;

/// A connection of one lane. It is opened by the first request, and again whenever the server has closed it or
/// something odd happened on it.
#[derive(Default)]
pub(crate) struct Kept {
    open: Option<RawConnection>,
    /// Requests that came before where the server is in this process, and is told so instead.
    before: usize,
}

impl Kept {
    /// Whether there is a connection for the next request.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Closes it; the next request opens another one.
    pub(crate) fn close(&mut self) {
        self.open = None;
    }
}

impl Server {
    /// Sends a request on a kept connection and waits for the answer.
    pub(crate) async fn exchange_kept(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        match self {
            Self::Http(server) => server.exchange_kept(kept, request).await,
            Self::Local(server) => server.exchange_kept(kept, request),
        }
    }

    /// The same, and nothing is sent a second time: whether a request on a connection that was used before was
    /// carried out is not known where no answer comes.
    pub(crate) async fn exchange_kept_once(&self, kept: &mut Kept, request: &HttpRequest) -> Exchange {
        match self {
            Self::Http(server) if server.keeps(request) => {
                let seen = server.once(kept, request).await;
                server.recorded(request, seen)
            }
            _ => self.exchange(request).await,
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
        if !self.keeps(request) {
            return self.exchange(request).await;
        }
        let mut seen = self.once(kept, request).await;
        if let (Answer::Silence(Silence::Closed | Silence::Reset), Line { shared: true, .. }) = &seen {
            // A server may close an idle connection at any time (RFC 9112 9.5).
            seen = self.once(kept, request).await;
        }
        self.recorded(request, seen)
    }

    /// Whether a request goes over a kept connection, where there is one.
    fn keeps(&self, request: &HttpRequest) -> bool {
        !self.by_library && may_share(request)
    }

    /// Sends a request once. A connection that was closed meanwhile, or on which something has come that nobody
    /// asked for, is not used any more.
    async fn once(&self, Kept { open, .. }: &mut Kept, request: &HttpRequest) -> (Answer, Line) {
        if open.as_mut().is_some_and(|connection| !connection.is_quiet()) {
            *open = None;
        }
        let reused = open.is_some();
        let arrivals = Arrivals::default();
        let wire = self.wire(request);
        let seen = self.within(&arrivals, self.exchange_on(open, &arrivals, &wire, request)).await;
        let (answer, mut line) = seen.unwrap_or_else(|| unended(open.take()));
        line.shared = reused;
        if !matches!(&answer, Answer::Http(http) if http.complete && keeps_open(http)) {
            *open = None;
        }
        (answer, line)
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
        && !request.framing.is_held()
        && request.method != "CONNECT"
        && request.header("connection").is_none()
        && request.header("upgrade").is_none()
}
