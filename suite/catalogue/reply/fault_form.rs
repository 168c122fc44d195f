//! Faults in forms that some services write, and that a reader of answers must cope with.

use super::case::{Reading, ReplyCase, case, text};
use crate::message::{AnswerDraft, Edit, Place};
use crate::protocol::{FaultCode, RequirementId, names, req};

pub(super) fn cases() -> Vec<ReplyCase> {
    use Reading::{Either, Fault};
    let server = || Fault(FaultCode::Server);
    let typed = |place, name: &str| {
        let declared = format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\"", names::XSI, names::XSD);
        vec![Edit::Attributes(place, format!("{declared} xsi:type=\"xsd:{name}\""))]
    };
    let rows: Vec<(&str, &str, RequirementId, Reading, Vec<Edit>)> = vec![
        (
            "code-typed",
            "The code says by xsi:type that it is a QName.",
            req::FAULT_UNDER_ANY_STATUS,
            server(),
            typed(Place::FaultCode, "QName"),
        ),
        (
            "string-typed",
            "The faultstring says by xsi:type that it is a string.",
            req::FAULT_UNDER_ANY_STATUS,
            server(),
            typed(Place::FaultString, "string"),
        ),
        (
            "encoding-style",
            "Fault has an empty encodingStyle.",
            req::FAULT_UNDER_ANY_STATUS,
            server(),
            vec![Edit::Attributes(Place::Fault, text(" soap:encodingStyle=\"\""))],
        ),
        (
            "detail-first",
            "The detail stands before the code.",
            req::FAULT_UNDER_ANY_STATUS,
            server(),
            vec![Edit::First(Place::Fault, text("<detail/>"))],
        ),
        (
            "detail-of-text",
            "The detail holds text.",
            req::ANY_DETAIL_ACCEPTED,
            server(),
            vec![Edit::Last(Place::Fault, text("<detail>text</detail>"))],
        ),
        (
            "detail-holds-code",
            "The detail holds a faultcode of its own.",
            req::ANY_DETAIL_ACCEPTED,
            server(),
            vec![Edit::Last(Place::Fault, text("<detail><faultcode>soap:Client</faultcode></detail>"))],
        ),
        (
            "code-in-small-letters",
            "The code is written in small letters, which is none of those of SOAP.",
            req::UNKNOWN_FAULT_REPORTED,
            Fault(FaultCode::Other(text("server"))),
            vec![Edit::Content(Place::FaultCode, text("soap:server"))],
        ),
        (
            "text-beside-code",
            "Fault holds text beside its children.",
            req::FAULT_UNDER_ANY_STATUS,
            Either,
            vec![Edit::First(Place::Fault, text("Error: "))],
        ),
    ];
    rows.into_iter()
        .map(|(name, about, requirement, reading, edits)| {
            let id = format!("reply-fault/{name}");
            case(id, about, requirement, AnswerDraft::Soap("Server"), reading, edits)
        })
        .collect()
}
