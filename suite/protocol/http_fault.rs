//! What may come of a request that is at fault as HTTP, whatever its body (UMD-R016, UMD-R019, UMD-R188
//! to UMD-R190). No row of the decision table is about these.

use super::Outcome;
use super::allowance::{Allowance, Tolerance};

/// How a request is at fault as HTTP. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HttpFault {
    /// One that RFC 9112 has answered with 400.
    BadRequest,
    /// One whose framing is none: there is no reading of it.
    Broken,
    /// A transfer coding that nobody knows, for which 501 is as good as 400.
    Coding,
    /// A line that the grammar does not allow, and that many take all the same.
    Loose,
    /// Another version than those of HTTP/1, for which 505 is as good as 400. No document forbids to take it.
    Version,
    /// No version of HTTP at all: a line that the grammar does not allow, for which 505 is as good as 400.
    VersionName,
}

impl HttpFault {
    pub(super) fn decide(self, outcome: &Outcome) -> Allowance {
        let unknown = *outcome == Outcome::Http(501);
        let refused = outcome.is_refusal() || unknown;
        match self {
            Self::Version | Self::VersionName if *outcome == Outcome::Http(505) => Allowance::Expected,
            Self::Version if outcome.claims_success() => Allowance::Expected,
            // A refusal with the wrong status is no graver than taking it.
            Self::Loose | Self::Version | Self::VersionName
                if outcome.claims_success() || matches!(outcome, Outcome::Http(500..=599)) && !refused =>
            {
                Allowance::Tolerated(Tolerance::Warn)
            }
            _ if outcome.claims_success() => Allowance::Forbidden,
            Self::Broken | Self::Loose | Self::Version | Self::VersionName if refused => Allowance::Expected,
            Self::BadRequest | Self::Coding if *outcome == Outcome::Http(400) => Allowance::Expected,
            Self::Coding if unknown => Allowance::Expected,
            _ if refused || matches!(outcome, Outcome::Http(505)) => Allowance::Tolerated(Tolerance::Warn),
            _ => Allowance::Breach,
        }
    }

    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::BadRequest => "400",
            Self::Broken | Self::Loose => "any refusal (fault, 4xx, 501 or orderly close)",
            Self::Coding => "400, or 501",
            Self::Version => "505, any refusal (fault, 4xx, 501 or orderly close), or success",
            Self::VersionName => "505, or any refusal (fault, 4xx, 501 or orderly close)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FaultCode;

    #[test]
    fn each_kind_of_fault_has_its_outcomes() {
        use Allowance::{Breach, Expected, Forbidden, Tolerated};
        let warned = Tolerated(Tolerance::Warn);
        let kinds = [HttpFault::BadRequest, HttpFault::Broken, HttpFault::Coding, HttpFault::Loose];
        for (outcome, expected) in [
            (Outcome::Http(400), [Expected; 4]),
            (Outcome::Http(411), [warned, Expected, warned, Expected]),
            (Outcome::Http(501), [warned, Expected, Expected, Expected]),
            (Outcome::Closed, [warned, Expected, warned, Expected]),
            (Outcome::Fault(FaultCode::Client), [warned, Expected, warned, Expected]),
            (Outcome::Ok, [Forbidden, Forbidden, Forbidden, warned]),
            (Outcome::WrongSuccess(204), [Forbidden, Forbidden, Forbidden, warned]),
            (Outcome::Http(500), [Breach, Breach, Breach, warned]),
            (Outcome::Http(302), [Breach; 4]),
        ] {
            assert_eq!(kinds.map(|kind| kind.decide(&outcome)), expected, "{outcome:?}");
        }
    }

    #[test]
    fn a_version_that_is_not_known_is_told_by_its_status() {
        let warned = Allowance::Tolerated(Tolerance::Warn);
        for (fault, taken) in [(HttpFault::Version, Allowance::Expected), (HttpFault::VersionName, warned)] {
            let takes = |outcome| fault.decide(&outcome);
            for status in [400, 501, 505] {
                assert_eq!(takes(Outcome::Http(status)), Allowance::Expected, "{status}");
            }
            assert_eq!(takes(Outcome::Ok), taken);
            assert_eq!(takes(Outcome::Http(500)), warned);
            assert_eq!(takes(Outcome::Http(302)), Allowance::Breach);
        }
    }
}
