//! Lawful spellings that narrow readers refuse: in tags, names, references and declarations.
//!
//! Each stands around the id, mostly in a header entry that everybody may ignore.

use super::{Case, Needs};
use crate::message::{Edit, Place};
use crate::protocol::{InputClass, RequirementId, names, req};

pub(super) fn cases() -> Vec<Case> {
    [
        attributes(),
        namespaces(),
        prefixes(),
        names_of_entries(),
        content_of_entries(),
        comments(),
        text(),
        outside(),
        types(),
        sections(),
    ]
    .concat()
}

fn same(
    id: &'static str,
    about: &'static str,
    class: InputClass,
    row: RequirementId,
    edits: Vec<Edit>,
) -> Case {
    Case::request(id, about, class, &[row], edits)
}

/// A header entry with these attributes and this content, and what it is called.
fn entry(name: &str, attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:{name} xmlns:x="http://umspec.invalid/x"{attributes}>{content}</x:{name}>"#))
}

/// Attributes as XML 3.1 and 2.3 (productions 25, 41 and 10) allow them.
fn attributes() -> Vec<Case> {
    [
        (
            "xml/attribute-with-blank-before-equals",
            "A blank stands before the equals sign of an attribute.",
            " b =\"1\"",
        ),
        (
            "xml/attribute-with-blank-behind-equals",
            "A blank stands behind the equals sign of an attribute.",
            " b= \"1\"",
        ),
        (
            "xml/attributes-on-lines",
            "Attributes of a start tag stand on lines of their own.",
            "\n  b=\"1\"\n  c=\"2\"",
        ),
        ("xml/attribute-empty", "An attribute is empty.", " b=\"\""),
        ("xml/attribute-with-line-feed", "An attribute holds a line feed.", " b=\"1\n2\""),
        ("xml/attribute-with-reference", "An attribute holds an escaped ampersand.", " b=\"1&amp;2\""),
        ("xml/attribute-with-closing-bracket", "An attribute holds a closing angle bracket.", " b=\"1>2\""),
        ("xml/attribute-with-section-end", "An attribute holds the end of a CDATA section.", " b=\"1]]>2\""),
        (
            "xml/attribute-with-other-quote",
            "Attributes hold the quotation mark that does not end them.",
            " b=\"1'2\" c='1\"2'",
        ),
        (
            "xml/attribute-with-escaped-bracket",
            "An attribute holds an escaped opening angle bracket.",
            " b=\"1 &lt; 2\"",
        ),
        (
            "xml/attributes-of-one-local-name",
            "Attributes have one local name, in no namespace and in two others.",
            " xmlns:y=\"http://umspec.invalid/y\" b=\"1\" x:b=\"2\" y:b=\"3\"",
        ),
        (
            "xml/attribute-of-language-with-script",
            "xml:lang names a language, a script and a region.",
            " xml:lang=\"sr-Latn-RS\"",
        ),
        ("xml/attribute-of-kept-white-space", "xml:space says preserve.", " xml:space=\"preserve\""),
    ]
    .map(|(id, about, attributes)| {
        let edits = vec![entry("a", attributes, "")];
        same(id, about, InputClass::OptionalHeader, req::OPTIONAL_HEADER_IGNORED, edits)
    })
    .to_vec()
}

/// Declarations of header entries.
fn namespaces() -> Vec<Case> {
    let header = |markup: &str| vec![Edit::Header(markup.to_owned())];
    vec![
        same(
            "namespace/entry-with-ampersand",
            "The namespace of a header entry holds an escaped ampersand.",
            InputClass::OptionalHeader,
            req::PREFIX_FREELY_CHOSEN,
            header("<x:a xmlns:x=\"http://umspec.invalid/x?a=1&amp;b=2\"/>"),
        ),
        same(
            "namespace/prefix-declared-behind-its-attribute",
            "A header entry declares a prefix behind an attribute that has it.",
            InputClass::OptionalHeader,
            req::PREFIX_FREELY_CHOSEN,
            header("<x:a x:b=\"1\" xmlns:x=\"http://umspec.invalid/x\"/>"),
        ),
        // Deprecated, and no error (NS 2.2).
        same(
            "namespace/entry-declares-relative-name",
            "A header entry declares a namespace whose name is a relative reference.",
            InputClass::OptionalHeader,
            req::PREFIX_FREELY_CHOSEN,
            header("<x:a xmlns:x=\"http://umspec.invalid/x\" xmlns:y=\"relative\"/>"),
        ),
        same(
            "namespace/empty-default-on-body",
            "Body declares that there is no default namespace, and Disconnect one of its own.",
            InputClass::Valid,
            req::PREFIX_FREELY_CHOSEN,
            vec![Edit::Attributes(Place::Body, " xmlns=\"\"".to_owned())],
        ),
    ]
}

