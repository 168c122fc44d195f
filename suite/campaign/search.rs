//! What is sent next. A pure function of the seed and of what was seen so far: no clock, no network.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::archive::Archive;
use super::input::{ByteEdit, MAX_EDITS};
use super::label::Label;
use super::probe::{Arm, Probe, Seen, class_of};
use super::{Input, LineEdit};
use crate::catalogue::{CaseHeader as _, cases};
use crate::generate::{Choices as _, Drawn, Numbers};
use crate::message::Ids;
use crate::protocol::{InputClass, names};

/// How many single changes are drawn beside the cases. Kinds and places have some 400 combinations.
const SINGLE_CHANGES: usize = 600;

/// Most inputs that are drawn before one of the kind that is looked for is given up.
const TRIES: usize = 20;

/// Of how many inputs of the guided phase one is drawn blindly.
const BLIND_IN: usize = 5;

/// How much of a campaign single edits may take, and pairs of faults after them, in thousandths.
const UNTIL: [u32; 2] = [600, 700];

/// What is left to find out of an edit that must not matter: whether it does, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It was sent, and what came is not seen yet.
    Asked,
    /// Alone it is answered as the plain request is.
    Harmless,
    /// Alone it is not.
    Matters,
}

/// A campaign as far as it decides what is sent.
pub(super) struct Search {
    numbers: Numbers,
    pub(super) archive: Archive,
    /// Single edits that are still to be sent.
    singles: VecDeque<Input>,
    /// Of edits that must not matter, what is known.
    neutral: BTreeMap<Input, Standing>,
    /// Those of them that do not matter, by kind.
    harmless: BTreeMap<String, Vec<Input>>,
    /// Single faults that were seen to be refused as they should be, by class.
    faults: BTreeMap<InputClass, Vec<Input>>,
    /// How often a class was sent with an edit that does not matter.
    pairs: BTreeMap<(InputClass, Input), u32>,
    /// Classes that were sent.
    pub(super) classes: BTreeSet<InputClass>,
    /// Whether all is drawn blindly.
    only_blind: bool,
    /// Inputs of the guided phase so far.
    stacked: usize,
}

