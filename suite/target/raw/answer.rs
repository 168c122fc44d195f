//! Answers, read as they come on a connection.

use std::io;

use bytes::Buf as _;
use futures_util::FutureExt as _;

use super::connection::{LINGER, PART, PATIENCE, RawConnection, line_ends, silence_of};
use super::interim::{MAX_INTERIM, is_interim};
use crate::evidence::{
    Answer, AnswerHead, Bytes, HttpAnswer, Line, NotHttp, Silence, head_flaws, read_answer_head,
};
use crate::mock::http1::{BodyEnd, Chunks, MAX_CHUNK_LINE, Progress, body_end, trailer_length, values};

/// Longest head of an answer, in bytes: more than any HTTP library takes by default.
const MAX_HEAD: usize = 256 * 1024;

/// How an answer begins.
const NEXT: &[u8] = b"HTTP/1.";

/// Most bytes of what is no answer of HTTP which are kept: what a person reads of it.
const MAX_NO_ANSWER: usize = 1024;

/// Most bytes of a line that is none which are kept.
const MAX_WRONG_LINE: usize = 120;

impl RawConnection {
    pub(super) async fn read_answer(&mut self, is_head: bool, line: &mut Line) -> Answer {
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
    pub(super) async fn find_head(&mut self) -> io::Result<Result<Option<AnswerHead>, NotHttp>> {
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
                let mut bytes = self.buffer.split_to(head.length);
                let empty = line_ends(&bytes);
                if self.exchanges <= 1 {
                    self.begins_empty |= empty > 0;
                } else if !self.begins_empty {
                    // They came behind the answer before, which had ended by its own account.
                    line.surplus += empty;
                    bytes.advance(empty);
                }
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
                line.head = Some(Bytes(self.buffer[..self.buffer.len().min(MAX_NO_ANSWER)].to_vec()));
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
                self.read_sized(&mut answer, length, line).await;
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

    async fn read_sized(&mut self, answer: &mut HttpAnswer, length: usize, line: &mut Line) {
        while self.buffer.len() < length.min(self.most) {
            if !matches!(self.fill().await, Ok(true)) {
                break;
            }
        }
        answer.complete = self.buffer.len() >= length && length <= self.most;
        // What came in one piece with the body and begins no answer belongs to it, whatever its length
        // is said to be: the check of lengths tells so, and the others see the whole message.
        // Line ends alone are told as what they are, and belong to no message.
        let behind = self.buffer.get(length..).unwrap_or_default();
        let ends = line_ends(behind);
        let is_apart = behind[ends..].is_empty() || behind[ends..].starts_with(NEXT);
        let whole = answer.complete && !is_apart;
        let taken = if whole { self.buffer.len() } else { length.min(self.buffer.len()) }.min(self.most);
        answer.body = Bytes(self.buffer.split_to(taken).to_vec());
        if answer.complete && is_apart {
            line.surplus += ends;
            self.buffer.advance(ends);
        }
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

    /// Reads the trailer fields after the last chunk, to the empty line, and keeps the first line that is none.
    async fn read_trailers(&mut self, line: &mut Line) -> bool {
        loop {
            if let Some(length) = trailer_length(&self.buffer) {
                if let Some(wrong) = no_field(&self.buffer[..length]) {
                    line.chunk = Some(Bytes(wrong[..wrong.len().min(MAX_WRONG_LINE)].to_vec()));
                }
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
            if let Some(size) = chunks.padded_size().filter(|_| line.chunk.is_none()) {
                line.chunk = Some(Bytes(size[..size.len().min(MAX_WRONG_LINE)].to_vec()));
            }
            if let Some((end, length)) = chunks.wrong_end() {
                line.chunk = Some(Bytes(end.to_vec()));
                // What is made of the rest would depend on how it comes.
                kept = length;
                break;
            }
            match progress {
                Progress::Last => {
                    answer.complete = self.read_trailers(line).await;
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

    /// Takes note of an interim answer, and passes over what it says is its body.
    pub(super) async fn pass_over(&mut self, status: u16, end: BodyEnd, line: &mut Line) {
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
}

/// The first line of trailer fields that is none, with its end (RFC 9112 7.1.2).
fn no_field(trailers: &[u8]) -> Option<&[u8]> {
    let mut lines = trailers.split_inclusive(|byte| *byte == b'\n');
    lines.find(|line| {
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        !line.trim_ascii().is_empty() && !is_folded && !line.contains(&b':')
    })
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
