//! Success answers, and what only resembles them.

use super::case::{Reading, ReplyCase, case, text};
use crate::message::{AnswerDraft, Close, Edit, Place};
use crate::protocol::{RequirementId, names, req};

pub(super) fn cases() -> Vec<ReplyCase> {
    let mut cases = spellings();
    cases.extend(others());
    cases
}

/// Spellings of the plain success.
fn spellings() -> Vec<ReplyCase> {
    let rows: Vec<(&str, &str, RequirementId, Vec<Edit>)> = vec![
        (
            "start-and-end-tag",
            "DisconnectResponse is written with an end tag.",
            req::ANY_SPELLING_OF_ANSWER,
            vec![Edit::Close(Place::Operation, Close::Pair)],
        ),
        (
            "default-namespace",
            "The envelope is in the default namespace.",
            req::PREFIX_FREELY_CHOSEN,
            vec![Edit::Prefix(Place::Envelope, text(""))],
        ),
        (
            "prefixed",
            "DisconnectResponse has a prefix.",
            req::ANY_SPELLING_OF_ANSWER,
            vec![Edit::Prefix(Place::Operation, text("m"))],
        ),
        (
            "comment-inside",
            "DisconnectResponse holds a comment.",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<!-- a -->")),
            ],
        ),
        (
            "header-holds-fault",
            "A header entry holds an element Fault of a namespace of ours.",
            req::ANSWER_HEADER_TOLERATED,
            vec![Edit::Header(text("<x:a xmlns:x='urn:x'><x:Fault/></x:a>"))],
        ),
        (
            "header-holds-body",
            "A header entry is named Body, in a namespace of ours.",
            req::ANSWER_HEADER_TOLERATED,
            vec![Edit::Header(text("<x:Body xmlns:x='urn:x'/>"))],
        ),
    ];
    let spelled = rows
        .into_iter()
        .map(|(name, about, requirement, edits)| of(name, about, requirement, Reading::Success, edits));
    let blank = of(
        "white-space-inside",
        "DisconnectResponse holds white space, which the schema does not allow.",
        req::ANY_SPELLING_OF_ANSWER,
        Reading::Either,
        vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("\n  "))],
    );
    let blank = ReplyCase { client_requirement: Some(req::WHITE_SPACE_BETWEEN_ELEMENTS), ..blank };
    spelled.chain([blank]).collect()
}

