//! Messages in which something lies over the end of a buffer, for readers that take one buffer at a time.
//!
//! What stands before it is white space. A power of two that is smaller divides a larger one, so that the
//! largest shows buffers of any of them, from the start of the body on; the smaller ones show readers whose first
//! buffer is another one. There is none at 65,536 bytes, as a message that is longer may be refused (UMD-R180).

use super::{Case, Needs};
use crate::catalogue::boundary::across;
use crate::message::Edit;
use crate::protocol::{InputClass, req, sizes};

/// Bytes of buffers that are in use, and the largest power of two within the smallest limit on a message; in
/// figures and in words.
const BUFFERS: [(usize, &str); 3] =
    [(sizes::WCF_BYTES_PER_READ, "4,096"), (8_192, "8,192"), (sizes::WCF_MESSAGE / 2, "32,768")];

/// A header entry that everybody may ignore, in two parts.
const ENTRY: [&str; 2] = [r#"<x:a xmlns:x="http://umspec.invalid/x">"#, "</x:a>"];

pub(super) fn cases() -> Vec<Case> {
    BUFFERS.into_iter().flat_map(|(size, words)| [character(size, words), call_id(size, words)]).collect()
}

fn character(size: usize, words: &str) -> Case {
    let entry = Edit::Header(ENTRY.join("\u{E9}"));
    Case::request(
        format!("encoding/character-across-{size}-bytes"),
        format!("A character of two bytes lies over the end of the first {words} bytes, in a header entry."),
        InputClass::OptionalHeader,
        &[req::LEGAL_CHARACTERS, req::OPTIONAL_HEADER_IGNORED],
        across(size, ENTRY[0], vec![entry]),
    )
}

fn call_id(size: usize, words: &str) -> Case {
    Case::request(
        format!("xml/call-id-across-{size}-bytes"),
        format!("The id lies over the end of the first {words} bytes."),
        InputClass::TextSplit,
        &[req::EQUAL_SPELLINGS_OF_TEXT, req::WHITE_SPACE_BETWEEN_ELEMENTS],
        across(size, "<CallId>", Vec::new()),
    )
    .needs(Needs::LiveCall)
}
