//! The envelope: its namespace, what stands in it and in which order.

use super::{Case, Part};
use crate::message::{Close, Edit, Place};
use crate::protocol::{AmbiguityId, InputClass, Nuance, RequirementId, names, req};

/// Namespaces that are not that of SOAP 1.1: word for the id, name, and what it is.
const FOREIGN: &[(&str, &str, &str)] = &[
    (
        "without-last-slash",
        "http://schemas.xmlsoap.org/soap/envelope",
        "the SOAP namespace without its last slash",
    ),
    ("capital-envelope", "http://schemas.xmlsoap.org/soap/Envelope/", "the SOAP namespace with a capital E"),
    ("in-capitals", "HTTP://SCHEMAS.XMLSOAP.ORG/SOAP/ENVELOPE/", "the SOAP namespace in capitals"),
    ("leading-blank", " http://schemas.xmlsoap.org/soap/envelope/", "the SOAP namespace after a blank"),
    ("trailing-blank", "http://schemas.xmlsoap.org/soap/envelope/ ", "the SOAP namespace before a blank"),
    (
        "cyrillic-letter",
        "http://schemas.xmlsoap.org/s\u{43E}ap/envelope/",
        "the SOAP namespace with a Cyrillic letter",
    ),
    ("soap-of-wsdl", "http://schemas.xmlsoap.org/wsdl/soap/", "the namespace of the SOAP binding of WSDL"),
    ("soap-encoding", "http://schemas.xmlsoap.org/soap/encoding/", "the namespace of the SOAP encoding"),
    ("draft-september-2001", "http://www.w3.org/2001/09/soap-envelope", "a draft namespace of SOAP 1.2"),
    ("draft-december-2001", "http://www.w3.org/2001/12/soap-envelope", "a draft namespace of SOAP 1.2"),
    ("draft-june-2002", "http://www.w3.org/2002/06/soap-envelope", "a draft namespace of SOAP 1.2"),
    ("draft-december-2002", "http://www.w3.org/2002/12/soap-envelope", "a draft namespace of SOAP 1.2"),
    ("messages", names::MESSAGES, "the messages namespace"),
];

/// A second operation of the same service, without effect on calls.
const IS_UM_ENABLED: &str =
    r#"<IsUMEnabled xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"/>"#;

/// An element that means nothing to anybody.
const FOREIGN_ELEMENT: &str = r#"<x:extra xmlns:x="urn:umspec:extra">1</x:extra>"#;

pub(super) fn cases() -> Vec<Case> {
    [
        foreign_namespaces(),
        no_namespace(),
        roots(),
        bodies(),
        body_children(),
        text(),
        headers(),
        trailers(),
        encoding_style(),
        attributes(),
    ]
    .concat()
    .into_iter()
    .map(|case| case.part(Part::Envelope))
    .collect()
}

fn case(
    name: &str,
    about: &str,
    class: InputClass,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    Case::request(format!("envelope/{name}"), about.to_owned(), class, requirements, edits)
}

fn first(place: Place, markup: &str) -> Edit {
    Edit::First(place, markup.to_owned())
}

fn last(place: Place, markup: &str) -> Edit {
    Edit::Last(place, markup.to_owned())
}

fn before(place: Place, markup: &str) -> Edit {
    Edit::Before(place, markup.to_owned())
}

fn after(place: Place, markup: &str) -> Edit {
    Edit::After(place, markup.to_owned())
}

