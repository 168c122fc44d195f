//! Requests and responses as the archive has them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::message::visible;

/// Header fields.
pub(super) type Fields = [(String, String)];

/// Bytes as base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A request. The second value is its body, where that is no text.
pub(super) fn request(
    base: &str,
    method: &str,
    target: &str,
    version: &str,
    headers: &Fields,
    body: &[u8],
) -> (Value, Option<String>) {
    let text = std::str::from_utf8(body);
    let mut request = json!({
        "method": visible(method),
        "url": url(base, target),
        "httpVersion": format!("HTTP/{}", visible(version)),
        "cookies": [],
        "headers": fields(headers),
        "queryString": query(target),
        "headersSize": -1,
        "bodySize": body.len(),
    });
    if !body.is_empty() {
        request["postData"] = json!({
            "mimeType": visible(field(headers, "content-type").unwrap_or_default()),
            "text": String::from_utf8_lossy(body),
        });
    }
    (request, text.is_err().then(|| base64(body)))
}

/// A response.
pub(super) fn response(status: u16, version: &str, headers: &Fields, body: &[u8]) -> Value {
    let mut content = json!({
        "size": body.len(),
        "mimeType": visible(field(headers, "content-type").unwrap_or_default()),
    });
    if let Ok(text) = std::str::from_utf8(body) {
        content["text"] = text.into();
    } else {
        content["text"] = base64(body).into();
        content["encoding"] = "base64".into();
    }
    json!({
        "status": status,
        "statusText": "",
        "httpVersion": format!("HTTP/{}", visible(version)),
        "cookies": [],
        "headers": fields(headers),
        "content": content,
        "redirectURL": visible(field(headers, "location").unwrap_or_default()),
        "headersSize": -1,
        "bodySize": body.len(),
    })
}

/// In place of a response that did not come: browsers write it with status 0.
pub(super) fn no_response() -> Value {
    json!({
        "status": 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": { "size": 0, "mimeType": "" },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    })
}

fn fields(headers: &Fields) -> Vec<Value> {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn field<'a>(headers: &'a Fields, name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The parameters of a target, as they are written.
fn query(target: &str) -> Vec<Value> {
    let parameters = target.split_once('?').map_or("", |(_, query)| query);
    let parameters = parameters.split('&').filter(|parameter| !parameter.is_empty());
    parameters
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            json!({ "name": name, "value": value })
        })
        .collect()
}

/// The URL of a request: what is before the path, and the target, in which a URI does not hold every character. A
/// target that is no path stands behind a slash.
fn url(base: &str, target: &str) -> String {
    let stays = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(byte);
    let target: String = target
        .bytes()
        .map(|byte| if stays(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let slash = if target.starts_with('/') { "" } else { "/" };
    format!("{base}{slash}{target}")
}
