//! The catalogue as files: one message each, an index, and a dictionary for fuzzers.
//!
//! Everything here is a plain function from the catalogue to bytes; the command line writes them.

use std::collections::BTreeSet;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Case, Reading, ReplyCase};
use crate::generate::fragments;
use crate::message::xml::Refusal;
use crate::message::{ContentType, Edit, HttpRequest, Ids, read_reply, read_request, read_request_in};
use crate::protocol::{Defect, InputClass, Nuance, Profile, expected_words, names};

mod flags;

use flags::Flags;

/// Version of the index format.
pub const INDEX_VERSION: u32 = 1;

/// Longest message that becomes a file, in bytes. What is longer is about size alone, and
/// `umspec show ID` prints it.
pub const MAX_FILE: usize = 65_536;

/// Most entries of the dictionary. An engine picks among them at random: more dilute the good ones.
pub const MAX_DICTIONARY: usize = 400;

/// Longest entry of the dictionary in bytes: libFuzzer's own bound.
pub const MAX_DICTIONARY_ENTRY: usize = 64;

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the corpus, with `/`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What a reader of messages must do with a file.
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

/// The index of the corpus.
#[derive(Debug, Serialize)]
struct Index {
    format: u32,
    files: Vec<IndexEntry>,
}

/// What the index says of a file.
#[derive(Debug, Serialize)]
struct IndexEntry {
    path: String,
    id: String,
    about: String,
    kind: &'static str,
    expect: Expect,
    /// The row of the decision table, for requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    /// What the row is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    class_about: Option<String>,
    requirements: Vec<String>,
    /// The outcomes that a server may answer with, by profile, for requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<Allowed>,
    content_type: String,
    /// The charset of the content type, if it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    charset: Option<String>,
    /// What a reader must give: the CallId, `DisconnectResponse`, or `Fault` and its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    well_formed: bool,
    schema_valid: bool,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Allowed {
    strict: String,
    interop: String,
}

/// Every file of the corpus that is made from the catalogue: the messages in the order of the
/// catalogue, the index, and the dictionary.
///
/// # Errors
/// Never for this catalogue: the index is plain data.
pub fn files() -> Result<Vec<File>, serde_json::Error> {
    let mut files = Vec::new();
    let mut index = Index { format: INDEX_VERSION, files: Vec::new() };
    let requests = catalogue::cases().iter().filter_map(request_file);
    for (entry, file) in requests.chain(catalogue::replies().iter().map(reply_file)) {
        index.files.push(entry);
        files.push(file);
    }
    let mut bytes = serde_json::to_vec_pretty(&index)?;
    bytes.push(b'\n');
    files.push(File { path: "index.json".to_owned(), bytes });
    files.push(File { path: "umspec.dict".to_owned(), bytes: dictionary().into_bytes() });
    Ok(files)
}

/// A case as a file, if its message is what it is about.
fn request_file(case: &Case) -> Option<(IndexEntry, File)> {
    if case.slow || case.is_raw() {
        return None;
    }
    let ids = Ids::default();
    let request = case.draft()?.write(&ids);
    let content_type = request.header("content-type")?.to_owned();
    if !is_about_message(case, &request) || request.body.len() > MAX_FILE {
        return None;
    }
    let charset = ContentType::parse(&content_type).and_then(|content_type| content_type.charset);
    let read = read_request(&request.body, charset.as_deref());
    let unlimited = read_request_in(&request.body, None, &flags::WIDE).err();
    let flags = flags::flags(&case.id, unlimited);
    let expect = expect(case, flags, unlimited);
    let value = (expect == Expect::Accept)
        .then(|| read.as_ref().ok().and_then(|request| request.call_id().map(str::to_owned)))
        .flatten();
    let path = format!("request/{}/{}.xml", expect.word(), case.id);
    let entry = IndexEntry {
        path: path.clone(),
        id: case.id.to_string(),
        about: case.about.to_string(),
        kind: "request",
        expect,
        class: Some(format!("{:?}", case.class)),
        class_about: Some(case.class.to_string()),
        requirements: case.requirements.iter().map(ToString::to_string).collect(),
        allowed: Some(Allowed {
            strict: expected_words(case.class, case.nuance, Profile::Strict),
            interop: expected_words(case.class, case.nuance, Profile::Interop),
        }),
        content_type,
        charset,
        value,
        well_formed: flags.well_formed,
        schema_valid: flags.schema_valid,
        sha256: sha256(&request.body),
    };
    Some((entry, File { path, bytes: request.body }))
}

fn reply_file(reply: &ReplyCase) -> (IndexEntry, File) {
    let body = reply.body();
    let (expect, value) = match &reply.reading {
        Reading::Success => (Expect::Accept, Some("DisconnectResponse".to_owned())),
        Reading::Fault(code) => (Expect::Accept, Some(format!("Fault {code}"))),
        Reading::Refuse => (Expect::Reject, None),
        Reading::Either => (Expect::Either, None),
    };
    let path = format!("reply/{}/{}.xml", expect.word(), reply.id);
    let flags = flags::flags(&reply.id, read_reply(&body, None).err());
    let entry = IndexEntry {
        path: path.clone(),
        id: reply.id.to_string(),
        about: reply.about.to_string(),
        kind: "reply",
        expect,
        class: None,
        class_about: None,
        requirements: reply.requirements.iter().map(ToString::to_string).collect(),
        allowed: None,
        content_type: format!("{}; charset={}", names::MEDIA_TYPE, reply.charset),
        charset: Some(reply.charset.to_owned()),
        value,
        well_formed: flags.well_formed,
        schema_valid: flags.schema_valid,
        sha256: sha256(&body),
    };
    (entry, File { path, bytes: body })
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
    if !flags.well_formed && case.class != InputClass::EncodingsDisagree {
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
        _ if case.recorded => return Expect::Either,
        Some(Nuance::MustRefuse) => return Expect::Reject,
        // Readings that some document or a lenient one allows.
        Some(
            Nuance::MayRefuse | Nuance::HttpsSpelling | Nuance::Soap12Envelope | Nuance::Soap12MediaType,
        ) => {
            return Expect::Either;
        }
        Some(Nuance::Get | Nuance::Soap12Fault) | None => {}
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

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A dictionary for libFuzzer and AFL: names, namespaces and markup of the catalogue.
pub fn dictionary() -> String {
    let mut entries: BTreeSet<&str> = BTreeSet::new();
    let known = [
        names::MESSAGES,
        names::TYPES,
        names::ERRORS,
        names::ENVELOPE,
        names::ENVELOPE_12,
        names::XSI,
        names::XSD,
        names::ACTOR_NEXT,
        names::INVALID_CALL_ID,
        names::INVALID_REQUEST,
        "Envelope",
        "Header",
        "Body",
        "Disconnect",
        "DisconnectResponse",
        "CallId",
        "Fault",
        "faultcode",
        "faultstring",
        "faultactor",
        "detail",
        "ExceptionType",
        "mustUnderstand=\"1\"",
        "actor",
        "<!DOCTYPE",
        "<!ENTITY",
        "encoding=\"utf-16\"",
    ];
    entries.extend(known);
    entries.extend(fragments());
    // What the cases themselves are made of.
    let edits: Vec<&Edit> = catalogue::cases().iter().filter_map(Case::edits).flatten().collect();
    for edit in edits {
        match edit {
            Edit::Attributes(_, text)
            | Edit::After(_, text)
            | Edit::Before(_, text)
            | Edit::First(_, text)
            | Edit::Last(_, text)
            | Edit::Namespace(_, text)
            | Edit::Rename(_, text)
            | Edit::Prolog(text) => {
                entries.insert(text);
            }
            _ => {}
        }
    }
    let mut dictionary = String::from("# Generated from the catalogue by umspec export.\n");
    let fits = |entry: &&str| (1..=MAX_DICTIONARY_ENTRY).contains(&entry.len()) && !entry.contains('{');
    for entry in entries.into_iter().filter(fits).take(MAX_DICTIONARY) {
        dictionary.push('"');
        for byte in entry.bytes() {
            match byte {
                b'"' | b'\\' => dictionary.push_str(&format!("\\{}", char::from(byte))),
                b' '..=b'~' => dictionary.push(char::from(byte)),
                _ => dictionary.push_str(&format!("\\x{byte:02X}")),
            }
        }
        dictionary.push_str("\"\n");
    }
    dictionary
}
