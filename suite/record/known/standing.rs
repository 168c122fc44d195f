use std::fmt;
use std::sync::Arc;

use super::KnownDeviation;

/// What became of a known deviation in a case, or in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// Seen, as it is known.
    Expected,
    /// Of another subject, or of cases that were not judged: nothing was seen of it, and nothing could be.
    NotLookedAt,
    /// Seen, after the day until which it was known.
    Expired,
    /// Seen in another shape than that in which it is known.
    Changed,
    /// Not seen, where it should have been.
    Stale,
    /// It names what is no case.
    Unmatched,
}

impl State {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Expected => "expected",
            Self::Expired => "expired",
            Self::NotLookedAt => "not looked at",
            Self::Stale => "stale",
            Self::Unmatched => "unmatched",
        }
    }

    /// Whether it fails a run.
    pub fn fails(self) -> bool {
        !matches!(self, Self::Expected | Self::NotLookedAt)
    }
}

/// How a case stands that somebody knows to deviate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// [`State::Expected`], [`State::Expired`] or [`State::Changed`].
    pub state: State,
    /// The entry of the file, with its reason, tracker and last day.
    pub deviation: Arc<KnownDeviation>,
}

/// What became of an entry of the file in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The entry.
    pub deviation: Arc<KnownDeviation>,
    /// The gravest of what became of it.
    pub state: State,
    /// The cases in which it was seen as it is known (`control` before them), whether or not it has expired.
    pub seen: Vec<String>,
    /// The cases in which it was seen in another shape, each with the fingerprint of that.
    pub changed: Vec<(String, String)>,
    /// Names of the entry, or its requirement, of which nothing was seen any more.
    pub gone: Vec<String>,
    /// Names that no case has.
    pub unmatched: Vec<String>,
    /// Cases that a glob or a family of it names, which were judged and do not deviate so.
    pub right: Vec<String>,
}

impl fmt::Display for Tally {
    /// What became of the entry, in a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { deviation, state, .. } = self;
        match (state, deviation.until) {
            (State::Changed, _) => {
                write!(f, "{deviation}: seen in another shape than that in which it is known")
            }
            (State::Expired, Some(until)) => write!(f, "{deviation}: known until {until}, and still seen"),
            (State::NotLookedAt, _) => write!(f, "{deviation}: nothing that it names was judged in this run"),
            (State::Stale, _) => write!(f, "{deviation}: known to deviate, and does not any more"),
            (State::Unmatched, _) => write!(f, "{deviation}: no case has this name"),
            (State::Expected | State::Expired, _) => write!(f, "{deviation}"),
        }
    }
}
