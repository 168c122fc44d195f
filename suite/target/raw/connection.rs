//! A connection that bytes are written to as they are, over TCP or TLS.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::{Buf as _, BytesMut};
use futures_util::FutureExt as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::interim::{MAX_INTERIM, is_interim};
use crate::evidence::{Answer, Bytes, HttpAnswer, Line, Silence, TlsFailure};
use crate::message::{SECOND, Wire};
use crate::mock::http1::{Chunks, body_end};
use crate::target::Endpoint;
use crate::target::options::MAX_ANSWER;
use crate::target::tls::tls_failure;

/// How long the path waits for bytes after a complete answer when it is asked to look.
pub(super) const LINGER: Duration = Duration::from_millis(100);

/// Pause at a place where the bytes of a request are parted: longer than the timers by which a stack
/// puts small segments together.
pub(super) const PART: Duration = Duration::from_millis(10);

/// How long the pauses between many parts are together: as parts go out without delay (TCP_NODELAY), each is a segment
/// of its own as long as there is [`LEAST_PART`] between two.
const PARTS: Duration = Duration::from_millis(100);

/// Least pause between two of many parts, so that whoever reads on at once sees each by itself.
const LEAST_PART: Duration = Duration::from_millis(3);

/// How long an answer is waited for before a sender whose body is framed in no way says that no more
/// comes.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// What bytes go over.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection that bytes are written to as they are.
pub(in crate::target) struct RawConnection {
    stream: Box<dyn Stream>,
    /// Read, but not yet part of an answer. Taking bytes off its front moves none of the others.
    pub(super) buffer: BytesMut,
    /// Longest body that is read.
    pub(super) most: usize,
    /// Exchanges so far.
    pub(super) exchanges: usize,
    /// Whether the first answer began with an empty line, so that such a line before another one belongs to that.
    pub(super) begins_empty: bool,
    /// Whether the request was one of HTTP/1.0.
    pub(super) is_old: bool,
    /// Counts what is read.
    arrivals: Arrivals,
    /// The answer whose body is being read, as far as its head tells.
    pub(super) begun: Option<HttpAnswer>,
    /// What has come of its chunks, where it comes in such.
    pub(super) chunks: Option<Chunks>,
}

/// How many times something was read, which another task may look at meanwhile.
#[derive(Debug, Clone, Default)]
pub(in crate::target) struct Arrivals(Arc<AtomicUsize>);

