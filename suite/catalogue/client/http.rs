//! Statuses, media types and charsets of answers.

use super::answers::{invalid_id, success, typed, xml};
use super::case::{ClientCase, ClientExpect, Play, case};
use super::case::{
    ClientExpect::Disconnected, ClientExpect::Open, ClientExpect::Refused, ClientExpect::Wary,
};
use crate::evidence::Response;
use crate::message::{write_call_info, write_invalid_call_id, write_issued, write_malformed, write_success};
use crate::protocol::{Operation, RequirementId, req};

const HTML: &str =
    "<html><head><title>DisconnectResponse</title></head><body><h1>It works</h1></body></html>";
const JSON: &str = r#"{"DisconnectResponse": {}, "ResponseCode": "NoError"}"#;

pub(super) fn cases() -> Vec<ClientCase> {
    let mut cases = vec![ClientCase {
        play: Play::Twice,
        ..case(
            "request/twice",
            "The same id is given twice, in two runs of the client.",
            req::SAME_BYTES_TWICE,
            Disconnected,
            success(),
        )
    }];
    cases.extend(statuses());
    cases.extend(bodies());
    cases.extend(types());
    cases
}

fn with_status(response: Response, status: u16) -> Response {
    Response { status, ..response }
}

fn statuses() -> Vec<ClientCase> {
    let mut cases: Vec<ClientCase> = [200_u16, 202, 400, 403, 404, 503]
        .into_iter()
        .map(|status| {
            let id = format!("answer-status/fault-with-{status}");
            let about = format!("The fault for an invalid id comes with {status}.");
            case(id, about, req::FAULT_UNDER_ANY_STATUS, Refused, with_status(invalid_id(), status))
                .also(req::FAULT_STATUS_500)
        })
        .collect();
    cases.push(case(
        "answer-status/malformed-fault-with-200",
        "The fault for a malformed request comes with 200.",
        req::FAULT_UNDER_ANY_STATUS,
        Refused,
        xml(200, write_malformed()),
    ));
    // SOAP 6.2 gives every 2xx to success; HTTP gives some of them a meaning of their own.
    for (status, expect) in [(201, Open), (202, Open), (203, Open), (299, Open)] {
        let id = format!("answer-status/success-with-{status}");
        let about = format!("The success comes with {status}.");
        cases.push(case(id, about, req::SUCCESS_STATUS_2XX, expect, with_status(success(), status)));
    }
    for status in [302_u16, 400, 403, 404, 405, 500, 503, 600] {
        let id = format!("answer-status/success-with-{status}");
        let about = format!("A success comes with {status}, which says the contrary.");
        cases.push(case(id, about, req::ERROR_STATUS_WITHOUT_FAULT, Wary, with_status(success(), status)));
    }
    let later = |value: &str| {
        let mut page = typed(503, "text/html", HTML);
        page.headers.push(("retry-after", value.to_owned()));
        page
    };
    cases.extend([
        case(
            "answer-status/page-503-with-date",
            "A page for people comes with 503, and Retry-After with a date.",
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            later("Fri, 27 Nov 2026 08:00:00 GMT"),
        ),
        case(
            "answer-status/page-503-with-an-hour",
            "A page for people comes with 503, and Retry-After says an hour.",
            req::CLIENT_LIMITS,
            Refused,
            later("3600"),
        )
        .waits(),
    ]);
    for status in [202_u16, 204, 205] {
        let id = format!("answer-status/empty-{status}");
        let about = format!("Nothing comes but the status {status}.");
        cases.push(case(id, about, req::OK_STATUS_WITHOUT_RESPONSE, Refused, Response::empty(status)));
    }
    for status in [400_u16, 403, 404, 405, 408, 411, 413, 415, 417, 429, 501, 502, 503, 504] {
        let id = format!("answer-status/page-{status}");
        let about = format!("A page for people comes with {status}.");
        cases.push(case(
            id,
            about,
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            typed(status, "text/html", HTML),
        ));
    }
    cases
}