/// Which part of the single edits is whose: `number` of `of`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Search {
    pub(super) fn new(seed: u64, shard: Option<Shard>, only_blind: bool) -> Self {
        // Each shard draws numbers of its own; single edits are dealt out.
        let own = shard.map_or(0, |shard| u64::from(shard.number));
        let mut common = Numbers::new(seed);
        let mut singles = singles(&mut common);
        if let Some(Shard { number, of }) = shard {
            let mine = |at: usize| at % of.max(1) as usize == (number.max(1) - 1) as usize;
            // What must not matter has to be known to each.
            let mut at = 0;
            singles.retain(|input| {
                at += 1;
                is_neutral(input) || mine(at)
            });
        }
        Self {
            numbers: Numbers::new(common.next() ^ own.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            archive: Archive::default(),
            singles: if only_blind { VecDeque::new() } else { singles },
            neutral: BTreeMap::new(),
            harmless: BTreeMap::new(),
            faults: BTreeMap::new(),
            pairs: BTreeMap::new(),
            classes: BTreeSet::new(),
            only_blind,
            stacked: 0,
        }
    }

    /// The next inputs. `progress` is how much of the campaign is over, in thousandths; `takes` says whether a case
    /// can be put to the server.
    pub(super) fn next(&mut self, count: usize, progress: u32, takes: &dyn Fn(&Label) -> bool) -> Vec<Probe> {
        let mut probes = Vec::with_capacity(count);
        // What is drawn in vain ends as well.
        let mut left = count * TRIES;
        while probes.len() < count && left > 0 {
            left -= 1;
            let (arm, input) = self.draw(progress);
            let Some(input) = input else { continue };
            let Some(label) = Label::of(&input, "").filter(takes) else { continue };
            if is_neutral(&input) {
                self.neutral.entry(input.clone()).or_insert(Standing::Asked);
            }
            self.classes.extend(label.classes());
            probes.push(Probe { arm, input, label });
        }
        probes
    }

    /// The classes of the single edits that are to be sent.
    pub(super) fn reachable(&self, takes: &dyn Fn(&Label) -> bool) -> BTreeSet<InputClass> {
        let labels = self.singles.iter().filter_map(|input| Label::of(input, ""));
        labels.filter(takes).flat_map(|label| label.classes()).collect()
    }

    fn draw(&mut self, progress: u32) -> (Arm, Option<Input>) {
        if self.only_blind {
            return (Arm::Blind, Some(self.blind()));
        }
        if progress < UNTIL[0]
            && let Some(input) = self.singles.pop_front()
        {
            return (Arm::Single, Some(input));
        }
        if progress < UNTIL[1] && self.numbers.below(4) == 0 {
            return (Arm::Pair, Some(self.pair()));
        }
        self.stacked += 1;
        if self.stacked.is_multiple_of(BLIND_IN) {
            return (Arm::Blind, Some(self.blind()));
        }
        (Arm::Guided, self.guided())
    }

    /// Takes note of what an input came to; whether that is new.
    pub(super) fn learn(&mut self, probe: &Probe, seen: &Seen) -> bool {
        if is_neutral(&probe.input) && probe.label.is_positive() {
            let fine = seen.like_plain && seen.shown.is_empty();
            let standing = if fine { Standing::Harmless } else { Standing::Matters };
            let before = self.neutral.insert(probe.input.clone(), standing);
            if fine && before != Some(Standing::Harmless) {
                let kind = probe.input.words().concat();
                let kind = kind.split('@').next().unwrap_or_default().to_owned();
                self.harmless.entry(kind).or_default().push(probe.input.clone());
            }
        }
        let single = probe.input.size() == 1 && seen.shown.is_empty() && !seen.like_plain;
        if single && !probe.label.is_positive() && probe.label.cases.len() == 1 {
            self.faults.entry(class_of(&probe.label)).or_default().push(probe.input.clone());
        }
        self.archive.learn(&probe.input, &seen.signature, &seen.witnesses)
    }

    /// Two faults, or a fault and a change of any kind.
    fn pair(&mut self) -> Input {
        let first = Drawn::draw(&mut self.numbers);
        let second = Drawn::draw(&mut self.numbers);
        Input::plain().changed(&first).changed(&second)
    }

    /// As many edits as stacking allows, drawn at random of everything that can be drawn.
    fn blind(&mut self) -> Input {
        let mut input = Input::plain();
        let count = 1 + self.numbers.below(MAX_EDITS);
        for _ in 0..count {
            match self.numbers.below(8) {
                0 => input.line.push(LineEdit::number(self.numbers.below(LineEdit::COUNT))),
                1 => {
                    let plain = input.write(&Ids::default()).map(|request| request.body).unwrap_or_default();
                    input.bytes.extend(ByteEdit::draw(&mut self.numbers, &plain, names::SAMPLE_CALL_ID));
                }
                2 | 3 if input.case.is_none() => {
                    let all = cases();
                    let case = &all[self.numbers.below(all.len())];
                    // What ends in a wait was sent alone, and would take a second each time.
                    if !case.slow && !case.breaks_http() {
                        input.case = Some(case.id.to_string());
                    }
                }
                _ => input = input.changed(&Drawn::draw(&mut self.numbers)),
            }
        }
        input
    }

    /// What was seen to be rare with one edit more or another one, or a fault under edits that do not matter and
    /// that its class was met with least.
    fn guided(&mut self) -> Option<Input> {
        match self.numbers.below(10) {
            0 => self.rare(),
            1 => self.scarred(),
            2..=4 => self.spelling(),
            _ => self.fault_among_spellings(),
        }
    }

    fn rare(&mut self) -> Option<Input> {
        let parent = self.archive.pick(&mut self.numbers)?;
        let mut input = parent;
        match self.numbers.below(3) {
            0 if input.changes.len() + input.line.len() > 1 && !input.changes.is_empty() => {
                let at = self.numbers.below(input.changes.len());
                input.changes[at] = Drawn::draw(&mut self.numbers).choices().to_vec();
            }
            1 if input.size() < MAX_EDITS => {
                input = input.changed(&Drawn::draw(&mut self.numbers));
            }
            _ => {
                let other = self.any_harmless()?;
                input = joined(input, &other);
            }
        }
        (input.size() <= MAX_EDITS).then_some(input)
    }

    /// A valid spelling whose bytes are changed.
    fn scarred(&mut self) -> Option<Input> {
        let mut input = if self.numbers.below(2) == 0 { Input::plain() } else { self.any_harmless()? };
        if input.case.is_some() {
            return None;
        }
        let message = input.write(&Ids::default())?.body;
        input.bytes.push(ByteEdit::draw(&mut self.numbers, &message, names::SAMPLE_CALL_ID)?);
        Some(input)
    }

    /// Several edits that do not matter alone.
    fn spelling(&mut self) -> Option<Input> {
        let mut input = self.any_harmless()?;
        for _ in 0..=self.numbers.below(MAX_EDITS - 1) {
            let other = self.any_harmless()?;
            input = joined(input, &other);
        }
        (input.size() <= MAX_EDITS).then_some(input)
    }

    /// A fault under edits that do not matter: of a class in turn, the edits that it was met with least. Edits that
    /// do not matter hide no fault, so that each input covers several pairs.
    fn fault_among_spellings(&mut self) -> Option<Input> {
        let known: Vec<InputClass> = self.faults.keys().copied().collect();
        if known.is_empty() || self.harmless.is_empty() {
            return None;
        }
        let class = known[self.numbers.below(known.len())];
        let faults = self.faults.get(&class)?;
        let mut input = faults[self.numbers.below(faults.len())].clone();
        for _ in 0..=self.numbers.below(MAX_EDITS - 1) {
            let drawn: Vec<Input> = (0..4).filter_map(|_| self.any_harmless()).collect();
            let count = |other: &Input| self.pairs.get(&(class, other.clone())).copied().unwrap_or(0);
            let other = drawn.into_iter().min_by_key(count)?;
            let with = joined(input.clone(), &other);
            // Only what leaves the fault in sight covers anything.
            let in_sight = |label: &Label| label.cases.iter().any(|case| case.class == class);
            if Label::of(&with, "").is_some_and(|label| in_sight(&label)) {
                *self.pairs.entry((class, other)).or_default() += 1;
                input = with;
            }
        }
        (input.size() > 1).then_some(input)
    }

    fn any_harmless(&mut self) -> Option<Input> {
        if self.harmless.is_empty() {
            return None;
        }
        // Of each kind as often, whatever the number of ways to write it.
        let all = self.harmless.values().nth(self.numbers.below(self.harmless.len()))?;
        Some(all[self.numbers.below(all.len())].clone())
    }

    /// How many pairs of a class and an edit that does not matter were sent.
    pub(super) fn pairs(&self) -> usize {
        self.pairs.len()
    }
}

