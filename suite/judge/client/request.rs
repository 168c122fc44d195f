//! What a client puts on the wire.

use std::borrow::Cow;

use super::breach::Breach;
use super::flaw::new_flaw;
use super::http::{coding, content_type, http, soap_action};
use super::message::{attributes, coded, from_latin_1, is_as_it_stands, long_call_id, of_defect};
use crate::catalogue::{CaseHeader as _, ClientCase, ClientExpect, ClientTurn, Play};
use crate::evidence::{ClientEvidence, ClientRequest};
use crate::judge::{CheckId, Verdict};
use crate::message::{Request, read_request};
use crate::protocol::{Operation, RequirementId, req};

/// The requirements that the checks of every request look at.
pub(crate) const REQUEST_CHECKS: &[RequirementId] = &[
    req::POST_ONLY,
    req::REQUEST_MEDIA_TYPE,
    req::ENDPOINT_FROM_AUTODISCOVER,
    req::CHARSET_NAMES_ENCODING,
    req::CHARSET_STATED,
    req::HOST_FIELD,
    req::SOAP_ACTION_PRESENT,
    req::SOAP_ACTION_VALUE,
    req::SOAP_ACTION_QUOTED,
    req::HTTP_VERSION,
    req::UNAMBIGUOUS_FRAMING,
    req::INVALID_LENGTH,
    req::NO_EXTENSION_FRAMEWORK,
    req::UTF8_OR_UTF16,
    req::BYTE_ORDER_MARK_ACCEPTED,
    req::INVALID_UTF8,
    req::LEGAL_CHARACTERS,
    req::NO_DTD,
    req::NO_PROCESSING_INSTRUCTION,
    req::UNDECLARED_ENTITY,
    req::PREFIX_DECLARED,
    req::ENVELOPE_ROOT,
    req::ONE_BODY,
    req::HEADER_BEFORE_BODY,
    req::NOTHING_AFTER_BODY,
    req::ONE_BODY_CHILD,
    req::BODY_CHILD_QUALIFIED,
    req::NO_TEXT_BETWEEN_ELEMENTS,
    req::NO_SOAP_ATTRIBUTES,
    req::NO_ENCODING_STYLE,
    req::HEADER_ENTRY_QUALIFIED,
    req::MUST_UNDERSTAND_SPELLING,
    req::DISCONNECT_ELEMENT,
    req::HTTPS_NAMESPACE,
    req::NEAR_MISS_NAMESPACE,
    req::ONE_CALL_ID,
    req::CALL_ID_NAMESPACE,
    req::ELEMENT_NAME_CASE,
    req::NO_ATTRIBUTES,
    req::CALL_ID_SENT,
    req::OPAQUE_CALL_ID,
    req::DOCUMENT_LITERAL_REQUEST,
    req::MARKUP_ESCAPED,
];

/// What the requests of a client that was given an id go against.
pub(super) fn breaches(case: &ClientCase, evidence: &ClientEvidence) -> Vec<Breach> {
    let mut breaches = Vec::new();
    // What follows a redirect or a lost answer is up to the HTTP library; the first request is not. A look
    // at the URL before it asks for nothing, and nothing forbids it.
    let Some(first) = evidence.asks().next().or(evidence.requests.first()) else { return breaches };
    // Whoever points a client at a URL may not be able to choose the id, unless that is what the case is about.
    let is_told = evidence.end.is_some() || case.about_call_id;
    let (mut found, read) = examine(first);
    if read.is_none() && holds_unescaped(first, &case.call_id) {
        // What the markup of the id makes of the rest has no other cause.
        found.retain(|breach| !breach.is_of(CheckId::Message));
        found.push(Breach::new(
            CheckId::CallId,
            req::MARKUP_ESCAPED,
            format!("CallId {}, with its markup escaped", short(&case.call_id)),
            "the id stands there as it was given, so that the request is no XML or another",
        ));
    }
    breaches.append(&mut found);
    // Nothing says how a client refuses an id that is too long; one that sends it sends all of it.
    let long = read.is_none().then(|| long_call_id(first)).flatten();
    if let Some(sent) = long.filter(|_| is_told) {
        breaches.extend(same_text(case, &case.call_id, &sent));
    }
    if let Some(read) = read.filter(|_| is_told) {
        breaches.extend(same_id(case, &case.call_id, &read));
    }
    for later in evidence
        .requests
        .iter()
        .filter(|later| later.method == "POST" && !later.at_other_host && *later != first)
    {
        if let (_, Some(read)) = examine(later)
            && is_told
        {
            breaches.extend(same_id(case, &case.call_id, &read));
        }
    }
    breaches.extend(lost_on_redirect(case, first, evidence));
    match &case.play {
        Play::Answers(turns) if evidence.end.is_some() => breaches.extend(again(case, turns, evidence)),
        Play::Twice => breaches.extend(same_bytes(evidence)),
        Play::Answers(_) | Play::Illegal | Play::Life(_) => {}
    }
    breaches
}

