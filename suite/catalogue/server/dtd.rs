//! Document type declarations, and the other ways to make a server fetch or expand something.

use super::{Case, Needs};
use crate::message::{Edit, Encoding, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req};

pub(super) fn cases() -> Vec<Case> {
    [declarations(), misplaced(), entities(), files(), fetches(), bombs(), without_dtd()].concat()
}

fn doctype(rest: &str) -> Edit {
    Edit::Prolog(format!("<!DOCTYPE soap:Envelope{rest}>"))
}

fn in_call_id(content: &str) -> Edit {
    Edit::Content(Place::CallId, content.to_owned())
}

fn dtd(name: &str, about: &str, requirements: &[RequirementId], edits: Vec<Edit>) -> Case {
    Case::request(format!("dtd/{name}"), about.to_owned(), InputClass::Dtd, requirements, edits)
}

/// Declarations that neither fetch nor expand anything.
fn declarations() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("name-only", "The declaration is nothing but a name.", ""),
        ("subset-empty", "The internal subset is empty.", " []"),
        ("element-declared", "The internal subset declares an element.", " [<!ELEMENT CallId (#PCDATA)>]"),
        (
            "attribute-default",
            "The internal subset gives Disconnect an attribute by default.",
            r#" [<!ATTLIST Disconnect reason CDATA "umspec">]"#,
        ),
        ("notation", "The internal subset declares a notation.", r#" [<!NOTATION n SYSTEM "urn:umspec:n">]"#),
        (
            "entity-unused",
            "The internal subset declares an entity that is not used.",
            r#" [<!ENTITY a "b">]"#,
        ),
        ("comment-in-subset", "The internal subset holds a comment.", " [<!-- ]> -->]"),
        (
            "subset-of-eight-kibibytes",
            "The internal subset is 8,192 blanks.",
            &format!(" [{}]", " ".repeat(8_192)),
        ),
    ]
    .into_iter()
    .map(|(name, about, rest)| dtd(name, about, &[req::NO_DTD], vec![doctype(rest)]))
    .collect();
    cases.extend([
        dtd(
            "name-of-another-root",
            "The declaration names html as root.",
            &[req::NO_DTD],
            vec![Edit::Prolog("<!DOCTYPE html>".into())],
        ),
        dtd(
            "in-utf-16",
            "The declaration hides in UTF-16 from filters that look for its ASCII bytes.",
            &[req::NO_DTD, req::UTF16_READ],
            vec![
                doctype(" []"),
                Edit::Encoding(Encoding::Utf16Le),
                Edit::Mark,
                Edit::Declaration(None),
                Edit::HttpHeader("content-type".into(), Some("text/xml; charset=utf-16".into())),
            ],
        ),
        dtd(
            "namespace-by-default",
            "Only a default attribute of the internal subset puts Disconnect into its namespace.",
            &[req::NO_EXTERNAL_ENTITIES, req::NO_DTD],
            vec![
                doctype(&format!(r#" [<!ATTLIST Disconnect xmlns CDATA "{}">]"#, names::MESSAGES)),
                Edit::Replace(Place::Operation, "<Disconnect><CallId>{id}</CallId></Disconnect>".into()),
            ],
        ),
    ]);
    cases
}

/// Declarations that are broken or out of place, which makes the document not well-formed.
fn misplaced() -> Vec<Case> {
    let broken = [
        ("without-name", "The declaration has no name.", "<!DOCTYPE>"),
        ("repeated", "The declaration occurs twice.", "<!DOCTYPE a><!DOCTYPE a>"),
        ("unclosed", "The internal subset has no end.", "<!DOCTYPE soap:Envelope ["),
    ];
    let elsewhere = [
        ("in-lower-case", "The keyword is in lower case.", Edit::Prolog("<!doctype soap:Envelope>".into())),
        (
            "after-envelope",
            "The declaration follows Envelope.",
            Edit::Epilog("<!DOCTYPE soap:Envelope>".into()),
        ),
        (
            "in-body",
            "The declaration stands in Body.",
            Edit::First(Place::Body, "<!DOCTYPE soap:Body>".into()),
        ),
        ("in-call-id", "The declaration splits the id.", in_call_id("{head}<!DOCTYPE a>{tail}")),
    ];
    // A server may stop at the keyword in the prolog, and need not see what is wrong after it; but what it
    // goes on to read is no XML.
    let broken = broken.map(|(name, about, markup)| {
        dtd(name, about, &[req::WELL_FORMED, req::NO_DTD], vec![Edit::Prolog(markup.into())])
            .nuance(Nuance::MustRefuse)
    });
    let elsewhere = elsewhere.map(|(name, about, edit)| {
        Case::request(
            format!("dtd/{name}"),
            about,
            InputClass::NotWellFormed,
            &[req::WELL_FORMED, req::NO_DTD],
            vec![edit],
        )
    });
    broken.into_iter().chain(elsewhere).collect()
}

/// Internal entities. The id is whole only once the entity is expanded, as an XML processor does and no
/// SOAP message asks for (contradiction C30).
fn entities() -> Vec<Case> {
    let expands = |name: &str, about: &str, rest: &str, content: &str| {
        dtd(name, about, &[req::NO_EXTERNAL_ENTITIES, req::NO_DTD], vec![doctype(rest), in_call_id(content)])
    };
    vec![
        expands("entity-is-id", "An internal entity holds the id.", r#" [<!ENTITY id "{id}">]"#, "&id;"),
        expands(
            "entity-is-half-an-id",
            "An internal entity holds half of the id.",
            r#" [<!ENTITY a "{tail}">]"#,
            "{head}&a;",
        ),
        expands(
            "entity-is-nothing",
            "An empty internal entity splits the id.",
            r#" [<!ENTITY a "">]"#,
            "{head}&a;{tail}",
        ),
        expands(
            "entity-of-itself",
            "Two entities hold each other.",
            r#" [<!ENTITY a "&b;"><!ENTITY b "&a;">]"#,
            "{id}&a;",
        )
        // It is not even well-formed.
        .nuance(Nuance::MustRefuse),
        dtd(
            "entity-is-element",
            "An internal entity holds CallId with its tags.",
            &[req::NO_EXTERNAL_ENTITIES, req::NO_DTD],
            vec![
                doctype(r#" [<!ENTITY a "<CallId>{id}</CallId>">]"#),
                Edit::Content(Place::Operation, "&a;".into()),
            ],
        ),
        expands(
            "entity-unparsed",
            "CallId refers to an unparsed entity.",
            r#" [<!NOTATION n SYSTEM "urn:n"><!ENTITY a SYSTEM "urn:a" NDATA n>]"#,
            "{id}&a;",
        )
        .nuance(Nuance::MustRefuse),
        expands(
            "parameter-entity-declares-id",
            "A parameter entity declares the entity that holds the id.",
            r#" [<!ENTITY % p "<!ENTITY a '{id}'>"> %p;]"#,
            "&a;",
        ),
    ]
}

/// Files on the server, whose text must not come back.
fn files() -> Vec<Case> {
    let reads = |name: &str, about: &str, url: &str| {
        let rest = format!(r#" [<!ENTITY a SYSTEM "{url}">]"#);
        dtd(
            name,
            about,
            &[req::NO_DTD, req::NO_EXTERNAL_ENTITIES],
            vec![doctype(&rest), in_call_id("{id}&a;")],
        )
    };
    vec![
        reads("file-of-unix", "An entity is the file /etc/hostname.", "file:///etc/hostname"),
        reads("file-of-windows", "An entity is the file C:\\Windows\\win.ini.", "file:///C:/Windows/win.ini"),
    ]
}

/// An address of the run, which the server must not contact.
fn fetches() -> Vec<Case> {
    let fetch = |name: &str, about: &str, rest: &dyn Fn(&str) -> String, content: &str| {
        let url = format!("{{canary}}/dtd/{name}");
        dtd(
            name,
            about,
            &[req::NO_DTD, req::NO_EXTERNAL_ENTITIES],
            vec![doctype(&rest(&url)), in_call_id(content)],
        )
        .needs(Needs::Canary)
    };
    vec![
        fetch(
            "system-subset",
            "The external subset has a system identifier.",
            &|url| format!(r#" SYSTEM "{url}""#),
            "{id}",
        ),
        fetch(
            "public-subset",
            "The external subset has a public and a system identifier.",
            &|url| format!(r#" PUBLIC "-//umspec//DTD none//EN" "{url}""#),
            "{id}",
        ),
        fetch(
            "system-entity",
            "CallId refers to an external entity.",
            &|url| format!(r#" [<!ENTITY a SYSTEM "{url}">]"#),
            "{id}&a;",
        ),
        fetch(
            "system-entity-unused",
            "An external entity is declared and not used.",
            &|url| format!(r#" [<!ENTITY a SYSTEM "{url}">]"#),
            "{id}",
        ),
        fetch(
            "parameter-entity",
            "The internal subset refers to an external parameter entity.",
            &|url| format!(r#" [<!ENTITY % p SYSTEM "{url}"> %p;]"#),
            "{id}",
        ),
        dtd(
            "system-subset-in-utf-16",
            "The external subset hides in UTF-16.",
            &[req::NO_DTD, req::NO_EXTERNAL_ENTITIES],
            vec![
                doctype(r#" SYSTEM "{canary}/dtd/system-subset-in-utf-16""#),
                Edit::Encoding(Encoding::Utf16Be),
                Edit::Mark,
                Edit::Declaration(None),
                Edit::HttpHeader("content-type".into(), Some("text/xml; charset=utf-16".into())),
            ],
        )
        .needs(Needs::Canary),
    ]
}

/// `depth` entities, each of which holds the one before ten times; the innermost is three letters.
fn nested(depth: usize) -> String {
    let levels = (1..=depth).map(|level| {
        let inner = format!("&a{};", level - 1).repeat(10);
        format!(r#"<!ENTITY a{level} "{inner}">"#)
    });
    format!(r#" [<!ENTITY a0 "lol">{}]"#, levels.collect::<String>())
}

/// Small documents that expand to large ones.
fn bombs() -> Vec<Case> {
    let bomb = |name: &str, about: &str, rest: &str, content: &str| {
        dtd(
            name,
            about,
            &[req::NO_DTD, req::ENTITY_EXPANSION_BOUNDED, req::NO_EXTERNAL_ENTITIES],
            vec![doctype(rest), in_call_id(content)],
        )
        // Whoever expands the entity has another id, and whoever does not has none.
        .nuance(Nuance::OtherIdOnceExpanded)
    };
    let attribute = Edit::Header(r#"<x:note xmlns:x="urn:umspec:note" a="&a5;"/>"#.into());
    let long = format!(r#" [<!ENTITY a "{}">]"#, "a".repeat(65_536));
    let short = r#" [<!ENTITY a "aaaaaaaa">]"#;
    vec![
        bomb(
            "entities-nested",
            "Five levels of entities expand to 300,000 characters.",
            &nested(5),
            "{id}&a5;",
        ),
        Case::request(
            "dtd/entities-nested-deeper",
            "Seven levels of entities expand to 30,000,000 characters.",
            InputClass::Dtd,
            &[req::ENTITY_EXPANSION_BOUNDED, req::NO_DTD, req::NO_EXTERNAL_ENTITIES],
            vec![doctype(&nested(7)), in_call_id("{id}&a7;")],
        )
        .nuance(Nuance::MustRefuse),
        dtd(
            "entities-nested-in-attribute",
            "Five levels of entities expand to 300,000 characters in an attribute.",
            &[req::NO_DTD, req::ENTITY_EXPANSION_BOUNDED, req::NO_EXTERNAL_ENTITIES],
            vec![doctype(&nested(5)), attribute],
        ),
        bomb(
            "references-many",
            "A thousand references name one entity.",
            short,
            &format!("{{id}}{}", "&a;".repeat(1_000)),
        ),
        bomb(
            "billion-laughs",
            "Nine levels of entities expand to 3,000,000,000 characters.",
            &nested(9),
            "{id}&a9;",
        )
        .slow(),
        bomb(
            "quadratic-blow-up",
            "A hundred references name an entity of 64 KiB.",
            &long,
            &format!("{{id}}{}", "&a;".repeat(100)),
        )
        .slow(),
    ]
}

/// Invitations to fetch something that need no document type declaration.
fn without_dtd() -> Vec<Case> {
    let include = |name: &str| {
        format!(
            "<i:include xmlns:i='http://www.w3.org/2001/XInclude' parse='text' href='{{canary}}/dtd/{name}'/>"
        )
    };
    // A refusal goes against what makes the message valid or not, a fetch against UMD-R178.
    let case = |name: &str, about: &'static str, class: InputClass, edit: Edit| {
        let rows: &[RequirementId] = match class {
            InputClass::OptionalHeader => &[req::OPTIONAL_HEADER_IGNORED, req::NO_EXTERNAL_ENTITIES],
            InputClass::Valid => &[req::XSI_ATTRIBUTES_ALLOWED, req::NO_EXTERNAL_ENTITIES],
            _ => &[req::NO_EXTERNAL_ENTITIES],
        };
        Case::request(format!("dtd/{name}"), about, class, rows, vec![edit]).needs(Needs::Canary)
    };
    let schema = |attribute: &str| {
        Edit::Attributes(Place::Operation, format!(r#" xmlns:xsi="{}" xsi:{attribute}""#, names::XSI))
    };
    vec![
        case(
            "inclusion-in-header",
            "A header entry is an XInclude element.",
            InputClass::OptionalHeader,
            Edit::Header(include("inclusion-in-header")),
        ),
        case(
            "inclusion-in-call-id",
            "CallId holds an XInclude element after the id.",
            InputClass::ElementInCallId,
            in_call_id(&format!("{{id}}{}", include("inclusion-in-call-id"))),
        ),
        case(
            "schema-location",
            "Disconnect says where its schema lies.",
            InputClass::Valid,
            schema(&format!(r#"schemaLocation="{} {{canary}}/dtd/schema-location"#, names::MESSAGES)),
        ),
        case(
            "schema-location-without-namespace",
            "Disconnect says where a schema without namespace lies.",
            InputClass::Valid,
            schema(r#"noNamespaceSchemaLocation="{canary}/dtd/schema-location-without-namespace"#),
        ),
        case(
            "stylesheet",
            "A processing instruction says where a stylesheet lies.",
            InputClass::ProcessingInstruction,
            Edit::Prolog(r#"<?xml-stylesheet type="text/xsl" href="{canary}/dtd/stylesheet"?>"#.into()),
        ),
    ]
}
