//! The message in a client's request: its encoding, its defects, its attributes.

use super::breach::Breach;
use super::http::content_type;
use crate::evidence::ClientRequest;
use crate::judge::{CheckId, Verdict};
use crate::message::quoted;
use crate::message::xml::{self, ElementId, Limits, Outline, Refusal};
use crate::protocol::{Defect, RequirementId, names, req, sizes};

/// Bytes in which an XML declaration is looked for: some hundred at most are sensible.
const DECLARATION: usize = 1024;

/// The body in UTF-8, where every label of it says ISO 8859-1: then it is only the encoding that is wrong.
pub(super) fn from_latin_1(request: &ClientRequest) -> Option<Vec<u8>> {
    let is_latin = |name: &str| ["iso-8859-1", "iso_8859-1", "latin1"].contains(&&*name.to_ascii_lowercase());
    let text: String = request.body.0.iter().map(|&byte| char::from(byte)).collect();
    let (declaration, rest) = match text.strip_prefix("<?xml").and_then(|after| after.split_once("?>")) {
        Some((declaration, rest)) => (Some(declaration), rest),
        None => (None, &*text),
    };
    let declared =
        declaration.and_then(|declaration| declaration.split_once("encoding")).map(|(_, value)| {
            value.trim_matches([' ', '\t', '=', '"', '\'']).split(['"', '\'']).next().unwrap_or_default()
        });
    let charset = content_type(request).and_then(|known| known.charset);
    let labels = [declared, charset.as_deref()];
    let mut labels = labels.into_iter().flatten().peekable();
    labels.peek()?;
    labels.all(is_latin).then(|| rest.as_bytes().to_vec())
}

