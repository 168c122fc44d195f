//! The life of a call that the client places itself.

use std::borrow::Cow;

use super::ClientExpect::{Disconnected, Open, Refused};
use super::{ClientCase, ClientExpect, Life, Placing, Play};
use crate::protocol::{RequirementId, names};

const RINGS: &[(&str, &str)] = &[("Connecting", "None"), ("Connected", "None")];

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases = vec![
        life("plain", "A call is placed, answered and ended.", &[144, 145, 95], names::SAMPLE_CALL_ID),
        life("other-id", "Another id is issued.", &[145, 95], names::SAMPLE_CALL_ID_2),
        life("short-id", "The id is short, and no base64.", &[85, 145], "7"),
        life("id-with-markup", "The id holds what XML reserves for markup.", &[85, 158], "a&b<c>d]]>\"'"),
        life("id-with-blanks", "Blanks stand around and in the id.", &[85, 86], " a  b "),
        life("id-beyond-bmp", "The id holds a character beyond the BMP.", &[85, 158], "a\u{1F4DE}b"),
        life("id-with-signs", "The id holds the signs of base64 and of URLs.", &[85], "+/%2B%2f=?&=="),
        life("longest-id", "The id has 512 characters.", &[85, 88], "x".repeat(512)),
        life("rings-long", "The call is Connecting three times.", &[147, 148], names::SAMPLE_CALL_ID).states(
            &[("Connecting", "None"), ("Connecting", "None"), ("Connecting", "None"), ("Connected", "None")],
        ),
        life(
            "ends-after-disconnect",
            "After Disconnect the call is Disconnected.",
            &[149],
            names::SAMPLE_CALL_ID,
        )
        .states(&[("Connected", "None"), ("Disconnected", "None")]),
    ];
    for state in ["Idle", "Alerted", "Incoming", "Transferring", "Forwarding"] {
        cases.push(
            life(
                &format!("state-{}", state.to_ascii_lowercase()),
                format!("GetCallInfo tells {state}, which does not apply here, before Connected."),
                &[150],
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
                &[151],
                names::SAMPLE_CALL_ID,
            )
            .states_and(states, Open),
        );
    }
    cases.push(
        life("fault-instead-of-call", "No call is placed: a fault comes.", &[144], names::SAMPLE_CALL_ID)
            .placing(Placing::Faults),
    );
    cases.push(
        life(
            "no-answer-instead-of-call",
            "The connection closes instead of an id.",
            &[144],
            names::SAMPLE_CALL_ID,
        )
        .placing(Placing::Closes),
    );
    cases.push(two_calls());
    cases
}

/// A second call has an id of its own, so the first is no longer good for anything.
fn two_calls() -> ClientCase {
    let mut case =
        life("call-after-call", "Two calls follow each other, in two runs.", &[145], names::SAMPLE_CALL_ID);
    if let Play::Life(life) = &mut case.play {
        life.ids = vec![Cow::Borrowed(names::SAMPLE_CALL_ID), Cow::Borrowed(names::SAMPLE_CALL_ID_2)];
    }
    case
}

fn life(
    name: &str,
    about: impl Into<Cow<'static, str>>,
    rows: &[u16],
    id: impl Into<Cow<'static, str>>,
) -> ClientCase {
    let life =
        Life { ids: vec![id.into()], placing: Placing::Issues, states: RINGS.to_vec(), expect: Disconnected };
    ClientCase {
        id: Cow::Owned(format!("life/{name}")),
        about: about.into(),
        requirements: rows.iter().copied().map(RequirementId).collect(),
        call_id: Cow::Borrowed(""),
        play: Play::Life(life),
        waits: false,
        credentials: false,
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
