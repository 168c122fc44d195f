//! An answer that is sent, as a value.

use serde::{Deserialize, Serialize};

use super::super::input::ByteEdit;
use crate::generate::{AnswerVariation, Change, Choices as _, Drawn, Numbers};
use crate::message::{AnswerDraft, Draft, Ids};
use crate::protocol::names;

/// Most edits of one answer.
pub const MAX_ANSWER_EDITS: usize = 4;

/// A plain answer to Disconnect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlainAnswer {
    /// The fault for an invalid id.
    InvalidId,
    /// The fault for a malformed request.
    Malformed,
    /// Success.
    Success,
}

impl PlainAnswer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Success, Self::InvalidId, Self::Malformed];

    /// Its name in words.
    pub fn word(self) -> &'static str {
        match self {
            Self::InvalidId => "the fault for an invalid id",
            Self::Malformed => "the fault for a malformed request",
            Self::Success => "the success",
        }
    }

    fn draft(self) -> AnswerDraft {
        match self {
            Self::InvalidId => AnswerDraft::InvalidCallId,
            Self::Malformed => AnswerDraft::Malformed,
            Self::Success => AnswerDraft::Success,
        }
    }
}

/// An answer with edits, of which follows what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerInput {
    /// The plain answer that is edited.
    pub answer: PlainAnswer,
    /// Changes of the message, each by its choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Vec<u16>>,
    /// Changes of the bytes of the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bytes: Vec<ByteEdit>,
}

impl AnswerInput {
    /// An answer as it is.
    pub fn plain(answer: PlainAnswer) -> Self {
        Self { answer, changes: Vec::new(), bytes: Vec::new() }
    }

    /// The same with one change more.
    #[must_use]
    pub(super) fn changed(mut self, change: &Drawn) -> Self {
        self.changes.push(change.choices().to_vec());
        self
    }

    /// The same with a change of bytes more, anywhere in the message.
    #[must_use]
    pub(super) fn scarred(mut self, numbers: &mut Numbers) -> Self {
        let length = self.body().len();
        self.bytes.extend(ByteEdit::anywhere(numbers, length));
        self
    }

    /// How many edits it has.
    pub fn size(&self) -> usize {
        self.changes.len() + self.bytes.len()
    }

    /// The plain answer with its changes.
    pub(super) fn variation(&self) -> AnswerVariation {
        let change = |choices: &Vec<u16>| Drawn::of(choices).change();
        AnswerVariation { answer: self.answer.draft(), changes: self.changes.iter().map(change).collect() }
    }

    /// The message.
    pub fn body(&self) -> Vec<u8> {
        let mut edits = self.variation().edits();
        edits.extend(self.bytes.iter().map(ByteEdit::edit));
        Draft::answer(self.answer.draft(), &edits).body(&Ids::default())
    }

    /// The status that it comes with: 500 for what began as a fault (SOAP 6.2), 200 for what passes itself off as
    /// success.
    pub fn status(&self) -> u16 {
        if self.answer == PlainAnswer::Success { 200 } else { 500 }
    }

    /// Its Content-Type.
    pub fn content_type(&self) -> String {
        match self.variation().charset() {
            Some(charset) => format!("{}; charset={charset}", names::MEDIA_TYPE),
            None => names::MEDIA_TYPE.to_owned(),
        }
    }

    /// What was changed and where, in words without values: one for each edit.
    pub fn words(&self) -> Vec<String> {
        let change = |change: &Change| match change.place() {
            "" => change.kind().to_owned(),
            place => format!("{}@{place}", change.kind()),
        };
        let changes = self.variation().changes;
        changes.iter().map(change).chain(self.bytes.iter().map(|_| "bytes".to_owned())).collect()
    }

    /// The edits as they are written in a report: with everything that they put in.
    pub fn told(&self) -> Vec<String> {
        let changes = self.variation().changes.into_iter().map(|change| format!("{change:?}"));
        let bytes = self.bytes.iter().map(|edit| format!("{:?}", edit.edit()));
        std::iter::once(self.answer.word().to_owned()).chain(changes).chain(bytes).collect()
    }

    /// Answers that are smaller by one step, the smallest first: one edit fewer, then one that is milder.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut found = Vec::new();
        if self.size() > 1 {
            for at in 0..self.changes.len() {
                let mut less = self.clone();
                less.changes.remove(at);
                found.push(less);
            }
            for at in 0..self.bytes.len() {
                let mut less = self.clone();
                less.bytes.remove(at);
                found.push(less);
            }
        }
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

    /// An answer with up to [`MAX_ANSWER_EDITS`] edits, drawn of everything that can be drawn.
    pub(super) fn draw(numbers: &mut Numbers) -> Self {
        // A success that must not be taken tells most: three of five.
        let answer = match numbers.below(5) {
            0 => PlainAnswer::InvalidId,
            1 => PlainAnswer::Malformed,
            _ => PlainAnswer::Success,
        };
        let mut input = Self::plain(answer);
        for _ in 0..=numbers.below(MAX_ANSWER_EDITS) {
            input = match numbers.below(6) {
                0 if input.bytes.is_empty() => input.scarred(numbers),
                _ => input.changed(&Drawn::draw(numbers)),
            };
        }
        input
    }
}