/// Whether an id with what XML reserves for markup stands in a request as it was given.
fn holds_unescaped(request: &ClientRequest, id: &str) -> bool {
    let body = &request.body.0[..];
    // An ampersand at its end is as it was given only where it starts no reference: `a&` stands in `a&amp;`.
    let is_given = |at: usize| {
        let behind = &body[at + id.len()..];
        let name = behind.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        !id.ends_with('&') || name == 0 || behind.get(name) != Some(&b';')
    };
    let holds = |text: &str| memchr::memmem::find(body, text.as_bytes()).is_some();
    id.contains(['&', '<'])
        && memchr::memmem::find_iter(body, id.as_bytes()).any(is_given)
        && !holds(&format!("<![CDATA[{id}"))
}

/// What a POST to where a redirect leads lacks of the one before it (RFC 9110 15.4), or has wrong that the first has
/// not: it asks for the end of the call only with the same message, labelled alike. That it is no POST any more, or
/// has no credentials, is lawful.
fn lost_on_redirect(case: &ClientCase, first: &ClientRequest, evidence: &ClientEvidence) -> Option<Breach> {
    if !case.id.starts_with("redirect/") || first.body.0.is_empty() {
        return None;
    }
    let later = evidence.asks().skip(1).find(|later| later.method == "POST" && later.turn.is_some())?;
    // Who asks before the body is sent, and has an answer, need not send it (RFC 9110 10.1.1).
    let holds_back = later.fields("expect").next().is_some();
    let lacks = |name: &str| first.fields(name).next().is_some() && later.fields(name).next().is_none();
    let (check, row, observed) = if later.body.0.is_empty() && !holds_back {
        (CheckId::Message, req::DOCUMENT_LITERAL_REQUEST, "a POST without a body")
    } else if lacks("soapaction") {
        (CheckId::SoapAction, req::SOAP_ACTION_PRESENT, "no SOAPAction any more")
    } else if lacks("content-type") {
        (CheckId::ContentType, req::REQUEST_MEDIA_TYPE, "no Content-Type any more")
    } else {
        return new_flaw(later, first);
    };
    let expected =
        "a POST to where a redirect leads has the message and the fields of the first (RFC 9110 15.4)";
    Some(Breach::new(check, row, expected, observed))
}

/// A request that came again although nobody asked for it: after a success, which leaves nothing to ask for, or
/// after a lost answer, which is noted.
fn again(case: &ClientCase, turns: &[ClientTurn], evidence: &ClientEvidence) -> Option<Breach> {
    let here = evidence.asks().filter(|request| !request.at_other_host);
    let answered: Vec<usize> = here.filter_map(|request| request.turn).collect();
    let is_done =
        |turn: &usize| turns.get(*turn).is_some_and(|turn| turn.expect == ClientExpect::Disconnected);
    let done = answered.iter().position(is_done)?;
    let after = answered.len() - done - 1;
    // What is in a coding that a client cannot read, it may ask for again without.
    if after > 0 && case.coding.is_none() {
        return Some(Breach::new(
            CheckId::Repeat,
            req::CLIENT_RETRY,
            "one request, as a success was answered",
            format!("the request came again after the success: {after} more"),
        ));
    }
    let lost = case.primary().id == req::CLIENT_RETRY && answered.len() > 1;
    lost.then(|| {
        let breach = Breach::new(
            CheckId::Repeat,
            req::CLIENT_RETRY,
            "a caller that knows of the lost answer",
            "the request came again by itself",
        );
        breach.at_most(Verdict::Note)
    })
}

/// What a client sent that was given an id which no XML can carry.
pub(super) fn illegal(evidence: &ClientEvidence) -> Vec<Breach> {
    let Some(first) = evidence.asks().next() else { return Vec::new() };
    let observed = match examine(first).1 {
        Some(read) => format!("it was altered, and sent as {:?}", read.call_id().unwrap_or_default()),
        None => "a request was sent that is no XML".to_owned(),
    };
    vec![Breach::new(
        CheckId::Request,
        req::INEXPRESSIBLE_CALL_ID,
        "an id that XML cannot carry is refused",
        observed,
    )]
}

