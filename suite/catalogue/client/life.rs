//! The life of a call that the client places itself.

use std::borrow::Cow;

use super::case::{ClientCase, ClientExpect, Ending, Life, Placing, Play};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused};
use crate::protocol::{RequirementId, names, req};

const RINGS: &[(&str, &str)] = &[("Connecting", "None"), ("Connected", "None")];

pub(super) fn cases() -> Vec<ClientCase> {
    [ids(), states(), not_placed(), not_ended(), vec![two_calls(), kept()]].concat()
}

/// Ids that are issued.
fn ids() -> Vec<ClientCase> {
    vec![
        life(
            "plain",
            "A call is placed, answered and ended.",
            &[req::CALL_BEFORE_DISCONNECT, req::CALL_ID_AS_ISSUED, req::ID_FROM_PLAY_ON_PHONE],
            names::SAMPLE_CALL_ID,
        ),
        life(
            "other-id",
            "Another id is issued.",
            &[req::CALL_ID_AS_ISSUED, req::ID_FROM_PLAY_ON_PHONE],
            names::SAMPLE_CALL_ID_2,
        ),
        life(
            "short-id",
            "The id is short, and no base64.",
            &[req::OPAQUE_CALL_ID, req::CALL_ID_AS_ISSUED],
            "7",
        ),
        life(
            "id-with-markup",
            "The id holds what XML reserves for markup.",
            &[req::OPAQUE_CALL_ID, req::MARKUP_ESCAPED],
            "a&b<c>d]]>\"'",
        ),
        life(
            "id-with-blanks",
            "Blanks stand around and in the id.",
            &[req::OPAQUE_CALL_ID, req::PADDED_CALL_ID],
            " a  b ",
        ),
        life(
            "id-beyond-bmp",
            "The id holds a character beyond the BMP.",
            &[req::OPAQUE_CALL_ID, req::MARKUP_ESCAPED],
            "a\u{1F4DE}b",
        ),
        life(
            "id-with-signs",
            "The id holds the signs of base64 and of URLs.",
            &[req::OPAQUE_CALL_ID],
            "+/%2B%2f=?&==",
        ),
        life(
            "longest-id",
            "The id has 512 characters.",
            &[req::OPAQUE_CALL_ID, req::CALL_ID_TOO_LONG],
            "x".repeat(512),
        ),
    ]
}

/// What GetCallInfo tells before and after Disconnect.
fn states() -> Vec<ClientCase> {
    let mut cases = vec![
        life(
            "rings-long",
            "The call is Connecting three times.",
            &[req::CONNECTED_CALL_ENDED, req::CONNECTING_CALL_ENDED],
            names::SAMPLE_CALL_ID,
        )
        .states(&[
            ("Connecting", "None"),
            ("Connecting", "None"),
            ("Connecting", "None"),
            ("Connected", "None"),
        ]),
        life(
            "ends-after-disconnect",
            "After Disconnect the call is Disconnected.",
            &[req::STATE_AFTER_DISCONNECT],
            names::SAMPLE_CALL_ID,
        )
        .states(&[("Connected", "None"), ("Disconnected", "None")]),
    ];
    for state in ["Idle", "Alerted", "Incoming", "Transferring", "Forwarding"] {
        cases.push(
            life(
                &format!("state-{}", state.to_ascii_lowercase()),
                format!("GetCallInfo tells {state}, which does not apply here, before Connected."),
                &[req::STATES_NEVER_SHOWN],
                names::SAMPLE_CALL_ID,
            )
            .states_and(&[(state, "None"), ("Connected", "None")], Open),
        );
    }
    for cause in ["UserBusy", "NoAnswer", "Unavailable", "Other"] {
        let states: &'static [(&'static str, &'static str)] = match cause {
            "UserBusy" => &[("Connecting", "None"), ("Disconnected", "UserBusy")],
            "NoAnswer" => &[("Connecting", "None"), ("Disconnected", "NoAnswer")],
            "Unavailable" => &[("Connecting", "None"), ("Disconnected", "Unavailable")],
            _ => &[("Connecting", "None"), ("Disconnected", "Other")],
        };
        cases.push(
            life(
                &format!("cause-{}", cause.to_ascii_lowercase()),
                format!("The call ends by itself, because of {cause}."),
                &[req::EVENT_CAUSE],
                names::SAMPLE_CALL_ID,
            )
            .states_and(states, Open),
        );
    }
    cases
}

