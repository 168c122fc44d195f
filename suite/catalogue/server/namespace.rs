//! Namespaces: names that only look right, and right names in unusual spelling.

use super::Case;
use crate::message::{Edit, Place};
use crate::protocol::{AmbiguityId, InputClass, Nuance, RequirementId, names, req};

/// A name that resembles that of the messages namespace.
#[derive(Clone, Copy)]
struct NearMiss {
    /// Its word in ids.
    word: &'static str,
    /// The name as it is written in the attribute.
    uri: &'static str,
    /// What is odd about it.
    oddity: &'static str,
    /// What Disconnect in this namespace goes against.
    requirements: [RequirementId; 2],
    /// Whether the documents had it so for years.
    documented: bool,
    /// The ambiguity that Disconnect in this namespace lies on.
    ambiguity: Option<AmbiguityId>,
    /// Whether there is a case with Disconnect and CallId in it.
    both: bool,
}

const fn near(word: &'static str, uri: &'static str, oddity: &'static str) -> NearMiss {
    NearMiss {
        word,
        uri,
        oddity,
        requirements: [req::NEAR_MISS_NAMESPACE, req::DISCONNECT_ELEMENT],
        documented: false,
        ambiguity: None,
        both: false,
    }
}

const HTTPS: &str = "https://schemas.microsoft.com/exchange/services/2006/messages";

const NEAR_MISSES: &[NearMiss] = &[
    NearMiss {
        requirements: [req::HTTPS_NAMESPACE, req::NEAR_MISS_NAMESPACE],
        documented: true,
        ..near("https", HTTPS, "with https in place of http")
    },
    NearMiss {
        ambiguity: Some(AmbiguityId::MESSAGE_SINGULAR),
        both: true,
        ..near(
            "message-singular",
            "http://schemas.microsoft.com/exchange/services/2006/message",
            "that ends in message without s",
        )
    },
    NearMiss {
        both: true,
        ..near("types", "http://schemas.microsoft.com/exchange/services/2006/types", "of the types")
    },
    near("errors", "http://schemas.microsoft.com/exchange/services/2006/errors", "of the errors"),
    NearMiss {
        both: true,
        ..near(
            "trailing-slash",
            "http://schemas.microsoft.com/exchange/services/2006/messages/",
            "with a slash at the end",
        )
    },
    near(
        "trailing-number-sign",
        "http://schemas.microsoft.com/exchange/services/2006/messages#",
        "with a number sign at the end",
    ),
    near(
        "capital-messages",
        "http://schemas.microsoft.com/exchange/services/2006/Messages",
        "with a capital M in Messages",
    ),
    near(
        "year-2007",
        "http://schemas.microsoft.com/exchange/services/2007/messages",
        "with 2007 in place of 2006",
    ),
    near(
        "operation-appended",
        "http://schemas.microsoft.com/exchange/services/2006/messages/Disconnect",
        "that is the SOAPAction of the operation",
    ),
    near(
        "capital-scheme",
        "HTTP://schemas.microsoft.com/exchange/services/2006/messages",
        "with the scheme in capitals",
    ),
    near(
        "capitals-in-host",
        "http://Schemas.Microsoft.com/exchange/services/2006/messages",
        "with capitals in the host",
    ),
    near(
        "explicit-port",
        "http://schemas.microsoft.com:80/exchange/services/2006/messages",
        "with the default port written out",
    ),
    near(
        "www-host",
        "http://www.schemas.microsoft.com/exchange/services/2006/messages",
        "with www before the host",
    ),
    near(
        "doubled-slash",
        "http://schemas.microsoft.com//exchange/services/2006/messages",
        "with a slash doubled in the path",
    ),
    near(
        "percent-encoded-letter",
        "http://schemas.microsoft.com/exchange/services/2006/%6Dessages",
        "with a letter percent-encoded",
    ),
    near(
        "leading-blank",
        " http://schemas.microsoft.com/exchange/services/2006/messages",
        "with a blank before the name",
    ),
    near(
        "trailing-blank",
        "http://schemas.microsoft.com/exchange/services/2006/messages ",
        "with a blank after the name",
    ),
    near(
        "leading-tab",
        "\thttp://schemas.microsoft.com/exchange/services/2006/messages",
        "with a tab before the name, which becomes a space",
    ),
    near(
        "leading-line-feed",
        "\nhttp://schemas.microsoft.com/exchange/services/2006/messages",
        "with a line feed before the name, which becomes a space",
    ),
    near(
        "trailing-line-feed",
        "http://schemas.microsoft.com/exchange/services/2006/messages\n",
        "with a line feed after the name, which becomes a space",
    ),
    near(
        "line-feed-reference",
        "http://schemas.microsoft.com/exchange/services/2006/messages&#10;",
        "with a line feed after the name, written as a reference that stays",
    ),
    near(
        "no-break-space",
        "http://schemas.microsoft.com/exchange/services/2006/messages\u{A0}",
        "with a no-break space after the name",
    ),
    near(
        "soft-hyphen",
        "http://schemas.microsoft.com/exchange/services/2006/mess\u{AD}ages",
        "with a soft hyphen in messages",
    ),
    near(
        "cyrillic-letter",
        "http://schemas.microsoft.com/exchange/services/2006/mess\u{430}ges",
        "with a Cyrillic letter in place of a Latin one",
    ),
    NearMiss {
        requirements: [req::FOREIGN_OPERATION, req::NEAR_MISS_NAMESPACE],
        ..near(
            "wsman-shell",
            "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
            "of the WS-Management shell",
        )
    },
    near("soap-envelope", names::ENVELOPE, "of the SOAP envelope"),
    near(
        "urn-microsoft",
        "urn:schemas-microsoft-com:exchange:services:2006:messages",
        "in the urn form of old schemas",
    ),
];

