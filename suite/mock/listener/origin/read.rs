//! Requests as they come on a connection.

use bytes::{Buf as _, BytesMut};
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::Quirk;
use super::head::{BAD, BodyEnd, Head, Refusal, field, number};
use super::size::size_of;
use crate::mock::listener::MockLimits;
use crate::mock::listener::held::{Full, Held, Share};

/// Longest line of a size, in bytes.
const MAX_SIZE_LINE: usize = 16_384;

/// Longest body that is taken by what is particular about large ones.
const LARGE: usize = 100_000;

/// The end of a head.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// A request that was read.
pub(super) struct Whole {
    pub(super) head: Head,
    pub(super) body: Vec<u8>,
    /// Whether the connection must not be kept, whatever the client says.
    pub(super) last: bool,
    /// Whether it came in several pieces.
    pub(super) parted: bool,
}

/// Why nothing was read.
pub(super) enum Trouble {
    /// The other side went away.
    Gone,
    /// The request is refused.
    Refused(Refusal),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A connection that requests come on.
pub(super) struct Incoming {
    pub(super) stream: TcpStream,
    /// Read, and not yet part of a request. Taking bytes off its front moves none of the others.
    buffer: BytesMut,
    /// Bytes of the body that is being read.
    body: usize,
    /// How many pieces of the request that is being read have come.
    pieces: usize,
    share: Share,
    quirk: Option<Quirk>,
    limits: MockLimits,
}

impl Incoming {
    pub(super) fn new(stream: TcpStream, quirk: Option<Quirk>, limits: MockLimits, held: &Held) -> Self {
        Self { stream, buffer: BytesMut::new(), body: 0, pieces: 0, share: held.share(), quirk, limits }
    }

    /// Reads the next request. `leaves` says of a head whether its body is left where it is.
    pub(super) async fn request(&mut self, leaves: impl Fn(&Head) -> bool) -> Result<Whole, Trouble> {
        self.body = 0;
        self.pieces = usize::from(!self.buffer.is_empty());
        let head = self.head().await?;
        let quirk = self.quirk;
        if let Some(expected) = head.values("expect").next() {
            let known = if quirk == Some(Quirk::ExpectsSmallLetters) {
                expected == "100-continue"
            } else {
                expected.eq_ignore_ascii_case("100-continue")
            };
            if !known {
                return Err(Refusal::Status(417).into());
            }
        }
        if quirk == Some(Quirk::LeavesBody) && leaves(&head) {
            return Ok(Whole { head, body: Vec::new(), last: false, parted: false });
        }
        if quirk == Some(Quirk::NoBodyByMethod) && head.method != "POST" && head.method != "PUT" {
            return Ok(Whole { head, body: Vec::new(), last: false, parted: false });
        }
        let end = head.body_end(quirk)?;
        if quirk == Some(Quirk::NeedsOneSegment) && !self.holds(end) {
            return Err(BAD.into());
        }
        let mut head = head;
        let body = match end {
            BodyEnd::Length(length) => {
                let limit = match quirk {
                    Some(Quirk::LeavesLargeBody | Quirk::ResetsOnLarge) => LARGE,
                    _ => self.limits.body,
                };
                if length > limit && quirk != Some(Quirk::TakesWhatCame) {
                    return Err(Refusal::Status(413).into());
                }
                self.ask(&head, length > 0).await?;
                let mut body = self.take(length).await?;
                if quirk == Some(Quirk::ReadsBeyondLength) && length > 0 {
                    body.extend_from_slice(&self.buffer.split());
                }
                body
            }
            BodyEnd::Chunks => {
                self.ask(&head, quirk != Some(Quirk::ContinuesByLength)).await?;
                self.chunks(&mut head).await?
            }
        };
        let body = self.without_rest(body);
        let both = head.values("content-length").next().is_some()
            && head.values("transfer-encoding").next().is_some();
        let last = both
            && !matches!(
                quirk,
                Some(
                    Quirk::KeepsAmbiguous
                        | Quirk::LengthOverChunks
                        | Quirk::PassesOverCodings
                        | Quirk::PassesOverOldCodings
                )
            );
        Ok(Whole { head, body, last, parted: self.pieces > 1 })
    }

