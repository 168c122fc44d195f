//! What is shown of a case, for servers, clients and parsers alike: blocks of texts that stand side by side.

use serde::Serialize;

/// What was exchanged, by the cases.
#[derive(Debug, Serialize)]
pub(super) struct Exchanges<'a> {
    /// What the run was against.
    pub(super) subject: &'static str,
    /// Which one.
    pub(super) target: &'a str,
    /// Of each case, its blocks; the control is the last.
    pub(super) cases: Vec<Vec<Block>>,
}

/// Texts that belong together, such as a request and its answer.
#[derive(Debug, Default, Serialize)]
pub(super) struct Block {
    /// What they are.
    pub(super) title: String,
    /// What else was seen, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
    /// The texts.
    pub(super) sides: Vec<Side>,
}

/// One of the texts.
#[derive(Debug, Default, Serialize)]
pub(super) struct Side {
    /// What it is.
    pub(super) label: String,
    /// What it comes to, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) words: String,
    /// The number of the head of an HTTP message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) head: Option<usize>,
    /// The number of the body, or of the whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<usize>,
    /// Where the head is another than that of the text beside it: start and end in bytes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) head_marks: Vec<(usize, usize)>,
    /// Where the body is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) body_marks: Vec<(usize, usize)>,
    /// How it can be sent again, for requests to servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) send: Option<Send>,
}

/// How a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Send {
    /// As any program would.
    Ordinary,
    /// Byte for byte as it stands, which is what it is about.
    Raw,
}
