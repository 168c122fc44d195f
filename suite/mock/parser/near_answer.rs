//! Parsers that take what only resembles an answer, and refuse faults in forms that some services write.

use super::answer::has_part;
use super::kind::{crashes_on_answers, refuses, takes};
use super::mutant::{Call, Flaw, ParserMutant, told};
use super::view::MessageView;
use crate::evidence::Parsed;
use crate::message::MessageKind;
use crate::message::xml::Refusal;
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{names, req};

/// Name of the success answer.
const RESPONSE: &str = "DisconnectResponse";

/// Whether the child of Body in an answer has a name and a namespace like this.
fn is_response(message: &MessageView<'_>, like: impl Fn(&str, &str) -> bool) -> bool {
    !message.is_request()
        && message
            .operation()
            .is_some_and(|(outline, id)| like(outline.local(id), outline.namespace(id).unwrap_or_default()))
}

/// Whether an element of this local name stands in Header, at any depth.
fn has_in_header(message: &MessageView<'_>, local: &str) -> bool {
    message.any(local, |outline, id| {
        let mut around = std::iter::successors(outline.parent(id), |&id| outline.parent(id));
        around.any(|id| outline.is(id, names::ENVELOPE, "Header"))
    })
}

/// One that gives another code for some faults.
const fn codes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&Call<'_>, Result<String, Refusal>) -> Parsed,
) -> ParserMutant {
    ParserMutant { name, about, killed_by, flaw: Flaw::Result(change) }
}

/// What it says of an answer that is a fault with this code.
fn with_code(
    call: &Call<'_>,
    result: Result<String, Refusal>,
    change: impl FnOnce(&str) -> String,
) -> Parsed {
    match result {
        Ok(value) if call.kind == MessageKind::Reply => match value.strip_prefix("Fault ") {
            Some(code) => Parsed::Accepted(format!("Fault {}", change(code))),
            None => Parsed::Accepted(value),
        },
        result => told(result),
    }
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // What resembles a success.
    takes(
        "compares-beginnings-of-responses",
        "Takes an element for DisconnectResponse whose name starts so.",
        ("reply-success/name-that-goes-on", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| {
            is_response(message, |local, namespace| {
                namespace == names::MESSAGES && local.len() > RESPONSE.len() && local.starts_with(RESPONSE)
            })
        },
    ),
    takes(
        "compares-ends-of-responses",
        "Takes an element for DisconnectResponse whose name ends so.",
        ("reply-success/name-that-ends-so", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| {
            is_response(message, |local, namespace| {
                namespace == names::MESSAGES && local.len() > RESPONSE.len() && local.ends_with(RESPONSE)
            })
        },
    ),
    takes(
        "compares-beginnings-of-namespaces",
        "Takes a DisconnectResponse of a namespace that starts with that of the messages.",
        ("reply-success/namespace-that-goes-on", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| {
            is_response(message, |local, namespace| {
                local == RESPONSE
                    && namespace.len() > names::MESSAGES.len()
                    && namespace.starts_with(names::MESSAGES)
            })
        },
    ),
    takes(
        "compares-namespaces-of-responses-in-any-case",
        "Takes a DisconnectResponse of the namespace of the messages in any case.",
        ("reply-success/namespace-in-other-case", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| {
            is_response(message, |local, namespace| {
                local == RESPONSE
                    && namespace != names::MESSAGES
                    && namespace.eq_ignore_ascii_case(names::MESSAGES)
            })
        },
    ),
    takes(
        "unescapes-bodies",
        "Takes a DisconnectResponse that is the text of Body.",
        ("reply-success/escaped", req::OK_STATUS_WITHOUT_RESPONSE),
        |message| {
            !message.is_request()
                && message.any("Body", |outline, id| outline.text(id).contains("<DisconnectResponse"))
        },
    ),
    // Forms of faults.
    refuses(
        "needs-codes-without-attributes",
        "Refuses a code with an attribute.",
        ("reply-fault/code-typed", req::FAULT_UNDER_ANY_STATUS),
        |message| has_part(message, "faultcode", |outline, id| !outline.attributes(id).is_empty()),
    ),
    refuses(
        "needs-strings-without-attributes",
        "Refuses a faultstring with another attribute than its language.",
        ("reply-fault/string-typed", req::FAULT_UNDER_ANY_STATUS),
        |message| {
            has_part(message, "faultstring", |outline, id| {
                outline.attributes(id).iter().any(|attribute| attribute.local != "lang")
            })
        },
    ),
    refuses(
        "needs-faults-without-attributes",
        "Refuses a Fault with an attribute.",
        ("reply-fault/encoding-style", req::FAULT_UNDER_ANY_STATUS),
        |message| message.any("Fault", |outline, id| !outline.attributes(id).is_empty()),
    ),
    refuses(
        "needs-details-last",
        "Refuses a fault whose detail comes first.",
        ("reply-fault/detail-first", req::FAULT_UNDER_ANY_STATUS),
        |message| {
            message.any("Fault", |outline, id| {
                outline.children(id).next().is_some_and(|first| outline.local(first) == "detail")
            })
        },
    ),
    refuses(
        "needs-details-without-text",
        "Refuses a fault whose detail holds text.",
        ("reply-fault/detail-of-text", req::ANY_DETAIL_ACCEPTED),
        |message| has_part(message, "detail", |outline, id| !outline.text(id).trim().is_empty()),
    ),
    crashes_on_answers(
        "expects-no-text-in-faults",
        "Breaks off at a Fault with text beside its children.",
        "reply-fault/text-beside-code",
        |message| message.any("Fault", |outline, id| !outline.text(id).trim().is_empty()),
    ),
    codes(
        "reads-the-last-code",
        "Reads the last code of a fault, wherever it stands.",
        by("reply-fault/detail-holds-code", req::ANY_DETAIL_ACCEPTED),
        |call, result| {
            let text = String::from_utf8_lossy(call.message);
            let last = || {
                let (_, last) = text.rsplit_once("<faultcode")?;
                let (_, inside) = last.split_once('>')?;
                let (code, _) = inside.split_once('<')?;
                code.rsplit(':').next().map(|local| local.trim().to_owned())
            };
            let is_one = text.matches("<faultcode").count() < 2;
            with_code(call, result, |code| last().filter(|_| !is_one).unwrap_or_else(|| code.to_owned()))
        },
    ),
    // What header entries are named.
    refuses(
        "finds-faults-at-any-depth",
        "Refuses a success with an element named Fault in a header entry.",
        ("reply-success/header-holds-fault", req::ANSWER_HEADER_TOLERATED),
        |message| !message.is_request() && has_in_header(message, "Fault"),
    ),
    refuses(
        "takes-the-first-body",
        "Takes a header entry named Body for Body, and refuses it.",
        ("reply-success/header-holds-body", req::ANSWER_HEADER_TOLERATED),
        |message| !message.is_request() && has_in_header(message, "Body"),
    ),
    codes(
        "writes-codes-with-a-capital",
        "Gives a code with a capital letter at its start.",
        by("reply-fault/code-in-small-letters", req::UNKNOWN_FAULT_REPORTED),
        |call, result| {
            with_code(call, result, |code| {
                let mut rest = code.chars();
                rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
            })
        },
    ),
];
