//! What is sent next. A pure function of the seed and of what was seen so far: no clock, no network.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Input;
use super::archive::Archive;
use super::arrays::Arrays;
use super::bench::GROUP;
use super::label::Label;
use super::probe::{Arm, Probe, Seen};
use super::scripts::{scripts, walk};
use super::shard::{Mine, Shard};
use super::singles::{self, is_neutral};
use super::stacking::{Stack, blind, pair};
use crate::generate::Numbers;
use crate::protocol::InputClass;

/// Most inputs that are drawn before one of the kind that is looked for is given up.
const TRIES: usize = 20;

/// Of how many inputs of the guided phase one is drawn blindly.
const BLIND_IN: usize = 5;

/// Most scripts of a group: each takes several requests.
const SCRIPTS_IN_GROUP: usize = 4;

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

/// What the inputs of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Spellings of which is to be learnt whether they matter.
    Learn,
    /// The single edits that show most.
    First,
    /// Spellings of the plain request in which so many values meet, and a fault after them.
    Plain(usize),
    /// Faults in some spelling.
    Faults,
    /// Other cases in some spelling.
    Others,
    /// Requests one after the other.
    Scripts,
    /// Single edits.
    Singles,
    /// Pairs of faults.
    Pairs,
    /// Several edits, chosen or drawn blindly.
    Stacked,
}

/// A campaign as far as it decides what is sent.
pub(super) struct Search {
    numbers: Numbers,
    pub(super) archive: Archive,
    arrays: Arrays,
    stack: Stack,
    /// Single edits that are still to be sent: those that show most, and the others.
    first: VecDeque<Input>,
    singles: VecDeque<Input>,
    scripts: VecDeque<Input>,
    /// Of edits that must not matter, what is known.
    neutral: BTreeMap<Input, Standing>,
    /// Classes that were sent.
    pub(super) classes: BTreeSet<InputClass>,
    /// Whether all is drawn blindly.
    only_blind: bool,
    /// Whether many calls may be placed.
    many_calls: bool,
    /// What a server that died was not sent.
    unsent: VecDeque<Probe>,
    /// Inputs of the guided phase so far.
    stacked: usize,
    /// Groups so far.
    groups: usize,
    phase: Phase,
}

