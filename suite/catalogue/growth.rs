//! Messages of three sizes, to see how the time grows that a reader takes.
//!
//! They are larger than those of the corpus, and a parser may refuse them for that.

use std::borrow::Cow;

use super::{MessageCase, MessageExpect};
use crate::message::{Draft, Edit, Ids, MessageKind, Place};
use crate::protocol::{InputClass, names, req};

/// Characters of the part that grows, in the smallest message; the largest has four times as many, a quarter
/// of a mebibyte, which is below the limits on messages that are in use (sizes of UMD-R180).
const SIZE: usize = 65_536;

/// A part that grows, of about this many characters.
type Part = fn(usize) -> Edit;

/// Name, what the message holds, how it is written.
const PARTS: &[(&str, &str, Part)] = &[
    ("reference-zeros", "a reference with zeros by the ten thousand", |size| {
        entry("", &format!("&#{}97;", "0".repeat(size)))
    }),
    ("references", "escaped ampersands by the ten thousand", |size| entry("", &"&amp;".repeat(size / 5))),
    ("instruction-brackets", "an instruction with closing angle brackets by the ten thousand", |size| {
        Edit::Before(Place::Body, format!("<?a {}?>", ">".repeat(size)))
    }),
    ("comment-hyphens", "a comment with hyphens by the ten thousand", |size| {
        Edit::Before(Place::Body, format!("<!--{}-->", " -".repeat(size / 2) + " "))
    }),
    ("section-brackets", "a CDATA section with brackets by the ten thousand", |size| {
        entry("", &format!("<![CDATA[{}]]>", "]]".repeat(size / 2) + " "))
    }),
    ("pieces", "text in pieces by the ten thousand, with comments between", |size| {
        entry("", &"a<!---->".repeat(size / 8))
    }),
    ("blanks-in-tag", "a start tag with blanks by the ten thousand", |size| entry(&" ".repeat(size), "")),
    ("blanks-in-text", "text that ends after blanks by the ten thousand", |size| {
        entry("", &format!("{}a", " ".repeat(size)))
    }),
    ("attributes", "attributes by the thousand on one element", |size| {
        entry(&(0..size / 11).map(|number| format!(" a{number:05}=''")).collect::<String>(), "")
    }),
    ("declarations", "namespace declarations by the thousand on one element", |size| {
        entry(
            &(0..size / 20).map(|number| format!(" xmlns:p{number:05}='u{number:05}'")).collect::<String>(),
            "",
        )
    }),
    ("elements", "elements by the ten thousand beside each other", |size| {
        entry("", &"<x:b/>".repeat(size / 6))
    }),
];

fn entry(attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:a xmlns:x="urn:umspec:x"{attributes}>{content}</x:a>"#))
}

/// The cases about time.
pub(super) fn growing() -> impl Iterator<Item = MessageCase> {
    PARTS.iter().map(|&(name, what, part)| {
        let message = |size| Draft::disconnect(&[part(size)]).body(&Ids::default());
        let is_instruction = matches!(part(0), Edit::Before(_, markup) if markup.starts_with("<?"));
        MessageCase {
            id: Cow::Owned(format!("growth/{name}")),
            about: Cow::Owned(format!("The message holds {what}, twice and four times as many.")),
            kind: MessageKind::Request,
            requirements: vec![req::NAMES_BOUNDED, req::ALIVE_AFTERWARDS],
            class: Some(if is_instruction {
                InputClass::ProcessingInstruction
            } else {
                InputClass::OptionalHeader
            }),
            nuance: None,
            content_type: format!("{}; charset=utf-8", names::MEDIA_TYPE),
            charset: Some("utf-8".to_owned()),
            bytes: message(4 * SIZE),
            smaller: vec![message(SIZE), message(2 * SIZE)],
            expect: MessageExpect::Either,
            value: None,
            readings: vec![names::SAMPLE_CALL_ID.to_owned()],
            well_formed: true,
            schema_valid: true,
        }
    })
}
