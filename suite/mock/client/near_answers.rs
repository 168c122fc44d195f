//! Clients that take for a success what only resembles one, or break off on faults in forms that some services
//! write.

use super::answers::{refuse_if, success_if};
use super::mutant::{ClientMutant, breaks_where, reads};
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

/// Name of the success answer.
const RESPONSE: &str = "DisconnectResponse";

/// Whether the name of the success answer stands in a text between characters like these.
fn stands(text: &str, between: impl Fn(Option<char>, Option<char>) -> bool) -> bool {
    text.match_indices(RESPONSE)
        .any(|(at, name)| between(text[..at].chars().next_back(), text[at + name.len()..].chars().next()))
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

pub(super) static MUTANTS: &[ClientMutant] = &[
    reads(
        "compares-beginnings-of-responses",
        "Takes an element for success whose name starts as that of the answer does.",
        by("reply-success/name-that-goes-on", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| {
            let goes_on = stands(&got.text(), |before, after| before == Some('<') && is_letter(after));
            success_if(got.status == 200 && goes_on, end)
        },
    ),
    reads(
        "compares-ends-of-responses",
        "Takes an element for success whose name ends as that of the answer does.",
        by("reply-success/name-that-ends-so", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| {
            let ends_so = stands(&got.text(), |before, after| is_letter(before) && !is_letter(after));
            success_if(got.status == 200 && ends_so, end)
        },
    ),
    reads(
        "compares-beginnings-of-namespaces",
        "Takes an answer for success in a namespace that starts with that of the messages.",
        by("reply-success/namespace-that-goes-on", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| {
            let goes_on = got.text().contains(&format!("\"{}/", names::MESSAGES));
            success_if(got.status == 200 && goes_on, end)
        },
    ),
    reads(
        "compares-namespaces-in-any-case",
        "Takes an answer for success in the namespace of the messages in any case.",
        by("reply-success/namespace-in-other-case", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| {
            let other = format!("\"{}\"", names::MESSAGES.replace("messages", "Messages"));
            success_if(got.status == 200 && got.text().contains(&other), end)
        },
    ),
    reads(
        "unescapes-bodies",
        "Takes an answer for success that is the text of Body.",
        by("reply-success/escaped", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 200 && got.text().contains("&lt;DisconnectResponse "), end),
    ),
    // What header entries are named.
    reads(
        "finds-faults-at-any-depth",
        "Takes an answer for a fault with an element named Fault in a header entry.",
        by("reply-success/header-holds-fault", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains("><x:Fault/>"), end),
    ),
    reads(
        "takes-the-first-body",
        "Takes a header entry named Body for Body, and finds no success in it.",
        by("reply-success/header-holds-body", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains("<x:Body "), end),
    ),
    // Faults in forms that some services write.
    breaks_where(
        "breaks-off-on-strange-faults",
        "Breaks off on a Fault with an attribute, or in which something else comes before the code.",
        by("reply-fault/encoding-style", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let rest = text.split("<soap:Fault").nth(1);
            rest.is_some_and(|rest| !rest.starts_with("><faultcode"))
        },
    ),
    breaks_where(
        "breaks-off-on-strange-details",
        "Breaks off on a detail that holds text, or a code.",
        by("reply-fault/detail-of-text", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let inside = text.split("<detail>").nth(1);
            inside.is_some_and(|inside| !inside.starts_with('<') || inside.starts_with("<faultcode"))
        },
    ),
    breaks_where(
        "breaks-off-on-codes-in-small-letters",
        "Breaks off on a code that starts with a small letter.",
        by("reply-fault/code-in-small-letters", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let code = text.split("<faultcode>soap:").nth(1);
            code.is_some_and(|code| code.starts_with(|c: char| c.is_ascii_lowercase()))
        },
    ),
];
