//! Servers that take more than the strict one, as some document allows.

use super::bug::{Bug, Variant, variant};
use super::tree::Element;
use crate::message::xml::{Limits, Outline};
use crate::protocol::{Defect, names};

pub(super) static VARIANTS: &[Variant] = &[
    variant(
        "passes-over-qualified-trailers",
        "A qualified element after Body is passed over, as SOAP 4 lets one stand there.",
        Bug::Lenient(|root| {
            if let Some(body) = root.children.iter().position(is_body) {
                let mut at = 0;
                root.children.retain(|child| {
                    at += 1;
                    at - 1 <= body
                        || child.namespace.is_none()
                        || child.namespace.as_deref() == Some(names::ENVELOPE)
                });
            }
        }),
    ),
    variant(
        "passes-over-what-is-out-of-place",
        "What is neither the first Header nor the one Body with content is passed over (row 17).",
        Bug::Lenient(|root| {
            let full = root.children.iter().filter(|child| is_body(child) && has_content(child)).count();
            if is_envelope(root) && full == 1 {
                let mut headers = 0;
                root.children.retain(|child| {
                    headers += usize::from(child.local == "Header");
                    (is_body(child) && has_content(child)) || (child.local == "Header" && headers == 1)
                });
            }
        }),
    ),
    variant(
        "takes-empty-actor-for-another",
        "A header entry with an empty actor is for somebody else (C28).",
        Bug::Lenient(|root| {
            for header in root.children.iter_mut().filter(|child| child.local == "Header") {
                header.children.retain(|entry| entry.attribute("actor") != Some(""));
            }
        }),
    ),
    variant(
        "passes-over-outer-text",
        "Text beside the elements of Envelope, Header and Body is passed over (row 10).",
        Bug::Lenient(|root| {
            root.text.clear();
            for child in &mut root.children {
                child.text.clear();
            }
        }),
    ),
    variant(
        "passes-over-attributes-and-siblings",
        "Attributes that are not declared and elements beside CallId are passed over (C13).",
        Bug::Lenient(|root| {
            let Some(operation) = root.child_mut("Body").and_then(|body| body.child_mut("Disconnect")) else {
                return;
            };
            let known = |element: &Element| {
                element.local == "CallId" && element.namespace.as_deref() == Some(names::MESSAGES)
            };
            if operation.children.iter().filter(|child| known(child)).count() == 1 {
                operation.children.retain(|child| known(child) || child.local == "CallId");
            }
            let foreign = |attribute: &(Option<String>, String, String)| {
                attribute.0.as_deref() != Some(names::XSI)
                    || attribute.1 != "nil"
                    || !matches!(attribute.2.trim(), "true" | "1")
            };
            for element in std::iter::once(&mut *operation) {
                element.attributes.retain(|attribute| !foreign(attribute));
            }
            for element in &mut operation.children {
                element.attributes.retain(|attribute| !foreign(attribute));
            }
        }),
    ),
    variant(
        "passes-over-instructions",
        "Processing instructions are passed over (row 24).",
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let (declaration, rest) = text.split_at(text.find("?>")? + 2);
            let mut kept = declaration.to_owned();
            for (index, piece) in rest.split("<?").enumerate() {
                kept.push_str(if index == 0 {
                    piece
                } else {
                    // One without a name for a target is none (XML 2.6).
                    let (instruction, behind) = piece.split_once("?>")?;
                    let target = instruction.split_whitespace().next()?;
                    let is_name = target.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c));
                    if !(is_name && piece.starts_with(char::is_alphabetic)) {
                        return None;
                    }
                    behind
                });
            }
            (rest.contains("<?") && !rest.to_ascii_lowercase().contains("<?xml ")).then(|| kept.into_bytes())
        }),
    ),
    variant(
        "passes-over-document-types",
        "A document type declaration is read and has no effect (C30).",
        Bug::Repairs(|body| {
            let (message, subset) = without_document_type(std::str::from_utf8(body).ok()?)?;
            (!subset.contains("<!ATTLIST") && !message.contains("&a")).then(|| message.into_bytes())
        }),
    ),
    variant(
        "expands-internal-entities",
        "Internal entities are expanded, as an XML processor does (C30).",
        Bug::Repairs(|body| {
            let (message, subset) = without_document_type(std::str::from_utf8(body).ok()?)?;
            let entities = internal(&subset)?;
            let mut message = message;
            for _ in 0..8 {
                for (name, value) in &entities {
                    let reference = format!("&{name};");
                    let grown = message.matches(&reference).count().saturating_mul(value.len());
                    if message.len().saturating_add(grown) > 65_536 {
                        return None;
                    }
                    message = message.replace(&reference, value);
                }
            }
            Some(message.into_bytes())
        }),
    ),
    variant(
        "adds-default-attributes",
        "Attributes that the internal subset gives by default are added, as an XML processor does (C30).",
        Bug::Repairs(|body| {
            let (message, subset) = without_document_type(std::str::from_utf8(body).ok()?)?;
            let default = subset.split_once("<!ATTLIST Disconnect xmlns CDATA ")?.1.split('>').next()?;
            Some(message.replace("<Disconnect>", &format!("<Disconnect xmlns={default}>")).into_bytes())
        }),
    ),
    variant(
        "passes-over-namespaces-of-headers",
        "An unbound prefix in a header entry is no concern of a server that passes over the entry (C32).",
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let defect = Outline::parse(text, &Limits::default()).err()?.defect;
            let (before, rest) = text.split_once("<soap:Header>")?;
            let (header, after) = rest.split_once("</soap:Header>")?;
            let ignorable = matches!(defect, Defect::PrefixUnbound | Defect::NamespaceDeclaration)
                && !header.contains("mustUnderstand");
            ignorable.then(|| format!("{before}{after}").into_bytes())
        }),
    ),
    variant(
        "reads-any-version-of-xml",
        "Another version of XML is read as 1.0, which was no fatal error before the fifth edition (C33).",
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            text.starts_with("<?xml version='2.0'").then(|| text.replacen("2.0", "1.0", 1).into_bytes())
        }),
    ),
    variant(
        "reads-latin-1",
        "A message that says it is ISO 8859-1 is read so (row 28).",
        Bug::Repairs(|body| {
            let text: String = body.iter().map(|&byte| char::from(byte)).collect();
            let told = text.starts_with("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>");
            told.then(|| text.replacen("iso-8859-1", "utf-8", 1).into_bytes())
        }),
    ),
    variant(
        "serves-large-headers",
        "Header entries of any depth and width are passed over (R181, R182).",
        Bug::Repairs(|body| {
            let text = std::str::from_utf8(body).ok()?;
            let defect = Outline::parse(text, &Limits::default()).err()?.defect;
            let limit = matches!(
                defect,
                Defect::LimitAttributes | Defect::LimitBytes | Defect::LimitDepth | Defect::LimitElements
            );
            let (before, rest) = text.split_once("<soap:Header>")?;
            let (header, after) = rest.split_once("</soap:Header>")?;
            (limit && !header.contains("mustUnderstand")).then(|| format!("{before}{after}").into_bytes())
        }),
    ),
];

