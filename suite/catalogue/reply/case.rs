//! What a case of an answer is made of.

use std::borrow::Cow;

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
    /// Whether a name that may be ignored is all that is wrong (contradiction C32).
    pub is_ignorable: bool,
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

/// The plain answers, by the word that ends an id.
pub(super) const PLAIN: [(&str, AnswerDraft); 3] = [
    ("success", AnswerDraft::Success),
    ("invalid-id", AnswerDraft::InvalidCallId),
    ("malformed", AnswerDraft::Malformed),
];

pub(super) fn plain_reading(answer: AnswerDraft) -> Reading {
    match answer {
        AnswerDraft::Success => Reading::Success,
        AnswerDraft::InvalidCallId => Reading::Fault(FaultCode::InvalidCallId),
        AnswerDraft::Malformed => Reading::Fault(FaultCode::InvalidRequest),
        AnswerDraft::Soap(code) => Reading::Fault(FaultCode::of(Some(names::ENVELOPE), code)),
    }
}

pub(super) fn case(
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
        is_ignorable: false,
    }
}

/// A header entry of an answer that everybody may ignore, and what it holds: whatever is wrong with that is told by
/// reading XML, and not by looking at what an answer is made of.
pub(super) fn entry(content: &str) -> Vec<Edit> {
    vec![Edit::Header(format!("<x:a xmlns:x='urn:umspec:x'>{content}</x:a>"))]
}

pub(super) fn text(text: &str) -> String {
    text.to_owned()
}

pub(super) fn words(answer: AnswerDraft) -> &'static str {
    match answer {
        AnswerDraft::Success => "success answer",
        AnswerDraft::InvalidCallId => "fault for an invalid id",
        AnswerDraft::Malformed => "fault for a malformed request",
        AnswerDraft::Soap(_) => "fault with a code of SOAP",
    }
}
