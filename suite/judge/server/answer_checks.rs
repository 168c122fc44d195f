//! Checks of every answer, whatever the case: groups F and G of the ledger.

use super::check::{Check, Found, Grade, check};
use crate::evidence::{HttpAnswer, Observation};
use crate::judge::CheckId;
use crate::message::xml::{self, Refusal};
use crate::message::{charsets_of, quoted};
use crate::protocol::{AmbiguityId, Defect, Outcome, names, req};

pub(super) static ANSWER_CHECKS: &[Check] = &[
    check(CheckId::AnswerAllow, &[req::ALLOW_LISTS_POST], allow),
    check(CheckId::AnswerAuthenticate, &[req::AUTHENTICATE_HEADER], authenticate),
    check(CheckId::AnswerBody, &[req::ONE_BODY], body),
    check(
        CheckId::AnswerCharset,
        &[req::CHARSET_NAMES_ENCODING, req::INVALID_UTF8, req::UTF8_OR_UTF16],
        charset,
    ),
    check(CheckId::AnswerCharsetStated, &[req::CHARSET_STATED], charset_stated),
    check(CheckId::AnswerEncodingStyle, &[req::DOCUMENT_LITERAL_ANSWER], encoding_style),
    check(CheckId::AnswerInjectedElement, &[req::CALL_ID_IS_DATA], injected_element),
    check(CheckId::AnswerInjectedField, &[req::CALL_ID_IS_DATA], injected_field),
    check(CheckId::AnswerInstruction, &[req::NO_PROCESSING_INSTRUCTION], instruction),
    check(CheckId::AnswerMandatoryHeader, &[req::MANDATORY_HEADER_SENT], mandatory_header),
    check(CheckId::AnswerMediaType, &[req::ANSWER_MEDIA_TYPE], media_type),
    check(CheckId::AnswerOne, &[req::ONE_ANSWER], one),
    check(CheckId::AnswerRedirect, &[req::REDIRECT_STATUS_307], redirect),
    check(CheckId::AnswerTrailer, &[req::NOTHING_AFTER_BODY], trailer),
    check(CheckId::AnswerVersion, &[req::VERSION_MISMATCH_FORM], version),
    check(
        CheckId::AnswerXml,
        &[
            req::CHARSET_NAMES_ENCODING,
            req::ENVELOPE_ROOT,
            req::INVALID_UTF8,
            req::LEGAL_CHARACTERS,
            req::NO_DTD,
            req::UNDECLARED_ENTITY,
            req::PREFIX_DECLARED,
        ],
        well_formed,
    ),
    check(
        CheckId::SuccessEmpty,
        &[req::EMPTY_DISCONNECT_RESPONSE, req::NO_INNER_RESPONSE, req::INVALID_ID_NOT_SUCCESS],
        empty,
    ),
    check(CheckId::SuccessOneChild, &[req::DISCONNECT_RESPONSE, req::FAULT_OR_RESPONSE], one_child),
    check(CheckId::SuccessStatus, &[req::SUCCESS_STATUS_2XX], success_status),
];

/// Whether the answer is a SOAP 1.1 message.
fn is_soap(observation: &Observation) -> bool {
    observation.message.as_ref().is_some_and(|message| message.envelope.as_deref() == Some(names::ENVELOPE))
}

fn allow(http: &HttpAnswer, _: &Observation) -> Option<Found> {
    if http.status != 405 {
        return None;
    }
    let expected = "an Allow field that lists POST";
    match http.header("allow") {
        None => Some(Found::new(Grade::Breach, expected, "405 without Allow")),
        Some(_) if http.members("allow").any(|method| method == "POST") => None,
        Some(_) => {
            let methods: Vec<&str> = http.members("allow").collect();
            Some(Found::new(Grade::Breach, expected, format!("Allow: {}", methods.join(", "))))
        }
    }
}

fn authenticate(http: &HttpAnswer, _: &Observation) -> Option<Found> {
    // An empty one names no scheme (RFC 9110 11.6.1).
    if http.status != 401 || http.members("www-authenticate").next().is_some() {
        return None;
    }
    let observed = match http.header("www-authenticate") {
        Some(_) => "401 with nothing in it",
        None => "401 without it",
    };
    Some(Found::new(Grade::Breach, "401 with WWW-Authenticate", observed))
}

