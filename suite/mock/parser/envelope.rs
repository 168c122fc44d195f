//! Parsers that are wrong about Envelope, Header and Body.

use super::kind::{crashes, crashes_on_answers, refuses, takes};
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::message::xml::ElementId;
use crate::protocol::{Defect, names, req};

/// Whether a header entry holds for something.
fn has_entry(message: &MessageView<'_>, holds: impl Fn(&str, &str) -> bool) -> bool {
    message.entries().any(|(outline, id)| holds(outline.namespace(id).unwrap_or_default(), outline.local(id)))
}

/// Whether a header entry asks for a version of a kind.
fn asks_for(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    message.entries().any(|(outline, id)| {
        outline.local(id) == "RequestServerVersion"
            && outline
                .attributes(id)
                .iter()
                .any(|attribute| attribute.local == "Version" && holds(&attribute.value))
    })
}

/// Whether a header entry is for an actor of a kind.
fn is_for(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    message.entries().any(|(outline, id)| outline.attribute(id, names::ENVELOPE, "actor").is_some_and(&holds))
}

/// Whether an element has an encodingStyle of a kind.
fn has_encoding_style(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    message
        .elements()
        .any(|(outline, id)| outline.attribute(id, names::ENVELOPE, "encodingStyle").is_some_and(&holds))
}

/// The years of the versions of Exchange.
const YEARS: [&str; 4] = ["2007", "2010", "2013", "2016"];

