//! What a mood makes of the service, as hooks.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::mood::Mood;
use super::rewrite::with_body;
use crate::evidence::{Reaction, Response};
use crate::message::{write_fault, write_invalid_call_id};
use crate::mock::listener::Request;
use crate::mock::server::answer::xml;
use crate::mock::server::calls::CallState;
use crate::mock::server::hooks::Hooks;
use crate::mock::server::service::Service;
use crate::protocol::{Operation, names};

/// The hooks of a moody server.
#[derive(Debug)]
pub(super) struct Moody {
    mood: Mood,
    requests: AtomicUsize,
    tainted: AtomicBool,
}

impl Moody {
    pub(super) fn new(mood: Mood) -> Self {
        Self { mood, requests: AtomicUsize::new(0), tainted: AtomicBool::new(false) }
    }
}

impl Hooks<Service> for Moody {
    fn before_request(&self, service: &Service, request: &Request<'_>) -> Option<Reaction> {
        let number = self.requests.fetch_add(1, Ordering::SeqCst) + 1;
        let text = || String::from_utf8_lossy(request.body);
        match self.mood {
            Mood::Drops(every) => number.is_multiple_of(every).then_some(Reaction::Reset),
            Mood::Hangs(every) => number.is_multiple_of(every).then_some(Reaction::Hang),
            Mood::Limits(every, status) => number.is_multiple_of(every).then(|| {
                let mut response = Response::empty(status);
                response.headers.push(("retry-after", "0".to_owned()));
                response.into()
            }),
            Mood::StartsCold => (number == 1).then_some(Reaction::Hang),
            Mood::Compresses if request.field("accept-encoding").is_none() && service.knows(request) => {
                let reaction = service.beyond_authentication(request);
                let Reaction::Answer(mut response) = reaction else { return Some(reaction) };
                response.headers.push(("content-encoding", "gzip".to_owned()));
                response.body = stored(&response.body);
                Some(response.into())
            }
            Mood::Says(operation, change)
                if service.knows(request) && text().contains(&format!("<{}", operation.request())) =>
            {
                let reaction = service.beyond_authentication(request);
                let Reaction::Answer(response) = reaction else { return Some(reaction) };
                Some(with_body(response, change))
            }
            Mood::UnbindsPrefix if service.knows(request) => {
                let tainted = self.tainted.load(Ordering::SeqCst);
                if text().contains(names::ENVELOPE_12) {
                    self.tainted.store(true, Ordering::SeqCst);
                }
                let reaction = service.beyond_authentication(request);
                let Reaction::Answer(response) = reaction else { return Some(reaction) };
                let change = |body: &str| body.replace(" xmlns:a=", " xmlns:b=");
                Some(if tainted { with_body(response, change) } else { response.into() })
            }
            _ => None,
        }
    }

    fn before_placing(&self, service: &Service, _operation: Operation) -> Option<Response> {
        (matches!(self.mood, Mood::OneLine) && service.calls().any_up())
            .then(|| xml(500, write_fault("Server", "The line is busy.")))
    }

    fn before_ending(&self, service: &Service, id: &str) -> Option<Reaction> {
        let Mood::Echoes(write) = self.mood else { return None };
        service.calls().peek(id).is_none().then(|| {
            let text = write_invalid_call_id();
            let (before, after) = text.split_once(names::INVALID_CALL_ID_TEXT).unwrap_or((&text, ""));
            let told = [b"No call has the id ", &write(id)[..], b"."].concat();
            let body = [before.as_bytes(), &told, after.as_bytes()].concat();
            Response { body, ..xml(500, String::new()) }.into()
        })
    }

    fn before_call_info(&self, _: &Service, _: &str, state: Option<CallState>) -> Option<Response> {
        let knows = match self.mood {
            Mood::CallInfoForgetsEnded => state != Some(CallState::Disconnected),
            Mood::CallInfoKnowsNone => false,
            _ => true,
        };
        (!knows).then(|| xml(500, write_invalid_call_id()))
    }
}

/// Bytes in the form of gzip, in blocks that are stored as they are (RFC 1952 2.3, RFC 1951 3.2.4).
pub(super) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    let blocks = bytes.chunks(0xFFFF).count();
    for (index, block) in bytes.chunks(0xFFFF).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(index + 1 == blocks));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    out
}

/// The checksum of gzip (RFC 1952 8).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
    !bytes.iter().fold(u32::MAX, byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