/// Both edits together.
fn joined(mut input: Input, other: &Input) -> Input {
    input.changes.extend(other.changes.iter().cloned());
    input.line.extend(other.line.iter().copied());
    input.line.sort_unstable();
    input.line.dedup();
    input.bytes.extend(other.bytes.iter().cloned());
    if input.case.is_none() {
        input.case.clone_from(&other.case);
    }
    input
}

/// Whether an input is one edit of those that stacking puts together without looking at them: a change of the
/// message or of the line that names the same call in a valid way.
fn is_neutral(input: &Input) -> bool {
    input.size() == 1 && input.case.is_none() && input.bytes.is_empty() && {
        let variation = input.variation();
        variation.keeps_call_id() && variation.classes().iter().all(|class| class.is_positive())
    }
}

/// All single edits, in the order in which they are sent: those that must not matter first, because what follows
/// stands on them; then the cases, of each family one in turn, and drawn changes between them.
fn singles(numbers: &mut Numbers) -> VecDeque<Input> {
    let mut first: Vec<Input> = (0..LineEdit::COUNT)
        .map(|number| Input { line: vec![LineEdit::number(number)], ..Input::plain() })
        .collect();
    let mut known = BTreeSet::new();
    let mut drawn = Vec::new();
    for _ in 0..SINGLE_CHANGES {
        let change = Drawn::draw(numbers);
        let input = Input::plain().changed(&change);
        let made = change.change();
        if is_neutral(&input) {
            if known.insert((made.kind(), made.place(), change.choices().last().copied())) {
                first.push(input);
            }
        } else if known.insert((made.kind(), made.place(), change.choices().get(3).copied())) {
            drawn.push(input);
        }
    }
    let mut families: BTreeMap<&str, VecDeque<Input>> = BTreeMap::new();
    for case in cases().iter().filter(|case| !case.slow) {
        families.entry(case.family()).or_default().push_back(Input::of_case(&case.id));
    }
    let mut all: VecDeque<Input> = first.into();
    let mut drawn = drawn.into_iter();
    while families.values().any(|left| !left.is_empty()) {
        for left in families.values_mut() {
            if left.is_empty() {
                continue;
            }
            let at = numbers.below(left.len());
            all.extend(left.remove(at));
        }
        all.extend(drawn.by_ref().take(4));
    }
    all.extend(drawn);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(search: &mut Search, count: usize) -> Vec<Input> {
        search.next(count, 0, &|_| true).into_iter().map(|probe| probe.input).collect()
    }

    #[test]
    fn the_same_seed_sends_the_same_and_another_one_something_else() {
        let of = |seed| all(&mut Search::new(seed, None, false), 400);
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert_eq!(of(1).len(), 400);
    }

    /// Shards share what must not matter, and nothing else; together they have all single edits.
    #[test]
    fn shards_have_all_single_edits_between_them() {
        let of = |shard| -> BTreeSet<Input> {
            let search = Search::new(9, shard, false);
            search.singles.into_iter().filter(|input| !is_neutral(input)).collect()
        };
        let shards: Vec<BTreeSet<Input>> = (1..=4).map(|number| of(Some(Shard { number, of: 4 }))).collect();
        let sum: usize = shards.iter().map(BTreeSet::len).sum();
        let union: BTreeSet<Input> = shards.into_iter().flatten().collect();
        assert_eq!(union, of(None));
        assert_eq!(sum, union.len());
    }

    #[test]
    fn every_ordinary_case_is_among_the_single_edits() {
        let search = Search::new(1, None, false);
        let named: BTreeSet<&str> = search.singles.iter().filter_map(|input| input.case.as_deref()).collect();
        assert_eq!(named.len(), cases().iter().filter(|case| !case.slow).count());
    }
}