fn body(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let bodies = observation.message.as_ref().filter(|_| is_soap(observation))?.bodies;
    (bodies != 1).then(|| Found::new(Grade::Breach, "exactly one Body", format!("{bodies} of them")))
}

/// A content coding, none of which the requests of a run offer (RFC 9110 8.4, 12.5.3).
fn coding(http: &HttpAnswer) -> Option<&str> {
    http.header("content-encoding").filter(|coding| !coding.trim().eq_ignore_ascii_case("identity"))
}

fn charset(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    // Pages for people are no messages of the service.
    let is_message =
        observation.content_type.as_ref().is_none_or(|content_type| content_type.media_type.ends_with("xml"));
    if let Some(coding) = coding(http).filter(|_| is_message && !http.body.0.is_empty()) {
        let expected = "an answer in no content coding, because the request offers none (RFC 9110 12.5.3)";
        let observed = format!("Content-Encoding: {}", quoted(coding));
        return Some(Found::new(Grade::Breach, expected, observed).of(req::UTF8_OR_UTF16));
    }
    if let Some(found) = charset_parameters(http).filter(|_| is_soap(observation)) {
        return Some(found);
    }
    let charset = observation.content_type.as_ref()?.charset.as_deref()?;
    let refusal = observation.message.as_ref()?.label?;
    if refusal.defect == Defect::EncodingUnknown {
        if xml::is_known_encoding(charset) {
            // It is the XML declaration that names another, which `answer/xml` tells.
            return None;
        }
        // The bytes were read without the label, so it is only a name that is not registered or an
        // encoding that a receiver need not know.
        let expected = "utf-8 or utf-16 as charset";
        return Some(
            Found::new(Grade::Tolerated, expected, format!("charset={charset}")).of(req::UTF8_OR_UTF16),
        );
    }
    if is_of_the_text(http, refusal) {
        // The bytes are what the label says: `answer/xml` tells it.
        return None;
    }
    let observed = format!("charset={charset}: {refusal}");
    // A byte of another encoding in what is UTF-8 by all that is said of it, and is so for the rest.
    let is_spoiled = charset.eq_ignore_ascii_case("utf-8") && !http.body.0.contains(&0);
    if is_spoiled && refusal.defect == Defect::EncodingInvalid {
        let expected = "bytes of UTF-8, which the answer says it is";
        return Some(Found::new(Grade::Breach, expected, observed).of(req::INVALID_UTF8));
    }
    Some(Found::new(Grade::Breach, "a charset that names the encoding of the bytes", observed))
}

/// The charset parameter as it is written: once, and without white space around its equals sign (RFC 9110 5.6.6).
fn charset_parameters(http: &HttpAnswer) -> Option<Found> {
    let value = http.header("content-type")?;
    let charsets = charsets_of(value);
    let first = charsets.first()?;
    let observed = || format!("Content-Type: {}", quoted(value));
    if charsets.iter().any(|other| !other.value.eq_ignore_ascii_case(&first.value)) {
        return Some(Found::new(Grade::Breach, "one charset", observed()));
    }
    let is_spaced = charsets.iter().any(|charset| charset.is_spaced);
    is_spaced.then(|| Found::new(Grade::Tolerated, "no blank beside the equals sign of charset", observed()))
}

/// Whether it is a character that no XML may hold, in whatever encoding. Bytes of two or four to a character that are
/// read as one hold U+0000, and then it is the label that is wrong.
fn is_of_the_text(http: &HttpAnswer, refusal: Refusal) -> bool {
    refusal.defect == Defect::CharacterForbidden && !http.body.0.contains(&0)
}

