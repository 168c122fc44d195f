//! The grammar of XML where readers written by hand are loose or narrow: end tags, references, colons,
//! declarations, and what a namespace may hold.
//!
//! Each is a bug that readers of XML had. What is ill-formed stands where everybody may ignore it,
//! wherever that can be: a reader that overlooks it goes on, and takes the message.

use super::Case;
use crate::message::{Close, Edit, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req};

pub(super) fn cases() -> Vec<Case> {
    [
        end_tags(),
        other_tags(),
        references(),
        colons(),
        reserved_names(),
        declarations(),
        separators(),
        spellings(),
        names_of_the_request(),
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

fn same(id: &'static str, about: &'static str, requirement: RequirementId, edits: Vec<Edit>) -> Case {
    Case::request(id, about, InputClass::OptionalHeader, &[requirement], edits)
}

/// A header entry that everybody may ignore.
fn entry(attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:a xmlns:x="urn:umspec:x"{attributes}>{content}</x:a>"#))
}

/// End tags that are none, or of another element (XML 3.1, production 42, and Element Type Match).
fn end_tags() -> Vec<Case> {
    let call_id = |name: &str| Edit::Close(Place::CallId, Close::Named(name.to_owned()));
    let other_prefix = entry("", "<x:b xmlns:y='urn:umspec:x'></y:b>");
    [
        ("end-tag-of-other-prefix", "An end tag has another prefix of the same namespace.", other_prefix),
        ("end-tag-with-attribute", "The end tag of CallId has an attribute.", call_id("CallId a=\"b\"")),
        ("end-tag-with-slash", "The end tag of CallId ends as an empty element does.", call_id("CallId/")),
        (
            "end-tag-after-blank",
            "A blank stands before the name in the end tag of CallId.",
            call_id(" CallId"),
        ),
        ("end-tag-without-name", "The end tag of CallId has no name.", call_id("")),
        ("end-tag-that-goes-on", "The end tag of CallId is CallIdX.", call_id("CallIdX")),
        ("end-tag-cut-short", "The end tag of CallId is Call.", call_id("Call")),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::WELL_FORMED], edit))
    .to_vec()
}

/// Other tags and markup that break their production.
fn other_tags() -> Vec<Case> {
    let before_body = |markup: &str| Edit::Before(Place::Body, markup.to_owned());
    [
        (
            "empty-tag-with-blank",
            "A blank stands between the slash and the end of a tag.",
            entry("", "<x:b / >"),
        ),
        (
            "attribute-with-ampersand",
            "An attribute holds an ampersand between blanks.",
            entry(r#" b="a & b""#, ""),
        ),
        ("instruction-without-target", "An instruction has no target.", before_body("<??>")),
        (
            "instruction-with-sign-in-target",
            "The target of an instruction holds a plus sign.",
            before_body("<?a+b c?>"),
        ),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::WELL_FORMED], edit))
    .to_vec()
}

/// References to characters that number conversions take, and XML does not (XML 4.1, production 66).
fn references() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("without-hexadecimal-digits", "A hexadecimal reference has no digits.", "&#x;"),
        ("with-letter-behind-digits", "A letter follows the digits of a reference.", "&#97x;"),
        ("with-plus", "A reference has a plus sign.", "&#+97;"),
        ("with-underscore", "An underscore stands between the digits of a reference.", "&#9_7;"),
        ("with-blank", "A blank stands before the digits of a reference.", "&# 97;"),
        ("with-zero-before-x", "A hexadecimal reference is written as in C.", "&#0x61;"),
        ("with-digits-of-another-script", "A reference has Arabic-Indic digits.", "&#\u{669}\u{667};"),
        ("with-exponent", "A reference has an exponent.", "&#9.7e1;"),
        ("hexadecimal-with-plus", "A hexadecimal reference has a plus sign.", "&#x+61;"),
        (
            "hexadecimal-with-underscore",
            "An underscore stands between the digits of a hexadecimal reference.",
            "&#x6_1;",
        ),
        (
            "hexadecimal-with-letter-behind-digits",
            "A letter follows the digits of a hexadecimal reference.",
            "&#x61g;",
        ),
        ("hexadecimal-with-prefix-of-c", "A hexadecimal reference says x0x.", "&#x0x61;"),
        ("without-name", "A reference to an entity has no name.", "&;"),
        ("with-blank-before-name", "A blank stands before the name of an entity.", "& lt;"),
        ("with-blank-behind-name", "A blank stands behind the name of an entity.", "&lt ;"),
    ]
    .map(|(name, about, content)| {
        breach(&format!("reference-{name}"), about, &[req::WELL_FORMED], entry("", content))
    })
    .to_vec();
    let pairs = [
        ("references-to-surrogate-pair", "Two references name", "&#xD83D;&#xDCDE;"),
        ("references-to-surrogate-pair-in-decimal", "Two decimal references name", "&#55357;&#56542;"),
    ];
    cases.extend(pairs.map(|(name, about, content)| {
        let about = format!("{about} the surrogates of one character.");
        breach(name, &about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], entry("", content))
    }));
    cases
}

