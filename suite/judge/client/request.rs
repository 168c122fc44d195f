//! What a client puts on the wire.

use super::breach::Breach;
use crate::catalogue::{CaseHeader as _, ClientCase, Play};
use crate::evidence::{ClientEvidence, ClientRequest};
use crate::judge::{CheckId, Verdict};
use crate::message::xml::{self, ElementId, Limits, Outline, Refusal};
use crate::message::{ContentType, Request, read_request};
use crate::protocol::{Defect, Operation, RequirementId, names, req};

/// The requirements that the checks of every request look at.
pub const REQUEST_CHECKS: &[RequirementId] = &[
    req::POST_ONLY,
    req::REQUEST_MEDIA_TYPE,
    req::CHARSET_NAMES_ENCODING,
    req::SOAP_ACTION_PRESENT,
    req::SOAP_ACTION_VALUE,
    req::SOAP_ACTION_QUOTED,
    req::HTTP_VERSION,
    req::UNAMBIGUOUS_FRAMING,
    req::NO_EXTENSION_FRAMEWORK,
    req::UTF8_OR_UTF16,
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
    let asks = evidence.requests.iter().find(|request| !is_safe(request));
    let Some(first) = asks.or(evidence.requests.first()) else { return breaches };
    // Whoever points a client at a URL may not be able to choose the id, unless that is what the case is about.
    let is_told = evidence.end.is_some() || case.about_call_id;
    let (mut found, read) = examine(first);
    breaches.append(&mut found);
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
    if matches!(case.play, Play::Twice) {
        breaches.extend(same_bytes(evidence));
    }
    breaches
}

/// Whether a request only looks at what is there.
pub(super) fn is_safe(request: &ClientRequest) -> bool {
    matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS") && request.body.0.is_empty()
}

/// What a client sent that was given an id which no XML can carry.
pub(super) fn illegal(evidence: &ClientEvidence) -> Vec<Breach> {
    let Some(first) = evidence.requests.iter().find(|request| !is_safe(request)) else { return Vec::new() };
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
    let charset = content_type(request).and_then(|content_type| content_type.charset);
    if request.method != "POST" && request.body.0.is_empty() {
        return (breaches, None);
    }
    let read = match read_request(&request.body.0, charset.as_deref()) {
        Ok(read) => Some(read),
        Err(refusal) => {
            breaches.extend(of_defect(refusal, request));
            None
        }
    };
    breaches.extend(attributes(&request.body.0, charset.as_deref()));
    if let Some(read) = &read {
        breaches.extend(soap_action(request, read.operation));
    } else {
        breaches.extend(soap_action(request, Operation::Disconnect));
    }
    (breaches, read)
}

fn content_type(request: &ClientRequest) -> Option<ContentType> {
    request.fields("content-type").next().and_then(ContentType::parse)
}

fn http(request: &ClientRequest) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if request.method == "M-POST" || request.fields("man").next().is_some() {
        breaches.push(Breach::new(
            CheckId::Method,
            req::NO_EXTENSION_FRAMEWORK,
            "no HTTP Extension Framework",
            "M-POST, or a field Man",
        ));
    } else if request.method != "POST" {
        breaches.push(Breach::new(CheckId::Method, req::POST_ONLY, "POST", request.method.clone()));
    }
    if !matches!(request.version.as_str(), "1.0" | "1.1") {
        breaches.push(Breach::new(
            CheckId::Version,
            req::HTTP_VERSION,
            "HTTP/1.1 or HTTP/1.0",
            format!("HTTP/{}", request.version),
        ));
    }
    if request.fields("content-length").next().is_some()
        && request.fields("transfer-encoding").next().is_some()
    {
        breaches.push(Breach::new(
            CheckId::Framing,
            req::UNAMBIGUOUS_FRAMING,
            "one way to tell the length",
            "Content-Length and chunks",
        ));
    }
    let types: Vec<&str> = request.fields("content-type").collect();
    match (types.as_slice(), content_type(request)) {
        ([_], Some(content_type)) if content_type.media_type == names::MEDIA_TYPE => {
            if content_type.charset.is_none() {
                let breach = Breach::new(
                    CheckId::Charset,
                    req::CHARSET_NAMES_ENCODING,
                    "a charset parameter (BP R1018)",
                    "none",
                );
                breaches.push(breach.at_most(Verdict::Note));
            }
        }
        (given, _) => breaches.push(Breach::new(
            CheckId::ContentType,
            req::REQUEST_MEDIA_TYPE,
            format!("Content-Type {}", names::MEDIA_TYPE),
            if given.is_empty() { "none".to_owned() } else { given.join(" and ") },
        )),
    }
    breaches
}

