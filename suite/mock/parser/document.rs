//! Parsers that are wrong about encodings and document types.

use super::before::reads;
use super::kind::{crashes, hangs, takes};
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::mock::killed_by::by;
use crate::protocol::{Defect, req};

/// The encoding that the XML declaration names, whatever the bytes are in.
fn encoding(message: &MessageView<'_>) -> Option<String> {
    let head: Vec<u8> = message.bytes.iter().copied().filter(|&octet| octet != 0).take(128).collect();
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let (declaration, _) = head.split_once("?>")?;
    let (_, named) = declaration.split_once("encoding=\"")?;
    named.split_once('"').map(|(name, _)| name.to_owned())
}

/// Whether it names one of these.
fn declares(message: &MessageView<'_>, names: &[&str]) -> bool {
    encoding(message).is_some_and(|name| names.contains(&name.as_str()))
}

/// Whether the bytes start with a byte order mark of UTF-16.
fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

/// A change of UTF-16, where the message is that.
fn wide(message: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut changed = message.to_vec();
    if is_wide(message) {
        change(&mut changed);
    }
    changed
}

/// Whether the document type declaration, which the reference refuses, holds this.
fn declared(message: &MessageView<'_>, part: &str) -> bool {
    message.defect == Some(Defect::Doctype) && message.says(part)
}

/// The encodings that readers of XML tend to know.
const TABLE: [&str; 6] = ["utf-8", "utf-16", "us-ascii", "iso-8859-1", "utf-7", "utf-32"];

