//! Servers that refuse otherwise than the strict one, as some document allows.

use super::bug::{Bug, Variant, variant};
use super::rewrite::client_fault;
use crate::message::{write_fault, write_invalid_call_id};
use crate::mock::listener::Request;
use crate::mock::server::answer::{plain, xml};
use crate::protocol::{Defect, InputClass, names};

pub(super) static VARIANTS: &[Variant] = &[
    variant(
        "refuses-utf-16-by-fault",
        "A message in UTF-16 gets a Client fault (row 27).",
        Bug::Http(|service, request| {
            let wide = matches!(request.body, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
            (service.knows(request) && wide).then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "refuses-utf-16-by-415",
        "A message in UTF-16 gets 415 (row 27).",
        Bug::Status(|request| matches!(request.body, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]), 415),
    ),
    variant(
        "refuses-other-charsets-by-415",
        "A charset other than utf-8 gets 415 (rows 27 and 28).",
        Bug::Status(
            |request| {
                let value = request.field("content-type").unwrap_or_default().to_ascii_lowercase();
                let charset = value.split_once("charset=").map(|(_, rest)| rest.trim_matches('"').to_owned());
                request.method == "POST" && charset.is_some_and(|charset| !charset.starts_with("utf-8"))
            },
            415,
        ),
    ),
    variant(
        "refuses-odd-soap-action",
        "A SOAPAction that is missing, sent twice or not in quotes gets a Client fault (row 32 b).",
        Bug::Http(|service, request| {
            (service.knows(request) && has_odd_action(request)).then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "refuses-odd-soap-action-by-400",
        "A SOAPAction that is missing, sent twice or not in quotes gets 400 (row 32 b).",
        Bug::Status(has_odd_action, 400),
    ),
    variant(
        "refuses-action-of-other-operations",
        "A SOAPAction of another operation than that of the body gets a Client fault (R013).",
        Bug::Http(|service, request| {
            let text = String::from_utf8_lossy(request.body);
            let action = request.field("soapaction").unwrap_or_default().trim_matches('"');
            let named = action.strip_prefix(names::MESSAGES).and_then(|rest| rest.strip_prefix('/'));
            let other = [
                "IsUMEnabled",
                "GetUMProperties",
                "GetCallInfo",
                "DisconnectPhoneCall",
                "GetPhoneCallInformation",
            ];
            let conflicts = named.is_some_and(|named| {
                (other.contains(&named)
                    && text.contains("<Disconnect ")
                    && !text.contains(&format!("<{named} ")))
                    || (named == "Disconnect"
                        && other.iter().any(|other| text.contains(&format!("<{other} "))))
            });
            let refused = service.knows(request)
                && request.method == "POST"
                && conflicts
                && !text.contains("<Disconnect x");
            refused.then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "refuses-soap12-by-415",
        "An envelope of SOAP 1.2 gets 415 under any media type (row 18).",
        Bug::Faults(|defect| {
            (defect == Defect::EnvelopeNamespace).then(|| plain(415, "this is an envelope of SOAP 1.1"))
        }),
    ),
    variant(
        "faults-malformed-as-server",
        "A malformed request gets a Server fault with a detail, where the row takes any fault.",
        Bug::Faults(|defect| takes_any_fault(defect).then(|| xml(500, coded("Server", true)))),
    ),
    variant(
        "faults-malformed-without-detail",
        "A malformed request gets a Client fault without detail (R115).",
        Bug::Faults(|defect| takes_any_fault(defect).then(|| xml(500, coded("Client", false)))),
    ),
    variant(
        "faults-ill-formed-as-client",
        "A body that is no XML gets a Client fault without detail (C06).",
        Bug::Faults(|defect| {
            (defect.class() == InputClass::NotWellFormed).then(|| xml(500, coded("Client", false)))
        }),
    ),
    variant(
        "faults-body-shape-as-client",
        "A Body that is missing, empty or shared gets a Client fault without detail (row 16).",
        Bug::Faults(|defect| {
            (defect.class() == InputClass::BodyShape).then(|| xml(500, coded("Client", false)))
        }),
    ),
    variant(
        "faults-outer-text-as-client",
        "Text beside the elements of the envelope gets a Client fault (row 10).",
        Bug::Faults(|defect| (defect == Defect::TextMisplaced).then(|| xml(500, client_fault()))),
    ),
    variant(
        "faults-unclear-ids-as-invalid",
        "Two CallIds, xsi:nil and an element in CallId get the invalid-id fault (rows 9, 14 and 15).",
        Bug::Faults(|defect| {
            use InputClass as C;
            matches!(defect.class(), C::TwoCallIds | C::Nil | C::ElementInCallId)
                .then(|| xml(500, write_invalid_call_id()))
        }),
    ),
    variant(
        "faults-envelope-without-namespace-as-version",
        "An Envelope in no namespace gets a VersionMismatch fault (row 19).",
        Bug::Faults(|defect| {
            (defect == Defect::EnvelopeNoNamespace).then(|| xml(500, coded("VersionMismatch", false)))
        }),
    ),
];

/// A fault of SOAP with this code.
fn coded(code: &str, detail: bool) -> String {
    let fault = write_fault(code, "The request was not understood.");
    if detail { fault.replace("</soap:Fault>", "<detail/></soap:Fault>") } else { fault }
}

/// Whether the row of the decision table for a defect takes any fault.
fn takes_any_fault(defect: Defect) -> bool {
    use InputClass as C;
    !matches!(defect.class(), C::EnvelopeNamespace | C::MandatoryHeader)
}

/// Whether SOAPAction is not there once, in quotes, in ASCII and of a length that is usual.
fn has_odd_action(request: &Request<'_>) -> bool {
    let inner = request
        .field("soapaction")
        .and_then(|value| value.trim().strip_prefix('"')?.strip_suffix('"'))
        .filter(|inner| inner.is_ascii() && !inner.contains('"') && inner.len() < 4_096);
    request.method == "POST" && inner.is_none()
}
