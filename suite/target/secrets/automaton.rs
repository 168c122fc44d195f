//! Finding parts of patterns, however long, in one pass: the suffix automaton of all of them (Blumer and others,
//! "The smallest automaton recognizing the subwords of a text", 1985).
//!
//! At each byte of a text it knows the longest end of what was read that stands in some pattern. That takes a
//! bounded number of steps for each byte, whatever the text holds.

/// Bytes to be found, and how much of them counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    pub(super) bytes: Vec<u8>,
    /// Fewest bytes of it in a row that show it.
    pub(super) enough: usize,
    /// Fewest bytes of its beginning that show it where a text breaks off.
    pub(super) enough_at_end: usize,
}

/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It broke off, or was cut: the beginning of a secret may stand there.
    Cut,
    /// As whoever wrote it meant it to.
    Whole,
}

/// An end of what was read that stands in a pattern.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Match {
    state: u32,
    length: u32,
}

/// Finds parts of patterns.
#[derive(Clone)]
pub(super) struct Automaton {
    states: Vec<State>,
    edges: Vec<Edge>,
    /// Where those of states lead that have many, by their bytes.
    tables: Vec<Table>,
}

/// Ends of patterns' parts that stand at the same places.
#[derive(Clone, Copy)]
struct State {
    /// Length of the longest of them.
    length: u32,
    /// The state of the longest of their ends that stand elsewhere too.
    link: u32,
    /// First of its edges, if they are few.
    edge: u32,
    /// How many they are.
    fanout: u32,
    /// The table of its edges, if they are many.
    table: u32,
    /// Fewest bytes that count in some pattern with these.
    enough: u32,
    /// The same where a text breaks off, if the longest is the beginning of a pattern.
    enough_at_end: u32,
    /// Length of the longest end of the longest of them that counts, or 0.
    counts: u32,
}

#[derive(Clone, Copy)]
struct Edge {
    byte: u8,
    to: u32,
    /// The next one of the same state.
    next: u32,
}

/// Where each byte leads.
type Table = [u32; 1 << u8::BITS];

/// Most edges of a state that are gone through one by one: states of a byte or two have dozens, and most steps ask
/// one of these.
const FEW: u32 = 6;

const ROOT: u32 = 0;
const NONE: u32 = u32::MAX;

impl State {
    const fn of_length(length: u32) -> Self {
        let (link, edge, table) = (NONE, NONE, NONE);
        Self { length, link, edge, fanout: 0, table, enough: NONE, enough_at_end: NONE, counts: 0 }
    }
}

