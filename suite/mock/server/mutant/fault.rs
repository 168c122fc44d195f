//! Servers whose faults are wrong.

use super::bug::{Bug, Mutant, mutant};
use super::rewrite::{fault, only, page};
use crate::evidence::{Reaction, Response};
use crate::message::write_fault;
use crate::mock::killed_by::by;
use crate::mock::server::answer::{AnswerKind, xml};
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "faults-with-200",
        "Faults have status 200.",
        by("call-id/garbage-word", req::FAULT_STATUS_500),
        Bug::Answers(|kind, response| fault_status(kind, response, 200)),
    ),
    mutant(
        "faults-with-400",
        "Faults have status 400.",
        by("call-id/garbage-word", req::FAULT_STATUS_500),
        Bug::Answers(|kind, response| fault_status(kind, response, 400)),
    ),
    mutant(
        "faults-in-soap12",
        "Faults are in an envelope of SOAP 1.2.",
        by("namespace/disconnect-types", req::MALFORMED_REQUEST_FAULT),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| body.replace(names::ENVELOPE, names::ENVELOPE_12))
        }),
    ),
    mutant(
        "faults-with-qualified-children",
        "The children of Fault are in the SOAP namespace.",
        by("call-id/garbage-word", req::FAULT_CHILDREN_UNQUALIFIED),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                ["faultcode", "faultstring", "detail"].iter().fold(body.to_owned(), |text, name| {
                    text.replace(&format!("<{name}"), &format!("<soap:{name}"))
                        .replace(&format!("</{name}"), &format!("</soap:{name}"))
                })
            })
        }),
    ),
    mutant(
        "faults-in-inherited-namespace",
        "The children of Fault are in a default namespace that Envelope declares.",
        by("call-id/garbage-word", req::FAULT_CHILDREN_UNQUALIFIED),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replacen("<soap:Envelope ", "<soap:Envelope xmlns=\"urn:um\" ", 1)
            })
        }),
    ),
    mutant(
        "faults-with-unbound-code",
        "The prefix of the fault code is not declared.",
        by("call-id/garbage-word", req::FAULT_CODE_QNAME),
        Bug::Answers(|kind, response| fault(kind, response, |body| body.replace(" xmlns:a=", " xmlns:b="))),
    ),
    mutant(
        "faults-without-code",
        "Faults have no faultcode.",
        by("call-id/garbage-word", req::FAULT_CODE_AND_STRING),
        Bug::Answers(|kind, response| fault(kind, response, |body| without(body, "faultcode"))),
    ),
    mutant(
        "faults-with-empty-code",
        "The faultcode is empty.",
        by("call-id/garbage-word", req::FAULT_CODE_AND_STRING),
        Bug::Answers(|kind, response| fault(kind, response, |body| emptied(body, "faultcode"))),
    ),
    mutant(
        "faults-without-string",
        "Faults have no faultstring.",
        by("call-id/garbage-word", req::FAULT_CODE_AND_STRING),
        Bug::Answers(|kind, response| fault(kind, response, |body| without(body, "faultstring"))),
    ),
    mutant(
        "faults-twice",
        "Body holds the Fault twice.",
        by("call-id/garbage-word", req::ONE_FAULT),
        Bug::Answers(|kind, response| fault(kind, response, twice)),
    ),
    mutant(
        "faults-with-success",
        "DisconnectResponse stands beside the Fault.",
        by("call-id/garbage-word", req::FAULT_OR_RESPONSE),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace(
                    "</soap:Body>",
                    &format!("<DisconnectResponse xmlns=\"{}\"/></soap:Body>", names::MESSAGES),
                )
            })
        }),
    ),
    mutant(
        "faults-in-wrong-order",
        "faultstring comes before faultcode.",
        by("call-id/garbage-word", req::FAULT_CHILD_ORDER),
        Bug::Answers(|kind, response| fault(kind, response, swapped)),
    ),
    mutant(
        "faults-with-other-child",
        "Fault has a child in no namespace that SOAP does not know.",
        by("call-id/garbage-word", req::EXTRA_FAULT_CHILD),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| body.replace("</soap:Fault>", "<reason>x</reason></soap:Fault>"))
        }),
    ),
    mutant(
        "faults-unknown-ids-without-detail",
        "An unknown id gets a Server fault without detail.",
        by("call-id/garbage-word", req::DETAIL_FOR_BODY_FAULTS),
        Bug::Answers(|kind, response| match kind {
            AnswerKind::InvalidId => xml(500, write_fault("Server", "There is no such call.")).into(),
            _ => response.into(),
        }),
    ),
    mutant(
        "faults-with-qualified-child",
        "Fault has a child of a namespace of the server's own.",
        by("call-id/garbage-word", req::FAULT_CHILDREN),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace("</soap:Fault>", "<v:reason xmlns:v=\"urn:vendor\">x</v:reason></soap:Fault>")
            })
        }),
    ),
    mutant(
        "faults-with-code-of-digits",
        "The fault code is the number of the status.",
        by("call-id/garbage-word", req::FAULT_CODE_QNAME),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "500"))),
    ),
    mutant(
        "faults-with-code-of-words",
        "The fault code is two words.",
        by("call-id/garbage-word", req::FAULT_CODE_QNAME),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "Internal Error"))),
    ),
    mutant(
        "faults-with-code-of-two-colons",
        "The fault code has two colons.",
        by("call-id/garbage-word", req::FAULT_CODE_QNAME),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "soap:Client:Invalid"))),
    ),
    mutant(
        "faults-with-dotted-code",
        "The fault code is refined by a dot.",
        by("call-id/garbage-word", req::FAULT_CODE_WITHOUT_DOT),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "soap:Client.InvalidCallId"))),
    ),
    mutant(
        "faults-with-unqualified-code",
        "The fault code is Client in no namespace.",
        by("call-id/garbage-word", req::STANDARD_FAULT_CODE),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "Client"))),
    ),
    mutant(
        "faults-with-code-of-soap12",
        "The fault code is Sender, as in SOAP 1.2.",
        by("call-id/garbage-word", req::STANDARD_FAULT_CODE),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "soap:Sender"))),
    ),
    mutant(
        "faults-with-server-code",
        "Every fault has the code Server.",
        by("call-id/garbage-word", req::INVALID_ID_CODE),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "soap:Server"))),
    ),
    mutant(
        "faults-with-client-code",
        "Every fault has the code Client.",
        by("call-id/garbage-word", req::INVALID_ID_CODE),
        Bug::Answers(|kind, response| fault(kind, response, |body| coded(body, "soap:Client"))),
    ),
    mutant(
        "faults-with-stack-trace",
        "The faultstring holds a stack trace.",
        by("call-id/garbage-word", req::NO_INTERNALS_IN_FAULT),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                worded(
                    body,
                    "System.NullReferenceException: Object reference not set\n   at Um.Call.Find(String id) in C:\\src\\Call.cs:line 42",
                )
            })
        }),
    ),
    mutant(
        "faults-with-file-path",
        "The faultstring holds a path of the server.",
        by("call-id/garbage-word", req::NO_INTERNALS_IN_FAULT),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| worded(body, "cannot open /var/lib/um/calls.db"))
        }),
    ),
    mutant(
        "faults-with-path-on-share",
        "The faultstring holds a path on a share of Windows.",
        by("call-id/garbage-word", req::NO_INTERNALS_IN_FAULT),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| worded(body, "cannot open \\\\UMSRV01\\d$\\um\\calls.dat"))
        }),
    ),
    mutant(
        "faults-with-url-of-file",
        "The faultstring holds the URL of a file.",
        by("call-id/garbage-word", req::NO_INTERNALS_IN_FAULT),
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| worded(body, "cannot read file:///var/lib/um/messages.xsd"))
        }),
    ),
    mutant(
        "faults-with-trace-in-field",
        "A field in the head of a fault holds a stack trace.",
        by("call-id/garbage-word", req::NO_INTERNALS_IN_FAULT),
        Bug::Answers(|kind, mut response| {
            if kind.is_fault() {
                let trace =
                    "System.NullReferenceException at Um.Calls.Find(String id) in D:\\um\\Calls.cs:line 42";
                response.headers.push(("x-exception", trace.to_owned()));
            }
            response.into()
        }),
    ),
    mutant(
        "faults-as-html",
        "A page for people stands in for a fault.",
        by("call-id/garbage-word", req::INVALID_ID_FAULT),
        Bug::Answers(|kind, response| if kind.is_fault() { page(500) } else { response.into() }),
    ),
    mutant(
        "faults-as-json",
        "JSON stands in for a fault.",
        by("call-id/garbage-word", req::INVALID_ID_FAULT),
        Bug::Answers(|kind, response| if kind.is_fault() { json() } else { response.into() }),
    ),
    mutant(
        "faults-as-nothing",
        "A 500 without a body stands in for a fault.",
        by("call-id/garbage-word", req::INVALID_ID_FAULT),
        Bug::Answers(
            |kind, response| if kind.is_fault() { Response::empty(500).into() } else { response.into() },
        ),
    ),
    mutant(
        "faults-as-redirect",
        "A redirect to a page about errors stands in for a fault.",
        by("namespace/disconnect-types", req::MALFORMED_REQUEST_FAULT),
        Bug::Answers(|kind, response| if kind.is_fault() { redirect() } else { response.into() }),
    ),
    mutant(
        "codes-invalid-id-otherwise",
        "The invalid-id fault has the code InvalidCallId.",
        by("call-id/garbage-word", req::INVALID_ID_CODE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace("a:InvalidCallIdException", "a:InvalidCallId")
            })
        }),
    ),
    mutant(
        "codes-invalid-id-in-types-namespace",
        "The code of the invalid-id fault is in the types namespace.",
        by("call-id/garbage-word", req::INVALID_ID_CODE_NAMESPACE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| body.replace(names::ERRORS, names::TYPES))
        }),
    ),
    mutant(
        "details-invalid-id-not-at-all",
        "The invalid-id fault has no detail.",
        by("call-id/garbage-word", req::DETAIL_FOR_BODY_FAULTS),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| without(body, "detail"))
        }),
    ),
    mutant(
        "details-invalid-id-without-type",
        "The detail of the invalid-id fault holds no ExceptionType.",
        by("call-id/garbage-word", req::EXCEPTION_TYPE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| body.replace("m:ExceptionType", "m:Exception"))
        }),
    ),
    mutant(
        "details-invalid-id-of-other-type",
        "ExceptionType names another exception.",
        by("call-id/garbage-word", req::EXCEPTION_TYPE_VALUE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace(">InvalidCallIdException<", ">System.ArgumentException<")
            })
        }),
    ),
    mutant(
        "details-invalid-id-in-errors-namespace",
        "ExceptionType is in the errors namespace.",
        by("call-id/garbage-word", req::EXCEPTION_TYPE_NAMESPACE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace("<m:ExceptionType xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\"", "<m:ExceptionType xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/errors\"")
            })
        }),
    ),
    mutant(
        "reports-invalid-id-in-success",
        "An invalid id is reported in a body of EWS with ResponseClass Error.",
        by("call-id/garbage-word", req::INVALID_ID_NOT_SUCCESS),
        Bug::Answers(|kind, response| match kind {
            AnswerKind::InvalidId => ews(),
            _ => response.into(),
        }),
    ),
    mutant(
        "codes-malformed-otherwise",
        "The malformed-request fault has the code ErrorSchemaValidation.",
        by("namespace/disconnect-types", req::INVALID_REQUEST_CODE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| {
                body.replace("a:ErrorInvalidRequest", "a:ErrorSchemaValidation")
            })
        }),
    ),
    mutant(
        "codes-malformed-in-errors-namespace",
        "The code of the malformed-request fault is in the errors namespace.",
        by("namespace/disconnect-types", req::INVALID_REQUEST_CODE_NAMESPACE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| body.replace(names::TYPES, names::ERRORS))
        }),
    ),
    mutant(
        "details-malformed-without-response-code",
        "The detail of the malformed-request fault holds no ResponseCode.",
        by("namespace/disconnect-types", req::RESPONSE_CODE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| without(body, "e:ResponseCode"))
        }),
    ),
    mutant(
        "details-malformed-with-other-response-code",
        "ResponseCode says something else.",
        by("namespace/disconnect-types", req::RESPONSE_CODE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| {
                body.replace(">ErrorInvalidRequest</e:", ">ErrorSchemaValidation</e:")
            })
        }),
    ),
    mutant(
        "details-malformed-without-message",
        "The detail of the malformed-request fault holds no Message.",
        by("namespace/disconnect-types", req::INVALID_REQUEST_MESSAGE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| without(body, "e:Message"))
        }),
    ),
    mutant(
        "details-malformed-in-types-namespace",
        "ResponseCode and Message are in the types namespace.",
        by("namespace/disconnect-types", req::INVALID_REQUEST_DETAIL_NAMESPACE),
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| body.replace(names::ERRORS, names::TYPES))
        }),
    ),
    mutant(
        "details-mandatory-header",
        "The MustUnderstand fault has a detail that names the header entry.",
        by("header/mandatory", req::DETAIL_FOR_BODY_FAULTS),
        Bug::Answers(|kind, response| {
            only(AnswerKind::MustUnderstand, kind, response, |body| {
                body.replace("</soap:Fault>", "<detail><h:unknown xmlns:h=\"urn:h\"/></detail></soap:Fault>")
            })
        }),
    ),
    mutant(
        "codes-mandatory-header-as-client",
        "A mandatory header is answered by a Client fault.",
        by("header/mandatory", req::MUST_UNDERSTAND),
        Bug::Answers(|kind, response| {
            only(AnswerKind::MustUnderstand, kind, response, |body| coded(body, "soap:Client"))
        }),
    ),
    mutant(
        "codes-version-as-server",
        "A foreign envelope is answered by a Server fault.",
        by("envelope/soap12", req::VERSION_MISMATCH),
        Bug::Answers(|kind, response| {
            only(AnswerKind::VersionMismatch, kind, response, |body| coded(body, "soap:Server"))
        }),
    ),
    mutant(
        "answers-version-in-soap12",
        "A foreign envelope is answered in one of SOAP 1.2, whatever it was.",
        by("envelope/namespace-draft-december-2001", req::VERSION_MISMATCH),
        Bug::Answers(|kind, response| {
            only(AnswerKind::VersionMismatch, kind, response, |body| {
                body.replace(names::ENVELOPE, names::ENVELOPE_12)
            })
        }),
    ),
    mutant(
        "answers-version-by-status",
        "A foreign envelope is answered by a 500 without a message.",
        by("namespace/everything-https", req::VERSION_MISMATCH),
        Bug::Answers(|kind, response| match kind {
            AnswerKind::VersionMismatch => Response::empty(500).into(),
            _ => response.into(),
        }),
    ),
];

