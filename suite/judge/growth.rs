//! How the time grows that a parser or a server takes for a message.

use super::{CheckId, Finding, Grading};
use crate::protocol::req;

/// Less than this in milliseconds is noise where a process is started for each message, and nobody's trouble.
const FLOOR: u64 = 300;

/// Less than this in milliseconds is noise even between two requests to a server that runs.
#[cfg(feature = "net")]
const FAINT: u64 = 10;

/// What twice the size costs at least where the cost grows with its square: four times as much, and a
/// quarter less for what does not grow. A cost that grows with the size doubles.
const STEP: u64 = 3;

/// What a message of a size, twice and four times as large cost more than the plain message, in milliseconds.
fn costs(times: &[u64]) -> Option<[u64; 3]> {
    let &[plain, once, twice, four_times] = times else { return None };
    Some([once, twice, four_times].map(|time| time.saturating_sub(plain)))
}

/// Whether times in milliseconds, of the plain message and of one of a size, twice and four times as large,
/// look as if they grew with the square of the size.
pub(crate) fn is_quadratic(times: &[u64]) -> bool {
    costs(times).is_some_and(|[once, twice, four_times]| {
        four_times >= FLOOR && four_times >= STEP * twice && 2 * twice >= 5 * once
    })
}

/// Whether they do so without doubt: the largest costs three times and a half what the one of half the size does. A line
/// that a busy machine made look like a square was seen at 3.1.
pub(crate) fn is_clearly_quadratic(times: &[u64]) -> bool {
    costs(times).is_some_and(|[_, twice, four_times]| is_quadratic(times) && 2 * four_times >= 7 * twice)
}

/// Whether the longest of the times is more than noise.
pub(crate) fn is_worth_a_look(times: &[u64]) -> bool {
    costs(times).is_some_and(|[.., four_times]| four_times >= FLOOR)
}

/// Whether the times are too short to be judged and grow so that those of larger messages are worth a look.
#[cfg(feature = "net")]
pub(crate) fn may_grow_further(times: &[u64]) -> bool {
    costs(times).is_some_and(|[_, twice, four_times]| {
        (FAINT..FLOOR).contains(&four_times) && 2 * four_times >= 5 * twice
    })
}

/// A cost that grows with the square of the size, with its figures. `size` is how many characters the part of the
/// smallest message has, and `ended` whether the largest had an answer.
pub(super) fn growth(times: &[u64], size: usize, ended: bool, grading: Grading) -> Option<Finding> {
    let &[_, once, twice, four_times] = times else { return None };
    if !is_quadratic(times) {
        return None;
    }
    let row = req::NAMES_BOUNDED.requirement();
    let last = if ended { "" } else { "no end in " };
    Some(Finding::new(
        CheckId::Growth,
        row.id,
        grading.breach(row),
        "a time that grows with the size of the message",
        format!(
            "it grows with the square: {once} ms for {size} characters, {twice} ms for twice as many, \
             {last}{four_times} ms for four times"
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
        assert!(is_quadratic(&[0, 48, 144, 451]) && !is_clearly_quadratic(&[0, 48, 144, 451]));
        assert!(is_clearly_quadratic(&[0, 100, 400, 1600]));
        for times in
            [[20, 100, 180, 340], [20, 120, 320, 700], [5, 5, 6, 9], [20, 300, 310, 900], [0, 0, 0, 0]]
        {
            assert!(!is_quadratic(&times), "{times:?}");
        }
        assert!(!is_quadratic(&[]));
    }

    #[cfg(feature = "net")]
    #[test]
    fn larger_messages_are_tried_where_the_time_grows_and_is_short() {
        for times in [[1, 2, 4, 12], [0, 3, 10, 40], [5, 20, 80, 300]] {
            assert!(may_grow_further(&times), "{times:?}");
        }
        for times in [[1, 2, 4, 9], [0, 10, 20, 40], [5, 20, 80, 400]] {
            assert!(!may_grow_further(&times), "{times:?}");
        }
    }
}
