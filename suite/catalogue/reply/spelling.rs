//! Spellings that change nothing, on every plain answer.

use super::case::{PLAIN, ReplyCase, case, plain_reading, text, words};
use crate::message::{Edit, Place};
use crate::protocol::{RequirementId, names, req};

/// Name, how it is written, requirement, one more where a client gets it, edits.
type Row = (&'static str, &'static str, RequirementId, Option<RequirementId>, Vec<Edit>);

#[expect(clippy::too_many_lines, reason = "a table")]
fn rows() -> Vec<Row> {
    vec![
        ("plain", "as it is documented", req::EMPTY_DISCONNECT_RESPONSE, None, vec![]),
        (
            "prefix",
            "with another prefix for the envelope",
            req::PREFIX_FREELY_CHOSEN,
            None,
            vec![Edit::Prefix(Place::Envelope, text("SOAP-ENV"))],
        ),
        (
            "redeclared-prefix",
            "with the namespace of the envelope declared again on Body",
            req::PREFIX_FREELY_CHOSEN,
            None,
            vec![Edit::Namespace(Place::Body, text(names::ENVELOPE))],
        ),
        (
            "single-quotes",
            "with apostrophes around namespaces",
            req::ANY_SPELLING_OF_ANSWER,
            None,
            vec![Edit::SingleQuotes],
        ),
        (
            "white-space",
            "with white space between the elements",
            req::ANY_SPELLING_OF_ANSWER,
            Some(req::WHITE_SPACE_BETWEEN_ELEMENTS),
            vec![
                Edit::First(Place::Envelope, text("\r\n  ")),
                Edit::First(Place::Body, text("\n\t")),
                Edit::Last(Place::Body, text(" ")),
                Edit::Epilog(text("\r\n")),
            ],
        ),
        (
            "comments",
            "with comments around Body and its content",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            Some(req::WHITE_SPACE_BETWEEN_ELEMENTS),
            vec![
                Edit::Prolog(text("<!-- <soap:Fault/> -->")),
                Edit::First(Place::Body, text("<!-- a -->")),
                Edit::Last(Place::Envelope, text("<!---->")),
                Edit::Epilog(text("<!-- z -->")),
            ],
        ),
        (
            "no-declaration",
            "without an XML declaration",
            req::XML_DECLARATION_OPTIONAL,
            None,
            vec![Edit::Declaration(None)],
        ),
        (
            "version-only-declaration",
            "with an XML declaration that names no encoding",
            req::XML_DECLARATION_OPTIONAL,
            None,
            vec![Edit::Declaration(Some(text("<?xml version='1.0'?>")))],
        ),
        (
            "standalone-declaration",
            "with standalone in the XML declaration",
            req::XML_DECLARATION_OPTIONAL,
            None,
            vec![Edit::Declaration(Some(text(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
            )))],
        ),
        ("mark", "with a UTF-8 byte order mark", req::BYTE_ORDER_MARK_ACCEPTED, None, vec![Edit::Mark]),
        (
            "xsi-and-xsd",
            "with the schema namespaces declared on Envelope",
            req::EXTRA_DECLARATIONS_IN_ANSWER,
            // That they are normal is only told; that they change nothing is how namespaces are.
            Some(req::ANY_SPELLING_OF_ANSWER),
            vec![Edit::Attributes(
                Place::Envelope,
                format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\"", names::XSI, names::XSD),
            )],
        ),
        (
            "empty-header",
            "with an empty Header",
            req::ANSWER_HEADER_TOLERATED,
            None,
            vec![Edit::Header(text(""))],
        ),
        (
            "optional-header",
            "with a header entry that need not be understood",
            req::ANSWER_HEADER_TOLERATED,
            None,
            vec![Edit::Header(text(
                "<t:ServerVersionInfo xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\" MajorVersion=\"8\"/>",
            ))],
        ),
        (
            "not-mandatory-header",
            "with a header entry marked mustUnderstand=0",
            req::ANSWER_HEADER_TOLERATED,
            None,
            vec![Edit::Header(text("<x:H xmlns:x=\"urn:x\" soap:mustUnderstand=\"0\"/>"))],
        ),
    ]
}

pub(super) fn cases() -> Vec<ReplyCase> {
    let mut cases = Vec::new();
    for (name, about, requirement, client_requirement, edits) in rows() {
        for (word, answer) in PLAIN {
            cases.push(ReplyCase {
                client_requirement,
                ..case(
                    format!("reply-spelling/{name}-{word}"),
                    format!("The {} is written {about}.", words(answer)),
                    requirement,
                    answer,
                    plain_reading(answer),
                    edits.clone(),
                )
            });
        }
    }
    cases
}