/// Prefixes that processors must take (NS 3: those like xml are reserved to later standards, and no error).
fn prefixes() -> Vec<Case> {
    [
        (
            "namespace/envelope-prefix-with-underscore-first",
            "The prefix of SOAP starts with an underscore.",
            "_s",
        ),
        ("namespace/envelope-prefix-like-xml", "The prefix of SOAP is xmlsoap.", "xmlsoap"),
    ]
    .map(|(id, about, prefix)| {
        let edits = vec![Edit::Prefix(Place::Envelope, prefix.to_owned())];
        same(id, about, InputClass::Valid, req::PREFIX_FREELY_CHOSEN, edits)
    })
    .to_vec()
}

/// Names of header entries with what every edition of XML allows behind the first character.
fn names_of_entries() -> Vec<Case> {
    [
        ("header/optional-with-digit-in-name", "The name of a header entry holds a digit.", "a1"),
        ("header/optional-with-dot-in-name", "The name of a header entry holds a full stop.", "a.b"),
        ("header/optional-with-middle-dot-in-name", "The name of a header entry holds U+00B7.", "a\u{B7}b"),
        (
            "header/optional-named-in-ideographs",
            "The name of a header entry is two ideographs.",
            "\u{96FB}\u{8A71}",
        ),
        (
            "header/optional-named-in-cyrillic",
            "The name of a header entry is Cyrillic.",
            "\u{437}\u{432}\u{43E}\u{43D}\u{43E}\u{43A}",
        ),
        (
            "header/optional-with-combining-accent-in-name",
            "The name of a header entry holds a combining accent.",
            "e\u{301}",
        ),
    ]
    .map(|(id, about, name)| {
        let edits = vec![entry(name, "", "")];
        same(id, about, InputClass::OptionalHeader, req::OPTIONAL_HEADER_IGNORED, edits)
    })
    .to_vec()
}

/// What header entries may hold, and what may stand beside them.
fn content_of_entries() -> Vec<Case> {
    vec![
        same(
            "header/optional-with-mixed-content",
            "An optional header entry holds text and an element.",
            InputClass::OptionalHeader,
            req::OPTIONAL_HEADER_IGNORED,
            vec![entry("a", "", "text<x:b/>text")],
        ),
        same(
            "header/optional-with-section",
            "An optional header entry holds a CDATA section with markup.",
            InputClass::OptionalHeader,
            req::OPTIONAL_HEADER_IGNORED,
            vec![entry("a", "", "<![CDATA[ <b> & ]]>")],
        ),
        same(
            "header/comment-before-entry",
            "A comment stands in Header before an optional entry.",
            InputClass::OptionalHeader,
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            vec![Edit::Header("<!-- a --><x:a xmlns:x=\"http://umspec.invalid/x\"/>".to_owned())],
        ),
    ]
}

/// Comments that hold what those of HTML may not, or what means something elsewhere (XML 2.5).
fn comments() -> Vec<Case> {
    [
        ("xml/comment-with-hyphen-first", "A comment starts with a hyphen.", "<!---a -->"),
        (
            "xml/comment-with-closing-bracket-first",
            "A comment starts with a closing angle bracket.",
            "<!--> a -->",
        ),
        (
            "xml/comment-with-quotation-marks",
            "A comment holds an apostrophe and a quotation mark.",
            "<!-- isn't \" -->",
        ),
    ]
    .map(|(id, about, markup)| {
        let edits = vec![Edit::Before(Place::Body, markup.to_owned())];
        same(id, about, InputClass::Valid, req::COMMENTS_LEAVE_VALUE_WHOLE, edits)
    })
    .to_vec()
}

