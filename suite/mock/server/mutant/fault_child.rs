//! Servers whose faults have a child that is empty, repeated, or says too much.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bug::{Bug, Mutant, mutant};
use super::rewrite::{fault, only, with_body};
use crate::evidence::Reaction;
use crate::message::read_request;
use crate::mock::killed_by::by;
use crate::mock::server::answer::AnswerKind;
use crate::protocol::req;

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "faults-with-two-details",
        "A second, empty detail follows the first one.",
        by("call-id/garbage-word", req::FAULT_CHILD_ORDER),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                let with_second = "</detail><detail/></soap:Fault>";
                body.replace("</detail></soap:Fault>", with_second)
            })
        }),
    ),
    mutant(
        "tells-guid-of-call-id",
        "The faultstring tells the GUID that a call id decodes to.",
        by("call-id/unissued-fresh-guid", req::NO_INTERNALS_IN_FAULT),
        Bug::Http(|service, request| {
            if !service.knows(request) {
                return None;
            }
            let reaction = service.beyond_authentication(request);
            let Reaction::Answer(response) = reaction else { return Some(reaction) };
            let guid = guid_in(request.body).filter(|_| response.status == 500).unwrap_or_default();
            Some(with_body(response, |body| body.replace("</faultstring>", &format!("{guid}</faultstring>"))))
        }),
    ),
    mutant(
        "says-nothing-of-mandatory-header",
        "The faultstring of the MustUnderstand fault is empty.",
        by("header/mandatory", req::FAULT_CODE_AND_STRING),
        Bug::Answers(|kind, response| {
            only(AnswerKind::MustUnderstand, kind, response, |body| {
                body.replace("A header entry is not understood.", "")
            })
        }),
    ),
];

/// The GUID that the call id of a message decodes to.
fn guid_in(body: &[u8]) -> Option<String> {
    let request = read_request(body, None).ok()?;
    let decoded = String::from_utf8(STANDARD.decode(request.call_id()?).ok()?).ok()?;
    let (guid, _) = decoded.split_once('@')?;
    let is_one = guid.len() == 36 && guid.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_one.then(|| guid.to_owned())
}
