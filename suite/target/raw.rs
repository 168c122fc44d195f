//! The raw path: bytes as they are over TCP or TLS, answers read as they come.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Endpoint;
use crate::evidence::{Answer, Bytes, HttpAnswer, Silence};
use crate::message::Wire;
use crate::mock::http1::{
    BodyEnd, Chunks, MAX_CHUNK_LINE, NotHttp, Progress, answer_head, body_end, trailer_length,
};

/// Longest answer that is read, in bytes. What is longer counts as incomplete.
pub const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Most header fields of an answer.
const MAX_HEADERS: usize = 128;

/// How long the path waits for bytes after a complete answer when it is asked to look.
const LINGER: Duration = Duration::from_millis(100);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection that bytes are written to as they are.
pub(super) struct RawConnection {
    stream: Box<dyn Stream>,
    /// Read, but not yet part of an answer.
    buffer: Vec<u8>,
}

impl RawConnection {
    pub(super) async fn open(endpoint: &Endpoint, tls: &Arc<ClientConfig>) -> Result<Self, Silence> {
        let tcp = match endpoint.dial() {
            Some(address) => TcpStream::connect(address).await,
            None => TcpStream::connect((endpoint.host().trim_matches(['[', ']']), endpoint.port())).await,
        };
        let tcp = tcp.map_err(|error| silence_of(&error, Silence::Unreachable))?;
        let _ = tcp.set_nodelay(true);
        let stream: Box<dyn Stream> = if endpoint.is_tls() {
            let host = endpoint.host().trim_matches(['[', ']']).to_owned();
            let name = ServerName::try_from(host).map_err(|_| Silence::Tls)?;
            Box::new(TlsConnector::from(Arc::clone(tls)).connect(name, tcp).await.map_err(|_| Silence::Tls)?)
        } else {
            Box::new(tcp)
        };
        Ok(Self { stream, buffer: Vec::new() })
    }

    /// Writes a request and reads the answer to it.
    pub(super) async fn exchange(&mut self, wire: &Wire, is_head: bool) -> Answer {
        let written = self.write(wire).await;
        // A server may answer and close before it has read everything: look for the answer even
        // when writing failed.
        match self.read_answer(is_head).await {
            Answer::Silence(Silence::Closed) if written.is_err() => Answer::Silence(Silence::Reset),
            answer => answer,
        }
    }

    async fn write(&mut self, wire: &Wire) -> io::Result<()> {
        self.stream.write_all(&wire.bytes).await?;
        self.stream.flush().await?;
        if wire.half_close {
            self.stream.shutdown().await?;
        }
        Ok(())
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

    /// Looks for bytes that follow a complete answer. Only after a request whose end is beyond
    /// doubt: what is left of a broken one may be taken for a request of its own.
    pub(super) async fn linger(&mut self, answer: &mut Answer) {
        if let Answer::Http(http) = answer {
            http.trailing = self.buffer.len();
            let mut chunk = [0; 1024];
            if let Ok(Ok(count)) = tokio::time::timeout(LINGER, self.stream.read(&mut chunk)).await {
                http.trailing += count;
            }
        }
    }

    async fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(8192);
        Ok(self.stream.read_buf(&mut self.buffer).await? > 0)
    }

    async fn read_answer(&mut self, is_head: bool) -> Answer {
        loop {
            match self.read_response(is_head).await {
                // Interim responses come before the answer (RFC 9110 15.2).
                Ok(answer) if (100..200).contains(&answer.status) && answer.status != 101 => {}
                Ok(answer) => return Answer::Http(answer),
                Err(silence) => return Answer::Silence(silence),
            }
        }
    }

    async fn read_response(&mut self, is_head: bool) -> Result<HttpAnswer, Silence> {
        let head = loop {
            match answer_head(&self.buffer, MAX_HEADERS) {
                Ok(Some(head)) => break head,
                Ok(None) => {}
                Err(NotHttp) => return Err(Silence::NotHttp),
            }
            if self.buffer.len() > MAX_ANSWER {
                return Err(Silence::NotHttp);
            }
            match self.fill().await {
                Ok(true) => {}
                Ok(false) if self.buffer.is_empty() => return Err(Silence::Closed),
                Ok(false) => return Err(Silence::NotHttp),
                Err(error) => return Err(silence_of(&error, Silence::Reset)),
            }
        };
        self.buffer.drain(..head.length);
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
        if is_head || matches!(answer.status, 100..=199 | 204 | 304) {
            answer.complete = true;
            return Ok(answer);
        }
        match end {
            BodyEnd::Chunks => self.read_chunked(&mut answer).await,
            // Where lengths differ, the first one counts.
            BodyEnd::Length(length) | BodyEnd::Unclear(Some(length)) => {
                self.read_sized(&mut answer, length).await;
            }
            BodyEnd::Close | BodyEnd::Unclear(None) => self.read_to_end(&mut answer).await,
        }
        Ok(answer)
    }

    async fn read_sized(&mut self, answer: &mut HttpAnswer, length: usize) {
        while self.buffer.len() < length.min(MAX_ANSWER) {
            if !matches!(self.fill().await, Ok(true)) {
                break;
            }
        }
        answer.complete = self.buffer.len() >= length;
        let taken = length.min(self.buffer.len());
        answer.body = Bytes(self.buffer.drain(..taken).collect());
    }

    async fn read_to_end(&mut self, answer: &mut HttpAnswer) {
        while self.buffer.len() < MAX_ANSWER {
            match self.fill().await {
                Ok(true) => {}
                Ok(false) => {
                    answer.complete = true;
                    break;
                }
                Err(_) => break,
            }
        }
        answer.body = Bytes(std::mem::take(&mut self.buffer));
    }

    /// Reads the trailer fields after the last chunk, to the empty line.
    async fn read_trailers(&mut self) -> bool {
        loop {
            if let Some(length) = trailer_length(&self.buffer) {
                self.buffer.drain(..length);
                return true;
            }
            if self.buffer.len() > MAX_CHUNK_LINE || !matches!(self.fill().await, Ok(true)) {
                return false;
            }
        }
    }

    async fn read_chunked(&mut self, answer: &mut HttpAnswer) {
        let mut chunks = Chunks::new(MAX_ANSWER);
        loop {
            match chunks.take(&mut self.buffer) {
                Progress::Last => {
                    answer.complete = self.read_trailers().await;
                    break;
                }
                Progress::Partial if matches!(self.fill().await, Ok(true)) => {}
                Progress::Malformed | Progress::Partial | Progress::TooLong => break,
            }
        }
        answer.body = Bytes(chunks.into_body());
    }
}

/// Reads the answers in what a peer sent before it closed the connection, as the raw path does: up to
/// the first that is none, which is told as well. Nothing at all is no answer.
pub fn read_answers(bytes: &[u8]) -> Vec<Answer> {
    let stream = tokio::io::join(io::Cursor::new(bytes.to_vec()), tokio::io::sink());
    let mut connection = RawConnection { stream: Box::new(stream), buffer: Vec::new() };
    let mut answers = Vec::new();
    // Memory is always ready, so each answer is there at the first look.
    while let Some(answer) = connection.read_answer(false).now_or_never() {
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