fn foreign_namespaces() -> Vec<Case> {
    let foreign = |word: &str, uri: &str, what: &str| {
        case(
            &format!("namespace-{word}"),
            &format!("Envelope and Body are in {what}."),
            InputClass::EnvelopeNamespace,
            &[req::VERSION_MISMATCH],
            vec![Edit::Namespace(Place::Envelope, uri.to_owned())],
        )
    };
    let https = "https://schemas.xmlsoap.org/soap/envelope/";
    let mut cases = vec![
        foreign("https", https, "the SOAP namespace with https in place of http")
            .ambiguity(AmbiguityId::HTTPS_ENVELOPE),
    ];
    cases.extend(FOREIGN.iter().map(|&(word, uri, what)| {
        let case = foreign(word, uri, what);
        case.nuance_if(Nuance::of_namespace(uri))
    }));
    let soap12 = || vec![Edit::Namespace(Place::Envelope, names::ENVELOPE_12.to_owned())];
    let typed = |media_type: &str| {
        let mut edits = soap12();
        edits.push(Edit::HttpHeader("content-type".to_owned(), Some(media_type.to_owned())));
        edits
    };
    cases.extend(
        [
            ("soap12", "Envelope and Body are in the namespace of SOAP 1.2, labelled text/xml.", soap12()),
            (
                "soap12-media-type",
                "Envelope and Body are in the namespace of SOAP 1.2, labelled application/soap+xml.",
                typed("application/soap+xml; charset=utf-8"),
            ),
            (
                "soap12-media-type-with-action",
                "The request is one of SOAP 1.2, with the action as a parameter of the media type.",
                {
                    let mut edits = typed(&format!(
                        "application/soap+xml; charset=utf-8; action=\"{}/Disconnect\"",
                        names::MESSAGES
                    ));
                    edits.push(Edit::HttpHeader("soapaction".to_owned(), None));
                    edits
                },
            ),
        ]
        .into_iter()
        .map(|(name, about, edits)| {
            case(
                name,
                about,
                InputClass::EnvelopeNamespace,
                &[req::VERSION_MISMATCH, req::VERSION_MISMATCH_FORM],
                edits,
            )
            .nuance(if name == "soap12" {
                Nuance::Soap12Envelope
            } else {
                Nuance::Soap12MediaType
            })
        }),
    );
    cases
}

