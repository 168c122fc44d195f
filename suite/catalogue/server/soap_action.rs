//! The SOAPAction header field: presence, spelling, and operations other than the one in the body.

use super::{Case, Part};
use crate::message::{Edit, Framing, Place};
use crate::protocol::{InputClass, Nuance, names, req};

/// Operations that only read. ResetPIN and the ones that set or place something are left out on
/// purpose: a server that believes the header would run them on somebody's mailbox.
const READING: [(&str, &str, &str); 3] = [
    ("is-um-enabled", "IsUMEnabled", ""),
    ("get-um-properties", "GetUMProperties", ""),
    ("get-call-info", "GetCallInfo", "<CallId>{id}</CallId>"),
];

pub(super) fn cases() -> Vec<Case> {
    [values(), absent(), spellings(), field_names(), conflicts(), reverse_conflicts()]
        .concat()
        .into_iter()
        .map(|case| case.part(Part::Http))
        .collect()
}

fn action() -> String {
    format!("{}/Disconnect", names::MESSAGES)
}

fn set(value: impl Into<String>) -> Vec<Edit> {
    vec![Edit::HttpHeader("soapaction".into(), Some(value.into()))]
}

fn unusual(name: &str, about: String, edits: Vec<Edit>) -> Case {
    Case::request(
        format!("soap-action/{name}"),
        about,
        InputClass::SoapAction,
        &[req::SOAP_ACTION_NOT_NEEDED],
        edits,
    )
}

/// As it is not written: a server may refuse the field, or pass it over (SOAP 6.1.1, RFC 9110 5.3 to 5.5).
fn odd(name: &str, about: String, edits: Vec<Edit>) -> Case {
    unusual(name, about, edits).nuance(Nuance::OddSoapAction)
}

/// Quoted values that are not the documented one.
fn values() -> Vec<Case> {
    let action = action();
    let long = format!("urn:umspec:{}", "a".repeat(8_181));
    [
        ("empty-quoted", "an empty string", String::new()),
        ("unrelated", "a URI that has nothing to do with the service", "urn:umspec:action".into()),
        ("https", "the documented URI with https", action.replacen("http:", "https:", 1)),
        ("trailing-slash", "the documented URI with a slash at the end", format!("{action}/")),
        (
            "lower-case",
            "the documented URI with disconnect in lower case",
            format!("{}/disconnect", names::MESSAGES),
        ),
        ("relative", "the bare name of the operation", "Disconnect".into()),
        ("messages-namespace", "the messages namespace without the operation", names::MESSAGES.into()),
        ("soap-namespace", "the namespace of the envelope", names::ENVELOPE.into()),
        ("blank-before-end-quote", "the documented URI and a blank", format!("{action} ")),
    ]
    .into_iter()
    .map(|(name, what, value)| {
        unusual(name, format!("The quoted SOAPAction is {what}."), set(format!("\"{value}\"")))
    })
    .chain([
        odd(
            "of-eight-kibibytes",
            "The quoted SOAPAction is a URI of 8,192 bytes.".to_owned(),
            set(format!("\"{long}\"")),
        ),
        odd(
            "beyond-ascii",
            "SOAPAction holds the documented URI and an e with acute.".to_owned(),
            [set(format!("\"{action}\u{E9}\"")), vec![Edit::Framing(Framing::Plain)]].concat(),
        ),
        odd(
            "in-latin",
            "SOAPAction holds the documented URI and an e with acute as one byte, that of Latin-1 (RFC 9110 5.5)."
                .to_owned(),
            [set(format!("\"{action}\u{E9}\"")), vec![Edit::Framing(Framing::Latin)]].concat(),
        )
        .on_the_wire(),
        odd(
            "typographic-quotes",
            "Typographic quotes stand around the documented URI.".to_owned(),
            [set(format!("\u{201C}{action}\u{201D}")), vec![Edit::Framing(Framing::Plain)]].concat(),
        ),
    ])
    .collect()
}

