//! Servers whose success is wrong.

use super::bug::{Bug, Mutant, mutant};
use super::rewrite::with_body;
use crate::evidence::{Reaction, Response};
use crate::mock::killed_by::by;
use crate::mock::server::answer::AnswerKind;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "succeeds-in-no-namespace",
        "DisconnectResponse is in no namespace.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), ""))
        }),
    ),
    mutant(
        "succeeds-in-types-namespace",
        "DisconnectResponse is in the types namespace.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace(names::MESSAGES, names::TYPES))
        }),
    ),
    mutant(
        "succeeds-in-https-namespace",
        "DisconnectResponse is in the https spelling of the namespace.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replace("http://schemas.microsoft.com", "https://schemas.microsoft.com")
            })
        }),
    ),
    mutant(
        "succeeds-in-lower-case",
        "DisconnectResponse is spelled in lower case.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("DisconnectResponse", "disconnectresponse"))
        }),
    ),
    mutant(
        "succeeds-by-echo",
        "The answer holds Disconnect instead of DisconnectResponse.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("DisconnectResponse", "Disconnect"))
        }),
    ),
    mutant(
        "succeeds-with-text",
        "DisconnectResponse holds text.",
        by("xml/minimal", req::EMPTY_DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| success(kind, response, |body| content(body, "OK"))),
    ),
    mutant(
        "succeeds-with-response-code",
        "DisconnectResponse holds a ResponseCode, as answers of EWS do.",
        by("xml/minimal", req::INVALID_ID_NOT_SUCCESS),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| content(body, "<ResponseCode>NoError</ResponseCode>"))
        }),
    ),
    mutant(
        "succeeds-with-response-class",
        "DisconnectResponse has a ResponseClass, as answers of EWS have.",
        by("xml/minimal", req::INVALID_ID_NOT_SUCCESS),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replace("<DisconnectResponse ", "<DisconnectResponse ResponseClass=\"Success\" ")
            })
        }),
    ),
    mutant(
        "succeeds-in-double-wrapper",
        "DisconnectResponse holds another DisconnectResponse, as answers of GetCallInfo do.",
        by("xml/minimal", req::NO_INNER_RESPONSE),
        Bug::Answers(|kind, response| success(kind, response, |body| content(body, "<DisconnectResponse/>"))),
    ),
    mutant(
        "succeeds-with-sibling",
        "Another element stands beside DisconnectResponse.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("</soap:Body>", "<x xmlns=\"urn:x\"/></soap:Body>"))
        }),
    ),
    mutant(
        "succeeds-with-fault",
        "A Fault stands beside DisconnectResponse.",
        by("xml/minimal", req::FAULT_OR_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replace("</soap:Body>", "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault></soap:Body>")
            })
        }),
    ),
    mutant(
        "succeeds-without-prefix-declared",
        "The prefix of DisconnectResponse is not declared.",
        by("xml/minimal", req::PREFIX_DECLARED),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("<DisconnectResponse", "<m:DisconnectResponse"))
        }),
    ),
    mutant(
        "succeeds-with-doctype",
        "A success has a document type declaration.",
        by("xml/minimal", req::NO_DTD),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replacen("<soap:Envelope", "<!DOCTYPE Envelope><soap:Envelope", 1)
            })
        }),
    ),
    mutant(
        "succeeds-with-instruction",
        "A success has a processing instruction.",
        by("xml/minimal", req::NO_PROCESSING_INSTRUCTION),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replacen("<soap:Envelope", "<?style sheet?><soap:Envelope", 1)
            })
        }),
    ),
    mutant(
        "succeeds-with-encoding-style",
        "A success has encodingStyle.",
        by("xml/minimal", req::DOCUMENT_LITERAL_ANSWER),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| {
                body.replacen(
                    "<soap:Body",
                    "<soap:Body soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"",
                    1,
                )
            })
        }),
    ),
    mutant(
        "succeeds-with-trailer",
        "An element follows Body in a success.",
        by("xml/minimal", req::NOTHING_AFTER_BODY),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("</soap:Body>", "</soap:Body><x xmlns=\"urn:x\"/>"))
        }),
    ),
    mutant(
        "succeeds-with-two-bodies",
        "A success has two Bodies.",
        by("xml/minimal", req::ONE_BODY),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace("</soap:Body>", "</soap:Body><soap:Body/>"))
        }),
    ),
    mutant(
        "succeeds-with-forbidden-character",
        "A success holds a reference to a character that XML does not allow.",
        by("xml/minimal", req::LEGAL_CHARACTERS),
        Bug::Answers(|kind, response| success(kind, response, |body| content(body, "&#1;"))),
    ),
    mutant(
        "succeeds-in-soap12",
        "A success is an envelope of SOAP 1.2.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| {
            success(kind, response, |body| body.replace(names::ENVELOPE, names::ENVELOPE_12))
        }),
    ),
    mutant(
        "succeeds-with-202",
        "A success has status 202.",
        by("xml/minimal", req::SUCCESS_STATUS_2XX),
        Bug::Answers(|kind, response| with_status(kind, response, 202)),
    ),
    mutant(
        "succeeds-with-500",
        "A success has status 500.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| with_status(kind, response, 500)),
    ),
    mutant(
        "succeeds-with-204",
        "A success is a 204 without a body.",
        by("xml/minimal", req::DISCONNECT_RESPONSE),
        Bug::Answers(|kind, response| match kind {
            AnswerKind::Success => Response::empty(204).into(),
            _ => response.into(),
        }),
    ),
    mutant(
        "succeeds-as-application-xml",
        "A success is labelled application/xml.",
        by("xml/minimal", req::ANSWER_MEDIA_TYPE),
        Bug::Answers(|kind, response| with_type(kind, response, "application/xml; charset=utf-8")),
    ),
    mutant(
        "succeeds-as-html",
        "A success is labelled text/html.",
        by("xml/minimal", req::ANSWER_MEDIA_TYPE),
        Bug::Answers(|kind, response| with_type(kind, response, "text/html; charset=utf-8")),
    ),
    mutant(
        "succeeds-without-media-type",
        "A success has no Content-Type.",
        by("xml/minimal", req::ANSWER_MEDIA_TYPE),
        Bug::Answers(|kind, response| with_type(kind, response, "")),
    ),
    mutant(
        "succeeds-with-untrue-charset",
        "A success in UTF-8 is labelled UTF-16.",
        by("xml/minimal", req::CHARSET_NAMES_ENCODING),
        Bug::Answers(|kind, response| with_type(kind, response, "text/xml; charset=utf-16")),
    ),
    mutant(
        "labels-without-charset",
        "No answer says its charset.",
        by("call-id/garbage-word", req::CHARSET_STATED),
        Bug::Answers(|_, response| labelled(response, names::MEDIA_TYPE)),
    ),
    mutant(
        "answers-in-latin-1-told-utf-8",
        "A success holds a comment in ISO 8859-1, and is labelled UTF-8.",
        by("xml/minimal", req::INVALID_UTF8),
        Bug::Answers(|kind, mut response| {
            if kind == AnswerKind::Success {
                response.body.extend_from_slice(b"<!-- \xE9 -->");
            }
            response.into()
        }),
    ),
    mutant(
        "answers-in-utf-16-told-utf-8",
        "A success is UTF-16 without byte order mark, and is labelled UTF-8.",
        by("xml/minimal", req::CHARSET_NAMES_ENCODING),
        Bug::Answers(|kind, response| {
            if kind != AnswerKind::Success {
                return response.into();
            }
            let text = String::from_utf8_lossy(&response.body).replace("utf-8", "utf-16");
            let body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            Response { body, ..response }.into()
        }),
    ),
];

fn success(kind: AnswerKind, response: Response, change: impl FnOnce(&str) -> String) -> Reaction {
    if kind == AnswerKind::Success { with_body(response, change) } else { response.into() }
}

fn content(body: &str, inner: &str) -> String {
    let start = format!("<DisconnectResponse xmlns=\"{}\"", names::MESSAGES);
    body.replace(&format!("{start}/>"), &format!("{start}>{inner}</DisconnectResponse>"))
}

fn with_status(kind: AnswerKind, response: Response, status: u16) -> Reaction {
    if kind == AnswerKind::Success { Response { status, ..response }.into() } else { response.into() }
}

/// A success with another Content-Type; an empty one for none.
fn with_type(kind: AnswerKind, response: Response, value: &str) -> Reaction {
    if kind == AnswerKind::Success { labelled(response, value) } else { response.into() }
}

/// The same response with another Content-Type; an empty one for none.
fn labelled(mut response: Response, value: &str) -> Reaction {
    response.headers.retain(|(name, _)| *name != "content-type");
    if !value.is_empty() {
        response.headers.push(("content-type", value.to_owned()));
    }
    response.into()
}
