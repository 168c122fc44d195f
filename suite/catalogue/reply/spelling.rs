//! Spellings that change nothing, on every plain answer.

use super::{PLAIN, ReplyCase, case, plain_reading, text, words};
use crate::message::{Edit, Place};
use crate::protocol::names;

pub(super) fn cases() -> Vec<ReplyCase> {
    let rows: Vec<(&str, &str, u16, Vec<Edit>)> = vec![
        ("plain", "as it is documented", 99, vec![]),
        (
            "prefix",
            "with another prefix for the envelope",
            43,
            vec![Edit::Prefix(Place::Envelope, text("SOAP-ENV"))],
        ),
        (
            "redeclared-prefix",
            "with the namespace of the envelope declared again on Body",
            43,
            vec![Edit::Namespace(Place::Body, text(names::ENVELOPE))],
        ),
        ("single-quotes", "with apostrophes around namespaces", 165, vec![Edit::SingleQuotes]),
        (
            "white-space",
            "with white space between the elements",
            165,
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
            39,
            vec![
                Edit::Prolog(text("<!-- <soap:Fault/> -->")),
                Edit::First(Place::Body, text("<!-- a -->")),
                Edit::Last(Place::Envelope, text("<!---->")),
                Edit::Epilog(text("<!-- z -->")),
            ],
        ),
        ("no-declaration", "without an XML declaration", 31, vec![Edit::Declaration(None)]),
        (
            "version-only-declaration",
            "with an XML declaration that names no encoding",
            31,
            vec![Edit::Declaration(Some(text("<?xml version='1.0'?>")))],
        ),
        (
            "standalone-declaration",
            "with standalone in the XML declaration",
            31,
            vec![Edit::Declaration(Some(text(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
            )))],
        ),
        ("mark", "with a UTF-8 byte order mark", 30, vec![Edit::Mark]),
        (
            "xsi-and-xsd",
            "with the schema namespaces declared on Envelope",
            101,
            vec![Edit::Attributes(
                Place::Envelope,
                format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\"", names::XSI, names::XSD),
            )],
        ),
        ("empty-header", "with an empty Header", 102, vec![Edit::Header(text(""))]),
        (
            "optional-header",
            "with a header entry that need not be understood",
            102,
            vec![Edit::Header(text(
                "<t:ServerVersionInfo xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\" MajorVersion=\"8\"/>",
            ))],
        ),
        (
            "not-mandatory-header",
            "with a header entry marked mustUnderstand=0",
            102,
            vec![Edit::Header(text("<x:H xmlns:x=\"urn:x\" soap:mustUnderstand=\"0\"/>"))],
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, requirement, edits) in rows {
        for (word, answer) in PLAIN {
            cases.push(case(
                format!("reply-spelling/{name}-{word}"),
                format!("The {} is written {about}.", words(answer)),
                requirement,
                answer,
                plain_reading(answer),
                edits.clone(),
            ));
        }
    }
    cases
}
