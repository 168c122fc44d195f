//! The catalogue as files: one message each, an index, and a dictionary for fuzzers.
//!
//! Everything here is a plain function from the catalogue to bytes; the command line writes them.

use std::collections::BTreeSet;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Case, MessageCase, MessageExpect};
use crate::generate::fragments;
use crate::message::Edit;
use crate::protocol::{InputClass, Profile, expected_words, names};

/// Version of the index format.
pub const INDEX_VERSION: u32 = 1;

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
    expect: MessageExpect,
    /// The row of the decision table, for requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
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
    for (entry, file) in catalogue::messages().iter().map(file) {
        index.files.push(entry);
        files.push(file);
    }
    let mut bytes = serde_json::to_vec_pretty(&index)?;
    bytes.push(b'\n');
    files.push(File { path: "index.json".to_owned(), bytes });
    files.push(File { path: "umspec.dict".to_owned(), bytes: dictionary().into_bytes() });
    Ok(files)
}

/// A message as a file.
fn file(message: &MessageCase) -> (IndexEntry, File) {
    let kind = message.kind.word();
    let path = format!("{kind}/{}/{}.xml", message.expect.word(), message.id);
    let allowed = |class| Allowed {
        strict: expected_words(class, message.nuance, Profile::Strict, false),
        interop: expected_words(class, message.nuance, Profile::Interop, false),
    };
    let entry = IndexEntry {
        path: path.clone(),
        id: message.id.to_string(),
        about: message.about.to_string(),
        kind,
        expect: message.expect,
        class: message.class.map(InputClass::word),
        class_about: message.class.map(|class| class.to_string()),
        requirements: message.requirements.iter().map(ToString::to_string).collect(),
        allowed: message.class.map(allowed),
        content_type: message.content_type.clone(),
        charset: message.charset.clone(),
        value: message.value.clone().filter(|_| message.expect == MessageExpect::Accept),
        well_formed: message.well_formed,
        schema_valid: message.schema_valid,
        sha256: sha256(&message.bytes),
    };
    (entry, File { path, bytes: message.bytes.clone() })
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
