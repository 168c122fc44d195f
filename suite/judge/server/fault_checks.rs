//! Checks of the faults in answers: their shape, and the two documented ones.

use super::check::{Check, Found, Grade, check};
use super::leak::leaks_of;
use crate::evidence::{HttpAnswer, Observation};
use crate::judge::CheckId;
use crate::message::{CodeName, Fault, FaultChild};
use crate::protocol::{AmbiguityId, FaultCode, names, req};

pub(super) static FAULT_CHECKS: &[Check] = &[
    check(CheckId::FaultActor, &[req::FAULT_ACTOR_OPTIONAL], actor),
    check(CheckId::FaultChildren, &[req::FAULT_CHILDREN], children),
    check(CheckId::FaultCodeForm, &[req::FAULT_CODE_QNAME], code_form),
    check(CheckId::FaultCodeKnown, &[req::STANDARD_FAULT_CODE], code_known),
    check(CheckId::FaultCodeName, &[req::FAULT_CODE_QNAME, req::INVALID_ID_CODE_PREFIX], code_name),
    check(CheckId::FaultDetail, &[req::DETAIL_FOR_BODY_FAULTS], detail),
    check(CheckId::FaultDotted, &[req::FAULT_CODE_WITHOUT_DOT], dotted),
    check(CheckId::FaultExtra, &[req::EXTRA_FAULT_CHILD], extra),
    check(CheckId::FaultLeak, &[req::NO_INTERNALS_IN_FAULT], leak),
    check(CheckId::FaultOne, &[req::ONE_FAULT, req::FAULT_OR_RESPONSE, req::FAULT_INSTEAD_OF_RESPONSE], one),
    check(CheckId::FaultOrder, &[req::FAULT_CHILD_ORDER], order),
    check(CheckId::FaultRequired, &[req::FAULT_CODE_AND_STRING], required),
    check(CheckId::FaultStatus, &[req::FAULT_STATUS_500], status),
    check(CheckId::FaultUnqualified, &[req::FAULT_CHILDREN_UNQUALIFIED], unqualified),
    check(CheckId::InvalidIdCodeNamespace, &[req::INVALID_ID_CODE_NAMESPACE], id_namespace),
    check(
        CheckId::InvalidIdDetail,
        &[req::EXCEPTION_TYPE, req::INVALID_ID_FAULT_SHAPE, req::EXCEPTION_TYPE_VALUE],
        id_detail,
    ),
    check(CheckId::InvalidIdDetailNamespace, &[req::EXCEPTION_TYPE_NAMESPACE], id_detail_namespace),
    check(CheckId::InvalidIdDetailOther, &[req::DETAILS_NOT_MIXED], id_detail_other),
    check(CheckId::InvalidIdText, &[req::INVALID_ID_FAULT_STRING], id_text),
    check(CheckId::MalformedCodeNamespace, &[req::INVALID_REQUEST_CODE_NAMESPACE], request_namespace),
    check(
        CheckId::MalformedDetailNamespace,
        &[req::INVALID_REQUEST_DETAIL_NAMESPACE],
        request_detail_namespace,
    ),
    check(CheckId::MalformedDetailOrder, &[req::INVALID_REQUEST_DETAIL_ORDER], request_detail_order),
    check(CheckId::MalformedDetailOther, &[req::DETAILS_NOT_MIXED], request_detail_other),
    check(CheckId::MalformedMessage, &[req::INVALID_REQUEST_MESSAGE], request_message),
    check(CheckId::MalformedResponseCode, &[req::RESPONSE_CODE], request_code),
    check(CheckId::MalformedText, &[req::INVALID_REQUEST_FAULT_STRING], request_text),
];

const PARTS: [&str; 4] = ["faultcode", "faultstring", "faultactor", "detail"];

/// Whether faultactor is there is free; that it is a URI is what SOAP says of it (SOAP 4.4).
fn actor(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = observation.fault()?;
    let actor = fault.children.iter().find(|child| child.local == "faultactor")?;
    let text = actor.text.trim();
    (text.is_empty() || text.contains(char::is_whitespace))
        .then(|| Found::new(Grade::Note, "a URI as faultactor", format!("{text:?}")))
}