pub(super) fn cases() -> Vec<Case> {
    [disconnect(), call_id(), both(), envelope_prefixes(), operation_prefixes(), declarations()].concat()
}

impl NearMiss {
    /// What the decision table makes an exception for, if it does.
    fn nuance(&self) -> Option<Nuance> {
        if self.documented { Some(Nuance::HttpsSpelling) } else { Nuance::of_namespace(self.uri) }
    }

    /// The case, with what the documents leave open about Disconnect in this namespace.
    fn open(&self, mut case: Case) -> Case {
        case.nuance = self.nuance();
        case.ambiguity = self.ambiguity;
        case
    }
}

fn bind(place: Place, uri: &str) -> Edit {
    Edit::Namespace(place, uri.to_owned())
}

/// Only Disconnect is off; CallId is pinned to where it belongs.
fn disconnect() -> Vec<Case> {
    let mut cases: Vec<Case> = NEAR_MISSES
        .iter()
        .map(|miss| {
            let case = Case::request(
                format!("namespace/disconnect-{}", miss.word),
                format!("Disconnect is in a namespace {}, CallId in the right one.", miss.oddity),
                InputClass::OperationName,
                &miss.requirements,
                vec![bind(Place::Operation, miss.uri), bind(Place::CallId, names::MESSAGES)],
            );
            miss.open(case)
        })
        .collect();
    cases.push(Case::request(
        "namespace/disconnect-none",
        "Disconnect is in no namespace because of an empty declaration, CallId in the right one.",
        InputClass::OperationName,
        &[req::NEAR_MISS_NAMESPACE, req::BODY_CHILD_QUALIFIED, req::DISCONNECT_ELEMENT],
        vec![bind(Place::Operation, ""), bind(Place::CallId, names::MESSAGES)],
    ));
    cases
}

