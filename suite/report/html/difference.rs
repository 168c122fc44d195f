//! Where one text differs from another.

use std::collections::BTreeSet;
use std::ops::Range;

/// Where `text` differs from `plain`: from the first byte to the last that does, in both. Nothing where they
/// are the same.
pub(super) fn between(plain: &[u8], text: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    if plain == text {
        return None;
    }
    let same = |(a, b): &(&u8, &u8)| a == b;
    let start = plain.iter().zip(text).take_while(same).count();
    let (rest, other) = (&plain[start..], &text[start..]);
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(same).count();
    Some((start..plain.len() - end, start..text.len() - end))
}

/// The lines of `text` that `plain` does not have, but for the length, which follows from the body.
pub(super) fn lines(plain: &[u8], text: &[u8]) -> Vec<Range<usize>> {
    let known: BTreeSet<&[u8]> = plain.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let told = line.trim_ascii_end();
        let is_length = told.get(..15).is_some_and(|name| name.eq_ignore_ascii_case(b"content-length:"));
        if !told.is_empty() && !is_length && !known.contains(told) {
            found.push(at..at + told.len());
        }
        at += line.len() + 1;
    }
    found
}

/// [`between`] of two requests with ids of their own: a difference of the ids alone is none.
pub(super) fn beside_ids(
    (plain, plain_id): (&[u8], &[u8]),
    (text, id): (&[u8], &[u8]),
) -> Option<(Range<usize>, Range<usize>)> {
    let place = memchr::memmem::find(plain, plain_id).filter(|_| !plain_id.is_empty() && plain_id != id);
    let Some(place) = place else { return between(plain, text) };
    let with_id = [&plain[..place], id, &plain[place + plain_id.len()..]].concat();
    let (there, here) = between(&with_id, text)?;
    // Back to where that stands in the request that was sent, with an id of another length.
    let back = |at: usize| {
        let inside = at.saturating_sub(place);
        if inside >= id.len() { at - id.len() + plain_id.len() } else { at.min(place + plain_id.len()) }
    };
    Some((back(there.start)..back(there.end).max(back(there.start)), here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_found_in_both_texts() {
        for (plain, text, found) in [
            ("abc", "abc", None),
            ("abc", "aXc", Some((1..2, 1..2))),
            ("abc", "abbc", Some((2..2, 2..3))),
            ("abc", "", Some((0..3, 0..0))),
            ("", "a", Some((0..0, 0..1))),
            ("aaa", "aa", Some((2..3, 2..2))),
        ] {
            assert_eq!(between(plain.as_bytes(), text.as_bytes()), found, "{plain} {text}");
        }
    }

    #[test]
    fn ids_of_their_own_are_no_difference() {
        let of =
            |plain: &str, text: &str| beside_ids((plain.as_bytes(), b"one"), (text.as_bytes(), b"another"));
        assert_eq!(of("<a>one</a>", "<a>another</a>"), None);
        assert_eq!(of("<a>one</a>", "<b>another</b>"), Some((1..9, 1..13)));
        assert_eq!(of("<a>one</a>", "<a>another</b>"), Some((8..9, 12..13)));
        assert_eq!(of("<a>one</a>", "<a>annother</a>"), Some((5..5, 5..6)));
    }

    #[test]
    fn lines_that_are_not_there_are_marked() {
        let plain = b"POST / HTTP/1.1\r\na: 1\r\nContent-Length: 3";
        let text = b"POST / HTTP/1.1\r\na: 2\r\ncontent-length: 4";
        assert_eq!(lines(plain, text).first(), Some(&(17..21)));
    }
}