/// No value, or not exactly one.
fn absent() -> Vec<Case> {
    let other = "\"urn:umspec:action\"".to_owned();
    vec![
        odd(
            "missing",
            "The request has no SOAPAction field.".to_owned(),
            vec![Edit::HttpHeader("soapaction".into(), None)],
        ),
        unusual("without-value", "SOAPAction has no value.".to_owned(), set("")),
        odd(
            "repeated",
            "Two SOAPAction fields say the same.".to_owned(),
            vec![Edit::HttpHeaderAlso("soapaction".into(), format!("\"{}\"", action()))],
        ),
        odd(
            "repeated-unlike",
            "A second SOAPAction field says something else.".to_owned(),
            vec![Edit::HttpHeaderAlso("soapaction".into(), other.clone())],
        ),
        odd(
            "list",
            "The documented value and another stand in one field, joined by a comma.".to_owned(),
            set(format!("\"{}\", {other}", action())),
        ),
    ]
}

/// The documented value between other quotes, or none.
fn spellings() -> Vec<Case> {
    let action = action();
    vec![
        Case::request(
            "soap-action/unquoted",
            "The documented value has no quotes.",
            InputClass::SoapAction,
            &[req::UNQUOTED_SOAP_ACTION, req::SOAP_ACTION_NOT_NEEDED],
            set(action.clone()),
        )
        .nuance(Nuance::OddSoapAction),
        Case::request(
            "soap-action/unquoted-unrelated",
            "A URI that has nothing to do with the service has no quotes.",
            InputClass::SoapAction,
            &[req::UNQUOTED_SOAP_ACTION, req::SOAP_ACTION_NOT_NEEDED],
            set("urn:umspec:action"),
        )
        .nuance(Nuance::OddSoapAction),
        odd("single-quotes", "Apostrophes stand for the quotes.".to_owned(), set(format!("'{action}'"))),
        odd("quote-only-at-start", "The closing quote is missing.".to_owned(), set(format!("\"{action}"))),
        odd("quote-only-at-end", "The opening quote is missing.".to_owned(), set(format!("{action}\""))),
        odd("quotes-doubled", "Both quotes are doubled.".to_owned(), set(format!("\"\"{action}\"\""))),
    ]
}

/// Names of header fields are not case-sensitive, and white space around values is none of theirs.
fn field_names() -> Vec<Case> {
    let value = format!("\"{}\"", action());
    let mut cases: Vec<Case> = [
        ("name-as-documented", "SOAPAction"),
        ("name-in-upper-case", "SOAPACTION"),
        ("name-in-title-case", "Soapaction"),
    ]
    .into_iter()
    .map(|(name, field)| {
        Case::request(
            format!("soap-action/{name}"),
            format!("The header field is written {field}."),
            InputClass::Valid,
            &[req::SOAP_ACTION_NOT_NEEDED],
            vec![Edit::HttpHeader(field.to_owned(), Some(value.clone())), Edit::Framing(Framing::Plain)],
        )
    })
    .collect();
    cases.push(Case::request(
        "soap-action/blanks-around-value",
        "Blanks and a tab stand around the documented value in its quotes.",
        InputClass::Valid,
        &[req::SOAP_ACTION_NOT_NEEDED],
        [set(format!("  \t{value} \t")), vec![Edit::Framing(Framing::Plain)]].concat(),
    ));
    cases
}

/// The header names another operation than the Disconnect in the body.
fn conflicts() -> Vec<Case> {
    READING
        .into_iter()
        .map(|(name, operation, _)| (name, operation))
        .chain([
            ("disconnect-phone-call", "DisconnectPhoneCall"),
            ("get-phone-call-information", "GetPhoneCallInformation"),
        ])
        .map(|(name, operation)| {
            Case::request(
                format!("soap-action/of-{name}"),
                format!("SOAPAction names {operation}, the body holds Disconnect."),
                InputClass::SoapAction,
                &[req::SOAP_ACTION_CONFLICT, req::SOAP_ACTION_NOT_NEEDED],
                set(format!("\"{}/{operation}\"", names::MESSAGES)),
            )
            .nuance(Nuance::OddSoapAction)
        })
        .collect()
}

/// The header names Disconnect, the body holds another operation.
fn reverse_conflicts() -> Vec<Case> {
    READING
        .into_iter()
        .map(|(name, operation, content)| {
            let body = format!("<{operation} xmlns=\"{}\">{content}</{operation}>", names::MESSAGES);
            Case::request(
                format!("soap-action/disconnect-with-{name}"),
                format!("SOAPAction names Disconnect, the body holds {operation}."),
                InputClass::ForeignOperation,
                &[req::SOAP_ACTION_CONFLICT],
                vec![Edit::Replace(Place::Operation, body)],
            )
            .recorded()
            // Success would mean that the header decided which operation runs.
            .nuance(Nuance::MustRefuse)
        })
        .collect()
}
