//! What two texts have in common.

/// How many bytes are compared at a time: most texts share hundreds with those that they are compared with.
const WIDTH: usize = 16;

/// How many bytes two texts share at the start, and how many more at the end; whole characters.
pub(super) fn shared(one: &str, other: &str) -> (usize, usize) {
    let (one_bytes, other_bytes) = (one.as_bytes(), other.as_bytes());
    let mut head = at_start(one_bytes, other_bytes);
    while !(one.is_char_boundary(head) && other.is_char_boundary(head)) {
        head -= 1;
    }
    let mut tail = at_end(&one_bytes[head..], &other_bytes[head..]);
    while !(one.is_char_boundary(one.len() - tail) && other.is_char_boundary(other.len() - tail)) {
        tail -= 1;
    }
    (head, tail)
}

fn at_start(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.chunks_exact(WIDTH).zip(other.chunks_exact(WIDTH));
    let same = chunks.take_while(|(one, other)| one == other).count() * WIDTH;
    same + one[same..].iter().zip(&other[same..]).take_while(|(one, other)| one == other).count()
}

fn at_end(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.rchunks_exact(WIDTH).zip(other.rchunks_exact(WIDTH));
    let same = chunks.take_while(|(one, other)| one == other).count() * WIDTH;
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    same + one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_whole_characters_and_counted_once() {
        let long = "0123456789".repeat(9);
        for (one, other, expected) in [
            (long.clone(), long.clone(), (90, 0)),
            (format!("{long}-{long}"), format!("{long}+-{long}"), (90, 91)),
            ("aaa".to_owned(), "aaaa".to_owned(), (3, 0)),
            ("\u{E9}".to_owned(), "\u{E8}".to_owned(), (0, 0)),
            ("x\u{E9}".to_owned(), "x\u{129}".to_owned(), (1, 0)),
            (String::new(), "a".to_owned(), (0, 0)),
        ] {
            assert_eq!(shared(&one, &other), expected, "{one} {other}");
        }
    }
}