/// The first child of Fault besides the four that SOAP names, qualified or not.
fn other_child(observation: &Observation, qualified: bool) -> Option<&FaultChild> {
    let is_other =
        |child: &&FaultChild| !PARTS.contains(&&*child.local) && child.namespace.is_some() == qualified;
    observation.fault()?.children.iter().find(is_other)
}

fn extra(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let other = other_child(observation, false)?;
    Some(Found::new(Grade::Breach, "no other child of Fault in no namespace", other.local.clone()))
}

fn children(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let other = other_child(observation, true)?;
    let observed = format!("{} in {}", other.local, namespace_of(other.namespace.as_deref()));
    Some(Found::new(Grade::Breach, "only faultcode, faultstring, faultactor and detail", observed))
}

fn unqualified(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let qualified = |child: &&FaultChild| PARTS.contains(&&*child.local) && child.namespace.is_some();
    let child = observation.fault()?.children.iter().find(qualified)?;
    let namespace = child.namespace.as_deref().unwrap_or_default();
    Some(
        Found::new(
            Grade::Breach,
            "children of Fault in no namespace",
            format!("{} in {namespace}", child.local),
        )
        .on_if(namespace == names::ENVELOPE, AmbiguityId::QUALIFIED_FAULT_CHILDREN),
    )
}

fn required(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = observation.fault()?;
    let missing = match (&fault.code, &fault.string) {
        (None, _) => "no faultcode",
        (Some(code), _) if code.text.trim().is_empty() => "an empty faultcode",
        (_, None) => "no faultstring",
        (_, Some(string)) if string.trim().is_empty() => {
            // It must be there, and should say something (SOAP 4.4).
            let expected = "a faultstring that says something of the fault";
            return Some(Found::new(Grade::Tolerated, expected, "an empty faultstring"));
        }
        _ => return None,
    };
    Some(Found::new(Grade::Breach, "faultcode and faultstring", missing))
}

fn order(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let places: Vec<usize> = observation
        .fault()?
        .children
        .iter()
        .filter_map(|child| PARTS.iter().position(|part| *part == child.local))
        .collect();
    // Each of them stands once in the schema.
    let ascends = places.is_sorted_by(|one, next| one < next);
    (!ascends).then(|| {
        let names: Vec<&str> = places.iter().map(|&place| PARTS[place]).collect();
        Found::new(
            Grade::Breach,
            "faultcode, faultstring, faultactor, detail in this order, each once",
            names.join(", "),
        )
    })
}

fn code_form(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let code = observation.fault()?.code.as_ref()?;
    // An empty one is told by `fault/required`.
    (!code.is_qname && !code.text.trim().is_empty())
        .then(|| Found::new(Grade::Breach, "a qualified name as faultcode", format!("{:?}", code.text)))
}

fn code_name(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let code = observation.fault()?.code.as_ref()?;
    (code.is_qname && !code.resolved).then(|| {
        Found::new(Grade::Tolerated, "a faultcode whose prefix is bound", format!("{:?}", code.text))
            .on(AmbiguityId::FAULT_CODE_PREFIX)
    })
}

fn code_known(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = observation.fault()?;
    let code = fault.code.as_ref()?;
    // The service's own codes have checks of their own; what is no name, or an unbound prefix, is told
    // by others.
    if !code.resolved || !matches!(fault.meaning(), FaultCode::Other(_)) {
        return None;
    }
    let expected =
        "Client, Server, VersionMismatch or MustUnderstand in the SOAP namespace, or a qualified vendor code";
    match code.namespace.as_deref() {
        None => Some(Found::new(Grade::Breach, expected, format!("{:?} in no namespace", code.text))),
        Some(names::ENVELOPE) => Some(Found::new(Grade::Breach, expected, format!("{:?}", code.text))),
        Some(_) => None,
    }
}

fn dotted(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let code = observation.fault()?.code.as_ref()?;
    code.local
        .contains('.')
        .then(|| Found::new(Grade::Breach, "a fault code without dots", format!("{:?}", code.text)))
}

fn detail(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = observation.fault()?;
    let expected = "detail, because Body could not be processed";
    match (fault.meaning(), &fault.detail) {
        (FaultCode::InvalidCallId | FaultCode::InvalidRequest, None) => {
            Some(Found::new(Grade::Breach, expected, "none"))
        }
        (FaultCode::MustUnderstand | FaultCode::VersionMismatch, Some(entries)) if !entries.is_empty() => {
            let expected = "no entries in detail, because a header entry or the envelope is at fault";
            Some(Found::new(Grade::Breach, expected, entries[0].local.clone()))
        }
        // Of other codes only the case knows whether Body was at fault.
        _ => None,
    }
}