fn no_namespace() -> Vec<Case> {
    let bare = Edit::Prefix(Place::Envelope, String::new());
    let none = Edit::Namespace(Place::Envelope, String::new());
    let body = format!(r#"<b:Body xmlns:b="{}">"#, names::ENVELOPE);
    let call = format!(r#"<Disconnect xmlns="{}"><CallId>{{id}}</CallId></Disconnect>"#, names::MESSAGES);
    vec![
        case(
            "namespace-none",
            "Envelope and Body are in no namespace because of an empty declaration.",
            InputClass::EnvelopeNoNamespace,
            &[req::ENVELOPE_WITHOUT_NAMESPACE],
            vec![bare.clone(), none.clone()],
        ),
        case(
            "namespace-undeclared",
            "Envelope and Body have no prefix, and there is no declaration.",
            InputClass::EnvelopeNoNamespace,
            &[req::ENVELOPE_WITHOUT_NAMESPACE],
            vec![Edit::Whole(format!("<Envelope><Body>{call}</Body></Envelope>"))],
        ),
        case(
            "namespace-none-anywhere",
            "Envelope, Body, Disconnect and CallId are all in no namespace.",
            InputClass::EnvelopeNoNamespace,
            &[req::NEAR_MISS_NAMESPACE, req::BODY_CHILD_QUALIFIED, req::ENVELOPE_WITHOUT_NAMESPACE],
            vec![bare.clone(), none.clone(), Edit::Namespace(Place::Operation, String::new())],
        )
        // The envelope may pass for a right one, Disconnect may not.
        .nuance(Nuance::MustRefuse),
        case(
            "namespace-none-on-envelope-only",
            "Envelope is in no namespace, Body in that of SOAP.",
            InputClass::EnvelopeNoNamespace,
            &[req::ENVELOPE_WITHOUT_NAMESPACE],
            vec![Edit::Whole(format!("<Envelope>{body}{call}</b:Body></Envelope>"))],
        ),
        case(
            "namespace-none-on-body-only",
            "Envelope is in the SOAP namespace, Body in none.",
            InputClass::BodyShape,
            &[req::ONE_BODY],
            vec![bare, Edit::Namespace(Place::Body, String::new())],
        ),
    ]
}

fn roots() -> Vec<Case> {
    let call = format!(r#"<Disconnect xmlns="{}"><CallId>{{id}}</CallId></Disconnect>"#, names::MESSAGES);
    let body = format!(r#"<soap:Body xmlns:soap="{}">{call}</soap:Body>"#, names::ENVELOPE);
    let rename = |name: &str| vec![Edit::Rename(Place::Envelope, name.to_owned())];
    [
        ("root-disconnect", "The root element is Disconnect, without any envelope.", vec![Edit::Whole(call)]),
        ("root-body", "The root element is Body, without Envelope.", vec![Edit::Whole(body)]),
        ("root-lower-case", "The root element is envelope in lower case.", rename("envelope")),
    ]
    .into_iter()
    .map(|(name, about, edits)| case(name, about, InputClass::BodyShape, &[req::ENVELOPE_ROOT], edits))
    .collect()
}

fn bodies() -> Vec<Case> {
    let rename = |name: &str| vec![Edit::Rename(Place::Body, name.to_owned())];
    let foreign = |uri: &str| {
        vec![Edit::Prefix(Place::Body, "b".to_owned()), Edit::Namespace(Place::Body, uri.to_owned())]
    };
    let mut cases: Vec<Case> = [
        ("body-missing", "Envelope is empty.", vec![Edit::Delete(Place::Body)]),
        (
            "self-closed",
            "Envelope is an empty-element tag.",
            vec![Edit::Delete(Place::Body), Edit::Close(Place::Envelope, Close::Empty)],
        ),
        (
            "body-left-out-around-disconnect",
            "Disconnect is a child of Envelope, without Body.",
            vec![Edit::Replace(
                Place::Body,
                format!(r#"<Disconnect xmlns="{}"><CallId>{{id}}</CallId></Disconnect>"#, names::MESSAGES),
            )],
        ),
        ("body-twice", "Two identical Bodies stand in Envelope.", vec![Edit::Duplicate(Place::Body)]),
        (
            "body-in-header",
            "The only Body is inside Header.",
            vec![before(Place::Body, "<soap:Header>"), after(Place::Body, "</soap:Header>")],
        ),
        ("body-in-messages-namespace", "Body is in the messages namespace.", foreign(names::MESSAGES)),
        ("body-in-soap12-namespace", "Body is in the namespace of SOAP 1.2.", foreign(names::ENVELOPE_12)),
        ("body-in-upper-case", "Body is spelled BODY.", rename("BODY")),
    ]
    .into_iter()
    .map(|(name, about, edits)| case(name, about, InputClass::BodyShape, &[req::ONE_BODY], edits))
    .collect();
    // What has no content can be taken for what is out of its place, and be passed over.
    for (name, about, edit) in [
        ("body-and-empty-body", "An empty Body follows Body.", after(Place::Body, "<soap:Body/>")),
        ("empty-body-and-body", "An empty Body stands before Body.", before(Place::Body, "<soap:Body/>")),
    ] {
        cases.push(case(name, about, InputClass::Trailer, &[req::ONE_BODY], vec![edit]));
    }
    cases.push(case(
        "body-in-body",
        "Body holds another Body, which holds Disconnect.",
        // One Body stands in Envelope; its child is not Disconnect.
        InputClass::OperationName,
        &[req::ONE_BODY, req::DISCONNECT_ELEMENT],
        vec![first(Place::Body, "<soap:Body>"), last(Place::Body, "</soap:Body>")],
    ));
    cases
}

fn body_children() -> Vec<Case> {
    let fault = "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>f</faultstring></soap:Fault>";
    let mut cases: Vec<Case> = [
        (
            "body-empty",
            "Body has a start and an end tag and nothing between.",
            Edit::Content(Place::Body, String::new()),
        ),
        ("body-empty-tag", "Body is an empty-element tag.", Edit::Close(Place::Body, Close::Empty)),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(name, about, InputClass::BodyShape, &[req::DISCONNECT_ELEMENT, req::ONE_BODY_CHILD], vec![edit])
    })
    .collect();
    cases.extend(
        [
            ("disconnect-twice", "Body holds two identical Disconnects.", Edit::Duplicate(Place::Operation)),
            (
                "disconnect-then-foreign",
                "A foreign element follows Disconnect in Body.",
                after(Place::Operation, FOREIGN_ELEMENT),
            ),
            (
                "foreign-then-disconnect",
                "A foreign element stands before Disconnect in Body.",
                before(Place::Operation, FOREIGN_ELEMENT),
            ),
            (
                "disconnect-then-operation",
                "The element of another operation follows Disconnect in Body.",
                after(Place::Operation, IS_UM_ENABLED),
            ),
            ("disconnect-then-fault", "A Fault follows Disconnect in Body.", after(Place::Operation, fault)),
        ]
        .into_iter()
        .map(|(name, about, edit)| {
            case(
                name,
                about,
                InputClass::BodyShape,
                &[req::ONE_BODY_CHILD, req::DISCONNECT_ELEMENT],
                vec![edit],
            )
        }),
    );
    cases
}

fn text() -> Vec<Case> {
    [
        ("text-at-start-of-envelope", "Text stands before Body in Envelope.", first(Place::Envelope, "text")),
        ("text-at-end-of-envelope", "Text follows Body in Envelope.", last(Place::Envelope, "text")),
        ("text-in-header", "Header holds text.", Edit::Header("text".to_owned())),
        (
            "text-between-header-and-body",
            "Text stands between Header and Body.",
            before(Place::Body, "<soap:Header/>text"),
        ),
        ("text-before-disconnect", "Text stands before Disconnect in Body.", first(Place::Body, "text")),
        ("text-after-disconnect", "Text follows Disconnect in Body.", last(Place::Body, "text")),
        (
            "text-no-break-space-after-disconnect",
            "A no-break space, no white space of XML, follows Disconnect.",
            last(Place::Body, "\u{A0}"),
        ),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(name, about, InputClass::ExtraSibling, &[req::NO_TEXT_BETWEEN_ELEMENTS], vec![edit])
            .nuance(Nuance::OuterText)
    })
    .collect()
}

fn headers() -> Vec<Case> {
    use InputClass as C;
    let entry = r#"<h:note xmlns:h="urn:umspec:note">1</h:note>"#;
    let header = format!("<soap:Header>{entry}</soap:Header>");
    [
        ("header-empty", "An empty Header stands before Body.", C::Valid, vec![Edit::Header(String::new())]),
        (
            "header-empty-tag",
            "A Header that is an empty-element tag stands before Body.",
            C::Valid,
            vec![Edit::Before(Place::Body, "<soap:Header/>".to_owned())],
        ),
        (
            "header-filled",
            "A Header with one optional entry stands before Body.",
            C::Valid,
            vec![Edit::Header(entry.to_owned())],
        ),
        (
            "header-twice",
            "Two Headers stand before Body.",
            C::Trailer,
            vec![Edit::Header(String::new()), Edit::Header(String::new())],
        ),
        (
            "header-after-body",
            "Header follows Body.",
            C::Trailer,
            vec![Edit::After(Place::Body, header.clone())],
        ),
        (
            "header-before-and-after-body",
            "A second Header follows Body.",
            C::Trailer,
            vec![Edit::Header(String::new()), Edit::After(Place::Body, header)],
        ),
        (
            "foreign-before-body",
            "A foreign element stands before Body, without Header.",
            C::Trailer,
            vec![Edit::Before(Place::Body, FOREIGN_ELEMENT.to_owned())],
        ),
        (
            "foreign-between-header-and-body",
            "A foreign element stands between Header and Body.",
            C::Trailer,
            vec![Edit::Before(Place::Body, format!("<soap:Header/>{FOREIGN_ELEMENT}"))],
        ),
    ]
    .into_iter()
    .map(|(name, about, class, edits)| case(name, about, class, &[req::HEADER_BEFORE_BODY], edits))
    .collect()
}

fn trailers() -> Vec<Case> {
    let signature =
        r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>"#;
    [
        ("trailer-qualified", "An element of a foreign namespace follows Body.", FOREIGN_ELEMENT),
        ("trailer-unqualified", "An element in no namespace follows Body.", "<extra>1</extra>"),
        ("trailer-like-a-signature", "An element like a signature block follows Body.", signature),
    ]
    .into_iter()
    .map(|(name, about, markup)| {
        case(
            name,
            about,
            InputClass::Trailer,
            &[req::NOTHING_AFTER_BODY],
            vec![Edit::After(Place::Body, markup.to_owned())],
        )
    })
    .map(|case| if case.id.ends_with("-unqualified") { case } else { case.nuance(Nuance::QualifiedTrailer) })
    .collect()
}

fn encoding_style() -> Vec<Case> {
    let encoding = "http://schemas.xmlsoap.org/soap/encoding/";
    [
        ("envelope", Place::Envelope, encoding, "Envelope has encodingStyle with the SOAP encoding."),
        ("body", Place::Body, encoding, "Body has encodingStyle with the SOAP encoding."),
        ("disconnect", Place::Operation, encoding, "Disconnect has encodingStyle with the SOAP encoding."),
        ("call-id", Place::CallId, encoding, "CallId has encodingStyle with the SOAP encoding."),
        ("empty", Place::Envelope, "", "Envelope has an empty encodingStyle, which claims nothing."),
        (
            "unknown",
            Place::Envelope,
            "urn:umspec:encoding",
            "Envelope has encodingStyle with an unknown encoding.",
        ),
    ]
    .into_iter()
    .map(|(word, place, value, about)| {
        let attribute = format!(r#" soap:encodingStyle="{value}""#);
        let edits = vec![Edit::Attributes(place, attribute)];
        case(&format!("encoding-style-{word}"), about, InputClass::Valid, &[req::NO_ENCODING_STYLE], edits)
            .recorded()
    })
    .collect()
}

fn attributes() -> Vec<Case> {
    let must = r#" soap:mustUnderstand="1""#;
    let actor = r#" soap:actor="urn:umspec:other""#;
    let on = |place, attribute: &str| Edit::Attributes(place, attribute.to_owned());
    let header = |attribute: &str| Edit::Before(Place::Body, format!("<soap:Header{attribute}/>"));
    // The envelope schema has no room for them on Envelope and Header, but on Body any attribute may stand.
    let elsewhere = [
        ("must-understand-on-envelope", "Envelope has mustUnderstand.", on(Place::Envelope, must), true),
        ("must-understand-on-header", "Header itself has mustUnderstand.", header(must), true),
        ("must-understand-on-body", "Body has mustUnderstand.", on(Place::Body, must), false),
        ("actor-on-envelope", "Envelope has an actor.", on(Place::Envelope, actor), true),
        ("actor-on-header", "Header itself has an actor.", header(actor), true),
        ("actor-on-body", "Body has an actor.", on(Place::Body, actor), false),
    ];
    let elsewhere = elsewhere.map(|(name, about, edit, no_room)| {
        let rows = &[req::HEADER_ATTRIBUTES_ELSEWHERE, req::NO_SOAP_ATTRIBUTES];
        let case = case(name, about, InputClass::OptionalHeader, rows, vec![edit]);
        if no_room { case.nuance(Nuance::MisplacedAttribute) } else { case }
    });
    let others = [
        (
            "soap-attribute-on-envelope",
            Place::Envelope,
            r#" soap:foo="1""#,
            "Envelope has an unknown attribute of SOAP.",
        ),
        (
            "unqualified-attribute-on-envelope",
            Place::Envelope,
            r#" foo="1""#,
            "Envelope has an unqualified attribute.",
        ),
        (
            "foreign-attribute-on-body",
            Place::Body,
            r#" xmlns:x="urn:umspec:attribute" x:Id="body""#,
            "Body has an attribute of a foreign namespace, as signed messages do.",
        ),
    ];
    let others = others.map(|(name, place, attribute, about)| {
        let edits = vec![on(place, attribute)];
        case(name, about, InputClass::Valid, &[req::NO_SOAP_ATTRIBUTES], edits).recorded()
    });
    elsewhere.into_iter().chain(others).collect()
}
