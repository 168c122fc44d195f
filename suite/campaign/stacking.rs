//! Several edits together: chosen by what was seen, or drawn blindly to compare with.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::input::{ByteEdit, MAX_EDITS};
use super::label::Label;
use super::probe::{Probe, class_of};
use super::scripts::walk;
use super::spelling::levels_of;
use super::{Input, LineEdit};
use crate::catalogue::{Case, CaseHeader, cases};
use crate::generate::neutral::{Levels, Row};
use crate::generate::{Choices as _, Drawn, Numbers};
use crate::message::Ids;
use crate::protocol::{InputClass, names};

/// What stacking builds upon.
#[derive(Default)]
pub(super) struct Stack {
    /// Edits that were seen not to matter, by kind.
    harmless: BTreeMap<String, Vec<Input>>,
    /// Single faults that were seen to be refused as they should be, by class.
    faults: BTreeMap<InputClass, Vec<Input>>,
    /// How often a class was sent with an edit that does not matter.
    pairs: BTreeMap<(InputClass, Input), u32>,
}

/// Two faults, or a fault and a change of any kind.
pub(super) fn pair(numbers: &mut Numbers) -> Input {
    Input::plain().changed(&Drawn::draw(numbers)).changed(&Drawn::draw(numbers))
}

/// Of everything that a campaign sends something drawn at random: up to four edits, a request in some spelling in
/// every dimension, or a script. Each kind takes about as many requests: a walk has some twelve.
pub(super) fn blind(numbers: &mut Numbers) -> Input {
    match numbers.below(13) {
        0..=5 => edits(numbers),
        6..=11 => {
            let base = if numbers.below(2) == 0 { None } else { any_case(numbers) };
            Input::spelled(base.map(CaseHeader::id), any_row(&levels_of(base), numbers))
        }
        _ => walk(numbers, &cases().iter().collect::<Vec<&'static Case>>()),
    }
}

fn any_row(levels: &Levels, numbers: &mut Numbers) -> Row {
    Row::of(levels.iter().map(|values| values[numbers.below(values.len())]).collect())
}

/// A case that takes no wait: one that does was sent alone, and would take a second each time.
fn any_case(numbers: &mut Numbers) -> Option<&'static Case> {
    let all = cases();
    let case = &all[numbers.below(all.len())];
    (!case.slow && !case.breaks_http()).then_some(case)
}

/// As many edits as stacking allows, drawn at random of everything that can be drawn.
fn edits(numbers: &mut Numbers) -> Input {
    let mut input = Input::plain();
    let count = 1 + numbers.below(MAX_EDITS);
    for _ in 0..count {
        match numbers.below(8) {
            0 => input.line.push(LineEdit::number(numbers.below(LineEdit::COUNT))),
            1 => {
                let plain = input.write(&Ids::default()).map(|request| request.body).unwrap_or_default();
                input.bytes.extend(ByteEdit::draw(numbers, &plain, names::SAMPLE_CALL_ID));
            }
            2 | 3 if input.case.is_none() => {
                input.case = any_case(numbers).map(|case| case.id.to_string());
            }
            _ => input = input.changed(&Drawn::draw(numbers)),
        }
    }
    input
}

impl Stack {
    /// Takes note of an edit that does not matter.
    pub(super) fn harmless(&mut self, input: &Input) {
        let kind = input.words().concat();
        let kind = kind.split('@').next().unwrap_or_default().to_owned();
        self.harmless.entry(kind).or_default().push(input.clone());
    }

    /// Takes note of a single fault that was refused.
    pub(super) fn fault(&mut self, probe: &Probe) {
        self.faults.entry(class_of(&probe.label)).or_default().push(probe.input.clone());
    }

    /// How many pairs of a class and an edit that does not matter were sent.
    pub(super) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// What was seen to be rare with one edit more or another one, or a fault under edits that do not matter and
    /// that its class was met with least.
    pub(super) fn guided(&mut self, archive: &mut Archive, numbers: &mut Numbers) -> Option<Input> {
        match numbers.below(10) {
            0 => self.rare(archive, numbers),
            1 => self.scarred(numbers),
            2..=4 => self.spelling(numbers),
            _ => self.fault_among_spellings(numbers),
        }
    }

    fn rare(&self, archive: &mut Archive, numbers: &mut Numbers) -> Option<Input> {
        let parent = archive.pick(numbers)?;
        let mut input = parent;
        match numbers.below(3) {
            0 if input.changes.len() + input.line.len() > 1 && !input.changes.is_empty() => {
                let at = numbers.below(input.changes.len());
                input.changes[at] = Drawn::draw(numbers).choices().to_vec();
            }
            1 if input.size() < MAX_EDITS => {
                input = input.changed(&Drawn::draw(numbers));
            }
            _ => {
                let other = self.any_harmless(numbers)?;
                input = joined(input, &other);
            }
        }
        (input.size() <= MAX_EDITS).then_some(input)
    }

    /// A valid spelling whose bytes are changed.
    fn scarred(&self, numbers: &mut Numbers) -> Option<Input> {
        let mut input = if numbers.below(2) == 0 { Input::plain() } else { self.any_harmless(numbers)? };
        if input.case.is_some() {
            return None;
        }
        let message = input.write(&Ids::default())?.body;
        input.bytes.push(ByteEdit::draw(numbers, &message, names::SAMPLE_CALL_ID)?);
        Some(input)
    }

    /// Several edits that do not matter alone.
    fn spelling(&self, numbers: &mut Numbers) -> Option<Input> {
        let mut input = self.any_harmless(numbers)?;
        for _ in 0..=numbers.below(MAX_EDITS - 1) {
            let other = self.any_harmless(numbers)?;
            input = joined(input, &other);
        }
        (input.size() <= MAX_EDITS).then_some(input)
    }

    /// A fault under edits that do not matter: of a class in turn, the edits that it was met with least. Edits that
    /// do not matter hide no fault, so that each input covers several pairs.
    fn fault_among_spellings(&mut self, numbers: &mut Numbers) -> Option<Input> {
        let known: Vec<InputClass> = self.faults.keys().copied().collect();
        if known.is_empty() || self.harmless.is_empty() {
            return None;
        }
        let class = known[numbers.below(known.len())];
        let faults = self.faults.get(&class)?;
        let mut input = faults[numbers.below(faults.len())].clone();
        for _ in 0..=numbers.below(MAX_EDITS - 1) {
            let drawn: Vec<Input> = (0..4).filter_map(|_| self.any_harmless(numbers)).collect();
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

    fn any_harmless(&self, numbers: &mut Numbers) -> Option<Input> {
        if self.harmless.is_empty() {
            return None;
        }
        // Of each kind as often, whatever the number of ways to write it.
        let all = self.harmless.values().nth(numbers.below(self.harmless.len()))?;
        Some(all[numbers.below(all.len())].clone())
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
