//! Properties of the reader and the writer.

use proptest::prelude::*;
use umspec::message::{CallId, read_reply, read_request, write_disconnect, write_success};

const REQUEST: &[u8] = include_bytes!("../../corpus/documented/disconnect.request.xml");
const FAULT: &[u8] = include_bytes!("../../corpus/documented/disconnect.invalid-id.xml");

proptest! {
    /// Every legal id is read as it was written, and the bytes are the same each time.
    #[test]
    fn a_call_id_is_read_as_it_was_written(text in proptest::collection::vec(any::<char>(), 1..60)) {
        let text: String = text.into_iter().collect();
        if let Ok(id) = CallId::new(text.clone()) {
            let message = write_disconnect(&id);
            prop_assert_eq!(&message, &write_disconnect(&id));
            let request = read_request(message.as_bytes(), Some("utf-8")).expect("a legal request");
            prop_assert_eq!(request.call_id(), Some(text.as_str()));
        }
    }

    /// Any bytes are read or refused, at a place that is in them.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for charset in [None, Some("utf-8"), Some("utf-16"), Some("nonsense")] {
            if let Err(refusal) = read_request(&bytes, charset) {
                prop_assert!(refusal.at <= bytes.len());
            }
            let _ = read_reply(&bytes, charset);
        }
    }

    /// So are messages with a few bytes changed, which get past the first characters.
    #[test]
    fn changed_messages_are_read_or_refused(
        sample in 0..3_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..5),
    ) {
        let success = write_success();
        let mut bytes = [REQUEST, FAULT, success.as_bytes()][sample].to_vec();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        if let Err(refusal) = read_request(&bytes, None) {
            prop_assert!(refusal.at <= bytes.len());
        }
        if let Err(refusal) = read_reply(&bytes, None) {
            prop_assert!(refusal.at <= bytes.len());
        }
    }
}
