//! The calls that a client places itself, from its requests alone.

use super::Breach;
use super::request::{is_look, look};
use crate::catalogue::{Life, Placing};
use crate::evidence::{ClientEnd, ClientSight};
use crate::protocol::Operation;

/// What the requests of a client that places its calls go against: the order (UMD-R144) and the id
/// (UMD-R145, UMD-R085).
pub(super) fn breaches(life: &Life, sight: &ClientSight) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut placed = 0;
    let mut ended = false;
    for request in sight.requests.iter().filter(|request| !is_look(request)) {
        let (mut found, read) = look(request);
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
    if !ended && sight.end == Some(ClientEnd::Disconnected) {
        breaches.push(Breach::new("sequence", 164, "a Disconnect before success is reported", "none came"));
    }
    breaches
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
        return Some(Breach::new("sequence", 144, expected, format!("{name} without a call")));
    };
    if sent == issued {
        return None;
    }
    let row = if operation == Operation::Disconnect { 145 } else { 85 };
    let observed = format!("{name} with CallId {sent:?}");
    Some(Breach::new("call-id", row, format!("{name} with CallId {issued:?}, as it was issued"), observed))
}
