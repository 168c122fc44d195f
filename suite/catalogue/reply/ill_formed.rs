//! What no reader of XML may take, on a success and on a fault.

use super::case::{PLAIN, Reading, ReplyCase, case, entry, text, words};
use crate::message::{Close, Edit, Place};
use crate::protocol::{RequirementId, req};

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ReplyCase> {
    let rows: Vec<(&str, &str, RequirementId, Vec<Edit>)> = vec![
        (
            "truncated-at-end",
            "without its last byte",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Truncate(1)],
        ),
        (
            "truncated-in-root-end",
            "cut in the end tag of Envelope",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Truncate(9)],
        ),
        (
            "truncated-before-root-end",
            "cut before the end tag of Envelope",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Truncate(16)],
        ),
        (
            "truncated-in-body",
            "cut after the start tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::CutAt(text("<soap:Body>"), 11)],
        ),
        ("empty", "of no bytes at all", req::OK_STATUS_WITHOUT_RESPONSE, vec![Edit::CutAt(text("<"), 0)]),
        (
            "unclosed-body",
            "without the end tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Missing)],
        ),
        (
            "misnamed-end",
            "with a wrong end tag for Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(text("soap:body")))],
        ),
        ("crossed-end", "with crossed end tags", req::OK_STATUS_WITHOUT_RESPONSE, entry("<b><c></b></c>")),
        (
            "second-root",
            "with a second root element",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Epilog(text("<a/>"))],
        ),
        (
            "text-after-root",
            "with text after the root element",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Epilog(text("OK"))],
        ),
        (
            "text-before-root",
            "with text before the root element",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Prolog(text("OK"))],
        ),
        (
            "duplicate-attribute",
            "with an attribute that stands twice",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Attributes(Place::Body, text(" a='1' a='2'"))],
        ),
        (
            "unquoted-attribute",
            "with an attribute without quotes",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Attributes(Place::Body, text(" a=1"))],
        ),
        (
            "attributes-without-space",
            "with no space between attributes",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Attributes(Place::Body, text(" a='1'b='2'"))],
        ),
        (
            "less-than-in-attribute",
            "with a less-than sign in an attribute",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Attributes(Place::Body, text(" a='<'"))],
        ),
        ("section-end-in-text", "with ]]> in text", req::OK_STATUS_WITHOUT_RESPONSE, entry("]]>")),
        ("lone-ampersand", "with a lone ampersand", req::OK_STATUS_WITHOUT_RESPONSE, entry("a & b")),
        ("undeclared-entity", "with an undeclared entity", req::UNDECLARED_ENTITY, entry("&nbsp;")),
        ("reference-to-nul", "with a reference to NUL", req::LEGAL_CHARACTERS, entry("&#0;")),
        (
            "reference-to-control",
            "with a reference to a control character",
            req::LEGAL_CHARACTERS,
            entry("&#x1B;"),
        ),
        (
            "reference-to-surrogate",
            "with a reference to a surrogate",
            req::LEGAL_CHARACTERS,
            entry("&#xD800;"),
        ),
        (
            "control-character",
            "with a control character",
            req::LEGAL_CHARACTERS,
            vec![Edit::Epilog(text("<!-- \u{1} -->"))],
        ),
        (
            "noncharacter",
            "with U+FFFE in a comment",
            req::LEGAL_CHARACTERS,
            vec![Edit::Epilog(text("<!-- \u{FFFE} -->"))],
        ),
        (
            "hyphens-in-comment",
            "with two hyphens in a comment",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Epilog(text("<!-- a -- b -->"))],
        ),
        (
            "unclosed-comment",
            "with a comment that does not end",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Epilog(text("<!-- a"))],
        ),
        (
            "unclosed-section",
            "with a CDATA section that does not end",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("<![CDATA[a"),
        ),
        (
            "late-declaration",
            "with white space before the XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Declaration(Some(text(" <?xml version=\"1.0\"?>")))],
        ),
        (
            "declaration-without-version",
            "with an XML declaration without version",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Declaration(Some(text("<?xml encoding=\"utf-8\"?>")))],
        ),
        (
            "digit-in-name",
            "with a name that starts with a digit",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("<1a/>"),
        ),
        ("space-in-tag", "with white space before a name", req::OK_STATUS_WITHOUT_RESPONSE, entry("< a/>")),
    ];
    let mut cases = ignorable_names();
    for (name, about, requirement, edits) in rows {
        for (word, answer) in &PLAIN[..2] {
            cases.push(case(
                format!("reply-xml/{name}-{word}"),
                format!("The {} is {about}.", words(*answer)),
                requirement,
                *answer,
                Reading::Refuse,
                edits.clone(),
            ));
        }
    }
    for (name, about, doctype) in [
        ("bare", "bare", "<!DOCTYPE soap:Envelope>"),
        ("internal", "with an entity", "<!DOCTYPE a [<!ENTITY e 'x'>]>"),
        ("external", "with an external identifier", "<!DOCTYPE a SYSTEM 'http://canary.invalid/a.dtd'>"),
    ] {
        for (word, answer) in &PLAIN[..2] {
            cases.push(case(
                format!("reply-xml/doctype-{name}-{word}"),
                format!("The {} has a document type declaration, {about}.", words(*answer)),
                req::DTD_IN_ANSWER,
                *answer,
                Reading::Refuse,
                vec![Edit::Prolog(text(doctype))],
            ));
        }
    }
    for (word, answer) in &PLAIN[..2] {
        cases.push(case(
            format!("reply-xml/instruction-{word}"),
            format!("The {} has a processing instruction.", words(*answer)),
            req::NO_PROCESSING_INSTRUCTION,
            *answer,
            Reading::Either,
            vec![Edit::Prolog(text("<?xml-stylesheet href='a'?>"))],
        ));
    }
    cases
}

/// Names against the constraints of namespaces, where they may be ignored (contradiction C32).
fn ignorable_names() -> Vec<ReplyCase> {
    let rows = [
        ("unbound-prefix", "with an unbound prefix", entry("<q:a/>")),
        (
            "unbound-attribute-prefix",
            "with an unbound prefix on an attribute",
            vec![Edit::Attributes(Place::Body, text(" q:a='1'"))],
        ),
        ("undeclared-prefix", "with a prefix that is taken back", entry("<b xmlns:soap=''/>")),
        ("two-colons", "with a name of two colons", entry("<x:a:b/>")),
    ];
    let mut cases = Vec::new();
    for (name, about, edits) in rows {
        for (word, answer) in &PLAIN[..2] {
            let of_answer = case(
                format!("reply-xml/{name}-{word}"),
                format!("The {} is {about}.", words(*answer)),
                req::PREFIX_DECLARED,
                *answer,
                Reading::Refuse,
                edits.clone(),
            );
            cases.push(ReplyCase { is_ignorable: true, ..of_answer });
        }
    }
    cases
}
