//! Checks of every answer, whatever the case: groups F to I of the ledger.

use super::fault_check::FAULT_CHECKS;
use super::{Finding, Settings, Verdict};
use crate::evidence::{Answer, HttpAnswer, Seen};
use crate::message::xml;
use crate::protocol::{Defect, Outcome, RequirementId, Tolerance, ledger, names};

/// A check of an answer.
pub struct Check {
    /// Its name, `subject/what`.
    pub id: &'static str,
    /// The requirements it looks at; the first one grades it unless it says otherwise.
    pub requirements: &'static [u16],
    /// What it does; `None` for those that look at more than one answer and live elsewhere.
    pub(super) run: Option<fn(&HttpAnswer, &Seen) -> Option<Found>>,
}

/// What a check found.
pub(super) struct Found {
    pub(super) requirement: Option<u16>,
    pub(super) grade: Grade,
    pub(super) expected: String,
    pub(super) observed: String,
}

/// How a check grades what it found.
#[derive(Clone, Copy)]
pub(super) enum Grade {
    /// By the level of the requirement.
    Breach,
    /// Worth telling, never more.
    Note,
    /// A warning in interop, a failure in strict.
    Shape,
    /// A tolerated variant that warns in interop.
    Tolerated,
}

impl Found {
    pub(super) fn new(grade: Grade, expected: impl Into<String>, observed: impl Into<String>) -> Self {
        Self { requirement: None, grade, expected: expected.into(), observed: observed.into() }
    }

    pub(super) fn of(self, requirement: u16) -> Self {
        Self { requirement: Some(requirement), ..self }
    }
}

pub(super) const fn check(
    id: &'static str,
    requirements: &'static [u16],
    run: fn(&HttpAnswer, &Seen) -> Option<Found>,
) -> Check {
    Check { id, requirements, run: Some(run) }
}

const fn elsewhere(id: &'static str, requirements: &'static [u16]) -> Check {
    Check { id, requirements, run: None }
}

/// Every check. Those without a function judge a case as a whole.
pub static CHECKS: &[&[Check]] = &[ANSWER_CHECKS, FAULT_CHECKS, WHOLE_CHECKS];

static WHOLE_CHECKS: &[Check] = &[
    // The outcome against the decision table; a fault with another code cites the row of its code.
    elsewhere("outcome", &[123, 125, 134, 135, 143]),
    // The state of the call before and after.
    elsewhere("effect", &[4, 104, 121, 146, 147, 149, 153]),
    // The plain request after the case.
    elsewhere("alive", &[186]),
    // A failure that did not come again.
    elsewhere("repeat", &[187]),
    // A contact with an address that only the request named.
    elsewhere("canary", &[93, 178]),
    elsewhere("call-info/state", &[150]),
    elsewhere("call-info/cause", &[151]),
];

static ANSWER_CHECKS: &[Check] = &[
    check("answer/allow", &[3], allow),
    check("answer/authenticate", &[173], authenticate),
    check("answer/body", &[48], body),
    check("answer/charset", &[7, 28], charset),
    check("answer/encoding-style", &[106], encoding_style),
    check("answer/injected-field", &[184], injected_field),
    check("answer/instruction", &[38], instruction),
    check("answer/media-type", &[17], media_type),
    check("answer/one", &[105], one),
    check("answer/redirect", &[25], redirect),
    check("answer/trailer", &[50], trailer),
    check("answer/version", &[47], version),
    check("answer/xml", &[44, 33, 35, 37, 41, 42], well_formed),
    check("success/empty", &[99, 100, 133], empty),
    check("success/one-child", &[98, 103], one_child),
    check("success/status", &[14], success_status),
];

/// Runs every check that looks at one answer.
pub fn check_answer(answer: &Answer, seen: &Seen, settings: Settings) -> Vec<Finding> {
    let Answer::Http(http) = answer else { return Vec::new() };
    CHECKS
        .iter()
        .flat_map(|group| group.iter())
        .filter_map(|check| {
            let found = check.run?(http, seen)?;
            let number = found.requirement.or(check.requirements.first().copied())?;
            let requirement = ledger::requirement(RequirementId(number))?;
            let verdict = match found.grade {
                Grade::Breach => settings.breach(requirement),
                Grade::Note => Verdict::Note,
                Grade::Shape => settings.shape(requirement),
                Grade::Tolerated => settings.tolerated(requirement, Tolerance::Warn),
            };
            Some(Finding::new(check.id, requirement.id, verdict, found.expected, found.observed))
        })
        .collect()
}

