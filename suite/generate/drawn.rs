use super::{Change, Choices, Numbers};

/// A change with the choices that made it.
///
/// The choices are all that has to be kept of it: made again they give the same change, and smaller ones a
/// milder one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drawn(Vec<u16>);

/// Most choices of one change; none needs more.
const MAX_CHOICES: usize = 6;

impl Drawn {
    /// Draws a change.
    pub(crate) fn draw(numbers: &mut Numbers) -> Self {
        let mut taken = Taken { from: numbers, taken: Vec::new() };
        Change::choose(&mut taken);
        Self(taken.taken)
    }

    /// A change by its choices: what they lack are zeros, what they have beyond is left out.
    pub fn of(choices: &[u16]) -> Self {
        let mut given = Given { rest: choices, used: Vec::new() };
        Change::choose(&mut given);
        Self(given.used)
    }

    /// The choices.
    pub fn choices(&self) -> &[u16] {
        &self.0
    }

    /// The change that they make.
    pub fn change(&self) -> Change {
        Change::choose(&mut Given { rest: &self.0, used: Vec::new() })
    }

    /// Milder ones, the mildest first: each choice but the first, which says what kind of change it is,
    /// becomes zero, then half, then one less.
    pub(crate) fn milder(&self) -> Vec<Self> {
        let mut found = Vec::new();
        for at in 1..self.0.len() {
            let now = self.0[at];
            for less in [0, now / 2, now.saturating_sub(1)] {
                if less < now {
                    let mut choices = self.0.clone();
                    choices[at] = less;
                    let milder = Self::of(&choices);
                    if milder != *self && !found.contains(&milder) {
                        found.push(milder);
                    }
                }
            }
        }
        found
    }
}

struct Taken<'n> {
    from: &'n mut Numbers,
    taken: Vec<u16>,
}

impl Choices for Taken<'_> {
    fn below(&mut self, count: usize) -> usize {
        let number = self.from.below(count);
        self.taken.push(u16::try_from(number).unwrap_or(u16::MAX));
        number
    }
}

struct Given<'c> {
    rest: &'c [u16],
    used: Vec<u16>,
}

impl Choices for Given<'_> {
    fn below(&mut self, count: usize) -> usize {
        let number = match self.rest {
            [first, rest @ ..] if self.used.len() < MAX_CHOICES => {
                self.rest = rest;
                usize::from(*first) % count.max(1)
            }
            _ => 0,
        };
        self.used.push(u16::try_from(number).unwrap_or(u16::MAX));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_make_the_same_change_again_and_milder_ones_get_smaller() {
        let mut numbers = Numbers::new(3);
        for _ in 0..2_000 {
            let drawn = Drawn::draw(&mut numbers);
            assert_eq!(Drawn::of(drawn.choices()), drawn);
            assert!(drawn.choices().len() <= MAX_CHOICES, "{drawn:?}");
            for milder in drawn.milder() {
                assert!(milder.choices() < drawn.choices(), "{milder:?} of {drawn:?}");
            }
        }
        assert_eq!(Drawn::of(&[]).change(), Change::SingleQuotes);
    }
}