/// Colons where a qualified name has none (NS 4), in names that matter.
fn colons() -> Vec<Case> {
    let operation = |name: &str| {
        let markup = format!(
            "<{name} xmlns:m=\"{0}\" xmlns=\"{0}\"><m:CallId>{{id}}</m:CallId></{name}>",
            names::MESSAGES
        );
        Edit::Replace(Place::Operation, markup)
    };
    [
        ("colon-doubled", "Two colons in a row stand in the name of Disconnect.", operation("m::Disconnect")),
        ("colon-at-end-of-name", "The name of Disconnect ends in a colon.", operation("m:Disconnect:")),
        ("colon-at-start-of-name", "The name of Disconnect starts with a colon.", operation(":Disconnect")),
    ]
    .map(|(name, about, edit)| breach(name, about, &[req::PREFIX_DECLARED, req::WELL_FORMED], edit))
    .to_vec()
}

/// The two prefixes and namespaces that are spoken for (NS 3).
fn reserved_names() -> Vec<Case> {
    let default = |uri: &str| entry("", &format!("<b xmlns='{uri}'/>"));
    let operation = |prefix: &str| {
        let messages = names::MESSAGES;
        let markup = format!(
            "<{prefix}:Disconnect xmlns:{prefix}=\"{messages}\"><{prefix}:CallId>{{id}}</{prefix}:CallId>\
             </{prefix}:Disconnect>"
        );
        Edit::Replace(Place::Operation, markup)
    };
    let namespaces = &[req::PREFIX_DECLARED, req::WELL_FORMED];
    let ignorable = [
        ("prefix-xmlns-of-element", "An element has the prefix xmlns.", entry("", "<xmlns:b/>")),
        ("default-for-xml", "The namespace of xml is the default one.", default(names::XML)),
        ("default-for-xmlns", "The namespace of xmlns is the default one.", default(names::XMLNS)),
    ]
    .map(|(name, about, edit)| breach(name, about, namespaces, edit).nuance(Nuance::IgnorableName));
    let twice = format!(
        "<x:a xmlns:x=\"urn:umspec:x\" xmlns:q=\"{}\" q:mustUnderstand=\"0\" soap:mustUnderstand=\"1\"/>",
        names::ENVELOPE
    );
    let matters = [
        (
            "prefix-xml-of-disconnect",
            "Disconnect and CallId have the prefix xml, bound to the messages namespace.",
            operation("xml"),
        ),
        (
            "prefix-xmlns-of-disconnect",
            "Disconnect and CallId have the prefix xmlns, bound to the messages namespace.",
            operation("xmlns"),
        ),
        (
            "must-understand-repeated-by-namespace",
            "A header entry has mustUnderstand twice, under two prefixes, and only one says that it must be understood.",
            Edit::Header(twice),
        ),
    ]
    .map(|(name, about, edit)| breach(name, about, namespaces, edit));
    ignorable.into_iter().chain(matters).collect()
}

