//! What is sent, as a value: a plain Disconnect request, or the request of a case, with edits.

use serde::{Deserialize, Serialize};

use super::spelling::{self, is_plain};
use super::{Grown, LineEdit, Script};
use crate::catalogue::{Case, case};
use crate::generate::neutral::Row;
use crate::generate::{Change, Choices as _, Drawn, Numbers, Variation, fragments};
use crate::message::{Draft, Edit, HttpRequest, Ids, Side};

/// Most edits of one input, its case and the values of its spelling not counted.
pub const MAX_EDITS: usize = 4;

/// Most bytes that one change of bytes takes out.
const MAX_CUT: usize = 16;

/// A request with edits, of which follows what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Input {
    /// The id of the case that it starts from, if it is none of the plain request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Much of something, to see how the time of an answer grows with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grown: Option<Grown>,
    /// Steps, if it is more than one request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<Script>,
    /// The values of the neutral dimensions that it is spelled in.
    #[serde(default, skip_serializing_if = "is_plain", with = "spelling")]
    pub spelled: Row,
    /// Changes of the message, each by its choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Vec<u16>>,
    /// Changes of how it goes over the connection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line: Vec<LineEdit>,
    /// Changes of the bytes of the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bytes: Vec<ByteEdit>,
}

/// Bytes that others take the place of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteEdit {
    /// Whether the distance is one from the end.
    pub from_end: bool,
    /// The distance in bytes from that end.
    pub distance: usize,
    /// How many bytes are taken out.
    pub cut: usize,
    /// What takes their place.
    pub put: Vec<u8>,
}

impl ByteEdit {
    /// Draws one that leaves the call id of a message alone.
    pub(super) fn draw(numbers: &mut Numbers, message: &[u8], id: &str) -> Option<Self> {
        let start = memchr::memmem::find(message, id.as_bytes())?;
        let tail = message.len() - start - id.len();
        let from_end = numbers.below(2) == 1;
        let room = if from_end { tail } else { start };
        let distance = numbers.below(room + 1);
        let left = if from_end { distance } else { room - distance };
        Self::of(numbers, from_end, distance, left)
    }

    /// Draws one anywhere in a message of so many bytes.
    pub(super) fn anywhere(numbers: &mut Numbers, length: usize) -> Option<Self> {
        let from_end = numbers.below(2) == 1;
        let distance = numbers.below(length + 1);
        let left = if from_end { distance } else { length - distance };
        Self::of(numbers, from_end, distance, left)
    }

    /// Draws one there, where so many bytes can be taken out.
    fn of(numbers: &mut Numbers, from_end: bool, distance: usize, left: usize) -> Option<Self> {
        let cut = if numbers.below(2) == 0 { 0 } else { numbers.below(left.min(MAX_CUT) + 1) };
        let put = match numbers.below(4) {
            0 => vec![u8::try_from(numbers.below(256)).unwrap_or(0)],
            1 => Vec::new(),
            _ => fragments()[numbers.below(fragments().len())].as_bytes().to_vec(),
        };
        (cut > 0 || !put.is_empty()).then_some(Self { from_end, distance, cut, put })
    }

    /// Milder ones: nothing taken out, or half of both.
    pub(super) fn milder(&self) -> Vec<Self> {
        let half = self.put.len() / 2;
        [(0, self.put.clone()), (self.cut / 2, self.put[..half].to_vec())]
            .into_iter()
            .filter(|(cut, put)| *cut < self.cut || put.len() < self.put.len())
            .filter(|(cut, put)| *cut > 0 || !put.is_empty())
            .map(|(cut, put)| Self { cut, put, ..self.clone() })
            .collect()
    }

    pub(super) fn edit(&self) -> Edit {
        let side = if self.from_end { Side::End } else { Side::Start };
        Edit::Overwrite(side, self.distance, self.cut, self.put.clone())
    }
}

impl Input {
    /// The plain request.
    pub fn plain() -> Self {
        Self::default()
    }

    /// The request of a case.
    pub fn of_case(id: &str) -> Self {
        Self { case: Some(id.to_owned()), ..Self::default() }
    }

    /// The plain request, or that of a case, in this spelling.
    pub fn spelled(case: Option<&str>, spelled: Row) -> Self {
        Self { case: case.map(str::to_owned), spelled, ..Self::default() }
    }

    /// The same with one change more.
    #[must_use]
    pub(super) fn changed(mut self, change: &Drawn) -> Self {
        self.changes.push(change.choices().to_vec());
        self
    }

    /// How many edits it has; its case counts as one.
    pub fn size(&self) -> usize {
        let single = [self.case.is_some(), self.script.is_some(), self.grown.is_some()];
        let single = single.into_iter().filter(|is_there| *is_there).count();
        self.changes.len() + self.line.len() + self.bytes.len() + self.spelled.factors().len() + single
    }

