//! What was exchanged before the cases, to find out whether the subject tells good from bad. What
//! follows from it is derived by [`judge`](crate::judge).

use serde::{Deserialize, Serialize};

use super::{ClientEvidence, Exchange, Parsed};
use crate::message::{Edit, MessageKind, Place};
use crate::protocol::names;

/// What was established before the cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlEvidence {
    /// With a client.
    Client(ClientControl),
    /// With a parser.
    Parser(Vec<ParserControlStep>),
    /// With a server.
    Server(ServerControl),
}

/// What was exchanged with a server before the cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerControl {
    /// Where call ids came from.
    pub calls: CallOrigin,
    /// The exchanges in order.
    pub steps: Vec<ControlStep>,
}

/// One exchange of a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlStep {
    /// What it is for.
    pub role: ControlRole,
    /// What was sent and what came back.
    pub exchange: Exchange,
}

/// Where the call ids of a run came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CallOrigin {
    /// A command that prints one fresh id each time it is run.
    Command,
    /// Given by whoever started the run.
    Given,
    /// PlayOnPhone on the built-in mock.
    Mock,
    /// Nowhere.
    None,
    /// PlayOnPhone on the target.
    PlayOnPhone,
}

impl CallOrigin {
    /// In words, for reports.
    pub fn words(self) -> &'static str {
        match self {
            Self::Command => "a command",
            Self::Given => "given ids",
            Self::Mock => "PlayOnPhone on the built-in mock",
            Self::None => "none",
            Self::PlayOnPhone => "PlayOnPhone",
        }
    }

    /// Whether every request can have a call of its own.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Command | Self::Mock | Self::PlayOnPhone)
    }
}

/// What an exchange of a control is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ControlRole {
    /// Reads the state of the call after the plain request.
    After,
    /// The plain request with a given id, once more.
    Again,
    /// The plain request once somebody has answered a call that could not be ended while it rang.
    Answered,
    /// Reads the state of the call before the plain request.
    Before,
    /// A request that is malformed in this way.
    Contrast(Contrast),
    /// The plain request with the garbage of this many characters as id.
    Garbage(usize),
    /// Places a call.
    Place,
    /// The plain request with a live or given id.
    Plain,
    /// The plain request for a call that still rings.
    Ringing,
    /// The plain request after one that was malformed in this way, for the same call.
    Twin(Contrast),
    /// A first request that got no answer, and was sent again: some servers take their time to start.
    Unanswered,
    /// The plain request with an id that was never issued.
    Unissued,
}

/// A malformed request by which a server is seen to discriminate, in the order they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// The document ends too early.
    Truncated,
    /// Disconnect is in another namespace.
    WrongNamespace,
    /// CallId is missing.
    MissingCallId,
    /// The id is garbage.
    GarbageId,
    /// What stands first for the namespace of messages in the bytes is another name. For documents that are written
    /// as they are, in which no element has a place.
    OtherText,
}

impl Contrast {
    /// Every contrast that the control tries, in that order.
    pub const ALL: [Self; 4] = [Self::Truncated, Self::WrongNamespace, Self::MissingCallId, Self::GarbageId];

    /// What makes a legal request malformed in this way.
    pub fn edit(self) -> Edit {
        match self {
            Self::Truncated => Edit::Truncate(14),
            Self::WrongNamespace => Edit::Namespace(Place::Operation, "urn:umspec:contrast".to_owned()),
            Self::MissingCallId => Edit::Delete(Place::CallId),
            Self::OtherText => Edit::Splice(names::MESSAGES.to_owned(), b"urn:umspec:contrast".to_vec()),
            Self::GarbageId => Edit::Content(Place::CallId, "umspec-garbage".to_owned()),
        }
    }

    /// What is wrong with it, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Truncated => "a truncated request",
            Self::OtherText | Self::WrongNamespace => "a request in a wrong namespace",
            Self::MissingCallId => "a request without CallId",
            Self::GarbageId => "a request with a garbage id",
        }
    }
}

impl ServerControl {
    /// The first exchange with this role.
    pub fn step(&self, role: ControlRole) -> Option<&Exchange> {
        self.steps.iter().find(|step| step.role == role).map(|step| &step.exchange)
    }
}

/// What was done with a client before the cases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientControl {
    /// Whether the client was pointed at URLs by a person: then nothing is known of how it ended,
    /// and there is no control.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub by_url: bool,
    /// Whether, in such a run, the address that only answers name was contacted in some case.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub contacted: bool,
    /// What the client did in the first case with the names of fields in small letters, where it could not read
    /// them: then they have capitals in all that follows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub in_small_letters: Option<ClientControlStep>,
    /// The cases that it was put to, in order.
    pub steps: Vec<ClientControlStep>,
}

/// A case of the control for clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientControlStep {
    /// Id of the case.
    pub case: String,
    /// What the client did.
    pub evidence: ClientEvidence,
}

/// A message of the control for parsers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParserControlStep {
    /// Which kind of message it was.
    pub kind: MessageKind,
    /// Which message.
    pub message: ControlMessage,
    /// What the parser did with it.
    pub parsed: Parsed,
}

/// A message that is put to a parser before the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ControlMessage {
    /// The plain message, cut in half.
    CutInHalf,
    /// An envelope whose Body is empty.
    EmptyBody,
    /// Text that is no XML.
    NoXml,
    /// The plain message of this number, from 0.
    Plain(usize),
}

impl ControlMessage {
    /// The malformed ones, in the order they are tried.
    pub const MALFORMED: [Self; 3] = [Self::CutInHalf, Self::EmptyBody, Self::NoXml];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::CutInHalf => "cut in half",
            Self::EmptyBody => "empty Body",
            Self::NoXml => "no XML",
            Self::Plain(_) => "plain",
        }
    }
}
