//! A server that can do on a connection what a well-behaved HTTP library refuses to: answer twice,
//! stop within an answer, reset, hang. One request on each connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::{MockLimits, Request};
use crate::evidence::{Reaction, Response, Spoil};

/// Most header fields of a request.
const MAX_HEADERS: usize = 300;

/// Pause between the bytes of [`Spoil::Drip`].
const DRIP: Duration = Duration::from_millis(100);

/// Pause between the kilobytes of an answer that does not end: some 10 MB in a minute.
const POUR: Duration = Duration::from_millis(5);

/// Decides what happens to a request.
pub trait React: Send + Sync + 'static {
    /// The reaction to a request that could be read.
    fn react(&self, request: &Request<'_>) -> Reaction;

    /// Whether the body is what came before the connection ended, where its framing is broken.
    fn takes_broken_framing(&self) -> bool {
        false
    }

    /// The reaction to a request whose framing is broken, and the status that suits it.
    fn react_to_broken_framing(&self, status: u16) -> Reaction {
        Response::empty(status).into()
    }

    /// Whether a client that asks before it sends a body is told to go on (RFC 9110 10.1.1).
    fn continues(&self) -> bool {
        false
    }

    /// Whether one request is read and answered at a time.
    fn takes_turns(&self) -> bool {
        false
    }
}

