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
        characters_in_places(),
        numbers(),
        comments(),
        sections(),
        attributes(),
        entities(),
        names(),
        qualified_names(),
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
        ("literal-start-of-text", "Text holds U+0002.", entry("", "\u{2}")),
        ("literal-backspace", "Text holds U+0008.", entry("", "\u{8}")),
        ("literal-shift-out", "Text holds U+000E.", entry("", "\u{E}")),
        ("literal-unit-separator", "Text holds U+001F.", entry("", "\u{1F}")),
        ("reference-to-form-feed", "A reference names U+000C.", entry("", "&#12;")),
        ("reference-to-backspace", "A reference names U+0008.", entry("", "&#8;")),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], edit))
    .to_vec()
}

/// A control in every kind of place but text, for readers that look at characters in some of them (XML 2.2).
fn characters_in_places() -> Vec<Case> {
    [
        ("control-in-section", "A CDATA section holds U+0001.", entry("", "<![CDATA[\u{1}]]>")),
        ("control-in-attribute", "An attribute holds U+0001.", entry(" b=\"\u{1}\"", "")),
        (
            "control-in-comment",
            "A comment holds U+0001.",
            Edit::Before(Place::Body, "<!-- \u{1} -->".to_owned()),
        ),
        ("control-in-tag", "U+0001 follows the name in a start tag.", entry("", "<x:b\u{1}/>")),
        (
            "attribute-with-reference-to-control",
            "An attribute holds a reference to U+0001.",
            entry(" b=\"&#1;\"", ""),
        ),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], edit))
    .to_vec()
}

/// References to numbers that mean a letter where only their low bits are kept, and to the last number of a range
/// that names no character (XML 4.1).
fn numbers() -> Vec<Case> {
    [
        ("reference-to-last-high-surrogate", "A reference names U+DBFF, a surrogate.", "&#xDBFF;"),
        ("reference-to-last-low-surrogate", "A reference names U+DFFF, the last surrogate.", "&#xDFFF;"),
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
        ("comment-ended-with-exclamation-mark", "A comment ends with --!>, as in HTML.", "<!-- a --!>"),
        ("comment-with-three-hyphens", "A comment holds three hyphens in a row.", "<!-- a --- b -->"),
    ]
    .map(|(name, about, markup)| {
        breach(name, about, &[req::WELL_FORMED], Edit::Before(Place::Body, markup.to_owned()))
    })
    .to_vec()
}

/// CDATA sections, and what ends one, in places where a search for it goes wrong (XML 2.4, 2.7).
fn sections() -> Vec<Case> {
    [
        (
            "section-end-behind-third-bracket",
            "Text holds the end of a CDATA section behind one more bracket.",
            "a]]]>b",
        ),
        ("section-end-first-in-text", "Text starts with the end of a CDATA section.", "]]>b"),
        ("section-with-blank-in-its-start", "A CDATA section starts with <![CDATA [.", "<![CDATA [ a ]]>"),
    ]
    .map(|(name, about, content)| breach(name, about, &[req::WELL_FORMED], entry("", content)))
    .to_vec()
}

/// Attributes and declarations that come twice (XML 3.1, Unique Att Spec), and what stands between attributes or
/// ends one in other languages.
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
        (
            "attribute-repeated-apart",
            "An attribute occurs twice, and another one stands between.",
            entry(" b=\"1\" c=\"2\" b=\"3\"", ""),
        ),
        ("comment-in-start-tag", "A comment stands in a start tag.", entry(" <!-- a -->", "")),
        (
            "attribute-with-quotes-that-differ",
            "An attribute starts with a quotation mark and ends with an apostrophe.",
            entry(" b=\"1'", ""),
        ),
        (
            "attribute-with-escaped-quote",
            "A backslash stands before a quotation mark within an attribute.",
            entry(" b=\"1\\\"2\"", ""),
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
        ("name-with-division-sign", "The name of an element holds U+00F7.", "<x:a\u{F7}b/>"),
        ("name-with-plus-sign", "The name of an element holds a plus sign.", "<x:a+b/>"),
        ("name-with-at-sign", "The name of an element holds an at sign.", "<x:a@b/>"),
        ("name-with-ordinal-indicator", "The name of an element holds U+00AA.", "<x:a\u{AA}/>"),
        ("name-with-em-space", "The name of an element holds U+2003.", "<x:a\u{2003}b/>"),
        ("name-with-private-character", "The name of an element holds U+E000.", "<x:a\u{E000}/>"),
        ("name-with-character-of-plane-15", "The name of an element holds U+F0000.", "<x:a\u{F0000}/>"),
        ("name-with-full-stop-first", "The name of an element starts with a full stop.", "<.b/>"),
        ("name-with-middle-dot-first", "The name of an element starts with U+00B7.", "<\u{B7}b/>"),
        ("name-with-accent-first", "The name of an element starts with U+0301.", "<\u{301}b/>"),
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

/// Names of attributes that are such to XML, and none to Namespaces (NS 4).
fn qualified_names() -> Vec<Case> {
    [
        (
            "attribute-with-digit-first-in-local-name",
            "The local name of an attribute starts with a digit.",
            " x:1b=\"1\"",
        ),
        (
            "declared-prefix-with-digit-first",
            "A declaration binds a prefix that starts with a digit.",
            " xmlns:1y=\"urn:umspec:y\"",
        ),
        (
            "declared-prefix-with-colon",
            "A declaration binds a prefix that holds a colon.",
            " xmlns:y:z=\"urn:umspec:y\"",
        ),
    ]
    .map(|(name, about, attributes)| {
        breach(name, about, &[req::PREFIX_DECLARED, req::WELL_FORMED], entry(attributes, ""))
            .nuance(Nuance::IgnorableName)
    })
    .to_vec()
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
        (
            "with-standalone-true",
            "says true in place of yes where it stands alone",
            "<?xml version='1.0' standalone='true'?>",
        ),
        ("with-blank-in-version", "has a blank before the number of the version", "<?xml version=' 1.0'?>"),
        ("with-empty-version", "names an empty version", "<?xml version=''?>"),
        ("with-empty-encoding", "names an empty encoding", "<?xml version='1.0' encoding=''?>"),
        (
            "with-digit-first-in-encoding",
            "names an encoding that starts with a digit",
            "<?xml version='1.0' encoding='8859-1'?>",
        ),
        (
            "with-encoding-repeated",
            "names the encoding twice",
            "<?xml version='1.0' encoding='utf-8' encoding='utf-8'?>",
        ),
        (
            "with-names-in-capitals",
            "has the names of its parts in capitals",
            "<?xml VERSION='1.0' ENCODING='utf-8'?>",
        ),
        ("with-comma", "has a comma between its parts", "<?xml version='1.0', encoding='utf-8'?>"),
        (
            "with-quotes-that-differ",
            "starts a value with a quotation mark and ends it with an apostrophe",
            "<?xml version=\"1.0' encoding='utf-8\"?>",
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
