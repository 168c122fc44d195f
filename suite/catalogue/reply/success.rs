//! Success answers, and what only resembles them.

use super::{Reading, ReplyCase, case, text};
use crate::message::{AnswerDraft, Close, Edit, Place};
use crate::protocol::names;

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ReplyCase> {
    use Reading::{Either, Refuse, Success};
    let rename = |name: &str| vec![Edit::Rename(Place::Operation, text(name))];
    let namespace = |uri: &str| vec![Edit::Namespace(Place::Operation, text(uri))];
    let rows: Vec<(&str, &str, u16, Reading, Vec<Edit>)> = vec![
        (
            "start-and-end-tag",
            "DisconnectResponse is written with an end tag.",
            165,
            Success,
            vec![Edit::Close(Place::Operation, Close::Pair)],
        ),
        (
            "default-namespace",
            "The envelope is in the default namespace.",
            43,
            Success,
            vec![Edit::Prefix(Place::Envelope, text(""))],
        ),
        (
            "prefixed",
            "DisconnectResponse has a prefix.",
            165,
            Success,
            vec![Edit::Prefix(Place::Operation, text("m"))],
        ),
        (
            "comment-inside",
            "DisconnectResponse holds a comment.",
            39,
            Success,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<!-- a -->")),
            ],
        ),
        (
            "white-space-inside",
            "DisconnectResponse holds white space, which the schema does not allow.",
            165,
            Either,
            vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("\n  "))],
        ),
        ("no-namespace", "DisconnectResponse is in no namespace.", 164, Refuse, namespace("")),
        (
            "types-namespace",
            "DisconnectResponse is in the namespace of the types.",
            164,
            Refuse,
            namespace(names::TYPES),
        ),
        (
            "https-namespace",
            "DisconnectResponse is in a namespace with https in place of http.",
            164,
            Either,
            namespace("https://schemas.microsoft.com/exchange/services/2006/messages"),
        ),
        (
            "request-echoed",
            "The request's element stands in place of the answer's.",
            164,
            Refuse,
            rename("Disconnect"),
        ),
        (
            "lower-case",
            "DisconnectResponse is written in lower case.",
            164,
            Refuse,
            rename("disconnectresponse"),
        ),
        (
            "phone-call",
            "The like-named answer of EWS stands in place of DisconnectResponse.",
            164,
            Refuse,
            rename("DisconnectPhoneCallResponse"),
        ),
        (
            "phone-call-error",
            "The like-named answer of EWS reports an error.",
            133,
            Refuse,
            vec![
                Edit::Rename(Place::Operation, text("DisconnectPhoneCallResponse")),
                Edit::Attributes(Place::Operation, text(" ResponseClass=\"Error\"")),
            ],
        ),
        (
            "call-info",
            "The answer of another operation stands in place of DisconnectResponse.",
            164,
            Refuse,
            rename("GetCallInfoResponse"),
        ),
        (
            "and-fault",
            "A fault stands beside DisconnectResponse.",
            103,
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
            103,
            Refuse,
            vec![Edit::Before(
                Place::Operation,
                text(
                    "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                ),
            )],
        ),
        ("twice", "DisconnectResponse stands twice.", 164, Either, vec![Edit::Duplicate(Place::Operation)]),
        (
            "fault-inside",
            "A fault stands inside DisconnectResponse.",
            103,
            Refuse,
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
            100,
            Either,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<DisconnectResponse/>")),
            ],
        ),
        (
            "text-inside",
            "DisconnectResponse holds text.",
            100,
            Either,
            vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("OK"))],
        ),
        (
            "response-class",
            "DisconnectResponse has an attribute of EWS that says Success.",
            100,
            Either,
            vec![Edit::Attributes(Place::Operation, text(" ResponseClass=\"Success\""))],
        ),
        (
            "in-header",
            "DisconnectResponse stands in Header and not in Body.",
            164,
            Refuse,
            vec![
                Edit::Header(text(
                    "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
                )),
                Edit::Delete(Place::Operation),
            ],
        ),
        (
            "in-comment",
            "DisconnectResponse stands in a comment.",
            164,
            Refuse,
            vec![Edit::Replace(Place::Operation, text("<!-- <DisconnectResponse/> -->"))],
        ),
    ];
    rows.into_iter()
        .map(|(name, about, requirement, reading, edits)| {
            case(format!("reply-success/{name}"), about, requirement, AnswerDraft::Success, reading, edits)
        })
        .collect()
}
