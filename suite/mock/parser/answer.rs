//! Parsers that are wrong about answers.

use super::before::{reads, text};
use super::kind::{crashes_on_answers, refuses, takes};
use super::mutant::{Call, Flaw, ParserMutant, told};
use super::view::MessageView;
use crate::evidence::Parsed;
use crate::message::MessageKind;
use crate::message::xml::{ElementId, Outline, Refusal};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{Defect, names, req};

/// Whether a faultcode without namespace holds for something.
fn has_code(message: &MessageView<'_>, holds: impl Fn(&Outline<'_>, ElementId, &str) -> bool) -> bool {
    message.any("faultcode", |outline, id| {
        outline.namespace(id).is_none() && holds(outline, id, outline.text(id))
    })
}

/// Whether a child of Fault holds for something.
pub(super) fn has_part(
    message: &MessageView<'_>,
    part: &str,
    holds: impl Fn(&Outline<'_>, ElementId) -> bool,
) -> bool {
    message.any(part, |outline, id| {
        outline.parent(id).is_some_and(|fault| outline.is(fault, names::ENVELOPE, "Fault"))
            && holds(outline, id)
    })
}

/// A change of what stands in faultcode.
fn code(message: &[u8], change: impl FnOnce(&str) -> String) -> Vec<u8> {
    text(message, |text| {
        let changed = || {
            let (head, rest) = text.split_once("<faultcode")?;
            let (attributes, rest) = rest.split_once('>')?;
            let (inside, tail) = rest.split_once("</faultcode>")?;
            Some(format!("{head}<faultcode{attributes}>{}</faultcode>{tail}", change(inside)))
        };
        changed().unwrap_or_else(|| text.to_owned())
    })
}

/// One that takes some faults for success.
const fn succeeds(name: &'static str, about: &'static str, killed_by: KilledBy, flaw: Flaw) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw }
}

