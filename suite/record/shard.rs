use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Cases that stay together, in their order: those for servers share their plain requests, so that the record of a
/// run depends neither on the number of its lanes nor on how it was divided.
pub const CHUNK: usize = 16;

/// A part of a run, which others run elsewhere: every so many chunks of the selected cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    number: usize,
    /// Of how many.
    of: usize,
}

/// What the record of a shard says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardOf {
    /// Which part, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// How many cases were selected for all of them.
    pub selected: usize,
    /// SHA-256 of their ids, each with a line feed behind it, in hexadecimal.
    pub selection: String,
}

impl Shard {
    /// The cases of this part.
    pub fn cut<T: Copy>(self, selected: &[T]) -> Vec<T> {
        selected.chunks(CHUNK).skip(self.number - 1).step_by(self.of).flatten().copied().collect()
    }

    /// What its record says of it.
    pub fn of(self, selected: &[&str]) -> ShardOf {
        let Self { number, of } = self;
        ShardOf { number, of, selected: selected.len(), selection: selection(selected) }
    }

    /// Whether so many cases make as many parts.
    pub fn fits(self, selected: usize) -> bool {
        self.of <= selected.div_ceil(CHUNK)
    }
}

/// A name for the selected cases in their order.
pub(super) fn selection(selected: &[impl AsRef<str>]) -> String {
    let mut digest = Sha256::new();
    for case in selected {
        digest.update(case.as_ref());
        digest.update("\n");
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl FromStr for Shard {
    type Err = &'static str;

    /// Reads `2/4`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "write it as 1/4, 2/4 and so on";
        let (number, of) = text.split_once('/').ok_or(wrong)?;
        let (number, of): (usize, usize) =
            (number.parse().map_err(|_| wrong)?, of.parse().map_err(|_| wrong)?);
        if (1..=of).contains(&number) { Ok(Self { number, of }) } else { Err(wrong) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_hold_every_case_once_and_break_no_chunk() {
        let selected: Vec<usize> = (0..100).collect();
        for of in 1..=7 {
            let shards: Vec<Shard> =
                (1..=of).map(|number| format!("{number}/{of}").parse().unwrap()).collect();
            let mut all: Vec<usize> = shards.iter().flat_map(|shard| shard.cut(&selected)).collect();
            for shard in &shards {
                let cut = shard.cut(&selected);
                assert!(shard.fits(100) && cut.chunks(CHUNK).all(|chunk| chunk[0] % CHUNK == 0));
            }
            all.sort_unstable();
            assert_eq!(all, selected);
        }
        assert!(!"1/8".parse::<Shard>().unwrap().fits(100));
        for wrong in ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
