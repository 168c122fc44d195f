//! The HTTP of a client's request.

use super::breach::Breach;
use super::flaw::flaws;
use crate::catalogue::ClientCase;
use crate::evidence::ClientRequest;
use crate::judge::CheckId;
use crate::message::{ContentType, quoted};
use crate::protocol::{Operation, RequirementId, names, req};

pub(super) fn content_type(request: &ClientRequest) -> Option<ContentType> {
    request.fields("content-type").next().and_then(ContentType::parse)
}

/// What the listener has in place of its name in Host and in targets.
const HERE: &str = "{here}";

/// What the HTTP of a request goes against, whatever it is a request for.
pub(super) fn http(request: &ClientRequest) -> Vec<Breach> {
    let mut breaches = flaws(request);
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
    if request.version == "1.0" && request.fields("transfer-encoding").next().is_some() {
        breaches.push(Breach::new(
            CheckId::Framing,
            req::UNAMBIGUOUS_FRAMING,
            "no Transfer-Encoding in HTTP/1.0, which has none (RFC 9112 6.1)",
            "chunks in HTTP/1.0",
        ));
    }
    breaches.extend(connection(request));
    let types: Vec<&str> = request.fields("content-type").collect();
    match (types.as_slice(), content_type(request)) {
        ([value], Some(content_type)) if content_type.media_type == names::MEDIA_TYPE => {
            // One that is there and cannot be read is told as that.
            if content_type.charset.is_none() && !names_charset(value) {
                breaches.push(Breach::new(
                    CheckId::Charset,
                    req::CHARSET_STATED,
                    "a charset parameter",
                    "none",
                ));
            }
            breaches.extend(parameters(value));
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

/// One valid Host in a request of HTTP/1.1 (RFC 9112 3.2). An empty one is valid by the grammar.
fn host(request: &ClientRequest) -> Option<Breach> {
    let hosts: Vec<&str> = request.fields("host").collect();
    let observed = match hosts.as_slice() {
        [host] if !is_invalid_host(host) => return None,
        [] if request.version != "1.1" => return None,
        [] => "none".to_owned(),
        hosts => hosts.join(" and "),
    };
    Some(Breach::new(CheckId::Host, req::HOST_FIELD, "one valid Host field", observed))
}

/// The content coding of a request, if there is one.
pub(super) fn coding(request: &ClientRequest) -> Option<&str> {
    let mut codings = request.fields("content-encoding").flat_map(|value| value.split(',')).map(str::trim);
    codings.find(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
}

/// Whether a request went to the URL that the client was given, by its path and by its Host (RFC 9112 3.2, 3.2.1).
pub(super) fn address(case: &ClientCase, request: &ClientRequest) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let given = format!("/case/{}", case.id);
    let target = request.target.strip_prefix("http://{here}").unwrap_or(&request.target);
    // A run by the one URL for all has another path, and an empty query adds nothing to what is asked for.
    if let Some(beyond) = target.strip_prefix(&given).filter(|beyond| !matches!(*beyond, "" | "?")) {
        breaches.push(Breach::new(
            CheckId::Target,
            req::ENDPOINT_FROM_AUTODISCOVER,
            "the path of the URL that the client was given: {path}",
            format!("{{path}}{}", quoted(beyond)),
        ));
    }
    // HTTP/1.0 knows no Host, and what is not valid is told as that. An empty one is for URLs without an authority.
    let mut hosts = request.fields("host");
    if let (Some(host), None) = (hosts.next(), hosts.next())
        && request.version != "1.0"
        && host != HERE
        && !is_invalid_host(host)
    {
        breaches.push(Breach::new(
            CheckId::Host,
            req::HOST_FIELD,
            "Host with the name and the port of the URL that the client was given",
            if host.is_empty() { "an empty one".to_owned() } else { quoted(host) },
        ));
    }
    breaches
}

/// What Connection names that is meant for the server, and that an intermediary takes off the request for that
/// (RFC 9110 7.6.1).
fn connection(request: &ClientRequest) -> Vec<Breach> {
    const MEANT_FOR_THE_SERVER: [(&str, CheckId, RequirementId); 5] = [
        ("content-encoding", CheckId::Framing, req::UNAMBIGUOUS_FRAMING),
        ("content-length", CheckId::Framing, req::UNAMBIGUOUS_FRAMING),
        ("content-type", CheckId::ContentType, req::REQUEST_MEDIA_TYPE),
        ("host", CheckId::Host, req::HOST_FIELD),
        ("soapaction", CheckId::SoapAction, req::SOAP_ACTION_PRESENT),
    ];
    let named: Vec<&str> =
        request.fields("connection").flat_map(|value| value.split(',')).map(str::trim).collect();
    let is_named = |field: &str| named.iter().any(|named| named.eq_ignore_ascii_case(field));
    let breach = |(field, check, row): (&str, CheckId, RequirementId)| {
        is_named(field).then(|| {
            let expected = "Connection without fields that are meant for the server (RFC 9110 7.6.1)";
            Breach::new(check, row, expected, format!("Connection names {field}"))
        })
    };
    MEANT_FOR_THE_SERVER.into_iter().filter_map(breach).collect()
}

/// Whether a charset is among the parameters of a media type, however it is written.
fn names_charset(value: &str) -> bool {
    split_parameters(value)
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
}

/// What is wrong with the parameters of a media type (RFC 9110 5.6.6): blanks around an equals sign, a value that is
/// neither a token nor a quoted string, and a charset that is told twice (RFC 6838 4.3).
fn parameters(value: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut charsets = 0;
    for parameter in split_parameters(value) {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        charsets += usize::from(name.trim().eq_ignore_ascii_case("charset"));
        if name.ends_with([' ', '\t']) || value.starts_with([' ', '\t']) {
            breaches.push(Breach::new(
                CheckId::ContentType,
                req::REQUEST_MEDIA_TYPE,
                "no blank around the equals sign of a parameter of Content-Type (RFC 9110 5.6.6)",
                quoted(parameter),
            ));
        } else if !is_value(value) {
            breaches.push(Breach::new(
                CheckId::ContentType,
                req::REQUEST_MEDIA_TYPE,
                "a token or a quoted string for the value of a parameter of Content-Type (RFC 9110 5.6.6)",
                quoted(parameter),
            ));
        }
    }
    if charsets > 1 {
        breaches.push(Breach::new(
            CheckId::Charset,
            req::CHARSET_NAMES_ENCODING,
            "one charset parameter (RFC 6838 4.3)",
            quoted(value),
        ));
    }
    breaches
}

/// The parameters behind a media type, without blanks around them. What stands in quotes parts none.
fn split_parameters(value: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = move |c: char| {
        let parts = c == ';' && !is_quoted;
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && is_quoted && !is_escaped;
        parts
    };
    value.split(parts).skip(1).map(|parameter| parameter.trim_matches([' ', '\t']))
}

/// Whether this can be the value of a parameter: a token, or a quoted string with its last quote (RFC 9110 5.6.2,
/// 5.6.4). An empty one is told as a charset that names nothing.
fn is_value(value: &str) -> bool {
    let Some(quoted) = value.strip_prefix('"') else {
        return value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    };
    let mut is_escaped = false;
    let end = quoted.find(|c: char| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    end.is_some_and(|end| end + 1 == quoted.len())
}

/// Whether this is no value of Host by its characters alone.
fn is_invalid_host(host: &str) -> bool {
    host.contains([' ', '\t', '/', '@', ','])
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
