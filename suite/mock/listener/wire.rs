//! A server that can do on a connection what a well-behaved HTTP library refuses to: answer twice,
//! stop within an answer, reset, hang. One request on each connection, unless a reaction keeps it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::accept::{Lanes, accept};
use super::held::Held;
use super::receive::{Received, read};
use super::stream::tell;
use super::tolerant::read_flawed;
use super::{MockLimits, React, listen};
use crate::evidence::{Reaction, Response, Spoil};

/// Pause between the bytes of [`Spoil::Drip`].
const DRIP: Duration = Duration::from_millis(100);

/// Pause between pieces: long enough for each to go out in a segment of its own.
const SEGMENT: Duration = Duration::from_millis(10);

/// Pieces of [`Spoil::Slow`].
const SLOW_PIECES: u32 = 40;

/// What part of [`MockLimits::time`] an answer of [`Spoil::Slow`] takes.
const SLOW_PART: u32 = 8;

/// Pause between the kilobytes of an answer that does not end: some 10 MB in a minute.
const POUR: Duration = Duration::from_millis(5);

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
        let listener = listen(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(take(listener, reactor, limits));
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

async fn take(listener: TcpListener, reactor: Arc<dyn React>, limits: MockLimits) {
    let held = Held::at_most(limits.held);
    accept(listener, Lanes::of(&*reactor, limits), |stream| {
        let (reactor, held) = (Arc::clone(&reactor), held.clone());
        async move { serve(stream, &*reactor, limits, &held).await }
    })
    .await;
}

/// Serves one connection; gives it back if the server dies of it.
async fn serve(
    mut stream: TcpStream,
    reactor: &dyn React,
    limits: MockLimits,
    held: &Held,
) -> Option<TcpStream> {
    let mut share = held.share();
    let _ = stream.set_nodelay(true);
    let reaction = loop {
        let received = timeout(limits.time, async {
            if reactor.takes_flawed() {
                read_flawed(&mut stream, reactor, limits, &mut share).await
            } else {
                read(&mut stream, reactor, limits, &mut share).await
            }
        });
        let reaction = match received.await {
            Ok(Some(Received::Request(request))) => {
                if let Some(events) = request.with(|request| reactor.events(request)) {
                    // It goes on for long, and needs nothing of the request.
                    drop((request, share));
                    tell(stream, events, limits.time).await;
                    return None;
                }
                request.with(|request| reactor.react(request))
            }
            Ok(Some(Received::Broken(status))) => reactor.react_to_broken_framing(status),
            Ok(None) | Err(_) => Reaction::Close,
        };
        match reaction {
            Reaction::Keep(bytes) if send(&mut stream, &bytes, limits.time).await.is_ok() => {}
            reaction => break reaction,
        }
    };
    if reaction == Reaction::Die {
        return Some(stream);
    }
    // Whoever goes away while an answer is sent has seen enough.
    let _ = perform(stream, reaction, limits.time).await;
    None
}

/// Does something with a connection, which ends with that.
pub(super) async fn perform(
    mut stream: TcpStream,
    reaction: Reaction,
    time: Duration,
) -> std::io::Result<()> {
    let (response, spoil) = match reaction {
        Reaction::Answer(response) => (response, None),
        Reaction::Spoil(response, spoil) => (response, Some(spoil)),
        // What is kept was written before this.
        Reaction::Close | Reaction::Die | Reaction::Keep(_) => return stream.shutdown().await,
        Reaction::Hang => return hang(stream, time).await,
        Reaction::Pieces(pieces) => {
            return in_pieces(stream, pieces.iter().map(Vec::as_slice), SEGMENT, time).await;
        }
        Reaction::Early(bytes) | Reaction::Raw(bytes) => {
            send(&mut stream, &bytes, time).await?;
            return stream.shutdown().await;
        }
        Reaction::Reset => return reset(&stream),
    };
    if let Some(endless @ (Spoil::EndlessBody | Spoil::EndlessChunks | Spoil::EndlessHead)) = spoil {
        return timeout(time, pour(stream, &response, endless, time)).await.unwrap_or(Ok(()));
    }
    let length = match spoil {
        Some(Spoil::LengthLong | Spoil::LengthLongOpen) => response.body.len() + 20,
        Some(Spoil::LengthShort) => response.body.len().saturating_sub(20),
        _ => response.body.len(),
    };
    let head = response.head(length);
    let half = response.body.len() / 2;
    match spoil {
        Some(Spoil::CloseInHead | Spoil::HangInHead) => {
            send(&mut stream, &head[..head.len() / 2], time).await?;
        }
        Some(Spoil::CloseInBody | Spoil::HangInBody | Spoil::ResetInBody) => {
            send(&mut stream, &[&head, &response.body[..half]].concat(), time).await?;
        }
        Some(Spoil::Twice) => {
            let once = [&head[..], &response.body].concat();
            send(&mut stream, &[&once[..], &once].concat(), time).await?;
        }
        Some(Spoil::Drip) => {
            for &byte in head.iter().chain(&response.body) {
                send(&mut stream, &[byte], time).await?;
                sleep(DRIP).await;
            }
        }
        Some(Spoil::Slow) => {
            let whole = [&head[..], &response.body].concat();
            let size = whole.len().div_ceil(SLOW_PIECES as usize).max(1);
            return in_pieces(stream, whole.chunks(size), time / SLOW_PART / SLOW_PIECES, time).await;
        }
        _ => send(&mut stream, &[&head[..], &response.body].concat(), time).await?,
    }
    match spoil {
        Some(Spoil::HangInBody | Spoil::HangInHead | Spoil::LengthLongOpen) => hang(stream, time).await,
        Some(Spoil::ResetInBody) => {
            // Let the bytes arrive first: a reset throws away what is still on its way.
            sleep(Duration::from_millis(20)).await;
            reset(&stream)
        }
        _ => stream.shutdown().await,
    }
}

/// Writes bytes, unless the other side takes longer than this to read them.
pub(super) async fn send(stream: &mut TcpStream, bytes: &[u8], time: Duration) -> std::io::Result<()> {
    timeout(time, stream.write_all(bytes)).await.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

/// Sends pieces with a pause after each, and closes the connection.
async fn in_pieces<'a>(
    mut stream: TcpStream,
    pieces: impl Iterator<Item = &'a [u8]>,
    pause: Duration,
    time: Duration,
) -> std::io::Result<()> {
    for piece in pieces {
        send(&mut stream, piece, time).await?;
        sleep(pause).await;
    }
    stream.shutdown().await
}

/// Sends an answer that does not end, until the other side goes away.
async fn pour(
    mut stream: TcpStream,
    response: &Response,
    endless: Spoil,
    time: Duration,
) -> std::io::Result<()> {
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
    send(&mut stream, first.as_bytes(), time).await?;
    loop {
        send(&mut stream, again.as_bytes(), time).await?;
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
