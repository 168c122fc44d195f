//! Checks of the faults in answers: their shape, and the two documented ones.

use super::check::{Check, Found, Grade, check};
use crate::evidence::{HttpAnswer, Seen};
use crate::message::{Fault, FaultChild};
use crate::protocol::{FaultCode, names};

pub(super) static FAULT_CHECKS: &[Check] = &[
    check("fault/actor", &[119], actor),
    check("fault/children", &[108], children),
    check("fault/code-known", &[113], code_known),
    check("fault/code-name", &[112, 127], code_name),
    check("fault/detail", &[115], detail),
    check("fault/dotted", &[114], dotted),
    check("fault/leak", &[122], leak),
    check("fault/one", &[107, 103, 120], one),
    check("fault/order", &[111], order),
    check("fault/required", &[110], required),
    check("fault/status", &[15], status),
    check("fault/unqualified", &[109], unqualified),
    check("invalid-id/code-namespace", &[126], id_namespace),
    check("invalid-id/detail", &[129, 124, 131], id_detail),
    check("invalid-id/detail-namespace", &[130], id_detail_namespace),
    check("invalid-id/detail-other", &[142], id_detail_other),
    check("invalid-id/text", &[128], id_text),
    check("malformed/code-namespace", &[136], request_namespace),
    check("malformed/detail-namespace", &[140], request_detail_namespace),
    check("malformed/detail-order", &[141], request_detail_order),
    check("malformed/detail-other", &[142], request_detail_other),
    check("malformed/message", &[139], request_message),
    check("malformed/response-code", &[138], request_code),
    check("malformed/text", &[137], request_text),
];

const PARTS: [&str; 4] = ["faultcode", "faultstring", "faultactor", "detail"];

/// Whether faultactor is there is free; that it is a URI is what SOAP says of it (SOAP 4.4).
fn actor(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = seen.fault()?;
    let actor = fault.children.iter().find(|child| child.local == "faultactor")?;
    let text = actor.text.trim();
    (text.is_empty() || text.contains(char::is_whitespace))
        .then(|| Found::new(Grade::Note, "a URI as faultactor", format!("{text:?}")))
}

fn children(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let other = seen.fault()?.children.iter().find(|child| !PARTS.contains(&&*child.local))?;
    Some(Found::new(Grade::Breach, "only faultcode, faultstring, faultactor and detail", other.local.clone()))
}

fn unqualified(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let qualified = |child: &&FaultChild| PARTS.contains(&&*child.local) && child.namespace.is_some();
    let child = seen.fault()?.children.iter().find(qualified)?;
    let namespace = child.namespace.as_deref().unwrap_or_default();
    Some(Found::new(
        Grade::Breach,
        "children of Fault in no namespace",
        format!("{} in {namespace}", child.local),
    ))
}

fn required(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = seen.fault()?;
    let missing = match (&fault.code, &fault.string) {
        (None, _) => "no faultcode",
        (Some(code), _) if code.text.trim().is_empty() => "an empty faultcode",
        (_, None) => "no faultstring",
        _ => return None,
    };
    Some(Found::new(Grade::Breach, "faultcode and faultstring", missing))
}

fn order(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let places: Vec<usize> = seen
        .fault()?
        .children
        .iter()
        .filter_map(|child| PARTS.iter().position(|part| *part == child.local))
        .collect();
    (!places.is_sorted()).then(|| {
        let names: Vec<&str> = places.iter().map(|&place| PARTS[place]).collect();
        Found::new(
            Grade::Breach,
            "faultcode, faultstring, faultactor, detail in this order",
            names.join(", "),
        )
    })
}

fn code_name(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let code = seen.fault()?.code.as_ref()?;
    (!code.resolved && !code.text.trim().is_empty()).then(|| {
        Found::new(Grade::Tolerated, "a faultcode whose prefix is bound", format!("{:?}", code.text))
    })
}