impl Automaton {
    /// Of these patterns, of less than four gigabytes together.
    pub(super) fn of<'a>(patterns: impl Iterator<Item = &'a Pattern> + Clone) -> Self {
        // Of a byte come two states and three edges at most (Blumer and others, theorem 1).
        let bytes: usize = patterns.clone().map(|pattern| pattern.bytes.len()).sum();
        let mut all = Self {
            states: Vec::with_capacity(2 * bytes + 1),
            edges: Vec::with_capacity(3 * bytes),
            tables: Vec::new(),
        };
        all.states.push(State::of_length(0));
        for pattern in patterns {
            let mut last = ROOT;
            for byte in &pattern.bytes {
                last = all.extended(last, *byte);
                let state = &mut all.states[last as usize];
                state.enough = state.enough.min(number(pattern.enough));
                state.enough_at_end = state.enough_at_end.min(number(pattern.enough_at_end));
            }
        }
        all.settle();
        all
    }

    /// What is read is longer by this byte.
    pub(super) fn step(&self, Match { mut state, mut length }: Match, byte: u8) -> Match {
        loop {
            if let Some(next) = self.next(state, byte) {
                return Match { state: next, length: length + 1 };
            }
            if state == ROOT {
                return Match::default();
            }
            state = self.states[state as usize].link;
            length = self.states[state as usize].length;
        }
    }

    /// How many bytes before this place show a pattern; 0 for none.
    pub(super) fn shown(&self, at: Match) -> usize {
        let state = &self.states[at.state as usize];
        if at.length >= state.enough {
            return at.length as usize;
        }
        self.states.get(state.link as usize).map_or(0, |shorter| shorter.counts as usize)
    }

    /// How many bytes before this place, where a text breaks off, are the beginning of a pattern that shows it.
    pub(super) fn shown_at_end(&self, at: Match) -> usize {
        let (mut number, mut length) = (at.state, at.length);
        while let Some(state) = self.states.get(number as usize) {
            if length == state.length && length >= state.enough_at_end {
                return length as usize;
            }
            number = state.link;
            length = self.states.get(number as usize).map_or(0, |state| state.length);
        }
        0
    }

    /// Length of the longest part of a pattern in these bytes.
    pub(super) fn longest(&self, bytes: &[u8]) -> usize {
        let mut at = Match::default();
        let lengths = bytes.iter().map(|byte| {
            at = self.step(at, *byte);
            at.length as usize
        });
        lengths.max().unwrap_or(0)
    }

    fn next(&self, state: u32, byte: u8) -> Option<u32> {
        let State { mut edge, table, .. } = self.states[state as usize];
        if let Some(table) = self.tables.get(table as usize) {
            return Some(table[usize::from(byte)]).filter(|to| *to != NONE);
        }
        while let Some(Edge { byte: known, to, next }) = self.edges.get(edge as usize) {
            if *known == byte {
                return Some(*to);
            }
            edge = *next;
        }
        None
    }

    fn lead(&mut self, from: u32, byte: u8, to: u32) {
        let State { edge, fanout, table, .. } = self.states[from as usize];
        if let Some(table) = self.tables.get_mut(table as usize) {
            table[usize::from(byte)] = to;
        } else if fanout == FEW {
            let mut table = [NONE; 1 << u8::BITS];
            table[usize::from(byte)] = to;
            let mut edge = edge;
            while let Some(Edge { byte, to, next }) = self.edges.get(edge as usize) {
                table[usize::from(*byte)] = *to;
                edge = *next;
            }
            self.states[from as usize].table = self.added_table(&table);
        } else {
            let state = &mut self.states[from as usize];
            (state.edge, state.fanout) = (number(self.edges.len()), fanout + 1);
            self.edges.push(Edge { byte, to, next: edge });
        }
    }

    fn added_table(&mut self, table: &Table) -> u32 {
        self.tables.push(*table);
        number(self.tables.len() - 1)
    }

    fn added(&mut self, state: State) -> u32 {
        self.states.push(state);
        number(self.states.len() - 1)
    }

    /// The state of a pattern as far as it was read and one byte more.
    fn extended(&mut self, last: u32, byte: u8) -> u32 {
        let length = self.states[last as usize].length + 1;
        if let Some(next) = self.next(last, byte) {
            return if self.states[next as usize].length == length {
                next
            } else {
                self.split(last, byte, next)
            };
        }
        let new = self.added(State::of_length(length));
        let mut from = last;
        let link = loop {
            if from == NONE {
                break ROOT;
            }
            match self.next(from, byte) {
                Some(next) if self.states[next as usize].length == self.states[from as usize].length + 1 => {
                    break next;
                }
                Some(next) => break self.split(from, byte, next),
                None => self.lead(from, byte, new),
            }
            from = self.states[from as usize].link;
        };
        self.states[new as usize].link = link;
        new
    }

    /// A state of its own for those of a state that are no longer than what leads there from this one.
    fn split(&mut self, from: u32, byte: u8, state: u32) -> u32 {
        let whole = self.states[state as usize];
        let short =
            self.added(State { link: whole.link, ..State::of_length(self.states[from as usize].length + 1) });
        if let Some(table) = self.tables.get(whole.table as usize).copied() {
            self.states[short as usize].table = self.added_table(&table);
        } else {
            let mut edge = whole.edge;
            while let Some(Edge { byte, to, next }) = self.edges.get(edge as usize).copied() {
                self.lead(short, byte, to);
                edge = next;
            }
        }
        self.states[state as usize].link = short;
        let mut from = from;
        while from != NONE && self.redirect(from, byte, state, short) {
            from = self.states[from as usize].link;
        }
        short
    }

    /// Lets an edge lead elsewhere, if it leads to this state.
    fn redirect(&mut self, from: u32, byte: u8, old: u32, new: u32) -> bool {
        let State { mut edge, table, .. } = self.states[from as usize];
        if let Some(table) = self.tables.get_mut(table as usize) {
            let known = &mut table[usize::from(byte)];
            let leads = *known == old;
            if leads {
                *known = new;
            }
            return leads;
        }
        while let Some(known) = self.edges.get_mut(edge as usize) {
            if known.byte == byte {
                let leads = known.to == old;
                if leads {
                    known.to = new;
                }
                return leads;
            }
            edge = known.next;
        }
        false
    }

    /// What counts of a pattern counts wherever it stands in it.
    fn settle(&mut self) {
        let by_length = self.by_length();
        for state in by_length.iter().rev() {
            let State { link, enough, .. } = self.states[*state as usize];
            if let Some(shorter) = self.states.get_mut(link as usize) {
                shorter.enough = shorter.enough.min(enough);
            }
        }
        for state in by_length {
            let State { link, enough, length, .. } = self.states[state as usize];
            let shorter = self.states.get(link as usize).map_or(0, |shorter| shorter.counts);
            self.states[state as usize].counts =
                if length > 0 && length >= enough { length } else { shorter };
        }
    }
}

