//! The raw path: bytes as they are over TCP or TLS, answers read as they come.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf as _, BytesMut};
use futures_util::FutureExt as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Endpoint;
use super::options::MAX_ANSWER;
use super::tls::tls_failure;
use crate::evidence::{
    Answer, AnswerHead, Bytes, HttpAnswer, Line, NotHttp, Silence, TlsFailure, head_flaws, read_answer_head,
};
use crate::message::{SECOND, Wire};
use crate::mock::http1::{BodyEnd, Chunks, MAX_CHUNK_LINE, Progress, body_end, trailer_length, values};

/// Longest head of an answer, in bytes: more than any HTTP library takes by default.
const MAX_HEAD: usize = 256 * 1024;

/// Most interim answers before the answer (RFC 9110 15.2). Libraries that have a limit take 8 to 100.
const MAX_INTERIM: usize = 100;

/// How long the path waits for bytes after a complete answer when it is asked to look.
const LINGER: Duration = Duration::from_millis(100);

/// Pause at a place where the bytes of a request are parted: longer than the timers by which a stack
/// puts small segments together.
const PART: Duration = Duration::from_millis(10);

/// How long the pauses between many parts are together: as parts go out without delay (TCP_NODELAY), each is a segment
/// of its own as long as there is [`LEAST_PART`] between two.
const PARTS: Duration = Duration::from_millis(100);

/// Least pause between two of many parts, so that whoever reads on at once sees each by itself.
const LEAST_PART: Duration = Duration::from_millis(3);

/// How long an answer is waited for before a sender whose body is framed in no way says that no more
/// comes.
const PATIENCE: Duration = Duration::from_secs(1);

/// How an answer begins.
const NEXT: &[u8] = b"HTTP/1.";

/// Most bytes of a line that is none which are kept.
const MAX_WRONG_LINE: usize = 120;

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection that bytes are written to as they are.
pub(super) struct RawConnection {
    stream: Box<dyn Stream>,
    /// Read, but not yet part of an answer. Taking bytes off its front moves none of the others.
    buffer: BytesMut,
    /// Longest body that is read.
    most: usize,
    /// Exchanges so far.
    exchanges: usize,
    /// Whether the request was one of HTTP/1.0.
    is_old: bool,
    /// Counts what is read.
    arrivals: Arrivals,
    /// The answer whose body is being read, as far as its head tells.
    begun: Option<HttpAnswer>,
    /// What has come of its chunks, where it comes in such.
    chunks: Option<Chunks>,
}

/// How many times something was read, which another task may look at meanwhile.
#[derive(Debug, Clone, Default)]
pub(super) struct Arrivals(Arc<AtomicUsize>);

