//! What sets one message apart from another, line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Most lines of each side that are compared.
const MAX_LINES: usize = 1_000;

/// The lines of both, marked: `- ` in the first only, `+ ` in the second only. None where they are equal.
pub(super) fn difference(first: &[String], second: &[String]) -> Option<Vec<String>> {
    let (first, second) = (&first[..first.len().min(MAX_LINES)], &second[..second.len().min(MAX_LINES)]);
    if first == second {
        return None;
    }
    let mut lines = Vec::new();
    let mut mark = |mark: &str, part: &[String]| {
        lines.extend(part.iter().map(|line| format!("{mark} {line}")));
    };
    for change in capture_diff_slices(Algorithm::Myers, first, second) {
        if let DiffOp::Equal { .. } = change {
            mark(" ", &first[change.old_range()]);
        } else {
            mark("-", &first[change.old_range()]);
            mark("+", &second[change.new_range()]);
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_differs_is_marked_and_the_rest_stands_around_it() {
        let told = difference(&lines("a b c d"), &lines("a x c d e")).expect("a difference");
        assert_eq!(told, ["  a", "- b", "+ x", "  c", "  d", "+ e"]);
        assert_eq!(difference(&lines("a b"), &lines("a b")), None);
    }
}
