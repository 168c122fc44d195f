//! Rows that bind a client and that neither its requests nor its exit status can show.

use super::req;
use crate::protocol::RequirementId;

/// Row, and why a run against a client or a parser does not see it.
const UNSEEN: &[(RequirementId, &str)] = &[
    (
        req::WRITING_SETTLES,
        "a client does not show what it would write of what it read; the properties of our own writer do",
    ),
    (req::TLS, "the listener speaks plain HTTP on loopback"),
    (
        req::ID_FROM_PLAY_ON_PHONE_GREETING,
        "which operation places its calls is up to the client; either is answered",
    ),
    (req::NOT_AN_EWS_ID, "the listener issues no ids of the EWS operations"),
];

/// Why nothing looks at a row from the side of the client, if nothing can.
pub fn client_unseen(id: RequirementId) -> Option<&'static str> {
    UNSEEN.iter().find(|(row, _)| *row == id).map(|(_, reason)| *reason)
}
