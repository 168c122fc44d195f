//! Finding every spelling of every secret in one pass over each reading of the bytes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::automaton::{Automaton, Ending, Match, Pattern};
use super::common::{Common, WORDS};
use super::digits::begins;
use super::escapes::{Dialect, has_marks, unescaped};
use super::fold::{Compared, Lane, Place, fold};
use super::patterns::Patterns;
use super::reading::{Alphabets, Reading, Unit};
use super::spelling::{DEPTH, MIN_LENGTH, Spellings};

/// Most passes over the characters that bytes are read as: as they are, for each escape in another of the usual
/// dialects, and of each other dialect within each of these, and behind its first step by XML again.
pub(super) const PASSES: usize =
    1 + Dialect::USUAL.len() * DEPTH + Dialect::OTHERS.len() * DEPTH * (DEPTH + 1);

/// What finds secrets.
#[derive(Clone)]
pub(super) struct Finder {
    alphabets: Alphabets,
    /// In text as it is read.
    texts: Patterns,
    /// In its letters and digits.
    letters: Patterns,
    /// Whether a spelling stands, whole, in texts that give nothing away.
    is_common: bool,
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
    /// What finds these secrets in answers that may hold public text as well: a part of a secret that stands there
    /// is not enough to show it.
    pub(super) fn of(secrets: &BTreeSet<String>, public: &str) -> Self {
        let alphabets = secrets.iter().fold(Alphabets::default(), |all, secret| all.with(secret));
        let mut spellings = Spellings::default();
        for secret in secrets {
            spellings.add(secret);
        }
        let public = Common::with(public);
        let mut is_common = false;
        let mut of = |patterns: BTreeSet<Pattern>, lane| {
            let rare = |pattern: Pattern| {
                let common = WORDS.longest(&pattern.bytes, lane).max(public.longest(&pattern.bytes, lane));
                is_common |= common == pattern.bytes.len();
                let more = |enough: usize| enough.max(common + 1).min(pattern.bytes.len());
                let (enough, enough_at_end) = (more(pattern.enough), more(pattern.enough_at_end));
                Pattern { enough, enough_at_end, ..pattern }
            };
            Patterns::of(patterns.into_iter().map(rare).collect())
        };
        let (texts, letters) = (of(spellings.texts, Lane::All), of(spellings.letters, Lane::Letters));
        Self { alphabets, texts, letters, is_common }
    }

    /// Whether a secret stands, whole, in messages that hold none or in the public text.
    pub(super) fn is_common(&self) -> bool {
        self.is_common
    }

    /// The ways in which bytes may hold a secret.
    pub(super) fn readings(&self, bytes: &[u8]) -> Vec<Reading> {
        Reading::of(bytes, self.alphabets)
    }

    /// Whether bytes surely hold none, at a fraction of the work: they are ASCII, no escape begins in them but an XML
    /// declaration, and nowhere do enough characters stand side by side as they do in a spelling. Behind the
    /// declaration, and in it, the same characters are read whether it is taken for an aside or not.
    pub(super) fn is_clear_of(&self, bytes: &[u8], end: Ending) -> bool {
        if bytes.len() < MIN_LENGTH {
            return true;
        }
        if self.alphabets.beyond_latin || !bytes.is_ascii() {
            return false;
        }
        let declared = bytes.strip_prefix(b"<?");
        if let Some(inside) = declared {
            let end = memchr::memmem::find(inside, b"?>").unwrap_or(inside.len());
            if inside[..end].contains(&b'<') {
                return false;
            }
        }
        // The mark of the declaration itself is none.
        !has_marks(declared.unwrap_or(bytes)) && !self.may_show(&Compared::of_ascii(bytes), end)
    }

    /// Whether a spelling may stand in what is compared.
    fn may_show(&self, compared: &Compared, end: Ending) -> bool {
        Lane::ALL.into_iter().any(|lane| self.patterns(lane).may_be_in(compared.in_lane(lane), end))
    }

