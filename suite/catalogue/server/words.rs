//! The steps of a sequence in words.

use super::{Act, Expect};

impl Act {
    /// What is done.
    pub fn words(&self) -> String {
        match self {
            Self::Place(slot, operation) => format!("place call {slot:?} by {}", operation.request()),
            Self::CallInfo(slot) => format!("GetCallInfo for call {slot:?}"),
            Self::Send(slot, edits) if edits.is_empty() => format!("plain Disconnect for call {slot:?}"),
            Self::Send(slot, edits) => format!("Disconnect for call {slot:?} with {edits:?}"),
            Self::CallInfoOf(text) => format!("GetCallInfo with the id {text:?}"),
            Self::Together(sends) => format!("{} Disconnects at the same time", sends.len()),
            Self::OneConnection(sends) => format!("{} Disconnects on one connection", sends.len()),
            Self::AmongSlowSenders(count, slot) => {
                format!("plain Disconnect for call {slot:?} while {count} connections send byte by byte")
            }
        }
    }
}

impl Expect {
    /// What must come of it, if anything must.
    pub fn words(&self) -> Option<String> {
        Some(match self {
            Self::Anything => return None,
            Self::Class(class) => format!("as for {class}"),
            Self::SameAs(turn) => format!("the same outcome as step {}", turn + 1),
            Self::SameFaultAs(turn) => format!("the same fault as step {}", turn + 1),
            Self::Ended => "it has ended".to_owned(),
            Self::Up => "it is still up".to_owned(),
            Self::NotBothEnded => "at most one of the two has ended".to_owned(),
        })
    }
}