/// Only CallId is off.
fn call_id() -> Vec<Case> {
    let mut cases: Vec<Case> = NEAR_MISSES
        .iter()
        .map(|miss| {
            let other = if miss.documented { req::HTTPS_NAMESPACE } else { req::NEAR_MISS_NAMESPACE };
            let case = Case::request(
                format!("namespace/call-id-{}", miss.word),
                format!("CallId is in a namespace {}, Disconnect in the right one.", miss.oddity),
                InputClass::CallIdNamespace,
                &[req::CALL_ID_NAMESPACE, other],
                vec![bind(Place::CallId, miss.uri)],
            );
            case.nuance_if(miss.nuance())
        })
        .collect();
    cases.push(Case::request(
        "namespace/call-id-undeclared-default",
        "CallId has an empty namespace declaration and so is in no namespace.",
        InputClass::CallIdNamespace,
        &[req::CALL_ID_NAMESPACE],
        vec![bind(Place::CallId, "")],
    ));
    let unprefixed =
        format!(r#"<m:Disconnect xmlns:m="{}"><CallId>{{id}}</CallId></m:Disconnect>"#, names::MESSAGES);
    cases.push(Case::request(
        "namespace/call-id-unprefixed",
        "CallId has no prefix under m:Disconnect, and there is no default namespace for it.",
        InputClass::CallIdNamespace,
        &[req::CALL_ID_NAMESPACE],
        vec![Edit::Replace(Place::Operation, unprefixed)],
    ));
    cases
}

/// Disconnect and CallId alike.
fn both() -> Vec<Case> {
    let mut cases = vec![
        Case::request(
            "namespace/both-https",
            "Disconnect and CallId are in the namespace with https in place of http, as documented for years.",
            InputClass::OperationName,
            &[req::HTTPS_NAMESPACE, req::NEAR_MISS_NAMESPACE],
            vec![bind(Place::Operation, HTTPS)],
        )
        .nuance(Nuance::HttpsSpelling),
        Case::request(
            "namespace/both-none",
            "Disconnect and CallId are in no namespace because of an empty declaration.",
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::BODY_CHILD_QUALIFIED, req::DISCONNECT_ELEMENT],
            vec![bind(Place::Operation, "")],
        ),
        Case::request(
            "namespace/everything-https",
            "Envelope, Disconnect and CallId are in namespaces with https, as on archived pages.",
            InputClass::EnvelopeNamespace,
            &[req::VERSION_MISMATCH, req::HTTPS_NAMESPACE],
            vec![
                bind(Place::Envelope, "https://schemas.xmlsoap.org/soap/envelope/"),
                bind(Place::Operation, HTTPS),
            ],
        )
        .ambiguity(AmbiguityId::HTTPS_ENVELOPE),
        // Whoever tells a name in a fault must escape it.
        Case::request(
            "namespace/both-with-ampersand",
            "Disconnect and CallId are in a namespace with an ampersand, escaped.",
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::DISCONNECT_ELEMENT],
            vec![bind(Place::Operation, "urn:umspec:um?a=1&amp;b=2")],
        ),
        Case::request(
            "namespace/both-with-less-than",
            "Disconnect and CallId are in a namespace with a less-than sign, escaped.",
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::DISCONNECT_ELEMENT],
            vec![bind(Place::Operation, "urn:umspec:a&lt;b")],
        )
        .nuance(Nuance::NamespaceNoUri),
        Case::request(
            "namespace/both-undeclared",
            "Disconnect and CallId have no prefix, and there is no default namespace.",
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::BODY_CHILD_QUALIFIED, req::DISCONNECT_ELEMENT],
            vec![Edit::Content(Place::Body, "<Disconnect><CallId>{id}</CallId></Disconnect>".to_owned())],
        ),
    ];
    cases.extend(NEAR_MISSES.iter().filter(|miss| miss.both).map(|miss| {
        let case = Case::request(
            format!("namespace/both-{}", miss.word),
            format!("Disconnect and CallId are in a namespace {}.", miss.oddity),
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::DISCONNECT_ELEMENT],
            vec![bind(Place::Operation, miss.uri)],
        );
        miss.open(case)
    }));
    cases
}

fn legal(name: &str, about: &str, edits: Vec<Edit>) -> Case {
    Case::request(
        format!("namespace/{name}"),
        about.to_owned(),
        InputClass::Valid,
        &[req::PREFIX_FREELY_CHOSEN],
        edits,
    )
}

/// The envelope with other prefixes.
fn envelope_prefixes() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("s", "s"),
        ("x", "x"),
        ("soapenv", "soapenv"),
        ("soap-env-in-capitals", "SOAP-ENV"),
        ("accented", "\u{E9}"),
        ("xsi", "xsi"),
    ]
    .into_iter()
    .map(|(word, prefix)| {
        Case::request(
            format!("namespace/envelope-prefix-{word}"),
            format!("The SOAP namespace has the prefix {prefix}."),
            InputClass::Valid,
            &[req::PREFIX_FREELY_CHOSEN],
            vec![Edit::Prefix(Place::Envelope, prefix.to_owned())],
        )
    })
    .collect();
    cases.push(legal(
        "envelope-default",
        "The SOAP namespace is the default namespace on Envelope.",
        vec![Edit::Prefix(Place::Envelope, String::new())],
    ));
    cases.push(legal(
        "envelope-prefix-of-a-thousand-characters",
        "The SOAP namespace has a prefix of 1,000 characters.",
        vec![Edit::Prefix(Place::Envelope, "p".repeat(1_000))],
    ));
    cases.push(legal(
        "prefixes-swapped",
        "The prefix soap is bound to the messages namespace, and m to that of SOAP.",
        vec![
            Edit::Prefix(Place::Envelope, "m".to_owned()),
            Edit::Prefix(Place::Operation, "soap".to_owned()),
        ],
    ));
    cases
}