    /// The case that it starts from, if this catalogue has it.
    pub(super) fn base(&self) -> Option<&'static Case> {
        self.case.as_deref().and_then(case)
    }

    /// Its changes of the message.
    pub(super) fn variation(&self) -> Variation {
        let change = |choices: &Vec<u16>| Drawn::of(choices).change();
        Variation { changes: self.changes.iter().map(change).collect() }
    }

    /// The edits that make it, in the order in which they apply; none where its case is not known, or is no
    /// single request.
    pub fn edits(&self) -> Option<Vec<Edit>> {
        if self.script.is_some() {
            return None;
        }
        let mut edits = match &self.case {
            Some(_) => self.base()?.edits()?.to_vec(),
            None => Vec::new(),
        };
        edits.extend(self.grown.iter().flat_map(Grown::edits));
        edits.extend(self.spelled.edits());
        edits.extend(self.variation().edits());
        edits.extend(self.line.iter().flat_map(|edit| edit.edits()));
        edits.extend(self.bytes.iter().map(ByteEdit::edit));
        Some(edits)
    }

    /// The request, written for these ids.
    pub fn write(&self, ids: &Ids) -> Option<HttpRequest> {
        Some(Draft::disconnect(&self.edits()?).write(ids))
    }

    /// What was changed and where, in words: one for each edit.
    pub fn words(&self) -> Vec<String> {
        let change = |change: &Change| match change.place() {
            "" => change.kind().to_owned(),
            place => format!("{}@{place}", change.kind()),
        };
        let case = self.case.iter().map(|case| format!("case:{case}"));
        let case = case.chain(self.script.iter().map(|script| script.kind().to_owned()));
        let case = case.chain(self.grown.iter().map(|grown| format!("much:{}", grown.what.word())));
        let case = case.chain(self.spelled.told());
        let changes = self.variation().changes;
        let changes = changes.iter().map(change);
        let line = self.line.iter().map(|edit| edit.word().to_owned());
        let bytes = self.bytes.iter().map(|edit| {
            let side = if edit.from_end { "behind" } else { "before" };
            format!("bytes@{side}-id")
        });
        case.chain(changes).chain(line).chain(bytes).collect()
    }

    /// The edits as they are written in a report: with everything that they put in.
    pub fn told(&self) -> Vec<String> {
        let case = self.case.iter().map(|case| format!("the request of {case}"));
        let case = case.chain(self.script.iter().flat_map(Script::told));
        let case = case.chain(self.grown.iter().map(Grown::told));
        let case = case.chain(self.spelled.told());
        let changes = self.variation().changes.into_iter().map(|change| format!("{change:?}"));
        let line = self.line.iter().map(|edit| edit.word().to_owned());
        let bytes = self.bytes.iter().map(|edit| format!("{:?}", edit.edit()));
        case.chain(changes).chain(line).chain(bytes).collect()
    }

    /// Inputs that are smaller by one step, the smallest first: one edit fewer, then one that is milder.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut found = Vec::new();
        if self.size() > 1 {
            found.extend(self.plainer());
            for at in 0..self.changes.len() {
                let mut less = self.clone();
                less.changes.remove(at);
                found.push(less);
            }
            for at in 0..self.line.len() {
                let mut less = self.clone();
                less.line.remove(at);
                found.push(less);
            }
            for at in 0..self.bytes.len() {
                let mut less = self.clone();
                less.bytes.remove(at);
                found.push(less);
            }
            if self.case.is_some() {
                found.push(Self { case: None, ..self.clone() });
            }
        }
        let shorter = self.script.iter().flat_map(Script::shorter);
        found.extend(shorter.map(|script| Self { script: Some(script), ..self.clone() }));
        for (at, choices) in self.changes.iter().enumerate() {
            for milder in Drawn::of(choices).milder() {
                let mut less = self.clone();
                less.changes[at] = milder.choices().to_vec();
                found.push(less);
            }
        }
        for (at, edit) in self.bytes.iter().enumerate() {
            for milder in edit.milder() {
                let mut less = self.clone();
                less.bytes[at] = milder;
                found.push(less);
            }
        }
        found
    }
}

impl Input {
    /// Inputs that are spelled more plainly: without its case; with half of the values, then without a quarter of
    /// them, and so on to single ones.
    fn plainer(&self) -> Vec<Self> {
        let factors = self.spelled.factors();
        let mut found = Vec::new();
        if self.case.is_some() && !factors.is_empty() {
            found.push(Self { case: None, ..self.clone() });
        }
        let alone = self.size() == factors.len();
        let mut length = factors.len().div_ceil(2);
        while length > 0 {
            for part in factors.chunks(length) {
                let rest: Vec<usize> = factors.iter().copied().filter(|at| !part.contains(at)).collect();
                if !(rest.is_empty() && alone) {
                    found.push(Self { spelled: self.spelled.only(&rest), ..self.clone() });
                }
            }
            length = if length == 1 { 0 } else { length.div_ceil(2) };
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::names;

    fn drawn(numbers: &mut Numbers) -> Input {
        let mut input = Input::plain().changed(&Drawn::draw(numbers)).changed(&Drawn::draw(numbers));
        input.line.push(LineEdit::number(numbers.below(LineEdit::COUNT)));
        let plain = Input::plain().write(&Ids::default()).expect("a request").body;
        input.bytes.extend(ByteEdit::draw(numbers, &plain, names::SAMPLE_CALL_ID));
        input
    }

    #[test]
    fn an_input_is_the_same_after_it_was_written_to_a_file() {
        let mut numbers = Numbers::new(5);
        for _ in 0..200 {
            let input = drawn(&mut numbers);
            let text = serde_json::to_string(&input).expect("JSON");
            let again: Input = serde_json::from_str(&text).expect("an input");
            assert_eq!(again, input);
            assert_eq!(again.write(&Ids::default()), input.write(&Ids::default()));
        }
        let unknown = serde_json::from_str::<Input>(r#"{"line":["no-such"]}"#);
        assert!(unknown.is_err_and(|error| error.to_string().contains("no-such")));
    }

    /// Steps of shrinking come to an end, at one edit that has nothing milder.
    #[test]
    fn shrinking_comes_to_an_end() {
        let mut numbers = Numbers::new(6);
        for _ in 0..50 {
            let mut input = drawn(&mut numbers);
            let mut steps = 0;
            while let Some(less) = input.smaller().into_iter().next() {
                input = less;
                steps += 1;
                assert!(steps < 200, "{input:?}");
            }
            assert_eq!(input.size(), 1, "{input:?}");
        }
    }
}
