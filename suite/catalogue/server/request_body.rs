//! The Body child: Disconnect by its right name, with CallId and nothing else in it.

use super::Case;
use crate::message::{Edit, Place};
use crate::protocol::{AmbiguityId, InputClass, Nuance, RequirementId, names, req};

/// Declares the prefixes `xsi` and `xs`.
const SCHEMA_PREFIXES: &str = concat!(
    r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
    r#" xmlns:xs="http://www.w3.org/2001/XMLSchema""#
);

pub(super) fn cases() -> Vec<Case> {
    [
        operation_names(),
        foreign_operations(),
        call_id_names(),
        siblings(),
        text_beside(),
        duplicates(),
        attributes(),
        schema_attributes(),
        refused_types(),
        nil(),
        elements_in_call_id(),
        escaped_markup(),
        wrappers(),
    ]
    .concat()
}

fn case(
    name: &str,
    about: &str,
    class: InputClass,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    Case::request(format!("request-body/{name}"), about.to_owned(), class, requirements, edits)
}

/// A case whose CallId holds this markup.
fn text(name: &str, about: &str, class: InputClass, requirements: &[RequirementId], markup: &str) -> Case {
    case(name, about, class, requirements, vec![Edit::Content(Place::CallId, markup.to_owned())])
}

fn before_call_id(markup: &str) -> Edit {
    Edit::Before(Place::CallId, markup.to_owned())
}

fn after_call_id(markup: &str) -> Edit {
    Edit::After(Place::CallId, markup.to_owned())
}

fn operation_names() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("lower-case", "disconnect"),
        ("upper-case", "DISCONNECT"),
        ("trailing-underscore", "Disconnect_"),
        ("request", "DisconnectRequest"),
        ("response", "DisconnectResponse"),
        ("fault", "Fault"),
        ("cyrillic-letter", "Dis\u{441}onnect"),
    ]
    .into_iter()
    .map(|(word, name)| {
        case(
            &format!("operation-named-{word}"),
            &format!("The Body child is {name} in the messages namespace, with CallId."),
            InputClass::OperationName,
            &[req::DISCONNECT_ELEMENT],
            vec![Edit::Rename(Place::Operation, name.to_owned())],
        )
    })
    .collect();
    cases.push(case(
        "operation-soap-fault",
        "The Body child is a Fault of SOAP.",
        InputClass::OperationName,
        &[req::DISCONNECT_ELEMENT],
        vec![Edit::Replace(
            Place::Operation,
            "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>f</faultstring></soap:Fault>"
                .to_owned(),
        )],
    ));
    cases
}