/// Basic Profile wants it stated, the media type leaves it open (contradiction C31).
fn charset_stated(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let content_type = observation.content_type.as_ref().filter(|_| is_soap(observation))?;
    if content_type.charset.is_some() {
        return None;
    }
    let value = http.header("content-type").unwrap_or_default();
    let parameters = value.split_once(';').map_or("", |(_, parameters)| parameters);
    if parameters.to_ascii_lowercase().contains("charset") {
        // It is meant, and cannot be read.
        let expected = "a charset parameter as HTTP writes it, charset=utf-8 (RFC 9110 5.6.6)";
        return Some(Found::new(Grade::Breach, expected, format!("Content-Type: {}", quoted(value))));
    }
    Some(
        Found::new(Grade::Breach, "a charset parameter in Content-Type", "none")
            .on(AmbiguityId::CHARSET_ABSENT),
    )
}

fn encoding_style(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let message = observation.message.as_ref().filter(|_| is_soap(observation))?;
    let style = message.encoding_style.as_ref()?;
    Some(Found::new(Grade::Tolerated, "document/literal, without encodingStyle", style.clone()))
}

/// The field that `call-id/injection-line-break` puts behind a line break in an id.
fn injected_element(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    observation.message.as_ref()?.injected.then(|| {
        let observed = format!("the element {} from the id in the answer", names::INJECTED_ELEMENT);
        Found::new(Grade::Breach, "a call id that is data only", observed)
    })
}

fn injected_field(http: &HttpAnswer, _: &Observation) -> Option<Found> {
    let (name, value) = names::INJECTED_FIELD;
    let injected =
        http.headers.iter().any(|(known, found)| known.eq_ignore_ascii_case(name) && found.trim() == value);
    injected.then(|| {
        Found::new(
            Grade::Breach,
            "a call id that is data only",
            format!("{name}: {value} from the id as a field of the answer"),
        )
    })
}

fn instruction(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let message = observation.message.as_ref().filter(|_| is_soap(observation))?;
    let instruction = message.instruction.as_ref()?;
    Some(Found::new(Grade::Breach, "no processing instruction in a SOAP message", instruction.clone()))
}

/// An answer may have one, and clients must then refuse it (UMD-R167).
fn mandatory_header(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let entry = observation.message.as_ref().filter(|_| is_soap(observation))?.mandatory.clone()?;
    Some(Found::new(Grade::Note, "no header entry that clients must understand", entry))
}

fn media_type(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    if !is_soap(observation) {
        return None;
    }
    let expected = "Content-Type text/xml";
    let types: Vec<&str> = http
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| &**value)
        .collect();
    if let [first, others @ ..] = &*types
        && let Some(other) = others.iter().find(|other| *other != first)
    {
        return Some(Found::new(Grade::Breach, "one Content-Type", format!("{first}, and {other}")));
    }
    match &observation.content_type {
        Some(content_type) if content_type.media_type == names::MEDIA_TYPE => None,
        Some(content_type) => Some(Found::new(Grade::Breach, expected, content_type.media_type.clone())),
        None => {
            let value = http.header("content-type").unwrap_or("no Content-Type");
            Some(Found::new(Grade::Breach, expected, value))
        }
    }
}

fn one(http: &HttpAnswer, _: &Observation) -> Option<Found> {
    (http.trailing > 0).then(|| {
        Found::new(
            Grade::Breach,
            "one answer to one request",
            format!("{} bytes after the answer", http.trailing),
        )
    })
}

fn redirect(http: &HttpAnswer, _: &Observation) -> Option<Found> {
    matches!(http.status, 300..=306 | 308)
        .then(|| Found::new(Grade::Note, "307, if the request is to go elsewhere", http.status.to_string()))
}

fn trailer(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let message = observation.message.as_ref().filter(|_| is_soap(observation))?;
    let first = message.trailers.first()?;
    Some(Found::new(Grade::Breach, "nothing after Body", first.clone()))
}

fn version(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    matches!(observation.outcome, Outcome::Soap12Fault | Outcome::Soap12Ok)
        .then(|| Found::new(Grade::Note, "an answer in a SOAP 1.1 envelope", "one in a SOAP 1.2 envelope"))
}

/// Whether a charset is one of UTF-16.
fn is_wide(charset: &str) -> bool {
    charset.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("utf-16"))
}