impl Arrivals {
    /// How many times so far.
    pub(in crate::target) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl RawConnection {
    /// Connects, in this time at most, and as long again for TLS, for answers of at most so many bytes.
    pub(in crate::target) async fn open(
        endpoint: &Endpoint,
        tls: &Arc<ClientConfig>,
        longest: Duration,
        most: usize,
        arrivals: &Arrivals,
    ) -> Result<Self, Silence> {
        let connected = tokio::time::timeout(longest, Self::connect(endpoint)).await;
        let tcp = connected.unwrap_or(Err(Silence::Unreachable))?;
        let secured = tokio::time::timeout(longest, Self::secure(endpoint, tcp, tls)).await;
        let stream = secured.unwrap_or(Err(Silence::Tls(TlsFailure::TimedOut)))?;
        Ok(Self { most, arrivals: arrivals.clone(), ..Self::over(stream) })
    }

    async fn connect(endpoint: &Endpoint) -> Result<TcpStream, Silence> {
        let tcp = match endpoint.dial() {
            Some(address) => TcpStream::connect(address).await,
            None => TcpStream::connect((endpoint.host().trim_matches(['[', ']']), endpoint.port())).await,
        };
        let tcp = tcp.map_err(|error| silence_of(&error, Silence::Unreachable))?;
        let _ = tcp.set_nodelay(true);
        Ok(tcp)
    }

    /// Lays TLS over a connection, where the URL asks for it.
    async fn secure(
        endpoint: &Endpoint,
        tcp: TcpStream,
        tls: &Arc<ClientConfig>,
    ) -> Result<Box<dyn Stream>, Silence> {
        let stream: Box<dyn Stream> = if endpoint.is_tls() {
            let host = endpoint.host().trim_matches(['[', ']']).to_owned();
            let name = ServerName::try_from(host).map_err(|_| Silence::Tls(TlsFailure::Name))?;
            let connected = TlsConnector::from(Arc::clone(tls)).connect(name, tcp).await;
            Box::new(connected.map_err(|error| Silence::Tls(tls_failure(&error)))?)
        } else {
            Box::new(tcp)
        };
        Ok(stream)
    }

    pub(super) fn over(stream: Box<dyn Stream>) -> Self {
        let (buffer, arrivals) = (BytesMut::new(), Arrivals::default());
        Self {
            stream,
            buffer,
            most: MAX_ANSWER,
            exchanges: 0,
            begins_empty: false,
            is_old: false,
            arrivals,
            begun: None,
            chunks: None,
        }
    }

    /// What has come of an answer whose end was waited for in vain. Nobody reads on after that.
    pub(in crate::target) fn unended(mut self) -> Option<HttpAnswer> {
        let mut answer = self.begun?;
        answer.body = Bytes(if let Some(chunks) = self.chunks {
            chunks.into_body()
        } else {
            self.buffer.truncate(self.most);
            self.buffer.to_vec()
        });
        Some(answer)
    }

    /// Writes a request and reads the answer to it.
    pub(in crate::target) async fn exchange(&mut self, wire: &Wire, is_head: bool) -> (Answer, Line) {
        let mut line = Line { shared: self.exchanges > 0, ..Line::default() };
        self.exchanges += 1;
        self.is_old =
            wire.bytes.split(|byte| *byte == b'\r').next().is_some_and(|l| l.ends_with(b"HTTP/1.0"));
        let written = match wire.held {
            Some(first) => self.write_held(wire, first, &mut line).await,
            None => self.write(wire).await,
        };
        if wire.gives_up && tokio::time::timeout(PATIENCE, self.fill()).await.is_err() {
            let _ = self.stream.shutdown().await;
        }
        // A server may answer and close before it has read everything: look for the answer even
        // when writing failed.
        let answer = match self.read_answer(is_head, &mut line).await {
            Answer::Silence(Silence::Closed) if written.is_err() => Answer::Silence(Silence::Reset),
            answer => answer,
        };
        (answer, line)
    }

    async fn write(&mut self, wire: &Wire) -> io::Result<()> {
        let mut from = 0;
        let pause = pause_between(wire.cuts.len());
        for &cut in &wire.cuts {
            self.stream.write_all(&wire.bytes[from..cut]).await?;
            self.stream.flush().await?;
            tokio::time::sleep(pause).await;
            from = cut;
        }
        self.stream.write_all(&wire.bytes[from..]).await?;
        self.stream.flush().await?;
        if wire.half_close {
            self.stream.shutdown().await?;
        }
        Ok(())
    }

    /// Writes the head, and the body only where an interim answer asks for it.
    async fn write_held(&mut self, wire: &Wire, first: usize, line: &mut Line) -> io::Result<()> {
        self.stream.write_all(&wire.bytes[..first]).await?;
        self.stream.flush().await?;
        let mut interim = 0;
        loop {
            let Ok(Some(head)) = self.find_head().await? else { return Ok(()) };
            // A final status: the body stays where it is.
            if !is_interim(head.status) || interim == MAX_INTERIM {
                return Ok(());
            }
            self.buffer.advance(head.length);
            self.pass_over(head.status, body_end(&head.fields), line).await;
            interim += 1;
            if head.status == 100 {
                break;
            }
        }
        self.stream.write_all(&wire.bytes[first..]).await?;
        self.stream.flush().await
    }

    /// Writes the bytes one by one, `pause` apart, until the peer stops taking them.
    pub(in crate::target) async fn drip(&mut self, bytes: &[u8], pause: Duration) {
        for byte in bytes {
            if self.stream.write_all(&[*byte]).await.is_err() || self.stream.flush().await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
    }

    pub(in crate::target) async fn write_all(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok() && self.stream.flush().await.is_ok()
    }

    /// Looks for bytes that follow a complete answer, and for the end of the connection. Only after a
    /// request whose end is beyond doubt: what is left of a broken one may be taken for a request of its
    /// own. The end is waited for longer where it is due within some time.
    pub(in crate::target) async fn linger(
        &mut self,
        answer: &mut Answer,
        line: &mut Line,
        due: Option<Duration>,
    ) {
        if let Answer::Http(http) = answer {
            let mut behind = self.buffer.to_vec();
            let mut chunk = [0; 1024];
            let longest = due.map_or(LINGER, |due| due.min(PATIENCE));
            match tokio::time::timeout(longest, self.stream.read(&mut chunk)).await {
                Ok(Ok(0) | Err(_)) => line.closed = true,
                Ok(Ok(count)) => behind.extend_from_slice(&chunk[..count]),
                Err(_) => line.open = due.is_some(),
            }
            if line_ends(&behind) == behind.len() {
                line.surplus += behind.len();
            } else {
                http.trailing = behind.len();
            }
        }
    }

    /// Looks for the answer to a request that was sent with another one.
    pub(in crate::target) async fn second(&mut self, line: &mut Line, longest: Duration) {
        let mut other = Line::default();
        match tokio::time::timeout(longest, self.read_answer(false, &mut other)).await {
            Ok(Answer::Http(second)) => line.second = Some(second.status),
            Ok(Answer::Silence(_)) => line.closed = true,
            Err(_) => line.open = true,
        }
    }

    /// Sends a second request after an answer, and tells what that is answered. A server that has closed
    /// the connection, or will, says nothing.
    pub(in crate::target) async fn follow(&mut self, host: &str, line: &mut Line) {
        let _ = self.write_all(SECOND.replace("{host}", host).as_bytes()).await;
        let mut other = Line::default();
        if let Ok(Answer::Http(second)) =
            tokio::time::timeout(LINGER * 3, self.read_answer(false, &mut other)).await
        {
            line.second = Some(second.status);
        }
    }

    /// Whether nothing has come that nobody asked for, nor the end of the connection.
    pub(in crate::target) fn is_quiet(&mut self) -> bool {
        self.buffer.is_empty() && self.fill().now_or_never().is_none()
    }

    pub(super) async fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(8192);
        let has_more = self.stream.read_buf(&mut self.buffer).await? > 0;
        self.arrivals.0.fetch_add(usize::from(has_more), Ordering::Relaxed);
        Ok(has_more)
    }

    /// The same within this time; nothing where that is not enough.
    pub(super) async fn fill_within(&mut self, longest: Duration) -> Option<bool> {
        // What is in memory is there at the first look, and then there may be no clock.
        let filled = match self.fill().now_or_never() {
            Some(filled) => filled,
            None => tokio::time::timeout(longest, self.fill()).await.ok()?,
        };
        Some(filled.unwrap_or(false))
    }
}

/// How many bytes of line ends these begin with.
pub(super) fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// The pause at each of so many cuts.
fn pause_between(cuts: usize) -> Duration {
    let share = PARTS / u32::try_from(cuts).unwrap_or(u32::MAX).max(1);
    share.clamp(LEAST_PART, PART)
}

/// How a connection ended by this error; by any other in this way.
pub(in crate::target) fn silence_of(error: &io::Error, otherwise: Silence) -> Silence {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Silence::Refused,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Silence::Reset
        }
        io::ErrorKind::UnexpectedEof => Silence::Closed,
        io::ErrorKind::TimedOut => Silence::TimedOut,
        _ => otherwise,
    }
}