/// Looks at a request: what is wrong with it, and what it says if it can be read.
pub(super) fn examine(request: &ClientRequest) -> (Vec<Breach>, Option<Request>) {
    let mut breaches = http(request);
    // Who asks before the body is sent, and has an answer, need not send it (RFC 9110 10.1.1).
    let holds_back = request.fields("expect").any(|value| value.eq_ignore_ascii_case("100-continue"));
    if (request.method != "POST" || holds_back) && request.body.0.is_empty() {
        return (breaches, None);
    }
    if let Some(coding) = coding(request) {
        breaches.push(coded(coding, request));
        if !is_as_it_stands(request) {
            breaches.extend(soap_action(request, Operation::Disconnect));
            return (breaches, None);
        }
    }
    let (body, charset) = match from_latin_1(request) {
        Some(body) => {
            breaches.push(Breach::new(CheckId::Message, req::UTF8_OR_UTF16, "UTF-8 or UTF-16", "ISO 8859-1"));
            (Cow::Owned(body), None)
        }
        None => (Cow::Borrowed(&request.body.0[..]), content_type(request).and_then(|known| known.charset)),
    };
    let read = match read_request(&body, charset.as_deref()) {
        Ok(read) => Some(read),
        Err(refusal) => {
            breaches.extend(of_defect(refusal, request));
            None
        }
    };
    breaches.extend(attributes(&body, charset.as_deref()));
    if let Some(read) = &read {
        breaches.extend(soap_action(request, read.operation));
    } else {
        breaches.extend(soap_action(request, Operation::Disconnect));
    }
    (breaches, read)
}

/// Whether a request names the call that it was to name.
pub(super) fn same_id(case: &ClientCase, given: &str, read: &Request) -> Option<Breach> {
    same_text(case, given, read.call_id()?)
}

fn same_text(case: &ClientCase, given: &str, sent: &str) -> Option<Breach> {
    if sent == given {
        return None;
    }
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    let own = [
        req::LINE_ENDINGS,
        req::OPAQUE_CALL_ID,
        req::PADDED_CALL_ID,
        req::CALL_ID_AS_ISSUED,
        req::MARKUP_ESCAPED,
    ];
    let primary = case.primary().id;
    let row = if own.contains(&primary) {
        primary
    } else if without_blanks(sent) == without_blanks(given) {
        req::PADDED_CALL_ID
    } else {
        req::OPAQUE_CALL_ID
    };
    Some(Breach::new(
        CheckId::CallId,
        row,
        format!("CallId {}", short(given)),
        format!("CallId {}", short(sent)),
    ))
}

/// A text in quotes, with its middle left out where it is long.
fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let count = text.chars().count();
    if count <= SHOWN {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("{start:?}… of {count} characters")
}

/// Two runs with the same id must send the same. Two spellings of the same message are worth a note.
fn same_bytes(evidence: &ClientEvidence) -> Option<Breach> {
    let asks: Vec<&ClientRequest> = evidence.asks().collect();
    let [first, second, ..] = asks.as_slice() else {
        // By URL, the second run may still come.
        evidence.end.as_ref()?;
        return Some(Breach::new(
            CheckId::Repeat,
            req::SAME_BYTES_TWICE,
            "a request in each of two runs",
            format!("{} requests", asks.len()),
        ));
    };
    let (a, b) = (&*first.body.0, &*second.body.0);
    let at = a.iter().zip(b).position(|(a, b)| a != b);
    let at = at.or((a.len() != b.len()).then_some(a.len().min(b.len())))?;
    let means_the_same = examine(first).1.is_some_and(|read| examine(second).1 == Some(read));
    let breach = Breach::new(
        CheckId::Repeat,
        req::SAME_BYTES_TWICE,
        "the same bytes for the same id",
        format!(
            "bodies that differ from byte {at} on{}: {:?} and {:?}",
            if means_the_same { ", and mean the same" } else { "" },
            there(a, at),
            there(b, at)
        ),
    );
    Some(breach.at_most(if means_the_same { Verdict::Note } else { Verdict::Fail }))
}

/// A few characters of a body from a place on.
fn there(body: &[u8], at: usize) -> String {
    let rest = body.get(at..).unwrap_or_default();
    String::from_utf8_lossy(&rest[..rest.len().min(24)]).into_owned()
}