impl Search {
    pub(super) fn new(seed: u64, shard: Option<Shard>, only_blind: bool, many_calls: bool) -> Self {
        // Each shard draws numbers of its own; single edits are dealt out.
        let own = shard.map_or(0, |shard| u64::from(shard.number));
        let mine = Mine(shard);
        let mut common = Numbers::new(seed);
        let first = singles::first();
        let rest = singles::rest(&mut common, &first);
        let arrays = Arrays::new(mine);
        let scripts = scripts(many_calls, arrays.quick());
        Self {
            numbers: Numbers::new(common.next() ^ own.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            archive: Archive::default(),
            first: mine.of(first, |_| false),
            // What must not matter has to be known to each.
            singles: mine.of(rest, is_neutral),
            scripts: mine.of(scripts, |_| false),
            arrays,
            stack: Stack::default(),
            neutral: BTreeMap::new(),
            classes: BTreeSet::new(),
            only_blind,
            many_calls,
            unsent: VecDeque::new(),
            stacked: 0,
            groups: 0,
            phase: Phase::Learn,
        }
    }

    /// The next inputs. `progress` is how much of the campaign is over, in thousandths; `takes` says whether a case
    /// can be put to the server.
    pub(super) fn next(&mut self, count: usize, progress: u32, takes: &dyn Fn(&Label) -> bool) -> Vec<Probe> {
        self.arrays.batch_begins();
        let mut probes = Vec::with_capacity(count);
        // What is drawn in vain ends as well.
        let mut left = count * TRIES;
        while probes.len() < count && left > 0 {
            left -= 1;
            if let Some(probe) = self.unsent.pop_front() {
                probes.push(probe);
                continue;
            }
            let place = probes.len() % GROUP;
            let is_long = self.phase == Phase::Scripts && place == SCRIPTS_IN_GROUP;
            if place == 0 || is_long {
                self.phase = self.phase(progress);
            }
            let (arm, input) = self.draw(progress, place);
            let Some(input) = input else {
                // Nothing more of this kind: the rest of the group is of another one.
                self.phase = self.phase(progress);
                continue;
            };
            let Some(label) = Label::of(&input, "").filter(takes) else { continue };
            if is_neutral(&input) {
                self.neutral.entry(input.clone()).or_insert(Standing::Asked);
            }
            self.classes.extend(label.classes());
            probes.push(Probe { arm, input, label });
        }
        probes
    }

    /// Sends an input with the next ones, because the server died before it came to it.
    pub(super) fn send_again(&mut self, probe: Probe) {
        self.unsent.push_back(probe);
    }

    /// The classes of the single edits that are to be sent.
    pub(super) fn reachable(&self, takes: &dyn Fn(&Label) -> bool) -> BTreeSet<InputClass> {
        let singles = self.first.iter().chain(&self.singles).filter(|_| !self.only_blind);
        let labels = singles.filter_map(|input| Label::of(input, ""));
        labels.filter(takes).flat_map(|label| label.classes()).collect()
    }

    /// What the next group is made of. What shows most with fewest requests goes first; then kinds take turns.
    fn phase(&mut self, progress: u32) -> Phase {
        self.groups += 1;
        match () {
            () if self.only_blind => return Phase::Stacked,
            () if !self.arrays.is_settled() && self.arrays.has_open() => return Phase::Learn,
            () if !self.arrays.is_settled() && !self.first.is_empty() => return Phase::First,
            () if !self.arrays.is_settled() => return Phase::Singles,
            () if self.arrays.has_plain(2) => return Phase::Plain(2),
            () if !self.first.is_empty() || !self.arrays.has_met_values() => {
                let turns = [Phase::Faults, Phase::First, Phase::Faults, Phase::Scripts];
                return turns[self.groups % turns.len()];
            }
            () => {}
        }
        let turns: &[Phase] = if progress < UNTIL[0] {
            &[
                Phase::Singles,
                Phase::Scripts,
                Phase::Plain(3),
                Phase::Singles,
                Phase::Faults,
                Phase::Singles,
                Phase::Stacked,
                Phase::Plain(3),
                Phase::Singles,
                Phase::Others,
            ]
        } else if progress < UNTIL[1] {
            &[Phase::Pairs, Phase::Scripts, Phase::Plain(3), Phase::Stacked, Phase::Faults, Phase::Others]
        } else {
            &[Phase::Stacked, Phase::Scripts, Phase::Faults, Phase::Stacked, Phase::Plain(3), Phase::Others]
        };
        let mut phase = turns[self.groups % turns.len()];
        if phase == Phase::Singles && self.singles.is_empty() {
            phase = Phase::Others;
        }
        phase
    }

    fn draw(&mut self, progress: u32, place: usize) -> (Arm, Option<Input>) {
        let numbers = &mut self.numbers;
        match self.phase {
            Phase::Learn => (Arm::Array, self.arrays.unlearnt()),
            Phase::First => match self.first.pop_front() {
                Some(input) => (Arm::Single, Some(input)),
                None => (Arm::Array, self.arrays.fault()),
            },
            Phase::Plain(_) if place == Arrays::VALID_IN_GROUP => {
                (Arm::Array, self.arrays.fault_after(self.groups))
            }
            Phase::Plain(strength) => {
                (Arm::Array, self.arrays.plain(strength).or_else(|| self.arrays.fault()))
            }
            Phase::Faults => (Arm::Array, self.arrays.fault().or_else(|| self.arrays.other())),
            Phase::Others => (Arm::Array, self.arrays.other().or_else(|| self.arrays.fault())),
            Phase::Scripts => {
                let next = self.scripts.pop_front();
                (Arm::Sequence, next.or_else(|| self.many_calls.then(|| walk(numbers, self.arrays.quick()))))
            }
            Phase::Singles if progress < UNTIL[0] => (Arm::Single, self.singles.pop_front()),
            Phase::Pairs => (Arm::Pair, Some(pair(numbers))),
            Phase::Singles | Phase::Stacked => {
                self.stacked += 1;
                if self.only_blind || self.stacked.is_multiple_of(BLIND_IN) {
                    return (Arm::Blind, Some(blind(numbers)));
                }
                (Arm::Guided, self.stack.guided(&mut self.archive, numbers))
            }
        }
    }

    /// Takes note of what an input came to; whether that is new.
    pub(super) fn learn(&mut self, probe: &Probe, seen: &Seen) -> bool {
        let input = &probe.input;
        let fine = seen.like_plain && seen.shown.is_empty();
        if *input == Input::spelled(None, input.spelled.clone()) {
            self.arrays.learn(&input.spelled, fine);
        }
        if is_neutral(input) && probe.label.is_positive() {
            let standing = if fine { Standing::Harmless } else { Standing::Matters };
            let before = self.neutral.insert(input.clone(), standing);
            if fine && before != Some(Standing::Harmless) {
                self.stack.harmless(input);
            }
        }
        let single = input.size() == 1 && seen.shown.is_empty() && !seen.like_plain;
        if single && !probe.label.is_positive() && probe.label.cases.len() == 1 && input.script.is_none() {
            self.stack.fault(probe);
        }
        self.archive.learn(input, &seen.signature, &seen.witnesses)
    }

    /// How many pairs of a class and an edit that does not matter were sent.
    pub(super) fn pairs(&self) -> usize {
        self.stack.pairs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::cases;

    fn all(search: &mut Search, count: usize) -> Vec<Input> {
        search.next(count, 0, &|_| true).into_iter().map(|probe| probe.input).collect()
    }

    #[test]
    fn the_same_seed_sends_the_same_and_another_one_something_else() {
        // More than the single edits that go first, which are the same for each seed.
        let many = singles::first().len() + 400;
        let of = |seed| all(&mut Search::new(seed, None, false, true), many);
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert_eq!(of(1).len(), many);
    }

    /// Blind inputs are a part of every campaign that comes to stacking, so that each tells what guidance was worth.
    #[test]
    fn a_fifth_of_what_is_stacked_is_drawn_blindly() {
        let mut search = Search::new(3, None, false, true);
        let mut arms: BTreeMap<Arm, usize> = BTreeMap::new();
        for batch in 0..60 {
            for probe in search.next(128, batch * 15, &|_| true) {
                *arms.entry(probe.arm).or_default() += 1;
                let (signature, witnesses) = (String::new(), String::new());
                let like_plain = probe.label.is_positive();
                search.learn(&probe, &Seen { signature, witnesses, like_plain, shown: Vec::new() });
            }
        }
        let of = |arm| arms.get(&arm).copied().unwrap_or(0);
        let (guided, blind) = (of(Arm::Guided), of(Arm::Blind));
        assert!(blind > 0 && blind * 3 < guided && blind * 6 > guided, "{arms:?}");
        assert!(Arm::ALL.iter().all(|arm| *arm == Arm::Growth || of(*arm) > 0), "{arms:?}");
    }

    /// Shards share what must not matter, and nothing else; together they have all single edits.
    #[test]
    fn shards_have_all_single_edits_between_them() {
        let of = |shard| -> BTreeSet<Input> {
            let search = Search::new(9, shard, false, true);
            search.first.into_iter().chain(search.singles).filter(|input| !is_neutral(input)).collect()
        };
        let shards: Vec<BTreeSet<Input>> = (1..=4).map(|number| of(Some(Shard { number, of: 4 }))).collect();
        let sum: usize = shards.iter().map(BTreeSet::len).sum();
        let union: BTreeSet<Input> = shards.into_iter().flatten().collect();
        assert_eq!(union, of(None));
        assert_eq!(sum, union.len());
    }

    #[test]
    fn every_ordinary_case_is_among_the_single_edits() {
        let search = Search::new(1, None, false, true);
        let named: BTreeSet<&str> =
            search.first.iter().chain(&search.singles).filter_map(|input| input.case.as_deref()).collect();
        assert_eq!(named.len(), cases().iter().filter(|case| !case.slow).count());
    }
}