/// XML declarations whose parts are in disorder (XML 2.8, productions 23 to 32, and 4.3.3, 80 and 81).
fn declarations() -> Vec<Case> {
    [
        (
            "with-encoding-first",
            "names the encoding before the version",
            "<?xml encoding='utf-8' version='1.0'?>",
        ),
        (
            "with-standalone-before-encoding",
            "says it stands alone before it names the encoding",
            "<?xml version='1.0' standalone='yes' encoding='utf-8'?>",
        ),
        ("with-unknown-part", "has a part that nobody knows", "<?xml version='1.0' umspec='yes'?>"),
        ("without-blank", "has no blank before the encoding", "<?xml version='1.0'encoding='utf-8'?>"),
        ("without-quotes", "has no quotes", "<?xml version=1.0 encoding=utf-8?>"),
        ("with-version-repeated", "names the version twice", "<?xml version='1.0' version='1.0'?>"),
        (
            "with-blank-in-encoding",
            "has a blank in the name of the encoding",
            "<?xml version='1.0' encoding=' utf-8'?>",
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

/// Namespaces that hold what readers put between a namespace and a local name to make one text of them.
fn separators() -> Vec<Case> {
    let operation = |(word, what, separator): (&str, &str, &str)| {
        let uri = format!("{}{separator}Disconnect", names::MESSAGES);
        let markup =
            format!(r#"<y:a xmlns:y="{uri}"><CallId xmlns="{}">{{id}}</CallId></y:a>"#, names::MESSAGES);
        Case::request(
            format!("namespace/disconnect-behind-{word}"),
            format!("The child of Body is named a; its namespace ends in {what} and Disconnect."),
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::DISCONNECT_ELEMENT],
            vec![Edit::Replace(Place::Operation, markup)],
        )
    };
    let mut cases: Vec<Case> = [
        ("brace", "a closing brace", "}"),
        ("blank", "a blank", " "),
        ("bar", "a vertical bar", "|"),
        ("caret", "a caret", "^"),
        ("colon", "a colon", ":"),
        ("line-feed", "a line feed", "&#10;"),
    ]
    .into_iter()
    .map(operation)
    .collect();
    cases.push(Case::request(
        "namespace/call-id-behind-brace",
        "The child of Disconnect is named a; its namespace ends in a closing brace and CallId.",
        InputClass::CallIdNamespace,
        &[req::CALL_ID_NAMESPACE, req::NEAR_MISS_NAMESPACE],
        vec![Edit::Replace(
            Place::CallId,
            format!(r#"<y:CallId xmlns:y="{}}}CallId">{{id}}</y:CallId>"#, names::MESSAGES),
        )],
    ));
    cases
}

/// Lawful spellings that narrow readers refuse.
fn spellings() -> Vec<Case> {
    let zeros = format!("&#{}97;", "0".repeat(1_000));
    let by_default = format!(
        "<Envelope xmlns=\"{}\"><Header><x:a xmlns:x=\"urn:umspec:x\" mustUnderstand=\"1\"/></Header><Body>\
         <Disconnect xmlns=\"{}\"><CallId>{{id}}</CallId></Disconnect></Body></Envelope>",
        names::ENVELOPE,
        names::MESSAGES
    );
    vec![
        same(
            "xml/reference-of-eight-digits",
            "A reference has eight digits.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            vec![entry("", "&#00000097;")],
        ),
        same(
            "xml/reference-of-a-thousand-zeros",
            "A reference starts with a thousand zeros.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            vec![entry("", &zeros)],
        ),
        same(
            "xml/reference-with-letter-first",
            "The digits of a hexadecimal reference start with a letter.",
            req::EQUAL_SPELLINGS_OF_TEXT,
            vec![entry("", "&#xd;&#xA;")],
        ),
        // NS 6.2: a default namespace is none of attributes.
        same(
            "header/unqualified-must-understand-under-default",
            "SOAP is the default namespace, and a header entry has mustUnderstand without prefix, which is in none.",
            req::OPTIONAL_HEADER_IGNORED,
            vec![Edit::Whole(by_default.clone())],
        ),
        Case::request(
            "header/unqualified-actor-under-default",
            "SOAP is the default namespace, and a mandatory header entry has an actor without prefix, which is none.",
            InputClass::MandatoryHeader,
            &[req::MUST_UNDERSTAND],
            vec![Edit::Whole(by_default.replacen(
                "mustUnderstand=\"1\"",
                &format!("xmlns:q=\"{}\" q:mustUnderstand=\"1\" actor=\"urn:umspec:other\"", names::ENVELOPE),
                1,
            ))],
        ),
        same(
            "header/optional-with-accented-names",
            "A header entry and its attribute have names beyond ASCII.",
            req::OPTIONAL_HEADER_IGNORED,
            vec![Edit::Header("<x:\u{E9}t\u{E9} xmlns:x=\"urn:umspec:x\" \u{E4}=\"1\"/>".to_owned())],
        ),
    ]
}

/// Header entries that hold what a reader looks for that looks everywhere.
fn names_of_the_request() -> Vec<Case> {
    let inside = |markup: &str| vec![Edit::Header(format!("<x:a xmlns:x=\"urn:umspec:x\">{markup}</x:a>"))];
    let messages = format!("xmlns=\"{}\"", names::MESSAGES);
    vec![
        same(
            "header/optional-holds-call-id",
            "An optional header entry holds a CallId with another id.",
            req::OPTIONAL_HEADER_IGNORED,
            inside(&format!("<CallId {messages}>{{other}}</CallId>")),
        ),
        same(
            "header/optional-holds-disconnect",
            "An optional header entry holds a Disconnect with another id.",
            req::OPTIONAL_HEADER_IGNORED,
            inside(&format!("<Disconnect {messages}><CallId>{{other}}</CallId></Disconnect>")),
        ),
        same(
            "header/optional-holds-unqualified-call-id",
            "An optional header entry holds a CallId of no namespace with another id.",
            req::OPTIONAL_HEADER_IGNORED,
            inside("<CallId>{other}</CallId>"),
        ),
        same(
            "header/optional-with-attribute-call-id",
            "An optional header entry has an attribute CallId with another id.",
            req::OPTIONAL_HEADER_IGNORED,
            vec![Edit::Header("<x:a xmlns:x=\"urn:umspec:x\" CallId=\"{other}\"/>".to_owned())],
        ),
        same(
            "header/optional-holds-body",
            "An optional header entry holds a Body of SOAP with a Disconnect in it.",
            req::OPTIONAL_HEADER_IGNORED,
            inside(&format!(
                "<soap:Body><Disconnect {messages}><CallId>{{other}}</CallId></Disconnect></soap:Body>"
            )),
        ),
    ]
}
