//! A mutator that knows markup: it moves, doubles and drops whole tags, and puts in pieces that the
//! catalogue of changes is made of.

use crate::generate::{Choices, Numbers, Variation, fragments};
use crate::message::{Edit, Encoding, Ids};

/// What may stand almost anywhere, so that mutations of a valid message are often valid.
const HARMLESS: [&str; 6] = ["<!-- -->", " ", "\n", "<![CDATA[x]]>", "&#65;", "&amp;"];

/// Changes the first `size` bytes of `data` in place and returns the new size, at most `max_size`.
///
/// Input that is no text with markup is replaced by a variation of the plain request.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut numbers = Numbers::new(u64::from(seed));
    let size = size.min(data.len());
    let mutated = match std::str::from_utf8(&data[..size]) {
        Ok(text) if text.contains('<') && numbers.below(32) > 0 => mutate_text(text, &mut numbers),
        _ => fresh(&mut numbers),
    };
    let size = mutated.len().min(max_size).min(data.len());
    data[..size].copy_from_slice(&mutated[..size]);
    size
}

fn fresh(numbers: &mut Numbers) -> Vec<u8> {
    let mut edits = Variation::choose(numbers).edits();
    if numbers.below(8) == 0 {
        edits.push(Edit::Encoding(Encoding::Utf16Le));
        edits.push(Edit::Mark);
    }
    crate::message::Draft::disconnect(&edits).write(&Ids::default()).body
}

fn mutate_text(text: &str, numbers: &mut Numbers) -> Vec<u8> {
    let mut pieces: Vec<&str> = pieces(text);
    for _ in 0..=numbers.below(4) / 2 {
        let at = numbers.below(pieces.len());
        match numbers.below(8) {
            0 if pieces.len() > 1 => drop(pieces.remove(at)),
            1 => pieces.insert(at, pieces[at]),
            2 => {
                let other = numbers.below(pieces.len());
                pieces.swap(at, other);
            }
            3 => pieces[at] = fragment(numbers),
            4 => {
                // Inside a piece: an attribute in a tag, a reference in a text, a cut name.
                let piece = pieces[at];
                let inside: Vec<usize> = piece.char_indices().map(|(at, _)| at).collect();
                let (head, tail) = piece.split_at(inside[numbers.below(inside.len())]);
                pieces.splice(at..=at, [head, fragment(numbers), tail].into_iter().filter(|p| !p.is_empty()));
            }
            5 if at + 1 < pieces.len() => {
                // A whole element, or what looks like one, moves to its end.
                let piece = pieces.remove(at);
                let to = numbers.below(pieces.len() + 1);
                pieces.insert(to, piece);
            }
            6 => pieces.insert(at, HARMLESS[numbers.below(HARMLESS.len())]),
            _ => pieces.insert(at, fragment(numbers)),
        }
        if pieces.is_empty() {
            pieces.push("<");
        }
    }
    pieces.concat().into_bytes()
}

/// Tags, quoted values and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let cut = match c {
            '<' => at,
            '>' | '"' | '\'' | ' ' | '=' => after,
            _ => continue,
        };
        if cut > start {
            pieces.push(&text[start..cut]);
            start = cut;
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn fragment(numbers: &mut Numbers) -> &'static str {
    let fragments = fragments();
    fragments[numbers.below(fragments.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{CallId, read_request, write_disconnect};

    #[test]
    fn mutations_depend_on_the_seed_only_and_keep_to_the_size() {
        let message = write_disconnect(&CallId::new("a").unwrap());
        let run = |seed, max_size: usize| {
            let mut data = vec![0; 4_096];
            data[..message.len()].copy_from_slice(message.as_bytes());
            let size = mutate(&mut data, message.len(), max_size, seed);
            data[..size].to_vec()
        };
        let (mut read, mut refused) = (0, 0);
        for seed in 0..500 {
            let mutated = run(seed, 4_096);
            assert_eq!(mutated, run(seed, 4_096));
            assert!(run(seed, 100).len() <= 100);
            match read_request(&mutated, None) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
        assert!(read > 20 && refused > 20, "{read} read, {refused} refused: it should reach both sides");
    }

    #[test]
    fn any_bytes_can_be_mutated() {
        for seed in 0..200 {
            let mut data = vec![0xFF; 64];
            assert!(mutate(&mut data, 10, 64, seed) <= 64);
            assert_eq!(mutate(&mut [], 0, 0, seed), 0);
        }
    }
}
