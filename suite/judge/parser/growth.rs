//! How the time that a parser needs grows with a message.

use crate::evidence::Parsed;
use crate::judge::{CheckId, Finding, Grading};
use crate::protocol::req;

/// Less than this in milliseconds is noise where a process is started for each message.
const FLOOR: u64 = 300;

/// What twice the size costs at least where the cost grows with its square: four times as much, and a
/// quarter less for what does not grow. A cost that grows with the size doubles.
const STEP: u64 = 3;

/// Whether times in milliseconds, of the plain message and of one of a size, twice and four times as large,
/// look as if they grew with the square of the size.
fn is_quadratic(times: &[u64]) -> bool {
    let &[plain, once, twice, four_times] = times else { return false };
    let [once, twice, four_times] = [once, twice, four_times].map(|time| time.saturating_sub(plain));
    four_times >= FLOOR && four_times >= STEP * twice && 2 * twice >= 5 * once
}

/// Whether the longest of the times is more than noise.
pub(crate) fn is_worth_a_look(times: &[u64]) -> bool {
    times.first().zip(times.last()).is_some_and(|(plain, last)| last.saturating_sub(*plain) >= FLOOR)
}

/// A cost that grows with the square of the size, with its figures.
pub(super) fn growth(times: &[u64], parsed: &Parsed, grading: Grading) -> Option<Finding> {
    let &[_, once, twice, four_times] = times else { return None };
    if !is_quadratic(times) {
        return None;
    }
    let row = req::NAMES_BOUNDED.requirement();
    let last = if *parsed == Parsed::Silent { "no end in " } else { "" };
    Some(Finding::new(
        CheckId::Growth,
        row.id,
        grading.breach(row),
        "a time that grows with the size of the message",
        format!(
            "it grows with the square: {once} ms, {twice} ms for twice as much, {last}{four_times} ms for four times"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_told_from_a_line_and_from_noise() {
        for times in [[20, 50, 140, 500], [0, 100, 400, 1600], [30, 31, 34, 5030]] {
            assert!(is_quadratic(&times), "{times:?}");
        }
        for times in
            [[20, 100, 180, 340], [20, 120, 320, 700], [5, 5, 6, 9], [20, 300, 310, 900], [0, 0, 0, 0]]
        {
            assert!(!is_quadratic(&times), "{times:?}");
        }
        assert!(!is_quadratic(&[]));
    }
}
