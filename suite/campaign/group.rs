//! What a group of inputs on one connection came to.

use super::probe::Seen;

/// What a group of inputs came to.
#[derive(Default)]
pub(super) struct GroupSeen {
    /// What each came to; none where it could not be sent.
    pub(super) seen: Vec<Option<Seen>>,
    /// What was wrong after all of them, though each was answered.
    pub(super) flag: Option<Flag>,
    /// Whether the server was gone after the last of what was seen, so that nothing behind it was sent.
    pub(super) died: bool,
}

/// What is wrong after a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flag {
    /// The plain request is answered otherwise than before.
    Changed,
    /// A call ended although every request for it was refused.
    Ended,
    /// It takes no connections.
    Gone,
    /// It takes connections and does not answer.
    Silent,
    /// It refuses the credentials that it took before.
    Unauthorized,
}
