//! Clients that make something else of an answer than they should.

use super::exchange::Got;
use super::mutant::{ClientMutant, reads};
use super::reference::reply;
use crate::evidence::ClientEnd;
use crate::message::{Reply, write_invalid_call_id, write_success};
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[ClientMutant] = &[
    reads(
        "takes-any-200",
        "Takes any answer with 200 for success.",
        by("answer-body/page-200", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 200, end),
    ),
    reads(
        "takes-any-2xx",
        "Takes any answer with 2xx for success.",
        by("answer-status/empty-202", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if((200..300).contains(&got.status), end),
    ),
    reads(
        "takes-any-status",
        "Takes a success with any status.",
        by("answer-status/success-with-500", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| {
            success_if(matches!(reply(got), Some(Reply::Disconnected)) && got.complete && !got.broken, end)
        },
    ),
    reads(
        "searches-for-response",
        "Takes any answer for success that holds the element's name.",
        by("reply-success/no-namespace", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(holds_response(got), end),
    ),
    reads(
        "takes-what-is-no-fault",
        "Takes everything for success that is no plain fault.",
        by("answer-body/page-500", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| {
            let plain = got.status == 500 && got.body == write_invalid_call_id().as_bytes();
            success_if(!plain && !got.unended, end)
        },
    ),
    reads(
        "takes-silence-for-success",
        "Takes a lost or silent connection for success.",
        by("answer-line/cut-in-head", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 0 || got.unended, end),
    ),
    reads(
        "takes-broken-lengths",
        "Takes an answer whose length is told in contradiction.",
        by("answer-line/lengths-differ", req::INVALID_LENGTH),
        |got, end| success_if(got.broken && holds_response(got), end),
    ),
    reads(
        "ignores-mandatory-headers",
        "Overlooks mustUnderstand.",
        by("reply-envelope/mandatory-header-success", req::MANDATORY_HEADER_IN_ANSWER),
        |got, end| success_if(got.text().contains("mustUnderstand='1'") && holds_response(got), end),
    ),
    reads(
        "knows-one-prefix-of-soap",
        "Overlooks mustUnderstand where its prefix is not soap.",
        by("reply-envelope/mandatory-header-other-prefix-success", req::MANDATORY_HEADER_IN_ANSWER),
        |got, end| {
            let text = got.text();
            let is_other = text.contains(":mustUnderstand='1'") && !text.contains("soap:mustUnderstand");
            success_if(is_other && got.status == 200 && holds_response(got), end)
        },
    ),
    reads(
        "ignores-actors",
        "Refuses every header entry that somebody must understand, whoever that is.",
        by("reply-envelope/mandatory-header-for-another-success", req::MANDATORY_HEADER_IN_ANSWER),
        |got, end| refuse_if(got.text().contains("mustUnderstand='1'"), end),
    ),
    reads(
        "looks-for-faults-at-the-start",
        "Looks for a fault in the first thousand characters, and takes an answer without one for success.",
        by("answer-ahead/fault-200-after-1000-of-header", req::FAULT_UNDER_ANY_STATUS),
        |got, end| {
            let text = got.text();
            let start: String = text.chars().take(1000).collect();
            success_if(text.contains("</soap:Fault>") && !start.contains("Fault"), end)
        },
    ),
    reads(
        "looks-for-response-at-the-start",
        "Looks for DisconnectResponse in the first thousand characters.",
        by("answer-ahead/success-after-1000-of-white-space", req::ANY_SPELLING_OF_ANSWER),
        |got, end| {
            let text = got.text();
            let start: String = text.chars().take(1000).collect();
            refuse_if(text.contains("<DisconnectResponse") && !start.contains("<DisconnectResponse"), end)
        },
    ),
    reads(
        "takes-document-types",
        "Overlooks a document type declaration.",
        by("reply-xml/doctype-bare-success", req::DTD_IN_ANSWER),
        |got, end| success_if(got.text().contains("<!DOCTYPE") && holds_response(got), end),
    ),
    reads(
        "expands-entities",
        "Takes an entity for the element that it stands for.",
        by("answer-hostile/entity-is-response", req::DTD_IN_ANSWER),
        |got, end| {
            success_if(got.text().contains("<!ENTITY") && got.text().contains("DisconnectResponse"), end)
        },
    ),
    reads(
        "takes-204",
        "Takes 204 for success.",
        by("answer-status/empty-204", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 204, end),
    ),
    reads(
        "takes-redirects-for-success",
        "Takes 3xx for success.",
        by("redirect/301", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if((300..400).contains(&got.status), end),
    ),
    reads(
        "takes-challenges-for-success",
        "Takes 401 and 407 for success.",
        by("challenge/basic", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| success_if(matches!(got.status, 401 | 407), end),
    ),
    reads(
        "branches-on-faultstring",
        "Breaks off on a faultstring that it does not know.",
        by("reply-fault/string-other-language", req::CLIENT_COMES_TO_AN_END),
        |got, end| {
            let known = ["identifier isn", "request is invalid", "A fault."];
            let text = got.text();
            crash_if(text.contains("faultstring") && !known.iter().any(|known| text.contains(known)), end)
        },
    ),
    reads(
        "crashes-without-detail",
        "Breaks off on a fault without detail.",
        by("reply-fault/no-detail", req::CLIENT_COMES_TO_AN_END),
        |got, end| crash_if(got.text().contains("<faultcode") && !got.text().contains("<detail"), end),
    ),
    reads(
        "crashes-on-unknown-faults",
        "Breaks off on codes that it does not know.",
        by("reply-fault/soap-client", req::CLIENT_COMES_TO_AN_END),
        |got, end| {
            let text = got.text();
            let known = text.contains(names::INVALID_CALL_ID) || text.contains(names::INVALID_REQUEST);
            crash_if(text.contains("<faultcode") && !known, end)
        },
    ),
    reads(
        "crashes-on-pages",
        "Breaks off on answers that are no XML.",
        by("answer-body/json-500", req::CLIENT_COMES_TO_AN_END),
        |got, end| crash_if(got.status != 0 && !got.body.starts_with(b"<"), end),
    ),
    reads(
        "overflows-on-depth",
        "Breaks off on deep nesting.",
        by("answer-hostile/depth-of-thousand", req::CLIENT_COMES_TO_AN_END),
        |got, end| crash_if(got.text().contains("<x:a><x:a><x:a>"), end),
    ),
    reads(
        "refuses-byte-order-marks",
        "Refuses a byte order mark.",
        by("reply-spelling/mark-success", req::BYTE_ORDER_MARK_ACCEPTED),
        |got, end| refuse_if(got.body.starts_with(&[0xEF, 0xBB, 0xBF]), end),
    ),
    reads(
        "refuses-utf-16",
        "Refuses UTF-16.",
        by("reply-encoding/utf-16-le-success", req::UTF16_READ),
        |got, end| refuse_if(got.body.starts_with(&[0xFF, 0xFE]) || got.body.starts_with(&[0xFE, 0xFF]), end),
    ),
    reads(
        "needs-charset",
        "Refuses an answer without charset.",
        by("answer-type/upper-case", req::CHARSET_NAMES_ENCODING),
        |got, end| refuse_if(got.header("content-type").is_none_or(|value| !value.contains("charset=")), end),
    ),
    reads(
        "needs-usual-content-type",
        "Refuses a Content-Type that is written in another way.",
        by("answer-type/charset-quoted", req::CHARSET_NAMES_ENCODING),
        |got, end| refuse_if(got.header("content-type") != Some("text/xml; charset=utf-8"), end),
    ),
    reads(
        "needs-content-length",
        "Refuses an answer without Content-Length.",
        by("answer-line/chunked", req::CHUNKED_REQUEST),
        |got, end| refuse_if(got.header("content-length").is_none(), end),
    ),
    reads(
        "refuses-headers",
        "Refuses an answer with a Header.",
        by("reply-spelling/empty-header-success", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains(":Header>"), end),
    ),
    reads(
        "knows-the-usual",
        "Refuses every answer but the usual success.",
        by("reply-spelling/prefix-success", req::PREFIX_FREELY_CHOSEN),
        |got, end| refuse_if(!is_usual(got), end),
    ),
    reads(
        "crashes-on-the-unusual",
        "Breaks off on every answer but the two usual ones.",
        by("reply-spelling/plain-malformed", req::CLIENT_COMES_TO_AN_END),
        |got, end| crash_if(!is_usual(got), end),
    ),
    reads(
        "waits-for-ever",
        "Does not end where no answer ends.",
        by("answer-wait/no-answer", req::CLIENT_LIMITS),
        |got, end| {
            if got.unended { ClientEnd::Hung } else { end }
        },
    ),
];

/// Success where a condition holds.
pub(super) fn success_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Disconnected } else { end }
}

/// A crash where a condition holds.
fn crash_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Crashed("an error that nobody catches".to_owned()) } else { end }
}

pub(super) fn refuse_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Refused } else { end }
}

/// Whether the answer is one of the two that everybody tries with.
fn is_usual(got: &Got) -> bool {
    let body = match got.status {
        200 => write_success(),
        500 => write_invalid_call_id(),
        _ => return false,
    };
    got.usual && got.body == body.as_bytes() && got.header("content-type") == Some(names::CONTENT_TYPE)
}

fn holds_response(got: &Got) -> bool {
    got.text().contains("<DisconnectResponse")
}
