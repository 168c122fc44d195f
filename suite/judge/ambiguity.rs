//! Which ambiguity of the documents a finding lies on.

use super::Finding;
use crate::catalogue::Case;
use crate::protocol::{
    AMBIGUITIES, Ambiguity, AmbiguityId, InputClass, Nuance, RequirementId, ambiguity, names,
};

/// The ambiguity that a finding lies on, if it lies on one; `case` is the one that has it.
pub fn ambiguity_of(case: Option<&Case>, finding: &Finding) -> Option<&'static Ambiguity> {
    let number = match finding.check.as_str() {
        "invalid-id/code-namespace" | "malformed/code-namespace"
            if [names::ERRORS, names::MESSAGES, names::TYPES].contains(&finding.observed.as_str()) =>
        {
            1
        }
        "invalid-id/detail" if is(finding, 131) => 2,
        "invalid-id/detail" => 20,
        "invalid-id/detail-namespace" if finding.observed == "no namespace" => 3,
        "invalid-id/text" | "malformed/text" | "malformed/message" => 4,
        "malformed/detail-namespace" if finding.observed.contains(names::MESSAGES) => 7,
        "fault/code-name" => 18,
        "answer/version" if case?.class == InputClass::EnvelopeNamespace => 26,
        "effect" if is(finding, 153) => 24,
        "outcome" => of_outcome(case?, finding)?,
        _ => return None,
    };
    ambiguity(AmbiguityId(number))
}

fn of_outcome(case: &Case, finding: &Finding) -> Option<u8> {
    use InputClass as C;
    let success = finding.observed.contains("DisconnectResponse");
    if is(finding, 143) {
        return Some(8);
    }
    Some(match case.class {
        C::NotWellFormed if finding.observed.starts_with("400 ") => 6,
        C::NotWellFormed if is(finding, 135) => 14,
        C::MissingCallId if is(finding, 71) => 23,
        C::MissingCallId if is(finding, 80) => 5,
        C::OperationName | C::CallIdNamespace if case.nuance == Some(Nuance::HttpsSpelling) && success => 15,
        C::OperationName if is(finding, 67) && case.id.ends_with("message-singular") => 17,
        C::ExtraSibling | C::UndeclaredAttribute if success => 13,
        C::EnvelopeNamespace if finding.observed.contains("SOAP 1.2") => 26,
        C::EnvelopeNamespace if case.id.ends_with("https") => 16,
        C::EnvelopeNoNamespace => 21,
        C::EncodingsDisagree => 22,
        C::LongCallId | C::OversizedCallId if [88, 89, 90].iter().any(|&row| is(finding, row)) => 12,
        C::Unissued if success => 25,
        C::Valid if is(finding, 20) => 27,
        C::Valid if is(finding, 96) => 9,
        C::Valid if case.requirements.contains(&RequirementId(152)) => 24,
        _ if is(finding, 125) => 20,
        _ => return None,
    })
}

