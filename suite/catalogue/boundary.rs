//! Blanks that move a part of a message over the end of a buffer.

use crate::message::{Draft, Edit, Ids, Place};

/// These edits, and blanks at the start of Envelope that make the byte behind `mark` the last one of the first
/// so many bytes of the body. What stands before `mark` may not depend on the id.
pub(super) fn across(size: usize, mark: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let body = Draft::disconnect(&edits).body(&Ids::default());
    let mark = mark.as_bytes();
    let behind = body.windows(mark.len()).position(|window| window == mark).map_or(0, |at| at + mark.len());
    let blanks = " ".repeat(size.saturating_sub(behind + 1));
    [edits, vec![Edit::First(Place::Envelope, blanks)]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_mark_starts_at_the_last_byte_of_the_buffer() {
        let edits = vec![Edit::Content(Place::CallId, "\u{E9}".to_owned())];
        let edits = across(4_096, "<CallId>", edits);
        let body = Draft::disconnect(&edits).body(&Ids::default());
        assert_eq!(body[4_095..4_097], *"\u{E9}".as_bytes());
    }
}