/// Checks what GetCallInfo says of a call (OXWUMS 3.1.4.3.4).
pub fn check_call_info(seen: &Seen, settings: Settings) -> Vec<Finding> {
    let Some(info) = seen.message.as_ref().and_then(|message| message.call_info.as_ref()) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut found = |check: &str, number, expected: &str, observed: String| {
        if let Some(requirement) = ledger::requirement(RequirementId(number)) {
            findings.push(Finding::new(
                check,
                requirement.id,
                settings.breach(requirement),
                expected,
                observed,
            ));
        }
    };
    if !matches!(info.state.as_str(), "Connecting" | "Connected" | "Disconnected") {
        let observed = format!("CallState {:?}", info.state);
        found("call-info/state", 150, "CallState Connecting, Connected or Disconnected", observed);
    }
    if info.state != "Disconnected" && info.cause != "None" {
        let observed = format!("EventCause {:?} with CallState {:?}", info.cause, info.state);
        found("call-info/cause", 151, "EventCause None while the call is not Disconnected", observed);
    }
    findings
}

/// Whether the answer is a SOAP 1.1 message.
fn is_soap(seen: &Seen) -> bool {
    seen.message.as_ref().is_some_and(|message| message.envelope.as_deref() == Some(names::ENVELOPE))
}

fn allow(http: &HttpAnswer, _: &Seen) -> Option<Found> {
    if http.status != 405 {
        return None;
    }
    let expected = "an Allow field that lists POST";
    match http.header("allow") {
        None => Some(Found::new(Grade::Breach, expected, "405 without Allow")),
        Some(value) if value.split(',').any(|method| method.trim() == "POST") => None,
        Some(value) => Some(Found::new(Grade::Breach, expected, format!("Allow: {value}"))),
    }
}

fn authenticate(http: &HttpAnswer, _: &Seen) -> Option<Found> {
    (http.status == 401 && http.header("www-authenticate").is_none())
        .then(|| Found::new(Grade::Breach, "401 with WWW-Authenticate", "401 without it"))
}

fn body(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let bodies = seen.message.as_ref().filter(|_| is_soap(seen))?.bodies;
    (bodies != 1).then(|| Found::new(Grade::Breach, "exactly one Body", format!("{bodies} of them")))
}

fn charset(http: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let charset = seen.content_type.as_ref()?.charset.as_deref()?;
    seen.message.as_ref()?;
    let refusal = xml::decode(&http.body.0, Some(charset)).err()?;
    if refusal.defect == Defect::EncodingUnknown {
        // The bytes were read without the label, so it is only a name that is not registered or an
        // encoding that a receiver need not know.
        let expected = "utf-8 or utf-16 as charset";
        return Some(Found::new(Grade::Tolerated, expected, format!("charset={charset}")).of(28));
    }
    Some(Found::new(
        Grade::Breach,
        "a charset that names the encoding of the bytes",
        format!("charset={charset}: {refusal}"),
    ))
}

fn encoding_style(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let message = seen.message.as_ref().filter(|_| is_soap(seen))?;
    message
        .encoding_style
        .then(|| Found::new(Grade::Breach, "document/literal", "an encodingStyle attribute"))
}

/// The field that `call-id/injection-line-break` puts behind a line break in an id.
fn injected_field(http: &HttpAnswer, _: &Seen) -> Option<Found> {
    let (name, value) = names::INJECTED_FIELD;
    let injected =
        http.headers.iter().any(|(known, found)| known.eq_ignore_ascii_case(name) && found.trim() == value);
    injected.then(|| {
        Found::new(
            Grade::Breach,
            "a call id that is data only",
            format!("{name}: {value} from the id as a field of the answer"),
        )
    })
}

