//! Servers that look for Disconnect and CallId in a wrong way.

use super::bug::{Bug, Mutant, mutant};
use super::tree::Element;
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "ignores-namespace",
        "Elements of Body are told by local name only.",
        by("namespace/disconnect-types", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(ignore_namespace),
    ),
    mutant(
        "folds-namespace-case",
        "Namespaces are compared without regard to case.",
        by("namespace/disconnect-capital-messages", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| namespaces(root, |ns| ns.eq_ignore_ascii_case(names::MESSAGES))),
    ),
    mutant(
        "takes-https-namespace",
        "The messages namespace is taken in its https spelling too.",
        by("namespace/disconnect-https", req::HTTPS_NAMESPACE),
        Bug::Lenient(|root| namespaces(root, |ns| ns.replacen("https:", "http:", 1) == names::MESSAGES)),
    ),
    mutant(
        "trims-namespace",
        "White space around a namespace and a slash at its end are dropped.",
        by("namespace/disconnect-trailing-slash", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| {
            namespaces(root, |ns| ns.trim().trim_end_matches('/') == names::MESSAGES);
        }),
    ),
    mutant(
        "takes-namespace-by-its-start",
        "Every namespace that starts like those of Exchange is taken for that of the messages.",
        by("namespace/disconnect-errors", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| {
            namespaces(root, |ns| ns.starts_with("http://schemas.microsoft.com/exchange/services/"));
        }),
    ),
    mutant(
        "resolves-namespace-as-url",
        "Namespaces are compared as URLs: host in any case, default port, escapes and slashes resolved.",
        by("namespace/disconnect-explicit-port", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| namespaces(root, |ns| as_url(ns) == names::MESSAGES)),
    ),
    mutant(
        "folds-look-alikes",
        "Letters that look alike are taken for each other, invisible characters are dropped.",
        by("namespace/disconnect-cyrillic-letter", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| element.local = look(&element.local));
            namespaces(root, |ns| look(ns) == names::MESSAGES);
        }),
    ),
    mutant(
        "takes-call-id-without-namespace",
        "A CallId in no namespace is taken.",
        by("namespace/call-id-unprefixed", req::CALL_ID_NAMESPACE),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| {
                if element.local == "CallId" && element.namespace.is_none() {
                    element.namespace = Some(names::MESSAGES.to_owned());
                }
            });
        }),
    ),
    mutant(
        "takes-disconnect-without-namespace",
        "A Disconnect in no namespace is taken.",
        by("namespace/disconnect-none", req::NEAR_MISS_NAMESPACE),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| {
                if matches!(&*element.local, "Disconnect" | "CallId") && element.namespace.is_none() {
                    element.namespace = Some(names::MESSAGES.to_owned());
                }
            });
        }),
    ),
    mutant(
        "folds-element-case",
        "Names of elements are compared without regard to case.",
        by("request-body/operation-named-lower-case", req::DISCONNECT_ELEMENT),
        Bug::Lenient(fold_names),
    ),
    mutant(
        "takes-names-by-their-start",
        "Every element whose name starts with Disconnect is taken for it.",
        by("request-body/operation-named-request", req::DISCONNECT_ELEMENT),
        Bug::Lenient(|root| {
            rename(root, "Disconnect", |name| name.starts_with("Disconnect"));
        }),
    ),
    mutant(
        "takes-any-operation",
        "Whatever element stands in Body with a CallId in it is taken for Disconnect.",
        by("request-body/operation-named-fault", req::DISCONNECT_ELEMENT),
        Bug::Lenient(|root| {
            if let Some(operation) = operation(root)
                && operation.child("CallId").is_some()
            {
                "Disconnect".clone_into(&mut operation.local);
                operation.namespace = Some(names::MESSAGES.to_owned());
            }
        }),
    ),
    mutant(
        "takes-phone-call-id",
        "DisconnectPhoneCall of EWS and its PhoneCallId are taken as well.",
        by("request-body/ews-disconnect-phone-call", req::FOREIGN_OPERATION),
        Bug::Lenient(|root| {
            let found = root.find("PhoneCallId");
            let id = found.map(|id| id.attribute("Id").unwrap_or(&id.text).to_owned());
            if let Some(id) = id {
                *root = Element::request(&id);
            }
        }),
    ),
    mutant(
        "takes-call-id-from-attribute",
        "An attribute CallId or Id is taken where there is no CallId to be read.",
        by("request-body/call-id-empty-with-id-attribute", req::EMPTY_CALL_ID),
        Bug::Lenient(|root| {
            let mut found = root.all().into_iter().filter(|e| matches!(&*e.local, "Disconnect" | "CallId"));
            let id = found.find_map(|e| e.attribute("CallId").or(e.attribute("Id")));
            if let Some(id) = id.map(str::to_owned) {
                *root = Element::request(&id);
            }
        }),
    ),
    mutant(
        "finds-call-id-at-any-depth",
        "The first CallId anywhere in Body is taken, whatever is around it.",
        by("request-body/call-id-wrapped-in-foreign", req::ONE_CALL_ID),
        Bug::Lenient(|root| {
            let id = root.child("Body").and_then(|body| body.find("CallId")).map(Element::deep_text);
            if let Some(id) = id {
                *root = Element::request(&id);
            }
        }),
    ),
    mutant(
        "finds-disconnect-at-any-depth",
        "The first Disconnect anywhere in the document is taken, whatever is around it.",
        by("envelope/body-left-out-around-disconnect", req::ONE_BODY),
        Bug::Lenient(|root| {
            if let Some(found) = root.find("Disconnect").filter(|found| found.child("CallId").is_some()) {
                *root = Element::around(vec![found.clone()]);
            }
        }),
    ),
    mutant(
        "takes-call-id-from-header",
        "A CallId in Header is taken where Disconnect has none.",
        by("call-id/missing-in-header-only", req::MISSING_CALL_ID),
        Bug::Lenient(|root| {
            let id = root.child("Header").and_then(|header| header.find("CallId"));
            if let Some(id) = id.map(Element::deep_text) {
                *root = Element::request(&id);
            }
        }),
    ),
    mutant(
        "takes-first-call-id",
        "Of several CallIds the first is taken.",
        by("request-body/call-id-then-garbage", req::TWO_CALL_IDS),
        Bug::Lenient(|root| one_call_id(root, true)),
    ),
    mutant(
        "takes-last-call-id",
        "Of several CallIds the last is taken.",
        by("request-body/garbage-then-call-id", req::TWO_CALL_IDS),
        Bug::Lenient(|root| one_call_id(root, false)),
    ),
    mutant(
        "joins-text-of-children",
        "Text of elements inside CallId is taken as a part of the id.",
        by("request-body/element-around-id", req::ELEMENT_IN_CALL_ID),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| {
                if element.local == "CallId" {
                    element.text = element.deep_text();
                    element.children.clear();
                }
            });
        }),
    ),
    mutant(
        "ignores-children-of-call-id",
        "Elements inside CallId are passed over.",
        by("request-body/element-before-id", req::ELEMENT_IN_CALL_ID),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| {
                if element.local == "CallId" && !element.text.is_empty() {
                    element.children.clear();
                }
            });
        }),
    ),
    mutant(
        "ignores-siblings-of-call-id",
        "Elements beside CallId are passed over.",
        by("request-body/foreign-sibling-after", req::EXTRA_SIBLING),
        Bug::Lenient(|root| {
            if let Some(operation) = operation(root) {
                operation.children.retain(|child| child.local == "CallId");
            }
        }),
    ),
    mutant(
        "ignores-attributes",
        "Attributes that nobody declared are passed over.",
        by("request-body/attribute-id-on-call-id", req::NO_ATTRIBUTES),
        Bug::Lenient(|root| {
            if let Some(operation) = operation(root) {
                operation.for_each(&mut |element| element.attributes.retain(|(_, name, _)| name == "nil"));
            }
        }),
    ),
    mutant(
        "ignores-text-between-elements",
        "Text beside elements is passed over.",
        by("request-body/text-before-call-id", req::NO_TEXT_BETWEEN_ELEMENTS),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| {
                if !element.children.is_empty() {
                    element.text.clear();
                }
            });
        }),
    ),
    mutant(
        "ignores-nil",
        "The text of a CallId that says it is nil is taken.",
        by("request-body/nil-true-with-text", req::NIL_CALL_ID),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| element.attributes.retain(|(_, name, _)| name != "nil"));
        }),
    ),
    mutant(
        "ignores-type",
        "A type that is not that of a CallId is passed over.",
        by("request-body/type-base64-binary", req::MALFORMED_REQUEST_FAULT),
        Bug::Lenient(|root| {
            root.for_each(&mut |element| element.attributes.retain(|(_, name, _)| name != "type"));
        }),
    ),
];

