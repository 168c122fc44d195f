//! Clients that go on in another way than they should.

use super::exchange::{Got, exchange};
use super::mutant::{ClientMutant, does};
use super::reference::{end_of, reply, request, takes, wait};
use crate::evidence::{ClientCall, ClientEnd};
use crate::message::HttpRequest;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    does(
        "follows-with-credentials",
        "Follows every redirect with its credentials.",
        by("redirect/307-to-other-host", req::CREDENTIALS_ON_REDIRECT),
        |call| {
            if takes(call.call_id) { follow(call, 10, true) } else { ClientEnd::Refused }
        },
    ),
    does(
        "follows-for-ever",
        "Follows redirects without end.",
        by("redirect/loop", req::CLIENT_LIMITS),
        |call| {
            if takes(call.call_id) { follow(call, 25, false) } else { ClientEnd::Refused }
        },
    ),
    does(
        "follows-with-fragment",
        "Sends the fragment of a Location with the target of its request.",
        by("redirect/with-fragment", req::UNAMBIGUOUS_FRAMING),
        |call| follow_once(call, |_| ()),
    ),
    does(
        "follows-without-body",
        "Follows a redirect with a POST that has no body.",
        by("redirect/307", req::DOCUMENT_LITERAL_REQUEST),
        |call| follow_once(call, |request| request.body.clear()),
    ),
    does(
        "follows-without-action",
        "Follows a redirect with a POST that has no SOAPAction.",
        by("redirect/307", req::SOAP_ACTION_PRESENT),
        |call| follow_once(call, |request| request.set_header("soapaction", None)),
    ),
    does(
        "repeats-and-believes-the-fault",
        "Repeats after a lost answer, and takes the fault for a failure.",
        by("answer-line/closed-then-invalid-id", req::CLIENT_RETRY),
        |call| {
            if takes(call.call_id) { again(call, 3) } else { ClientEnd::Refused }
        },
    ),
    does(
        "repeats-after-silence",
        "Repeats where no answer comes, and takes the fault for a failure.",
        by("answer-wait/no-answer-then-invalid-id", req::CLIENT_RETRY),
        |call| repeat_if(call, |got| got.unended && got.wire.is_empty()),
    ),
    does(
        "repeats-after-gateways",
        "Repeats after 502 and 504, and takes the fault for a failure.",
        by("answer-line/page-504-then-invalid-id", req::CLIENT_RETRY),
        |call| repeat_if(call, |got| matches!(got.status, 502 | 504)),
    ),
    does(
        "repeats-after-what-it-cannot-read",
        "Repeats after an answer that is no XML, and takes the fault for a failure.",
        by("answer-line/unreadable-then-invalid-id", req::CLIENT_RETRY),
        |call| repeat_if(call, |got| got.status == 200 && got.complete && reply(got).is_none()),
    ),
    does(
        "fetches-what-answers-name",
        "Fetches what an answer names.",
        by("answer-hostile/schema-location", req::CLIENT_FETCHES_NOTHING),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let got = exchange(call.url, &request(call.call_id), wait(call));
            let text = got.text();
            let named = ["SYSTEM \"", "urn:x ", "href=\"", "noNamespaceSchemaLocation=\""].iter().find_map(
                |before| text.split_once(before).map(|(_, rest)| rest.split('"').next().unwrap_or_default()),
            );
            if let Some(url) = named.filter(|url| url.starts_with("http://127.")) {
                let mut fetch = request("x");
                "GET".clone_into(&mut fetch.method);
                exchange(url, &fetch, wait(call));
            }
            end_of(&got)
        },
    ),
];

fn follow(call: &ClientCall<'_>, most: usize, keep_credentials: bool) -> ClientEnd {
    let mut request = request(call.call_id);
    let mut url = call.url.to_owned();
    for _ in 0..most {
        let got = exchange(&url, &request, wait(call));
        let Some(location) = got.header("location").filter(|_| (300..400).contains(&got.status)) else {
            return end_of(&got);
        };
        if !keep_credentials {
            request.set_header("authorization", None);
        }
        location.clone_into(&mut url);
    }
    ClientEnd::Hung
}

/// Follows one redirect that keeps the method, with its request changed, and without credentials.
fn follow_once(call: &ClientCall<'_>, change: fn(&mut HttpRequest)) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    let mut request = request(call.call_id);
    let got = exchange(call.url, &request, wait(call) / 2);
    let Some(location) = got.header("location").filter(|_| matches!(got.status, 307 | 308)) else {
        return end_of(&got);
    };
    request.set_header("authorization", None);
    change(&mut request);
    end_of(&exchange(location, &request, wait(call) / 2))
}

fn again(call: &ClientCall<'_>, most: usize) -> ClientEnd {
    let request = request(call.call_id);
    for _ in 0..most {
        let got = exchange(call.url, &request, wait(call));
        if got.status != 0 && got.complete {
            return end_of(&got);
        }
    }
    ClientEnd::Refused
}

/// Asks once more after an answer like this; each time takes half of what there is.
fn repeat_if(call: &ClientCall<'_>, again: fn(&Got) -> bool) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    let request = request(call.call_id);
    let first = exchange(call.url, &request, wait(call) / 2);
    if again(&first) { end_of(&exchange(call.url, &request, wait(call) / 2)) } else { end_of(&first) }
}
