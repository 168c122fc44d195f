//! The listener over a well-behaved HTTP library.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::accept::{Lanes, accept};
use super::http1::is_host;
use super::{Arrival, MockLimits, React, Request, listen};
use crate::evidence::Reaction;

/// A mock server on a socket. It ends when this is dropped.
#[derive(Debug)]
pub struct Mock {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Mock {
    /// Listens at `address` (port 0 for any) and answers as `reactor` does.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(
        address: SocketAddr,
        reactor: impl React,
        limits: MockLimits,
    ) -> std::io::Result<Self> {
        let listener = listen(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(take(listener, Arc::new(reactor), limits));
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the server ends, which it does by itself only when its socket fails.
    pub async fn ended(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(listener: TcpListener, reactor: Arc<dyn React>, limits: MockLimits) {
    accept(listener, Lanes::Many(limits.connections), |stream| {
        let reactor = Arc::clone(&reactor);
        async move {
            serve(stream, reactor, limits).await;
            None
        }
    })
    .await;
}

async fn serve(stream: TcpStream, reactor: Arc<dyn React>, limits: MockLimits) {
    let _ = stream.set_nodelay(true);
    converse(stream, reactor, limits).await;
}

/// Answers what comes over a connection, of whatever kind, as the mock does, until either side ends
/// it. [`MockLimits::connections`] does not matter here.
pub async fn converse<S>(stream: S, reactor: Arc<dyn React>, limits: MockLimits)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let answer = service_fn(move |request| respond(request, Arc::clone(&reactor), limits));
    // No Date field: two runs against the mock leave the same bytes.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.time)
        .max_buf_size(limits.head)
        .max_headers(limits.headers)
        .auto_date_header(false)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

async fn respond(
    request: hyper::Request<Incoming>,
    reactor: Arc<dyn React>,
    limits: MockLimits,
) -> Result<hyper::Response<Full<Bytes>>, NoAnswer> {
    let (head, body) = request.into_parts();
    if let Some(status) = refused(&head) {
        return Ok(closing(status));
    }
    // A length beside the coding is passed over by the library, and nobody may know where a message ends
    // that others read by its length (RFC 9112 6.1).
    let ends = head.headers.contains_key(header::TRANSFER_ENCODING);
    let body = match tokio::time::timeout(limits.time, Limited::new(body, limits.body).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => return Ok(closing(413)),
        Ok(Err(_)) => return Ok(closing(400)),
        Err(_) => return Ok(closing(408)),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers: Vec<(String, String)> =
        head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let reaction = reactor.react(&Request {
        version: if head.version == hyper::Version::HTTP_10 { "1.0" } else { "1.1" },
        method: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query(),
        is_absolute: head.uri.scheme().is_some(),
        headers: &headers,
        body: &body,
        arrival: Arrival::default(),
        flaws: &[],
    });
    // The other reactions are for a server that can do them; here the nearest is a closed connection.
    let Reaction::Answer(answer) = reaction else { return Err(NoAnswer) };
    let mut builder = hyper::Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        builder = builder.header(name, value);
    }
    if ends {
        builder = builder.header(header::CONNECTION, "close");
    }
    Ok(builder.body(Full::from(answer.body)).unwrap_or_else(|_| closing(500)))
}

/// The status of a request that the library takes, and that RFC 9112 has refused: for its Host (3.2), or
/// for a transfer coding beside chunked (6.1).
fn refused(head: &hyper::http::request::Parts) -> Option<u16> {
    let values = |name| -> Vec<String> {
        let values = head.headers.get_all(name).iter();
        values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_ascii_lowercase()).collect()
    };
    let hosts = values(header::HOST);
    let needs_host = head.version != hyper::Version::HTTP_10;
    if hosts.len() > 1 || (hosts.is_empty() && needs_host) || !hosts.iter().all(|host| is_host(host)) {
        return Some(400);
    }
    let codings = values(header::TRANSFER_ENCODING);
    (!codings.is_empty() && codings != ["chunked"]).then_some(501)
}

/// The connection is closed instead of answering.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
struct NoAnswer;

/// An answer without a message, after which the connection ends.
fn closing(status: u16) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::BAD_REQUEST);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
