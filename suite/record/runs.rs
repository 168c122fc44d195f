//! Long texts in which something short is said over and over, as cases about size send them.

/// Shortest run that is written as one, in bytes.
const SHORTEST: usize = 256;

/// Longest thing that is looked for over and over, in bytes: a pair of tags, a CDATA section.
const LONGEST_UNIT: usize = 16;

/// How far apart it is looked for the start of a run.
const STEP: usize = 32;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Plain(&'a str),
    Run { unit: &'a str, times: usize },
}

/// A text in pieces; one piece where nothing is said over and over.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at + SHORTEST < text.len() {
        let Some((start, period, times)) = run(text, from, at) else {
            at += STEP;
            continue;
        };
        if start > from {
            pieces.push(Piece::Plain(&text[from..start]));
        }
        pieces.push(Piece::Run { unit: &text[start..start + period], times });
        from = start + period * times;
        at = from;
    }
    if from < text.len() || pieces.is_empty() {
        pieces.push(Piece::Plain(&text[from..]));
    }
    pieces
}

/// The run at this place, if it is in one, that begins behind `from`: where, how long its unit is, and how often.
fn run(text: &str, from: usize, at: usize) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let window = at..at + STEP;
    let is_period = |period: &usize| bytes[window.clone()] == bytes[at + period..at + period + STEP];
    let period = (1..=LONGEST_UNIT).find(is_period)?;
    let before = (from..at).rev().take_while(|&place| bytes[place] == bytes[place + period]).count();
    let mut start = at - before;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let same = bytes[start..].iter().zip(&bytes[start + period..]).take_while(|(a, b)| a == b).count();
    let times = 1 + same / period;
    // Whole characters: where one ends at the end of a unit, it does so at the end of each.
    let is_whole = text.is_char_boundary(start + period) && text.is_char_boundary(start + period * times);
    (is_whole && period * times >= SHORTEST).then_some((start, period, times))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pieces: &[Piece<'_>]) -> String {
        let text = |piece: &Piece<'_>| match *piece {
            Piece::Plain(text) => text.to_owned(),
            Piece::Run { unit, times } => unit.repeat(times),
        };
        pieces.iter().map(text).collect()
    }

    #[test]
    fn runs_are_found_and_nothing_is_lost() {
        let nested = format!("<a>{}x{}</a>", "<b>".repeat(1000), "</b>".repeat(1000));
        for (text, runs) in [
            ("x".repeat(65_536), 1),
            (nested, 2),
            (format!("abc{}", "\u{1F4DE}".repeat(500)), 1),
            (format!("{}{}", "a".repeat(300), "b".repeat(300)), 2),
            ("short".to_owned(), 0),
            (String::new(), 0),
            ((0..3000).map(|number| format!("<n{number}/>")).collect(), 0),
        ] {
            let found = pieces(&text);
            assert!(joined(&found) == text, "{text:.50}");
            let count = found.iter().filter(|piece| matches!(piece, Piece::Run { .. })).count();
            assert_eq!(count, runs, "{text:.50}: {found:.9?}");
        }
    }
}