/// Attributes of SOAP where none belong (BP R1032), and encodingStyle (BP R1005, R1006).
pub(super) fn attributes(body: &[u8], charset: Option<&str>) -> Vec<Breach> {
    let Ok(decoded) = xml::decode(body, charset) else { return Vec::new() };
    let Ok(outline) = Outline::of(&decoded, &Limits::default()) else { return Vec::new() };
    let mut breaches = Vec::new();
    let mut check = |id: ElementId, is_soap: bool| {
        for attribute in outline.attributes(id) {
            if outline.attribute_namespace(attribute) != Some(names::ENVELOPE) {
                continue;
            }
            let value = quoted(&attribute.value);
            let observed = format!("{}=\"{value}\" on {}", attribute.local, outline.local(id));
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

/// A body in a content coding: it is up to the server which it reads (RFC 9110 12.5.3), and none of the documents
/// of this service offers one. A body that is XML as it stands is in none, and whoever believes the label reads
/// nothing.
pub(super) fn coded(coding: &str, request: &ClientRequest) -> Breach {
    let expected = if is_as_it_stands(request) {
        "no Content-Encoding for a body that is in no content coding (RFC 9110 8.4)"
    } else {
        "a body in no content coding, as no server has offered to read one (RFC 9110 12.5.3)"
    };
    let observed = format!("Content-Encoding: {}", quoted(coding));
    let breach = Breach::new(CheckId::Message, req::DOCUMENT_LITERAL_REQUEST, expected, observed);
    // No text forbids a coding: a server that cannot read it says 415.
    if is_as_it_stands(request) { breach } else { breach.at_most(Verdict::Warn) }
}

/// Whether a body begins with markup, as none does that is in a content coding.
pub(super) fn is_as_it_stands(request: &ClientRequest) -> bool {
    let charset = content_type(request).and_then(|known| known.charset);
    xml::decode(&request.body.0, charset.as_deref())
        .is_ok_and(|decoded| decoded.text.trim_start().starts_with('<'))
}

/// The call id of a request, where it is too long for a reader that goes by the documented limit.
pub(super) fn long_call_id(request: &ClientRequest) -> Option<String> {
    let sent = in_outline(request, |outline| {
        let operation = operation(outline).filter(|&id| outline.is(id, names::MESSAGES, "Disconnect"))?;
        let call_id = outline.children(operation).find(|&id| outline.is(id, names::MESSAGES, "CallId"))?;
        Some(outline.text(call_id).to_owned())
    })?;
    (sent.chars().count() > sizes::CALL_ID_LIMIT).then_some(sent)
}

/// A second byte order mark, of UTF-8: a character that stands before the root element.
fn has_two_marks(body: &[u8]) -> bool {
    body.starts_with("\u{FEFF}\u{FEFF}".as_bytes())
}

/// The encoding that the XML declaration names, if the body is read as ASCII so far.
fn declared(body: &[u8]) -> Option<String> {
    let start = &body[..body.len().min(DECLARATION)];
    let text: String = start.iter().map(|&byte| char::from(byte)).collect();
    let (declaration, _) = text.split_once("<?xml")?.1.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start_matches([' ', '\t', '\r', '\n', '=']);
    Some(value.trim_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default().to_owned())
}

/// A label that means UTF-8 or UTF-16, and is no name that is registered for either.
fn misspelled(request: &ClientRequest) -> Option<String> {
    const NAMES: [&str; 4] = ["utf-8", "utf-16", "utf-16le", "utf-16be"];
    // What some libraries and databases say for them.
    const WORDS: [&str; 4] = ["unicode", "utf", "utf8bom", "utf8mb4"];
    let charset = content_type(request).and_then(|known| known.charset);
    let plain = |name: &str| name.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let mut labels = [charset, declared(&request.body.0)].into_iter().flatten();
    labels.find(|label| {
        let is_registered = NAMES.contains(&&*label.to_ascii_lowercase());
        let is_meant = NAMES.iter().any(|name| plain(name) == plain(label));
        !is_registered && (is_meant || WORDS.contains(&&*plain(label)))
    })
}

/// What is said of an encoding that is not the one that the label names, or that has another name.
fn of_label(request: &ClientRequest, defect: Defect) -> Option<Breach> {
    let (row, observed) = match defect {
        Defect::EncodingUnknown => {
            let name = quoted(&misspelled(request)?);
            (req::CHARSET_NAMES_ENCODING, format!("{name:?}, which is no registered name of an encoding"))
        }
        // The bytes are fine, only not what the declaration says.
        Defect::EncodingInvalid => {
            let name = declared(&request.body.0).filter(|name| !name.eq_ignore_ascii_case("utf-8"))?;
            std::str::from_utf8(&request.body.0).ok()?;
            let observed = format!("the XML declaration names {:?}, and the bytes are UTF-8", quoted(&name));
            (req::CHARSET_NAMES_ENCODING, observed)
        }
        _ if has_two_marks(&request.body.0) => {
            (req::BYTE_ORDER_MARK_ACCEPTED, "a second mark, which is text before the root element".to_owned())
        }
        _ => return None,
    };
    let expected = match defect {
        Defect::EncodingUnknown | Defect::EncodingInvalid => "labels that name the encoding of the body",
        _ => "one byte order mark at most",
    };
    Some(Breach::new(CheckId::Message, row, expected, observed))
}

/// The requirement that a request with this defect goes against.
pub(super) fn of_defect(refusal: Refusal, request: &ClientRequest) -> Vec<Breach> {
    use Defect as D;
    if let Some(breach) = of_label(request, refusal.defect) {
        return vec![breach];
    }
    let there = found_name(request, refusal.defect).or_else(|| found_text(request, refusal));
    let observed = match there {
        Some(there) => format!("{}: {}", refusal.defect, quoted(&there)),
        None => refusal.defect.to_string(),
    };
    let breach =
        |row| Breach::new(CheckId::Message, row, "a Disconnect request as documented", observed.clone());
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
    in_outline(request, |outline| outline.namespace(operation(outline)?).map(str::to_owned))
}

/// The name of the element that a defect is about, where it is about a name.
fn found_name(request: &ClientRequest, defect: Defect) -> Option<String> {
    in_outline(request, |outline| {
        let element = match defect {
            Defect::EnvelopeNamespace | Defect::EnvelopeNoNamespace | Defect::RootName => ElementId::ROOT,
            Defect::OperationName | Defect::OperationNamespace => operation(outline)?,
            Defect::CallIdNamespace => {
                outline.children(operation(outline)?).find(|&id| outline.local(id) == "CallId")?
            }
            _ => return None,
        };
        Some(outline.name(element))
    })
}

/// What stands where a defect is, where that tells more of it than its name: a tag, an attribute, a reference or a
/// text.
fn found_text(request: &ClientRequest, refusal: Refusal) -> Option<String> {
    use Defect as D;
    let is_told = matches!(
        refusal.defect,
        D::AttributeUndeclared
            | D::AttributeUnqualified
            | D::BodyShared
            | D::Doctype
            | D::ElementInCallId
            | D::EntityUndeclared
            | D::ExtraSibling
            | D::HeaderEntryUnqualified
            | D::MustUnderstandValue
            | D::NamespaceDeclaration
            | D::Nil
            | D::PrefixUnbound
            | D::ProcessingInstruction
            | D::ProcessingInstructionSyntax
            | D::TextMisplaced
            | D::Trailer
            | D::TypeSubstitution
    );
    let rest = std::str::from_utf8(request.body.0.get(refusal.at..)?).ok().filter(|_| is_told)?;
    let past = |end: char| rest.find(end).map(|at| at + end.len_utf8());
    let length = match rest.chars().next()? {
        '<' => past('>'),
        '&' => past(';'),
        _ => {
            let until_tag = rest.find('<').unwrap_or(rest.len());
            // An attribute is a name, a sign, and a value between quotes.
            let quote = rest[..until_tag].find(['"', '\'']);
            let value = quote.and_then(|at| Some((at + 1, rest[at..].chars().next()?)));
            let end = value.and_then(|(start, quote)| Some(start + rest[start..].find(quote)? + 1));
            end.or(Some(until_tag))
        }
    };
    Some(rest[..length.unwrap_or(rest.len())].trim().to_owned()).filter(|text| !text.is_empty())
}

/// The first child of Body.
fn operation(outline: &Outline<'_>) -> Option<ElementId> {
    let body = outline.children(ElementId::ROOT).find(|&part| outline.is(part, names::ENVELOPE, "Body"))?;
    outline.children(body).next()
}

fn in_outline<T>(request: &ClientRequest, read: impl Fn(&Outline<'_>) -> Option<T>) -> Option<T> {
    let charset = content_type(request).and_then(|content_type| content_type.charset);
    let decoded = xml::decode(&request.body.0, charset.as_deref()).ok()?;
    read(&Outline::of(&decoded, &Limits::default()).ok()?)
}

/// Whether the body holds a text in any case.
fn holds_folded(request: &ClientRequest, text: &str) -> bool {
    memchr::memmem::find(&request.body.0.to_ascii_lowercase(), text.as_bytes()).is_some()
}
