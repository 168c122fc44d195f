//! Ruling out most texts at a fraction of the work that finding takes.

use super::automaton::{Ending, Pattern};

/// Which four bytes stand side by side in a pattern, or may: several share a bit.
#[derive(Clone)]
pub(super) struct Grams {
    bits: Vec<u64>,
    /// How many of them in a row there are in what counts, at least, and in what counts where a text breaks off.
    fewest: [usize; 2],
}

impl Grams {
    /// Bits of the table: 32 KiB, which a cache of the first level holds.
    const BITS: u32 = 18;

    /// Bytes of one.
    const WIDTH: usize = 4;

    pub(super) fn of<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Self {
        let mut all = Self { bits: vec![0; 1 << (Self::BITS - 6)], fewest: [usize::MAX; 2] };
        for pattern in patterns {
            let counted = [pattern.enough, pattern.enough.min(pattern.enough_at_end)];
            for (fewest, bytes) in all.fewest.iter_mut().zip(counted) {
                *fewest = (*fewest).min(bytes.saturating_sub(Self::WIDTH - 1).max(1));
            }
            for gram in pattern.bytes.windows(Self::WIDTH) {
                let (word, bit) = Self::place(gram);
                all.bits[word] |= bit;
            }
        }
        all
    }

    fn place(gram: &[u8]) -> (usize, u64) {
        let gram = gram.iter().fold(0_u32, |gram, byte| gram << 8 | u32::from(*byte));
        // Fibonacci hashing: the golden ratio of 32 bits (Knuth, The Art of Computer Programming 3, 6.4).
        let hash = gram.wrapping_mul(0x9E37_79B9) >> (u32::BITS - Self::BITS);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Whether a pattern may be shown by something in these bytes. Of as many in a row as that takes it looks at
    /// one, and at the others only where that one is in a pattern.
    pub(super) fn may_show(&self, bytes: &[u8], end: Ending) -> bool {
        let fewest = self.fewest[usize::from(end == Ending::Cut)];
        let is_known = |gram: &[u8]| {
            let (word, bit) = Self::place(gram);
            self.bits[word] & bit != 0
        };
        let count = (bytes.len() + 1).saturating_sub(Self::WIDTH);
        let gram = |at: usize| &bytes[at..at + Self::WIDTH];
        (fewest - 1..count).step_by(fewest).any(|at| {
            let known =
                |places: &mut dyn Iterator<Item = usize>| places.take_while(|at| is_known(gram(*at))).count();
            is_known(gram(at))
                && known(&mut (at + 1 - fewest..at).rev()) + known(&mut (at + 1..count.min(at + fewest))) + 1
                    >= fewest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_show_a_pattern_does_not() {
        let pattern = Pattern { bytes: b"abcdefgh".to_vec(), enough: 6, enough_at_end: 6 };
        let grams = Grams::of([&pattern].into_iter());
        let may_show = |text: &str| grams.may_show(text.as_bytes(), Ending::Whole);
        assert!(["abcdefgh", "xcdefghx"].into_iter().all(may_show));
        assert!(!["abcde abcde", "", "abc"].into_iter().any(may_show));
        // Wherever it begins.
        assert!((0..20).all(|before| may_show(&format!("{}bcdefg  ", " ".repeat(before)))));
    }
}
