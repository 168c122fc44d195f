//! An answer that is sent, as a value.

use serde::{Deserialize, Serialize};

use super::super::input::ByteEdit;
use crate::catalogue::{ReplyCase, replies};
use crate::generate::{AnswerVariation, Change, Choices as _, Drawn, Numbers, Variation};
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

    /// The plain answer that a case edits; none for a fault with a code of SOAP.
    pub(super) fn of(draft: AnswerDraft) -> Option<Self> {
        Self::ALL.into_iter().find(|plain| plain.draft() == draft)
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
    /// The id of the case whose answer it starts from, if it is none of the plain ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
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
        Self { answer, case: None, changes: Vec::new(), bytes: Vec::new() }
    }

    /// The answer of a case; nothing where it edits none of the plain ones.
    pub(super) fn of_case(reply: &ReplyCase) -> Option<Self> {
        let plain = Self::plain(PlainAnswer::of(reply.answer)?);
        Some(Self { case: Some(reply.id.to_string()), ..plain })
    }

    /// The case that it starts from, if this catalogue has it.
    pub(super) fn reply(&self) -> Option<&'static ReplyCase> {
        let id = self.case.as_deref()?;
        replies().iter().find(|reply| reply.id == id)
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
        self.changes.len() + self.bytes.len() + usize::from(self.case.is_some())
    }

    /// The plain answer with its changes.
    pub(super) fn variation(&self) -> AnswerVariation {
        let change = |choices: &Vec<u16>| Drawn::of(choices).change();
        AnswerVariation { answer: self.answer.draft(), changes: self.changes.iter().map(change).collect() }
    }

    /// The message.
    pub fn body(&self) -> Vec<u8> {
        let variation = self.variation();
        let mut edits = match self.reply() {
            Some(reply) => {
                let changes = Variation { changes: variation.changes }.edits();
                reply.edits.iter().cloned().chain(changes).collect()
            }
            None => variation.edits(),
        };
        edits.extend(self.bytes.iter().map(ByteEdit::edit));
        Draft::answer(self.answer.draft(), &edits).body(&Ids::default())
    }

    /// The status that it comes with: 500 for what began as a fault (SOAP 6.2), 200 for what passes itself off as
    /// success.
    pub fn status(&self) -> u16 {
        if self.answer == PlainAnswer::Success { 200 } else { 500 }
    }

    /// The charset of its Content-Type.
    pub(super) fn charset(&self) -> Option<&'static str> {
        match self.reply() {
            Some(reply) => Some(reply.charset),
            None => self.variation().charset(),
        }
    }

    /// Its Content-Type.
    pub fn content_type(&self) -> String {
        match self.charset() {
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
        let case = self.case.iter().map(|case| format!("case:{case}"));
        let changes = self.variation().changes;
        let bytes = self.bytes.iter().map(|_| "bytes".to_owned());
        case.chain(changes.iter().map(change)).chain(bytes).collect()
    }

    /// The edits as they are written in a report: with everything that they put in.
    pub fn told(&self) -> Vec<String> {
        let changes = self.variation().changes.into_iter().map(|change| format!("{change:?}"));
        let bytes = self.bytes.iter().map(|edit| format!("{:?}", edit.edit()));
        let base = match &self.case {
            Some(case) => format!("the answer of {case}"),
            None => self.answer.word().to_owned(),
        };
        std::iter::once(base).chain(changes).chain(bytes).collect()
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
            if self.case.is_some() {
                found.push(Self { case: None, ..self.clone() });
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
        let plain = Self::plain(answer);
        let mut input = match numbers.below(3) {
            0 => Self::of_case(&replies()[numbers.below(replies().len())]).unwrap_or(plain),
            _ => plain,
        };
        for _ in 0..=numbers.below(MAX_ANSWER_EDITS) {
            input = match numbers.below(6) {
                0 if input.bytes.is_empty() && input.case.is_none() => input.scarred(numbers),
                _ => input.changed(&Drawn::draw(numbers)),
            };
        }
        input
    }
}
