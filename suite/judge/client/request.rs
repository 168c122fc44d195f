//! What a client puts on the wire.

use super::Breach;
use crate::catalogue::{ClientCase, Play};
use crate::evidence::{ClientRequest, ClientSight};
use crate::judge::Verdict;
use crate::message::xml::{self, ElementId, Limits, Outline, Refusal};
use crate::message::{ContentType, Request, read_request};
use crate::protocol::{Defect, Operation, names};

/// The requirements that the checks of every request look at.
pub const REQUEST_CHECKS: &[u16] = &[
    1, 5, 7, 8, 9, 10, 18, 19, 24, 28, 33, 35, 37, 38, 41, 42, 44, 48, 49, 50, 51, 52, 53, 55, 56, 57, 61,
    65, 66, 67, 69, 70, 71, 72, 79, 85, 157, 158,
];

/// What the requests of a client that was given an id go against.
pub(super) fn breaches(case: &ClientCase, sight: &ClientSight) -> Vec<Breach> {
    let mut breaches = Vec::new();
    // What follows a redirect or a lost answer is up to the HTTP library; the first request is not. A look
    // at the URL before it asks for nothing, and nothing forbids it.
    let asks = sight.requests.iter().find(|request| !is_look(request));
    let Some(first) = asks.or(sight.requests.first()) else { return breaches };
    // Whoever points a client at a URL may not be able to choose the id, unless that is what the case is about.
    let is_told = sight.end.is_some() || case.id.starts_with("client-id/");
    let (mut found, read) = look(first);
    breaches.append(&mut found);
    if let Some(read) = read.filter(|_| is_told) {
        breaches.extend(same_id(case, &case.call_id, &read));
    }
    for later in
        sight.requests.iter().filter(|later| later.method == "POST" && !later.there && *later != first)
    {
        if let (_, Some(read)) = look(later)
            && is_told
        {
            breaches.extend(same_id(case, &case.call_id, &read));
        }
    }
    if matches!(case.play, Play::Twice) {
        breaches.extend(same_bytes(sight));
    }
    breaches
}

/// Whether a request only looks at what is there.
pub(super) fn is_look(request: &ClientRequest) -> bool {
    matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS") && request.body.0.is_empty()
}

/// What a client sent that was given an id which no XML can carry.
pub(super) fn illegal(sight: &ClientSight) -> Vec<Breach> {
    let Some(first) = sight.requests.iter().find(|request| !is_look(request)) else { return Vec::new() };
    let observed = match look(first).1 {
        Some(read) => format!("it was altered, and sent as {:?}", read.call_id().unwrap_or_default()),
        None => "a request was sent that is no XML".to_owned(),
    };
    vec![Breach::new("request", 159, "an id that XML cannot carry is refused", observed)]
}

/// Looks at a request: what is wrong with it, and what it says if it can be read.
pub(super) fn look(request: &ClientRequest) -> (Vec<Breach>, Option<Request>) {
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
        breaches.push(Breach::new("method", 24, "no HTTP Extension Framework", "M-POST, or a field Man"));
    } else if request.method != "POST" {
        breaches.push(Breach::new("method", 1, "POST", request.method.clone()));
    }
    if !matches!(request.version.as_str(), "1.0" | "1.1") {
        breaches.push(Breach::new(
            "version",
            18,
            "HTTP/1.1 or HTTP/1.0",
            format!("HTTP/{}", request.version),
        ));
    }
    if request.fields("content-length").next().is_some()
        && request.fields("transfer-encoding").next().is_some()
    {
        breaches.push(Breach::new("framing", 19, "one way to tell the length", "Content-Length and chunks"));
    }
    let types: Vec<&str> = request.fields("content-type").collect();
    match (types.as_slice(), content_type(request)) {
        ([_], Some(content_type)) if content_type.media_type == names::MEDIA_TYPE => {
            if content_type.charset.is_none() {
                let breach = Breach::new("charset", 7, "a charset parameter (BP R1018)", "none");
                breaches.push(breach.at_most(Verdict::Note));
            }
        }
        (given, _) => breaches.push(Breach::new(
            "content-type",
            5,
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
        return Some(Breach::new("soap-action", 8, wanted, observed));
    };
    let field = field.trim();
    let inner = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if inner == action => None,
        None if field == action => Some(Breach::new("soap-action", 10, wanted, field)),
        _ => Some(Breach::new("soap-action", 9, wanted, field)),
    }
}