impl Arrivals {
    /// How many times so far.
    pub(super) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl RawConnection {
    /// Connects, in this time at most, and as long again for TLS, for answers of at most so many bytes.
    pub(super) async fn open(
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

    fn over(stream: Box<dyn Stream>) -> Self {
        let (buffer, arrivals) = (BytesMut::new(), Arrivals::default());
        Self {
            stream,
            buffer,
            most: MAX_ANSWER,
            exchanges: 0,
            is_old: false,
            arrivals,
            begun: None,
            chunks: None,
        }
    }

    /// What has come of an answer whose end was waited for in vain. Nobody reads on after that.
    pub(super) fn unended(mut self) -> Option<HttpAnswer> {
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
    pub(super) async fn exchange(&mut self, wire: &Wire, is_head: bool) -> (Answer, Line) {
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
    pub(super) async fn drip(&mut self, bytes: &[u8], pause: Duration) {
        for byte in bytes {
            if self.stream.write_all(&[*byte]).await.is_err() || self.stream.flush().await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
    }

    pub(super) async fn write_all(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok() && self.stream.flush().await.is_ok()
    }

    /// Looks for bytes that follow a complete answer, and for the end of the connection. Only after a
    /// request whose end is beyond doubt: what is left of a broken one may be taken for a request of its
    /// own. The end is waited for longer where it is due within some time.
    pub(super) async fn linger(&mut self, answer: &mut Answer, line: &mut Line, due: Option<Duration>) {
        if let Answer::Http(http) = answer {
            http.trailing = self.buffer.len();
            let mut chunk = [0; 1024];
            let longest = due.map_or(LINGER, |due| due.min(PATIENCE));
            match tokio::time::timeout(longest, self.stream.read(&mut chunk)).await {
                Ok(Ok(0) | Err(_)) => line.closed = true,
                Ok(Ok(count)) => http.trailing += count,
                Err(_) => line.open = due.is_some(),
            }
        }
    }

    /// Looks for the answer to a request that was sent with another one.
    pub(super) async fn second(&mut self, line: &mut Line, longest: Duration) {
        let mut other = Line::default();
        match tokio::time::timeout(longest, self.read_answer(false, &mut other)).await {
            Ok(Answer::Http(second)) => line.second = Some(second.status),
            Ok(Answer::Silence(_)) => line.closed = true,
            Err(_) => line.open = true,
        }
    }

    /// Sends a second request after an answer, and tells what that is answered. A server that has closed
    /// the connection, or will, says nothing.
    pub(super) async fn follow(&mut self, host: &str, line: &mut Line) {
        let _ = self.write_all(SECOND.replace("{host}", host).as_bytes()).await;
        let mut other = Line::default();
        if let Ok(Answer::Http(second)) =
            tokio::time::timeout(LINGER * 3, self.read_answer(false, &mut other)).await
        {
            line.second = Some(second.status);
        }
    }

    /// Whether nothing has come that nobody asked for, nor the end of the connection.
    pub(super) fn is_quiet(&mut self) -> bool {
        self.buffer.is_empty() && self.fill().now_or_never().is_none()
    }

    async fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(8192);
        let has_more = self.stream.read_buf(&mut self.buffer).await? > 0;
        self.arrivals.0.fetch_add(usize::from(has_more), Ordering::Relaxed);
        Ok(has_more)
    }

    /// The same within this time; nothing where that is not enough.
    async fn fill_within(&mut self, longest: Duration) -> Option<bool> {
        // What is in memory is there at the first look, and then there may be no clock.
        let filled = match self.fill().now_or_never() {
            Some(filled) => filled,
            None => tokio::time::timeout(longest, self.fill()).await.ok()?,
        };
        Some(filled.unwrap_or(false))
    }

    /// Takes note of an interim answer, and passes over what it says is its body.
    async fn pass_over(&mut self, status: u16, end: BodyEnd, line: &mut Line) {
        if self.is_old || end != BodyEnd::Close {
            line.interim.push(status);
        }
        let BodyEnd::Length(length @ 1..=MAX_WRONG_LINE) = end else { return };
        while self.buffer.len() < length.max(NEXT.len()) && self.fill_within(PART).await == Some(true) {}
        if !self.buffer.starts_with(NEXT) {
            self.buffer.advance(length.min(self.buffer.len()));
        }
    }

    /// What stands first in what has come, up to the end of its line.
    fn first_line(&self) -> Bytes {
        let line = self.buffer.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        Bytes(line[..line.len().min(MAX_WRONG_LINE)].to_vec())
    }

    async fn read_answer(&mut self, is_head: bool, line: &mut Line) -> Answer {
        // Interim responses come before the answer (RFC 9110 15.2).
        for _ in 0..=MAX_INTERIM {
            match self.read_response(is_head, line).await {
                Ok(answer) if is_interim(answer.status) => {}
                Ok(answer) => return Answer::Http(answer),
                Err(silence) => return Answer::Silence(silence),
            }
        }
        // Whoever sends so many has no answer.
        Answer::Silence(Silence::TimedOut)
    }

    /// Waits for the head of an answer, and leaves it where it is; none where the connection ends before.
    /// However it comes, each byte of it is looked at a few times only.
    async fn find_head(&mut self) -> io::Result<Result<Option<AnswerHead>, NotHttp>> {
        let mut looked_at = 0;
        loop {
            // Whether this is HTTP shows at the start, and the rest at the empty line.
            if looked_at == 0 || has_empty_line(&self.buffer[looked_at - 1..]) {
                match read_answer_head(&self.buffer) {
                    Ok(None) if self.buffer.len() <= MAX_HEAD => {}
                    Ok(None) => return Ok(Err(NotHttp)),
                    found => return Ok(found),
                }
            } else if self.buffer.len() > MAX_HEAD {
                return Ok(Err(NotHttp));
            }
            // What comes in single bytes is looked at whole while it is short.
            looked_at = if self.buffer.len() < 1024 { 0 } else { self.buffer.len().saturating_sub(3) };
            if !self.fill().await? {
                return Ok(Ok(None));
            }
        }
    }

    /// Reads a head, and keeps its bytes where something is wrong with them.
    async fn read_head(&mut self, line: &mut Line) -> Result<AnswerHead, Silence> {
        match self.find_head().await {
            Ok(Ok(Some(head))) => {
                let bytes = self.buffer.split_to(head.length);
                if !head_flaws(&bytes).is_empty() {
                    line.head = Some(Bytes(bytes.to_vec()));
                }
                Ok(head)
            }
            Ok(Ok(None)) if self.buffer.is_empty() => Err(Silence::Closed),
            Ok(Ok(None)) => Err(Silence::NotHttp),
            Ok(Err(NotHttp)) => {
                if !self.buffer.contains(&b'\n') {
                    let _ = self.fill_within(LINGER).await;
                }
                line.head = Some(self.first_line());
                Err(Silence::NotHttp)
            }
            Err(error) => Err(silence_of(&error, Silence::Reset)),
        }
    }

    async fn read_response(&mut self, is_head: bool, line: &mut Line) -> Result<HttpAnswer, Silence> {
        let head = self.read_head(line).await?;
        let end = body_end(&head.fields);
        let mut answer = HttpAnswer {
            version: head.version.to_owned(),
            status: head.status,
            headers: head
                .fields
                .into_iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect(),
            body: Bytes::default(),
            complete: false,
            trailing: 0,
        };
        if is_interim(answer.status) {
            self.pass_over(answer.status, end, line).await;
            answer.complete = true;
            return Ok(answer);
        }
        if is_head || matches!(answer.status, 100..=199 | 204 | 304) {
            answer.complete = true;
            line.surplus = self.rest_at_once().await;
            return Ok(answer);
        }
        self.begun = Some(answer.clone());
        match end {
            BodyEnd::Chunks => self.read_chunked(&mut answer, line).await,
            // Where lengths differ, the first one counts.
            BodyEnd::Length(length) | BodyEnd::Unclear(Some(length)) => {
                self.read_sized(&mut answer, length).await;
            }
            BodyEnd::Close => self.read_to_end(&mut answer, line).await,
            BodyEnd::Unclear(None) => self.read_what_comes(&mut answer).await,
        }
        self.begun = None;
        Ok(answer)
    }

    /// Takes what has come, or comes at once, and begins no answer: how many bytes it is.
    async fn rest_at_once(&mut self) -> usize {
        // What is in memory is there at the first look, and then there may be no clock.
        if self.buffer.is_empty() && self.fill().now_or_never().is_none() {
            let _ = tokio::time::timeout(PART, self.fill()).await;
        }
        if self.buffer.starts_with(b"HTTP/1.") {
            return 0;
        }
        std::mem::take(&mut self.buffer).len()
    }

    async fn read_sized(&mut self, answer: &mut HttpAnswer, length: usize) {
        while self.buffer.len() < length.min(self.most) {
            if !matches!(self.fill().await, Ok(true)) {
                break;
            }
        }
        answer.complete = self.buffer.len() >= length && length <= self.most;
        // What came in one piece with the body and begins no answer belongs to it, whatever its length
        // is said to be: the check of lengths tells so, and the others see the whole message.
        let whole = answer.complete && !self.buffer[length..].starts_with(b"HTTP/1.");
        let taken = if whole { self.buffer.len() } else { length.min(self.buffer.len()) }.min(self.most);
        answer.body = Bytes(self.buffer.split_to(taken).to_vec());
    }

    async fn read_to_end(&mut self, answer: &mut HttpAnswer, line: &mut Line) {
        let says_end = answer.version == "1.0" || says_close(answer);
        while self.buffer.len() < self.most {
            // The connection is all that tells the end, and a reset ends it, too.
            let more = if says_end || !self.may_be_all() {
                Some(matches!(self.fill().await, Ok(true)))
            } else {
                self.fill_within(PATIENCE).await
            };
            match more {
                Some(true) => {}
                Some(false) => {
                    answer.complete = true;
                    break;
                }
                None => {
                    line.unended = true;
                    break;
                }
            }
        }
        self.take_all(answer);
    }

    /// Takes what comes soon: of a body whose length is none nobody can wait for the end.
    async fn read_what_comes(&mut self, answer: &mut HttpAnswer) {
        while self.buffer.len() < self.most {
            let longest = if self.may_be_all() { PART } else { LINGER * 3 };
            if self.fill_within(longest).await != Some(true) {
                answer.complete = true;
                break;
            }
        }
        self.take_all(answer);
    }

    /// Whether what has come may be a whole document.
    fn may_be_all(&self) -> bool {
        self.buffer.trim_ascii_end().ends_with(b">")
    }

    fn take_all(&mut self, answer: &mut HttpAnswer) {
        self.buffer.truncate(self.most);
        answer.body = Bytes(std::mem::take(&mut self.buffer).to_vec());
    }

    /// Reads the trailer fields after the last chunk, to the empty line.
    async fn read_trailers(&mut self) -> bool {
        loop {
            if let Some(length) = trailer_length(&self.buffer) {
                self.buffer.advance(length);
                return true;
            }
            // They come with the last chunk, or with a line that is due and never comes.
            if self.buffer.len() > MAX_CHUNK_LINE || self.fill_within(PATIENCE).await != Some(true) {
                return false;
            }
        }
    }

    async fn read_chunked(&mut self, answer: &mut HttpAnswer, line: &mut Line) {
        // Kept where it is not lost when this is no longer waited for.
        self.chunks = Some(Chunks::new(self.most));
        let mut kept = self.most;
        while let Some(chunks) = &mut self.chunks {
            let (progress, taken) = chunks.take(&self.buffer);
            self.buffer.advance(taken);
            if let Some((end, length)) = chunks.wrong_end() {
                line.chunk = Some(Bytes(end.to_vec()));
                // What is made of the rest would depend on how it comes.
                kept = length;
                break;
            }
            match progress {
                Progress::Last => {
                    answer.complete = self.read_trailers().await;
                    break;
                }
                Progress::Partial if matches!(self.fill().await, Ok(true)) => {}
                Progress::Malformed => {
                    line.chunk = Some(self.first_line());
                    break;
                }
                Progress::Partial | Progress::TooLong => break,
            }
        }
        let mut body = self.chunks.take().map_or_else(Vec::new, Chunks::into_body);
        body.truncate(kept);
        answer.body = Bytes(body);
    }
}

/// The pause at each of so many cuts.
fn pause_between(cuts: usize) -> Duration {
    let share = PARTS / u32::try_from(cuts).unwrap_or(u32::MAX).max(1);
    share.clamp(LEAST_PART, PART)
}

/// Whether an empty line, which ends a head, is in these bytes.
fn has_empty_line(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"\n\n").or_else(|| memchr::memmem::find(bytes, b"\n\r\n")).is_some()
}

/// Whether an answer says that the connection ends with it (RFC 9112 9.6).
fn says_close(answer: &HttpAnswer) -> bool {
    values(&answer.headers, "connection")
        .flat_map(|value| value.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case("close"))
}

/// Whether more follows before the answer. After 101 another protocol does.
fn is_interim(status: u16) -> bool {
    (100..200).contains(&status) && status != 101
}

/// Reads the answers in what a peer sent before it closed the connection, as the raw path does: up to
/// the first that is none, which is told as well. Nothing at all is no answer.
pub fn read_answers(bytes: &[u8]) -> Vec<Answer> {
    answers_of(io::Cursor::new(bytes.to_vec()))
}

/// The same, where they come in pieces of these sizes, again and again; a size of 0 counts as 1.
pub fn read_answers_in_pieces(bytes: &[u8], sizes: [usize; 4]) -> Vec<Answer> {
    answers_of(Pieces { rest: io::Cursor::new(bytes.to_vec()), sizes, next: 0 })
}

/// Bytes of which at most a piece comes at a time.
struct Pieces {
    rest: io::Cursor<Vec<u8>>,
    sizes: [usize; 4],
    next: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let size = self.sizes[self.next % self.sizes.len()].max(1);
        self.next += 1;
        let mut piece = buffer.take(size);
        let read = Pin::new(&mut self.rest).poll_read(context, &mut piece);
        let filled = piece.filled().to_vec();
        buffer.put_slice(&filled);
        read
    }
}

fn answers_of(bytes: impl AsyncRead + Unpin + Send + 'static) -> Vec<Answer> {
    let stream = tokio::io::join(bytes, tokio::io::sink());
    let mut connection = RawConnection::over(Box::new(stream));
    let mut answers = Vec::new();
    // Memory is always ready, so each answer is there at the first look.
    while let Some(answer) = connection.read_answer(false, &mut Line::default()).now_or_never() {
        let last = match &answer {
            Answer::Silence(Silence::Closed) => break,
            Answer::Silence(_) => true,
            Answer::Http(answer) => !answer.complete,
        };
        answers.push(answer);
        if last {
            break;
        }
    }
    answers
}

pub(super) fn silence_of(error: &io::Error, otherwise: Silence) -> Silence {
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