fn is(finding: &Finding, number: u16) -> bool {
    finding.requirement == RequirementId(number).to_string()
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
    use crate::judge::Verdict;

    fn number(case: Option<&str>, check: &str, row: u16, observed: &str) -> Option<u8> {
        let finding = Finding::new(check, RequirementId(row), Verdict::Warn, "x", observed);
        let case = case.map(|id| catalogue::case(id).expect("a case"));
        ambiguity_of(case, &finding).map(|known| known.id.0)
    }

    #[test]
    fn only_what_the_documents_leave_open_is_told_so() {
        // Answers whatever the case.
        assert_eq!(number(None, "invalid-id/code-namespace", 126, names::TYPES), Some(1));
        assert_eq!(number(None, "invalid-id/code-namespace", 126, "urn:other"), None);
        assert_eq!(number(None, "invalid-id/detail-namespace", 130, "no namespace"), Some(3));
        assert_eq!(number(None, "invalid-id/detail-namespace", 130, names::ERRORS), None);
        assert_eq!(number(None, "malformed/detail-namespace", 140, names::MESSAGES), Some(7));
        assert_eq!(number(None, "malformed/detail-namespace", 140, names::TYPES), None);
        assert_eq!(number(None, "invalid-id/detail", 131, "x"), Some(2));
        assert_eq!(number(None, "invalid-id/detail", 129, "x"), Some(20));
        for check in ["invalid-id/text", "malformed/text", "malformed/message"] {
            assert_eq!(number(None, check, 128, "x"), Some(4), "{check}");
        }
        assert_eq!(number(None, "fault/code-name", 112, "x"), Some(18));
        assert_eq!(number(None, "effect", 153, "x"), Some(24));
        assert_eq!(number(None, "effect", 149, "x"), None);
        assert_eq!(number(None, "outcome", 148, "x"), None);
        assert_eq!(number(None, "fault/status", 15, "400"), None);
        // Outcomes by their class.
        let success = "200 DisconnectResponse";
        assert_eq!(number(Some("namespace/disconnect-https"), "outcome", 66, success), Some(15));
        assert_eq!(number(Some("namespace/disconnect-types"), "outcome", 67, success), None);
        assert_eq!(number(Some("namespace/disconnect-message-singular"), "outcome", 67, success), Some(17));
        assert_eq!(
            number(Some("xml/call-id-unclosed"), "outcome", 34, "400 without a SOAP message"),
            Some(6)
        );
        assert_eq!(number(Some("xml/call-id-unclosed"), "outcome", 34, success), None);
        assert_eq!(number(Some("call-id/unissued-fresh-guid"), "outcome", 84, success), Some(25));
        assert_eq!(number(Some("call-id/garbage-word"), "outcome", 83, success), None);
        assert_eq!(number(Some("request-body/reason-after"), "outcome", 76, success), Some(13));
        assert_eq!(number(Some("request-body/reason-after"), "outcome", 134, "500 …"), None);
        assert_eq!(number(Some("envelope/soap12"), "answer/version", 47, "x"), Some(26));
        let in_soap12 = "200: success in a SOAP 1.2 envelope";
        assert_eq!(number(Some("envelope/soap12"), "outcome", 45, in_soap12), Some(26));
        assert_eq!(number(Some("http/put"), "answer/version", 47, "x"), None);
        assert_eq!(number(Some("envelope/namespace-messages"), "outcome", 45, success), None);
        assert_eq!(number(Some("envelope/namespace-https"), "outcome", 45, success), Some(16));
    }

    #[test]
    fn a_class_alone_makes_no_ambiguity() {
        let page = "500 without a SOAP message (text/html)";
        // (case, row, observed, ambiguity)
        for (case, row, observed, told) in [
            ("request-body/call-id-named-upper-case", 71, page, Some(23)),
            ("request-body/call-id-named-upper-case", 80, page, Some(5)),
            ("request-body/call-id-named-upper-case", 134, page, None),
            ("call-id-size/ascii-512-characters", 88, page, Some(12)),
            ("call-id-size/ascii-512-characters", 89, page, Some(12)),
            ("call-id-size/ascii-513-characters", 90, page, Some(12)),
            ("call-id-size/ascii-512-characters", 186, page, None),
            ("call-id/unissued-fresh-guid", 84, page, None),
            ("http/chunked-whole", 20, page, Some(27)),
            ("http/chunked-whole", 19, page, None),
            ("http/chunked-whole", 125, page, Some(20)),
            ("lifecycle/greeting-call", 96, page, Some(9)),
            ("envelope/namespace-none", 46, page, Some(21)),
            ("encoding/charset-us-ascii", 28, page, Some(22)),
            ("namespace/disconnect-types", 143, page, Some(8)),
            ("namespace/disconnect-types", 135, page, None),
            ("xml/call-id-unclosed", 135, page, Some(14)),
        ] {
            assert_eq!(number(Some(case), "outcome", row, observed), told, "{case} {row}");
        }
        let of_152 = catalogue::cases()
            .iter()
            .find(|case| case.class == InputClass::Valid && case.requirements.contains(&RequirementId(152)));
        let of_152 = of_152.map(|case| number(Some(&case.id), "outcome", 152, page));
        assert_eq!(of_152, Some(Some(24)));
    }

    #[test]
    fn a_case_touches_the_ambiguities_of_its_requirements() {
        let touched = |rows: &[u16]| {
            let rows: Vec<RequirementId> = rows.iter().copied().map(RequirementId).collect();
            ambiguities_of(&rows).map(|known| known.id.0).collect::<Vec<_>>()
        };
        assert_eq!(touched(&[]), [0; 0]);
        assert!(touched(&[143]).contains(&8) && !touched(&[143]).contains(&15));
    }
}