impl<F: Fn(&Request<'_>) -> Reaction + Send + Sync + 'static> React for F {
    fn react(&self, request: &Request<'_>) -> Reaction {
        self(request)
    }
}

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct WireMock {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl WireMock {
    /// Listens at `address` (port 0 for any).
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(
        address: SocketAddr,
        reactor: Arc<dyn React>,
        limits: MockLimits,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, reactor, limits));
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the server ends: when it dies on a request.
    pub async fn ended(mut self) {
        self.until_end().await;
    }

    /// [`WireMock::ended`], for who wants to keep it.
    pub async fn until_end(&mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for WireMock {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, reactor: Arc<dyn React>, limits: MockLimits) {
    let connections = if reactor.takes_turns() { 1 } else { limits.connections };
    let places = Arc::new(Semaphore::new(connections));
    let death = Arc::new(Notify::new());
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = death.notified() => return,
        };
        let Ok((stream, _)) = accepted else {
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (reactor, death) = (Arc::clone(&reactor), Arc::clone(&death));
        tokio::spawn(async move {
            if serve(stream, &*reactor, limits).await {
                death.notify_one();
            }
            drop(place);
        });
    }
}

/// Serves one connection; tells whether the server dies of it.
async fn serve(mut stream: TcpStream, reactor: &dyn React, limits: MockLimits) -> bool {
    let _ = stream.set_nodelay(true);
    let lenient = reactor.takes_broken_framing();
    let reaction = match timeout(limits.time, read(&mut stream, lenient, reactor.continues(), limits)).await {
        Ok(Some(Received::Request(request))) => request.with(|request| reactor.react(request)),
        Ok(Some(Received::Broken(status))) => reactor.react_to_broken_framing(status),
        Ok(None) | Err(_) => Reaction::Close,
    };
    let dies = reaction == Reaction::Die;
    // Whoever goes away while an answer is sent has seen enough.
    let _ = perform(stream, reaction, limits.time).await;
    dies
}

async fn perform(mut stream: TcpStream, reaction: Reaction, time: Duration) -> std::io::Result<()> {
    let (response, spoil) = match reaction {
        Reaction::Answer(response) => (response, None),
        Reaction::Spoil(response, spoil) => (response, Some(spoil)),
        Reaction::Close | Reaction::Die => return stream.shutdown().await,
        Reaction::Hang => return hang(stream, time).await,
        Reaction::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            return stream.shutdown().await;
        }
        Reaction::Reset => return reset(&stream),
    };
    if let Some(endless @ (Spoil::EndlessBody | Spoil::EndlessChunks | Spoil::EndlessHead)) = spoil {
        return timeout(time, pour(stream, &response, endless)).await.unwrap_or(Ok(()));
    }
    let length = match spoil {
        Some(Spoil::LengthLong) => response.body.len() + 20,
        Some(Spoil::LengthShort) => response.body.len().saturating_sub(20),
        _ => response.body.len(),
    };
    let head = response.head(length);
    let half = response.body.len() / 2;
    match spoil {
        Some(Spoil::CloseInHead | Spoil::HangInHead) => stream.write_all(&head[..head.len() / 2]).await?,
        Some(Spoil::CloseInBody | Spoil::HangInBody | Spoil::ResetInBody) => {
            stream.write_all(&[&head, &response.body[..half]].concat()).await?;
        }
        Some(Spoil::Twice) => {
            let once = [&head[..], &response.body].concat();
            stream.write_all(&[&once[..], &once].concat()).await?;
        }
        Some(Spoil::Drip) => {
            for &byte in head.iter().chain(&response.body) {
                stream.write_all(&[byte]).await?;
                sleep(DRIP).await;
            }
        }
        _ => stream.write_all(&[&head[..], &response.body].concat()).await?,
    }
    match spoil {
        Some(Spoil::HangInBody | Spoil::HangInHead) => hang(stream, time).await,
        Some(Spoil::ResetInBody) => {
            // Let the bytes arrive first: a reset throws away what is still on its way.
            sleep(Duration::from_millis(20)).await;
            reset(&stream)
        }
        _ => stream.shutdown().await,
    }
}

/// Sends an answer that does not end, until the other side goes away.
async fn pour(mut stream: TcpStream, response: &Response, endless: Spoil) -> std::io::Result<()> {
    let head = String::from_utf8_lossy(&response.head(0)).replace("content-length: 0\r\n", "");
    let (first, again) = match endless {
        Spoil::EndlessHead => {
            (head.trim_end().to_owned() + "\r\n", format!("x-more: {}\r\n", "x".repeat(1000)))
        }
        Spoil::EndlessChunks => (
            head.replace("connection: close\r\n", "transfer-encoding: chunked\r\n"),
            format!("400\r\n{}\r\n", " ".repeat(1024)),
        ),
        _ => (head + &String::from_utf8_lossy(&response.body), " ".repeat(1024)),
    };
    stream.write_all(first.as_bytes()).await?;
    loop {
        stream.write_all(again.as_bytes()).await?;
        // Enough to fill any memory in the end, and little enough to leave the machine to others.
        sleep(POUR).await;
    }
}

/// Says nothing until the other side goes away or the time is up.
async fn hang(mut stream: TcpStream, time: Duration) -> std::io::Result<()> {
    let mut rest = [0; 64];
    let _ = timeout(time, async { while stream.read(&mut rest).await.is_ok_and(|count| count > 0) {} }).await;
    Ok(())
}

fn reset(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_zero_linger()
}

impl Response {
    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// The bytes of its head, with this Content-Length.
    fn head(&self, length: usize) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} -\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 {
            head.push_str(&format!("content-length: {length}\r\n"));
        }
        head.push_str("connection: close\r\n\r\n");
        head.into_bytes()
    }
}

/// A request that was read.
struct Owned {
    one_zero: bool,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Owned {
    fn with<T>(&self, use_it: impl FnOnce(&Request<'_>) -> T) -> T {
        let (path, query) =
            self.target.split_once('?').map_or((&*self.target, None), |(path, query)| (path, Some(query)));
        let version = if self.one_zero { "1.0" } else { "1.1" };
        let request =
            Request { version, method: &self.method, path, query, headers: &self.headers, body: &self.body };
        use_it(&request)
    }
}

enum Received {
    Broken(u16),
    Request(Owned),
}

/// Reads a request; `None` if the other side went away before its end.
async fn read(
    stream: &mut TcpStream,
    lenient: bool,
    reactor_continues: bool,
    limits: MockLimits,
) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if bytes.len() > limits.head {
            return Some(Received::Broken(431));
        }
        fill(stream, &mut bytes).await?;
    };
    let mut fields = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut fields);
    if parsed.parse(&bytes[..end]).is_err() {
        return Some(Received::Broken(400));
    }
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|field| (field.name.to_owned(), String::from_utf8_lossy(field.value).into_owned()))
        .collect();
    let one_zero = parsed.version == Some(0);
    let method = parsed.method.unwrap_or_default().to_owned();
    let target = parsed.path.unwrap_or("/").to_owned();
    let rest = bytes.split_off(end);
    let continued = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("expect") && value.eq_ignore_ascii_case("100-continue")
    });
    if continued && rest.is_empty() && reactor_continues {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.ok()?;
    }
    let body = match body(stream, &headers, rest, lenient, limits.body).await? {
        Ok(body) => body,
        Err(status) => return Some(Received::Broken(status)),
    };
    Some(Received::Request(Owned { one_zero, method, target, headers, body }))
}