    /// Finds all that shows a secret to one way of reading. The work grows with the length of the bytes, whatever
    /// they hold: they are gone over once for each escape in another, and each step meets a bounded number of
    /// spellings.
    pub(super) fn find(&self, bytes: &[u8], reading: Reading, end: Ending) -> Found {
        let mut pieces = Vec::new();
        let mut looked_at = 0;
        let mut look_through = |units: &[Unit]| {
            looked_at += units.len();
            let compared = Compared::of(units.iter().map(|unit| unit.c));
            for lane in Lane::ALL {
                if let Some(automaton) = self.patterns(lane).finder_for(compared.in_lane(lane), end) {
                    look(automaton, units, lane, end, &mut pieces);
                }
            }
        };
        let units = reading.units(bytes);
        look_through(&units);
        let mut has_asides = has_asides(&units);
        let mut left = Cow::Borrowed(&*units);
        for depth in (0..DEPTH).rev() {
            // To others the text is what it is to a reader of XML, unless an escape of their own stands there.
            for other in Dialect::OTHERS.into_iter().filter(|other| other.is_in(&left)) {
                undo(&left, other, depth + 1, &mut look_through);
                // What was escaped in XML before may hold what is an escape to the other, and none to XML.
                if let Some(first) = unescaped(&left, other) {
                    undo(&first, Dialect::Xml, depth, &mut look_through);
                }
            }
            let Some(undone) = unescaped(&left, Dialect::Xml) else { break };
            look_through(&undone);
            has_asides |= self::has_asides(&undone);
            left = Cow::Owned(undone);
        }
        if has_asides {
            // Otherwise that is the same text.
            undo(&units, Dialect::Text, DEPTH, &mut look_through);
        }
        Found { pieces: apart(pieces), looked_at }
    }

    /// Whether text or bytes show a secret in any way of reading them.
    pub(super) fn finds(&self, bytes: &[u8], end: Ending) -> bool {
        self.readings(bytes).into_iter().any(|reading| !self.find(bytes, reading, end).pieces.is_empty())
    }

    fn patterns(&self, lane: Lane) -> &Patterns {
        if lane == Lane::All { &self.texts } else { &self.letters }
    }
}

/// Whether a comment or an instruction may begin behind the XML declaration, which holds no text.
fn has_asides(units: &[Unit]) -> bool {
    let is_declaration = begins(units, "<?xml ");
    let is_aside = |pair: &[Unit]| pair[0].c == '<' && matches!(pair[1].c, '!' | '?');
    units.windows(2).skip(usize::from(is_declaration)).any(is_aside)
}

/// Undoes the escapes of a dialect, one in another, and looks at what is left each time.
fn undo(units: &[Unit], dialect: Dialect, depth: usize, look_through: &mut impl FnMut(&[Unit])) {
    let mut undone = unescaped(units, dialect);
    for _ in 0..depth {
        let Some(left) = undone else { return };
        look_through(&left);
        undone = unescaped(&left, dialect);
    }
}

/// Finds patterns in those characters that count.
fn look(patterns: &Automaton, units: &[Unit], lane: Lane, end: Ending, pieces: &mut Vec<Piece>) {
    let mut place = Place::default();
    let mut one = Vec::new();
    // The unit of each byte.
    let mut of = Vec::with_capacity(units.len());
    // Bytes that show something; none of these runs overlaps another.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = Match::default();
    for unit in units {
        if !place.counts(lane, unit.c) {
            continue;
        }
        fold(unit.c, &mut one);
        for byte in one.drain(..) {
            of.push(unit);
            at = patterns.step(at, byte);
            add(&mut runs, of.len(), patterns.shown(at));
        }
    }
    if end == Ending::Cut {
        add(&mut runs, of.len(), patterns.shown_at_end(at));
    }
    for (from, to) in runs {
        put_together(&of[from..to], pieces);
    }
}

/// Adds a run of this length to those that end before it, as one with those that it overlaps.
fn add(runs: &mut Vec<(usize, usize)>, to: usize, length: usize) {
    if length == 0 {
        return;
    }
    let mut from = to - length;
    while let Some((before, _)) = runs.pop_if(|(_, end)| *end > from) {
        from = from.min(before);
    }
    runs.push((from, to));
}

/// The bytes of characters, those side by side in one piece: a mark of markup between them stays, as without it
/// the message would no longer be well-formed.
fn put_together(units: &[&Unit], pieces: &mut Vec<Piece>) {
    let mut open: Option<Piece> = None;
    for unit in units {
        let (from, to) = (unit.from as usize, unit.to as usize);
        match &mut open {
            Some(piece) if piece.to == from => piece.to = to,
            Some(piece) if piece.to == to && piece.from <= from => {}
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
