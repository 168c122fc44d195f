//! What parsers are judged by: the messages whose bytes alone tell what they are, and texts of CallId
//! that only a parser can show it has read exactly.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::across::across_buffers;
use super::growth::growing;
use super::values::VALUES;
use super::{MessageCase, MessageExpect, messages};
use crate::message::{AnswerDraft, Draft, Edit, Ids, MessageKind, Place, parse};
use crate::protocol::{InputClass, RequirementId, names, req};

/// The cases for parsers: messages in the order of the catalogue, then texts.
///
/// A parser gets no Content-Type, so messages that need one to be read are left out, and so are those
/// that only differ from an earlier one in the HTTP around them.
pub fn parser_cases() -> &'static [MessageCase] {
    static CASES: LazyLock<Vec<MessageCase>> = LazyLock::new(|| {
        // The plain messages are the control, and no cases.
        let mut seen: BTreeSet<_> =
            plain_messages().iter().map(|plain| (plain.kind, plain.bytes.clone())).collect();
        let told = messages().iter().filter(|message| tells_itself(message)).cloned();
        told.chain(texts())
            .chain(across_buffers())
            .chain(growing())
            .filter(|case| seen.insert((case.kind, case.bytes.clone())))
            .collect()
    });
    &CASES
}

/// The case for parsers with this id.
pub fn parser_case(id: &str) -> Option<&'static MessageCase> {
    parser_cases().iter().find(|case| case.id == id)
}

/// A message without anything unusual, and what it must be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlainMessage {
    /// Request or answer.
    pub kind: MessageKind,
    /// The message.
    pub bytes: Vec<u8>,
    /// The CallId, `DisconnectResponse`, or `Fault` and its code.
    pub value: &'static str,
}

/// The plain messages that show whether a parser tells one from another: two requests, then success and
/// the fault for an invalid id.
pub(crate) fn plain_messages() -> &'static [PlainMessage; 4] {
    // A run asks for them at every case.
    static PLAIN: LazyLock<[PlainMessage; 4]> = LazyLock::new(written);
    &PLAIN
}

fn written() -> [PlainMessage; 4] {
    let request = |id: &'static str| {
        let ids = Ids { this: id.to_owned(), ..Ids::default() };
        PlainMessage { kind: MessageKind::Request, bytes: Draft::disconnect(&[]).body(&ids), value: id }
    };
    let reply = |answer, value| {
        let bytes = Draft::answer(answer, &[]).body(&Ids::default());
        PlainMessage { kind: MessageKind::Reply, bytes, value }
    };
    [
        request(names::SAMPLE_CALL_ID),
        request(names::SAMPLE_CALL_ID_2),
        reply(AnswerDraft::Success, "DisconnectResponse"),
        reply(AnswerDraft::InvalidCallId, "Fault InvalidCallIdException"),
    ]
}

/// Whether the message is read the same without its Content-Type.
fn tells_itself(message: &MessageCase) -> bool {
    let read = parse(message.kind, &message.bytes, None);
    match message.expect {
        MessageExpect::Accept => read.ok() == message.value,
        MessageExpect::Either => true,
        MessageExpect::Reject => read.is_err(),
    }
}