impl Automaton {
    /// The states, the shorter ones first: counted, as there are as many lengths as a pattern has bytes.
    fn by_length(&self) -> Vec<u32> {
        let longest = self.states.iter().map(|state| state.length as usize).max().unwrap_or(0);
        let mut places = vec![0; longest + 2];
        for state in &self.states {
            places[state.length as usize + 1] += 1;
        }
        for length in 0..=longest {
            places[length + 1] += places[length];
        }
        let mut sorted = vec![0; self.states.len()];
        for (at, state) in self.states.iter().enumerate() {
            let place = &mut places[state.length as usize];
            sorted[*place] = number(at);
            *place += 1;
        }
        sorted
    }
}

/// A number of a state, an edge or a byte, which fits: patterns are far shorter than four gigabytes.
fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str, enough: usize, enough_at_end: usize) -> Pattern {
        Pattern { bytes: text.as_bytes().to_vec(), enough, enough_at_end }
    }

    /// What is shown at each place.
    fn shown(patterns: &[Pattern], text: &str) -> Vec<usize> {
        let all = Automaton::of(patterns.iter());
        let mut at = Match::default();
        text.bytes()
            .map(|byte| {
                at = all.step(at, byte);
                all.shown(at)
            })
            .collect()
    }

    /// Compared with looking for each part of each pattern, on all texts of three letters.
    #[test]
    fn every_part_that_counts_is_found_and_no_other() {
        let patterns =
            [pattern("abcab", 4, 3), pattern("bca", 3, 3), pattern("ccccc", 5, 5), pattern("bab", 2, 2)];
        let text: String =
            (0..4_000_u32).map(|n| char::from(b"abc"[(n * n / 7 + n / 3) as usize % 3])).collect();
        let slow = |end: usize| {
            let counts = |length: &usize| {
                let part = &text.as_bytes()[end - length..end];
                patterns.iter().any(|pattern| {
                    *length >= pattern.enough && pattern.bytes.windows(*length).any(|other| other == part)
                })
            };
            (1..=5.min(end)).rev().find(counts).unwrap_or(0)
        };
        let found = shown(&patterns, &text);
        assert_eq!(found, (1..=text.len()).map(slow).collect::<Vec<_>>());
        assert!([0, 2, 3, 4].iter().all(|length| found.contains(length)));
    }

    #[test]
    fn only_a_beginning_counts_where_a_text_breaks_off() {
        let all = Automaton::of([pattern("abcdef", 6, 3), pattern("xbcdy", 5, 5)].iter());
        let at_end = |text: &str| {
            let end = text.bytes().fold(Match::default(), |at, byte| all.step(at, byte));
            all.shown_at_end(end)
        };
        assert_eq!(["zabc", "zab", "bcd", "abcdef", "abcabcd"].map(at_end), [3, 0, 0, 6, 4]);
    }
}