fn code_known(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = seen.fault()?;
    let code = fault.code.as_ref()?;
    // The service's own codes have checks of their own; an unbound prefix is told by another.
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

fn dotted(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let code = seen.fault()?.code.as_ref()?;
    code.local
        .contains('.')
        .then(|| Found::new(Grade::Breach, "a fault code without dots", format!("{:?}", code.text)))
}

fn detail(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = seen.fault()?;
    match (fault.meaning(), &fault.detail) {
        (FaultCode::InvalidCallId | FaultCode::InvalidRequest | FaultCode::Client, None) => {
            Some(Found::new(Grade::Breach, "detail, because Body could not be processed", "none"))
        }
        (FaultCode::MustUnderstand, Some(_)) => {
            Some(Found::new(Grade::Breach, "no detail, because a header entry is at fault", "detail"))
        }
        _ => None,
    }
}

fn one(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    seen.fault()?;
    let message = seen.message.as_ref()?;
    let requirement = match message.faults.len() {
        1 if message.children.len() == 1 => return None,
        1 if message.has_response => 103,
        _ => 107,
    };
    Some(
        Found::new(Grade::Breach, "one Fault as the only child of Body", message.children.join(", "))
            .of(requirement),
    )
}

fn status(http: &HttpAnswer, seen: &Seen) -> Option<Found> {
    seen.fault()?;
    (http.status != 500)
        .then(|| Found::new(Grade::Breach, "status 500 with a fault", http.status.to_string()))
}

/// Traces of a stack trace, a source path or a framework, as they look in several ecosystems.
const LEAKS: [&str; 15] = [
    "   at System.",
    ".cs:line ",
    "Traceback (most recent call last)",
    "\tat java.",
    "\tat org.",
    "java.lang.",
    "node_modules/",
    "site-packages/",
    "stack backtrace:",
    ".php on line ",
    ":\\inetpub\\",
    ":\\Program Files",
    ":\\Windows\\",
    ":\\Users\\",
    "root:x:0:0:",
];

/// Folders in which programs and their data lie; as the start of a path only, not within a URL.
const FOLDERS: [&str; 6] = ["/home/", "/opt/", "/srv/", "/usr/lib/", "/usr/share/", "/var/lib/"];

/// Looks at every error, fault or not: a page for people leaks as well.
fn leak(http: &HttpAnswer, seen: &Seen) -> Option<Found> {
    if http.status < 400 && seen.fault().is_none() {
        return None;
    }
    let text = String::from_utf8_lossy(&http.body.0);
    let is_path = |folder: &&str| {
        text.match_indices(*folder)
            .any(|(at, _)| text[..at].ends_with([' ', '"', '\'', '(', '>', '=', ':', '\n']))
    };
    let leak =
        LEAKS.iter().find(|leak| text.contains(**leak)).or_else(|| FOLDERS.iter().find(|f| is_path(f)))?;
    Some(Found::new(
        Grade::Breach,
        "an error without stack trace or path",
        format!("{:?} in it", leak.trim()),
    ))
}

fn the_fault(seen: &Seen, meaning: &FaultCode) -> Option<Fault> {
    seen.fault().filter(|fault| fault.meaning() == *meaning).cloned()
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

fn entry<'a>(fault: &'a Fault, local: &str) -> Option<&'a FaultChild> {
    fault.detail.as_ref()?.iter().find(|child| child.local == local)
}

fn count(fault: &Fault, local: &str) -> usize {
    fault.detail.iter().flatten().filter(|child| child.local == local).count()
}

fn id_namespace(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let code = the_fault(seen, &FaultCode::InvalidCallId)?.code?;
    (code.resolved && code.namespace.as_deref() != Some(names::ERRORS)).then(|| {
        Found::new(
            Grade::Shape,
            format!("the code in {}", names::ERRORS),
            namespace_of(code.namespace.as_deref()),
        )
    })
}

fn id_text(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let text = the_fault(seen, &FaultCode::InvalidCallId)?.string?;
    (!same_text(&text, names::INVALID_CALL_ID_TEXT))
        .then(|| Found::new(Grade::Note, names::INVALID_CALL_ID_TEXT, format!("{text:?}")))
}

