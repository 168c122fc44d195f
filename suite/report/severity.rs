use crate::protocol::{RequirementId, req};

/// The base score of CVSS 3.1 for AV:N/AC:L/PR:N/UI:N/S:U with one of C, I and A high and the others none: an
/// unauthenticated request brings a server down, or reads a file.
const HIGH: &str = "7.5";

/// The same with one of them low: something leaks, or is kept busy for a while.
const LOW: &str = "5.3";

/// How grave it is for security that a requirement is not kept, as the base score of CVSS 3.1 that code scanning
/// sorts by. Only of what is about robustness and about what leaks: of everything else it says nothing of security
/// whether it is kept.
pub(super) fn security_severity(id: RequirementId) -> Option<&'static str> {
    match id {
        req::ALIVE_AFTERWARDS
        | req::CLIENT_COMES_TO_AN_END
        | req::CLIENT_FETCHES_NOTHING
        | req::DEPTH_BOUNDED
        | req::ENTITY_EXPANSION_BOUNDED
        | req::NO_EXTERNAL_ENTITIES
        | req::SIZE_BOUNDED => Some(HIGH),
        req::CALL_ID_IS_DATA
        | req::CLIENT_LIMITS
        | req::CREDENTIALS_ON_REDIRECT
        | req::IDS_NOT_PROBED_UNAUTHENTICATED
        | req::NAMES_BOUNDED
        | req::NO_INTERNALS_IN_FAULT
        | req::SLOW_REQUEST
        | req::WRAPPED_DISCONNECT => Some(LOW),
        _ => None,
    }
}