/// Nothing comes of placing a call.
fn not_placed() -> Vec<ClientCase> {
    vec![
        life(
            "fault-instead-of-call",
            "No call is placed: a fault comes.",
            &[req::CALL_BEFORE_DISCONNECT],
            names::SAMPLE_CALL_ID,
        )
        .placing(Placing::Faults),
        life(
            "no-answer-instead-of-call",
            "The connection closes instead of an id.",
            &[req::CALL_BEFORE_DISCONNECT],
            names::SAMPLE_CALL_ID,
        )
        .placing(Placing::Closes),
    ]
}

/// The call is placed and answered, and nothing says that it was ended.
fn not_ended() -> Vec<ClientCase> {
    [
        ("fault-for-disconnect", "Disconnect is answered by the fault for an invalid id.", Ending::Faults),
        ("page-for-disconnect", "Disconnect is answered by a page for people, with 200.", Ending::Pages),
        (
            "no-answer-to-disconnect",
            "The connection closes instead of an answer to Disconnect.",
            Ending::Closes,
        ),
    ]
    .into_iter()
    .map(|(name, about, ending)| {
        let mut case = life(name, about, &[req::OK_STATUS_WITHOUT_RESPONSE], names::SAMPLE_CALL_ID);
        if let Play::Life(life) = &mut case.play {
            life.ending = ending;
            life.expect = Refused;
        }
        case
    })
    .collect()
}

/// Every request may go over one connection.
fn kept() -> ClientCase {
    let mut case = life(
        "kept-connection",
        "Connections stay open, so that every request may go over one of them.",
        &[req::UNAMBIGUOUS_FRAMING],
        names::SAMPLE_CALL_ID,
    )
    .since_http_1_1();
    if let Play::Life(life) = &mut case.play {
        life.keeps = true;
    }
    case
}

/// A second call has an id of its own, so the first is no longer good for anything.
fn two_calls() -> ClientCase {
    let mut case = life(
        "call-after-call",
        "Two calls follow each other, in two runs.",
        &[req::CALL_ID_AS_ISSUED],
        names::SAMPLE_CALL_ID,
    );
    if let Play::Life(life) = &mut case.play {
        life.ids = vec![Cow::Borrowed(names::SAMPLE_CALL_ID), Cow::Borrowed(names::SAMPLE_CALL_ID_2)];
    }
    case
}

fn life(
    name: &str,
    about: impl Into<Cow<'static, str>>,
    requirements: &[RequirementId],
    id: impl Into<Cow<'static, str>>,
) -> ClientCase {
    let life = Life {
        ids: vec![id.into()],
        placing: Placing::Issues,
        ending: Ending::Succeeds,
        states: RINGS.to_vec(),
        keeps: false,
        expect: Disconnected,
    };
    ClientCase {
        call_id: Cow::Borrowed(""),
        ..ClientCase::new(format!("life/{name}"), about, requirements, Play::Life(life))
    }
}

impl ClientCase {
    fn states(self, states: &[(&'static str, &'static str)]) -> Self {
        self.states_and(states, Disconnected)
    }

    fn states_and(mut self, states: &[(&'static str, &'static str)], expect: ClientExpect) -> Self {
        if let Play::Life(life) = &mut self.play {
            life.states = states.to_vec();
            life.expect = expect;
        }
        self
    }

    fn placing(mut self, placing: Placing) -> Self {
        if let Play::Life(life) = &mut self.play {
            life.placing = placing;
            life.expect = Refused;
        }
        self
    }
}
