//! What readers of XML take that borrow white space, names, comments or numbers from their language.
//!
//! What is ill-formed stands where everybody may ignore it, wherever that can be: a reader that overlooks it goes
//! on, and takes the message.

use super::Case;
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, req};

pub(super) fn cases() -> Vec<Case> {
    [
        white_space_in_tags(),
        around_the_root(),
        characters(),
        numbers(),
        comments(),
        attributes(),
        entities(),
        names(),
        scope(),
        declarations(),
        document_types(),
    ]
    .concat()
}

fn breach(name: &str, about: &str, requirements: &[RequirementId], edit: Edit) -> Case {
    Case::request(
        format!("xml/{name}"),
        about.to_owned(),
        InputClass::NotWellFormed,
        requirements,
        vec![edit],
    )
}

/// A header entry that everybody may ignore.
fn entry(attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:a xmlns:x="urn:umspec:x"{attributes}>{content}</x:a>"#))
}

/// Characters that are white space elsewhere, in place of a blank before an attribute (XML 2.3, production 3).
fn white_space_in_tags() -> Vec<Case> {
    [
        ("form-feed", "A form feed", '\u{C}'),
        ("vertical-tab", "A vertical tab", '\u{B}'),
        ("next-line", "U+0085", '\u{85}'),
        ("no-break-space", "A no-break space", '\u{A0}'),
        ("line-separator", "U+2028", '\u{2028}'),
    ]
    .map(|(name, what, c)| {
        breach(
            &format!("tag-with-{name}"),
            &format!("{what} stands before an attribute in place of a blank."),
            &[req::WELL_FORMED, req::LEGAL_CHARACTERS],
            entry(&format!("{c}b=\"1\""), ""),
        )
    })
    .to_vec()
}

/// What is trimmed that is no white space of XML, and may not stand outside the root (XML 2.8, production 27).
fn around_the_root() -> Vec<Case> {
    let epilog = |markup: &str| Edit::Epilog(markup.to_owned());
    [
        ("ideographic-space-after-root", "An ideographic space follows Envelope.", epilog("\u{3000}")),
        ("zero-width-space-after-root", "A zero-width space follows Envelope.", epilog("\u{200B}")),
        ("control-z-after-root", "U+001A, which ended files in DOS, follows Envelope.", epilog("\u{1A}")),
        ("end-tag-after-root", "An end tag follows Envelope.", epilog("</x>")),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::WELL_FORMED], edit))
    .to_vec()
}

/// Controls that XML forbids (XML 2.2), literal and by reference.
fn characters() -> Vec<Case> {
    [
        (
            "form-feed-between-elements",
            "A form feed stands before Body.",
            Edit::Before(Place::Body, "\u{C}".into()),
        ),
        ("literal-form-feed", "Text holds U+000C.", entry("", "\u{C}")),
        ("literal-start-of-heading", "Text holds U+0001.", entry("", "\u{1}")),
        ("reference-to-form-feed", "A reference names U+000C.", entry("", "&#12;")),
        ("reference-to-backspace", "A reference names U+0008.", entry("", "&#8;")),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], edit))
    .to_vec()
}

/// References to numbers that mean a letter where only their low bits are kept (XML 4.1).
fn numbers() -> Vec<Case> {
    [
        (
            "reference-to-number-beyond-32-bits",
            "A reference names 2^32 and 97, the number of a letter.",
            "&#4294967393;",
        ),
        (
            "reference-to-number-beyond-21-bits",
            "A reference names 2^21 and 97, the number of a letter.",
            "&#x200061;",
        ),
    ]
    .map(|(name, about, content)| {
        breach(name, about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], entry("", content))
    })
    .to_vec()
}

/// Comments of HTML that are none of XML (XML 2.5).
fn comments() -> Vec<Case> {
    [
        ("comment-ended-by-its-start", "A comment is <!-->, as in HTML.", "<!-->"),
        ("comment-ended-by-its-start-and-hyphen", "A comment is <!--->, as in HTML.", "<!--->"),
        ("comment-with-blank-in-its-start", "A comment starts with <! --.", "<! -- a -->"),
        ("comment-with-blank-in-its-end", "A comment ends with -- >.", "<!-- a -- >"),
    ]
    .map(|(name, about, markup)| {
        breach(name, about, &[req::WELL_FORMED], Edit::Before(Place::Body, markup.to_owned()))
    })
    .to_vec()
}

