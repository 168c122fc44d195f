//! What parsers are judged by: the messages whose bytes alone tell what they are, and texts of CallId
//! that only a parser can show it has read exactly.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::across::across_buffers;
use super::growth::growing;
use super::text::texts;
use super::{MessageCase, MessageExpect, messages};
use crate::message::{AnswerDraft, Draft, Ids, MessageKind, parse};
use crate::protocol::names;

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