fn fault_status(kind: AnswerKind, response: Response, status: u16) -> Reaction {
    if kind.is_fault() { Response { status, ..response }.into() } else { response.into() }
}

fn json() -> Reaction {
    let headers = vec![("content-type", "application/json".to_owned())];
    Response { status: 500, headers, body: b"{\"error\":true}".to_vec() }.into()
}

fn redirect() -> Reaction {
    let mut response = Response::empty(302);
    response.headers.push(("location", "/error.aspx".to_owned()));
    response.into()
}

fn ews() -> Reaction {
    let body = format!(
        "<soap:Envelope xmlns:soap=\"{}\"><soap:Body><DisconnectResponse xmlns=\"{}\" ResponseClass=\"Error\"><ResponseCode>ErrorInvalidPhoneCallId</ResponseCode></DisconnectResponse></soap:Body></soap:Envelope>",
        names::ENVELOPE,
        names::MESSAGES
    );
    let headers = vec![("content-type", names::CONTENT_TYPE.to_owned())];
    Response { status: 200, headers, body: body.into_bytes() }.into()
}

/// Start and end of the first element of this name, its tags included.
fn span(body: &str, name: &str) -> Option<(usize, usize)> {
    let start = body.find(&format!("<{name}"))?;
    let end = format!("</{name}>");
    Some((start, body[start..].find(&end).map(|at| start + at + end.len())?))
}