/// Disconnect and CallId with prefixes.
fn operation_prefixes() -> Vec<Case> {
    let messages = |prefix: &str| format!(r#" xmlns:{prefix}="{}""#, names::MESSAGES);
    let prefixed = "<m:Disconnect><m:CallId>{id}</m:CallId></m:Disconnect>".to_owned();
    let prefix = |prefix: &str| vec![Edit::Prefix(Place::Operation, prefix.to_owned())];
    vec![
        legal(
            "messages-prefix-on-disconnect",
            "Disconnect declares the prefix m that it and CallId have.",
            prefix("m"),
        ),
        legal(
            "messages-prefix-on-body",
            "Body declares the prefix m that Disconnect and CallId have.",
            vec![Edit::Attributes(Place::Body, messages("m")), Edit::Content(Place::Body, prefixed.clone())],
        ),
        legal(
            "messages-prefix-on-envelope",
            "Envelope declares the prefix m that Disconnect and CallId have.",
            vec![Edit::Attributes(Place::Envelope, messages("m")), Edit::Content(Place::Body, prefixed)],
        ),
        legal(
            "messages-prefix-on-call-id",
            "CallId declares its own prefix m for the namespace that is the default around it.",
            vec![Edit::Content(Place::Operation, format!("<m:CallId{}>{{id}}</m:CallId>", messages("m")))],
        ),
        legal(
            "messages-default-on-envelope",
            "Envelope declares the messages namespace as the default for Disconnect and CallId.",
            vec![
                Edit::Attributes(Place::Envelope, format!(r#" xmlns="{}""#, names::MESSAGES)),
                Edit::Content(Place::Body, "<Disconnect><CallId>{id}</CallId></Disconnect>".to_owned()),
            ],
        ),
        legal(
            "messages-two-prefixes",
            "Disconnect and CallId have two different prefixes for the one messages namespace.",
            vec![
                Edit::Attributes(Place::Envelope, messages("m") + &messages("n")),
                Edit::Content(
                    Place::Body,
                    "<m:Disconnect><n:CallId>{id}</n:CallId></m:Disconnect>".to_owned(),
                ),
            ],
        ),
        legal(
            "messages-prefixes-differing-in-case",
            "The prefix M is bound to the messages namespace and m to that of the types.",
            vec![
                Edit::Attributes(Place::Envelope, messages("M") + &format!(r#" xmlns:m="{}""#, names::TYPES)),
                Edit::Content(
                    Place::Body,
                    "<M:Disconnect><M:CallId>{id}</M:CallId></M:Disconnect>".to_owned(),
                ),
            ],
        ),
        legal(
            "messages-prefix-like-that-of-envelope",
            "Disconnect binds the prefix soap, which Envelope has, to the messages namespace.",
            prefix("soap"),
        ),
        legal("messages-prefix-xsi", "The prefix xsi is bound to the messages namespace.", prefix("xsi")),
        legal(
            "messages-prefix-accented",
            "The messages namespace has a prefix that is not ASCII.",
            prefix("\u{E9}"),
        ),
    ]
}

/// Declarations that change nothing.
fn declarations() -> Vec<Case> {
    let unused = format!(
        r#" xmlns:xsi="{}" xmlns:xsd="{}" xmlns:t="{}" xmlns:u="urn:umspec:unused""#,
        names::XSI,
        names::XSD,
        names::TYPES,
    );
    vec![
        legal(
            "declarations-unused",
            "Envelope declares four prefixes that nothing has.",
            vec![Edit::Attributes(Place::Envelope, unused.clone())],
        ),
        legal(
            "declaration-repeated-at-every-level",
            "Body, Disconnect and CallId declare the prefix soap again, with the same namespace.",
            [Place::Body, Place::Operation, Place::CallId]
                .into_iter()
                .map(|place| Edit::Attributes(place, format!(r#" xmlns:soap="{}""#, names::ENVELOPE)))
                .collect(),
        ),
        legal(
            "declaration-of-xml",
            "Envelope declares the prefix xml with the one namespace it may have.",
            vec![Edit::Attributes(Place::Envelope, format!(r#" xmlns:xml="{}""#, names::XML))],
        ),
    ]
}
