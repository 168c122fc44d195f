//! Where the documents contradict each other or say nothing: the readings there are, and which
//! profile takes which.

mod table;

pub use table::AMBIGUITIES;

use std::fmt;

use super::RequirementId;

/// A question that the documents answer in more than one way, or not at all.
#[derive(Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// Its number, printed as `C07`.
    pub id: AmbiguityId,
    /// The question.
    pub question: &'static str,
    /// The answers there are, the one of the strict profile first.
    pub readings: &'static [Reading],
    /// Rows of the ledger that depend on the answer.
    pub requirements: &'static [RequirementId],
    /// Why no answer of a server can show which reading it follows, if none can.
    pub unseen: Option<&'static str>,
}

/// Number of an [`Ambiguity`], printed as `C07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmbiguityId(pub(super) u8);

impl fmt::Display for AmbiguityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "C{:02}", self.0)
    }
}

impl std::str::FromStr for AmbiguityId {
    type Err = String;

    /// Reads `C07`, `c7`.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix(['C', 'c']).unwrap_or_default();
        digits
            .parse()
            .ok()
            .filter(|_| digits.len() <= 2)
            .and_then(|number| ambiguity(Self(number)))
            .map(|known| known.id)
            .ok_or_else(|| format!("no ambiguity {text:?}; `umspec list --ambiguities` shows them"))
    }
}

/// One answer to the question of an [`Ambiguity`].
#[derive(Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name: where it comes from.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The document and section that says it, or `silence`.
    pub source: &'static str,
    /// Who takes it.
    pub taken: Taken,
}

/// Which profiles take a [`Reading`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Both profiles.
    Both,
    /// The interop profile, besides that of the strict one.
    Interop,
    /// None: it is an error of a document, or narrower than another text that holds.
    Neither,
    /// The strict profile only; in interop going by it is as good as any other.
    Strict,
}

impl Taken {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Both => "strict and interop",
            Self::Interop => "interop",
            Self::Neither => "neither profile",
            Self::Strict => "strict",
        }
    }
}

/// The ambiguity of that number, if there is one.
pub fn ambiguity(id: AmbiguityId) -> Option<&'static Ambiguity> {
    AMBIGUITIES.iter().find(|known| known.id == id)
}

#[cfg(test)]
mod tests {
    use super::Taken::{Both, Interop, Strict};
    use super::*;
    use crate::protocol::ledger;

    #[test]
    fn numbers_rise_and_are_read_back() {
        assert!(AMBIGUITIES.is_sorted_by(|a, b| a.id < b.id));
        for known in AMBIGUITIES {
            assert_eq!(ambiguity(known.id), Some(known));
            assert_eq!(known.id.to_string().parse(), Ok(known.id));
        }
        assert_eq!(ambiguity(AmbiguityId(0)), None);
        assert!("C99".parse::<AmbiguityId>().is_err());
        assert!("7".parse::<AmbiguityId>().is_err());
    }

    #[test]
    fn each_has_readings_and_one_that_each_profile_takes() {
        for ambiguity in AMBIGUITIES {
            let takes = |taken: &[Taken]| ambiguity.readings.iter().any(|r| taken.contains(&r.taken));
            assert!(ambiguity.readings.len() >= 2, "{}", ambiguity.id);
            assert!(takes(&[Both, Strict]), "{} strict", ambiguity.id);
            assert!(takes(&[Both, Interop]), "{} interop", ambiguity.id);
            assert!(ambiguity.question.ends_with('?'), "{}", ambiguity.id);
            for &id in ambiguity.requirements {
                assert!(ledger::requirement(id).is_some(), "{}", ambiguity.id);
            }
        }
    }
}
