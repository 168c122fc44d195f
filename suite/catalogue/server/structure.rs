//! Requests of the wrong structure that readers take which look for what they know, and not where it stands.

use super::{Case, Part};
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, RequirementId, names, req};

pub(super) fn cases() -> Vec<Case> {
    [headers(), envelopes(), beside_call_id(), types()].concat()
}

fn case(
    id: &'static str,
    about: &'static str,
    class: InputClass,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    Case::request(id, about, class, requirements, edits)
}

/// Mandatory header entries that are overlooked, or taken for those of the service.
fn headers() -> Vec<Case> {
    let unknown =
        |attribute: &str| format!(r#"<h:unknown xmlns:h="urn:umspec:unknown"{attribute}>1</h:unknown>"#);
    let must = r#" soap:mustUnderstand="1""#;
    let of_messages = format!(r#"<m:unknown xmlns:m="{}"{must}>1</m:unknown>"#, names::MESSAGES);
    let of_types = format!(r#"<t:unknown xmlns:t="{}"{must}>1</t:unknown>"#, names::TYPES);
    [
        (
            "header/mandatory-after-hundred",
            "An unknown entry with mustUnderstand 1 follows a hundred optional ones.",
            unknown("").repeat(100) + &unknown(must),
        ),
        (
            "header/mandatory-in-messages-namespace",
            "An unknown entry in the messages namespace has mustUnderstand 1.",
            of_messages,
        ),
        (
            "header/mandatory-in-types-namespace",
            "An unknown entry in the namespace of the types has mustUnderstand 1.",
            of_types,
        ),
        (
            "header/mandatory-named-disconnect",
            "An entry named Disconnect, in a namespace of ours, has mustUnderstand 1.",
            format!(r#"<h:Disconnect xmlns:h="urn:umspec:unknown"{must}>1</h:Disconnect>"#),
        ),
        (
            "header/mandatory-behind-other-attributes",
            "An unknown entry has three attributes before mustUnderstand 1.",
            unknown(&format!(r#" a="1" b="2" c="3"{must}"#)),
        ),
        (
            "header/mandatory-with-children",
            "An unknown entry with mustUnderstand 1 holds an element.",
            format!(r#"<h:unknown xmlns:h="urn:umspec:unknown"{must}><h:a>1</h:a></h:unknown>"#),
        ),
    ]
    .into_iter()
    .map(|(id, about, content)| {
        let edits = vec![Edit::Header(content)];
        case(id, about, InputClass::MandatoryHeader, &[req::MUST_UNDERSTAND], edits).part(Part::Envelope)
    })
    .collect()
}

/// An envelope within something else, and another operation before Disconnect.
fn envelopes() -> Vec<Case> {
    let other = format!(r#"<GetCallInfo xmlns="{}"><CallId>{{id}}</CallId></GetCallInfo>"#, names::MESSAGES);
    vec![
        case(
            "envelope/root-around-envelope",
            "Envelope stands in another root element.",
            InputClass::BodyShape,
            &[req::ENVELOPE_ROOT],
            vec![Edit::Prolog("<x>".to_owned()), Edit::Epilog("</x>".to_owned())],
        )
        .part(Part::Envelope),
        case(
            "envelope/operation-then-disconnect",
            "GetCallInfo stands before Disconnect in Body.",
            InputClass::BodyShape,
            &[req::ONE_BODY_CHILD, req::DISCONNECT_ELEMENT],
            vec![Edit::Before(Place::Operation, other)],
        )
        .part(Part::Envelope),
    ]
}

/// Text beside CallId that is not seen as such.
fn beside_call_id() -> Vec<Case> {
    [
        (
            "request-body/section-before-call-id",
            "A CDATA section with text stands before CallId in Disconnect.",
            Edit::Before(Place::CallId, "<![CDATA[text]]>".to_owned()),
        ),
        (
            "request-body/mark-before-call-id",
            "U+FEFF stands before CallId in Disconnect.",
            Edit::Before(Place::CallId, "\u{FEFF}".to_owned()),
        ),
        (
            "request-body/closing-bracket-after-call-id",
            "The end tag of CallId has two closing angle brackets, of which the second is text.",
            Edit::After(Place::CallId, ">".to_owned()),
        ),
    ]
    .map(|(id, about, edit)| {
        case(id, about, InputClass::ExtraSibling, &[req::NO_TEXT_BETWEEN_ELEMENTS], vec![edit])
    })
    .to_vec()
}

/// Types that do not derive from `xs:string` and look as if they did.
fn types() -> Vec<Case> {
    [
        (
            "request-body/type-any-uri",
            "CallId has xsi:type with xs:anyURI, which does not derive from xs:string.",
            names::XSD,
            "anyURI",
        ),
        (
            "request-body/type-string-of-other-namespace",
            "CallId has xsi:type with xs:string, where xs is bound to a namespace of ours.",
            "urn:umspec:types",
            "string",
        ),
    ]
    .map(|(id, about, namespace, local)| {
        let attributes =
            format!(r#" xmlns:xsi="{}" xmlns:xs="{namespace}" xsi:type="xs:{local}""#, names::XSI);
        case(
            id,
            about,
            InputClass::UndeclaredAttribute,
            &[req::MALFORMED_REQUEST_FAULT, req::NO_ATTRIBUTES],
            vec![Edit::Attributes(Place::CallId, attributes)],
        )
    })
    .to_vec()
}