/// Texts of CallId: name, about, requirement, content, value.
const TEXTS: &[(&str, &str, RequirementId, &str, &str)] = &[
    ("crlf", "CallId holds a CR LF, which is read as LF.", req::LINE_ENDINGS, "a\r\nb", "a\nb"),
    ("cr", "CallId holds a lone CR, which is read as LF.", req::LINE_ENDINGS, "a\rb", "a\nb"),
    ("cr-cr-lf", "CallId holds CR CR LF, which are read as two LF.", req::LINE_ENDINGS, "a\r\r\nb", "a\n\nb"),
    (
        "cr-in-section",
        "A CDATA section holds a CR LF, which is read as LF.",
        req::LINE_ENDINGS,
        "<![CDATA[a\r\nb]]>",
        "a\nb",
    ),
    (
        "cr-reference",
        "CallId holds a CR by reference, which stays one.",
        req::LINE_ENDINGS,
        "a&#13;b",
        "a\rb",
    ),
    (
        "crlf-reference",
        "CallId holds CR and LF by reference, which stay so.",
        req::LINE_ENDINGS,
        "a&#xD;&#xA;b",
        "a\r\nb",
    ),
    (
        "crlf-half-reference",
        "A CR by reference stands before a literal LF.",
        req::LINE_ENDINGS,
        "a&#13;\nb",
        "a\r\nb",
    ),
    ("leading-line-feed", "CallId starts with a line feed.", req::PADDED_CALL_ID, "\na", "\na"),
    ("trailing-line-feed", "CallId ends with a line feed.", req::PADDED_CALL_ID, "a\n", "a\n"),
    ("tabs", "CallId starts and ends with tabs.", req::PADDED_CALL_ID, "\ta\t", "\ta\t"),
    ("blanks-in-a-row", "Two blanks stand in the middle of CallId.", req::PADDED_CALL_ID, "a  b", "a  b"),
    (
        "next-line",
        "CallId holds U+0085, which is no line end in XML 1.0.",
        req::LINE_ENDINGS,
        "a\u{85}b",
        "a\u{85}b",
    ),
    (
        "next-line-reference",
        "CallId holds U+0085 by reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a&#x85;b",
        "a\u{85}b",
    ),
    ("delete", "CallId holds U+007F, which XML allows.", req::LEGAL_CHARACTERS, "a\u{7F}b", "a\u{7F}b"),
    (
        "line-separator",
        "CallId holds U+2028, which is no line end in XML 1.0.",
        req::LINE_ENDINGS,
        "a\u{2028}b",
        "a\u{2028}b",
    ),
    (
        "no-break-space",
        "CallId starts with U+00A0, which is no white space in XML.",
        req::PADDED_CALL_ID,
        "\u{A0}a",
        "\u{A0}a",
    ),
    (
        "mark-inside",
        "CallId holds U+FEFF, which is a character like others there.",
        req::LEGAL_CHARACTERS,
        "a\u{FEFF}b",
        "a\u{FEFF}b",
    ),
    (
        "beyond-bmp",
        "CallId holds a character beyond the BMP.",
        req::LEGAL_CHARACTERS,
        "a\u{1F4DE}b",
        "a\u{1F4DE}b",
    ),
    (
        "beyond-bmp-reference",
        "CallId holds a character beyond the BMP by reference.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "a&#x1F4DE;b",
        "a\u{1F4DE}b",
    ),
    (
        "decomposed",
        "CallId holds a letter and a combining accent, which stay two.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "e\u{301}",
        "e\u{301}",
    ),
    (
        "composed",
        "CallId holds an accented letter, which stays one.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "\u{E9}",
        "\u{E9}",
    ),
    (
        "escaped-markup",
        "CallId holds markup, escaped.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "&lt;CallId&gt;&quot;&apos;&lt;/CallId&gt;",
        "<CallId>\"'</CallId>",
    ),
    (
        "escaped-twice",
        "CallId holds an ampersand that was escaped twice.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "&amp;amp;&amp;#61;",
        "&amp;&#61;",
    ),
    (
        "section-end",
        "CallId holds ]]>, split over two sections.",
        req::EQUAL_SPELLINGS_OF_TEXT,
        "<![CDATA[a]]]]><![CDATA[>b]]>",
        "a]]>b",
    ),
];

fn texts() -> Vec<MessageCase> {
    let texts = TEXTS.iter().map(|&(name, about, row, content, value)| {
        text(format!("text/{name}"), Cow::Borrowed(about), row, content, value)
    });
    let values = VALUES.iter().map(|&(name, what, content, value)| {
        let about = Cow::Owned(format!("CallId holds {what}."));
        text(format!("value/{name}"), about, req::EQUAL_SPELLINGS_OF_TEXT, content, value)
    });
    texts.chain(values).collect()
}

fn text(id: String, about: Cow<'static, str>, row: RequirementId, content: &str, value: &str) -> MessageCase {
    let edits = [Edit::Content(Place::CallId, content.to_owned())];
    MessageCase {
        id: Cow::Owned(id),
        about,
        kind: MessageKind::Request,
        requirements: vec![row],
        class: Some(InputClass::Valid),
        nuance: None,
        content_type: format!("{}; charset=utf-8", names::MEDIA_TYPE),
        charset: Some("utf-8".to_owned()),
        bytes: Draft::disconnect(&edits).body(&Ids::default()),
        smaller: Vec::new(),
        expect: MessageExpect::Accept,
        value: Some(value.to_owned()),
        readings: Vec::new(),
        well_formed: true,
        schema_valid: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_by_hand_are_those_of_the_reader() {
        for case in texts() {
            assert_eq!(parse(case.kind, &case.bytes, None).ok(), case.value, "{}", case.id);
        }
    }

    #[test]
    fn every_text_is_a_case_and_ids_are_unique() {
        let ids: BTreeSet<&str> = parser_cases().iter().map(|case| &*case.id).collect();
        assert_eq!(ids.len(), parser_cases().len());
        for case in texts() {
            assert!(parser_case(&case.id).is_some(), "{} is the same message as another", case.id);
        }
    }
}
