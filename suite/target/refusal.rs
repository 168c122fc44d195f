//! How a program under test tells that it refused what it was given.

use super::process::{End, Ran};
use super::uncaught::uncaught;
use crate::evidence::Uncaught;

/// The first word on standard output by which a program says that it refuses.
const WORD: &str = "refused";

/// The exit status that says so where no other is named.
const USUAL: i32 = 1;

/// How a program tells that it refused, for `--help`.
pub const REFUSALS: &str = "\
A parser that refuses, or a client whose call was not disconnected, tells it in one of three ways:
  - it prints a line that begins with the word `refused`, and exits with any status but 0;
  - it exits with the status of --refused-exit; then every other one but 0 is a crash;
  - it exits with 1. That is also what an exception that nobody caught ends in, in Python, Node,
    Java, Ruby and others: where standard error looks like one, that is a finding.";

/// The exit status by which a program tells that it refused.
///
/// Without one it is 1, which many runtimes also end with when nobody caught an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RefusedExit(pub Option<u8>);

/// What a program that was run to its end has said by that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// It did what it was asked for.
    Done,
    /// It refused, for this reason.
    Refused(String),
    /// It ended as one that refuses, but what it wrote looks like an exception that nobody caught.
    Threw(Uncaught),
    /// It ended in another way, in words.
    Crashed(String),
    /// It was stopped when its time was up.
    TimedOut,
}

impl RefusedExit {
    /// What a program said by how it ended and what it printed.
    pub(super) fn said_by(self, ran: &Ran) -> Said {
        match &ran.end {
            End::TimedOut => Said::TimedOut,
            End::Exited(0) => Said::Done,
            End::Exited(_) if says_so(&ran.printed) => Said::Refused(ran.complaint().to_owned()),
            End::Exited(status) if *status == self.0.map_or(USUAL, i32::from) => {
                match uncaught(&ran.complaints)
                    .filter(|_| self.0.is_none_or(|named| i32::from(named) == USUAL))
                {
                    Some(uncaught) => Said::Threw(uncaught),
                    None => Said::Refused(ran.complaint().to_owned()),
                }
            }
            end => {
                let told = uncaught(&ran.complaints).map(|uncaught| uncaught.line);
                let told = told.unwrap_or_else(|| ran.complaint().to_owned());
                Said::Crashed(if told.is_empty() { end.to_string() } else { format!("{end}: {told}") })
            }
        }
    }
}

/// Whether the first line that was printed begins with the word.
fn says_so(printed: &[u8]) -> bool {
    printed
        .strip_prefix(WORD.as_bytes())
        .is_some_and(|rest| rest.first().is_none_or(|next| !next.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "Traceback (most recent call last):\nValueError: no id\n";

    fn said(named: Option<u8>, status: i32, printed: &str, complaints: &str) -> Said {
        let (printed, complaints) = (printed.as_bytes().to_vec(), complaints.to_owned());
        RefusedExit(named).said_by(&Ran { end: End::Exited(status), printed, complaints })
    }

    fn refused(why: &str) -> Said {
        Said::Refused(why.to_owned())
    }

    #[test]
    fn by_the_usual_exit_a_refusal_is_told_from_an_exception_by_what_was_written() {
        assert_eq!(said(None, 0, "refused\n", TRACE), Said::Done, "an id may be this word");
        assert_eq!(said(None, 1, "", "no id\n"), refused("no id"));
        assert!(matches!(said(None, 1, "", TRACE), Said::Threw(_)));
        assert_eq!(said(None, 2, "", ""), Said::Crashed("exit 2".to_owned()));
        assert_eq!(said(None, 7, "", TRACE), Said::Crashed("exit 7: ValueError: no id".to_owned()));
    }

    #[test]
    fn an_exit_of_its_own_leaves_no_doubt() {
        assert_eq!(said(Some(3), 3, "", TRACE), refused("ValueError: no id"));
        assert_eq!(said(Some(3), 1, "", ""), Said::Crashed("exit 1".to_owned()));
        assert!(matches!(said(Some(1), 1, "", TRACE), Said::Threw(_)), "nothing is gained by naming 1");
    }

    #[test]
    fn the_word_leaves_no_doubt_either() {
        for printed in ["refused\n", "refused: no id", "refused"] {
            for status in [1, 3] {
                assert_eq!(said(None, status, printed, TRACE), refused("ValueError: no id"), "{printed:?}");
            }
        }
        assert_eq!(said(Some(3), 1, "refused\n", ""), refused(""));
        assert_eq!(said(None, 2, "refusedness\n", ""), Said::Crashed("exit 2".to_owned()));
    }
}
