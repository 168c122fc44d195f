//! Which ambiguity of the documents an outcome lies on.

use crate::catalogue::Case;
use crate::protocol::{AMBIGUITIES, Ambiguity, AmbiguityId, InputClass, Nuance, Outcome, RequirementId, req};

/// The ambiguity that an outcome of a case lies on which goes against a requirement, if it lies on one.
pub(super) fn ambiguity_of_outcome(
    case: &Case,
    requirement: RequirementId,
    outcome: &Outcome,
    status: Option<u16>,
) -> Option<AmbiguityId> {
    use InputClass as C;
    let is = |row| requirement == row;
    let success = matches!(outcome, Outcome::Ok | Outcome::Vague(_));
    if is(req::CLIENT_FAULT_FOR_MALFORMED) {
        return Some(AmbiguityId(8));
    }
    Some(AmbiguityId(match case.class {
        C::NotWellFormed if status == Some(400) => 6,
        C::NotWellFormed if is(req::INVALID_REQUEST_CODE) => 14,
        C::MissingCallId if is(req::ELEMENT_NAME_CASE) => 23,
        C::MissingCallId if is(req::MISSING_CALL_ID) => 5,
        C::OperationName | C::CallIdNamespace if case.nuance == Some(Nuance::HttpsSpelling) && success => 15,
        C::OperationName if is(req::NEAR_MISS_NAMESPACE) && case.id.ends_with("message-singular") => 17,
        C::ExtraSibling | C::UndeclaredAttribute if success => 13,
        C::EnvelopeNamespace if matches!(outcome, Outcome::Soap12Fault | Outcome::Soap12Ok) => 26,
        C::EnvelopeNamespace if case.id.ends_with("https") => 16,
        C::EnvelopeNoNamespace => 21,
        C::EncodingsDisagree => 22,
        C::LongCallId | C::OversizedCallId
            if is(req::CALL_ID_TOO_LONG) || is(req::LONG_CALL_ID_ALLOWED) || is(req::CALL_ID_LENGTH_UNIT) =>
        {
            12
        }
        C::Unissued if success => 25,
        C::Valid if is(req::CHUNKED_REQUEST) => 27,
        C::Valid if is(req::ID_FROM_PLAY_ON_PHONE_GREETING) => 9,
        C::Valid if case.requirements.contains(&req::SECOND_DISCONNECT) => 24,
        _ if is(req::INVALID_ID_CODE) => 20,
        _ => return None,
    }))
}

/// The ambiguities that touch a case: by its requirements.
pub fn ambiguities_of(requirements: &[RequirementId]) -> impl Iterator<Item = &'static Ambiguity> {
    AMBIGUITIES
        .iter()
        .filter(move |known| known.requirements.iter().any(|&row| requirements.contains(&RequirementId(row))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    const PAGE: Outcome = Outcome::Http(500);

    fn number(case: &str, row: RequirementId, outcome: &Outcome, status: u16) -> Option<u8> {
        let case = catalogue::case(case).expect("a case");
        ambiguity_of_outcome(case, row, outcome, Some(status)).map(|known| known.0)
    }

    #[test]
    fn only_what_the_documents_leave_open_is_told_so() {
        for (case, row, outcome, status, told) in [
            ("namespace/disconnect-https", req::HTTPS_NAMESPACE, Outcome::Ok, 200, Some(15)),
            ("namespace/disconnect-types", req::NEAR_MISS_NAMESPACE, Outcome::Ok, 200, None),
            ("namespace/disconnect-message-singular", req::NEAR_MISS_NAMESPACE, Outcome::Ok, 200, Some(17)),
            ("xml/call-id-unclosed", req::WELL_FORMED, Outcome::Http(400), 400, Some(6)),
            ("xml/call-id-unclosed", req::WELL_FORMED, Outcome::Ok, 200, None),
            ("call-id/unissued-fresh-guid", req::UNISSUED_CALL_ID, Outcome::Ok, 200, Some(25)),
            ("call-id/garbage-word", req::INCORRECT_CALL_ID, Outcome::Ok, 200, None),
            ("request-body/reason-after", req::EXTRA_SIBLING, Outcome::Ok, 200, Some(13)),
            ("request-body/reason-after", req::MALFORMED_REQUEST_FAULT, PAGE, 500, None),
            ("envelope/soap12", req::VERSION_MISMATCH, Outcome::Soap12Ok, 200, Some(26)),
            ("envelope/namespace-messages", req::VERSION_MISMATCH, Outcome::Ok, 200, None),
            ("envelope/namespace-https", req::VERSION_MISMATCH, Outcome::Ok, 200, Some(16)),
        ] {
            assert_eq!(number(case, row, &outcome, status), told, "{case} {row}");
        }
    }

    #[test]
    fn a_class_alone_makes_no_ambiguity() {
        for (case, row, told) in [
            ("request-body/call-id-named-upper-case", req::ELEMENT_NAME_CASE, Some(23)),
            ("request-body/call-id-named-upper-case", req::MISSING_CALL_ID, Some(5)),
            ("request-body/call-id-named-upper-case", req::MALFORMED_REQUEST_FAULT, None),
            ("call-id-size/ascii-512-characters", req::CALL_ID_TOO_LONG, Some(12)),
            ("call-id-size/ascii-512-characters", req::LONG_CALL_ID_ALLOWED, Some(12)),
            ("call-id-size/ascii-513-characters", req::CALL_ID_LENGTH_UNIT, Some(12)),
            ("call-id-size/ascii-512-characters", req::ALIVE_AFTERWARDS, None),
            ("call-id/unissued-fresh-guid", req::UNISSUED_CALL_ID, None),
            ("http/chunked-whole", req::CHUNKED_REQUEST, Some(27)),
            ("http/chunked-whole", req::UNAMBIGUOUS_FRAMING, None),
            ("http/chunked-whole", req::INVALID_ID_CODE, Some(20)),
            ("lifecycle/greeting-call", req::ID_FROM_PLAY_ON_PHONE_GREETING, Some(9)),
            ("envelope/namespace-none", req::ENVELOPE_WITHOUT_NAMESPACE, Some(21)),
            ("encoding/charset-us-ascii", req::UTF8_OR_UTF16, Some(22)),
            ("namespace/disconnect-types", req::CLIENT_FAULT_FOR_MALFORMED, Some(8)),
            ("namespace/disconnect-types", req::INVALID_REQUEST_CODE, None),
            ("xml/call-id-unclosed", req::INVALID_REQUEST_CODE, Some(14)),
        ] {
            assert_eq!(number(case, row, &PAGE, 500), told, "{case} {row}");
        }
        let of_second = catalogue::cases().iter().find(|case| {
            case.class == InputClass::Valid && case.requirements.contains(&req::SECOND_DISCONNECT)
        });
        let of_second = of_second.map(|case| number(&case.id, req::SECOND_DISCONNECT, &PAGE, 500));
        assert_eq!(of_second, Some(Some(24)));
    }

    #[test]
    fn a_case_touches_the_ambiguities_of_its_requirements() {
        let touched =
            |rows: &[RequirementId]| ambiguities_of(rows).map(|known| known.id.0).collect::<Vec<_>>();
        assert_eq!(touched(&[]), [0; 0]);
        let touched = touched(&[req::CLIENT_FAULT_FOR_MALFORMED]);
        assert!(touched.contains(&8) && !touched.contains(&15));
    }
}