fn of(name: &str, about: &str, requirement: RequirementId, reading: Reading, edits: Vec<Edit>) -> ReplyCase {
    let (id, about) = (format!("reply-success/{name}"), about.to_owned());
    case(id, about, requirement, AnswerDraft::Success, reading, edits)
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn others() -> Vec<ReplyCase> {
    use Reading::{Either, Refuse};
    let rename = |name: &str| vec![Edit::Rename(Place::Operation, text(name))];
    let namespace = |uri: &str| vec![Edit::Namespace(Place::Operation, text(uri))];
    let rows: Vec<(&str, &str, RequirementId, Reading, Vec<Edit>)> = vec![
        (
            "no-namespace",
            "DisconnectResponse is in no namespace.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            namespace(""),
        ),
        (
            "types-namespace",
            "DisconnectResponse is in the namespace of the types.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            namespace(names::TYPES),
        ),
        (
            "https-namespace",
            "DisconnectResponse is in a namespace with https in place of http.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Either,
            namespace("https://schemas.microsoft.com/exchange/services/2006/messages"),
        ),
        (
            "request-echoed",
            "The request's element stands in place of the answer's.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("Disconnect"),
        ),
        (
            "lower-case",
            "DisconnectResponse is written in lower case.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("disconnectresponse"),
        ),
        (
            "name-that-goes-on",
            "The name of the element starts with DisconnectResponse and goes on.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("DisconnectResponseX"),
        ),
        (
            "name-that-ends-so",
            "The name of the element ends with DisconnectResponse.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("XDisconnectResponse"),
        ),
        (
            "namespace-that-goes-on",
            "DisconnectResponse is in a namespace that starts with that of the messages and goes on.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            namespace(&format!("{}/x", names::MESSAGES)),
        ),
        (
            "namespace-in-other-case",
            "DisconnectResponse is in the namespace of the messages with a capital letter in it.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            namespace(&names::MESSAGES.replace("messages", "Messages")),
        ),
        (
            "escaped",
            "Body holds DisconnectResponse escaped, which is text.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![Edit::Replace(
                Place::Operation,
                format!("&lt;DisconnectResponse xmlns=\"{}\"/&gt;", names::MESSAGES),
            )],
        ),
        (
            "phone-call",
            "The like-named answer of EWS stands in place of DisconnectResponse.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("DisconnectPhoneCallResponse"),
        ),
        (
            "phone-call-success",
            "The like-named answer of EWS reports success.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![
                Edit::Rename(Place::Operation, text("DisconnectPhoneCallResponse")),
                Edit::Attributes(Place::Operation, text(" ResponseClass=\"Success\"")),
            ],
        ),
        (
            "phone-call-error",
            "The like-named answer of EWS reports an error.",
            req::INVALID_ID_NOT_SUCCESS,
            Refuse,
            vec![
                Edit::Rename(Place::Operation, text("DisconnectPhoneCallResponse")),
                Edit::Attributes(Place::Operation, text(" ResponseClass=\"Error\"")),
            ],
        ),
        (
            "call-info",
            "The answer of another operation stands in place of DisconnectResponse.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            rename("GetCallInfoResponse"),
        ),
        (
            "and-fault",
            "A fault stands beside DisconnectResponse.",
            req::FAULT_OR_RESPONSE,
            Refuse,
            vec![Edit::After(
                Place::Operation,
                text(
                    "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                ),
            )],
        ),
        (
            "after-fault",
            "A fault stands before DisconnectResponse.",
            req::FAULT_OR_RESPONSE,
            Refuse,
            vec![Edit::Before(
                Place::Operation,
                text(
                    "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                ),
            )],
        ),
        (
            "twice",
            "DisconnectResponse stands twice.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Either,
            vec![Edit::Duplicate(Place::Operation)],
        ),
        (
            "fault-inside",
            "A fault stands inside DisconnectResponse, where SOAP knows of none.",
            req::FAULT_OR_RESPONSE,
            Either,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(
                    Place::Operation,
                    text(
                        "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                    ),
                ),
            ],
        ),
        (
            "nested",
            "DisconnectResponse holds an element of its own name.",
            req::NO_INNER_RESPONSE,
            Either,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<DisconnectResponse/>")),
            ],
        ),
        (
            "text-inside",
            "DisconnectResponse holds text.",
            req::EMPTY_DISCONNECT_RESPONSE,
            Either,
            vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("OK"))],
        ),
        (
            "response-class",
            "DisconnectResponse has an attribute of EWS that says Success.",
            req::EMPTY_DISCONNECT_RESPONSE,
            Either,
            vec![Edit::Attributes(Place::Operation, text(" ResponseClass=\"Success\""))],
        ),
        (
            "in-header",
            "DisconnectResponse stands in Header and not in Body.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![
                Edit::Header(text(
                    "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
                )),
                Edit::Delete(Place::Operation),
            ],
        ),
        (
            "in-another-element",
            "DisconnectResponse stands within another element of Body.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![
                Edit::Before(Place::Operation, text("<x:a xmlns:x='urn:x'>")),
                Edit::After(Place::Operation, text("</x:a>")),
            ],
        ),
        (
            "unbound-prefix",
            "DisconnectResponse has a prefix that is not bound.",
            req::PREFIX_DECLARED,
            Refuse,
            vec![Edit::Replace(Place::Operation, text("<q:DisconnectResponse/>"))],
        ),
        (
            "in-comment",
            "DisconnectResponse stands in a comment.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![Edit::Replace(Place::Operation, text("<!-- <DisconnectResponse/> -->"))],
        ),
    ];
    rows.into_iter()
        .map(|(name, about, requirement, reading, edits)| of(name, about, requirement, reading, edits))
        .collect()
}
