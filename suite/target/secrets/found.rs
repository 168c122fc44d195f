//! Finding every spelling of every secret in one pass over each reading of the bytes.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, BuildError};

use super::escapes::{Asides, unescaped};
use super::reading::{Alphabets, Reading, Unit};
use super::spelling::{DEPTH, codes, fold, texts};

/// What finds secrets.
#[derive(Clone)]
pub(super) struct Finder {
    alphabets: Alphabets,
    /// Of text as it is read.
    texts: AhoCorasick,
    /// Of base64 and hexadecimal, which may be broken into lines and groups.
    codes: AhoCorasick,
}

/// Bytes that show a secret, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What was found, and the work that it took.
pub(super) struct Found {
    /// In the order of the bytes; none overlaps another.
    pub(super) pieces: Vec<Piece>,
    /// How many characters were looked at.
    pub(super) looked_at: usize,
}

impl Finder {
    /// What finds these secrets.
    ///
    /// # Errors
    /// More patterns than the automaton has numbers for.
    pub(super) fn of(secrets: &BTreeSet<String>) -> Result<Self, BuildError> {
        let alphabets = secrets.iter().fold(Alphabets::default(), |all, secret| all.with(secret));
        let all = |spell: fn(&str) -> BTreeSet<Vec<u8>>| -> BTreeSet<Vec<u8>> {
            secrets.iter().flat_map(|secret| spell(secret)).collect()
        };
        Ok(Self { alphabets, texts: AhoCorasick::new(all(texts))?, codes: AhoCorasick::new(all(codes))? })
    }

    /// The ways in which bytes may hold a secret.
    pub(super) fn readings(&self, bytes: &[u8]) -> Vec<Reading> {
        Reading::of(bytes, self.alphabets)
    }

    /// Finds all that shows a secret to one way of reading. The work grows with the length of the bytes, whatever
    /// they hold: they are gone over once for each escape in another, and each step meets a bounded number of
    /// spellings.
    pub(super) fn find(&self, bytes: &[u8], reading: Reading) -> Found {
        let mut pieces = Vec::new();
        let mut looked_at = 0;
        let mut look_through = |units: &[Unit]| {
            looked_at += units.len();
            look(&self.texts, units, |_| true, &mut pieces);
            // No code has one of these, and a printer puts them into one.
            let in_code = |c: char| !c.is_ascii_whitespace() && c != ':';
            look(&self.codes, units, in_code, &mut pieces);
        };
        let units = reading.units(bytes);
        look_through(&units);
        for asides in Asides::ALL {
            let mut undone = unescaped(&units, asides);
            for _ in 0..DEPTH {
                let Some(left) = undone else { break };
                look_through(&left);
                undone = unescaped(&left, asides);
            }
        }
        Found { pieces: apart(pieces), looked_at }
    }

    /// Whether text or bytes show a secret in any way of reading them.
    pub(super) fn finds(&self, bytes: &[u8]) -> bool {
        self.readings(bytes).into_iter().any(|reading| !self.find(bytes, reading).pieces.is_empty())
    }
}

/// Finds patterns in those characters that count.
fn look(patterns: &AhoCorasick, units: &[Unit], counts: impl Fn(char) -> bool, pieces: &mut Vec<Piece>) {
    let mut text = Vec::with_capacity(units.len());
    // The unit of each byte.
    let mut of = Vec::with_capacity(units.len());
    for (number, unit) in units.iter().enumerate().filter(|(_, unit)| counts(unit.c)) {
        fold(unit.c, &mut text);
        of.resize(text.len(), number);
    }
    // They come in the order of their ends.
    let found =
        patterns.find_overlapping_iter(&text).map(|found| (of[found.start()], of[found.end() - 1] + 1));
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match runs.last_mut() {
            // Of those that end at one place the longest, which covers the others.
            Some(last) if last.1 == to => last.0 = last.0.min(from),
            _ => runs.push((from, to)),
        }
    }
    let mut open: Option<(usize, usize)> = None;
    for &(from, to) in runs.iter().rev() {
        open = match open {
            Some(later) if to > later.0 => Some((from.min(later.0), later.1)),
            Some(later) => {
                put_together(&units[later.0..later.1], &counts, pieces);
                Some((from, to))
            }
            None => Some((from, to)),
        };
    }
    if let Some(first) = open {
        put_together(&units[first.0..first.1], &counts, pieces);
    }
}

/// The bytes of characters, those side by side in one piece: a mark of markup between them stays, as without it
/// the message would no longer be well-formed.
fn put_together(units: &[Unit], counts: impl Fn(char) -> bool, pieces: &mut Vec<Piece>) {
    let mut open: Option<Piece> = None;
    for unit in units.iter().filter(|unit| counts(unit.c)) {
        let (from, to) = (unit.from as usize, unit.to as usize);
        match &mut open {
            Some(piece) if piece.to == from => piece.to = to,
            _ => pieces.extend(open.replace(Piece { from, to })),
        }
    }
    pieces.extend(open);
}

/// The same pieces in order, those that overlap as one. Two that only touch are two secrets.
fn apart(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|piece| (piece.from, std::cmp::Reverse(piece.to)));
    let mut apart: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match apart.last_mut() {
            Some(last) if piece.from < last.to => last.to = last.to.max(piece.to),
            _ => apart.push(piece),
        }
    }
    apart
}
