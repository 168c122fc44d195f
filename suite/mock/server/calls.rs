use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Most calls that are kept; placing one more forgets the oldest. A run has a few thousand.
const MAX_CALLS: usize = 20_000;

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
    /// By which part or form of their ids calls are kept; as they are, if by none.
    key: Option<fn(&str) -> String>,
    /// What ids are made into before they are given out; they stay as they are, if by nothing.
    form: Option<fn(&str) -> String>,
}

#[derive(Debug, Default)]
struct Known {
    states: HashMap<String, CallState>,
    /// Keys in the order of the calls.
    order: VecDeque<String>,
    /// How often each was asked for, by the digest of what was asked.
    placed: HashMap<[u8; 32], u64>,
    /// Where counting begins.
    from: u64,
}

impl Calls {
    /// Calls that are kept, and compared, by a part or form of their ids.
    pub(super) fn kept_by(key: fn(&str) -> String) -> Self {
        Self { key: Some(key), ..Self::default() }
    }

    /// Calls whose ids have another form than the documented one.
    pub(super) fn with_ids(form: fn(&str) -> String) -> Self {
        Self { form: Some(form), ..Self::default() }
    }

    fn key(&self, id: &str) -> String {
        self.key.map_or_else(|| id.to_owned(), |key| key(id))
    }

    /// Places a call and gives its id: base64 of a version-4 GUID, `@` and a host name, 100
    /// characters, as in the documents.
    pub fn place(&self, what: &str) -> String {
        let mut known = self.lock();
        while known.order.len() >= MAX_CALLS
            && let Some(oldest) = known.order.pop_front()
        {
            known.states.remove(&oldest);
        }
        // What was asked for may be long; its digest is not.
        let asked: [u8; 32] = Sha256::digest(what).into();
        if known.placed.len() >= MAX_CALLS && !known.placed.contains_key(&asked) {
            // Counting begins anew, beyond all counts so far: no id comes twice.
            known.from = known.placed.values().copied().max().unwrap_or(known.from);
            known.placed.clear();
        }
        let from = known.from;
        let count = known.placed.entry(asked).or_insert(from);
        *count += 1;
        let id = call_id(what, *count);
        let id = self.form.map_or_else(|| id.clone(), |form| form(&id));
        let key = self.key(&id);
        known.order.push_back(key.clone());
        known.states.insert(key, CallState::Connecting);
        id
    }

    /// The state of a call, as it is.
    pub(super) fn peek(&self, id: &str) -> Option<CallState> {
        self.lock().states.get(&self.key(id)).copied()
    }

    /// Whether a call is up.
    pub(super) fn any_up(&self) -> bool {
        self.lock().states.values().any(|state| *state != CallState::Disconnected)
    }

    /// How many calls are up.
    pub(super) fn count_up(&self) -> usize {
        self.lock().states.values().filter(|state| **state != CallState::Disconnected).count()
    }

    /// The key of the call that was placed last of those that are up and whose key is like this.
    pub(super) fn last_up(&self, like: impl Fn(&str) -> bool) -> Option<String> {
        let known = self.lock();
        let is_up = |key: &str| known.states.get(key).is_some_and(|state| *state != CallState::Disconnected);
        known.order.iter().rev().find(|key| is_up(key) && like(key)).cloned()
    }

    /// Ends every call.
    pub(super) fn end_all(&self) {
        self.lock().states.values_mut().for_each(|state| *state = CallState::Disconnected);
    }

    /// Ends the call that was placed last before this one, or last of all if there is none with
    /// this id.
    pub(super) fn end_before(&self, id: &str) {
        let key = self.key(id);
        let mut known = self.lock();
        let at = known.order.iter().rposition(|other| *other == key).unwrap_or(known.order.len());
        let before = at.checked_sub(1).map(|before| known.order[before].clone());
        if let Some(state) = before.and_then(|before| known.states.get_mut(&before)) {
            *state = CallState::Disconnected;
        }
    }

    /// Forgets every call but the last.
    pub(super) fn keep_last(&self) {
        let mut known = self.lock();
        let last = known.order.pop_back();
        known.order.clear();
        known.order.extend(last);
        let Known { states, order, .. } = &mut *known;
        states.retain(|key, _| order.contains(key));
    }

    /// The state of a call, and a moment passes for it.
    pub fn look(&self, id: &str) -> Option<CallState> {
        let key = self.key(id);
        let mut known = self.lock();
        let state = known.states.get_mut(&key)?;
        let seen = *state;
        if seen == CallState::Connecting {
            *state = CallState::Connected;
        }
        Some(seen)
    }

    /// Ends a call; false if there is none with this id. Ending it again is fine (the documents
    /// say nothing of it).
    pub fn end(&self, id: &str) -> bool {
        match self.lock().states.get_mut(&self.key(id)) {
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
        let id = calls.place("a");
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
        let first = one.place("a");
        two.place("b");
        assert_eq!(two.place("a"), first);
        assert_ne!(one.place("a"), first);
        assert_eq!(first.len(), sizes::SAMPLE_LENGTH);
        assert!(first.ends_with('='));
    }
}