pub(super) static MUTANTS: &[ParserMutant] = &[
    crashes(
        "knows-no-encoding-of-several-octets",
        "Breaks off at a declared UTF-7, as it knows no table of several octets.",
        "encoding/declaration-utf-seven",
        |message| declares(message, &["utf-7"]),
    ),
    crashes(
        "looks-encodings-up",
        "Breaks off at a declared encoding that its table of encodings does not hold.",
        "encoding/declaration-unknown",
        |message| encoding(message).is_some_and(|name| !TABLE.contains(&name.as_str())),
    ),
    crashes(
        "has-no-table-of-latin",
        "Breaks off at a declared ISO 8859-1, the table of which it was built without.",
        "encoding/declaration-iso-latin",
        |message| declares(message, &["iso-8859-1"]),
    ),
    crashes(
        "has-no-table-of-ascii",
        "Breaks off at a declared US-ASCII, which it knows by another name.",
        "encoding/declaration-us-ascii",
        |message| declares(message, &["us-ascii"]),
    ),
    crashes(
        "decodes-latin-as-utf-8",
        "Breaks off at ISO 8859-1 that is no UTF-8.",
        "encoding/latin",
        |message| declares(message, &["iso-8859-1"]) && std::str::from_utf8(message.bytes).is_err(),
    ),
    crashes(
        "cuts-the-declaration-off",
        "Breaks off where there is no XML declaration to cut off.",
        "encoding/charset-us-ascii",
        |message| message.outline.is_some() && message.declaration().is_empty(),
    ),
    crashes(
        "switches-at-the-declaration",
        "Breaks off where it goes on in the width that the declaration tells, and the bytes are of another.",
        "encoding/utf-8-charset-none-declared-utf-16",
        |message| {
            if is_wide(message.bytes) {
                declares(message, &["utf-8"])
            } else {
                declares(message, &["utf-16"])
            }
        },
    ),
    crashes(
        "takes-messages-for-strings-of-c",
        "Breaks off at a null octet among the first.",
        "encoding/utf-16-without-mark",
        |message| !is_wide(message.bytes) && message.bytes.iter().take(2).any(|&octet| octet == 0),
    ),
    crashes(
        "takes-utf-32-for-utf-16",
        "Breaks off at UTF-32, of which it sees the mark of UTF-16.",
        "encoding/utf-32",
        |message| message.bytes.starts_with(&[0xFF, 0xFE, 0, 0]),
    ),
    reads(
        "drops-half-units",
        "Drops the first octet of a unit of UTF-16 that is cut off.",
        by("encoding/utf-16-with-odd-byte", req::WELL_FORMED),
        |message| wide(message, |octets| octets.truncate(octets.len() / 2 * 2)),
    ),
    reads(
        "fills-half-units",
        "Takes a unit of UTF-16 that is cut off for a whole one.",
        by("encoding/utf-16-cut-within-unit", req::WELL_FORMED),
        |message| {
            wide(message, |octets| {
                if octets.len() % 2 == 1 {
                    octets.push(0);
                }
            })
        },
    ),
    reads(
        "repairs-utf-16",
        "Replaces surrogates of UTF-16 that stand alone.",
        by("encoding/utf-16-lone-high-surrogate", req::WELL_FORMED),
        |message| {
            let (Some(mark), Some(units)) = (message.get(..2), message.get(2..)) else {
                return message.to_vec();
            };
            if mark != [0xFF, 0xFE] || units.len() % 2 == 1 {
                return message.to_vec();
            }
            let units: Vec<u16> =
                units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let repaired = String::from_utf16_lossy(&units);
            mark.iter().copied().chain(repaired.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        },
    ),
    // Document types.
    takes(
        "skips-document-types-to-the-first-bracket",
        "Takes a document type that it skips to the first bracket that may end it.",
        ("dtd/comment-in-subset", req::NO_DTD),
        |message| declared(message, "<!-- ]>"),
    ),
    hangs(
        "expands-entities-in-entities",
        "Expands entities that hold others as often as they are named.",
        "dtd/entities-nested",
        |message| declared(message, " \"&"),
    ),
    crashes(
        "expands-entities-in-attributes",
        "Breaks off where entities are longer than its buffer for attributes.",
        "dtd/entities-nested-in-attribute",
        |message| declared(message, "=\"&"),
    ),
    crashes(
        "expands-entities-without-end",
        "Breaks off where entities hold each other and no stack is left.",
        "dtd/entity-of-itself",
        |message| declared(message, "<!ENTITY b \"&a;\">"),
    ),
    crashes(
        "follows-unparsed-entities",
        "Breaks off at a reference to an entity that has no text.",
        "dtd/entity-unparsed",
        |message| declared(message, "NDATA"),
    ),
    takes(
        "expands-entities-of-text",
        "Takes entities that the internal subset gives a text.",
        ("dtd/entity-is-id", req::NO_EXTERNAL_ENTITIES),
        |message| {
            declared(message, "<!ENTITY")
                && !message.says("SYSTEM")
                && !message.says("<!ENTITY %")
                && !message.says("\"&")
        },
    ),
    takes(
        "expands-entities-of-markup",
        "Takes entities that hold elements.",
        ("dtd/entity-is-element", req::NO_EXTERNAL_ENTITIES),
        |message| declared(message, "\"<CallId>"),
    ),
    takes(
        "reads-files",
        "Takes entities that are files of its machine, and leaves their references in the text.",
        ("dtd/file-of-unix", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| declared(message, "SYSTEM \"file:"),
    ),
    takes(
        "fetches-what-entities-name",
        "Takes entities that lie elsewhere, and leaves their references in the text.",
        ("dtd/system-entity", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| declared(message, " SYSTEM \"http:"),
    ),
    takes(
        "looks-for-document-types-in-ascii",
        "Takes a document type in UTF-16, as it looks for the octets of its name.",
        ("dtd/in-utf-16", req::NO_DTD),
        |message| declared(message, "") && is_wide(message.bytes),
    ),
    takes(
        "adds-declared-attributes",
        "Takes attributes that a document type declares.",
        ("dtd/namespace-by-default", req::NO_EXTERNAL_ENTITIES),
        |message| declared(message, "<!ATTLIST"),
    ),
    takes(
        "expands-parameter-entities",
        "Takes what parameter entities declare.",
        ("dtd/parameter-entity-declares-id", req::NO_EXTERNAL_ENTITIES),
        |message| declared(message, "<!ENTITY %"),
    ),
    takes(
        "takes-the-last-document-type",
        "Takes one document type after another.",
        ("dtd/repeated", req::WELL_FORMED),
        |message| declared(message, "") && message.text.matches("<!DOCTYPE").count() > 1,
    ),
    takes(
        "closes-internal-subsets",
        "Takes an internal subset that has no end.",
        ("dtd/unclosed", req::WELL_FORMED),
        |message| declared(message, "[<soap:Envelope"),
    ),
];
