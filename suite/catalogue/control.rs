//! What clients and parsers are put to before the cases, to see whether they tell good from bad.

use std::sync::LazyLock;

use super::client::{ClientCase, ClientExpect, case, client_case, invalid_id, success};
use super::parser::plain_messages;
use crate::evidence::ControlMessage;
use crate::message::{AnswerDraft, Draft, Edit, Ids, MessageKind, Place};
use crate::protocol::{names, req};

/// The control for clients that are told the call id: two successes for two ids, and the fault for an
/// invalid id.
pub fn client_control_cases() -> &'static [ClientCase] {
    static CASES: LazyLock<Vec<ClientCase>> = LazyLock::new(|| {
        let another = ClientCase {
            call_id: names::SAMPLE_CALL_ID_2.into(),
            ..case(
                "control/another-id",
                "The plain success is answered, for another id.",
                req::POST_ONLY,
                ClientExpect::Disconnected,
                success(),
            )
        };
        vec![
            case(
                "control/success",
                "The plain success is answered.",
                req::POST_ONLY,
                ClientExpect::Disconnected,
                success(),
            ),
            another,
            case(
                "control/fault",
                "The fault for an invalid id is answered.",
                req::POST_ONLY,
                ClientExpect::Refused,
                invalid_id(),
            ),
        ]
    });
    &CASES
}

/// The control for clients that place their calls themselves: one that goes well, one that cannot be
/// placed, and one that goes well again.
pub fn life_control_cases() -> Vec<&'static ClientCase> {
    ["life/plain", "life/fault-instead-of-call", "life/plain"].into_iter().filter_map(client_case).collect()
}

/// The case of the control for clients with this id.
pub(crate) fn client_control_case(id: &str) -> Option<&'static ClientCase> {
    client_control_cases().iter().chain(life_control_cases()).find(|case| case.id == id)
}

/// The bytes of a message of the control for parsers. A plain message that is not there is empty.
pub(crate) fn control_message(kind: MessageKind, message: ControlMessage) -> Vec<u8> {
    let plain = |number| {
        let plain = plain_messages().iter().filter(|plain| plain.kind == kind).nth(number);
        plain.map(|plain| plain.bytes.clone()).unwrap_or_default()
    };
    match message {
        ControlMessage::Plain(number) => plain(number),
        ControlMessage::CutInHalf => {
            let mut half = plain(0);
            half.truncate(half.len() / 2);
            half
        }
        ControlMessage::EmptyBody => {
            let edits = [Edit::Content(Place::Body, String::new())];
            let draft = match kind {
                MessageKind::Request => Draft::disconnect(&edits),
                MessageKind::Reply => Draft::answer(AnswerDraft::Success, &edits),
            };
            draft.body(&Ids::default())
        }
        ControlMessage::NoXml => b"no XML".to_vec(),
    }
}
