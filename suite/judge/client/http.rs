//! The HTTP of a client's request.

use super::breach::Breach;
use crate::evidence::ClientRequest;
use crate::judge::CheckId;
use crate::message::{ContentType, quoted};
use crate::protocol::{Operation, names, req};

pub(super) fn content_type(request: &ClientRequest) -> Option<ContentType> {
    request.fields("content-type").next().and_then(ContentType::parse)
}

pub(super) fn http(request: &ClientRequest) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let man = request.fields("man").next();
    if request.method == "M-POST" || man.is_some() {
        let man = man.map_or_else(String::new, |value| format!(" with Man: {}", quoted(value)));
        breaches.push(Breach::new(
            CheckId::Method,
            req::NO_EXTENSION_FRAMEWORK,
            "no HTTP Extension Framework",
            format!("{}{man}", quoted(&request.method)),
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
    if request.target.starts_with("http://") {
        // RFC 9112 3.2.1: no proxy is there.
        breaches.push(Breach::new(
            CheckId::Version,
            req::HTTP_VERSION,
            "a request target in the form of HTTP/1.1 for a server: its path",
            format!("the absolute form, which is for proxies: {}", quoted(&request.target)),
        ));
    }
    breaches.extend(host(request));
    if let Some(length) = request.fields("content-length").next()
        && let Some(coding) = request.fields("transfer-encoding").next()
    {
        breaches.push(Breach::new(
            CheckId::Framing,
            req::UNAMBIGUOUS_FRAMING,
            "one way to tell the length",
            format!("Content-Length: {} and Transfer-Encoding: {}", quoted(length), quoted(coding)),
        ));
    }
    let types: Vec<&str> = request.fields("content-type").collect();
    match (types.as_slice(), content_type(request)) {
        ([_], Some(content_type)) if content_type.media_type == names::MEDIA_TYPE => {
            if content_type.charset.is_none() {
                breaches.push(Breach::new(
                    CheckId::Charset,
                    req::CHARSET_STATED,
                    "a charset parameter",
                    "none",
                ));
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

/// One valid Host in a request of HTTP/1.1 (RFC 9112 3.2). An empty one is valid.
fn host(request: &ClientRequest) -> Option<Breach> {
    let hosts: Vec<&str> = request.fields("host").collect();
    let is_invalid = |host: &str| host.contains([' ', '\t', '/', '@', ',']);
    let observed = match hosts.as_slice() {
        [host] if !is_invalid(host) => return None,
        [] if request.version != "1.1" => return None,
        [] => "none".to_owned(),
        hosts => hosts.join(" and "),
    };
    Some(Breach::new(CheckId::Host, req::HOST_FIELD, "one valid Host field", observed))
}

pub(super) fn soap_action(request: &ClientRequest, operation: Operation) -> Option<Breach> {
    let fields: Vec<&str> = request.fields("soapaction").collect();
    let action = operation.soap_action();
    let wanted = format!("SOAPAction: \"{action}\"");
    let [field] = fields.as_slice() else {
        let observed = if fields.is_empty() { "none".to_owned() } else { fields.join(" and ") };
        return Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_PRESENT, wanted, observed));
    };
    let field = field.trim();
    let inner = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let bare = |field: &str| field.trim_matches(['"', '\'', '\u{201C}', '\u{201D}']) == action;
    match inner {
        Some(inner) if inner == action => None,
        _ if bare(field) => Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_QUOTED, wanted, field)),
        _ => Some(Breach::new(CheckId::SoapAction, req::SOAP_ACTION_VALUE, wanted, field)),
    }
}
