//! A server for tests: the strict service with a twist, over real sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use umspec::evidence;
use umspec::mock::{MockLimits, Request, Service, WireMock};

/// What a peer does with a request.
pub(crate) enum Reaction {
    /// Sends these bytes and closes.
    Answer(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Closes, and takes no further connection.
    Die,
    /// Keeps the connection open and says nothing.
    Hang,
    /// Sends these bytes, and keeps the connection open.
    Keep(Vec<u8>),
    /// Sends these pieces, each in a segment of its own, and closes.
    Pieces(Vec<Vec<u8>>),
}

impl Reaction {
    /// An answer of the service, as it is.
    pub(crate) fn of(response: &Response) -> Self {
        let headers: String =
            response.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Self::http(response.status, &headers, response.body.as_bytes())
    }

    /// An answer with these header lines and a Content-Length.
    pub(crate) fn http(status: u16, headers: &str, body: &[u8]) -> Self {
        let length =
            if status == 204 { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let mut bytes =
            format!("HTTP/1.1 {status} X\r\n{headers}{length}connection: close\r\n\r\n").into_bytes();
        bytes.extend(body);
        Self::Answer(bytes)
    }

    /// An XML answer.
    pub(crate) fn xml(status: u16, body: &str) -> Self {
        Self::http(status, "content-type: text/xml; charset=utf-8\r\n", body.as_bytes())
    }
}

/// An answer of the service, its body as text.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

fn strict(service: &Service, request: &Request<'_>) -> Response {
    let evidence::Reaction::Answer(evidence::Response { status, headers, body }) = service.answer(request)
    else {
        panic!("the strict service answers");
    };
    Response { status, headers, body: String::from_utf8(body).expect("text") }
}

/// A running peer.
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    _mock: WireMock,
    _runtime: Runtime,
}

impl Peer {
    /// Starts a peer. The twist sees each request and a function that has the strict service
    /// answer it.
    pub(crate) fn start(
        twist: impl Fn(&Request<'_>, &dyn Fn() -> Response) -> Reaction + Send + Sync + 'static,
    ) -> Self {
        let service = Service::strict();
        let reactor = move |request: &Request<'_>| match twist(request, &|| strict(&service, request)) {
            Reaction::Answer(bytes) => evidence::Reaction::Raw(bytes),
            Reaction::Close => evidence::Reaction::Close,
            Reaction::Die => evidence::Reaction::Die,
            Reaction::Hang => evidence::Reaction::Hang,
            Reaction::Keep(bytes) => evidence::Reaction::Keep(bytes),
            Reaction::Pieces(pieces) => evidence::Reaction::Pieces(pieces),
        };
        let limits = MockLimits { body: 1 << 24, time: Duration::from_secs(20), ..MockLimits::default() };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let mock = runtime
            .block_on(WireMock::start(([127, 0, 0, 1], 0).into(), Arc::new(reactor), limits))
            .expect("a port");
        Self { address: mock.address(), _mock: mock, _runtime: runtime }
    }

    /// A peer that reacts to every request in the same way.
    pub(crate) fn constant(reaction: impl Fn() -> Reaction + Send + Sync + 'static) -> Self {
        Self::start(move |_, _| reaction())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/EWS/UM2007Legacy.asmx", self.address)
    }
}