/// Characters and references in the text of a header entry (XML 2.2, 4.1).
fn text() -> Vec<Case> {
    [
        (
            "xml/characters-seldom-seen",
            "Text holds U+0080, U+009F, U+E000 and U+FDD0, which XML 1.0 allows.",
            req::LEGAL_CHARACTERS,
            "\u{80}\u{9F}\u{E000}\u{FDD0}",
        ),
        (
            "xml/reference-with-digits-in-both-cases",
            "A hexadecimal reference has small and capital letters.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "&#xaB;",
        ),
        (
            "xml/decimal-reference-beyond-bmp",
            "A decimal reference of seven digits names U+10FFFD.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "&#1114109;",
        ),
        (
            "xml/hexadecimal-reference-beyond-bmp",
            "A hexadecimal reference of five digits names U+1F4DE.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "&#x1F4DE;",
        ),
    ]
    .map(|(id, about, row, content)| {
        same(id, about, InputClass::OptionalHeader, row, vec![entry("a", "", content)])
    })
    .to_vec()
}

/// White space and the XML declaration.
fn outside() -> Vec<Case> {
    vec![
        same(
            "xml/reference-to-blank-between-elements",
            "A reference to a blank stands before CallId in Disconnect.",
            InputClass::Valid,
            req::WHITE_SPACE_BETWEEN_ELEMENTS,
            vec![Edit::Before(Place::CallId, "&#32;".to_owned())],
        ),
        same(
            "xml/line-feed-before-envelope",
            "A line feed stands before Envelope; there is no XML declaration.",
            InputClass::Valid,
            req::WHITE_SPACE_BETWEEN_ELEMENTS,
            vec![Edit::Declaration(None), Edit::Prolog("\n".to_owned())],
        ),
        same(
            "xml/declared-in-mixed-case",
            "The XML declaration says Utf-8, which names the same encoding.",
            InputClass::Valid,
            req::XML_DECLARATION_OPTIONAL,
            vec![Edit::Declaration(Some(r#"<?xml version="1.0" encoding="Utf-8"?>"#.to_owned()))],
        ),
    ]
}

/// Attributes that schema processing knows (XSD1 2.6).
fn types() -> Vec<Case> {
    let schema = format!(r#" xmlns:xsi="{}" xmlns:xs="{}""#, names::XSI, names::XSD);
    let typed =
        |value: &str| vec![Edit::Attributes(Place::CallId, format!(r#"{schema} xsi:type="{value}""#))];
    let location = format!(
        r#" xmlns:xsi="{}" xsi:schemaLocation="{} http://umspec.invalid/messages.xsd""#,
        names::XSI,
        names::MESSAGES
    );
    vec![
        same(
            "request-body/type-string-padded",
            "CallId has xsi:type with blanks around xs:string, which collapse.",
            InputClass::Valid,
            req::XSI_ATTRIBUTES_ALLOWED,
            typed(" xs:string "),
        ),
        same(
            "request-body/type-normalized-string",
            "CallId has xsi:type with xs:normalizedString, which derives from xs:string.",
            InputClass::Valid,
            req::XSI_ATTRIBUTES_ALLOWED,
            typed("xs:normalizedString"),
        ),
        same(
            "envelope/schema-location-on-envelope",
            "Envelope has xsi:schemaLocation.",
            InputClass::Valid,
            req::XSI_ATTRIBUTES_ALLOWED,
            vec![Edit::Attributes(Place::Envelope, location)],
        ),
    ]
}

/// The id in a section, with a comment between it and a second one.
fn sections() -> Vec<Case> {
    let edits = vec![Edit::Content(Place::CallId, "{cdata}<!-- a --><![CDATA[]]>".to_owned())];
    let about = "The id is a CDATA section, and a comment and an empty section follow.";
    let case = same(
        "xml/section-comment-section",
        about,
        InputClass::TextSplit,
        req::EQUAL_SPELLINGS_OF_TEXT,
        edits,
    );
    vec![case.needs(Needs::LiveCall)]
}