fn instruction(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let message = seen.message.as_ref().filter(|_| is_soap(seen))?;
    message.instruction.then(|| {
        Found::new(Grade::Breach, "no processing instruction in a SOAP message", "one in the answer")
    })
}

fn media_type(http: &HttpAnswer, seen: &Seen) -> Option<Found> {
    if !is_soap(seen) {
        return None;
    }
    let expected = "Content-Type text/xml";
    match &seen.content_type {
        Some(content_type) if content_type.media_type == names::MEDIA_TYPE => None,
        Some(content_type) => Some(Found::new(Grade::Breach, expected, content_type.media_type.clone())),
        None => {
            let value = http.header("content-type").unwrap_or("no Content-Type");
            Some(Found::new(Grade::Breach, expected, value))
        }
    }
}

fn one(http: &HttpAnswer, _: &Seen) -> Option<Found> {
    (http.trailing > 0).then(|| {
        Found::new(
            Grade::Breach,
            "one answer to one request",
            format!("{} bytes after the answer", http.trailing),
        )
    })
}

fn redirect(http: &HttpAnswer, _: &Seen) -> Option<Found> {
    matches!(http.status, 300..=306 | 308)
        .then(|| Found::new(Grade::Note, "307, if the request is to go elsewhere", http.status.to_string()))
}

fn trailer(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let message = seen.message.as_ref().filter(|_| is_soap(seen))?;
    let first = message.trailers.first()?;
    Some(Found::new(Grade::Breach, "nothing after Body", first.clone()))
}

fn version(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    matches!(seen.outcome, Outcome::Soap12Fault | Outcome::Soap12Ok)
        .then(|| Found::new(Grade::Note, "an answer in a SOAP 1.1 envelope", "one in a SOAP 1.2 envelope"))
}

fn well_formed(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let refusal = seen.refusal.or(seen.message.as_ref().and_then(|message| message.label))?;
    // Pages for people and JSON never claimed to be XML.
    let media_type = &seen.content_type.as_ref()?.media_type;
    if !(media_type == "text/xml" || media_type == "application/xml" || media_type.ends_with("+xml")) {
        return None;
    }
    let requirement = match refusal.defect {
        Defect::LimitBytes | Defect::LimitDepth | Defect::LimitElements | Defect::LimitAttributes => {
            return None;
        }
        Defect::Doctype => 37,
        Defect::CharacterForbidden => 35,
        Defect::EntityUndeclared => 41,
        Defect::PrefixUnbound => 42,
        Defect::EncodingInvalid => 33,
        Defect::EncodingUnknown | Defect::EncodingsDisagree => 28,
        _ => 44,
    };
    Some(Found::new(Grade::Breach, "well-formed XML without a DTD", refusal.to_string()).of(requirement))
}

fn empty(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let message = seen.message.as_ref().filter(|message| message.has_response)?;
    let content = message.response_content.as_deref()?;
    let found = |grade, requirement| {
        Some(Found::new(grade, "an empty DisconnectResponse", format!("{content} in it")).of(requirement))
    };
    if content == "white space" {
        // A pretty-printer does this; by the schema it is invalid.
        return found(Grade::Tolerated, 99);
    }
    if content.contains("ResponseClass") || content.contains("ResponseCode") {
        return found(Grade::Breach, 133);
    }
    found(Grade::Breach, if content.contains("DisconnectResponse") { 100 } else { 99 })
}

fn one_child(_: &HttpAnswer, seen: &Seen) -> Option<Found> {
    let message = seen.message.as_ref().filter(|message| message.has_response)?;
    if message.children.len() == 1 {
        return None;
    }
    let requirement = if message.faults.is_empty() { 98 } else { 103 };
    let expected = "DisconnectResponse as the only child of Body";
    Some(Found::new(Grade::Breach, expected, message.children.join(", ")).of(requirement))
}

fn success_status(http: &HttpAnswer, seen: &Seen) -> Option<Found> {
    (seen.outcome == Outcome::Ok && http.status != 200)
        .then(|| Found::new(Grade::Tolerated, "200 with a success", http.status.to_string()))
}