/// Attributes and declarations that come twice (XML 3.1, Unique Att Spec), and a slash between attributes.
fn attributes() -> Vec<Case> {
    [
        (
            "prefix-declared-twice",
            "A start tag declares a prefix twice.",
            entry(" xmlns:y=\"urn:umspec:y\" xmlns:y=\"urn:umspec:z\"", ""),
        ),
        (
            "default-declared-twice",
            "A start tag declares the default namespace twice.",
            entry(" xmlns=\"urn:umspec:y\" xmlns=\"urn:umspec:z\"", ""),
        ),
        (
            "attribute-with-prefix-repeated",
            "An attribute with a prefix occurs twice.",
            entry(" x:b=\"1\" x:b=\"2\"", ""),
        ),
        (
            "slash-in-start-tag",
            "A slash stands between the attributes of a start tag.",
            entry(" / b=\"1\"", ""),
        ),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::WELL_FORMED], edit))
    .to_vec()
}

/// An entity that HTML has and nobody declared (XML 4.1).
fn entities() -> Vec<Case> {
    vec![breach(
        "entity-of-html-accented",
        "Text holds an entity of HTML for an accented letter.",
        &[req::UNDECLARED_ENTITY, req::WELL_FORMED],
        entry("", "&eacute;"),
    )]
}

/// Names with what no name may have (XML 2.3, productions 4 to 5).
fn names() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("name-with-dollar-sign", "The name of an element holds a dollar sign.", "<x:a$b/>"),
        ("name-with-multiplication-sign", "The name of an element holds U+00D7.", "<x:a\u{D7}b/>"),
    ]
    .map(|(name, about, content)| breach(name, about, &[req::WELL_FORMED], entry("", content)))
    .to_vec();
    cases.push(
        // A name to XML, and none to Namespaces, whose local part must be one itself.
        breach(
            "local-name-with-hyphen-first",
            "A local name starts with a hyphen.",
            &[req::PREFIX_DECLARED, req::WELL_FORMED],
            entry("", "<x:-b/>"),
        )
        .nuance(Nuance::IgnorableName),
    );
    cases
}

/// A prefix beyond the element that declares it (NS 6.1).
fn scope() -> Vec<Case> {
    let case = breach(
        "prefix-of-sibling-with-end-tag",
        "Only a sibling with an end tag binds a prefix.",
        &[req::PREFIX_DECLARED, req::WELL_FORMED],
        entry("", "<x:z xmlns:y=\"urn:umspec:y\"></x:z><y:c/>"),
    );
    vec![case.nuance(Nuance::IgnorableName)]
}

/// XML declarations that break their production (XML 2.8).
fn declarations() -> Vec<Case> {
    [
        ("after-line-feed", "stands after a line feed", "\n<?xml version='1.0' encoding='utf-8'?>"),
        (
            "with-standalone-in-capitals",
            "says in capitals that it stands alone",
            "<?xml version='1.0' standalone='YES'?>",
        ),
    ]
    .map(|(name, what, markup)| {
        breach(
            &format!("declaration-{name}"),
            &format!("The XML declaration {what}."),
            &[req::WELL_FORMED, req::XML_DECLARATION_OPTIONAL],
            Edit::Declaration(Some(markup.to_owned())),
        )
    })
    .to_vec()
}

/// A document type beyond the first bytes, at which filters look.
fn document_types() -> Vec<Case> {
    let comment = "a".repeat(5_000);
    vec![Case::request(
        "dtd/behind-long-comment",
        "The declaration stands behind a comment of 5,000 characters.",
        InputClass::Dtd,
        &[req::NO_DTD],
        vec![Edit::Prolog(format!("<!-- {comment} --><!DOCTYPE soap:Envelope>"))],
    )]
}
