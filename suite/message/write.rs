//! The canonical writer: one spelling for each message, the same bytes for the same value.

use super::CallId;
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

fn um_fault(namespace: &str, code: &str, text: &str, detail: &str) -> String {
    envelope(&format!(
        r#"<soap:Fault><faultcode xmlns:a="{namespace}">a:{code}</faultcode><faultstring xml:lang="en-US">{text}</faultstring><detail>{detail}</detail></soap:Fault>"#
    ))
}

fn envelope(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{}"><soap:Body>{body}</soap:Body></soap:Envelope>"#,
        names::ENVELOPE
    )
}

fn push_element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>", escape_text(text)));
}

/// Escapes text so that reading it gives the same text back: markup, and CR, which a reader would
/// turn into LF (XML 2.4, 2.11).
pub fn escape_text(text: &str) -> String {
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