fn one(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    observation.fault()?;
    let message = observation.message.as_ref()?;
    let requirement = match message.faults.len() {
        1 if message.children.len() == 1 => return None,
        1 if message.has_response => req::FAULT_OR_RESPONSE,
        _ => req::ONE_FAULT,
    };
    Some(
        Found::new(Grade::Breach, "one Fault as the only child of Body", message.children.join(", "))
            .of(requirement),
    )
}

fn status(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    observation.fault()?;
    (http.status != 500)
        .then(|| Found::new(Grade::Breach, "status 500 with a fault", http.status.to_string()))
}

/// Looks at every error, fault or not: a page for people leaks as well.
fn leak(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    if http.status < 400 && observation.fault().is_none() {
        return None;
    }
    let leak = leaks_of(http).into_iter().next()?;
    Some(Found::new(
        Grade::Breach,
        "an error without stack trace or path",
        format!("{:?} in it", leak.trim()),
    ))
}

fn the_fault(observation: &Observation, meaning: &FaultCode) -> Option<Fault> {
    observation.fault().filter(|fault| fault.meaning() == *meaning).cloned()
}

fn namespace_of(found: Option<&str>) -> String {
    found.map_or_else(|| "no namespace".to_owned(), str::to_owned)
}

/// Whether two texts for people are the same up to a final full stop and the apostrophe
/// (contradiction C04).
fn same_text(text: &str, documented: &str) -> bool {
    let plain = |text: &str| text.trim().trim_end_matches('.').replace('\u{2019}', "'");
    plain(text) == plain(documented)
}

/// Whether a fault code is in a namespace of the service (contradiction C01).
fn is_documented(code: &CodeName) -> bool {
    let namespaces = [names::ERRORS, names::MESSAGES, names::TYPES];
    code.namespace.as_deref().is_some_and(|namespace| namespaces.contains(&namespace))
}

fn entry<'a>(fault: &'a Fault, local: &str) -> Option<&'a FaultChild> {
    fault.detail.as_ref()?.iter().find(|child| child.local == local)
}

fn count(fault: &Fault, local: &str) -> usize {
    fault.detail.iter().flatten().filter(|child| child.local == local).count()
}

fn id_namespace(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let code = the_fault(observation, &FaultCode::InvalidCallId)?.code?;
    (code.resolved && code.namespace.as_deref() != Some(names::ERRORS)).then(|| {
        Found::new(
            Grade::Shape,
            format!("the code in {}", names::ERRORS),
            namespace_of(code.namespace.as_deref()),
        )
        .on_if(is_documented(&code), AmbiguityId::CODE_NAMESPACE)
    })
}

fn id_text(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let text = the_fault(observation, &FaultCode::InvalidCallId)?.string?;
    (!same_text(&text, names::INVALID_CALL_ID_TEXT)).then(|| {
        Found::new(Grade::Note, names::INVALID_CALL_ID_TEXT, format!("{text:?}")).on(AmbiguityId::FAULT_TEXT)
    })
}

fn id_detail(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidCallId)?;
    let Some(kind) = entry(&fault, "ExceptionType") else {
        return Some(
            Found::new(Grade::Shape, "ExceptionType in detail", "none").on(AmbiguityId::INVALID_ID_SHAPE),
        );
    };
    if count(&fault, "ExceptionType") > 1 {
        return Some(
            Found::new(Grade::Shape, "one ExceptionType in detail", "several")
                .on(AmbiguityId::INVALID_ID_SHAPE),
        );
    }
    // Both InvalidCallIdException and a:InvalidCallIdException are documented (C02).
    let local = kind.text.trim().rsplit(':').next().unwrap_or_default();
    (local != names::INVALID_CALL_ID).then(|| {
        Found::new(
            Grade::Shape,
            format!("ExceptionType {}", names::INVALID_CALL_ID),
            format!("{:?}", kind.text),
        )
        .of(req::EXCEPTION_TYPE_VALUE)
        .on(AmbiguityId::EXCEPTION_TYPE_PREFIX)
    })
}