fn bodies() -> Vec<ClientCase> {
    let info = write_call_info("Disconnected", "None");
    let issued = write_issued(Operation::PlayOnPhone, "an-id");
    let rows: Vec<(&str, &str, ClientExpect, Response)> = vec![
        ("empty-200", "The status is 200, and the body is empty.", Refused, xml(200, "")),
        ("white-200", "The status is 200, and the body is white space.", Refused, xml(200, "\r\n  \r\n")),
        ("page-200", "A page for people comes with 200.", Refused, typed(200, "text/html", HTML)),
        ("page-200-as-xml", "A page for people comes with 200 as text/xml.", Refused, xml(200, HTML)),
        ("json-200", "JSON comes with 200.", Refused, typed(200, "application/json", JSON)),
        ("json-200-as-xml", "JSON comes with 200 as text/xml.", Refused, xml(200, JSON)),
        ("text-200", "The word DisconnectResponse comes with 200.", Refused, xml(200, "DisconnectResponse")),
        ("call-info", "GetCallInfo is answered, with a call that is Disconnected.", Refused, xml(200, info)),
        ("issued", "PlayOnPhone is answered.", Refused, xml(200, issued)),
    ];
    let mut cases: Vec<ClientCase> = rows
        .into_iter()
        .map(|(name, about, expect, response)| {
            case(format!("answer-body/{name}"), about, req::OK_STATUS_WITHOUT_RESPONSE, expect, response)
        })
        .collect();
    for (name, about, response) in [
        ("empty-500", "The status is 500, and the body is empty.", xml(500, "")),
        ("page-500", "A page for people comes with 500.", typed(500, "text/html", HTML)),
        ("json-500", "JSON comes with 500.", typed(500, "application/json", JSON)),
        ("garbage-500", "Bytes that are no text come with 500.", xml(500, [0x1F, 0x8B, 8, 0, 0xFF])),
        ("cut-fault-500", "Half a fault comes with 500.", {
            let fault = write_invalid_call_id();
            xml(500, &fault.as_bytes()[..fault.len() / 2])
        }),
    ] {
        cases.push(case(
            format!("answer-body/{name}"),
            about,
            req::ERROR_STATUS_WITHOUT_FAULT,
            Refused,
            response,
        ));
    }
    cases
}

fn types() -> Vec<ClientCase> {
    let rows: Vec<(&str, &str, ClientExpect, RequirementId, &str)> = vec![
        (
            "upper-case",
            "The media type is written in upper case.",
            Disconnected,
            req::CHARSET_NAMES_ENCODING,
            "TEXT/XML; CHARSET=UTF-8",
        ),
        (
            "charset-quoted",
            "The charset is a quoted string.",
            Disconnected,
            req::CHARSET_NAMES_ENCODING,
            "text/xml; charset=\"utf-8\"",
        ),
        ("charset-absent", "No charset is named.", Disconnected, req::CHARSET_NAMES_ENCODING, "text/xml"),
        (
            "charset-last",
            "Another parameter stands before charset.",
            Disconnected,
            req::CHARSET_NAMES_ENCODING,
            "text/xml; a=b; charset=utf-8",
        ),
        (
            "charset-in-mixed-case",
            "The charset has one capital letter.",
            Disconnected,
            req::CHARSET_NAMES_ENCODING,
            "text/xml; charset=Utf-8",
        ),
        (
            "charset-behind-quoted-semicolon",
            "A parameter with a semicolon in quotes stands before charset.",
            Disconnected,
            req::CHARSET_NAMES_ENCODING,
            "text/xml; a=\"b;c\"; charset=utf-8",
        ),
        (
            "charset-unknown",
            "The charset is one that nobody knows.",
            Open,
            req::ENCODING_PRECEDENCE,
            "text/xml; charset=x-unknown",
        ),
        ("charset-empty", "The charset is empty.", Open, req::ENCODING_PRECEDENCE, "text/xml; charset="),
        (
            "charset-latin",
            "The charset is ISO 8859-1; the answer is ASCII and declares UTF-8.",
            Open,
            req::ENCODING_PRECEDENCE,
            "text/xml; charset=iso-8859-1",
        ),
        (
            "charset-wide",
            "The charset is UTF-16; the answer is UTF-8.",
            Open,
            req::ENCODING_PRECEDENCE,
            "text/xml; charset=utf-16",
        ),
        ("absent", "There is no Content-Type.", Open, req::ANSWER_MEDIA_TYPE, ""),
        (
            "application-xml",
            "The media type is application/xml.",
            Open,
            req::ANSWER_MEDIA_TYPE,
            "application/xml; charset=utf-8",
        ),
        (
            "soap-12",
            "The media type is that of SOAP 1.2.",
            Open,
            req::ANSWER_MEDIA_TYPE,
            "application/soap+xml; charset=utf-8",
        ),
        ("html", "The media type is text/html.", Open, req::ANSWER_MEDIA_TYPE, "text/html; charset=utf-8"),
        ("malformed", "Content-Type is no media type.", Open, req::ANSWER_MEDIA_TYPE, "xml"),
    ];
    let marked = case(
        "answer-type/charset-absent-mark",
        "No charset is named, and the answer begins with a byte order mark.",
        req::BYTE_ORDER_MARK_ACCEPTED,
        Disconnected,
        typed(200, "text/xml", format!("\u{FEFF}{}", write_success())),
    );
    rows.into_iter()
        .map(|(name, about, expect, row, content_type)| {
            case(format!("answer-type/{name}"), about, row, expect, typed(200, content_type, write_success()))
        })
        .chain([marked])
        .collect()
}
