//! What must not reach a record, a report or a log.

use memchr::memmem;

use crate::message;
use crate::protocol::{Operation, names};

/// What stands where a secret stood.
pub(super) const HIDDEN: &str = "(hidden)";

/// Shorter secrets are only hidden where they stand in a header field of ours: replacing every
/// "a" in an answer would destroy it.
const MIN_LENGTH: usize = 4;

/// Shorter parts of a secret are most likely words (`Bearer`, `path`).
const MIN_PART: usize = 8;

/// Secrets of a run, hidden wherever they turn up in what is recorded.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// Takes a secret. One that is part of the protocol's own words gives nothing away where those
    /// words stand, and hiding it there would change answers.
    pub(super) fn add(&mut self, secret: &str) {
        if secret.len() >= MIN_LENGTH && !vocabulary().any(|words| words.contains(secret)) {
            self.0.push(secret.as_bytes().to_vec());
            // Longer ones first, so that no tail of one stays behind when another is part of it.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// Takes a part of a secret, if it is long enough to be one by itself.
    pub(super) fn add_part(&mut self, part: &str) {
        if part.len() >= MIN_PART {
            self.add(part);
        }
    }

    pub(super) fn hide(&self, bytes: Vec<u8>) -> Vec<u8> {
        self.0.iter().fold(bytes, |bytes, secret| {
            let mut hidden = Vec::new();
            let mut from = 0;
            for at in memmem::find_iter(&bytes, secret) {
                hidden.extend_from_slice(&bytes[from..at]);
                hidden.extend_from_slice(HIDDEN.as_bytes());
                from = at + secret.len();
            }
            if from == 0 {
                return bytes;
            }
            hidden.extend_from_slice(&bytes[from..]);
            hidden
        })
    }

    pub(super) fn hide_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.hide(text.as_bytes().to_vec())).into_owned()
    }
}

/// Everything that a documented answer consists of.
fn vocabulary() -> impl Iterator<Item = String> {
    [
        message::write_success(),
        message::write_invalid_call_id(),
        message::write_malformed(),
        message::write_call_info("ConnectingConnectedDisconnected", "None"),
        message::write_issued(Operation::PlayOnPhone, ""),
        message::write_issued(Operation::PlayOnPhoneGreeting, ""),
        message::write_fault("VersionMismatch MustUnderstand Client Server", ""),
        names::CONTENT_TYPE.to_owned(),
    ]
    .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let mut secrets = Secrets::default();
        secrets.add("hunter22");
        secrets.add("abc");
        secrets.add("Fault");
        assert_eq!(secrets.hide(b"Fault hunter22hunter22 abc".to_vec()), b"Fault (hidden)(hidden) abc");
    }
}
