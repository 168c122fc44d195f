//! Answers to Disconnect, good and bad, with what a reader of answers must make of them.
//!
//! Messages without a run: the corpus and the snapshots are made of them. Ids start with `reply-` and
//! are public like those of the cases.

mod encoding;
mod envelope;
mod fault;
mod ill_formed;
mod spelling;
mod success;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::message::{AnswerDraft, Draft, Edit, Ids};
use crate::protocol::{FaultCode, RequirementId, names};

/// An answer, and what it must be taken for.
#[derive(Debug, Clone)]
pub struct ReplyCase {
    /// `family/what-is-particular`, public, never used again for something else.
    pub id: Cow<'static, str>,
    /// What it is about: a sentence.
    pub about: Cow<'static, str>,
    /// The rows of the ledger it rests on.
    pub requirements: Vec<RequirementId>,
    /// A row on which it rests besides where a client gets it.
    pub client_requirement: Option<RequirementId>,
    /// The plain answer that is edited.
    pub answer: AnswerDraft,
    /// What is done to it.
    pub edits: Vec<Edit>,
    /// The charset that its Content-Type names.
    pub charset: &'static str,
    /// What a reader must make of it.
    pub reading: Reading,
}

/// What a reader of answers must make of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The documents leave it open.
    Either,
    /// A fault with this meaning.
    Fault(FaultCode),
    /// Neither success nor a fault.
    Refuse,
    /// Success.
    Success,
}

impl ReplyCase {
    /// The message, written out.
    pub fn body(&self) -> Vec<u8> {
        Draft::answer(self.answer, &self.edits).body(&Ids::default())
    }
}

/// Every answer, in the order of its families.
pub fn replies() -> &'static [ReplyCase] {
    static REPLIES: LazyLock<Vec<ReplyCase>> = LazyLock::new(|| {
        [
            spelling::cases(),
            encoding::cases(),
            ill_formed::cases(),
            envelope::cases(),
            success::cases(),
            fault::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &REPLIES
}

/// The answer with this id.
pub fn reply(id: &str) -> Option<&'static ReplyCase> {
    replies().iter().find(|reply| reply.id == id)
}

/// The plain answers, by the word that ends an id.
const PLAIN: [(&str, AnswerDraft); 3] = [
    ("success", AnswerDraft::Success),
    ("invalid-id", AnswerDraft::InvalidCallId),
    ("malformed", AnswerDraft::Malformed),
];

fn plain_reading(answer: AnswerDraft) -> Reading {
    match answer {
        AnswerDraft::Success => Reading::Success,
        AnswerDraft::InvalidCallId => Reading::Fault(FaultCode::InvalidCallId),
        AnswerDraft::Malformed => Reading::Fault(FaultCode::InvalidRequest),
        AnswerDraft::Soap(code) => Reading::Fault(FaultCode::of(Some(names::ENVELOPE), code)),
    }
}

fn case(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: RequirementId,
    answer: AnswerDraft,
    reading: Reading,
    edits: Vec<Edit>,
) -> ReplyCase {
    ReplyCase {
        id: id.into(),
        about: about.into(),
        requirements: vec![requirement],
        client_requirement: None,
        answer,
        edits,
        charset: "utf-8",
        reading,
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn words(answer: AnswerDraft) -> &'static str {
    match answer {
        AnswerDraft::Success => "success answer",
        AnswerDraft::InvalidCallId => "fault for an invalid id",
        AnswerDraft::Malformed => "fault for a malformed request",
        AnswerDraft::Soap(_) => "fault with a code of SOAP",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Reply, read_reply};

    #[test]
    fn ids_tell_that_they_are_of_answers() {
        assert!(replies().iter().all(|reply| reply.id.starts_with("reply-")));
    }

    #[test]
    fn the_reader_makes_of_each_what_it_must() {
        let mut wrong = Vec::new();
        for reply in replies() {
            let read = read_reply(&reply.body(), Some(reply.charset));
            let fits = match (&reply.reading, &read) {
                (Reading::Either, _)
                | (Reading::Refuse, Err(_))
                | (Reading::Success, Ok(Reply::Disconnected)) => true,
                (Reading::Fault(code), Ok(Reply::Fault(fault))) => fault.meaning() == *code,
                _ => false,
            };
            if !fits {
                wrong.push(format!("{}: {:?}, read as {read:?}", reply.id, reply.reading));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