/// What it says of a fault where its text holds this.
fn success_if(call: &Call<'_>, result: Result<String, Refusal>, part: &str) -> Parsed {
    let holds = String::from_utf8_lossy(call.message).contains(part);
    match result {
        Ok(value) if call.kind == MessageKind::Reply && holds && value.starts_with("Fault") => {
            Parsed::Accepted("DisconnectResponse".to_owned())
        }
        result => told(result),
    }
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // Codes.
    refuses(
        "compares-codes-by-prefix",
        "Refuses a code with another prefix than the documented one.",
        ("reply-fault/code-other-prefix", req::INVALID_ID_CODE_PREFIX),
        |message| has_code(message, |_, _, code| !code.trim().starts_with("a:")),
    ),
    crashes_on_answers(
        "splits-codes-at-colons",
        "Breaks off at a code without a colon.",
        "reply-fault/code-empty",
        |message| has_code(message, |_, _, code| !code.contains(':')),
    ),
    crashes_on_answers(
        "looks-prefixes-of-codes-up",
        "Breaks off at a code with a prefix that nothing binds.",
        "reply-fault/code-unbound",
        |message| {
            has_code(message, |outline, id, code| {
                code.trim().split_once(':').is_some_and(|(prefix, _)| outline.resolve(id, prefix).is_none())
            })
        },
    ),
    crashes_on_answers(
        "expects-a-code",
        "Breaks off at a fault without faultcode.",
        "reply-fault/no-code",
        |message| message.any("Fault", |_, _| true) && !has_code(message, |_, _, _| true),
    ),
    refuses(
        "compares-codes-with-blanks",
        "Refuses a code with white space around it.",
        ("reply-fault/code-padded", req::FAULT_UNDER_ANY_STATUS),
        |message| has_code(message, |_, _, code| code.trim().len() < code.len()),
    ),
    refuses(
        "compares-namespaces-of-codes",
        "Refuses a code in another namespace than the documented one.",
        ("reply-fault/code-in-types", req::FAULT_UNDER_ANY_STATUS),
        |message| {
            has_code(message, |outline, id, code| {
                let prefix = code.trim().split_once(':').map_or("", |(prefix, _)| prefix);
                code.ends_with(names::INVALID_CALL_ID) && outline.resolve(id, prefix) != Some(names::ERRORS)
            })
        },
    ),
    reads(
        "cuts-codes-at-comments",
        "Reads a code up to the first comment.",
        by("reply-fault/code-with-comment", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |message| code(message, |code| code.split("<!--").next().unwrap_or_default().to_owned()),
    ),
    reads(
        "reads-sections-of-codes-as-written",
        "Reads the marks of a CDATA section in a code as text.",
        by("reply-fault/code-in-section", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| code(message, |code| code.replace("<![", "&lt;![").replace("]]>", "]]&gt;")),
    ),
    reads(
        "reads-codes-as-written",
        "Reads references in a code as they are written.",
        by("reply-fault/code-by-references", req::EQUAL_SPELLINGS_OF_TEXT),
        |message| code(message, |code| code.replace("&#", "&amp;#")),
    ),
    // Other children of Fault.
    crashes_on_answers(
        "has-no-field-for-actors",
        "Breaks off at a faultactor, for which it has no field.",
        "reply-fault/actor",
        |message| has_part(message, "faultactor", |_, _| true),
    ),
    crashes_on_answers(
        "needs-words-of-faults",
        "Breaks off at a fault without faultstring.",
        "reply-fault/no-string",
        |message| {
            message.any("Fault", |outline, id| {
                !outline.children(id).any(|part| outline.local(part) == "faultstring")
            })
        },
    ),
    refuses(
        "knows-faults-by-their-words",
        "Refuses a fault the words of which it does not know.",
        ("reply-fault/string-other-words", req::FAULT_STRING_FOR_HUMANS),
        |message| {
            has_part(message, "faultstring", |outline, id| {
                !matches!(outline.text(id), names::INVALID_CALL_ID_TEXT | names::INVALID_REQUEST_TEXT)
            })
        },
    ),
    refuses(
        "needs-entries-in-details",
        "Refuses a fault with an empty detail.",
        ("reply-fault/empty-detail", req::ANY_DETAIL_ACCEPTED),
        |message| has_part(message, "detail", |outline, id| outline.children(id).next().is_none()),
    ),
    refuses(
        "needs-namespaces-in-details",
        "Refuses a fault with an entry of no namespace in its detail.",
        ("reply-fault/detail-unqualified", req::ANY_DETAIL_ACCEPTED),
        |message| {
            has_part(message, "detail", |outline, id| {
                outline.children(id).any(|entry| outline.namespace(entry).is_none())
            })
        },
    ),
    succeeds(
        "finds-responses-in-details",
        "Takes a fault for success that holds a DisconnectResponse.",
        by("reply-fault/detail-holds-response", req::FAULT_UNDER_ANY_STATUS),
        Flaw::Result(|call, result| success_if(call, result, "<DisconnectResponse ")),
    ),
    succeeds(
        "believes-words-of-success",
        "Takes a fault for success the words of which speak of success.",
        by("reply-fault/string-says-success", req::FAULT_STRING_FOR_HUMANS),
        Flaw::Result(|call, result| success_if(call, result, ": success<")),
    ),
    // What holds them.
    crashes_on_answers(
        "has-no-field-for-actors-of-entries",
        "Breaks off at a header entry that says for whom it is.",
        "reply-envelope/mandatory-header-empty-actor-success",
        |message| {
            let says = |(outline, id): (&Outline<'_>, ElementId)| {
                outline.attribute(id, names::ENVELOPE, "actor").is_some()
            };
            !message.is_request() && message.entries().any(says)
        },
    ),
    crashes_on_answers(
        "has-room-for-two-declarations",
        "Breaks off at an Envelope that declares more than two prefixes.",
        "reply-spelling/xsi-and-xsd-success",
        |message| message.root_tag().matches(" xmlns:").count() > 2,
    ),
    crashes_on_answers(
        "expects-one-answer",
        "Breaks off at a second child of Body.",
        "reply-fault/twice",
        |message| !message.is_request() && message.defect == Some(Defect::BodyShared),
    ),
    crashes_on_answers(
        "looks-answers-up",
        "Breaks off at a child of Body that is in none of the namespaces it knows.",
        "reply-success/https-namespace",
        |message| !message.is_request() && message.defect == Some(Defect::OperationNamespace),
    ),
    takes(
        "takes-responses-of-any-namespace",
        "Takes a DisconnectResponse of any namespace, or of none.",
        ("reply-success/types-namespace", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| !message.is_request() && message.defect == Some(Defect::OperationNamespace),
    ),
    crashes_on_answers(
        "expects-nothing-in-responses",
        "Breaks off at a DisconnectResponse with an element, a text or an attribute.",
        "reply-success/text-inside",
        |message| {
            message.any("DisconnectResponse", |outline, id| {
                !outline.text(id).is_empty()
                    || !outline.attributes(id).is_empty()
                    || outline.children(id).next().is_some()
            })
        },
    ),
];
