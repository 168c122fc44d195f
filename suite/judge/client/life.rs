//! The calls that a client places itself, from its requests alone.

use super::breach::Breach;
use super::request::examine;
use crate::catalogue::{Life, Placing};
use crate::evidence::{ClientEnd, ClientEvidence, ClientRequest};
use crate::judge::CheckId;
use crate::protocol::{Operation, names, req};

/// What the requests of a client that places its calls go against: the order (UMD-R144) and the id
/// (UMD-R145, UMD-R085).
pub(super) fn breaches(life: &Life, evidence: &ClientEvidence) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut placed = 0;
    let mut ended = false;
    for request in evidence.asks().filter(|request| !is_beside(request)) {
        let (mut found, read) = examine(request);
        breaches.append(&mut found);
        let Some(read) = read else { continue };
        match read.operation {
            Operation::PlayOnPhone | Operation::PlayOnPhoneGreeting => placed += 1,
            Operation::Disconnect | Operation::GetCallInfo => {
                ended |= read.operation == Operation::Disconnect;
                let issued = issued(life, placed);
                breaches.extend(of_call(read.operation, issued, read.call_id().unwrap_or_default()));
            }
        }
    }
    if !ended && evidence.end == Some(ClientEnd::Disconnected) {
        breaches.push(Breach::new(
            CheckId::Sequence,
            req::OK_STATUS_WITHOUT_RESPONSE,
            "a Disconnect before success is reported",
            "none came",
        ));
    }
    breaches
}

/// Operations of the service that are about the user and not about a call (OXWUMS 3.1.4): a client may ask for them at
/// any time, and nothing is said of them here.
const BESIDE: [&str; 7] = [
    "GetUMProperties",
    "IsUMEnabled",
    "ResetPIN",
    "SetMissedCallNotificationEnabled",
    "SetOofStatus",
    "SetPlayOnPhoneDialString",
    "SetTelephoneAccessFolderEmail",
];

/// Whether a request asks for one of them, by its SOAPAction and by its body.
fn is_beside(request: &ClientRequest) -> bool {
    request.fields("soapaction").any(|action| {
        let name =
            action.trim_matches('"').strip_prefix(names::MESSAGES).and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| {
            BESIDE.contains(&name) && memchr::memmem::find(&request.body.0, name.as_bytes()).is_some()
        })
    })
}

/// The id that was issued last.
fn issued(life: &Life, placed: usize) -> Option<&str> {
    if life.placing != Placing::Issues || placed == 0 {
        return None;
    }
    life.ids.get((placed - 1).min(life.ids.len().saturating_sub(1))).map(AsRef::as_ref)
}

fn of_call(operation: Operation, issued: Option<&str>, sent: &str) -> Option<Breach> {
    let name = operation.request();
    let Some(issued) = issued else {
        let expected = format!("PlayOnPhone or PlayOnPhoneGreeting succeeds before {name}");
        return Some(Breach::new(
            CheckId::Sequence,
            req::CALL_BEFORE_DISCONNECT,
            expected,
            format!("{name} without a call"),
        ));
    };
    if sent == issued {
        return None;
    }
    let disconnects = operation == Operation::Disconnect;
    let row = if disconnects { req::CALL_ID_AS_ISSUED } else { req::OPAQUE_CALL_ID };
    let observed = format!("{name} with CallId {sent:?}");
    Some(Breach::new(
        CheckId::CallId,
        row,
        format!("{name} with CallId {issued:?}, as it was issued"),
        observed,
    ))
}
