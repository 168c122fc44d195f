//! Values that stand elsewhere and are pointed to by `href`, as SOAP encoding has it (SOAP 5.4.1). The
//! messages of this protocol are literal: nothing is to be looked up, and what is empty is empty.

use super::Case;
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req};

/// What is pointed to.
const TARGET: &str = r#"<x:id xmlns:x="urn:umspec:note" id="a">{id}</x:id>"#;

/// What points to it.
const POINTER: &str = r##"<CallId href="#a"/>"##;

pub(super) fn cases() -> Vec<Case> {
    let case = |name: &str, about: &'static str, class, requirements: &[RequirementId], edits| {
        Case::request(format!("multi-reference/{name}"), about, class, requirements, edits)
    };
    let pointer = || Edit::Replace(Place::CallId, POINTER.to_owned());
    vec![
        case(
            "call-id-in-header",
            "CallId is empty and points to the id in a header entry.",
            InputClass::UndeclaredAttribute,
            &[req::EMPTY_CALL_ID, req::NO_ATTRIBUTES],
            vec![Edit::Header(TARGET.to_owned()), pointer()],
        )
        // The attribute may be passed over, a missing value may not.
        .nuance(Nuance::EmptyAsWell),
        case(
            "call-id-in-body",
            "CallId is empty and points to the id in a second child of Body.",
            InputClass::BodyShape,
            &[req::ONE_BODY_CHILD, req::EMPTY_CALL_ID],
            vec![Edit::After(Place::Operation, TARGET.to_owned()), pointer()],
        ),
        case(
            "call-id-beside",
            "CallId is empty and points to the id in an unknown element beside it.",
            InputClass::ExtraSibling,
            &[req::EMPTY_CALL_ID, req::EXTRA_SIBLING],
            vec![Edit::Replace(Place::CallId, format!("{POINTER}{TARGET}"))],
        )
        .nuance(Nuance::EmptyAsWell),
        case(
            "disconnect-in-body",
            "Disconnect is empty and points to another one, which follows it in Body.",
            InputClass::BodyShape,
            &[req::ONE_BODY_CHILD],
            vec![
                Edit::Before(
                    Place::Operation,
                    format!(r##"<Disconnect xmlns="{}" href="#a"/>"##, names::MESSAGES),
                ),
                Edit::Attributes(Place::Operation, r#" id="a""#.to_owned()),
            ],
        ),
    ]
}
