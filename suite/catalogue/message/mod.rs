//! The messages of the catalogue on their own: requests whose case is about the message and not about
//! the HTTP around it, and answers. The corpus is made of them, and parsers are judged by them.

mod flags;
mod readings;

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Serialize;

use super::{Case, Reading, ReplyCase, cases, replies};
use crate::message::xml::Refusal;
use crate::message::{
    AnswerDraft, ContentType, Edit, HttpRequest, Ids, MessageKind, fault_words, read_reply, read_request,
    read_request_in,
};
use crate::protocol::{Defect, FaultCode, InputClass, Nuance, Operation, RequirementId, names};

use flags::Flags;
use readings::readings;

/// Longest message, in bytes. What is longer is about size alone, and `umspec show ID` prints it.
pub const MAX_MESSAGE: usize = 65_536;

/// What a reader of messages must do with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// Take it: a valid message.
    Accept,
    /// The documents leave it open, or documented practice does.
    Either,
    /// Refuse it: it must not lead to success.
    Reject,
}

impl Expect {
    /// The name of its folder.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Either => "either",
            Self::Reject => "reject",
        }
    }
}

/// A message, and what a reader must make of it.
#[derive(Debug, Clone)]
pub struct MessageCase {
    /// Id of the case it belongs to.
    pub id: Cow<'static, str>,
    /// What it is about: a sentence.
    pub about: Cow<'static, str>,
    /// Request or answer.
    pub kind: MessageKind,
    /// The rows of the ledger it rests on; the first one grades a deviation.
    pub requirements: Vec<RequirementId>,
    /// The row of the decision table, for requests.
    pub class: Option<InputClass>,
    /// The spelling for which that row makes an exception.
    pub nuance: Option<Nuance>,
    /// The Content-Type it is sent with.
    pub content_type: String,
    /// The charset that this names.
    pub charset: Option<String>,
    /// The message.
    pub bytes: Vec<u8>,
    /// Messages of half and a quarter of its size, the smallest first, where the case is about the time
    /// that it takes.
    pub smaller: Vec<Vec<u8>>,
    /// What a reader must do with it.
    pub expect: Expect,
    /// What a reader that accepts it must give, if that is beyond doubt: the CallId,
    /// `DisconnectResponse`, or `Fault` and its code.
    pub value: Option<String>,
    /// What a reader may give that takes a message which it may also refuse: one of these, if there are
    /// any; nothing is beyond doubt otherwise.
    pub readings: Vec<String>,
    /// Well-formed XML 1.0 with namespaces, judged from the bytes alone.
    pub well_formed: bool,
    /// Valid by the schema of the whole message.
    pub schema_valid: bool,
}

/// Every message: requests in the order of the catalogue, then answers.
pub fn messages() -> &'static [MessageCase] {
    static MESSAGES: LazyLock<Vec<MessageCase>> =
        LazyLock::new(|| cases().iter().filter_map(request).chain(replies().iter().map(answer)).collect());
    &MESSAGES
}

/// The message of a case, if it is what the case is about.
fn request(case: &Case) -> Option<MessageCase> {
    if case.slow || case.is_raw() || case.growing.is_some() {
        return None;
    }
    let request = case.draft()?.write(&Ids::default());
    let content_type = request.header("content-type")?.to_owned();
    if !is_about_message(case, &request) || request.body.len() > MAX_MESSAGE {
        return None;
    }
    let charset = ContentType::parse(&content_type).and_then(|content_type| content_type.charset);
    let read = read_request(&request.body, charset.as_deref());
    let unlimited = read_request_in(&request.body, None, &flags::WIDE).err();
    let flags = flags::flags(&case.id, unlimited);
    let expect = expect(case, flags, unlimited);
    let disconnect = read.as_ref().ok().filter(|request| request.operation == Operation::Disconnect);
    let id = || disconnect.and_then(|request| request.call_id().map(str::to_owned));
    let value = (expect != Expect::Reject).then(id).flatten();
    let readings = if expect == Expect::Either { readings(case, &request.body) } else { Vec::new() };
    Some(MessageCase {
        id: case.id.clone(),
        about: case.about.clone(),
        kind: MessageKind::Request,
        requirements: case.requirements.clone(),
        class: Some(case.class),
        nuance: case.nuance,
        content_type,
        charset,
        bytes: request.body,
        smaller: Vec::new(),
        expect,
        value,
        readings,
        well_formed: flags.well_formed,
        schema_valid: flags.schema_valid,
    })
}

