//! Servers that take a wrong envelope, or mistake its headers.

use super::bug::{Bug, Mutant, mutant};
use super::elements::operation;
use super::tree::Element;
use crate::message::write_fault;
use crate::mock::killed_by::by;
use crate::mock::server::answer::xml;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "obeys-must-understand-anywhere",
        "mustUnderstand is obeyed wherever it stands, not only on header entries.",
        by("envelope/must-understand-on-body", req::HEADER_ATTRIBUTES_ELSEWHERE),
        Bug::Http(|service, request| {
            let root = Element::read(request.body, None)?;
            let must = |element: &Element| {
                element.attributes.iter().any(|(namespace, local, value)| {
                    namespace.as_deref() == Some(names::ENVELOPE) && local == "mustUnderstand" && value == "1"
                })
            };
            let fault = || xml(500, write_fault("MustUnderstand", "This is not understood.")).into();
            (service.knows(request) && root.all().into_iter().any(must)).then(fault)
        }),
    ),
    mutant(
        "heeds-actors-anywhere",
        "A message in which an actor stands outside of header entries is for somebody else, and is refused.",
        by("envelope/actor-on-body", req::HEADER_ATTRIBUTES_ELSEWHERE),
        Bug::Http(|service, request| {
            let root = Element::read(request.body, None)?;
            let has = |element: &Element| {
                element.attributes.iter().any(|(namespace, local, _)| {
                    namespace.as_deref() == Some(names::ENVELOPE) && local == "actor"
                })
            };
            let outside = has(&root) || root.children.iter().any(has);
            let fault = || xml(500, write_fault("Client", "The message is for somebody else.")).into();
            (service.knows(request) && outside).then(fault)
        }),
    ),
    mutant(
        "takes-soap12-envelope",
        "An envelope of SOAP 1.2 is processed as if it were one of SOAP 1.1.",
        by("envelope/soap12", req::VERSION_MISMATCH),
        Bug::Lenient(|root| envelopes(root, |ns| ns == names::ENVELOPE_12)),
    ),
    mutant(
        "takes-any-envelope",
        "The namespace of the envelope is not looked at.",
        by("envelope/namespace-messages", req::VERSION_MISMATCH),
        Bug::Lenient(|root| envelopes(root, |_| true)),
    ),
    mutant(
        "takes-any-root",
        "The root element may be anything with a Body or a Disconnect in it.",
        by("envelope/root-disconnect", req::ENVELOPE_ROOT),
        Bug::Lenient(|root| {
            if root.local == "Envelope" || root.local == "html" {
                return;
            }
            if root.local == "Disconnect" {
                *root = Element::around(vec![root.clone()]);
            } else if root.local == "Body" {
                *root = Element { children: vec![root.clone()], ..Element::new(names::ENVELOPE, "Envelope") };
            } else if root.child("Body").is_some() {
                "Envelope".clone_into(&mut root.local);
            }
        }),
    ),
    mutant(
        "takes-any-body",
        "Body is told by local name only.",
        by("envelope/body-in-upper-case", req::ONE_BODY),
        Bug::Lenient(|root| {
            if let Some(body) =
                root.children.iter_mut().find(|child| child.local.eq_ignore_ascii_case("Body"))
            {
                *body = Element { children: body.children.clone(), ..Element::new(names::ENVELOPE, "Body") };
            }
        }),
    ),
    mutant(
        "takes-first-body",
        "Of several Bodies the first that holds something is taken.",
        by("envelope/body-twice", req::ONE_BODY),
        Bug::Lenient(|root| {
            let bodies = |child: &Element| child.local == "Body";
            if root.children.iter().filter(|child| bodies(child)).count() > 1 {
                let body = root.children.iter().find(|child| bodies(child) && !child.children.is_empty());
                root.children = body.cloned().into_iter().collect();
            }
        }),
    ),
    mutant(
        "takes-first-of-body",
        "Of several elements in Body the first is taken.",
        by("envelope/disconnect-twice", req::ONE_BODY_CHILD),
        Bug::Lenient(|root| {
            if let Some(body) = root.child_mut("Body") {
                body.children.truncate(1);
            }
        }),
    ),
    mutant(
        "takes-disconnect-of-body",
        "Elements beside Disconnect in Body are passed over.",
        by("envelope/foreign-then-disconnect", req::ONE_BODY_CHILD),
        Bug::Lenient(|root| {
            if let Some(body) = root.child_mut("Body")
                && body.children.len() > 1
            {
                body.children.retain(|child| child.local == "Disconnect");
                body.children.truncate(1);
            }
        }),
    ),
    mutant(
        "ignores-trailer",
        "What follows Body is passed over.",
        by("envelope/trailer-qualified", req::NOTHING_AFTER_BODY),
        Bug::Lenient(|root| {
            if let Some(at) = root.children.iter().position(|child| child.local == "Body") {
                root.children.truncate(at + 1);
            }
        }),
    ),
    mutant(
        "ignores-order-in-envelope",
        "Whatever stands in Envelope beside Body is passed over.",
        by("envelope/header-twice", req::HEADER_BEFORE_BODY),
        Bug::Lenient(|root| {
            if root.children.iter().filter(|child| child.local == "Body").count() == 1 {
                root.children.retain(|child| child.local == "Body");
            }
        }),
    ),
    mutant(
        "ignores-must-understand",
        "mustUnderstand is not looked at.",
        by("header/mandatory", req::MUST_UNDERSTAND),
        Bug::Lenient(|root| must_understand(root, |_| true)),
    ),
    mutant(
        "ignores-must-understand-with-actor",
        "A mandatory entry with any actor, even an empty one, is taken as meant for somebody else.",
        by("header/mandatory-next-actor", req::MUST_UNDERSTAND),
        Bug::Lenient(|root| must_understand(root, |entry| entry.attribute("actor").is_some())),
    ),
    mutant(
        "ignores-must-understand-after-the-first-entry",
        "Only the first header entry is looked at for mustUnderstand.",
        by("header/mandatory-after-optional", req::MUST_UNDERSTAND),
        Bug::Lenient(|root| {
            if let Some(header) = root.child_mut("Header") {
                header.children.iter_mut().skip(1).for_each(strip);
            }
        }),
    ),
    mutant(
        "ignores-must-understand-as-soap12-role",
        "A mandatory entry with the role attribute of SOAP 1.2 is taken as meant for somebody else.",
        by("header/mandatory-soap12-role", req::MUST_UNDERSTAND),
        Bug::Lenient(|root| must_understand(root, |entry| entry.attribute("role").is_some())),
    ),
    mutant(
        "ignores-must-understand-in-large-messages",
        "Headers are not looked at where the message is longer than 4,096 characters.",
        by("header/mandatory-before-large-body", req::HEADERS_CHECKED_FIRST),
        Bug::Lenient(|root| {
            let large = root.all().iter().map(|element| element.text.len()).sum::<usize>() > 3_500;
            if large {
                must_understand(root, |_| true);
            }
        }),
    ),
    mutant(
        "reads-body-before-header",
        "What is wrong with the body is answered before what is wrong with the header.",
        by("header/order-mandatory-before-missing-call-id", req::FAULT_PRECEDENCE),
        Bug::Lenient(|root| {
            let wrong = operation(root).is_none_or(|operation| operation.children.is_empty());
            if wrong {
                must_understand(root, |_| true);
            }
        }),
    ),
    mutant(
        "reads-header-before-version",
        "A mandatory entry is answered before the version of the envelope.",
        by("header/order-version-before-both", req::FAULT_PRECEDENCE),
        Bug::Lenient(|root| {
            let mandatory = root.child("Header").is_some_and(|header| {
                header.children.iter().any(|entry| entry.attribute("mustUnderstand") == Some("1"))
            });
            if mandatory {
                envelopes(root, |_| true);
                root.for_each(&mut |element| {
                    element.attributes.iter_mut().for_each(|(namespace, _, _)| {
                        *namespace = namespace.take().map(|_| names::ENVELOPE.to_owned());
                    });
                });
            }
        }),
    ),
    mutant(
        "refuses-every-header-entry",
        "An entry that is not known is refused even where it is optional.",
        by("header/optional", req::OPTIONAL_HEADER_IGNORED),
        Bug::Refuses(|text| text.contains("Header>") && !text.contains("Header></")),
    ),
    mutant(
        "refuses-entries-of-the-sibling-service",
        "Header entries that belong to Exchange Web Services are refused, though optional.",
        by("header/server-version-exchange2007", req::OPTIONAL_HEADER_IGNORED),
        Bug::Refuses(|text| text.contains("RequestServerVersion") || text.contains("MailboxCulture")),
    ),
    mutant(
        "refuses-entries-of-web-service-standards",
        "Optional entries of WS-Addressing and WS-Security are refused.",
        by("header/security-optional", req::OPTIONAL_HEADER_IGNORED),
        Bug::Refuses(|text| text.contains("/addressing\"") || text.contains("wssecurity")),
    ),
    mutant(
        "refuses-entries-that-tell-a-call-id",
        "An optional header entry that holds a CallId, or an attribute of that name, makes a second one.",
        by("header/optional-holds-call-id", req::OPTIONAL_HEADER_IGNORED),
        Bug::Refuses(|text| header(text).contains("CallId")),
    ),
    mutant(
        "refuses-plain-entries",
        "A header entry without an attribute is refused.",
        by("header/optional", req::OPTIONAL_HEADER_IGNORED),
        Bug::Refuses(|text| {
            let header = header(text);
            header.contains("urn:umspec:unknown\">") || header.contains("urn:umspec:note\">")
        }),
    ),
    mutant(
        "refuses-entries-that-need-not-be-understood",
        "A header entry that says that it is optional, or for the next actor, is refused.",
        by("header/optional-zero", req::MUST_UNDERSTAND_ZERO),
        Bug::Refuses(|text| {
            let header = header(text);
            header.contains("mustUnderstand=\"0\">") || header.contains("/soap/actor/next\">")
        }),
    ),
    mutant(
        "refuses-header",
        "A message with Header is refused.",
        by("envelope/header-empty", req::HEADER_BEFORE_BODY),
        Bug::Refuses(|text| text.contains(":Header")),
    ),
    mutant(
        "takes-any-must-understand-for-that-of-soap",
        "An attribute named mustUnderstand counts whatever its namespace and place.",
        by("header/must-understand-unqualified", req::OPTIONAL_HEADER_IGNORED),
        Bug::Misreads(|body| {
            let Ok(text) = std::str::from_utf8(body) else { return body.to_vec() };
            let mut pieces = text.split("mustUnderstand=");
            let mut out = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                out.truncate(out.rfind(|c: char| c.is_ascii_whitespace()).map_or(0, |at| at + 1));
                out.push_str("soap:mustUnderstand=");
                out.push_str(piece);
            }
            out.into_bytes()
        }),
    ),
    mutant(
        "ignores-actor",
        "A mandatory entry for another actor is taken as meant for this one.",
        by("header/other-actor-unknown", req::ACTOR_ELSEWHERE),
        Bug::Misreads(|body| {
            let Ok(text) = std::str::from_utf8(body) else { return body.to_vec() };
            text.replace("soap:actor=", "soap:nobody=").into_bytes()
        }),
    ),
    mutant(
        "executes-disconnect-in-header",
        "A Disconnect in Header is executed besides that in Body.",
        by("wrapping/disconnect-in-header", req::WRAPPED_DISCONNECT),
        Bug::Also(|root| ids(root.child("Header"))),
    ),
    mutant(
        "executes-trailer",
        "A Disconnect after Body is executed besides that in Body.",
        by("wrapping/disconnect-after-body", req::WRAPPED_DISCONNECT),
        Bug::Also(|root| {
            let after = root.children.iter().skip_while(|child| child.local != "Body").skip(1);
            after.flat_map(|trailer| ids(Some(trailer))).collect()
        }),
    ),
    mutant(
        "executes-wrapped-disconnect",
        "A Disconnect inside a foreign element in Body is executed.",
        by("wrapping/disconnect-in-wrapper", req::WRAPPED_DISCONNECT),
        Bug::Also(|root| {
            let body = root.child("Body");
            let foreign = body.into_iter().flat_map(|body| &body.children);
            foreign.filter(|child| child.local != "Disconnect").flat_map(|child| ids(Some(child))).collect()
        }),
    ),
    mutant(
        "executes-every-disconnect-of-body",
        "Every Disconnect in Body is executed.",
        by("lifecycle/two-disconnects-in-one-body", req::ONE_BODY_CHILD),
        Bug::Also(|root| ids(root.child("Body"))),
    ),
    mutant(
        "executes-every-call-id",
        "The calls of every CallId in Disconnect are ended.",
        by("lifecycle/two-live-ids-in-one-request", req::TWO_CALL_IDS),
        Bug::Also(|root| {
            let operation = root.child("Body").and_then(|body| body.child("Disconnect"));
            operation.into_iter().flat_map(|op| &op.children).map(|id| id.text.clone()).collect()
        }),
    ),
];

