//! Which ambiguity of the documents an outcome lies on.

use crate::catalogue::{Case, Part};
use crate::protocol::{
    AMBIGUITIES, Ambiguity, AmbiguityId, FaultCode, InputClass, Nuance, Outcome, RequirementId, req,
};

/// The ambiguity that an outcome of a case lies on which goes against a requirement, if it lies on one.
pub(super) fn ambiguity_of_outcome(
    case: &Case,
    requirement: RequirementId,
    outcome: &Outcome,
    status: Option<u16>,
) -> Option<AmbiguityId> {
    use InputClass as C;
    let is = |row| requirement == row;
    let success = matches!(outcome, Outcome::Ok | Outcome::WrongSuccess(_));
    let client = *outcome == Outcome::Fault(FaultCode::Client);
    if let Some(open) = case.ambiguity.filter(|open| OF_CASE.contains(open)) {
        return Some(open);
    }
    Some(match case.class {
        C::NotWellFormed if status == Some(400) || client => AmbiguityId::ILL_FORMED_BODY,
        _ if client && is(req::INVALID_REQUEST_CODE) => AmbiguityId::MALFORMED_CODE,
        C::NotWellFormed if success && case.nuance == Some(Nuance::IgnorableName) => {
            AmbiguityId::NAMESPACE_ERRORS
        }
        C::NotWellFormed if success && case.nuance == Some(Nuance::XmlVersion) => AmbiguityId::XML_EDITION,
        C::Dtd if success => AmbiguityId::RECEIVED_DTD,
        C::NotWellFormed if is(req::INVALID_REQUEST_CODE) => AmbiguityId::MEANING_OF_MALFORMED,
        C::MissingCallId if is(req::ELEMENT_NAME_CASE) => AmbiguityId::ELEMENT_CASE,
        C::MissingCallId if is(req::MISSING_CALL_ID) => AmbiguityId::MISSING_CALL_ID,
        C::OperationName | C::CallIdNamespace if case.nuance == Some(Nuance::HttpsSpelling) && success => {
            AmbiguityId::HTTPS_MESSAGES
        }
        C::OperationName
            if is(req::NEAR_MISS_NAMESPACE) && case.ambiguity == Some(AmbiguityId::MESSAGE_SINGULAR) =>
        {
            AmbiguityId::MESSAGE_SINGULAR
        }
        C::ExtraSibling | C::UndeclaredAttribute if success => AmbiguityId::SCHEMA_FOR_REQUESTS,
        C::EnvelopeNamespace if matches!(outcome, Outcome::Soap12Fault | Outcome::Soap12Ok) => {
            AmbiguityId::SOAP12_REQUEST
        }
        C::EnvelopeNamespace if case.ambiguity == Some(AmbiguityId::HTTPS_ENVELOPE) => {
            AmbiguityId::HTTPS_ENVELOPE
        }
        C::EnvelopeNoNamespace => AmbiguityId::ENVELOPE_WITHOUT_NAMESPACE,
        C::EncodingsDisagree if case.part != Part::Http => AmbiguityId::ENCODING_LABELS,
        C::LongCallId | C::OversizedCallId
            if is(req::CALL_ID_TOO_LONG) || is(req::LONG_CALL_ID_ALLOWED) || is(req::CALL_ID_LENGTH_UNIT) =>
        {
            AmbiguityId::CALL_ID_LENGTH
        }
        C::Unissued if success => AmbiguityId::UNISSUED_CALL_ID,
        C::Valid if is(req::CHUNKED_REQUEST) => AmbiguityId::CHUNKED_REQUEST,
        C::Valid if is(req::ID_FROM_PLAY_ON_PHONE_GREETING) => AmbiguityId::ISSUING_OPERATIONS,
        C::Valid if case.ambiguity == Some(AmbiguityId::ENDED_CALL) => AmbiguityId::ENDED_CALL,
        _ if is(req::INVALID_ID_CODE) => AmbiguityId::INVALID_ID_SHAPE,
        _ => return None,
    })
}

/// The ambiguity that taking a message lies on, for whoever reads it: what is wrong with the message goes
/// against a requirement, and a nuance may say what kind of wrong it is.
pub(super) fn ambiguity_of_reading(row: RequirementId, nuance: Option<Nuance>) -> Option<AmbiguityId> {
    if nuance == Some(Nuance::IgnorableName) {
        return Some(AmbiguityId::NAMESPACE_ERRORS);
    }
    [req::NO_DTD, req::DTD_IN_ANSWER].contains(&row).then_some(AmbiguityId::RECEIVED_DTD)
}

/// The ambiguities that a case lies on whatever comes of it.
const OF_CASE: [AmbiguityId; 2] = [AmbiguityId::EMPTY_ACTOR, AmbiguityId::XML_EDITION];

