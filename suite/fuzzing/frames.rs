//! Bytes as what a persistent parser prints.

use crate::evidence::Parsed;
use crate::target::read_frames;

/// Bytes as frames: each is read as it is written, and nothing that is none is taken for one.
///
/// # Panics
/// On a finding.
pub fn frames(data: &[u8]) {
    let mut written = Vec::new();
    for frame in read_frames(data) {
        let (word, text) = match &frame {
            Ok(Parsed::Accepted(text)) => ("accepted", text),
            Ok(Parsed::Refused(text)) => ("refused", text),
            Ok(other) => panic!("no frame says {other:?}"),
            Err(why) => {
                assert!(!why.is_empty() && why.len() < 1_000, "{why}");
                break;
            }
        };
        written.extend(format!("{word} {}\n{text}", text.len()).into_bytes());
    }
    // Read again, what was read is the same.
    let again: Vec<_> = read_frames(&written);
    let first: Vec<_> = read_frames(data).into_iter().take_while(Result::is_ok).collect();
    let again: Vec<_> = again.into_iter().take_while(Result::is_ok).collect();
    assert_eq!(first, again);
}
