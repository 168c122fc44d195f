//! Messages in which something lies over the end of a buffer, for readers that take one buffer at a time.
//!
//! What stands before it is white space. A power of two that is smaller divides a larger one, so that the
//! largest shows buffers of any of them, from the start of the body on; the smaller ones show readers whose first
//! buffer is another one. There is none at 65,536 bytes, as a message that is longer may be refused (UMD-R180).

use super::{Case, Needs};
use crate::catalogue::boundary::across;
use crate::message::Edit;
use crate::protocol::{InputClass, req, sizes};

/// Bytes of buffers that are in use, and the largest power of two within the smallest limit on a message.
const BUFFERS: [usize; 3] = [sizes::WCF_BYTES_PER_READ, 8_192, sizes::WCF_MESSAGE / 2];

/// A header entry that everybody may ignore, in two parts.
const ENTRY: [&str; 2] = [r#"<x:a xmlns:x="http://umspec.invalid/x">"#, "</x:a>"];

pub(super) fn cases() -> Vec<Case> {
    BUFFERS.into_iter().flat_map(|size| [character(size), call_id(size)]).collect()
}

fn character(size: usize) -> Case {
    let entry = Edit::Header(ENTRY.join("\u{E9}"));
    Case::request(
        format!("encoding/character-across-{size}-bytes"),
        format!("A character of two bytes lies over the end of the first {size} bytes, in a header entry."),
        InputClass::OptionalHeader,
        &[req::LEGAL_CHARACTERS, req::OPTIONAL_HEADER_IGNORED],
        across(size, ENTRY[0], vec![entry]),
    )
}

fn call_id(size: usize) -> Case {
    Case::request(
        format!("xml/call-id-across-{size}-bytes"),
        format!("The id lies over the end of the first {size} bytes."),
        InputClass::TextSplit,
        &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
        across(size, "<CallId>", Vec::new()),
    )
    .needs(Needs::LiveCall)
}