fn soap_action(request: &ClientRequest, operation: Operation) -> Option<Breach> {
    let fields: Vec<&str> = request.fields("soapaction").collect();
    let action = operation.soap_action();
    let wanted = format!("SOAPAction: \"{action}\"");
    let [field] = fields.as_slice() else {
        let observed = if fields.is_empty() { "none".to_owned() } else { fields.join(" and ") };
        return Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_PRESENT, wanted, observed));
    };
    let field = field.trim();
    let inner = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if inner == action => None,
        None if field == action => {
            Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_QUOTED, wanted, field))
        }
        _ => Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_VALUE, wanted, field)),
    }
}

/// Attributes of SOAP where none belong (BP R1032), and encodingStyle (BP R1005, R1006).
fn attributes(body: &[u8], charset: Option<&str>) -> Vec<Breach> {
    let Ok(decoded) = xml::decode(body, charset) else { return Vec::new() };
    let Ok(outline) = Outline::of(&decoded, &Limits::default()) else { return Vec::new() };
    let mut breaches = Vec::new();
    let mut check = |id: ElementId, is_soap: bool| {
        for attribute in outline.attributes(id) {
            if outline.attribute_namespace(attribute) != Some(names::ENVELOPE) {
                continue;
            }
            let observed = format!("{} on {}", attribute.local, outline.local(id));
            if attribute.local == "encodingStyle" {
                breaches.push(Breach::new(
                    CheckId::Attributes,
                    req::NO_ENCODING_STYLE,
                    "no encodingStyle",
                    observed,
                ));
            } else if is_soap {
                breaches.push(Breach::new(
                    CheckId::Attributes,
                    req::NO_SOAP_ATTRIBUTES,
                    "no attribute of SOAP on its own elements",
                    observed,
                ));
            }
        }
    };
    check(ElementId::ROOT, true);
    for part in outline.children(ElementId::ROOT) {
        check(part, true);
        if outline.is(part, names::ENVELOPE, "Body") {
            for operation in outline.children(part) {
                check(operation, false);
            }
        }
    }
    breaches
}

/// The requirement that a request with this defect goes against.
fn of_defect(refusal: Refusal, request: &ClientRequest) -> Vec<Breach> {
    use Defect as D;
    let breach = |row| {
        Breach::new(CheckId::Message, row, "a Disconnect request as documented", refusal.defect.to_string())
    };
    let row = match refusal.defect {
        D::OperationNamespace => {
            return of_namespace(operation_namespace(request).as_deref())
                .iter()
                .copied()
                .map(breach)
                .collect();
        }
        D::EncodingsDisagree => req::CHARSET_NAMES_ENCODING,
        D::EncodingUnknown => req::UTF8_OR_UTF16,
        // The bytes are fine, only not what the label says.
        D::EncodingInvalid if xml::decode(&request.body.0, None).is_ok() => req::CHARSET_NAMES_ENCODING,
        D::EncodingInvalid => req::INVALID_UTF8,
        D::CharacterForbidden => req::LEGAL_CHARACTERS,
        D::Doctype => req::NO_DTD,
        D::ProcessingInstruction | D::ProcessingInstructionSyntax => req::NO_PROCESSING_INSTRUCTION,
        D::EntityUndeclared => req::UNDECLARED_ENTITY,
        D::PrefixUnbound | D::NamespaceDeclaration => req::PREFIX_DECLARED,
        D::RootName | D::EnvelopeNamespace | D::EnvelopeNoNamespace => req::ENVELOPE_ROOT,
        D::BodyMissing | D::BodyRepeated => req::ONE_BODY,
        D::HeaderMisplaced | D::HeaderRepeated => req::HEADER_BEFORE_BODY,
        D::Trailer => req::NOTHING_AFTER_BODY,
        D::BodyEmpty | D::BodyShared => req::ONE_BODY_CHILD,
        D::TextMisplaced => req::NO_TEXT_BETWEEN_ELEMENTS,
        D::AttributeUnqualified => req::NO_SOAP_ATTRIBUTES,
        D::HeaderEntryUnqualified => req::HEADER_ENTRY_QUALIFIED,
        D::MustUnderstandValue => req::MUST_UNDERSTAND_SPELLING,
        D::CallIdMissing if holds_folded(request, "<callid>") || holds_folded(request, ":callid>") => {
            req::ELEMENT_NAME_CASE
        }
        D::OperationName
            if holds_folded(request, "<disconnect ") || holds_folded(request, ":disconnect>") =>
        {
            req::ELEMENT_NAME_CASE
        }
        D::OperationName => req::DISCONNECT_ELEMENT,
        D::CallIdRepeated | D::ExtraSibling | D::ElementInCallId => req::ONE_CALL_ID,
        D::CallIdNamespace => req::CALL_ID_NAMESPACE,
        D::AttributeUndeclared | D::Nil | D::TypeSubstitution => req::NO_ATTRIBUTES,
        D::CallIdMissing => req::CALL_ID_SENT,
        D::AmpersandAlone | D::MarkupSyntax | D::TextSyntax => req::MARKUP_ESCAPED,
        // The server knows best what it must understand.
        // The id was given so.
        D::MustUnderstand | D::CallIdEmpty | D::CallIdBlank | D::CallIdLong => return Vec::new(),
        _ => req::DOCUMENT_LITERAL_REQUEST,
    };
    vec![breach(row)]
}