fn foreign_operations() -> Vec<Case> {
    let messages = names::MESSAGES;
    let shell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    let prefixed = |name: &str, uri: &str, content: &str| {
        let (prefix, _) = name.split_once(':').unwrap_or_default();
        format!(r#"<{name} xmlns:{prefix}="{uri}">{content}</{name}>"#)
    };
    let ews = prefixed("m:DisconnectPhoneCall", messages, r#"<m:PhoneCallId Id="{id}"/>"#);
    let replace = |markup: String| vec![Edit::Replace(Place::Operation, markup)];
    let mut cases: Vec<Case> = [
        ("ews-disconnect-phone-call", "The Body child is DisconnectPhoneCall of EWS.", ews.clone()),
        (
            "ews-disconnect-phone-call-with-call-id",
            "The Body child is DisconnectPhoneCall of EWS, but with CallId in it.",
            prefixed("m:DisconnectPhoneCall", messages, "<m:CallId>{id}</m:CallId>"),
        ),
        (
            "wsman-disconnect",
            "The Body child is Disconnect of the WS-Management shell.",
            prefixed("rsp:Disconnect", shell, "<rsp:IdleTimeOut>PT60S</rsp:IdleTimeOut>"),
        ),
    ]
    .into_iter()
    .map(|(name, about, markup)| {
        case(name, about, InputClass::ForeignOperation, &[req::FOREIGN_OPERATION], replace(markup))
    })
    .collect();
    cases.push(case(
        "disconnect-and-ews-disconnect-phone-call",
        "DisconnectPhoneCall of EWS follows Disconnect in Body.",
        InputClass::BodyShape,
        &[req::ONE_BODY_CHILD, req::FOREIGN_OPERATION],
        vec![Edit::After(Place::Operation, ews)],
    ));
    cases
}

fn call_id_names() -> Vec<Case> {
    [
        ("lower-camel-case", "callId", "callId"),
        ("upper-case-id", "CallID", "CallID"),
        ("upper-case", "CALLID", "CALLID"),
        ("capitalised", "Callid", "Callid"),
        ("lower-case", "callid", "callid"),
        ("underscore", "Call_Id", "Call_Id"),
        ("ews-phone-call-id", "PhoneCallId", "PhoneCallId"),
        ("cyrillic-letters", "\u{421}\u{430}llId", "spelled with two Cyrillic letters"),
    ]
    .into_iter()
    .map(|(word, name, shown)| {
        case(
            &format!("call-id-named-{word}"),
            &format!("The element for the id is {shown} in the messages namespace."),
            InputClass::MissingCallId,
            &[req::ELEMENT_NAME_CASE, req::MISSING_CALL_ID],
            vec![Edit::Rename(Place::CallId, name.to_owned())],
        )
    })
    .chain([
        // The fifth edition of XML 1.0 has it among the characters of names, the earlier ones have not.
        case(
            "call-id-named-zero-width-joiner",
            "The element for the id is spelled with a zero-width joiner in the messages namespace.",
            InputClass::MissingCallId,
            &[req::MISSING_CALL_ID, req::ELEMENT_NAME_CASE],
            vec![Edit::Rename(Place::CallId, "Call\u{200D}Id".to_owned())],
        )
        .nuance(Nuance::FifthEdition)
        .ambiguity(AmbiguityId::XML_EDITION),
    ])
    .collect()
}

fn siblings() -> Vec<Case> {
    let foreign = r#"<x:extra xmlns:x="urn:umspec:extra">1</x:extra>"#;
    [
        ("foreign-sibling-after", "A foreign element follows CallId.", after_call_id(foreign)),
        ("foreign-sibling-before", "A foreign element stands before CallId.", before_call_id(foreign)),
        ("reason-after", "An element Reason follows CallId.", after_call_id("<Reason>1</Reason>")),
        (
            "mailbox-culture-after",
            "An element MailboxCulture follows CallId.",
            after_call_id("<MailboxCulture>en-US</MailboxCulture>"),
        ),
        (
            "phone-call-id-after",
            "The element PhoneCallId of EWS follows CallId.",
            after_call_id(r#"<PhoneCallId Id="umspec"/>"#),
        ),
        (
            "call-id-in-other-case-after",
            "An element callId follows CallId.",
            after_call_id("<callId>umspec</callId>"),
        ),
        ("nested-disconnect-after", "An empty Disconnect follows CallId.", after_call_id("<Disconnect/>")),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(name, about, InputClass::ExtraSibling, &[req::EXTRA_SIBLING, req::ONE_CALL_ID], vec![edit])
    })
    .collect()
}

fn text_beside() -> Vec<Case> {
    [
        ("text-before-call-id", "Text stands before CallId in Disconnect.", before_call_id("text")),
        ("text-after-call-id", "Text follows CallId in Disconnect.", after_call_id("text")),
        (
            "text-no-break-space-after-call-id",
            "A no-break space, no white space of XML, follows CallId.",
            after_call_id("\u{A0}"),
        ),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(name, about, InputClass::ExtraSibling, &[req::NO_TEXT_BETWEEN_ELEMENTS], vec![edit])
    })
    .collect()
}

fn duplicates() -> Vec<Case> {
    let garbage = "<CallId>umspec</CallId>";
    let mut cases: Vec<Case> = [
        ("call-id-twice", "CallId is there twice with the same id.", Edit::Duplicate(Place::CallId)),
        ("call-id-then-garbage", "A second CallId with garbage follows CallId.", after_call_id(garbage)),
        ("garbage-then-call-id", "A CallId with garbage stands before CallId.", before_call_id(garbage)),
        ("call-id-then-empty", "A second CallId that is empty follows CallId.", after_call_id("<CallId/>")),
        (
            "call-id-thousand-times",
            "999 CallIds with garbage follow CallId.",
            after_call_id(&"<CallId>0</CallId>".repeat(999)),
        ),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(name, about, InputClass::TwoCallIds, &[req::TWO_CALL_IDS, req::ONE_CALL_ID], vec![edit])
    })
    .collect();
    cases.push(case(
        "second-call-id-in-comment",
        "A comment with a second CallId follows CallId.",
        InputClass::Valid,
        &[req::WHITE_SPACE_BETWEEN_ELEMENTS, req::TWO_CALL_IDS],
        vec![after_call_id(&format!("<!--{garbage}-->"))],
    ));
    cases
}