/// The ambiguities that touch a case: by its requirements.
pub fn ambiguities_of(requirements: &[RequirementId]) -> impl Iterator<Item = &'static Ambiguity> {
    AMBIGUITIES.iter().filter(move |known| known.requirements.iter().any(|row| requirements.contains(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    const PAGE: Outcome = Outcome::Http(500);

    fn number(case: &str, row: RequirementId, outcome: &Outcome, status: u16) -> Option<AmbiguityId> {
        let case = catalogue::case(case).expect("a case");
        ambiguity_of_outcome(case, row, outcome, Some(status))
    }

    #[test]
    fn only_what_the_documents_leave_open_is_told_so() {
        for (case, row, outcome, status, told) in [
            (
                "namespace/disconnect-https",
                req::HTTPS_NAMESPACE,
                Outcome::Ok,
                200,
                Some(AmbiguityId::HTTPS_MESSAGES),
            ),
            ("namespace/disconnect-types", req::NEAR_MISS_NAMESPACE, Outcome::Ok, 200, None),
            (
                "namespace/disconnect-message-singular",
                req::NEAR_MISS_NAMESPACE,
                Outcome::Ok,
                200,
                Some(AmbiguityId::MESSAGE_SINGULAR),
            ),
            (
                "xml/call-id-unclosed",
                req::WELL_FORMED,
                Outcome::Http(400),
                400,
                Some(AmbiguityId::ILL_FORMED_BODY),
            ),
            ("xml/call-id-unclosed", req::WELL_FORMED, Outcome::Ok, 200, None),
            (
                "call-id/unissued-fresh-guid",
                req::UNISSUED_CALL_ID,
                Outcome::Ok,
                200,
                Some(AmbiguityId::UNISSUED_CALL_ID),
            ),
            ("call-id/garbage-word", req::INCORRECT_CALL_ID, Outcome::Ok, 200, None),
            (
                "request-body/reason-after",
                req::EXTRA_SIBLING,
                Outcome::Ok,
                200,
                Some(AmbiguityId::SCHEMA_FOR_REQUESTS),
            ),
            ("request-body/reason-after", req::MALFORMED_REQUEST_FAULT, PAGE, 500, None),
            (
                "envelope/soap12",
                req::VERSION_MISMATCH,
                Outcome::Soap12Ok,
                200,
                Some(AmbiguityId::SOAP12_REQUEST),
            ),
            ("envelope/namespace-messages", req::VERSION_MISMATCH, Outcome::Ok, 200, None),
            (
                "envelope/namespace-https",
                req::VERSION_MISMATCH,
                Outcome::Ok,
                200,
                Some(AmbiguityId::HTTPS_ENVELOPE),
            ),
        ] {
            assert_eq!(number(case, row, &outcome, status), told, "{case} {row}");
        }
    }

    #[test]
    fn a_class_alone_makes_no_ambiguity() {
        for (case, row, told) in [
            (
                "request-body/call-id-named-upper-case",
                req::ELEMENT_NAME_CASE,
                Some(AmbiguityId::ELEMENT_CASE),
            ),
            (
                "request-body/call-id-named-upper-case",
                req::MISSING_CALL_ID,
                Some(AmbiguityId::MISSING_CALL_ID),
            ),
            ("request-body/call-id-named-upper-case", req::MALFORMED_REQUEST_FAULT, None),
            ("call-id-size/ascii-512-characters", req::CALL_ID_TOO_LONG, Some(AmbiguityId::CALL_ID_LENGTH)),
            (
                "call-id-size/ascii-512-characters",
                req::LONG_CALL_ID_ALLOWED,
                Some(AmbiguityId::CALL_ID_LENGTH),
            ),
            (
                "call-id-size/ascii-513-characters",
                req::CALL_ID_LENGTH_UNIT,
                Some(AmbiguityId::CALL_ID_LENGTH),
            ),
            ("call-id-size/ascii-512-characters", req::ALIVE_AFTERWARDS, None),
            ("call-id/unissued-fresh-guid", req::UNISSUED_CALL_ID, None),
            ("http/chunked-whole", req::CHUNKED_REQUEST, Some(AmbiguityId::CHUNKED_REQUEST)),
            ("http/chunked-whole", req::UNAMBIGUOUS_FRAMING, None),
            ("http/chunked-whole", req::INVALID_ID_CODE, Some(AmbiguityId::INVALID_ID_SHAPE)),
            (
                "lifecycle/greeting-call",
                req::ID_FROM_PLAY_ON_PHONE_GREETING,
                Some(AmbiguityId::ISSUING_OPERATIONS),
            ),
            (
                "envelope/namespace-none",
                req::ENVELOPE_WITHOUT_NAMESPACE,
                Some(AmbiguityId::ENVELOPE_WITHOUT_NAMESPACE),
            ),
            ("encoding/charset-us-ascii", req::UTF8_OR_UTF16, Some(AmbiguityId::ENCODING_LABELS)),
            ("namespace/disconnect-types", req::INVALID_REQUEST_CODE, None),
            ("xml/call-id-unclosed", req::INVALID_REQUEST_CODE, Some(AmbiguityId::MEANING_OF_MALFORMED)),
        ] {
            assert_eq!(number(case, row, &PAGE, 500), told, "{case} {row}");
        }
        let of_second = catalogue::cases().iter().find(|case| {
            case.class == InputClass::Valid && case.requirements.contains(&req::SECOND_DISCONNECT)
        });
        let of_second = of_second.map(|case| number(&case.id, req::SECOND_DISCONNECT, &PAGE, 500));
        assert_eq!(of_second, Some(Some(AmbiguityId::ENDED_CALL)));
    }

    #[test]
    fn a_case_touches_the_ambiguities_of_its_requirements() {
        let touched = |rows: &[RequirementId]| ambiguities_of(rows).map(|known| known.id).collect::<Vec<_>>();
        assert!(touched(&[]).is_empty());
        let touched = touched(&[req::CLIENT_FAULT_FOR_MALFORMED]);
        assert!(
            touched.contains(&AmbiguityId::MALFORMED_CODE) && !touched.contains(&AmbiguityId::HTTPS_MESSAGES)
        );
    }
}
