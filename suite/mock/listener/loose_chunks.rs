//! A body in chunks (RFC 9112 7.1) whose lines may be written wrongly, as it comes.

use super::http1::MAX_CHUNK_LINE;
use crate::evidence::{FlawedLine, RequestFlaw};

/// A body in chunks, and what is wrong with the lines around them.
#[derive(Debug)]
pub(super) struct LooseChunks {
    pub(super) body: Vec<u8>,
    pub(super) flaws: Vec<FlawedLine>,
    most: usize,
}

/// How far the chunks have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The line with the size of the last chunk has come.
    Last,
    /// Whatever a chunk is, this is none.
    NoChunk,
    /// More bytes are needed.
    Partial,
    /// The body is longer than it may be.
    TooLong,
}

impl LooseChunks {
    /// A body of at most so many bytes, of which nothing has come.
    pub(super) fn new(most: usize) -> Self {
        Self { body: Vec::new(), flaws: Vec::new(), most }
    }

    /// Takes every chunk that has come whole; how many bytes these are.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (Step, usize) {
        let mut taken = 0;
        loop {
            let rest = &bytes[taken..];
            let Some(at) = memchr::memchr(b'\n', rest) else {
                let is_short = rest.len() < MAX_CHUNK_LINE;
                return (if is_short { Step::Partial } else { Step::NoChunk }, taken);
            };
            let whole = &rest[..at];
            let line = whole.strip_suffix(b"\r").unwrap_or(whole);
            let Some(size) = self.size(line) else {
                FlawedLine::note(&mut self.flaws, RequestFlaw::ChunkSize, line, None);
                return (Step::NoChunk, taken);
            };
            if line.len() == whole.len() {
                FlawedLine::note(&mut self.flaws, RequestFlaw::ChunkLineEnd, b"", None);
            }
            let start = at + 1;
            if size == 0 {
                return (Step::Last, taken + start);
            }
            if size > self.most.saturating_sub(self.body.len()) {
                return (Step::TooLong, taken);
            }
            let Some(data) = rest.get(start..start + size) else { return (Step::Partial, taken) };
            let end = match &rest[start + size..] {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] => {
                    FlawedLine::note(&mut self.flaws, RequestFlaw::ChunkLineEnd, b"", None);
                    1
                }
                [] | [b'\r'] => return (Step::Partial, taken),
                _ => {
                    FlawedLine::note(&mut self.flaws, RequestFlaw::ChunkSize, line, None);
                    return (Step::NoChunk, taken);
                }
            };
            self.body.extend_from_slice(data);
            taken += start + size + end;
        }
    }

    /// The size that a line tells; a number beyond any word is the largest.
    fn size(&mut self, line: &[u8]) -> Option<usize> {
        let text = line.split(|&byte| byte == b';').next()?.trim_ascii_end();
        let digits = text.strip_prefix(b"0x").unwrap_or(text);
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        if digits.len() < text.len() {
            FlawedLine::note(&mut self.flaws, RequestFlaw::ChunkSize, line, None);
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| usize::try_from(digit).ok());
        let next = |size: usize, &byte: &u8| size.saturating_mul(16).saturating_add(digit(byte).unwrap_or(0));
        Some(digits.iter().fold(0, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(bytes: &[u8]) -> (Step, usize, Vec<u8>, Vec<RequestFlaw>) {
        let mut chunks = LooseChunks::new(8);
        let (step, taken) = chunks.take(bytes);
        (step, taken, chunks.body, chunks.flaws.into_iter().map(|line| line.flaw).collect())
    }

    #[test]
    fn chunks_are_taken_and_what_is_wrong_with_their_lines_is_told() {
        use RequestFlaw::{ChunkLineEnd, ChunkSize};
        for (bytes, step, taken, body, flaws) in [
            ("3;a=b\r\nabc\r\n01 ;c\r\nd\r\n000\r\n", Step::Last, 27, "abcd", &[][..]),
            ("3\nabc\n0\n\n", Step::Last, 8, "abc", &[ChunkLineEnd]),
            ("0x3\r\nabc\r\n0\r\n", Step::Last, 13, "abc", &[ChunkSize]),
            ("3\r\nabc\r\n2\r\nde", Step::Partial, 8, "abc", &[]),
            ("3\r\nabcd\r\n", Step::NoChunk, 0, "", &[ChunkSize]),
            ("xyz\r\nabc\r\n", Step::NoChunk, 0, "", &[ChunkSize]),
            ("9\r\n", Step::TooLong, 0, "", &[]),
            ("fffffffffffffffffffff\r\n", Step::TooLong, 0, "", &[]),
            ("3", Step::Partial, 0, "", &[]),
        ] {
            let expected = (step, taken, body.as_bytes().to_vec(), flaws.to_vec());
            assert_eq!(take(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }
}
