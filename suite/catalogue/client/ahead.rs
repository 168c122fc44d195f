//! What an answer says only behind much else: clients that look at its start alone do not see it.

use super::answers::xml;
use super::case::{ClientCase, case};
use super::case::{ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused};
use crate::message::{write_invalid_call_id, write_success};
use crate::protocol::req;

/// How much stands before it: name, words, characters. The larger one is beyond the first block of any
/// buffer that is usual.
const AMOUNTS: [(&str, &str, usize); 2] =
    [("1000", "A thousand", 1000), ("100000", "A hundred thousand", 100_000)];

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases = Vec::new();
    for (amount, words, count) in AMOUNTS {
        for (place, what) in [("header", "characters of a header entry"), ("white-space", "blanks")] {
            for status in [200_u16, 500] {
                cases.push(case(
                    format!("answer-ahead/fault-{status}-after-{amount}-of-{place}"),
                    format!("{words} {what} stand before a fault with {status}."),
                    req::FAULT_UNDER_ANY_STATUS,
                    Refused,
                    xml(status, behind(&write_invalid_call_id(), place, count)),
                ));
            }
            // Nothing forbids a client to take no more than so much.
            let (row, expect) = match count {
                1000 => (req::ANY_SPELLING_OF_ANSWER, Disconnected),
                _ => (req::CLIENT_LIMITS, Open),
            };
            cases.push(case(
                format!("answer-ahead/success-after-{amount}-of-{place}"),
                format!("{words} {what} stand before a success."),
                row,
                expect,
                xml(200, behind(&write_success(), place, count)),
            ));
        }
    }
    cases
}

/// A message with so many characters before the content of its Body.
fn behind(message: &str, place: &str, count: usize) -> String {
    let body = "<soap:Body>";
    let much = match place {
        "header" => {
            format!("<soap:Header><x:a xmlns:x=\"urn:x\">{}</x:a></soap:Header>{body}", "x".repeat(count))
        }
        _ => format!("{body}{}", " ".repeat(count)),
    };
    message.replacen(body, &much, 1)
}