fn is_envelope(root: &Element) -> bool {
    root.local == "Envelope" && root.namespace.as_deref() == Some(names::ENVELOPE)
}

fn is_body(element: &Element) -> bool {
    element.local == "Body" && element.namespace.as_deref() == Some(names::ENVELOPE)
}

fn has_content(body: &Element) -> bool {
    !body.children.is_empty()
}

/// The message without the document type declaration that stands before its root, and that declaration.
fn without_document_type(text: &str) -> Option<(String, String)> {
    let start = text.find("<!DOCTYPE ")?;
    let root = text.find("<soap:Envelope")?;
    let declaration = text.get(start..root)?.trim_end();
    let sound = declaration.ends_with('>')
        && declaration.matches("<!DOCTYPE").count() == 1
        && !declaration.contains("SYSTEM")
        && !declaration.contains("PUBLIC")
        && declaration.contains('[') == declaration.ends_with("]>");
    sound.then(|| (format!("{}{}", &text[..start], &text[root..]), declaration.to_owned()))
}

/// The entities that an internal subset declares; `None` where one of them refers to itself.
fn internal(subset: &str) -> Option<Vec<(String, String)>> {
    let mut entities = Vec::new();
    for declaration in subset.split("<!ENTITY ").skip(1) {
        let (name, rest) = declaration.trim_start_matches("% ").split_once(' ')?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest[1..].split(quote).next()?;
        entities.push((name.to_owned(), value.to_owned()));
    }
    let refers = |value: &str, name: &str| value.contains(&format!("&{name};"));
    let circle = entities.iter().any(|(name, value)| {
        entities.iter().any(|(other, inner)| refers(value, other) && refers(inner, name))
    });
    (!circle && !entities.is_empty()).then_some(entities)
}