fn id_detail(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidCallId)?;
    let Some(kind) = entry(&fault, "ExceptionType") else {
        return Some(Found::new(Grade::Shape, "ExceptionType in detail", "none"));
    };
    if count(&fault, "ExceptionType") > 1 {
        return Some(Found::new(Grade::Shape, "one ExceptionType in detail", "several"));
    }
    // Both InvalidCallIdException and a:InvalidCallIdException are documented (C02).
    let local = kind.text.trim().rsplit(':').next().unwrap_or_default();
    (local != names::INVALID_CALL_ID).then(|| {
        Found::new(
            Grade::Shape,
            format!("ExceptionType {}", names::INVALID_CALL_ID),
            format!("{:?}", kind.text),
        )
        .of(131)
    })
}

fn id_detail_namespace(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidCallId)?;
    let kind = entry(&fault, "ExceptionType")?;
    (kind.namespace.as_deref() != Some(names::MESSAGES)).then(|| {
        let expected = format!("ExceptionType in {}", names::MESSAGES);
        Found::new(Grade::Shape, expected, namespace_of(kind.namespace.as_deref()))
    })
}

fn id_detail_other(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidCallId)?;
    let other = fault.detail?.into_iter().find(|child| child.local != "ExceptionType")?;
    Some(Found::new(Grade::Note, "only ExceptionType in detail", other.local))
}

fn request_namespace(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let code = the_fault(seen, &FaultCode::InvalidRequest)?.code?;
    (code.resolved && code.namespace.as_deref() != Some(names::TYPES)).then(|| {
        Found::new(
            Grade::Shape,
            format!("the code in {}", names::TYPES),
            namespace_of(code.namespace.as_deref()),
        )
    })
}

fn request_text(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let text = the_fault(seen, &FaultCode::InvalidRequest)?.string?;
    (!same_text(&text, names::INVALID_REQUEST_TEXT))
        .then(|| Found::new(Grade::Note, names::INVALID_REQUEST_TEXT, format!("{text:?}")))
}

fn request_code(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidRequest)?;
    let observed = match (entry(&fault, "ResponseCode"), count(&fault, "ResponseCode")) {
        (None, _) => "none".to_owned(),
        (Some(code), 1) if code.text == names::INVALID_REQUEST => return None,
        (Some(code), 1) => format!("{:?}", code.text),
        (_, several) => format!("{several} of them"),
    };
    Some(Found::new(Grade::Breach, format!("ResponseCode {} in detail", names::INVALID_REQUEST), observed))
}

fn request_message(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidRequest)?;
    let expected = format!("Message {:?} in detail", names::INVALID_REQUEST_TEXT);
    match (entry(&fault, "Message"), count(&fault, "Message")) {
        (None, _) => Some(Found::new(Grade::Breach, expected, "none")),
        (Some(message), 1) if same_text(&message.text, names::INVALID_REQUEST_TEXT) => None,
        // The text is for people and may be translated.
        (Some(message), 1) => Some(Found::new(Grade::Note, expected, format!("{:?}", message.text))),
        (_, several) => Some(Found::new(Grade::Breach, expected, format!("{several} of them"))),
    }
}

fn request_detail_namespace(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let fault = the_fault(seen, &FaultCode::InvalidRequest)?;
    let wrong = ["ResponseCode", "Message"]
        .into_iter()
        .filter_map(|local| entry(&fault, local))
        .find(|child| child.namespace.as_deref() != Some(names::ERRORS))?;
    let expected = format!("{} in {}", wrong.local, names::ERRORS);
    Some(Found::new(Grade::Shape, expected, namespace_of(wrong.namespace.as_deref())))
}

fn request_detail_order(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let detail = the_fault(seen, &FaultCode::InvalidRequest)?.detail?;
    let place = |local: &str| detail.iter().position(|child| child.local == local);
    (place("Message")? < place("ResponseCode")?)
        .then(|| Found::new(Grade::Note, "ResponseCode before Message", "Message first"))
}

fn request_detail_other(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let detail = the_fault(seen, &FaultCode::InvalidRequest)?.detail?;
    let other = detail.into_iter().find(|child| child.local != "ResponseCode" && child.local != "Message")?;
    Some(Found::new(Grade::Note, "only ResponseCode and Message in detail", other.local))
}