/// The ids in every Disconnect of an element.
fn ids(element: Option<&Element>) -> Vec<String> {
    let all = element.map(Element::all).unwrap_or_default();
    let calls = all.into_iter().filter(|element| element.local == "Disconnect");
    calls.filter_map(|call| call.child("CallId")).map(|id| id.text.clone()).collect()
}

/// Takes the envelope for one of SOAP 1.1 where its namespace `is_alike`.
fn envelopes(root: &mut Element, is_alike: impl Fn(&str) -> bool) {
    if root.local != "Envelope" || !root.namespace.as_deref().is_some_and(&is_alike) {
        return;
    }
    let own = root.namespace.clone();
    root.namespace = Some(names::ENVELOPE.to_owned());
    for child in root.children.iter_mut().filter(|child| child.namespace == own) {
        child.namespace = Some(names::ENVELOPE.to_owned());
    }
}

/// Overlooks mustUnderstand on the entries that `which` names.
fn must_understand(root: &mut Element, which: impl Fn(&Element) -> bool) {
    if let Some(header) = root.child_mut("Header") {
        header.children.iter_mut().filter(|entry| which(entry)).for_each(strip);
    }
}

fn strip(entry: &mut Element) {
    entry.attributes.retain(|(_, name, _)| name != "mustUnderstand");
}

/// What stands within Header.
fn header(text: &str) -> &str {
    text.split("Header>").nth(1).unwrap_or_default()
}
