//! Envelopes and bodies of the wrong shape.

use super::case::{PLAIN, Reading, ReplyCase, case, plain_reading, text, words};
use crate::message::{AnswerDraft, Edit, Place};
use crate::protocol::{RequirementId, names, req};

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ReplyCase> {
    use Reading::{Either, Refuse};
    let rows: Vec<(&str, &str, RequirementId, Reading, Vec<Edit>)> = vec![
        (
            "soap-1-2",
            "is in a SOAP 1.2 envelope",
            req::ENVELOPE_ROOT,
            // A version error where the request was SOAP 1.1 (SOAP 4.1.2).
            Refuse,
            vec![Edit::Namespace(Place::Envelope, text(names::ENVELOPE_12))],
        ),
        (
            "foreign-namespace",
            "is in an envelope of a foreign namespace",
            req::ENVELOPE_ROOT,
            Refuse,
            vec![Edit::Namespace(Place::Envelope, text("urn:x"))],
        ),
        (
            "other-root",
            "has a root of another name",
            req::ENVELOPE_ROOT,
            Refuse,
            vec![Edit::Rename(Place::Envelope, text("envelope"))],
        ),
        ("no-body", "has no Body", req::ONE_BODY, Refuse, vec![Edit::Delete(Place::Body)]),
        (
            "empty-body",
            "has an empty Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![Edit::Content(Place::Body, String::new())],
        ),
        ("two-bodies", "has two Bodies", req::ONE_BODY, Refuse, vec![Edit::Duplicate(Place::Body)]),
        (
            "body-in-no-namespace",
            "has its Body in no namespace",
            req::ONE_BODY,
            Refuse,
            vec![Edit::Prefix(Place::Body, String::new())],
        ),
        (
            "body-in-soap12-namespace",
            "has its Body in the namespace of SOAP 1.2",
            req::ONE_BODY,
            Refuse,
            vec![
                Edit::Prefix(Place::Body, text("b")),
                Edit::Namespace(Place::Body, text(names::ENVELOPE_12)),
            ],
        ),
        (
            "trailer",
            "has an element after Body",
            req::NOTHING_AFTER_BODY,
            Either,
            vec![Edit::Last(Place::Envelope, text("<x:T xmlns:x='urn:x'/>"))],
        ),
        (
            "mandatory-header",
            "has a header entry that must be understood",
            req::MANDATORY_HEADER_IN_ANSWER,
            Refuse,
            vec![Edit::Header(text("<x:H xmlns:x='urn:x' soap:mustUnderstand='1'/>"))],
        ),
        (
            "mandatory-header-second",
            "has two header entries, of which the second must be understood",
            req::MANDATORY_HEADER_IN_ANSWER,
            Refuse,
            vec![Edit::Header(text("<x:G xmlns:x='urn:x'/><x:H xmlns:x='urn:x' soap:mustUnderstand='1'/>"))],
        ),
        (
            "mandatory-header-for-next",
            "has a header entry that whoever comes next must understand",
            req::MANDATORY_HEADER_IN_ANSWER,
            Refuse,
            vec![Edit::Header(mandatory(names::ACTOR_NEXT))],
        ),
        (
            "mandatory-header-empty-actor",
            "has a header entry that must be understood, with an empty actor",
            req::MANDATORY_HEADER_IN_ANSWER,
            Either,
            vec![Edit::Header(mandatory(""))],
        ),
        (
            "html-body",
            "is a page of HTML",
            req::OK_STATUS_WITHOUT_RESPONSE,
            Refuse,
            vec![Edit::Whole(text("<html><body>DisconnectResponse</body></html>"))],
        ),
        (
            "bare-content",
            "is sent without an envelope",
            req::ENVELOPE_ROOT,
            Refuse,
            vec![Edit::Whole(text(
                "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
            ))],
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, requirement, reading, edits) in rows {
        // Nothing of a fault is left in some of them.
        let words_of = if WITHOUT_CONTENT.contains(&name) { &PLAIN[..1] } else { &PLAIN[..2] };
        for (word, answer) in words_of {
            // Who reads a fault in an envelope of the other version does no harm.
            let is_fault = *answer != AnswerDraft::Success;
            let reading = if name == "soap-1-2" && is_fault { Either } else { reading.clone() };
            cases.push(case(
                format!("reply-envelope/{name}-{word}"),
                format!("The {} {about}.", words(*answer)),
                requirement,
                *answer,
                reading,
                edits.clone(),
            ));
        }
    }
    let (word, answer) = PLAIN[0];
    cases.push(case(
        format!("reply-envelope/mandatory-header-other-prefix-{word}"),
        format!("The {} has a header entry that must be understood, by a prefix of its own.", words(answer)),
        req::MANDATORY_HEADER_IN_ANSWER,
        answer,
        Refuse,
        vec![Edit::Header(format!(
            "<x:H xmlns:x='urn:x' xmlns:e='{}' e:mustUnderstand='1'/>",
            names::ENVELOPE
        ))],
    ));
    for (word, answer) in &PLAIN[..2] {
        cases.push(case(
            format!("reply-envelope/mandatory-header-for-another-{word}"),
            format!("The {} has a header entry that somebody else must understand.", words(*answer)),
            req::MANDATORY_HEADER_IN_ANSWER,
            *answer,
            plain_reading(*answer),
            vec![Edit::Header(mandatory("http://other.example/actor"))],
        ));
    }
    cases
}

/// Answers of which nothing is left but what stands here.
const WITHOUT_CONTENT: [&str; 2] = ["bare-content", "html-body"];

/// A header entry that this actor must understand.
fn mandatory(actor: &str) -> String {
    format!("<x:H xmlns:x='urn:x' soap:mustUnderstand='1' soap:actor='{actor}'/>")
}