/// The first child of Body.
pub(super) fn operation(root: &mut Element) -> Option<&mut Element> {
    root.child_mut("Body")?.children.first_mut()
}

fn ignore_namespace(root: &mut Element) {
    if let Some(body) = root.child_mut("Body") {
        for child in &mut body.children {
            child.for_each(&mut |element| element.namespace = Some(names::MESSAGES.to_owned()));
        }
    }
}

/// Takes every namespace for that of the messages that `is_alike`.
fn namespaces(root: &mut Element, is_alike: impl Fn(&str) -> bool) {
    root.for_each(&mut |element| {
        if element.namespace.as_deref().is_some_and(&is_alike) {
            element.namespace = Some(names::MESSAGES.to_owned());
        }
    });
}

fn rename(root: &mut Element, name: &str, is_alike: impl Fn(&str) -> bool) {
    if let Some(operation) = operation(root)
        && is_alike(&operation.local)
    {
        name.clone_into(&mut operation.local);
    }
}

fn fold_names(root: &mut Element) {
    let folded = |name: &str| name.replace('_', "").to_ascii_lowercase();
    root.for_each(&mut |element| {
        for known in ["Envelope", "Body", "Disconnect", "CallId"] {
            if folded(&element.local) == folded(known) {
                known.clone_into(&mut element.local);
            }
        }
    });
}

fn one_call_id(root: &mut Element, first: bool) {
    if let Some(operation) = operation(root)
        && operation.children.len() > 1
        && operation.children.iter().all(|child| child.local == "CallId")
    {
        let at = if first { 0 } else { operation.children.len() - 1 };
        operation.children = vec![operation.children.swap_remove(at)];
    }
}

/// A namespace as a URL library would write it.
fn as_url(namespace: &str) -> String {
    let Some((scheme, rest)) = namespace.split_once("://") else { return namespace.to_owned() };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":80").unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.trim_start_matches('/').replace("%6D", "m").replace("%6d", "m").replace("//", "/");
    format!("{}://{host}/{path}", scheme.to_ascii_lowercase())
}

/// What a name looks like.
fn look(name: &str) -> String {
    let latin = |c: char| match c {
        'а' => 'a',
        'е' => 'e',
        'с' => 'c',
        'о' => 'o',
        'ѕ' => 's',
        'С' => 'C',
        other => other,
    };
    let seen = |c: &char| !matches!(c, '\u{AD}' | '\u{200D}' | '\u{200C}' | '\u{A0}');
    name.chars().filter(seen).map(latin).collect()
}
