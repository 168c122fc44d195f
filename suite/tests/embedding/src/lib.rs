//! A small reader of Disconnect messages over roxmltree: what a crate of yours might have.

use roxmltree::{Document, Node};

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";

/// Reads the CallId of a request.
///
/// # Errors
/// In words, what is wrong with it.
pub fn call_id(message: &[u8]) -> Result<String, String> {
    let text = text(message)?;
    let document = document(&text)?;
    let disconnect = only_child(body(&document)?, MESSAGES, "Disconnect")?;
    let id = only_child(disconnect, MESSAGES, "CallId")?;
    if [disconnect, id].into_iter().flat_map(|node| node.attributes()).any(|attribute| !is_known(&attribute))
    {
        return Err("an attribute".to_owned());
    }
    if id.children().any(|child| child.is_element()) {
        return Err("an element in CallId".to_owned());
    }
    let value = text_of(id);
    if value.chars().count() > 512 {
        Err("a CallId of more than 512 characters".to_owned())
    } else {
        Ok(value)
    }
}

/// Reads an answer: `None` for success, the local name of the code for a fault.
///
/// # Errors
/// In words, what is wrong with it.
pub fn fault_code(message: &[u8]) -> Result<Option<String>, String> {
    let text = text(message)?;
    let document = document(&text)?;
    let body = body(&document)?;
    let child = element_children(body).next().ok_or("an empty Body")?;
    if element_children(body).count() != 1 {
        return Err("a crowd in Body".to_owned());
    }
    if child.has_tag_name((ENVELOPE, "Fault")) {
        let code = child.children().find(|child| child.tag_name().name() == "faultcode");
        let code: String = code.map(text_of).unwrap_or_default();
        let local = code.trim().rsplit(':').next().unwrap_or_default().to_owned();
        return Ok(Some(local));
    }
    if child.has_tag_name((MESSAGES, "DisconnectResponse")) && element_children(child).next().is_none() {
        return Ok(None);
    }
    Err(format!("{} is no answer to Disconnect", child.tag_name().name()))
}

/// The text of an element, in as many pieces as comments cut it into.
fn text_of(element: Node<'_, '_>) -> String {
    element.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}

/// Attributes that may stand on any element.
fn is_known(attribute: &roxmltree::Attribute<'_, '_>) -> bool {
    attribute.namespace() == Some("http://www.w3.org/2001/XMLSchema-instance")
        && ["schemaLocation", "noNamespaceSchemaLocation"].contains(&attribute.name())
        || is_string_type(attribute)
}

/// `xsi:type` with the type that CallId has anyway.
fn is_string_type(attribute: &roxmltree::Attribute<'_, '_>) -> bool {
    attribute.namespace() == Some("http://www.w3.org/2001/XMLSchema-instance")
        && attribute.name() == "type"
        && attribute.value().ends_with(":string")
}

fn text(message: &[u8]) -> Result<String, String> {
    let units = |of: fn([u8; 2]) -> u16| -> Result<String, String> {
        let (pairs, []) = message[2..].as_chunks::<2>() else { return Err("half a character".to_owned()) };
        String::from_utf16(&pairs.iter().map(|&pair| of(pair)).collect::<Vec<u16>>())
            .map_err(|error| error.to_string())
    };
    match message {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|error| error.to_string()),
        _ => String::from_utf8(message.to_vec()).map_err(|error| error.to_string()),
    }
}

fn document(text: &str) -> Result<Document<'_>, String> {
    // It would drop one more mark.
    if text.starts_with('\u{FEFF}') {
        return Err("two byte order marks".to_owned());
    }
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    if document.descendants().any(|node| node.is_pi()) {
        return Err("a processing instruction".to_owned());
    }
    Ok(document)
}

/// The Body of an Envelope, after a Header that asks for nothing.
fn body<'a>(document: &'a Document<'_>) -> Result<Node<'a, 'a>, String> {
    let root = document.root_element();
    if !root.has_tag_name((ENVELOPE, "Envelope")) {
        return Err("no Envelope of SOAP 1.1".to_owned());
    }
    if !only_blank(root) {
        return Err("text in Envelope".to_owned());
    }
    let mut children = element_children(root);
    let mut child = children.next().ok_or("an empty Envelope")?;
    if child.has_tag_name((ENVELOPE, "Header")) {
        if let Some(entry) = element_children(child).find(|entry| is_mandatory(*entry)) {
            return Err(format!("{} must be understood", entry.tag_name().name()));
        }
        child = children.next().ok_or("no Body")?;
    }
    match children.next() {
        _ if !child.has_tag_name((ENVELOPE, "Body")) => Err("no Body".to_owned()),
        Some(trailer) => Err(format!("{} after Body", trailer.tag_name().name())),
        None => Ok(child),
    }
}

/// Whether a header entry is for us and must be understood.
fn is_mandatory(entry: Node<'_, '_>) -> bool {
    let for_us = match entry.attribute((ENVELOPE, "actor")) {
        None | Some("" | "http://schemas.xmlsoap.org/soap/actor/next") => true,
        Some(_) => false,
    };
    for_us && entry.attribute((ENVELOPE, "mustUnderstand")).is_some_and(|value| value != "0")
}

fn only_child<'a>(parent: Node<'a, 'a>, namespace: &str, name: &str) -> Result<Node<'a, 'a>, String> {
    let mut children = element_children(parent);
    match (children.next(), children.next()) {
        (Some(child), None) if child.has_tag_name((namespace, name)) && only_blank(parent) => Ok(child),
        _ => Err(format!("not just {name} in {}", parent.tag_name().name())),
    }
}

fn element_children<'a>(parent: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    parent.children().filter(Node::is_element)
}

fn only_blank(parent: Node<'_, '_>) -> bool {
    let blank = |text: &str| text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    parent.children().filter(Node::is_text).all(|child| child.text().is_none_or(blank))
}