    /// The body as far as it is read, where something in it or behind it is not.
    fn without_rest(&mut self, mut body: Vec<u8>) -> Vec<u8> {
        const DOCTYPE: &[u8] = b"<!DOCTYPE";
        match self.quirk {
            Some(Quirk::DropsPartOfHead) if !self.holds_head() => self.buffer.clear(),
            Some(Quirk::DropsPipelined) => self.buffer.clear(),
            Some(Quirk::KeepsOnePipelined) => {
                if let Some(at) = find(&self.buffer, 0, HEAD_END) {
                    self.buffer.truncate(at + HEAD_END.len());
                }
            }
            Some(Quirk::StopsAtDoctype) => {
                if let Some(at) = find(&body, 0, DOCTYPE) {
                    let rest = body.split_off(at + DOCTYPE.len());
                    self.buffer = BytesMut::from(&[&rest[..], &self.buffer].concat()[..]);
                }
            }
            _ => {}
        }
        body
    }

    async fn head(&mut self) -> Result<Head, Trouble> {
        let mut began = false;
        let mut passed = self.quirk == Some(Quirk::RefusesEmptyLine);
        // What was looked at before need not be looked at again.
        let mut from = 0;
        loop {
            // An empty line before a request is passed over (RFC 9112 2.2).
            if !passed && self.buffer.starts_with(b"\r\n") {
                self.buffer.advance(2);
                from = 0;
                passed = true;
            }
            if let Some(at) = find(&self.buffer, from, HEAD_END) {
                let bytes = self.buffer.split_to(at + HEAD_END.len());
                if self.quirk == Some(Quirk::ClosesOnLatin) && std::str::from_utf8(&bytes).is_err() {
                    return Err(Trouble::Gone);
                }
                return Ok(Head::read(&bytes[..at], self.quirk)?);
            }
            from = self.buffer.len().saturating_sub(3);
            if self.buffer.len() > self.limits.head {
                return Err(Refusal::Status(431).into());
            }
            if began && matches!(self.quirk, Some(Quirk::NeedsOneSegment | Quirk::NeedsWholeHead)) {
                return Err(BAD.into());
            }
            if !self.fill().await? {
                return Err(if self.buffer.is_empty() { Trouble::Gone } else { BAD.into() });
            }
            began = true;
        }
    }

    /// Whether the head of another request has come.
    pub(super) fn holds_head(&self) -> bool {
        find(&self.buffer, 0, HEAD_END).is_some()
    }

    /// Whether all of a body has come.
    fn holds(&self, end: BodyEnd) -> bool {
        match end {
            BodyEnd::Length(length) => self.buffer.len() >= length,
            BodyEnd::Chunks => self.buffer.ends_with(b"\r\n\r\n"),
        }
    }

    /// Asks for a body that waits for that.
    async fn ask(&mut self, head: &Head, some: bool) -> Result<(), Trouble> {
        let silent = matches!(self.quirk, Some(Quirk::WaitsForBody | Quirk::AnswersOldVersion));
        let drops = self.quirk == Some(Quirk::DropsBodyAtOnce);
        if some && head.expects_continue(self.quirk) && (drops || self.buffer.is_empty()) && !silent {
            self.buffer.clear();
            let answer: &[u8] = match self.quirk {
                Some(Quirk::ContinuesWithBody) => b"HTTP/1.1 100 Continue\r\ncontent-length: 2\r\n\r\nok",
                _ => b"HTTP/1.1 100 Continue\r\n\r\n",
            };
            let asked = self.stream.write_all(answer).await;
            asked.map_err(|_| Trouble::Gone)?;
        }
        Ok(())
    }

    /// This many bytes. Where the other side stops before, the request is none.
    async fn take(&mut self, length: usize) -> Result<Vec<u8>, Trouble> {
        while self.buffer.len() < length {
            if !self.fill().await? {
                if self.quirk == Some(Quirk::TakesWhatCame) {
                    return Ok(self.buffer.split().to_vec());
                }
                return Err(BAD.into());
            }
        }
        Ok(self.buffer.split_to(length).to_vec())
    }

    /// The bytes before the next of these line ends, which goes with them.
    async fn line(&mut self, end: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mut from = 0;
        loop {
            if let Some(at) = find(&self.buffer, from, end) {
                let line = self.buffer.split_to(at + end.len());
                return Ok(line[..at].to_vec());
            }
            from = (self.buffer.len() + 1).saturating_sub(end.len());
            if self.buffer.len() > MAX_SIZE_LINE || !self.fill().await? {
                return Err(BAD.into());
            }
        }
    }