/// Whether bytes are text in UTF-8, and none in units of two bytes.
fn is_narrow(bytes: &[u8]) -> bool {
    !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

fn well_formed(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let content_type = observation.content_type.as_ref()?;
    let charset = content_type.charset.as_deref();
    if coding(http).is_some() && observation.message.is_none() {
        // The coding is the reason, and `answer/charset` tells it.
        return None;
    }
    let refusal = match &observation.message {
        // What the charset says of the bytes is told by `answer/charset`.
        Some(message) => message.label.filter(|label| {
            is_of_the_text(http, *label)
                || charset.is_none_or(|charset| {
                    label.defect == Defect::EncodingUnknown && xml::is_known_encoding(charset)
                })
        }),
        None => observation.refusal,
    }?;
    // Pages for people, plain text and JSON are no XML that went wrong.
    let media_type = &content_type.media_type;
    let claims = media_type == "text/xml" || media_type == "application/xml" || media_type.ends_with("+xml");
    if !claims || !http.body.0.contains(&b'<') {
        return None;
    }
    let requirement = match refusal.defect {
        Defect::LimitBytes | Defect::LimitDepth | Defect::LimitElements | Defect::LimitAttributes => {
            return None;
        }
        Defect::Doctype => req::NO_DTD,
        Defect::CharacterForbidden => req::LEGAL_CHARACTERS,
        Defect::EntityUndeclared => req::UNDECLARED_ENTITY,
        Defect::PrefixUnbound => req::PREFIX_DECLARED,
        // Text in UTF-8 is not wrong because it is told to be wide.
        Defect::EncodingInvalid if charset.is_some_and(is_wide) && is_narrow(&http.body.0) => {
            req::CHARSET_NAMES_ENCODING
        }
        Defect::EncodingInvalid => req::INVALID_UTF8,
        Defect::EncodingUnknown | Defect::EncodingsDisagree => req::UTF8_OR_UTF16,
        _ => req::ENVELOPE_ROOT,
    };
    // It can be read in another encoding than the one that holds without a label.
    let unlabelled =
        observation.message.is_some() && requirement != req::UTF8_OR_UTF16 && !is_of_the_text(http, refusal);
    let requirement = if unlabelled { req::INVALID_UTF8 } else { requirement };
    Some(Found::new(Grade::Breach, "well-formed XML without a DTD", refusal.to_string()).of(requirement))
}

fn empty(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let message = observation.message.as_ref().filter(|message| message.has_response)?;
    let content = message.response_content.as_deref()?;
    let value = message.response_value.as_ref().map_or_else(String::new, |value| format!(", \"{value}\","));
    let found = |grade, requirement| {
        let observed = format!("{content}{value} in it");
        Some(Found::new(grade, "an empty DisconnectResponse", observed).of(requirement))
    };
    if content == "white space" {
        // A pretty-printer does this; by the schema it is invalid.
        return found(Grade::Tolerated, req::EMPTY_DISCONNECT_RESPONSE);
    }
    if content.contains("ResponseClass") || content.contains("ResponseCode") {
        return found(Grade::Breach, req::INVALID_ID_NOT_SUCCESS);
    }
    let inner = content.contains("DisconnectResponse");
    found(Grade::Breach, if inner { req::NO_INNER_RESPONSE } else { req::EMPTY_DISCONNECT_RESPONSE })
}

fn one_child(_: &HttpAnswer, observation: &Observation) -> Option<Found> {
    let message = observation.message.as_ref().filter(|message| message.has_response)?;
    if message.children.len() == 1 {
        return None;
    }
    let alone = message.faults.is_empty();
    let requirement = if alone { req::DISCONNECT_RESPONSE } else { req::FAULT_OR_RESPONSE };
    let expected = "DisconnectResponse as the only child of Body";
    Some(Found::new(Grade::Breach, expected, message.children.join(", ")).of(requirement))
}

fn success_status(http: &HttpAnswer, observation: &Observation) -> Option<Found> {
    (observation.outcome == Outcome::Ok && http.status != 200)
        .then(|| Found::new(Grade::Tolerated, "200 with a success", http.status.to_string()))
}
