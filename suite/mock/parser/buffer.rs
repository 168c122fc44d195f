//! Parsers that read a message one buffer at a time, and lose what lies over the end of one.

use super::before::reads;
use super::mutant::ParserMutant;
use crate::mock::killed_by::by;
use crate::protocol::req;

/// Bytes of a buffer: a page.
const BUFFER: usize = 4_096;

pub(super) static MUTANTS: &[ParserMutant] = &[
    reads(
        "decodes-each-buffer-by-itself",
        "Makes two replacement characters of one that lies over the end of a buffer of 4,096 bytes.",
        by("text/character-across-4096-bytes", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| {
            let Ok(text) = std::str::from_utf8(message) else { return message.to_vec() };
            let mut decoded = String::with_capacity(text.len());
            for (at, c) in text.char_indices() {
                let is_torn = (at + 1..at + c.len_utf8()).any(|inner| inner % BUFFER == 0);
                if is_torn { decoded.push_str("\u{FFFD}\u{FFFD}") } else { decoded.push(c) }
            }
            decoded.into_bytes()
        },
    ),
    reads(
        "ends-lines-in-each-buffer-by-itself",
        "Makes two line ends of a CR LF that lies over the end of a buffer of 4,096 bytes.",
        by("text/line-end-across-4096-bytes", req::LINE_ENDINGS),
        |message| {
            let mut changed = message.to_vec();
            for end in (BUFFER..message.len()).step_by(BUFFER) {
                if message[end - 1..=end] == *b"\r\n" {
                    changed[end - 1] = b'\n';
                }
            }
            changed
        },
    ),
];
