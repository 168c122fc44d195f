//! A server whose defect shows only where several things meet, and how one is written down.

use super::factor::Factor;
use super::fault::Fault;
use crate::protocol::RequirementId;

/// What sort of things must meet. In the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HardKind {
    /// Two: what a case is about and one spelling, or two spellings of the plain request.
    TwoFactors,
    /// Three of that sort.
    ThreeFactors,
    /// What came before the request.
    History,
    /// Much of something, which takes more time than it should.
    Growth,
    /// A request like this, whose answer tells what it should not.
    Leak,
}

impl HardKind {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::TwoFactors, Self::ThreeFactors, Self::History, Self::Growth, Self::Leak];

    /// Its name in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::TwoFactors => "two factors",
            Self::ThreeFactors => "three factors",
            Self::History => "history",
            Self::Growth => "growth",
            Self::Leak => "leak",
        }
    }
}

/// A server whose defect shows only where several things meet.
#[derive(Debug, Clone, Copy)]
pub struct HardMutant {
    /// The name on the command line, in kebab case. Never used again for something else.
    pub name: &'static str,
    /// What sort of things must meet.
    pub kind: HardKind,
    /// What must all hold of a request, beside what the defect itself asks for.
    pub factors: &'static [Factor],
    /// What then goes wrong.
    pub(super) fault: Fault,
    /// The requirement that it goes against.
    pub requirement: RequirementId,
}

/// A hard mutant, as it is written in a table.
pub(super) const fn hard(
    name: &'static str,
    kind: HardKind,
    factors: &'static [Factor],
    fault: Fault,
    requirement: RequirementId,
) -> HardMutant {
    HardMutant { name, kind, factors, fault, requirement }
}

impl HardMutant {
    /// What it does wrong, and where, in two sentences.
    pub fn about(&self) -> String {
        let mut out = self.fault.about().to_owned();
        if let [first, rest @ ..] = self.factors {
            out.push_str(&format!(" Only {}", first.words()));
            for factor in rest {
                out.push_str(&format!(" and {}", factor.words()));
            }
            out.push('.');
        }
        out
    }

    /// The case that is named for its defect, where it has that of another mutant.
    pub fn case(&self) -> Option<&'static str> {
        self.fault.case()
    }

    /// Whether one of the spellings of the plain request is enough to show it, and no fault is needed.
    pub fn shows_in_valid_requests(&self) -> bool {
        self.fault.shows_in_valid_requests()
    }
}
