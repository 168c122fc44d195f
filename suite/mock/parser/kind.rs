//! The kinds of mutants that look at a message first: by what they do with one that meets their bug.

use super::mutant::{End, Flaw, ParserMutant};
use super::view::MessageView;
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{RequirementId, req};

const fn ends(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    meets: fn(&MessageView<'_>) -> bool,
    end: End,
) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw: Flaw::Meets(meets, end) }
}

/// One that breaks off on certain requests.
pub(super) const fn crashes(
    name: &'static str,
    about: &'static str,
    case: &'static str,
    meets: fn(&MessageView<'_>) -> bool,
) -> ParserMutant {
    ends(name, about, by(case, req::ALIVE_AFTERWARDS), meets, End::Crashes)
}

/// One that breaks off on certain answers.
pub(super) const fn crashes_on_answers(
    name: &'static str,
    about: &'static str,
    case: &'static str,
    meets: fn(&MessageView<'_>) -> bool,
) -> ParserMutant {
    ends(name, about, by(case, req::CLIENT_COMES_TO_AN_END), meets, End::Crashes)
}

/// One that never says anything to certain requests.
pub(super) const fn hangs(
    name: &'static str,
    about: &'static str,
    case: &'static str,
    meets: fn(&MessageView<'_>) -> bool,
) -> ParserMutant {
    ends(name, about, by(case, req::ALIVE_AFTERWARDS), meets, End::Hangs)
}

/// One that refuses certain messages that it should take.
pub(super) const fn refuses(
    name: &'static str,
    about: &'static str,
    (case, requirement): (&'static str, RequirementId),
    meets: fn(&MessageView<'_>) -> bool,
) -> ParserMutant {
    ends(name, about, by(case, requirement), meets, End::Refuses)
}

/// One that takes certain messages that it should refuse.
pub(super) const fn takes(
    name: &'static str,
    about: &'static str,
    (case, requirement): (&'static str, RequirementId),
    meets: fn(&MessageView<'_>) -> bool,
) -> ParserMutant {
    ends(name, about, by(case, requirement), meets, End::Takes)
}

/// One that gives another text for certain CallIds.
pub(super) const fn gives(
    name: &'static str,
    about: &'static str,
    (case, requirement): (&'static str, RequirementId),
    change: fn(&str) -> String,
) -> ParserMutant {
    ParserMutant { name, about, killed_by: by(case, requirement), flaw: Flaw::Id(change) }
}
