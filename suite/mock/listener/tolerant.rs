//! Reading a request that may be wrong in whatever way, as far as its place is plain, and telling what is wrong
//! with it: a client is judged by what it sends, and a refusal would tell it nothing.

use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::held::Share;
use super::http1::{MAX_CHUNK_LINE, RequestHead, values};
use super::loose_chunks::{LooseChunks, Step};
use super::receive::{Incoming, OwnedRequest, Received, seen, until_end};
use super::{MockLimits, React};
use crate::evidence::{FlawedLine, RequestFlaw, read_request_head, request_head_end};

/// Longest pause after which a body that is whole by its content, though not by its framing, is taken for all that
/// comes: far beyond any pause between two segments of one body.
const PATIENCE: Duration = Duration::from_secs(1);

/// What part of [`MockLimits::time`] that pause takes where this is less: a client waits for its answer meanwhile.
const PATIENT_PART: u32 = 8;

/// Bytes at the end of a body in which the end of its envelope is looked for: what frames the last chunk may follow.
const TAIL: usize = 64;

/// The end of every envelope in an encoding of which ASCII is a part.
const ENVELOPE_END: &[u8] = b"Envelope>";

/// A body as its framing has it, or the status of one that cannot be taken.
type Body = Result<Vec<u8>, u16>;

/// What came when more was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    /// More bytes.
    Bytes,
    /// The end of what is sent.
    End,
    /// Nothing, for long, after what is a whole envelope.
    Pause,
}

/// A request that is read, and what is wrong with it so far.
struct Tolerant<'a> {
    incoming: Incoming<'a>,
    flaws: Vec<FlawedLine>,
    limit: usize,
    patience: Duration,
}

/// Reads a request, and tells what is wrong with it; `None` if the other side went away before anything of its
/// body.
pub(super) async fn read_flawed(
    stream: &mut TcpStream,
    reactor: &dyn React,
    limits: MockLimits,
    share: &mut Share,
) -> Option<Received> {
    let mut incoming = Incoming { stream, body: 0, share };
    let mut bytes = Vec::new();
    let mut looked = 0;
    let end = loop {
        if let Some(end) = request_head_end(&bytes, looked) {
            break end;
        }
        looked = bytes.len();
        if bytes.len() > limits.head {
            return Some(Received::Broken(431));
        }
        incoming.fill(&mut bytes).await?;
    };
    let rest = bytes.split_off(end);
    let Some(read) = read_request_head(&bytes) else { return Some(Received::Broken(400)) };
    let (version, method, fields) = (read.version, read.method, read.fields);
    // A fragment belongs to no target, and the place before it is plain.
    let target = read.target.split('#').next().unwrap_or_default().to_owned();
    let head = RequestHead { version, method, target, fields };
    // Where the body came with the head, there is nothing to be early for.
    let early = rest.is_empty().then(|| reactor.early(&seen(&head, b"", &read.flaws))).flatten();
    let is_answered = early.is_some();
    let asks = values(&head.fields, "expect").any(|value| value.eq_ignore_ascii_case("100-continue"));
    if let Some(answer) = early {
        incoming.stream.write_all(&answer).await.ok()?;
    } else if asks && rest.is_empty() && reactor.continues() {
        incoming.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.ok()?;
    }
    let patience = PATIENCE.min(limits.time / PATIENT_PART);
    let mut tolerant = Tolerant { incoming, flaws: read.flaws, limit: limits.body, patience };
    let body = match tolerant.body(&head, rest).await {
        Ok(body) => body,
        Err(status) => return Some(Received::Broken(status)),
    };
    let flaws = tolerant.flaws;
    let is_cut = flaws.iter().any(|line| line.flaw == RequestFlaw::Cut);
    // Whoever has an answer, or is told to go on, need not send the body (RFC 9110 10.1.1).
    if is_cut && (is_answered || (asks && body.is_empty())) {
        return None;
    }
    Some(Received::Request(OwnedRequest { head, body, flaws }))
}