async fn body(
    stream: &mut TcpStream,
    headers: &[(String, String)],
    rest: Vec<u8>,
    lenient: bool,
    limit: usize,
) -> Option<Result<Vec<u8>, u16>> {
    let values = |wanted: &str| -> Vec<String> {
        let named = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.map(|(_, value)| value.trim().to_ascii_lowercase()).collect()
    };
    let (lengths, codings) = (values("content-length"), values("transfer-encoding"));
    if !codings.is_empty() && (lengths.is_empty() || lenient) {
        return if codings == ["chunked"] {
            chunked(stream, rest, lenient, limit).await
        } else {
            Some(Err(501))
        };
    }
    let length = match (&*lengths, codings.is_empty()) {
        ([], _) => 0,
        ([one], true) if one.bytes().all(|byte| byte.is_ascii_digit()) && !one.is_empty() => {
            match one.parse::<usize>() {
                Ok(length) => length,
                Err(_) if lenient => return Some(Ok(until_end(stream, rest, limit).await)),
                Err(_) => return Some(Err(400)),
            }
        }
        _ if lenient => return Some(Ok(until_end(stream, rest, limit).await)),
        _ => return Some(Err(400)),
    };
    if length > limit {
        return Some(Err(413));
    }
    let mut body = rest;
    while body.len() < length {
        if fill(stream, &mut body).await.is_none() {
            return lenient.then_some(Ok(body));
        }
    }
    if !lenient {
        body.truncate(length);
    }
    Some(Ok(body))
}

/// What comes until the other side pauses or ends.
async fn until_end(stream: &mut TcpStream, rest: Vec<u8>, limit: usize) -> Vec<u8> {
    let mut body = rest;
    while body.len() < limit
        && timeout(Duration::from_millis(50), fill(stream, &mut body)).await.is_ok_and(|more| more.is_some())
    {
    }
    body
}

async fn chunked(
    stream: &mut TcpStream,
    rest: Vec<u8>,
    lenient: bool,
    limit: usize,
) -> Option<Result<Vec<u8>, u16>> {
    let mut body = rest;
    let mut decoded = Vec::new();
    loop {
        match httparse::parse_chunk_size(&body) {
            Ok(httparse::Status::Complete((start, size))) => {
                let Some(size) = usize::try_from(size).ok().filter(|size| decoded.len() + size <= limit)
                else {
                    return Some(Err(413));
                };
                while body.len() < start + size + 2 {
                    if fill(stream, &mut body).await.is_none() {
                        return lenient.then_some(Ok(decoded));
                    }
                }
                decoded.extend_from_slice(&body[start..start + size]);
                body.drain(..start + size + 2);
                if size == 0 {
                    return Some(Ok(decoded));
                }
            }
            Ok(httparse::Status::Partial) => {
                if fill(stream, &mut body).await.is_none() {
                    return lenient.then_some(Ok(decoded));
                }
            }
            Err(_) if lenient => {
                // Skips the line that should have been a size, and takes the rest as it is.
                let line = body.windows(2).position(|window| window == b"\r\n").map_or(0, |at| at + 2);
                let rest = until_end(stream, body.split_off(line), limit).await;
                return Some(Ok(rest.strip_suffix(b"\r\n0\r\n\r\n").unwrap_or(&rest).to_vec()));
            }
            Err(_) => return Some(Err(400)),
        }
    }
}

async fn fill(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    stream.read_buf(bytes).await.ok().filter(|&count| count > 0).map(drop)
}
