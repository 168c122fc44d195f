//! The bytes of a request in several segments: TCP knows no messages, so where they are parted means
//! nothing.

use super::{Case, Part};
use crate::message::{Cut, Edit, Framing};
use crate::protocol::{InputClass, RequirementId, req};

pub(super) fn cases() -> Vec<Case> {
    let chunked = || Edit::Framing(Framing::Chunked(65_536));
    // Before the envelope, where whoever stumbles over comments in Body does not.
    let comment = || Edit::Prolog("<!-- \u{1D11E} -->".into());
    [
        ("body-apart", "Head and body come apart.", Cut::Body, None),
        ("within-method", "The method comes in two parts.", Cut::Method, None),
        ("within-line-end", "CR and LF of the request line come apart.", Cut::LineEnd, None),
        ("within-name", "The name of the first field comes in two parts.", Cut::Name, None),
        ("within-head-end", "The empty line behind the head comes in two parts.", Cut::HeadEnd, None),
        (
            "within-character",
            "A character of four bytes comes in two parts.",
            Cut::Character,
            Some(comment()),
        ),
        ("of-forty-bytes", "All of the request comes in parts of forty bytes.", Cut::Pieces(40), None),
        ("within-chunk-size", "The size of a chunk comes in two parts.", Cut::ChunkSize, Some(chunked())),
        (
            "within-chunk-end",
            "CR and LF behind the data of a chunk come apart.",
            Cut::ChunkEnd,
            Some(chunked()),
        ),
    ]
    .into_iter()
    .map(|(name, about, cut, more)| {
        let mut edits = vec![Edit::Segments(vec![cut])];
        edits.extend(more);
        let requirements: &[RequirementId] = match cut {
            Cut::ChunkEnd | Cut::ChunkSize => &[req::CHUNKED_REQUEST, req::UNAMBIGUOUS_FRAMING],
            _ => &[req::UNAMBIGUOUS_FRAMING],
        };
        Case::request(format!("segment/{name}"), about, InputClass::Valid, requirements, edits)
            .part(Part::Http)
            .on_the_wire()
    })
    .collect()
}
