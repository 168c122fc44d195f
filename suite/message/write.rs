//! The canonical writer: one spelling for each message, the same bytes for the same value.

use super::{CallId, CodeName, FaultChild, Reply};
use crate::protocol::{Operation, names};

/// A Disconnect request.
pub fn write_disconnect(id: &CallId) -> String {
    write_request(Operation::Disconnect, &[id.as_str()])
}

/// A request of any operation; `values` in the order of [`Operation::fields`].
///
/// Text that XML cannot carry is written as it is: give values that were checked.
pub fn write_request(operation: Operation, values: &[&str]) -> String {
    let name = operation.request();
    let mut body = format!(r#"<{name} xmlns="{}">"#, names::MESSAGES);
    for (field, value) in operation.fields().iter().zip(values) {
        push_element(&mut body, field.name, value);
    }
    body.push_str(&format!("</{name}>"));
    envelope(&body)
}

/// The success answer of Disconnect (OXWUMS 3.1.4.1).
pub fn write_success() -> String {
    envelope(&format!(r#"<DisconnectResponse xmlns="{}"/>"#, names::MESSAGES))
}

/// The answer of an operation that issues a call id (OXWUMS 3.1.4.8, 3.1.4.9).
pub fn write_issued(operation: Operation, id: &str) -> String {
    let name = operation.response();
    let mut body = format!(r#"<{name} xmlns="{}">"#, names::MESSAGES);
    push_element(&mut body, name, id);
    body.push_str(&format!("</{name}>"));
    envelope(&body)
}

/// The answer of GetCallInfo (OXWUMS 3.1.4.3).
pub fn write_call_info(state: &str, cause: &str) -> String {
    let name = Operation::GetCallInfo.response();
    let mut body = format!(r#"<{name} xmlns="{}"><{name}>"#, names::MESSAGES);
    push_element(&mut body, "CallState", state);
    push_element(&mut body, "EventCause", cause);
    body.push_str(&format!("</{name}></{name}>"));
    envelope(&body)
}

/// The documented fault for an invalid identifier (OXWUMS 3.1.4.1).
pub fn write_invalid_call_id() -> String {
    let detail = format!(
        r#"<m:ExceptionType xmlns:m="{}">{}</m:ExceptionType>"#,
        names::MESSAGES,
        names::INVALID_CALL_ID
    );
    um_fault(names::ERRORS, names::INVALID_CALL_ID, names::INVALID_CALL_ID_TEXT, &detail)
}

/// The documented fault for a malformed request (OXWUMS 2.2.2.1).
pub fn write_malformed() -> String {
    let detail = format!(
        r#"<e:ResponseCode xmlns:e="{0}">{1}</e:ResponseCode><e:Message xmlns:e="{0}">{2}</e:Message>"#,
        names::ERRORS,
        names::INVALID_REQUEST,
        names::INVALID_REQUEST_TEXT
    );
    um_fault(names::TYPES, names::INVALID_REQUEST, names::INVALID_REQUEST_TEXT, &detail)
}

/// A fault with one of SOAP's own codes (SOAP 4.4.1); without detail, as for a header fault.
pub fn write_fault(code: &str, text: &str) -> String {
    let mut body = format!("<soap:Fault><faultcode>soap:{code}</faultcode>");
    push_element(&mut body, "faultstring", text);
    body.push_str("</soap:Fault>");
    envelope(&body)
}

/// The canonical spelling of an answer. What a [`Reply`] does not hold is not written: attributes,
/// elements inside the entries of detail, and the prefix of a code that is bound.
///
/// Reading it gives the same reply, but for that prefix in [`super::CodeName::text`], and for the
/// namespace of a code that is no qualified name.
pub fn write_reply(reply: &Reply) -> String {
    let Reply::Fault(fault) = reply else { return write_success() };
    let (mut code, mut detail) = (fault.code.as_ref(), fault.detail.as_deref());
    // A prefix that nothing binds must not be bound by what is written around it.
    let unbound = code.filter(|code| !code.resolved).and_then(|code| code.text.split_once(':'));
    let unbound = unbound.map_or("", |(prefix, _)| prefix.trim());
    let soap = if unbound == "soap" { "env" } else { "soap" };
    let own = if unbound == "b" { "c" } else { "b" };
    let mut body = format!("<{soap}:Fault>");
    for child in &fault.children {
        let (declaration, content) = match (child.local.as_str(), code, detail) {
            ("faultcode", Some(name), _) => {
                code = None;
                code_content(name)
            }
            ("detail", _, Some(entries)) => {
                detail = None;
                let mut content = String::new();
                for entry in entries {
                    push_child(&mut content, entry, own, "", &escape_text(&entry.text));
                }
                (String::new(), content)
            }
            _ => (String::new(), escape_text(&child.text)),
        };
        push_child(&mut body, child, own, &declaration, &content);
    }
    body.push_str(&format!("</{soap}:Fault>"));
    envelope_as(soap, &body)
}

/// The declaration that a faultcode needs, and its text.
fn code_content(code: &CodeName) -> (String, String) {
    match code.namespace.as_deref() {
        // Always bound, and to nothing else (NS 3).
        Some(names::XML) if code.resolved => (String::new(), format!("xml:{}", code.local)),
        Some(namespace) if code.resolved => {
            (format!(" xmlns:a=\"{}\"", escape_attribute(namespace)), format!("a:{}", code.local))
        }
        _ => (String::new(), escape_text(&code.text)),
    }
}

/// Writes an element in its namespace, under `prefix` where it has one, so that no default namespace
/// is in scope.
fn push_child(out: &mut String, child: &FaultChild, prefix: &str, declaration: &str, content: &str) {
    let local = &child.local;
    let (name, own) = match child.namespace.as_deref() {
        None => (local.clone(), String::new()),
        Some(names::XML) => (format!("xml:{local}"), String::new()),
        Some(namespace) => {
            (format!("{prefix}:{local}"), format!(" xmlns:{prefix}=\"{}\"", escape_attribute(namespace)))
        }
    };
    out.push_str(&format!("<{name}{own}{declaration}>{content}</{name}>"));
}

/// Escapes for an attribute value: white space other than a space would be normalised (XML 3.3.3).
fn escape_attribute(text: &str) -> String {
    escape_text(text).replace('"', "&quot;").replace('\t', "&#x9;").replace('\n', "&#xA;")
}

fn um_fault(namespace: &str, code: &str, text: &str, detail: &str) -> String {
    envelope(&format!(
        r#"<soap:Fault><faultcode xmlns:a="{namespace}">a:{code}</faultcode><faultstring xml:lang="en-US">{text}</faultstring><detail>{detail}</detail></soap:Fault>"#
    ))
}

fn envelope(body: &str) -> String {
    envelope_as("soap", body)
}

fn envelope_as(prefix: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><{prefix}:Envelope xmlns:{prefix}="{}"><{prefix}:Body>{body}</{prefix}:Body></{prefix}:Envelope>"#,
        names::ENVELOPE
    )
}

fn push_element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>", escape_text(text)));
}

/// Escapes text so that reading it gives the same text back: markup, and CR, which a reader would
/// turn into LF (XML 2.4, 2.11).
pub(crate) fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#xD;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::read_request;

    #[test]
    fn every_value_is_read_back_as_it_was() {
        for text in ["a", " a ", "a\rb\r\nc\td", "]]>", "<&>\"'", "𝄞\u{FEFF}\u{85}", "&amp;"] {
            let id = CallId::new(text).unwrap();
            let message = write_disconnect(&id);
            assert_eq!(read_request(message.as_bytes(), Some("utf-8")).unwrap().call_id(), Some(text));
        }
    }
}
