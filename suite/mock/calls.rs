use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Most calls that are kept; placing one more forgets all that have ended, and then refuses.
const MAX_CALLS: usize = 100_000;

/// The state of a call (OXWUMS 3.1.4.3.4.1). The other five values never appear in this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallState {
    /// The telephone rings.
    Connecting,
    /// The call is up.
    Connected,
    /// The call has ended.
    Disconnected,
}

impl CallState {
    /// The value in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting",
            Self::Connected => "Connected",
            Self::Disconnected => "Disconnected",
        }
    }
}

/// The calls of a mock server.
///
/// Time is counted in looks, not in seconds: a call is answered after the first GetCallInfo that
/// sees it ringing. Ids are hashes of what was asked for and how often. So the same requests give
/// the same answers, whatever else runs beside them.
#[derive(Debug, Default)]
pub struct Calls {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    states: HashMap<String, CallState>,
    placed: HashMap<String, u64>,
}

impl Calls {
    /// Places a call and gives its id: base64 of a version-4 GUID, `@` and a host name, 100
    /// characters, as in the documents. `None` when too many calls are up.
    pub fn place(&self, what: &str) -> Option<String> {
        let mut known = self.lock();
        if known.states.len() >= MAX_CALLS {
            known.states.retain(|_, state| *state != CallState::Disconnected);
            if known.states.len() >= MAX_CALLS {
                return None;
            }
        }
        let count = known.placed.entry(what.to_owned()).or_default();
        *count += 1;
        let id = call_id(what, *count);
        known.states.insert(id.clone(), CallState::Connecting);
        Some(id)
    }

    /// The state of a call, and a moment passes for it.
    pub fn look(&self, id: &str) -> Option<CallState> {
        let mut known = self.lock();
        let state = known.states.get_mut(id)?;
        let seen = *state;
        if seen == CallState::Connecting {
            *state = CallState::Connected;
        }
        Some(seen)
    }

    /// Ends a call; false if there is none with this id. Ending it again is fine (the documents
    /// say nothing of it).
    pub fn end(&self, id: &str) -> bool {
        match self.lock().states.get_mut(id) {
            Some(state) => {
                *state = CallState::Disconnected;
                true
            }
            None => false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // Nothing panics while holding the lock, and a map is whole after every step.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn call_id(what: &str, count: u64) -> String {
    let digest = Sha256::digest(format!("{what}\n{count}"));
    let mut guid = String::with_capacity(36);
    for (n, byte) in digest.iter().take(16).enumerate() {
        if matches!(n, 4 | 6 | 8 | 10) {
            guid.push('-');
        }
        // Version 4, RFC variant.
        let byte = match n {
            6 => byte & 0x0F | 0x40,
            8 => byte & 0x3F | 0x80,
            _ => *byte,
        };
        guid.push_str(&format!("{byte:02x}"));
    }
    STANDARD.encode(format!("{guid}@mock-um-1.exchange.umspec.example.org"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::sizes;

    #[test]
    fn a_call_rings_is_answered_and_ends() {
        let calls = Calls::default();
        let id = calls.place("a").unwrap();
        assert_eq!(calls.look(&id), Some(CallState::Connecting));
        assert_eq!(calls.look(&id), Some(CallState::Connected));
        assert!(calls.end(&id));
        assert_eq!(calls.look(&id), Some(CallState::Disconnected));
        assert_eq!(calls.look("x"), None);
        assert!(!calls.end("x"));
    }

    #[test]
    fn ids_have_the_documented_shape_and_depend_only_on_what_was_asked() {
        let (one, two) = (Calls::default(), Calls::default());
        let first = one.place("a").unwrap();
        two.place("b").unwrap();
        assert_eq!(two.place("a").unwrap(), first);
        assert_ne!(one.place("a").unwrap(), first);
        assert_eq!(first.len(), sizes::SAMPLE_LENGTH);
        assert!(first.ends_with('='));
    }
}