    async fn chunks(&mut self, head: &mut Head) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        loop {
            let size = match self.size().await {
                Err(Trouble::Refused(_)) if self.quirk == Some(Quirk::SkipsSizes) => {
                    return self.rest().await;
                }
                Err(Trouble::Refused(_)) if self.quirk == Some(Quirk::TakesWhatCame) => return Ok(body),
                size => size?,
            };
            if size == 0 {
                break;
            }
            if body.len().saturating_add(size) > self.limits.body {
                return Err(Refusal::Status(413).into());
            }
            body.extend(self.take(size).await?);
            self.body = body.len();
            self.chunk_end().await?;
        }
        let mut trailers = 0;
        loop {
            let line = self.line(b"\r\n").await?;
            if line.is_empty() {
                return Ok(body);
            }
            trailers += 1;
            let (refuses, leaves) = match self.quirk {
                Some(Quirk::LeavesSecondTrailer) => (false, trailers > 1),
                Some(Quirk::LeavesTrailers) => (false, true),
                Some(Quirk::RefusesManyTrailers) => (trailers > 2, false),
                Some(Quirk::RefusesTrailers) => (true, false),
                _ => (false, false),
            };
            if refuses {
                return Err(BAD.into());
            }
            if leaves {
                let after = self.buffer.split();
                self.buffer = BytesMut::from(&[&line[..], b"\r\n", &after].concat()[..]);
                return Ok(body);
            }
            let trailer = field(&String::from_utf8_lossy(&line), self.quirk)?;
            if self.quirk == Some(Quirk::MergesTrailers)
                && let Some((name, value)) = trailer
            {
                if name.eq_ignore_ascii_case("content-length") {
                    let length = number(&value, 10).unwrap_or(0);
                    body.truncate(length);
                }
                head.fields.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
                head.fields.push((name, value));
            }
        }
    }

    /// All that comes before a last chunk, or at all.
    async fn rest(&mut self) -> Result<Vec<u8>, Trouble> {
        let last = b"\r\n0\r\n\r\n";
        let mut from = 0;
        let end = loop {
            if let Some(at) = find(&self.buffer, from, last) {
                break at;
            }
            from = (self.buffer.len() + 1).saturating_sub(last.len());
            if !self.fill().await? {
                break self.buffer.len();
            }
        };
        Ok(self.buffer.split()[..end].to_vec())
    }

    async fn chunk_end(&mut self) -> Result<(), Trouble> {
        if self.quirk == Some(Quirk::LfEndsSize) && self.starts_with(b"\n").await? {
            self.buffer.advance(1);
            return Ok(());
        }
        if self.quirk == Some(Quirk::PassesOverChunkEnds) {
            // Whatever is no digit.
            while self.buffer.first().is_none_or(|byte| !byte.is_ascii_hexdigit()) {
                if self.buffer.is_empty() && !self.fill().await? {
                    return Err(BAD.into());
                }
                if self.buffer.first().is_some_and(|byte| !byte.is_ascii_hexdigit()) {
                    self.buffer.advance(1);
                }
            }
            return Ok(());
        }
        if self.take(2).await? == b"\r\n" { Ok(()) } else { Err(BAD.into()) }
    }

    async fn starts_with(&mut self, bytes: &[u8]) -> Result<bool, Trouble> {
        while self.buffer.len() < bytes.len() && self.fill().await? {}
        Ok(self.buffer.starts_with(bytes))
    }

    async fn size(&mut self) -> Result<usize, Trouble> {
        let quirk = self.quirk;
        let end: &[u8] = match quirk {
            Some(Quirk::LfEndsSize) => b"\n",
            Some(Quirk::CrEndsSize) => b"\r",
            _ => b"\r\n",
        };
        let mut line = self.line(end).await?;
        if quirk == Some(Quirk::CrEndsSize) && self.starts_with(b"\n").await? {
            self.buffer.advance(1);
        }
        if quirk == Some(Quirk::QuotedLineEnds) {
            while !memchr::memchr_iter(b'"', &line).count().is_multiple_of(2) {
                line.extend(self.line(end).await?);
            }
        }
        if quirk == Some(Quirk::LfEndsSize) && line.last() == Some(&b'\r') {
            line.pop();
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        Ok(size_of(&line, quirk)?)
    }

    /// Reads more; false where nothing more comes.
    async fn fill(&mut self) -> Result<bool, Trouble> {
        self.buffer.reserve(65_536);
        self.pieces += 1;
        let more = self.stream.read_buf(&mut self.buffer).await.is_ok_and(|count| count > 0);
        let held = self.share.now(self.buffer.len() + self.body);
        held.map_err(|Full| Trouble::Refused(Refusal::Status(503)))?;
        Ok(more)
    }
}

/// Where bytes stand first, from a place on that need not be within.
fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, wanted).map(|at| from + at)
}
