//! Faults in every shape.

use super::case::{Reading, ReplyCase, case, plain_reading, text};
use crate::message::{AnswerDraft, Edit, Place};
use crate::protocol::{FaultCode, RequirementId, names, req};

/// Name, about, requirement, plain answer, reading, edits.
type Row = (&'static str, &'static str, RequirementId, AnswerDraft, Reading, Vec<Edit>);

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ReplyCase> {
    use AnswerDraft::{InvalidCallId, Malformed};
    use Reading::{Either, Fault};
    let code = |text: &str| vec![Edit::Content(Place::FaultCode, text.to_owned())];
    let invalid = || Fault(FaultCode::InvalidCallId);
    let other = |name: &str| Fault(FaultCode::Other(name.to_owned()));
    let mut cases: Vec<ReplyCase> = ["Client", "Server", "MustUnderstand", "VersionMismatch"]
        .into_iter()
        .map(|code| {
            case(
                format!("reply-fault/soap-{}", code.to_ascii_lowercase()),
                format!("The fault has SOAP's own code {code} and no detail."),
                req::ANY_DETAIL_ACCEPTED,
                AnswerDraft::Soap(code),
                plain_reading(AnswerDraft::Soap(code)),
                Vec::new(),
            )
        })
        .collect();
    let rows: Vec<Row> = vec![
        (
            "default-namespace",
            "The envelope is in the default namespace, which reaches the children of Fault.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            Either,
            vec![Edit::Prefix(Place::Envelope, text(""))],
        ),
        (
            "code-in-types",
            "The code for an invalid id is in the namespace of the types.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:b=\"{}\"", names::TYPES)),
                Edit::Content(Place::FaultCode, text("b:InvalidCallIdException")),
            ],
        ),
        (
            "code-other-prefix",
            "The code has another prefix.",
            req::INVALID_ID_CODE_PREFIX,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:q0=\"{}\"", names::ERRORS)),
                Edit::Content(Place::FaultCode, text("q0:InvalidCallIdException")),
            ],
        ),
        (
            "code-padded",
            "White space stands around the code.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            invalid(),
            code("\n  a:InvalidCallIdException\n"),
        ),
        (
            "code-in-section",
            "The code is a CDATA section.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            InvalidCallId,
            invalid(),
            code("<![CDATA[a:InvalidCallIdException]]>"),
        ),
        (
            "code-by-references",
            "The code has character references.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            InvalidCallId,
            invalid(),
            code("a&#58;Invalid&#x43;allIdException"),
        ),
        (
            "code-with-comment",
            "A comment splits the code.",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            InvalidCallId,
            invalid(),
            code("a:Invalid<!-- x -->CallIdException"),
        ),
        (
            "code-unprefixed",
            "The code has no prefix.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            invalid(),
            code("InvalidCallIdException"),
        ),
        (
            "code-unbound",
            "The prefix of the code is not bound.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            Either,
            code("q:InvalidCallIdException"),
        ),
        (
            "code-unknown",
            "The code is one that no document names.",
            req::UNKNOWN_FAULT_REPORTED,
            InvalidCallId,
            other("ErrorServerBusy"),
            code("a:ErrorServerBusy"),
        ),
        (
            "code-dotted",
            "The code of SOAP has a dotted refinement.",
            req::FAULT_UNDER_ANY_STATUS,
            AnswerDraft::Soap("Client"),
            Fault(FaultCode::Client),
            code("soap:Client.Authentication"),
        ),
        ("code-empty", "The code is empty.", req::FAULT_UNDER_ANY_STATUS, InvalidCallId, Either, code("")),
        (
            "no-code",
            "There is no code.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            Either,
            vec![Edit::Delete(Place::FaultCode)],
        ),
        (
            "no-string",
            "There is no faultstring, which SOAP asks for.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            Either,
            vec![Edit::Delete(Place::FaultString)],
        ),
        (
            "string-other-words",
            "The faultstring has other words.",
            req::FAULT_STRING_FOR_HUMANS,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("Nope."))],
        ),
        (
            "string-says-success",
            "The faultstring speaks of success.",
            req::FAULT_STRING_FOR_HUMANS,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("DisconnectResponse: success"))],
        ),
        (
            "string-markup-escaped",
            "The faultstring holds escaped markup.",
            req::FAULT_STRING_FOR_HUMANS,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("&lt;DisconnectResponse/&gt; &amp;amp;"))],
        ),
        (
            "string-other-language",
            "The faultstring is in another language.",
            req::FAULT_STRING_LANGUAGE,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(
                Place::FaultString,
                text("L\u{2019}identifiant d\u{2019}appel n\u{2019}est pas valide."),
            )],
        ),
        (
            "actor",
            "There is a faultactor.",
            req::FAULT_ACTOR_OPTIONAL,
            InvalidCallId,
            invalid(),
            vec![Edit::After(Place::FaultString, text("<faultactor>http://um.example.com/</faultactor>"))],
        ),
        (
            "no-detail",
            "There is no detail.",
            req::ANY_DETAIL_ACCEPTED,
            InvalidCallId,
            invalid(),
            vec![Edit::Delete(Place::Detail)],
        ),
        (
            "empty-detail",
            "The detail is empty.",
            req::ANY_DETAIL_ACCEPTED,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::Detail, String::new())],
        ),
        (
            "detail-unqualified",
            "ExceptionType is in no namespace, as one document shows it.",
            req::ANY_DETAIL_ACCEPTED,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::Detail, text("<ExceptionType>InvalidCallIdException</ExceptionType>"))],
        ),
        (
            "detail-unknown-entries",
            "The detail has unknown entries with attributes.",
            req::ANY_DETAIL_ACCEPTED,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::Detail, text(" x:a='1' xmlns:x='urn:x'")),
                Edit::Last(Place::Detail, text("<x:y xmlns:x='urn:x' z='1'><x:w>1</x:w></x:y><v>2</v>")),
            ],
        ),
        (
            "detail-holds-response",
            "The detail holds a DisconnectResponse.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            invalid(),
            vec![Edit::Last(
                Place::Detail,
                text(
                    "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
                ),
            )],
        ),
        (
            "order-swapped",
            "faultstring stands before faultcode.",
            req::FAULT_UNDER_ANY_STATUS,
            AnswerDraft::Soap("Server"),
            Fault(FaultCode::Server),
            vec![
                Edit::Delete(Place::FaultCode),
                Edit::Last(Place::Fault, text("<faultcode>soap:Server</faultcode>")),
            ],
        ),
        (
            "children-qualified",
            "The children of Fault are in SOAP's namespace.",
            req::FAULT_UNDER_ANY_STATUS,
            AnswerDraft::Soap("Server"),
            Either,
            vec![
                Edit::Prefix(Place::FaultCode, text("soap")),
                Edit::Prefix(Place::FaultString, text("soap")),
            ],
        ),
        (
            "extra-child",
            "Fault has a child that SOAP does not know.",
            req::FAULT_UNDER_ANY_STATUS,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![Edit::Last(Place::Fault, text("<x:more xmlns:x='urn:x'/>"))],
        ),
        (
            "no-namespace",
            "Fault is in no namespace.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            InvalidCallId,
            Reading::Refuse,
            vec![Edit::Prefix(Place::Fault, text(""))],
        ),
        (
            "foreign-namespace",
            "Fault is in a foreign namespace.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            InvalidCallId,
            Reading::Refuse,
            vec![Edit::Namespace(Place::Fault, text("urn:x"))],
        ),
        (
            "soap-1-2-shape",
            "Fault has the children of SOAP 1.2.",
            req::FAULT_UNDER_ANY_STATUS,
            InvalidCallId,
            Either,
            vec![Edit::Content(
                Place::Fault,
                text(
                    "<soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang='en'>x</soap:Text></soap:Reason>",
                ),
            )],
        ),
        (
            "twice",
            "Fault stands twice.",
            req::OK_STATUS_WITHOUT_RESPONSE,
            InvalidCallId,
            Either,
            vec![Edit::Duplicate(Place::Fault)],
        ),
        (
            "malformed-code-in-errors",
            "The code for a malformed request is in the namespace of the errors.",
            req::FAULT_UNDER_ANY_STATUS,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:b=\"{}\"", names::ERRORS)),
                Edit::Content(Place::FaultCode, text("b:ErrorInvalidRequest")),
            ],
        ),
        (
            "malformed-detail-in-types",
            "The detail for a malformed request is in the namespace of the types.",
            req::ANY_DETAIL_ACCEPTED,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![Edit::Content(
                Place::Detail,
                format!("<e:ResponseCode xmlns:e=\"{}\">ErrorInvalidRequest</e:ResponseCode>", names::TYPES),
            )],
        ),
    ];
    cases.extend(rows.into_iter().map(|(name, about, requirement, answer, reading, edits)| {
        case(format!("reply-fault/{name}"), about, requirement, answer, reading, edits)
    }));
    cases
}