fn without(body: &str, name: &str) -> String {
    let mut body = body.to_owned();
    if let Some((start, end)) = span(&body, name) {
        body.replace_range(start..end, "");
    }
    body
}

/// The same body with other text in the first element of this name.
fn with_text(body: &str, name: &str, text: &str) -> String {
    let mut body = body.to_owned();
    if let Some((start, end)) = span(&body, name) {
        let from = start + body[start..].find('>').map_or(0, |at| at + 1);
        body.replace_range(from..end - name.len() - 3, text);
    }
    body
}

fn emptied(body: &str, name: &str) -> String {
    with_text(body, name, "")
}

fn coded(body: &str, code: &str) -> String {
    with_text(body, "faultcode", code)
}

fn worded(body: &str, text: &str) -> String {
    with_text(body, "faultstring", text)
}

fn twice(body: &str) -> String {
    let Some((start, end)) = span(body, "soap:Fault") else { return body.to_owned() };
    format!("{}{}{}", &body[..end], &body[start..end], &body[end..])
}

fn swapped(body: &str) -> String {
    let (Some(code), Some(string)) = (span(body, "faultcode"), span(body, "faultstring")) else {
        return body.to_owned();
    };
    [&body[..code.0], &body[string.0..string.1], &body[code.0..code.1], &body[string.1..]].concat()
}