fn attributes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (place, word, name) in
        [(Place::Operation, "disconnect", "Disconnect"), (Place::CallId, "call-id", "CallId")]
    {
        for (kind, attribute, what) in [
            ("id", r#" id="1""#, "an attribute id"),
            ("capital-id", r#" Id="umspec""#, "an attribute Id, as EWS has it"),
            ("xml-lang", r#" xml:lang="en""#, "xml:lang"),
            ("xml-space", r#" xml:space="preserve""#, "xml:space"),
            ("foreign", r#" xmlns:x="urn:umspec:attribute" x:id="1""#, "an attribute of a foreign namespace"),
            ("must-understand", r#" soap:mustUnderstand="0""#, "mustUnderstand of SOAP with 0"),
        ] {
            cases.push(case(
                &format!("attribute-{kind}-on-{word}"),
                &format!("{name} has {what}, which it does not declare."),
                InputClass::UndeclaredAttribute,
                &[req::NO_ATTRIBUTES],
                vec![Edit::Attributes(place, attribute.to_owned())],
            ));
        }
    }
    for (word, attribute, what) in [
        ("mandatory", r#" soap:mustUnderstand="1""#, "mustUnderstand of SOAP with 1"),
        ("actor", r#" soap:actor="urn:umspec:other""#, "an actor of SOAP"),
    ] {
        for (place, where_, name) in
            [(Place::Operation, "disconnect", "Disconnect"), (Place::CallId, "call-id", "CallId")]
        {
            let about = format!("{name} has {what}, which means something on header entries only.");
            let rows = &[req::NO_ATTRIBUTES, req::HEADER_ATTRIBUTES_ELSEWHERE];
            let edits = vec![Edit::Attributes(place, attribute.to_owned())];
            let name = format!("attribute-{word}-on-{where_}");
            cases.push(
                case(&name, &about, InputClass::UndeclaredAttribute, rows, edits)
                    .nuance(Nuance::MisplacedAttribute),
            );
        }
    }
    cases.push(case(
        "attribute-call-id-on-disconnect",
        "Disconnect has an attribute CallId with garbage as well as its element.",
        InputClass::UndeclaredAttribute,
        &[req::NO_ATTRIBUTES],
        vec![Edit::Attributes(Place::Operation, r#" CallId="umspec""#.to_owned())],
    ));
    cases.push(case(
        "call-id-only-as-attribute",
        "The id is in an attribute CallId of Disconnect, and there is no element.",
        InputClass::MissingCallId,
        &[req::MISSING_CALL_ID, req::CALL_ID_SENT],
        vec![Edit::Delete(Place::CallId), Edit::Attributes(Place::Operation, r#" CallId="{id}""#.to_owned())],
    ));
    let ews_style = case(
        "call-id-empty-with-id-attribute",
        "CallId is empty and has the id in an attribute Id, as PhoneCallId of EWS does.",
        InputClass::UndeclaredAttribute,
        &[req::EMPTY_CALL_ID, req::NO_ATTRIBUTES],
        vec![
            Edit::Content(Place::CallId, String::new()),
            Edit::Attributes(Place::CallId, r#" Id="{id}""#.to_owned()),
        ],
    );
    // An attribute may be passed over, a missing value may not.
    cases.push(ews_style.nuance(Nuance::EmptyAsWell));
    cases
}

/// Attributes that every schema processor knows.
fn schema_attributes() -> Vec<Case> {
    let on = |place: Place, attribute: &str| {
        vec![Edit::Attributes(place, format!("{SCHEMA_PREFIXES}{attribute}"))]
    };
    let location = format!(r#" xsi:schemaLocation="{} http://umspec.invalid/messages.xsd""#, names::MESSAGES);
    let no_namespace = r#" xsi:noNamespaceSchemaLocation="http://umspec.invalid/messages.xsd""#;
    [
        ("type-string", "CallId has xsi:type with xs:string.", on(Place::CallId, r#" xsi:type="xs:string""#)),
        (
            "type-token",
            "CallId has xsi:type with xs:token, which derives from xs:string.",
            on(Place::CallId, r#" xsi:type="xs:token""#),
        ),
        (
            "type-string-declared-on-envelope",
            "CallId has xsi:type with xs:string, and Envelope declares the prefixes.",
            vec![
                Edit::Attributes(Place::Envelope, SCHEMA_PREFIXES.to_owned()),
                Edit::Attributes(Place::CallId, r#" xsi:type="xs:string""#.to_owned()),
            ],
        ),
        (
            "type-string-other-prefixes",
            "CallId has the type attribute and the type string with unusual prefixes.",
            vec![Edit::Attributes(
                Place::CallId,
                format!(r#" xmlns:a="{}" xmlns:b="{}" a:type="b:string""#, names::XSI, names::XSD),
            )],
        ),
        (
            "schema-location-on-disconnect",
            "Disconnect has xsi:schemaLocation.",
            on(Place::Operation, &location),
        ),
        (
            "no-namespace-schema-location-on-disconnect",
            "Disconnect has xsi:noNamespaceSchemaLocation.",
            on(Place::Operation, no_namespace),
        ),
    ]
    .into_iter()
    .map(|(name, about, edits)| case(name, about, InputClass::Valid, &[req::XSI_ATTRIBUTES_ALLOWED], edits))
    .collect()
}

fn refused_types() -> Vec<Case> {
    let refused = |name: &str, about: &str, place: Place, value: &str| {
        let attribute = format!(r#"{SCHEMA_PREFIXES} xsi:type="{value}""#);
        case(
            name,
            about,
            InputClass::UndeclaredAttribute,
            &[req::MALFORMED_REQUEST_FAULT, req::NO_ATTRIBUTES],
            vec![Edit::Attributes(place, attribute)],
        )
    };
    [
        ("base64-binary", "xs:base64Binary, which does not derive from xs:string", "xs:base64Binary"),
        ("unknown", "a type that does not exist", "xs:umspec"),
        ("unbound-prefix", "a prefix that is not bound", "unbound:string"),
        ("without-prefix", "string in the default namespace", "string"),
    ]
    .into_iter()
    .map(|(word, what, value)| {
        refused(&format!("type-{word}"), &format!("CallId has xsi:type with {what}."), Place::CallId, value)
    })
    .chain([refused(
        "type-string-on-disconnect",
        "Disconnect has xsi:type with xs:string.",
        Place::Operation,
        "xs:string",
    )])
    .collect()
}

fn nil() -> Vec<Case> {
    let on = |place: Place, value: &str| {
        Edit::Attributes(place, format!(r#"{SCHEMA_PREFIXES} xsi:nil="{value}""#))
    };
    let empty = || Edit::Content(Place::CallId, String::new());
    let mut cases: Vec<Case> = [
        ("nil-true", "CallId has xsi:nil true and no text.", vec![on(Place::CallId, "true"), empty()]),
        ("nil-one", "CallId has xsi:nil 1 and no text.", vec![on(Place::CallId, "1"), empty()]),
        (
            "nil-true-with-text",
            "CallId has xsi:nil true and the id as its text.",
            vec![on(Place::CallId, "true")],
        ),
        ("nil-one-with-text", "CallId has xsi:nil 1 and the id as its text.", vec![on(Place::CallId, "1")]),
        (
            "nil-true-on-disconnect",
            "Disconnect has xsi:nil true and CallId in it.",
            vec![on(Place::Operation, "true")],
        ),
    ]
    .into_iter()
    .map(|(name, about, edits)| case(name, about, InputClass::Nil, &[req::NIL_CALL_ID], edits))
    .collect();
    // Just as invalid, but a lenient receiver is right to take the text (row "undeclared attribute").
    for (name, value) in [("nil-false", "false"), ("nil-zero", "0")] {
        let about = format!("CallId, which is not nillable, has xsi:nil {value} and the id as its text.");
        let edits = vec![on(Place::CallId, value)];
        cases.push(case(
            name,
            &about,
            InputClass::UndeclaredAttribute,
            &[req::NIL_CALL_ID, req::NO_ATTRIBUTES],
            edits,
        ));
    }
    cases.push(case(
        "nil-of-old-schema-namespace",
        "CallId has nil in the schema namespace of 1999, which is not xsi:nil.",
        InputClass::UndeclaredAttribute,
        &[req::NO_ATTRIBUTES, req::NIL_CALL_ID],
        vec![Edit::Attributes(
            Place::CallId,
            r#" xmlns:old="http://www.w3.org/1999/XMLSchema-instance" old:nil="true""#.to_owned(),
        )],
    ));
    cases
}

fn elements_in_call_id() -> Vec<Case> {
    [
        ("element-before-id", "An empty element stands before the id in CallId.", "<x/>{id}"),
        ("element-after-id", "An empty element follows the id in CallId.", "{id}<x/>"),
        ("element-amid-id", "An empty element stands in the middle of the id.", "{head}<x/>{tail}"),
        ("element-around-id", "An element in CallId holds the id.", "<x>{id}</x>"),
        (
            "elements-around-halves",
            "Two elements in CallId hold a half of the id each.",
            "<x>{head}</x><x>{tail}</x>",
        ),
        ("element-only", "CallId holds an empty element and no text.", "<x/>"),
        ("element-unqualified", "An element in no namespace follows the id.", r#"{id}<x xmlns=""/>"#),
        ("call-id-in-call-id", "CallId holds another CallId with the id.", "<CallId>{id}</CallId>"),
    ]
    .into_iter()
    .map(|(name, about, markup)| {
        text(name, about, InputClass::ElementInCallId, &[req::ELEMENT_IN_CALL_ID], markup)
    })
    .collect()
}

/// Text that only looks like markup is text, and as an id it is garbage.
fn escaped_markup() -> Vec<Case> {
    [
        (
            "escaped-element",
            "The text of CallId is escaped markup around the id.",
            "&lt;CallId&gt;{id}&lt;/CallId&gt;",
        ),
        (
            "element-in-cdata",
            "A CDATA section holds the markup of a CallId with the id.",
            "<![CDATA[<CallId>{raw}</CallId>]]>",
        ),
    ]
    .into_iter()
    .map(|(name, about, markup)| {
        text(name, about, InputClass::Garbage, &[req::INCORRECT_CALL_ID, req::ELEMENT_IN_CALL_ID], markup)
    })
    .collect()
}

fn wrappers() -> Vec<Case> {
    [
        ("request", "<request><CallId>{id}</CallId></request>", "an element request"),
        ("disconnect", "<Disconnect><CallId>{id}</CallId></Disconnect>", "another Disconnect"),
        (
            "foreign",
            r#"<x:w xmlns:x="urn:umspec:extra"><CallId>{id}</CallId></x:w>"#,
            "an element of a foreign namespace",
        ),
    ]
    .into_iter()
    .map(|(word, content, what)| {
        case(
            &format!("call-id-wrapped-in-{word}"),
            &format!("CallId is not a child of Disconnect but stands in {what} inside it."),
            InputClass::MissingCallId,
            &[req::ONE_CALL_ID, req::MISSING_CALL_ID],
            vec![Edit::Content(Place::Operation, content.to_owned())],
        )
    })
    .collect()
}
