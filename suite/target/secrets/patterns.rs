//! Patterns that are looked for, which cost little where they are not.

use std::sync::OnceLock;

use super::automaton::{Automaton, Ending, Pattern};
use super::grams::Grams;

/// Patterns that are looked for.
#[derive(Clone)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    grams: Grams,
    /// What finds them, made when a text may hold one for the first time: most runs meet none.
    automaton: OnceLock<Automaton>,
}

impl Patterns {
    pub(super) fn of(all: Vec<Pattern>) -> Self {
        Self { grams: Grams::of(all.iter()), all, automaton: OnceLock::new() }
    }

    /// What finds them in a text, if it may hold enough of one.
    pub(super) fn finder_for(&self, text: &[u8], end: Ending) -> Option<&Automaton> {
        self.may_be_in(text, end).then(|| self.automaton.get_or_init(|| Automaton::of(self.all.iter())))
    }

    /// Whether a text may hold enough of one; if not, it holds none.
    pub(super) fn may_be_in(&self, text: &[u8], end: Ending) -> bool {
        self.grams.may_show(text, end)
    }
}