/// Attributes of SOAP where none belong (BP R1032), and encodingStyle (BP R1005, R1006).
fn attributes(body: &[u8], charset: Option<&str>) -> Vec<Breach> {
    let Ok(decoded) = xml::decode(body, charset) else { return Vec::new() };
    let Ok(outline) = Outline::of(&decoded, &Limits::default()) else { return Vec::new() };
    let mut breaches = Vec::new();
    let mut look = |id: ElementId, is_soap: bool| {
        for attribute in outline.attributes(id) {
            if outline.attribute_namespace(attribute) != Some(names::ENVELOPE) {
                continue;
            }
            let observed = format!("{} on {}", attribute.local, outline.local(id));
            if attribute.local == "encodingStyle" {
                breaches.push(Breach::new("attributes", 56, "no encodingStyle", observed));
            } else if is_soap {
                breaches.push(Breach::new(
                    "attributes",
                    55,
                    "no attribute of SOAP on its own elements",
                    observed,
                ));
            }
        }
    };
    look(ElementId::ROOT, true);
    for part in outline.children(ElementId::ROOT) {
        look(part, true);
        if outline.is(part, names::ENVELOPE, "Body") {
            for operation in outline.children(part) {
                look(operation, false);
            }
        }
    }
    breaches
}

/// The requirement that a request with this defect goes against.
fn of_defect(refusal: Refusal, request: &ClientRequest) -> Vec<Breach> {
    use Defect as D;
    let breach =
        |row| Breach::new("message", row, "a Disconnect request as documented", refusal.defect.to_string());
    let row = match refusal.defect {
        D::OperationNamespace => {
            return of_namespace(operation_namespace(request).as_deref())
                .iter()
                .copied()
                .map(breach)
                .collect();
        }
        D::EncodingsDisagree => 7,
        D::EncodingUnknown => 28,
        // The bytes are fine, only not what the label says.
        D::EncodingInvalid if xml::decode(&request.body.0, None).is_ok() => 7,
        D::EncodingInvalid => 33,
        D::CharacterForbidden => 35,
        D::Doctype => 37,
        D::ProcessingInstruction | D::ProcessingInstructionSyntax => 38,
        D::EntityUndeclared => 41,
        D::PrefixUnbound | D::NamespaceDeclaration => 42,
        D::RootName | D::EnvelopeNamespace | D::EnvelopeNoNamespace => 44,
        D::BodyMissing | D::BodyRepeated => 48,
        D::HeaderMisplaced | D::HeaderRepeated => 49,
        D::Trailer => 50,
        D::BodyEmpty | D::BodyShared => 51,
        D::TextMisplaced => 53,
        D::AttributeUnqualified => 55,
        D::HeaderEntryUnqualified => 57,
        D::MustUnderstandValue => 61,
        D::CallIdMissing if holds_folded(request, "<callid>") || holds_folded(request, ":callid>") => 71,
        D::OperationName
            if holds_folded(request, "<disconnect ") || holds_folded(request, ":disconnect>") =>
        {
            71
        }
        D::OperationName => 65,
        D::CallIdRepeated | D::ExtraSibling | D::ElementInCallId => 69,
        D::CallIdNamespace => 70,
        D::AttributeUndeclared | D::Nil | D::TypeSubstitution => 72,
        D::CallIdMissing => 79,
        D::AmpersandAlone | D::MarkupSyntax | D::TextSyntax => 158,
        // The server knows best what it must understand.
        // The id was given so.
        D::MustUnderstand | D::CallIdEmpty | D::CallIdBlank | D::CallIdLong => return Vec::new(),
        _ => 157,
    };
    vec![breach(row)]
}

/// The requirements that an operation in this namespace goes against, where it should be in that of
/// messages.
fn of_namespace(namespace: Option<&str>) -> &'static [u16] {
    match namespace {
        // Basic Profile alone would only warn of it, and MS-OXWUMS names the namespace too.
        None => &[52, 65],
        Some(namespace) if namespace == names::MESSAGES.replacen("http", "https", 1) => &[66],
        Some(namespace) if namespace.to_ascii_lowercase().contains("schemas.microsoft.com") => &[67],
        Some(_) => &[65],
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
    let row = match case.primary().id.0 {
        row @ (36 | 85 | 86 | 145 | 158) => row,
        _ if without_blanks(sent) == without_blanks(given) => 86,
        _ => 85,
    };
    Some(Breach::new("call-id", row, format!("CallId {}", short(given)), format!("CallId {}", short(sent))))
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

fn same_bytes(sight: &ClientSight) -> Option<Breach> {
    let asks = sight.requests.iter().filter(|request| !is_look(request));
    let bodies: Vec<&[u8]> = asks.map(|request| &*request.body.0).collect();
    let [first, second, ..] = bodies.as_slice() else {
        // By URL, the second run may still come.
        sight.end.as_ref()?;
        return Some(Breach::new(
            "repeat",
            160,
            "a request in each of two runs",
            format!("{} requests", bodies.len()),
        ));
    };
    let at = first.iter().zip(*second).position(|(a, b)| a != b);
    let at = at.or((first.len() != second.len()).then_some(first.len().min(second.len())))?;
    Some(Breach::new(
        "repeat",
        160,
        "the same bytes for the same id",
        format!("bodies that differ from byte {at} on"),
    ))
}
