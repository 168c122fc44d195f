//! Which part of a campaign is whose, where several share one.

use std::collections::VecDeque;

use super::Input;

/// Which part of the single edits is whose: `number` of `of`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// Which of numbered inputs a campaign sends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mine(pub(super) Option<Shard>);

impl Mine {
    /// Those of a campaign that is alone.
    #[cfg(test)]
    pub(super) fn all() -> Self {
        Self(None)
    }

    /// Whether it sends the one with this number.
    pub(super) fn is(self, at: usize) -> bool {
        self.0.is_none_or(|Shard { number, of }| at % of.max(1) as usize == (number.max(1) - 1) as usize)
    }

    pub(super) fn of(self, all: VecDeque<Input>, keeps: impl Fn(&Input) -> bool) -> VecDeque<Input> {
        let numbered = all.into_iter().enumerate();
        numbered.filter(|(at, input)| keeps(input) || self.is(*at)).map(|(_, input)| input).collect()
    }
}