impl Tolerant<'_> {
    fn note(&mut self, flaw: RequestFlaw, line: &[u8]) {
        FlawedLine::note(&mut self.flaws, flaw, line, None);
    }

    /// Reads the body that a head announces, as far as can be made out.
    async fn body(&mut self, head: &RequestHead, rest: Vec<u8>) -> Body {
        let listed = |name| -> Vec<String> {
            let items = values(&head.fields, name).flat_map(|value| value.split(','));
            items.map(|item| item.trim().to_ascii_lowercase()).collect()
        };
        let (lengths, codings) = (listed("content-length"), listed("transfer-encoding"));
        if let Some(last) = codings.last() {
            if codings.iter().filter(|coding| *coding == "chunked").count() > 1 {
                self.note(RequestFlaw::CodingTwice, b"");
            }
            if last == "chunked" {
                return self.chunked(rest).await;
            }
            self.note(RequestFlaw::NotFinal, b"");
            return Ok(until_end(&mut self.incoming, rest, self.limit).await);
        }
        let Some(first) = lengths.first() else { return Ok(self.without_length(head, rest).await) };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(first) || lengths.iter().any(|other| other != first) {
            self.note(RequestFlaw::LengthInvalid, b"");
        } else if lengths.len() > 1 {
            self.note(RequestFlaw::LengthTwice, b"");
        }
        match first.strip_prefix('+').unwrap_or(first) {
            digits if is_number(digits) => self.sized(rest, digits.parse().unwrap_or(usize::MAX)).await,
            _ => Ok(until_end(&mut self.incoming, rest, self.limit).await),
        }
    }

    /// Reads what comes although no length is told: of a request that only looks, nothing does.
    async fn without_length(&mut self, head: &RequestHead, rest: Vec<u8>) -> Vec<u8> {
        if matches!(&*head.method, "GET" | "HEAD" | "OPTIONS" | "TRACE") || begins_request(&rest) {
            return Vec::new();
        }
        let body = until_end(&mut self.incoming, rest, self.limit).await;
        if !body.is_empty() {
            self.note(RequestFlaw::NoLength, b"");
        }
        body
    }

    async fn sized(&mut self, rest: Vec<u8>, length: usize) -> Body {
        if length > self.limit {
            return Err(413);
        }
        let mut body = rest;
        while body.len() < length {
            if self.more(&mut body, b"").await != More::Bytes {
                self.note(RequestFlaw::Cut, b"");
                return Ok(body);
            }
        }
        let surplus = body.split_off(length);
        self.surplus(surplus);
        Ok(body)
    }

    async fn chunked(&mut self, rest: Vec<u8>) -> Body {
        let mut buffer = rest;
        let mut chunks = LooseChunks::new(self.limit);
        let mut body = loop {
            let (step, taken) = chunks.take(&buffer);
            buffer.drain(..taken);
            self.incoming.body = chunks.body.len();
            match step {
                Step::Last => {
                    self.end_of_chunks(&mut buffer).await;
                    break chunks.body;
                }
                Step::TooLong => return Err(413),
                Step::NoChunk => {
                    let rest = until_end(&mut self.incoming, buffer, self.limit).await;
                    break [chunks.body, behind_line(&rest).to_vec()].concat();
                }
                Step::Partial => match self.more(&mut buffer, &chunks.body).await {
                    More::Bytes => {}
                    More::Pause if buffer.is_empty() => {
                        self.note(RequestFlaw::ChunksUnended, b"");
                        break chunks.body;
                    }
                    More::Pause => {
                        let line = buffer.split(|&byte| byte == b'\n').next().unwrap_or_default();
                        self.note(RequestFlaw::ChunkSize, line.trim_ascii_end());
                        break [chunks.body, behind_line(&buffer).to_vec()].concat();
                    }
                    More::End => {
                        self.note(RequestFlaw::Cut, b"");
                        break [chunks.body, behind_line(&buffer).to_vec()].concat();
                    }
                },
            }
        };
        for line in chunks.flaws {
            self.note(line.flaw, line.line.as_bytes());
        }
        body.truncate(self.limit);
        Ok(body)
    }

    /// Reads the trailer fields and the empty line after the last chunk.
    async fn end_of_chunks(&mut self, buffer: &mut Vec<u8>) {
        let end = loop {
            let end = match &buffer[..] {
                [b'\r', b'\n', ..] => Some(2),
                [b'\n', ..] => Some(1),
                _ => request_head_end(buffer, 0),
            };
            if let Some(end) = end {
                break end;
            }
            let waited = timeout(self.patience, self.incoming.fill(buffer)).await;
            if !matches!(waited, Ok(Some(()))) || buffer.len() > MAX_CHUNK_LINE {
                self.note(RequestFlaw::ChunksUnended, b"");
                return;
            }
        };
        let is_bare = !buffer[..end].ends_with(b"\r\n");
        if is_bare {
            self.note(RequestFlaw::ChunkLineEnd, b"");
        }
        let surplus = buffer.split_off(end);
        self.surplus(surplus);
    }

    /// Reads more behind what there is; `before` was taken out of it.
    async fn more(&mut self, bytes: &mut Vec<u8>, before: &[u8]) -> More {
        loop {
            match timeout(self.patience, self.incoming.fill(bytes)).await {
                Ok(Some(())) => return More::Bytes,
                Ok(None) => return More::End,
                Err(_) => {
                    let known = if bytes.is_empty() { before } else { &bytes[..] };
                    let tail = &known[known.len().saturating_sub(TAIL)..];
                    if memchr::memmem::find(tail, ENVELOPE_END).is_some() {
                        return More::Pause;
                    }
                }
            }
        }
    }

    /// Looks at what came behind the body, or is there at once. A further request may follow (RFC 9112 9.3.2).
    fn surplus(&mut self, mut surplus: Vec<u8>) {
        if surplus.is_empty() {
            let _ = self.incoming.fill(&mut surplus).now_or_never();
        }
        if !surplus.is_empty() && !begins_request(&surplus) {
            self.note(RequestFlaw::Surplus, &surplus);
        }
    }
}

/// Whether bytes begin a request: with a method and a blank.
fn begins_request(bytes: &[u8]) -> bool {
    let method = bytes.iter().take_while(|byte| byte.is_ascii_uppercase() || **byte == b'-').count();
    method > 0 && bytes.get(method).is_none_or(|byte| *byte == b' ')
}

/// What stands behind the first line, without what may end the last chunk: the data of a chunk whose size is wrong.
fn behind_line(bytes: &[u8]) -> &[u8] {
    let at = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    let rest = &bytes[at..];
    match memchr::memmem::rfind(rest, ENVELOPE_END) {
        Some(end) => &rest[..end + ENVELOPE_END.len()],
        None => rest,
    }
}
