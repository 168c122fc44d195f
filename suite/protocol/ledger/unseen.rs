//! Rows that bind a client and that neither its requests nor its exit status can show.

use crate::protocol::RequirementId;

/// Row, and why a run against a client or a parser does not see it.
const UNSEEN: &[(u16, &str)] = &[
    (23, "the client is told its URL; where it would find it is not seen"),
    (161, "a client does not show what it would write of what it read; the properties of our own writer do"),
    (175, "the listener speaks plain HTTP on loopback"),
    (96, "which operation places its calls is up to the client; either is answered"),
    (97, "the listener issues no ids of the EWS operations"),
];

/// Why nothing looks at a row from the side of the client, if nothing can.
pub fn client_unseen(id: RequirementId) -> Option<&'static str> {
    UNSEEN.iter().find(|(row, _)| *row == id.0).map(|(_, reason)| *reason)
}
