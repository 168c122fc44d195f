use crate::protocol::RequirementId;

/// What a mutant must be caught by. Other cases may fail it as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KilledBy {
    /// Id of the case that must fail.
    pub case: &'static str,
    /// The requirement that its failure must cite.
    pub requirement: RequirementId,
}

/// The case of this id, for this requirement.
pub(super) const fn by(case: &'static str, requirement: RequirementId) -> KilledBy {
    KilledBy { case, requirement }
}
