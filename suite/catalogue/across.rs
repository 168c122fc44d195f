//! Texts of CallId that lie over the end of a buffer, which only a parser can show it has read exactly.

use std::borrow::Cow;

use super::boundary::across;
use super::{MessageCase, MessageExpect};
use crate::message::{Draft, Edit, Ids, MessageKind, Place};
use crate::protocol::{InputClass, RequirementId, names, req, sizes};

/// Bytes of buffers that are in use: of a page, of `BufferedReader` in Java, and of a stream in Node.
const BUFFERS: [usize; 3] = [sizes::WCF_BYTES_PER_READ, 8_192, sizes::WCF_MESSAGE];

/// What lies over the end: name, what it is, requirement, content, what stands before it in CallId, value.
type Text = (&'static str, &'static str, RequirementId, &'static str, &'static str, &'static str);

const TEXTS: [Text; 2] = [
    (
        "character",
        "A character of two bytes",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "\u{E9}\u{E9}",
        "<CallId>",
        "\u{E9}\u{E9}",
    ),
    ("line-end", "A CR LF, which is read as LF,", req::LINE_ENDINGS, "a\r\nb", "<CallId>a", "a\nb"),
];

/// The cases about what lies over the end of a buffer.
pub(super) fn across_buffers() -> impl Iterator<Item = MessageCase> {
    BUFFERS.into_iter().flat_map(|size| TEXTS.into_iter().map(move |text| case(size, text)))
}

fn case(size: usize, (name, what, row, content, mark, value): Text) -> MessageCase {
    let edits = across(size, mark, vec![Edit::Content(Place::CallId, content.to_owned())]);
    let bytes = Draft::disconnect(&edits).body(&Ids::default());
    // What is larger than the smallest limit in use may be refused, and may not be read as something else.
    let is_large = bytes.len() > sizes::WCF_MESSAGE;
    MessageCase {
        id: Cow::Owned(format!("text/{name}-across-{size}-bytes")),
        about: Cow::Owned(format!("{what} lies over the end of the first {size} bytes, in CallId.")),
        kind: MessageKind::Request,
        requirements: vec![row],
        class: Some(InputClass::Valid),
        nuance: None,
        content_type: format!("{}; charset=utf-8", names::MEDIA_TYPE),
        charset: Some("utf-8".to_owned()),
        bytes,
        smaller: Vec::new(),
        expect: if is_large { MessageExpect::Either } else { MessageExpect::Accept },
        value: (!is_large).then(|| value.to_owned()),
        readings: if is_large { vec![value.to_owned()] } else { Vec::new() },
        well_formed: true,
        schema_valid: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::parse;

    #[test]
    fn the_values_by_hand_are_those_of_the_reader() {
        for case in across_buffers() {
            let value = case.value.clone().or_else(|| case.readings.first().cloned());
            assert_eq!(parse(case.kind, &case.bytes, None).ok(), value, "{}", case.id);
        }
    }
}
