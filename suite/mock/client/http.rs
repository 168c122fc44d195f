//! Clients that break off on, or believe, one thing about the HTTP around an answer.

use super::answers::{refuse_if, success_if};
use super::exchange::Got;
use super::mutant::{ClientMutant, breaks_if, reads};
use super::reference::reply;
use crate::evidence::ClientEnd;
use crate::message::Reply;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    reads(
        "takes-faults-with-2xx",
        "Looks at 4xx and 5xx for faults alone, and takes one with 2xx for success.",
        by("answer-status/fault-with-200", req::FAULT_UNDER_ANY_STATUS),
        |got, end| success_if((200..300).contains(&got.status) && is_fault(got), end),
    ),
    reads(
        "takes-pages-with-200",
        "Takes a page for people with 200 for success.",
        by("answer-body/page-200", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 200 && got.text().contains("<html>"), end),
    ),
    reads(
        "takes-json-with-200",
        "Takes JSON with 200 for success.",
        by("answer-body/json-200", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 200 && got.body.starts_with(b"{"), end),
    ),
    reads(
        "takes-what-comes-with-202",
        "Takes 202 for success, whatever comes with it.",
        by("answer-status/empty-202", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 202, end),
    ),
    reads(
        "takes-205",
        "Takes 205 for success.",
        by("answer-status/empty-205", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| success_if(got.status == 205, end),
    ),
    reads(
        "takes-successes-below-400",
        "Takes a success with any status below 400.",
        by("answer-status/success-with-302", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| success_if((300..400).contains(&got.status) && is_success(got), end),
    ),
    reads(
        "takes-successes-with-unknown-4xx",
        "Takes a success with a 4xx that it does not know.",
        by("answer-status/success-with-405", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| {
            let is_known = matches!(got.status, 400 | 401 | 403 | 404);
            success_if((400..500).contains(&got.status) && !is_known && is_success(got), end)
        },
    ),
    reads(
        "takes-successes-beyond-599",
        "Takes a success with a status beyond 599.",
        by("answer-status/success-with-600", req::ERROR_STATUS_WITHOUT_FAULT),
        |got, end| success_if(got.status > 599 && is_success(got), end),
    ),
    reads(
        "merges-trailers",
        "Takes a trailer field for one of the head.",
        by("answer-line/chunk-trailer-of-head", req::CHUNKED_REQUEST),
        |got, end| {
            let is_chunked = got.header("transfer-encoding").is_some();
            refuse_if(is_chunked && got.wire.ends_with("\r\ncontent-type: text/html\r\n\r\n"), end)
        },
    ),
    reads(
        "knows-charsets-in-one-case",
        "Knows utf-8 in small letters or in capitals.",
        by("answer-type/charset-in-mixed-case", req::CHARSET_NAMES_ENCODING),
        |got, end| refuse_if(got.header("content-type").is_some_and(|value| value.contains("Utf-8")), end),
    ),
    reads(
        "splits-parameters-at-every-semicolon",
        "Parts the parameters of a media type at semicolons in quotes as well.",
        by("answer-type/charset-behind-quoted-semicolon", req::CHARSET_NAMES_ENCODING),
        |got, end| {
            let parts = got.header("content-type").unwrap_or_default().split(';').skip(1);
            refuse_if(parts.map(str::trim).any(|part| part.matches('"').count() == 1), end)
        },
    ),
    reads(
        "reads-unlabelled-answers-as-latin-1",
        "Takes an answer without a charset for ISO 8859-1, in which a byte order mark is three letters.",
        by("answer-type/charset-absent-mark", req::BYTE_ORDER_MARK_ACCEPTED),
        |got, end| {
            let is_labelled = got.header("content-type").is_some_and(|value| value.contains("charset"));
            refuse_if(!is_labelled && got.body.starts_with("\u{FEFF}".as_bytes()), end)
        },
    ),
    reads(
        "waits-as-told",
        "Waits as long as Retry-After says.",
        by("answer-status/page-503-with-an-hour", req::CLIENT_LIMITS),
        |got, end| {
            let seconds = got.header("retry-after").and_then(|value| value.parse::<u32>().ok());
            if seconds.is_some_and(|seconds| seconds > 60) { ClientEnd::Hung } else { end }
        },
    ),
    breaks_if(
        "breaks-off-on-dates",
        "Breaks off on Retry-After with a date.",
        by("answer-status/page-503-with-date", req::CLIENT_COMES_TO_AN_END),
        |got| got.header("retry-after").is_some_and(|value| value.parse::<u32>().is_err()),
    ),
    breaks_if(
        "breaks-off-on-locations",
        "Breaks off on a Location that is no URL.",
        by("redirect/to-no-url", req::CLIENT_COMES_TO_AN_END),
        |got| got.header("location").is_some_and(|value| value.contains('[') && !value.contains(']')),
    ),
    breaks_if(
        "breaks-off-on-bare-challenges",
        "Breaks off on a challenge without parameters.",
        by("challenge/name-alone", req::CLIENT_COMES_TO_AN_END),
        |got| got.header("www-authenticate").is_some_and(|value| !value.contains('=')),
    ),
    breaks_if(
        "breaks-off-on-two-challenges",
        "Breaks off where more than one kind of credentials is asked for.",
        by("challenge/two", req::CLIENT_COMES_TO_AN_END),
        |got| {
            let is_challenge = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("www-authenticate");
            got.headers.iter().filter(is_challenge).count() > 1
        },
    ),
    reads(
        "takes-parts-of-answers",
        "Takes an answer for whole when its connection ends.",
        by("answer-line/cut-in-body", req::UNAMBIGUOUS_FRAMING),
        |got, end| success_if(got.status == 200 && is_part(got), end),
    ),
    breaks_if(
        "breaks-off-on-parts-of-answers",
        "Breaks off where an answer ends before its length.",
        by("answer-line/length-long", req::CLIENT_COMES_TO_AN_END),
        |got| got.status != 0 && !got.complete,
    ),
    breaks_if(
        "breaks-off-on-broken-connections",
        "Breaks off where nothing comes that is HTTP.",
        by("answer-line/reset", req::CLIENT_COMES_TO_AN_END),
        |got| got.status == 0 && !got.unended,
    ),
    breaks_if(
        "breaks-off-on-4xx",
        "Breaks off on every 4xx, as its library raises an error for it.",
        by("answer-status/page-404", req::CLIENT_COMES_TO_AN_END),
        |got| (400..500).contains(&got.status),
    ),
    breaks_if(
        "breaks-off-on-gateways",
        "Breaks off on 501 and above.",
        by("answer-status/page-503", req::CLIENT_COMES_TO_AN_END),
        |got| got.status > 500,
    ),
    breaks_if(
        "breaks-off-on-other-2xx",
        "Breaks off on every 2xx but 200.",
        by("answer-status/success-with-201", req::CLIENT_COMES_TO_AN_END),
        |got| (201..300).contains(&got.status),
    ),
    breaks_if(
        "breaks-off-on-empty-answers",
        "Breaks off on an answer with 200 or 500 that holds nothing.",
        by("answer-body/empty-500", req::CLIENT_COMES_TO_AN_END),
        |got| matches!(got.status, 200 | 500) && got.complete && got.body.trim_ascii().is_empty(),
    ),
    breaks_if(
        "breaks-off-on-garbage",
        "Breaks off on bytes that are no text.",
        by("answer-body/garbage-500", req::CLIENT_COMES_TO_AN_END),
        |got| got.body.starts_with(&[0x1F, 0x8B]),
    ),
    breaks_if(
        "breaks-off-without-content-type",
        "Breaks off where there is no Content-Type, or none with a slash.",
        by("answer-type/absent", req::CLIENT_COMES_TO_AN_END),
        |got| got.status == 200 && got.header("content-type").is_none_or(|value| !value.contains('/')),
    ),
    breaks_if(
        "breaks-off-on-other-media-types",
        "Breaks off on a success that is not labelled text/xml.",
        by("answer-type/application-xml", req::CLIENT_COMES_TO_AN_END),
        |got| {
            let other = |value: &str| !value.to_ascii_lowercase().starts_with("text/xml");
            got.status == 200 && got.header("content-type").is_some_and(other)
        },
    ),
    breaks_if(
        "breaks-off-on-pages",
        "Breaks off on an error that is a page for people.",
        by("answer-body/page-500", req::CLIENT_COMES_TO_AN_END),
        |got| got.status == 500 && got.text().contains("<html>"),
    ),
    breaks_if(
        "breaks-off-on-json",
        "Breaks off on JSON, which no reader of XML takes.",
        by("answer-body/json-500", req::CLIENT_COMES_TO_AN_END),
        |got| got.body.starts_with(b"{"),
    ),
    breaks_if(
        "breaks-off-on-odd-charsets",
        "Breaks off on a charset that is not utf-8.",
        by("answer-type/charset-unknown", req::CLIENT_COMES_TO_AN_END),
        |got| {
            let value = got.header("content-type").unwrap_or_default().to_ascii_lowercase();
            let charset = value.split("charset=").nth(1);
            charset.is_some_and(|charset| !charset.trim_matches('"').starts_with("utf-8"))
        },
    ),
    breaks_if(
        "breaks-off-on-content-encodings",
        "Breaks off on an answer that says that it is compressed.",
        by("answer-line/gzip-untrue", req::CLIENT_COMES_TO_AN_END),
        |got| got.header("content-encoding").is_some(),
    ),
    breaks_if(
        "breaks-off-on-transfer-codings",
        "Breaks off on chunks that it cannot make out, and on codings that it does not know.",
        by("answer-line/chunk-size-wrong", req::CLIENT_COMES_TO_AN_END),
        |got| {
            got.header("transfer-encoding").is_some_and(|value| {
                value != "chunked" || !got.complete || got.header("content-length").is_some()
            })
        },
    ),
    breaks_if(
        "breaks-off-on-other-versions",
        "Breaks off on a version of HTTP that is not 1.1, and on a status line without reason.",
        by("answer-line/http-one-zero", req::CLIENT_COMES_TO_AN_END),
        |got| {
            got.start().starts_with("HTTP/") && !got.start().starts_with("HTTP/1.1 ")
                || got.start().ends_with(' ')
        },
    ),
    breaks_if(
        "breaks-off-on-interim-answers",
        "Breaks off on a 1xx, which it takes for the answer.",
        by("answer-line/continue-first", req::CLIENT_COMES_TO_AN_END),
        |got| got.start().starts_with("HTTP/1.1 1"),
    ),
    breaks_if(
        "breaks-off-on-second-answers",
        "Breaks off on what comes after the answer.",
        by("answer-line/twice", req::CLIENT_COMES_TO_AN_END),
        |got| got.has_more,
    ),
];

fn is_success(got: &Got) -> bool {
    matches!(reply(got), Some(Reply::Disconnected))
}

fn is_fault(got: &Got) -> bool {
    matches!(reply(got), Some(Reply::Fault(_)))
}

/// Whether less came than was told, or no end tag of the envelope.
fn is_part(got: &Got) -> bool {
    !got.unended && (!got.complete || got.text().starts_with("<?xml") && !got.text().contains("Envelope>"))
}
