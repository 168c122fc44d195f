//! What was written before, and what a text is like among it.

// Every text and every small list of a run is hashed: SipHash takes as long for that as all other writing does.
// Its seed is another one in each process, so that no list of texts collides in all of them; it promises no more, and
// what a run keeps is bounded.
use foldhash::HashMap;

use crate::record::shared::shared;

/// Bytes below which a text is written in full: about as long as a reference with its part.
pub(super) const SHORTEST: usize = 64;

/// Bytes from which on texts are compared with those of about the same length only: what is that long is so because
/// of what its case is about, and its contrast is as long.
pub(super) const LONG: usize = 1024;

/// Bytes at the start and at the end of a text by which others are found that may be like it.
const EDGE: usize = 24;

/// Most texts with the same edge and of about the same length that a text is compared with: the bodies of a run
/// are of few kinds.
const COMPARED: usize = 12;

/// What was written before.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// How many parts there are.
    pub(super) parts: usize,
    /// Texts that are parts.
    pub(super) texts: HashMap<String, usize>,
    /// The same by their edges: the first ones of each, so that what is like them is always written alike.
    by_edge: HashMap<Edge, Vec<(usize, String)>>,
    /// Lists and objects as they were written, with their numbers if they are parts.
    pub(super) compounds: HashMap<Vec<u8>, Option<usize>>,
}

/// The start or the end of a text, and about how long it is.
type Edge = (bool, u32, [u8; EDGE]);

/// A text by another one: a part, and how many of its first and last bytes are the text's.
pub(super) struct Like {
    pub(super) part: usize,
    pub(super) head: usize,
    pub(super) tail: usize,
}

impl Known {
    /// The text that shares most with this one, where that is most of it.
    pub(super) fn like(&self, text: &str) -> Option<Like> {
        let length = about(text.len());
        let lengths = length.saturating_sub(1)..=length + 1;
        let alike = lengths.flat_map(|length| edges(text, length));
        let alike = alike.filter_map(|edge| self.by_edge.get(&edge)).flatten();
        let mut best: Option<Like> = None;
        for (part, known) in alike {
            let (head, tail) = shared(known, text);
            if best.as_ref().is_none_or(|best| head + tail > best.head + best.tail) {
                best = Some(Like { part: *part, head, tail });
                if head + tail + SHORTEST > text.len() {
                    break;
                }
            }
        }
        best.filter(|like| (like.head + like.tail) * 2 > text.len())
    }

    /// A text that is a part now.
    pub(super) fn note(&mut self, text: &str, part: usize) {
        let length = about(text.len());
        for edge in edges(text, length) {
            let alike = self.by_edge.entry(edge).or_default();
            if alike.len() == COMPARED {
                // The first ones of ordinary length are the plain ones; of long ones the last is the twin of the next.
                if length == 0 {
                    continue;
                }
                alike.remove(0);
            }
            alike.push((part, text.to_owned()));
        }
        self.texts.insert(text.to_owned(), part);
    }
}

/// The start and the end of a text.
fn edges(text: &str, length: u32) -> [Edge; 2] {
    let bytes = text.as_bytes();
    let edge = EDGE.min(bytes.len());
    let (mut start, mut end) = ([0; EDGE], [0; EDGE]);
    start[..edge].copy_from_slice(&bytes[..edge]);
    end[..edge].copy_from_slice(&bytes[bytes.len() - edge..]);
    [(true, length, start), (false, length, end)]
}

/// About how long a text is: 0 for all that are not [`LONG`], else one more each time that it is twice as long.
fn about(length: usize) -> u32 {
    (length / LONG).checked_ilog2().map_or(0, |log| log + 1)
}
