//! Servers whose success is wrong.

use super::{Bug, Mutant, Said, mutant};
use crate::evidence::{Reaction, Response};
use crate::protocol::names;

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "succeeds-in-no-namespace",
        "DisconnectResponse is in no namespace.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), ""))
        }),
    ),
    mutant(
        "succeeds-in-types-namespace",
        "DisconnectResponse is in the types namespace.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace(names::MESSAGES, names::TYPES))
        }),
    ),
    mutant(
        "succeeds-in-https-namespace",
        "DisconnectResponse is in the https spelling of the namespace.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
                body.replace("http://schemas.microsoft.com", "https://schemas.microsoft.com")
            })
        }),
    ),
    mutant(
        "succeeds-in-lower-case",
        "DisconnectResponse is spelled in lower case.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("DisconnectResponse", "disconnectresponse"))
        }),
    ),
    mutant(
        "succeeds-by-echo",
        "The answer holds Disconnect instead of DisconnectResponse.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("DisconnectResponse", "Disconnect"))
        }),
    ),
    mutant(
        "succeeds-with-text",
        "DisconnectResponse holds text.",
        Bug::Answers(|said, response| success(said, response, |body| content(body, "OK"))),
    ),
    mutant(
        "succeeds-with-response-code",
        "DisconnectResponse holds a ResponseCode, as answers of EWS do.",
        Bug::Answers(|said, response| {
            success(said, response, |body| content(body, "<ResponseCode>NoError</ResponseCode>"))
        }),
    ),
    mutant(
        "succeeds-with-response-class",
        "DisconnectResponse has a ResponseClass, as answers of EWS have.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
                body.replace("<DisconnectResponse ", "<DisconnectResponse ResponseClass=\"Success\" ")
            })
        }),
    ),
    mutant(
        "succeeds-in-double-wrapper",
        "DisconnectResponse holds another DisconnectResponse, as answers of GetCallInfo do.",
        Bug::Answers(|said, response| success(said, response, |body| content(body, "<DisconnectResponse/>"))),
    ),
    mutant(
        "succeeds-with-sibling",
        "Another element stands beside DisconnectResponse.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("</soap:Body>", "<x xmlns=\"urn:x\"/></soap:Body>"))
        }),
    ),
    mutant(
        "succeeds-with-fault",
        "A Fault stands beside DisconnectResponse.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
                body.replace("</soap:Body>", "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault></soap:Body>")
            })
        }),
    ),
    mutant(
        "succeeds-without-prefix-declared",
        "The prefix of DisconnectResponse is not declared.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("<DisconnectResponse", "<m:DisconnectResponse"))
        }),
    ),
    mutant(
        "succeeds-with-doctype",
        "A success has a document type declaration.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
                body.replacen("<soap:Envelope", "<!DOCTYPE Envelope><soap:Envelope", 1)
            })
        }),
    ),
    mutant(
        "succeeds-with-instruction",
        "A success has a processing instruction.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
                body.replacen("<soap:Envelope", "<?style sheet?><soap:Envelope", 1)
            })
        }),
    ),
    mutant(
        "succeeds-with-encoding-style",
        "A success has encodingStyle.",
        Bug::Answers(|said, response| {
            success(said, response, |body| {
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
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("</soap:Body>", "</soap:Body><x xmlns=\"urn:x\"/>"))
        }),
    ),
    mutant(
        "succeeds-with-two-bodies",
        "A success has two Bodies.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace("</soap:Body>", "</soap:Body><soap:Body/>"))
        }),
    ),
    mutant(
        "succeeds-with-forbidden-character",
        "A success holds a reference to a character that XML does not allow.",
        Bug::Answers(|said, response| success(said, response, |body| content(body, "&#1;"))),
    ),
    mutant(
        "succeeds-in-soap12",
        "A success is an envelope of SOAP 1.2.",
        Bug::Answers(|said, response| {
            success(said, response, |body| body.replace(names::ENVELOPE, names::ENVELOPE_12))
        }),
    ),
    mutant(
        "succeeds-with-202",
        "A success has status 202.",
        Bug::Answers(|said, response| with_status(said, response, 202)),
    ),
    mutant(
        "succeeds-with-500",
        "A success has status 500.",
        Bug::Answers(|said, response| with_status(said, response, 500)),
    ),
    mutant(
        "succeeds-with-204",
        "A success is a 204 without a body.",
        Bug::Answers(|said, response| match said {
            Said::Success => Response::empty(204).into(),
            _ => response.into(),
        }),
    ),
    mutant(
        "succeeds-as-application-xml",
        "A success is labelled application/xml.",
        Bug::Answers(|said, response| with_type(said, response, "application/xml; charset=utf-8")),
    ),
    mutant(
        "succeeds-as-html",
        "A success is labelled text/html.",
        Bug::Answers(|said, response| with_type(said, response, "text/html; charset=utf-8")),
    ),
    mutant(
        "succeeds-without-media-type",
        "A success has no Content-Type.",
        Bug::Answers(|said, response| with_type(said, response, "")),
    ),
    mutant(
        "succeeds-with-untrue-charset",
        "A success in UTF-8 is labelled UTF-16.",
        Bug::Answers(|said, response| with_type(said, response, "text/xml; charset=utf-16")),
    ),
];

/// The same response with another body.
pub(super) fn with_body(response: Response, change: impl FnOnce(&str) -> String) -> Reaction {
    let body = change(&String::from_utf8_lossy(&response.body)).into_bytes();
    Response { body, ..response }.into()
}

fn success(said: Said, response: Response, change: impl FnOnce(&str) -> String) -> Reaction {
    if said == Said::Success { with_body(response, change) } else { response.into() }
}

fn content(body: &str, inner: &str) -> String {
    let start = format!("<DisconnectResponse xmlns=\"{}\"", names::MESSAGES);
    body.replace(&format!("{start}/>"), &format!("{start}>{inner}</DisconnectResponse>"))
}

fn with_status(said: Said, response: Response, status: u16) -> Reaction {
    if said == Said::Success { Response { status, ..response }.into() } else { response.into() }
}

/// The same response with another Content-Type; an empty one for none.
fn with_type(said: Said, response: Response, value: &str) -> Reaction {
    let mut response = response;
    if said == Said::Success {
        response.headers.retain(|(name, _)| *name != "content-type");
        if !value.is_empty() {
            response.headers.push(("content-type", value.to_owned()));
        }
    }
    response.into()
}
