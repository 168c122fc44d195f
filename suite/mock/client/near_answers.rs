//! Clients that take for a success what only resembles one.

use super::answers::success_if;
use super::mutant::{ClientMutant, reads};
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
];