fn id_detail_namespace(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidCallId)?;
    let kind = entry(&fault, "ExceptionType")?;
    (kind.namespace.as_deref() != Some(names::MESSAGES)).then(|| {
        let expected = format!("ExceptionType in {}", names::MESSAGES);
        Found::new(Grade::Shape, expected, namespace_of(kind.namespace.as_deref()))
            .on_if(kind.namespace.is_none(), AmbiguityId::EXCEPTION_TYPE_NAMESPACE)
    })
}

fn id_detail_other(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidCallId)?;
    let other = fault.detail?.into_iter().find(|child| child.local != "ExceptionType")?;
    let observed = format!("{} in {}", other.local, namespace_of(other.namespace.as_deref()));
    Some(Found::new(Grade::Note, "only ExceptionType in detail", observed))
}

fn request_namespace(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let code = the_fault(observation, &FaultCode::InvalidRequest)?.code?;
    (code.resolved && code.namespace.as_deref() != Some(names::TYPES)).then(|| {
        Found::new(
            Grade::Shape,
            format!("the code in {}", names::TYPES),
            namespace_of(code.namespace.as_deref()),
        )
        .on_if(is_documented(&code), AmbiguityId::CODE_NAMESPACE)
    })
}

fn request_text(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let text = the_fault(observation, &FaultCode::InvalidRequest)?.string?;
    (!same_text(&text, names::INVALID_REQUEST_TEXT)).then(|| {
        Found::new(Grade::Note, names::INVALID_REQUEST_TEXT, format!("{text:?}")).on(AmbiguityId::FAULT_TEXT)
    })
}

fn request_code(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidRequest)?;
    let observed = match (entry(&fault, "ResponseCode"), count(&fault, "ResponseCode")) {
        (None, _) => "none".to_owned(),
        (Some(code), 1) if code.text == names::INVALID_REQUEST => return None,
        (Some(code), 1) => format!("{:?}", code.text),
        (_, several) => format!("{several} of them"),
    };
    Some(Found::new(Grade::Breach, format!("ResponseCode {} in detail", names::INVALID_REQUEST), observed))
}

fn request_message(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidRequest)?;
    let expected = format!("Message {:?} in detail", names::INVALID_REQUEST_TEXT);
    let (grade, observed) = match (entry(&fault, "Message"), count(&fault, "Message")) {
        (None, _) => (Grade::Breach, "none".to_owned()),
        (Some(message), 1) if same_text(&message.text, names::INVALID_REQUEST_TEXT) => return None,
        // The text is for people and may be translated.
        (Some(message), 1) => (Grade::Note, format!("{:?}", message.text)),
        (_, several) => (Grade::Breach, format!("{several} of them")),
    };
    Some(Found::new(grade, expected, observed).on(AmbiguityId::FAULT_TEXT))
}

fn request_detail_namespace(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let fault = the_fault(observation, &FaultCode::InvalidRequest)?;
    let wrong = ["ResponseCode", "Message"]
        .into_iter()
        .filter_map(|local| entry(&fault, local))
        .find(|child| child.namespace.as_deref() != Some(names::ERRORS))?;
    let expected = format!("{} in {}", wrong.local, names::ERRORS);
    let in_messages = wrong.namespace.as_deref().is_some_and(|found| found.contains(names::MESSAGES));
    Some(
        Found::new(Grade::Shape, expected, namespace_of(wrong.namespace.as_deref()))
            .on_if(in_messages, AmbiguityId::DETAIL_NAMESPACE),
    )
}

fn request_detail_order(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let detail = the_fault(observation, &FaultCode::InvalidRequest)?.detail?;
    let place = |local: &str| detail.iter().position(|child| child.local == local);
    (place("Message")? < place("ResponseCode")?)
        .then(|| Found::new(Grade::Note, "ResponseCode before Message", "Message first"))
}

fn request_detail_other(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let detail = the_fault(observation, &FaultCode::InvalidRequest)?.detail?;
    let other = detail.into_iter().find(|child| child.local != "ResponseCode" && child.local != "Message")?;
    let observed = format!("{} in {}", other.local, namespace_of(other.namespace.as_deref()));
    Some(Found::new(Grade::Note, "only ResponseCode and Message in detail", observed))
}
