//! Servers that refuse otherwise than the strict one, as some document allows.

use super::bug::{Bug, Variant, variant};
use super::rewrite::{client_fault, page};
use crate::evidence::{Reaction, Response};
use crate::message::{charset_of, write_fault, write_invalid_call_id, write_malformed};
use crate::mock::listener::Request;
use crate::mock::server::answer::{plain, xml};
use crate::protocol::{Defect, InputClass, names, sizes};

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
                let charset = charset_of(request.field("content-type").unwrap_or_default());
                request.method == "POST"
                    && charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8"))
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
    variant(
        "faults-attributes-of-envelope-as-client",
        "mustUnderstand or actor on Envelope or Header gets a Client fault, by the envelope schema (R196).",
        Bug::Http(|service, request| {
            let text = std::str::from_utf8(request.body).ok()?;
            let tags = ["<soap:Envelope ", "<soap:Header "];
            let on_them = tags
                .iter()
                .filter_map(|tag| text.split_once(tag)?.1.split('>').next())
                .any(|tag| tag.contains("soap:mustUnderstand=") || tag.contains("soap:actor="));
            (service.knows(request) && on_them).then(|| xml(500, coded("Client", false)).into())
        }),
    ),
    variant(
        "refuses-names-of-the-fifth-edition",
        "A name that XML 1.0 has allowed since its fifth edition only is no XML (C33).",
        Bug::Http(|service, request| {
            let named = String::from_utf8_lossy(request.body).contains("<Call\u{200D}Id");
            (service.knows(request) && named).then(|| plain(400, "no XML").into())
        }),
    ),
    variant(
        "knows-no-other-method",
        "Another method than POST gets 501 (R002).",
        Bug::Status(|request| request.method != "POST", 501),
    ),
    variant(
        "shows-page-to-get",
        "GET and HEAD get a page for people (row 33).",
        Bug::Http(|service, request| {
            (service.knows(request) && matches!(request.method, "GET" | "HEAD")).then(|| page(200))
        }),
    ),
    variant(
        "answers-options-and-trace",
        "OPTIONS and TRACE are answered as HTTP has it (row 33).",
        Bug::Http(|service, request| {
            let asked = service.knows(request) && matches!(request.method, "OPTIONS" | "TRACE");
            asked.then(|| {
                let mut response = plain(200, "POST is understood here");
                response.headers.push(("allow", "OPTIONS, POST, TRACE".to_owned()));
                response.into()
            })
        }),
    ),
    variant(
        "allows-in-two-fields",
        "A 405 lists the methods in two fields, and POST in the second (RFC 9110 5.3).",
        Bug::Http(|service, request| {
            (service.knows(request) && request.method != "POST").then(|| {
                let mut response = plain(405, "only POST is understood here");
                response.headers.push(("allow", "OPTIONS".to_owned()));
                response.headers.push(("allow", "POST".to_owned()));
                response.into()
            })
        }),
    ),
    variant(
        "answers-extension-method-by-510",
        "M-POST without a declaration gets 510 (SOAP 6.3).",
        Bug::Status(|request| request.method == "M-POST", 510),
    ),
    variant(
        "refuses-strangers-by-403",
        "A request without the right credentials gets 403 (row 34).",
        Bug::Http(|service, request| (!service.knows(request)).then(|| plain(403, "refused").into())),
    ),
    variant(
        "refuses-strangers-by-fault",
        "A request without the right credentials gets a Client fault (SOAP 4.4.1).",
        Bug::Http(|service, request| {
            (!service.knows(request)).then(|| xml(500, coded("Client", false)).into())
        }),
    ),
    variant(
        "sends-strangers-to-login-page",
        "A request without the right credentials is redirected to a page where people log in (row 34).",
        Bug::Http(|service, request| {
            (!service.knows(request)).then(|| {
                let headers = vec![("location", "/login".to_owned())];
                Response { status: 302, headers, body: Vec::new() }.into()
            })
        }),
    ),
    variant(
        "refuses-media-type-by-400",
        "Another media type than text/xml gets 400 (row 31).",
        Bug::Status(
            |request| {
                let value = request.field("content-type").unwrap_or_default().to_ascii_lowercase();
                request.method == "POST" && !value.starts_with("text/xml")
            },
            400,
        ),
    ),
    variant(
        "wants-a-length",
        "A chunked request gets 411 (RFC 9112 6.3).",
        Bug::Status(|request| request.field("transfer-encoding").is_some(), 411),
    ),
    variant(
        "limits-size",
        "A body of more than 65,536 bytes, the default of WCF, gets 413 (R180).",
        Bug::Status(|request| request.body.len() > sizes::WCF_MESSAGE, 413),
    ),
    variant(
        "closes-on-large-bodies",
        "At a body of more than 65,536 bytes the connection is closed (R180).",
        Bug::Http(|_, request| (request.body.len() > sizes::WCF_MESSAGE).then_some(Reaction::Close)),
    ),
    variant(
        "limits-depth",
        "A message of more than 32 levels, the default of WCF, gets a Client fault (R181).",
        Bug::Http(|service, request| {
            (service.knows(request) && depth(request.body) > 32).then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "limits-attributes",
        "An element with more than 64 attributes or declarations gets a Client fault (R182).",
        Bug::Http(|service, request| {
            let text = String::from_utf8_lossy(request.body);
            let many = text
                .split('<')
                .any(|tag| tag.split('>').next().unwrap_or_default().matches('=').count() > 64);
            (service.knows(request) && many && !text.contains("&#61;"))
                .then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "limits-names",
        "A name of more than 16,384 characters, the default of WCF, gets a Client fault (R182).",
        Bug::Http(|service, request| {
            let text = String::from_utf8_lossy(request.body);
            let name = |tag: &str| tag.split(['>', ' ', '/']).next().unwrap_or_default().len();
            let long = text.split('<').any(|tag| !tag.starts_with(['!', '?']) && name(tag) > 16_384)
                || text
                    .split(" xmlns:")
                    .skip(1)
                    .any(|rest| rest.split('=').next().unwrap_or_default().len() > 16_384);
            (service.knows(request) && long).then(|| xml(500, client_fault()).into())
        }),
    ),
    variant(
        "refuses-long-ids-by-413",
        "An id of more than 512 characters gets 413 (row 30).",
        Bug::Faults(|defect| (defect == Defect::CallIdLong).then(|| plain(413, "the id is too long"))),
    ),
    variant(
        "faults-long-ids-as-malformed",
        "An id of more than 512 characters gets the malformed-request fault (row 30).",
        Bug::Faults(|defect| (defect == Defect::CallIdLong).then(|| xml(500, write_malformed()))),
    ),
    variant(
        "refuses-document-types-by-400",
        "A document type declaration gets 400 (row 23).",
        Bug::Faults(|defect| (defect == Defect::Doctype).then(|| plain(400, "no DTD"))),
    ),
    variant(
        "serves-disconnect-phone-call",
        "DisconnectPhoneCall of EWS is answered as EWS does (row 35).",
        Bug::Http(|service, request| {
            let asked = "<soap:Body><m:DisconnectPhoneCall ";
            let answer = format!(
                "<m:DisconnectPhoneCallResponse xmlns:m=\"{}\" ResponseClass=\"Error\"><m:MessageText>The phone call ID isn't valid.</m:MessageText><m:ResponseCode>ErrorInvalidPhoneCallId</m:ResponseCode></m:DisconnectPhoneCallResponse>",
                names::MESSAGES
            );
            served(request, asked, &answer).filter(|_| service.knows(request))
        }),
    ),
    variant(
        "serves-shells",
        "Disconnect of the WS-Management shell is answered as that service does (row 35).",
        Bug::Http(|service, request| {
            let asked = "<soap:Body><rsp:Disconnect ";
            let answer = "<rsp:DisconnectResponse xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"/>";
            served(request, asked, answer).filter(|_| service.knows(request))
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

/// The most levels of elements that are open at a time.
fn depth(body: &[u8]) -> usize {
    let text = String::from_utf8_lossy(body);
    let (mut open, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) && !tag.ends_with('/') {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// A success of another operation, for a message that asks for it.
fn served(request: &Request<'_>, asked: &str, answer: &str) -> Option<Reaction> {
    let text = std::str::from_utf8(request.body).ok()?;
    let envelope = format!(
        "<soap:Envelope xmlns:soap=\"{}\"><soap:Body>{answer}</soap:Body></soap:Envelope>",
        names::ENVELOPE
    );
    (request.method == "POST" && text.contains(asked)).then(|| xml(200, envelope).into())
}