fn answer(reply: &ReplyCase) -> MessageCase {
    let bytes = reply.body();
    let (expect, value) = match &reply.reading {
        Reading::Success => (Expect::Accept, Some("DisconnectResponse".to_owned())),
        Reading::Fault(code) => (Expect::Accept, Some(fault_words(code.local()))),
        Reading::Refuse => (Expect::Reject, None),
        Reading::Either => (Expect::Either, None),
    };
    let flags = flags::flags(&reply.id, read_reply(&bytes, None).err());
    let readings = if expect == Expect::Either { vec![plain_words(reply.answer)] } else { Vec::new() };
    MessageCase {
        id: reply.id.clone(),
        about: reply.about.clone(),
        kind: MessageKind::Reply,
        requirements: reply.requirements.clone(),
        class: None,
        nuance: reply.is_ignorable.then_some(Nuance::IgnorableName),
        content_type: format!("{}; charset={}", names::MEDIA_TYPE, reply.charset),
        charset: Some(reply.charset.to_owned()),
        bytes,
        smaller: Vec::new(),
        expect,
        value,
        readings,
        well_formed: flags.well_formed,
        schema_valid: flags.schema_valid,
    }
}

/// What is said of an answer before it is edited.
fn plain_words(answer: AnswerDraft) -> String {
    match answer {
        AnswerDraft::Success => "DisconnectResponse".to_owned(),
        AnswerDraft::InvalidCallId => fault_words(FaultCode::InvalidCallId.local()),
        AnswerDraft::Malformed => fault_words(FaultCode::InvalidRequest.local()),
        AnswerDraft::Soap(code) => fault_words(code),
    }
}

/// Whether the message says what the case is about, and not the HTTP request around it.
fn is_about_message(case: &Case, request: &HttpRequest) -> bool {
    let in_http = case.edits().unwrap_or_default().iter().any(|edit| match edit {
        Edit::HttpHeader(name, _) => !name.eq_ignore_ascii_case("content-type"),
        Edit::HttpHeaderAlso(..) | Edit::Method(_) | Edit::NoBody | Edit::Query(_) | Edit::Framing(_) => true,
        _ => false,
    });
    let is_text_xml = request
        .header("content-type")
        .and_then(ContentType::parse)
        .is_some_and(|content_type| content_type.media_type == names::MEDIA_TYPE);
    let by_http = matches!(
        case.class,
        InputClass::MediaType | InputClass::Method | InputClass::Credentials | InputClass::SoapAction
    );
    !in_http && is_text_xml && !by_http
}

/// What a reader must do with the message of a case.
fn expect(case: &Case, flags: Flags, unlimited: Option<Refusal>) -> Expect {
    use InputClass as C;
    // Where the row is open, a second fault can still be beyond doubt: markup that is broken inside a
    // DTD, or what stands under a limit of this reader.
    let is_open = matches!(case.nuance, Some(Nuance::IgnorableName | Nuance::XmlVersion))
        || case.class == InputClass::EncodingsDisagree;
    if !flags.well_formed && !is_open {
        return Expect::Reject;
    }
    if case.class == InputClass::OversizedCallId
        && unlimited.is_some_and(|refusal| {
            refusal.defect.class().is_negative() && refusal.defect != Defect::CallIdLong
        })
    {
        return Expect::Reject;
    }
    match case.nuance {
        // At fault as HTTP, of which a message knows nothing.
        Some(nuance) if nuance.is_http_fault() => return Expect::Either,
        _ if case.recorded => return Expect::Either,
        Some(Nuance::EmptyAsWell | Nuance::MustRefuse) => return Expect::Reject,
        // Readings that some document or a lenient one allows.
        Some(
            Nuance::HttpsSpelling
            | Nuance::IgnorableName
            | Nuance::MayRefuse
            | Nuance::QualifiedTrailer
            | Nuance::Soap12Envelope
            | Nuance::Soap12MediaType
            | Nuance::XmlVersion,
        ) => {
            return Expect::Either;
        }
        Some(_) | None => {}
    }
    match case.class {
        // The message is valid; only the server knows what becomes of the id.
        C::Valid
        | C::EndedCall
        | C::Unissued
        | C::Garbage
        | C::PaddedCallId
        | C::OptionalHeader
        | C::TextSplit
        | C::Utf8Bom
        | C::Utf16
        | C::LongCallId => Expect::Accept,
        // The table never allows success, whatever the id.
        C::EmptyCallId
        | C::MissingCallId
        | C::BlankCallId
        | C::CallIdNamespace
        | C::OperationName
        | C::ForeignOperation
        | C::Nil
        | C::ElementInCallId
        | C::BodyShape
        | C::EnvelopeNamespace
        | C::MandatoryHeader
        | C::NotWellFormed => Expect::Reject,
        // Success is tolerated in the interop profile, or either is right.
        C::TwoCallIds
        | C::ExtraSibling
        | C::UndeclaredAttribute
        | C::Trailer
        | C::EnvelopeNoNamespace
        | C::Dtd
        | C::ProcessingInstruction
        | C::EncodingsDisagree
        // The limit of 512 characters is written down for GetCallInfo only, and other sizes nowhere.
        | C::OversizedCallId
        // Not about the message.
        | C::MediaType
        | C::SoapAction
        | C::Method
        | C::Credentials => Expect::Either,
    }
}