/// The requirements that an operation in this namespace goes against, where it should be in that of
/// messages.
fn of_namespace(namespace: Option<&str>) -> &'static [RequirementId] {
    match namespace {
        // Basic Profile alone would only warn of it, and MS-OXWUMS names the namespace too.
        None => &[req::BODY_CHILD_QUALIFIED, req::DISCONNECT_ELEMENT],
        Some(namespace) if namespace == names::MESSAGES.replacen("http", "https", 1) => {
            &[req::HTTPS_NAMESPACE]
        }
        Some(namespace) if namespace.to_ascii_lowercase().contains("schemas.microsoft.com") => {
            &[req::NEAR_MISS_NAMESPACE]
        }
        Some(_) => &[req::DISCONNECT_ELEMENT],
    }
}

/// The namespace of the first child of Body.
fn operation_namespace(request: &ClientRequest) -> Option<String> {
    let charset = content_type(request).and_then(|content_type| content_type.charset);
    let decoded = xml::decode(&request.body.0, charset.as_deref()).ok()?;
    let outline = Outline::of(&decoded, &Limits::default()).ok()?;
    let body = outline.children(ElementId::ROOT).find(|&part| outline.is(part, names::ENVELOPE, "Body"))?;
    outline.namespace(outline.children(body).next()?).map(str::to_owned)
}

/// Whether the body holds a text in any case.
fn holds_folded(request: &ClientRequest, text: &str) -> bool {
    memchr::memmem::find(&request.body.0.to_ascii_lowercase(), text.as_bytes()).is_some()
}

/// Whether a request names the call that it was to name.
pub(super) fn same_id(case: &ClientCase, given: &str, read: &Request) -> Option<Breach> {
    let sent = read.call_id()?;
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

fn same_bytes(evidence: &ClientEvidence) -> Option<Breach> {
    let asks = evidence.requests.iter().filter(|request| !is_safe(request));
    let bodies: Vec<&[u8]> = asks.map(|request| &*request.body.0).collect();
    let [first, second, ..] = bodies.as_slice() else {
        // By URL, the second run may still come.
        evidence.end.as_ref()?;
        return Some(Breach::new(
            CheckId::Repeat,
            req::SAME_BYTES_TWICE,
            "a request in each of two runs",
            format!("{} requests", bodies.len()),
        ));
    };
    let at = first.iter().zip(*second).position(|(a, b)| a != b);
    let at = at.or((first.len() != second.len()).then_some(first.len().min(second.len())))?;
    Some(Breach::new(
        CheckId::Repeat,
        req::SAME_BYTES_TWICE,
        "the same bytes for the same id",
        format!("bodies that differ from byte {at} on"),
    ))
}
