//! Header entries: those that must be understood, those that need not, and which fault comes first.

use super::{Case, Part};
use crate::message::{Edit, Place};
use crate::protocol::{AmbiguityId, InputClass, Nuance, RequirementId, names, req};

const WSA: &str = "http://www.w3.org/2005/08/addressing";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

pub(super) fn cases() -> Vec<Case> {
    [
        mandatory(),
        before_any_effect(),
        known_headers(),
        harmless(),
        not_mandatory(),
        other_actors(),
        lexical(),
        unqualified(),
        precedence(),
    ]
    .concat()
    .into_iter()
    .map(|case| case.part(Part::Envelope))
    .collect()
}

/// A header entry that no service knows, with these attributes.
fn unknown(attributes: &str) -> String {
    format!(r#"<h:unknown xmlns:h="urn:umspec:unknown"{attributes}>1</h:unknown>"#)
}

fn with_header(
    name: &str,
    about: &str,
    class: InputClass,
    requirements: &[RequirementId],
    content: &str,
) -> Case {
    Case::request(
        format!("header/{name}"),
        about.to_owned(),
        class,
        requirements,
        vec![Edit::Header(content.to_owned())],
    )
}

fn mandatory() -> Vec<Case> {
    let must = unknown(r#" soap:mustUnderstand="1""#);
    let harmless = unknown("");
    let actor = |uri: &str| unknown(&format!(r#" soap:mustUnderstand="1" soap:actor="{uri}""#));
    let soap = names::ENVELOPE;
    let role =
        format!(r#" xmlns:n="{}" soap:mustUnderstand="1" n:role="urn:umspec:other""#, names::ENVELOPE_12);
    let named = |uri: &str| format!(r#"<h:unknown xmlns:h="{uri}" soap:mustUnderstand="1">1</h:unknown>"#);
    [
        ("mandatory", "An unknown entry has mustUnderstand 1 and no actor.", must.clone()),
        // Whoever tells a name in a fault must escape it.
        (
            "mandatory-name-with-ampersand",
            "An unknown entry with mustUnderstand 1 is in a namespace with an ampersand, escaped.",
            named("urn:umspec:um?a=1&amp;b=2"),
        ),
        (
            "mandatory-name-with-less-than",
            "An unknown entry with mustUnderstand 1 is in a namespace with a less-than sign, escaped.",
            named("urn:umspec:a&lt;b"),
        ),
        ("mandatory-empty-actor", "An unknown entry has mustUnderstand 1 and an empty actor.", actor("")),
        (
            "mandatory-next-actor",
            "An unknown entry has mustUnderstand 1 and is addressed to the next receiver.",
            actor(names::ACTOR_NEXT),
        ),
        (
            "mandatory-soap12-role",
            "An unknown entry has mustUnderstand 1 and a role of SOAP 1.2, which is no actor.",
            unknown(&role),
        ),
        (
            "mandatory-after-optional",
            "An unknown entry with mustUnderstand 1 follows an optional one.",
            format!("{harmless}{must}"),
        ),
        (
            "mandatory-after-entry-for-another",
            "An unknown mandatory entry follows one that is addressed to another actor.",
            format!("{}{must}", actor("urn:umspec:other")),
        ),
        (
            "mandatory-other-prefix",
            "An unknown entry has mustUnderstand 1 with another prefix for the SOAP namespace.",
            unknown(&format!(r#" xmlns:q="{soap}" q:mustUnderstand="1""#)),
        ),
        (
            "mandatory-as-reference",
            "An unknown entry has mustUnderstand with 1 written as a character reference.",
            unknown(r#" soap:mustUnderstand="&#49;""#),
        ),
    ]
    .into_iter()
    .map(|(name, about, content)| {
        let case = with_header(name, about, InputClass::MandatoryHeader, &[req::MUST_UNDERSTAND], &content);
        match name {
            // Whom an empty actor names is open (contradiction C28).
            "mandatory-empty-actor" => case.recorded().ambiguity(AmbiguityId::EMPTY_ACTOR),
            "mandatory-name-with-less-than" => case.nuance(Nuance::NamespaceNoUri),
            _ => case,
        }
    })
    .collect()
}

/// Servers that read as they go must not have acted when they come to refuse.
fn before_any_effect() -> Vec<Case> {
    let must = unknown(r#" soap:mustUnderstand="1""#);
    let header = Edit::Header(must.clone());
    let case = |name: &str, about: &str, edits: Vec<Edit>| {
        Case::request(
            format!("header/{name}"),
            about.to_owned(),
            InputClass::MandatoryHeader,
            &[req::HEADERS_CHECKED_FIRST, req::MUST_UNDERSTAND],
            edits,
        )
    };
    vec![
        case(
            "mandatory-before-large-body",
            "An unknown mandatory entry stands before a Body with 32 KiB of white space after Disconnect.",
            vec![header.clone(), Edit::Last(Place::Body, "\n".repeat(32 * 1024))],
        ),
        case(
            "mandatory-after-large-entry",
            "An unknown mandatory entry follows an optional one with 4,000 characters.",
            vec![Edit::Header(format!(
                r#"<h:large xmlns:h="urn:umspec:large">{}</h:large>{must}"#,
                "x".repeat(4_000)
            ))],
        ),
    ]
}

/// Headers of related protocols, none of them mandatory.
fn known_headers() -> Vec<Case> {
    let versions = [
        "Exchange2007",
        "Exchange2007_SP1",
        "Exchange2010",
        "Exchange2010_SP1",
        "Exchange2010_SP2",
        "Exchange2013",
        "Exchange2013_SP1",
        "Exchange2016",
        "Exchange2099",
    ];
    let mut cases: Vec<Case> = versions
        .into_iter()
        .map(|version| {
            let word = version.to_ascii_lowercase().replace('_', "-");
            with_header(
                &format!("server-version-{word}"),
                &format!("The EWS header RequestServerVersion asks for {version}."),
                InputClass::OptionalHeader,
                &[req::OPTIONAL_HEADER_IGNORED],
                &format!(r#"<t:RequestServerVersion xmlns:t="{}" Version="{version}"/>"#, names::TYPES),
            )
        })
        .collect();
    let wsa = |local: &str, value: &str| format!(r#"<wsa:{local} xmlns:wsa="{WSA}">{value}</wsa:{local}>"#);
    let message_id = wsa("MessageID", "urn:uuid:00000000-0000-4000-8000-000000000000");
    let action = wsa("Action", &format!("{}/Disconnect", names::MESSAGES));
    let to = wsa("To", "http://umspec.invalid/EWS/UM2007Legacy.asmx");
    let culture = format!(r#"<t:MailboxCulture xmlns:t="{}">en-US</t:MailboxCulture>"#, names::TYPES);
    let user = "<wsse:UsernameToken><wsse:Username>umspec</wsse:Username></wsse:UsernameToken>";
    let security = format!(r#"<wsse:Security xmlns:wsse="{WSSE}">{user}</wsse:Security>"#);
    cases.extend(
        [
            ("mailbox-culture", "The EWS header MailboxCulture is there.", culture),
            ("addressing-message-id", "The WS-Addressing header MessageID is there.", message_id),
            ("addressing-action", "The WS-Addressing header Action names the operation.", action),
            ("addressing-to", "The WS-Addressing header To names another endpoint.", to),
            ("security-optional", "A WS-Security header without mustUnderstand is there.", security),
        ]
        .into_iter()
        .map(|(name, about, content)| {
            with_header(name, about, InputClass::OptionalHeader, &[req::OPTIONAL_HEADER_IGNORED], &content)
        }),
    );
    cases
}

/// Unknown entries that ask for nothing.
fn harmless() -> Vec<Case> {
    let zero = unknown(r#" soap:mustUnderstand="0""#);
    let cases: [(&str, &str, &[RequirementId], String); 5] = [
        (
            "optional",
            "An unknown entry has no mustUnderstand.",
            &[req::OPTIONAL_HEADER_IGNORED, req::MUST_UNDERSTAND_ZERO],
            unknown(""),
        ),
        (
            "optional-for-next-actor",
            "An unknown entry without mustUnderstand is addressed to the next receiver.",
            &[req::OPTIONAL_HEADER_IGNORED, req::ACTOR_ELSEWHERE],
            unknown(&format!(r#" soap:actor="{}""#, names::ACTOR_NEXT)),
        ),
        (
            "optional-zero",
            "An unknown entry has mustUnderstand 0.",
            &[req::MUST_UNDERSTAND_ZERO],
            zero.clone(),
        ),
        (
            "optional-hundred",
            "A hundred unknown entries have no mustUnderstand.",
            &[req::OPTIONAL_HEADER_IGNORED],
            unknown("").repeat(100),
        ),
        (
            "optional-with-children",
            "An unknown entry has child elements, one of them in no namespace.",
            &[req::OPTIONAL_HEADER_IGNORED],
            r#"<h:unknown xmlns:h="urn:umspec:unknown"><h:a><b>1</b></h:a></h:unknown>"#.to_owned(),
        ),
    ];
    cases
        .into_iter()
        .map(|(name, about, requirements, content)| {
            with_header(name, about, InputClass::OptionalHeader, requirements, &content)
        })
        .collect()
}

/// What looks like mustUnderstand and is another attribute, or stands where it means nothing.
fn not_mandatory() -> Vec<Case> {
    let bound = |uri: &str| unknown(&format!(r#" xmlns:n="{uri}" n:mustUnderstand="1""#));
    [
        (
            "must-understand-unqualified",
            "An unknown entry has an unqualified mustUnderstand, which is not that of SOAP.",
            unknown(r#" mustUnderstand="1""#),
        ),
        (
            "must-understand-of-soap12",
            "An unknown entry has the mustUnderstand of SOAP 1.2 in an envelope of SOAP 1.1.",
            bound(names::ENVELOPE_12),
        ),
        (
            "must-understand-with-https",
            "An unknown entry has mustUnderstand in the SOAP namespace with https.",
            bound("https://schemas.xmlsoap.org/soap/envelope/"),
        ),
    ]
    .into_iter()
    .map(|(name, about, content)| {
        with_header(
            name,
            about,
            InputClass::OptionalHeader,
            &[req::OPTIONAL_HEADER_IGNORED, req::MUST_UNDERSTAND],
            &content,
        )
    })
    .chain(elsewhere())
    .collect()
}

/// mustUnderstand and actor below an entry, where they mean nothing.
fn elsewhere() -> Vec<Case> {
    let inner = |attributes: &str, around: &str| {
        format!(r#"<h:unknown xmlns:h="urn:umspec:unknown"{around}><h:a{attributes}>1</h:a></h:unknown>"#)
    };
    let must = r#" soap:mustUnderstand="1""#;
    let next = format!(r#"{must} soap:actor="{}""#, names::ACTOR_NEXT);
    [
        (
            "must-understand-on-inner-element",
            "A child of an unknown entry has mustUnderstand 1, which only means something on entries.",
            inner(must, ""),
            InputClass::OptionalHeader,
        ),
        (
            "must-understand-and-actor-on-inner-element",
            "A child of an unknown entry has mustUnderstand 1 and the next receiver as actor.",
            inner(&next, ""),
            InputClass::OptionalHeader,
        ),
        (
            "mandatory-with-actor-on-inner-element",
            "An unknown entry has mustUnderstand 1, and its child an actor, which leaves the entry for us.",
            inner(r#" soap:actor="urn:umspec:other""#, must),
            InputClass::MandatoryHeader,
        ),
    ]
    .into_iter()
    .map(|(name, about, content, class)| {
        with_header(name, about, class, &[req::HEADER_ATTRIBUTES_ELSEWHERE, req::MUST_UNDERSTAND], &content)
    })
    .collect()
}

fn other_actors() -> Vec<Case> {
    [
        ("unknown", "http://other.example/", "an unknown actor"),
        ("relative", "other", "an actor that is a relative reference"),
        (
            "soap12-next",
            "http://www.w3.org/2003/05/soap-envelope/role/next",
            "the next receiver as SOAP 1.2 names it",
        ),
        (
            "next-with-slash",
            "http://schemas.xmlsoap.org/soap/actor/next/",
            "a near miss of the next receiver",
        ),
        (
            "next-with-capital",
            "http://schemas.xmlsoap.org/soap/actor/Next",
            "the next receiver with a capital letter",
        ),
        (
            "soap12-ultimate-receiver",
            "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
            "the last receiver as SOAP 1.2 names it",
        ),
    ]
    .into_iter()
    .map(|(word, actor, whom)| {
        with_header(
            &format!("other-actor-{word}"),
            &format!("An unknown entry with mustUnderstand 1 is addressed to {whom}."),
            InputClass::OptionalHeader,
            &[req::ACTOR_ELSEWHERE],
            &unknown(&format!(r#" soap:mustUnderstand="1" soap:actor="{actor}""#)),
        )
    })
    .collect()
}

/// SOAP 1.1 knows 0 and 1 only; the schema type of later versions knows more.
fn lexical() -> Vec<Case> {
    use InputClass::{MandatoryHeader as Mandatory, OptionalHeader as Optional};
    [
        ("true", "true", Mandatory),
        ("false", "false", Optional),
        ("true-in-capitals", "TRUE", Mandatory),
        ("leading-zero", "01", Mandatory),
        ("padded-one", " 1 ", Mandatory),
        ("two", "2", Mandatory),
        ("yes", "yes", Mandatory),
        ("empty", "", Optional),
    ]
    .into_iter()
    .map(|(word, value, class)| {
        with_header(
            &format!("must-understand-{word}"),
            &format!("An unknown entry has \"{value}\" as its mustUnderstand."),
            class,
            &[req::MUST_UNDERSTAND_SPELLING],
            &unknown(&format!(r#" soap:mustUnderstand="{value}""#)),
        )
        .recorded()
    })
    .collect()
}

fn unqualified() -> Vec<Case> {
    [
        ("unqualified", "A header entry is in no namespace.", "<unknown>1</unknown>".to_owned()),
        ("unqualified-many", "Fifty header entries are in no namespace.", "<unknown>1</unknown>".repeat(50)),
        (
            "unqualified-mandatory",
            "A header entry in no namespace has mustUnderstand 1.",
            r#"<unknown soap:mustUnderstand="1">1</unknown>"#.to_owned(),
        ),
    ]
    .into_iter()
    .map(|(name, about, content)| {
        with_header(name, about, InputClass::OptionalHeader, &[req::HEADER_ENTRY_QUALIFIED], &content)
            .recorded()
    })
    .collect()
}

/// Several defects at once, where the order of faults is the point.
fn precedence() -> Vec<Case> {
    use InputClass as C;
    let must = || Edit::Header(unknown(r#" soap:mustUnderstand="1""#));
    let foreign = || Edit::Namespace(Place::Envelope, names::ENVELOPE_12.to_owned());
    let missing = || Edit::Delete(Place::CallId);
    [
        (
            "order-version-before-mandatory",
            "The envelope is one of SOAP 1.2 and an unknown entry must be understood.",
            C::EnvelopeNamespace,
            vec![foreign(), must()],
        ),
        (
            "order-version-before-missing-call-id",
            "The envelope is one of SOAP 1.2 and CallId is missing.",
            C::EnvelopeNamespace,
            vec![foreign(), missing()],
        ),
        (
            "order-version-before-both",
            "The envelope is one of SOAP 1.2, an unknown entry must be understood and CallId is missing.",
            C::EnvelopeNamespace,
            vec![foreign(), must(), missing()],
        ),
        (
            "order-mandatory-before-missing-call-id",
            "An unknown entry must be understood and CallId is missing.",
            C::MandatoryHeader,
            vec![must(), missing()],
        ),
        (
            "order-mandatory-before-empty-body",
            "An unknown entry must be understood and Body is empty.",
            C::MandatoryHeader,
            vec![must(), Edit::Delete(Place::Operation)],
        ),
    ]
    .into_iter()
    .map(|(name, about, class, edits)| {
        let case = Case::request(format!("header/{name}"), about, class, &[req::FAULT_PRECEDENCE], edits);
        if class == C::EnvelopeNamespace { case.nuance(Nuance::Soap12Fault) } else { case }
    })
    .collect()
}