pub(super) static MUTANTS: &[ParserMutant] = &[
    // Attributes.
    crashes(
        "decodes-by-encoding-style",
        "Breaks off at an encodingStyle that it has no decoder for.",
        "envelope/encoding-style-unknown",
        |message| has_encoding_style(message, |style| !style.is_empty()),
    ),
    crashes(
        "takes-the-first-encoding-style",
        "Breaks off at an empty list of encoding styles.",
        "envelope/encoding-style-empty",
        |message| has_encoding_style(message, str::is_empty),
    ),
    crashes(
        "expects-actors-on-entries",
        "Breaks off at an actor elsewhere than on a header entry.",
        "envelope/actor-on-body",
        |message| {
            ["Envelope", "Header", "Body"].iter().any(|element| message.has_soap_attribute(element, "actor"))
        },
    ),
    crashes(
        "expects-must-understand-on-entries",
        "Breaks off at a mustUnderstand elsewhere than on a header entry.",
        "envelope/must-understand-on-body",
        |message| {
            ["Envelope", "Header", "Body"]
                .iter()
                .any(|element| message.has_soap_attribute(element, "mustUnderstand"))
        },
    ),
    crashes(
        "checks-signatures-of-ids",
        "Breaks off at a Body with an Id, to which no signature refers.",
        "envelope/foreign-attribute-on-body",
        |message| {
            message.any("Body", |outline, id| {
                outline.attributes(id).iter().any(|attribute| attribute.local == "Id")
            })
        },
    ),
    crashes(
        "looks-attributes-of-envelope-up",
        "Breaks off at an attribute of Envelope that it does not know.",
        "envelope/unqualified-attribute-on-envelope",
        |message| {
            message.any("Envelope", |outline, id| {
                outline.attributes(id).iter().any(|attribute| attribute.local != "encodingStyle")
            })
        },
    ),
    // Versions and parts.
    takes(
        "takes-envelopes-without-namespace",
        "Takes an Envelope of no namespace.",
        ("envelope/namespace-none-anywhere", req::NEAR_MISS_NAMESPACE),
        |message| message.is_request() && message.defect == Some(Defect::EnvelopeNoNamespace),
    ),
    crashes(
        "looks-versions-up-by-namespace",
        "Breaks off at an Envelope of no namespace, by which it tells the version of SOAP.",
        "envelope/namespace-none",
        |message| message.outline.is_some_and(|outline| outline.namespace(ElementId::ROOT).is_none()),
    ),
    crashes(
        "has-no-answer-to-soap-1-2",
        "Breaks off at an Envelope of SOAP 1.2.",
        "envelope/soap12",
        |message| {
            message
                .outline
                .is_some_and(|outline| outline.namespace(ElementId::ROOT) == Some(names::ENVELOPE_12))
        },
    ),
    refuses(
        "needs-entries-in-headers",
        "Refuses a Header without entries.",
        ("envelope/header-empty-tag", req::HEADER_BEFORE_BODY),
        |message| message.any("Header", |outline, id| outline.children(id).next().is_none()),
    ),
    takes(
        "takes-nested-bodies",
        "Takes a Body within Body.",
        ("envelope/body-in-body", req::ONE_BODY),
        |message| message.operation().is_some_and(|(outline, id)| outline.local(id) == "Body"),
    ),
    takes(
        "takes-trailers",
        "Takes elements after Body.",
        ("envelope/trailer-unqualified", req::NOTHING_AFTER_BODY),
        |message| message.is_request() && message.defect == Some(Defect::Trailer),
    ),
    crashes(
        "expects-requests-to-end-with-body",
        "Breaks off at a request with an element after Body.",
        "envelope/trailer-qualified",
        |message| message.is_request() && message.defect == Some(Defect::Trailer),
    ),
    crashes(
        "looks-actors-up",
        "Breaks off at a header entry whose actor is no name that it knows, the empty one included.",
        "header/mandatory-empty-actor",
        |message| {
            message.entries().any(|(outline, id)| outline.attribute(id, names::ENVELOPE, "actor") == Some(""))
        },
    ),
    crashes_on_answers(
        "expects-body-last",
        "Breaks off at an answer with an element after Body.",
        "reply-envelope/trailer-success",
        |message| !message.is_request() && message.defect == Some(Defect::Trailer),
    ),
    takes(
        "takes-faults-for-requests",
        "Takes a fault that comes as a request.",
        ("request-body/operation-soap-fault", req::DISCONNECT_ELEMENT),
        |message| {
            message.is_request()
                && message.operation().is_some_and(|(outline, id)| outline.local(id) == "Fault")
        },
    ),
    crashes(
        "has-no-handler-of-other-operations",
        "Breaks off at another operation of the service.",
        "soap-action/disconnect-with-get-call-info",
        |message| {
            message.is_request()
                && message.operation().is_some_and(|(outline, id)| {
                    outline.namespace(id) == Some(names::MESSAGES) && outline.local(id) != "Disconnect"
                })
        },
    ),
    // Header entries.
    refuses(
        "wants-to-understand-urns",
        "Refuses header entries of a URN that it does not know, whether they must be understood or not.",
        ("header/optional", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |namespace, _| namespace.starts_with("urn:")),
    ),
    refuses(
        "refuses-headers-of-exchange",
        "Refuses header entries of another service of Exchange.",
        ("header/mailbox-culture", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |namespace, _| namespace == names::TYPES),
    ),
    refuses(
        "knows-exchange-2007",
        "Refuses to be asked for a later version than 2007.",
        ("header/server-version-exchange2016", req::OPTIONAL_HEADER_IGNORED),
        |message| asks_for(message, |version| !version.starts_with("Exchange2007")),
    ),
    refuses(
        "knows-no-service-packs",
        "Refuses to be asked for a version with a service pack.",
        ("header/server-version-exchange2010-sp2", req::OPTIONAL_HEADER_IGNORED),
        |message| asks_for(message, |version| version.contains("_SP")),
    ),
    refuses(
        "needs-later-versions",
        "Refuses to be asked for a version before 2010.",
        ("header/server-version-exchange2007", req::OPTIONAL_HEADER_IGNORED),
        |message| asks_for(message, |version| version.starts_with("Exchange2007")),
    ),
    refuses(
        "knows-versions-by-heart",
        "Refuses to be asked for a version that there is not.",
        ("header/server-version-exchange2099", req::OPTIONAL_HEADER_IGNORED),
        |message| asks_for(message, |version| !YEARS.iter().any(|year| version.contains(year))),
    ),
    refuses(
        "refuses-addressing",
        "Refuses header entries of WS-Addressing.",
        ("header/addressing-message-id", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |namespace, _| namespace.ends_with("/addressing")),
    ),
    refuses(
        "compares-addresses",
        "Refuses a message that WS-Addressing sends elsewhere.",
        ("header/addressing-to", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |_, local| local == "To"),
    ),
    refuses(
        "compares-actions",
        "Refuses an action of WS-Addressing, as it expects none.",
        ("header/addressing-action", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |_, local| local == "Action"),
    ),
    refuses(
        "wants-to-check-security",
        "Refuses a header entry of WS-Security that need not be understood.",
        ("header/security-optional", req::OPTIONAL_HEADER_IGNORED),
        |message| has_entry(message, |_, local| local == "Security"),
    ),
    refuses(
        "knows-no-children-of-entries",
        "Refuses header entries with child elements.",
        ("header/optional-with-children", req::OPTIONAL_HEADER_IGNORED),
        |message| message.entries().any(|(outline, id)| outline.children(id).next().is_some()),
    ),
    crashes(
        "looks-entries-up-by-namespace",
        "Breaks off at header entries of no namespace.",
        "header/unqualified",
        |message| has_entry(message, |namespace, _| namespace.is_empty()),
    ),
    crashes(
        "checks-entries-that-nobody-owns",
        "Breaks off at a header entry of no namespace that must be understood.",
        "header/unqualified-mandatory",
        |message| {
            has_entry(message, |namespace, _| namespace.is_empty())
                && message.must_understand().next().is_some()
        },
    ),
    crashes(
        "bounds-entries-of-no-namespace",
        "Breaks off beyond sixteen header entries of no namespace.",
        "header/unqualified-many",
        |message| message.entries().filter(|&(outline, id)| outline.namespace(id).is_none()).count() > 16,
    ),
    // mustUnderstand and actor.
    refuses(
        "takes-any-must-understand-for-one",
        "Refuses header entries with a mustUnderstand of 0.",
        ("header/optional-zero", req::MUST_UNDERSTAND_ZERO),
        |message| message.must_understand().any(|value| value == "0"),
    ),
    crashes(
        "reads-must-understand-as-a-number",
        "Breaks off at a mustUnderstand that is no number.",
        "header/must-understand-yes",
        |message| message.must_understand().any(|value| value.trim().parse::<u8>().is_err()),
    ),
    crashes(
        "reads-must-understand-as-one-digit",
        "Breaks off at a mustUnderstand of several characters.",
        "header/must-understand-leading-zero",
        |message| message.must_understand().any(|value| value.len() > 1),
    ),
    crashes(
        "knows-two-numbers",
        "Breaks off at a mustUnderstand that is a number other than 0 and 1.",
        "header/must-understand-two",
        |message| message.must_understand().any(|value| value.parse::<u8>().is_ok_and(|number| number > 1)),
    ),
    crashes(
        "reads-the-first-of-must-understand",
        "Breaks off at an empty mustUnderstand.",
        "header/must-understand-empty",
        |message| message.must_understand().any(str::is_empty),
    ),
    refuses(
        "finds-must-understand-by-its-local-name",
        "Refuses header entries with a mustUnderstand that is not that of SOAP 1.1.",
        ("header/must-understand-unqualified", req::OPTIONAL_HEADER_IGNORED),
        |message| {
            message.entries().any(|(outline, id)| {
                let is_foreign = outline.attribute(id, names::ENVELOPE, "mustUnderstand").is_none();
                is_foreign
                    && outline.attributes(id).iter().any(|attribute| attribute.local == "mustUnderstand")
            })
        },
    ),
    refuses(
        "finds-must-understand-within-entries",
        "Refuses header entries that hold an element with mustUnderstand.",
        ("header/must-understand-on-inner-element", req::HEADER_ATTRIBUTES_ELSEWHERE),
        |message| {
            message.entries().any(|(outline, id)| {
                outline
                    .children(id)
                    .any(|inner| outline.attribute(inner, names::ENVELOPE, "mustUnderstand").is_some())
            })
        },
    ),
    refuses(
        "takes-itself-for-any-actor",
        "Refuses header entries that another actor must understand.",
        ("header/other-actor-unknown", req::ACTOR_ELSEWHERE),
        |message| message.must_understand().any(|value| value == "1"),
    ),
    refuses(
        "compares-the-beginning-of-actors",
        "Refuses header entries for an actor that starts as the next one.",
        ("header/other-actor-next-with-slash", req::ACTOR_ELSEWHERE),
        |message| is_for(message, |actor| actor.starts_with("http://schemas.xmlsoap.org/soap/actor/next/")),
    ),
    refuses(
        "knows-next-of-soap-1-2",
        "Refuses header entries for the next receiver of SOAP 1.2.",
        ("header/other-actor-soap12-next", req::ACTOR_ELSEWHERE),
        |message| is_for(message, |actor| actor.starts_with(names::ENVELOPE_12)),
    ),
    refuses(
        "resolves-actors",
        "Refuses header entries for an actor that is no absolute URI.",
        ("header/other-actor-relative", req::ACTOR_ELSEWHERE),
        |message| is_for(message, |actor| !actor.contains(':')),
    ),
    refuses(
        "takes-next-for-mandatory",
        "Refuses header entries for the next receiver that need not be understood.",
        ("header/optional-for-next-actor", req::OPTIONAL_HEADER_IGNORED),
        |message| is_for(message, |actor| actor == names::ACTOR_NEXT),
    ),
];
