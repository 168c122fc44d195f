//! Answers to Disconnect, good and bad, with what a reader of answers must make of them.
//!
//! Messages without a run: the corpus and the snapshots are made of them. Ids start with `reply-` and
//! are public like those of the cases.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::message::{AnswerDraft, Close, Draft, Edit, Encoding, Ids, Place};
use crate::protocol::{FaultCode, RequirementId, names};

/// An answer, and what it must be taken for.
#[derive(Debug, Clone)]
pub struct ReplyCase {
    /// `family/what-is-particular`, public, never used again for something else.
    pub id: Cow<'static, str>,
    /// What it is about: a sentence.
    pub about: Cow<'static, str>,
    /// The rows of the ledger it rests on.
    pub requirements: Vec<RequirementId>,
    /// The plain answer that is edited.
    pub answer: AnswerDraft,
    /// What is done to it.
    pub edits: Vec<Edit>,
    /// The charset that its Content-Type names.
    pub charset: &'static str,
    /// What a reader must make of it.
    pub reading: Reading,
}

/// What a reader of answers must make of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The documents leave it open.
    Either,
    /// A fault with this meaning.
    Fault(FaultCode),
    /// Neither success nor a fault.
    Refuse,
    /// Success.
    Success,
}

impl ReplyCase {
    /// The message, written out.
    pub fn body(&self) -> Vec<u8> {
        Draft::answer(self.answer, &self.edits).body(&Ids::default())
    }
}

/// Every answer, in the order of its families.
pub fn replies() -> &'static [ReplyCase] {
    static REPLIES: LazyLock<Vec<ReplyCase>> = LazyLock::new(|| {
        [spellings(), encodings(), ill_formed(), envelopes(), successes(), faults()]
            .into_iter()
            .flatten()
            .collect()
    });
    &REPLIES
}

/// The answer with this id.
pub fn reply(id: &str) -> Option<&'static ReplyCase> {
    replies().iter().find(|reply| reply.id == id)
}

/// The plain answers, by the word that ends an id.
const PLAIN: [(&str, AnswerDraft); 3] = [
    ("success", AnswerDraft::Success),
    ("invalid-id", AnswerDraft::InvalidCallId),
    ("malformed", AnswerDraft::Malformed),
];

fn plain_reading(answer: AnswerDraft) -> Reading {
    match answer {
        AnswerDraft::Success => Reading::Success,
        AnswerDraft::InvalidCallId => Reading::Fault(FaultCode::InvalidCallId),
        AnswerDraft::Malformed => Reading::Fault(FaultCode::InvalidRequest),
        AnswerDraft::Soap(code) => Reading::Fault(FaultCode::of(Some(names::ENVELOPE), code)),
    }
}

fn case(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: u16,
    answer: AnswerDraft,
    reading: Reading,
    edits: Vec<Edit>,
) -> ReplyCase {
    ReplyCase {
        id: id.into(),
        about: about.into(),
        requirements: vec![RequirementId(requirement)],
        answer,
        edits,
        charset: "utf-8",
        reading,
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// Spellings that change nothing, on every plain answer.
fn spellings() -> Vec<ReplyCase> {
    let rows: Vec<(&str, &str, u16, Vec<Edit>)> = vec![
        ("plain", "as it is documented", 99, vec![]),
        (
            "prefix",
            "with another prefix for the envelope",
            43,
            vec![Edit::Prefix(Place::Envelope, text("SOAP-ENV"))],
        ),
        (
            "redeclared-prefix",
            "with the namespace of the envelope declared again on Body",
            43,
            vec![Edit::Namespace(Place::Body, text(names::ENVELOPE))],
        ),
        ("single-quotes", "with apostrophes around namespaces", 165, vec![Edit::SingleQuotes]),
        (
            "white-space",
            "with white space between the elements",
            165,
            vec![
                Edit::First(Place::Envelope, text("\r\n  ")),
                Edit::First(Place::Body, text("\n\t")),
                Edit::Last(Place::Body, text(" ")),
                Edit::Epilog(text("\r\n")),
            ],
        ),
        (
            "comments",
            "with comments around Body and its content",
            39,
            vec![
                Edit::Prolog(text("<!-- <soap:Fault/> -->")),
                Edit::First(Place::Body, text("<!-- a -->")),
                Edit::Last(Place::Envelope, text("<!---->")),
                Edit::Epilog(text("<!-- z -->")),
            ],
        ),
        ("no-declaration", "without an XML declaration", 31, vec![Edit::Declaration(None)]),
        (
            "version-only-declaration",
            "with an XML declaration that names no encoding",
            31,
            vec![Edit::Declaration(Some(text("<?xml version='1.0'?>")))],
        ),
        (
            "standalone-declaration",
            "with standalone in the XML declaration",
            31,
            vec![Edit::Declaration(Some(text(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
            )))],
        ),
        ("mark", "with a UTF-8 byte order mark", 30, vec![Edit::Mark]),
        (
            "xsi-and-xsd",
            "with the schema namespaces declared on Envelope",
            101,
            vec![Edit::Attributes(
                Place::Envelope,
                format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\"", names::XSI, names::XSD),
            )],
        ),
        ("empty-header", "with an empty Header", 102, vec![Edit::Header(text(""))]),
        (
            "optional-header",
            "with a header entry that need not be understood",
            102,
            vec![Edit::Header(text(
                "<t:ServerVersionInfo xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\" MajorVersion=\"8\"/>",
            ))],
        ),
        (
            "not-mandatory-header",
            "with a header entry marked mustUnderstand=0",
            102,
            vec![Edit::Header(text("<x:H xmlns:x=\"urn:x\" soap:mustUnderstand=\"0\"/>"))],
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, requirement, edits) in rows {
        for (word, answer) in PLAIN {
            // Only answers with a content can hold some.
            cases.push(case(
                format!("reply-spelling/{name}-{word}"),
                format!("The {} is written {about}.", words(answer)),
                requirement,
                answer,
                plain_reading(answer),
                edits.clone(),
            ));
        }
    }
    cases
}

fn words(answer: AnswerDraft) -> &'static str {
    match answer {
        AnswerDraft::Success => "success answer",
        AnswerDraft::InvalidCallId => "fault for an invalid id",
        AnswerDraft::Malformed => "fault for a malformed request",
        AnswerDraft::Soap(_) => "fault with a code of SOAP",
    }
}

fn encodings() -> Vec<ReplyCase> {
    let wide = |encoding| vec![Edit::Encoding(encoding), Edit::Mark, Edit::Declaration(None)];
    let mut cases = Vec::new();
    for (word, answer) in PLAIN {
        for (name, encoding, order) in
            [("le", Encoding::Utf16Le, "little-endian"), ("be", Encoding::Utf16Be, "big-endian")]
        {
            cases.push(ReplyCase {
                charset: "utf-16",
                ..case(
                    format!("reply-encoding/utf-16-{name}-{word}"),
                    format!("The {} is UTF-16, {order}, with a byte order mark.", words(answer)),
                    28,
                    answer,
                    plain_reading(answer),
                    wide(encoding),
                )
            });
        }
        cases.push(case(
            format!("reply-encoding/overlong-{word}"),
            format!("The {} holds an overlong UTF-8 sequence in a comment.", words(answer)),
            33,
            answer,
            Reading::Refuse,
            vec![Edit::Epilog(text("<!-- @ -->")), Edit::Splice(text("@"), b"\xC0\xAF".to_vec())],
        ));
        cases.push(case(
            format!("reply-encoding/latin-1-byte-{word}"),
            format!("The {} holds a byte of ISO 8859-1 in a comment.", words(answer)),
            33,
            answer,
            Reading::Refuse,
            vec![Edit::Epilog(text("<!-- @ -->")), Edit::Splice(text("@"), b"\xE9".to_vec())],
        ));
        cases.push(case(
            format!("reply-encoding/declared-utf-16-{word}"),
            format!("The {} is UTF-8 and declares UTF-16.", words(answer)),
            28,
            answer,
            Reading::Either,
            vec![Edit::Declaration(Some(text("<?xml version=\"1.0\" encoding=\"utf-16\"?>")))],
        ));
    }
    cases
}

/// What no reader of XML may take, on a success and on a fault.
fn ill_formed() -> Vec<ReplyCase> {
    let last = |markup: &str| vec![Edit::Last(Place::Body, text(markup))];
    let rows: Vec<(&str, &str, u16, Vec<Edit>)> = vec![
        ("truncated-at-end", "without its last byte", 164, vec![Edit::Truncate(1)]),
        ("truncated-in-root-end", "cut in the end tag of Envelope", 164, vec![Edit::Truncate(9)]),
        ("truncated-before-root-end", "cut before the end tag of Envelope", 164, vec![Edit::Truncate(16)]),
        (
            "truncated-in-body",
            "cut after the start tag of Body",
            164,
            vec![Edit::CutAt(text("<soap:Body>"), 11)],
        ),
        ("empty", "of no bytes at all", 164, vec![Edit::CutAt(text("<"), 0)]),
        ("unclosed-body", "without the end tag of Body", 164, vec![Edit::Close(Place::Body, Close::Missing)]),
        (
            "misnamed-end",
            "with a wrong end tag for Body",
            164,
            vec![Edit::Close(Place::Body, Close::Named(text("soap:body")))],
        ),
        ("crossed-end", "with crossed end tags", 164, last("<a xmlns=''><b></a></b>")),
        ("second-root", "with a second root element", 164, vec![Edit::Epilog(text("<a/>"))]),
        ("text-after-root", "with text after the root element", 164, vec![Edit::Epilog(text("OK"))]),
        ("text-before-root", "with text before the root element", 164, vec![Edit::Prolog(text("OK"))]),
        ("unbound-prefix", "with an unbound prefix", 42, last("<q:a/>")),
        (
            "unbound-attribute-prefix",
            "with an unbound prefix on an attribute",
            42,
            vec![Edit::Attributes(Place::Body, text(" q:a='1'"))],
        ),
        ("undeclared-prefix", "with a prefix that is taken back", 42, last("<a xmlns:soap=''/>")),
        (
            "duplicate-attribute",
            "with an attribute that stands twice",
            164,
            vec![Edit::Attributes(Place::Body, text(" a='1' a='2'"))],
        ),
        (
            "unquoted-attribute",
            "with an attribute without quotes",
            164,
            vec![Edit::Attributes(Place::Body, text(" a=1"))],
        ),
        (
            "attributes-without-space",
            "with no space between attributes",
            164,
            vec![Edit::Attributes(Place::Body, text(" a='1'b='2'"))],
        ),
        (
            "less-than-in-attribute",
            "with a less-than sign in an attribute",
            164,
            vec![Edit::Attributes(Place::Body, text(" a='<'"))],
        ),
        ("section-end-in-text", "with ]]> in text", 164, vec![Edit::Last(Place::Body, text("]]>"))]),
        ("lone-ampersand", "with a lone ampersand", 164, last("a & b")),
        ("undeclared-entity", "with an undeclared entity", 41, last("&nbsp;")),
        ("reference-to-nul", "with a reference to NUL", 35, last("&#0;")),
        ("reference-to-control", "with a reference to a control character", 35, last("&#x1B;")),
        ("reference-to-surrogate", "with a reference to a surrogate", 35, last("&#xD800;")),
        ("control-character", "with a control character", 35, vec![Edit::Epilog(text("<!-- \u{1} -->"))]),
        ("noncharacter", "with U+FFFE in a comment", 35, vec![Edit::Epilog(text("<!-- \u{FFFE} -->"))]),
        (
            "hyphens-in-comment",
            "with two hyphens in a comment",
            164,
            vec![Edit::Epilog(text("<!-- a -- b -->"))],
        ),
        ("unclosed-comment", "with a comment that does not end", 164, vec![Edit::Epilog(text("<!-- a"))]),
        ("unclosed-section", "with a CDATA section that does not end", 164, last("<![CDATA[a")),
        (
            "late-declaration",
            "with white space before the XML declaration",
            164,
            vec![Edit::Declaration(Some(text(" <?xml version=\"1.0\"?>")))],
        ),
        (
            "declaration-without-version",
            "with an XML declaration without version",
            164,
            vec![Edit::Declaration(Some(text("<?xml encoding=\"utf-8\"?>")))],
        ),
        ("digit-in-name", "with a name that starts with a digit", 164, last("<1a/>")),
        ("two-colons", "with a name of two colons", 42, last("<soap:a:b/>")),
        ("space-in-tag", "with white space before a name", 164, last("< a/>")),
    ];
    let mut cases = Vec::new();
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
                171,
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
            38,
            *answer,
            Reading::Either,
            vec![Edit::Prolog(text("<?xml-stylesheet href='a'?>"))],
        ));
    }
    cases
}

/// Envelopes and bodies of the wrong shape.
fn envelopes() -> Vec<ReplyCase> {
    use Reading::{Either, Refuse};
    let rows: Vec<(&str, &str, u16, Reading, Vec<Edit>)> = vec![
        (
            "soap-1-2",
            "is in a SOAP 1.2 envelope",
            44,
            Either,
            vec![Edit::Namespace(Place::Envelope, text(names::ENVELOPE_12))],
        ),
        (
            "foreign-namespace",
            "is in an envelope of a foreign namespace",
            44,
            Refuse,
            vec![Edit::Namespace(Place::Envelope, text("urn:x"))],
        ),
        (
            "other-root",
            "has a root of another name",
            44,
            Refuse,
            vec![Edit::Rename(Place::Envelope, text("envelope"))],
        ),
        ("no-body", "has no Body", 48, Refuse, vec![Edit::Delete(Place::Body)]),
        ("empty-body", "has an empty Body", 164, Refuse, vec![Edit::Content(Place::Body, String::new())]),
        ("two-bodies", "has two Bodies", 48, Refuse, vec![Edit::Duplicate(Place::Body)]),
        (
            "body-in-no-namespace",
            "has its Body in no namespace",
            48,
            Refuse,
            vec![Edit::Replace(Place::Body, text("<Body/>"))],
        ),
        (
            "trailer",
            "has an element after Body",
            50,
            Either,
            vec![Edit::Last(Place::Envelope, text("<x:T xmlns:x='urn:x'/>"))],
        ),
        (
            "mandatory-header",
            "has a header entry that must be understood",
            167,
            Refuse,
            vec![Edit::Header(text("<x:H xmlns:x='urn:x' soap:mustUnderstand='1'/>"))],
        ),
        (
            "html-body",
            "is a page of HTML",
            164,
            Refuse,
            vec![Edit::Whole(text("<html><body>DisconnectResponse</body></html>"))],
        ),
        (
            "bare-content",
            "is sent without an envelope",
            44,
            Refuse,
            vec![Edit::Whole(text(
                "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
            ))],
        ),
    ];
    let mut cases = Vec::new();
    for (name, about, requirement, reading, edits) in rows {
        for (word, answer) in &PLAIN[..2] {
            cases.push(case(
                format!("reply-envelope/{name}-{word}"),
                format!("The {} {about}.", words(*answer)),
                requirement,
                *answer,
                reading.clone(),
                edits.clone(),
            ));
        }
    }
    cases
}

fn successes() -> Vec<ReplyCase> {
    use Reading::{Either, Refuse, Success};
    let rename = |name: &str| vec![Edit::Rename(Place::Operation, text(name))];
    let namespace = |uri: &str| vec![Edit::Namespace(Place::Operation, text(uri))];
    let rows: Vec<(&str, &str, u16, Reading, Vec<Edit>)> = vec![
        (
            "start-and-end-tag",
            "DisconnectResponse is written with an end tag.",
            165,
            Success,
            vec![Edit::Close(Place::Operation, Close::Pair)],
        ),
        (
            "default-namespace",
            "The envelope is in the default namespace.",
            43,
            Success,
            vec![Edit::Prefix(Place::Envelope, text(""))],
        ),
        (
            "prefixed",
            "DisconnectResponse has a prefix.",
            165,
            Success,
            vec![Edit::Prefix(Place::Operation, text("m"))],
        ),
        (
            "comment-inside",
            "DisconnectResponse holds a comment.",
            39,
            Success,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<!-- a -->")),
            ],
        ),
        (
            "white-space-inside",
            "DisconnectResponse holds white space, which the schema does not allow.",
            165,
            Either,
            vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("\n  "))],
        ),
        ("no-namespace", "DisconnectResponse is in no namespace.", 164, Refuse, namespace("")),
        (
            "types-namespace",
            "DisconnectResponse is in the namespace of the types.",
            164,
            Refuse,
            namespace(names::TYPES),
        ),
        (
            "https-namespace",
            "DisconnectResponse is in a namespace with https in place of http.",
            164,
            Either,
            namespace("https://schemas.microsoft.com/exchange/services/2006/messages"),
        ),
        (
            "request-echoed",
            "The request's element stands in place of the answer's.",
            164,
            Refuse,
            rename("Disconnect"),
        ),
        (
            "lower-case",
            "DisconnectResponse is written in lower case.",
            164,
            Refuse,
            rename("disconnectresponse"),
        ),
        (
            "phone-call",
            "The like-named answer of EWS stands in place of DisconnectResponse.",
            164,
            Refuse,
            rename("DisconnectPhoneCallResponse"),
        ),
        (
            "phone-call-error",
            "The like-named answer of EWS reports an error.",
            133,
            Refuse,
            vec![
                Edit::Rename(Place::Operation, text("DisconnectPhoneCallResponse")),
                Edit::Attributes(Place::Operation, text(" ResponseClass=\"Error\"")),
            ],
        ),
        (
            "call-info",
            "The answer of another operation stands in place of DisconnectResponse.",
            164,
            Refuse,
            rename("GetCallInfoResponse"),
        ),
        (
            "and-fault",
            "A fault stands beside DisconnectResponse.",
            103,
            Refuse,
            vec![Edit::After(
                Place::Operation,
                text(
                    "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                ),
            )],
        ),
        (
            "after-fault",
            "A fault stands before DisconnectResponse.",
            103,
            Refuse,
            vec![Edit::Before(
                Place::Operation,
                text(
                    "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                ),
            )],
        ),
        ("twice", "DisconnectResponse stands twice.", 164, Either, vec![Edit::Duplicate(Place::Operation)]),
        (
            "fault-inside",
            "A fault stands inside DisconnectResponse.",
            103,
            Refuse,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(
                    Place::Operation,
                    text(
                        "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>",
                    ),
                ),
            ],
        ),
        (
            "nested",
            "DisconnectResponse holds an element of its own name.",
            100,
            Either,
            vec![
                Edit::Close(Place::Operation, Close::Pair),
                Edit::First(Place::Operation, text("<DisconnectResponse/>")),
            ],
        ),
        (
            "text-inside",
            "DisconnectResponse holds text.",
            100,
            Either,
            vec![Edit::Close(Place::Operation, Close::Pair), Edit::First(Place::Operation, text("OK"))],
        ),
        (
            "response-class",
            "DisconnectResponse has an attribute of EWS that says Success.",
            100,
            Either,
            vec![Edit::Attributes(Place::Operation, text(" ResponseClass=\"Success\""))],
        ),
        (
            "in-header",
            "DisconnectResponse stands in Header and not in Body.",
            164,
            Refuse,
            vec![
                Edit::Header(text(
                    "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
                )),
                Edit::Delete(Place::Operation),
            ],
        ),
        (
            "in-comment",
            "DisconnectResponse stands in a comment.",
            164,
            Refuse,
            vec![Edit::Replace(Place::Operation, text("<!-- <DisconnectResponse/> -->"))],
        ),
    ];
    rows.into_iter()
        .map(|(name, about, requirement, reading, edits)| {
            case(format!("reply-success/{name}"), about, requirement, AnswerDraft::Success, reading, edits)
        })
        .collect()
}

fn faults() -> Vec<ReplyCase> {
    use AnswerDraft::{InvalidCallId, Malformed};
    use Reading::{Either, Fault};
    let code = |text: &str| vec![Edit::Content(Place::FaultCode, text.to_owned())];
    let invalid = || Fault(FaultCode::InvalidCallId);
    let other = |name: &str| Fault(FaultCode::Other(name.to_owned()));
    let mut cases: Vec<ReplyCase> = ["Client", "Server", "MustUnderstand", "VersionMismatch"]
        .into_iter()
        .map(|code| {
            case(
                format!("reply-fault/soap-{}", code.to_ascii_lowercase()),
                format!("The fault has SOAP's own code {code} and no detail."),
                116,
                AnswerDraft::Soap(code),
                plain_reading(AnswerDraft::Soap(code)),
                Vec::new(),
            )
        })
        .collect();
    let rows: Vec<(&str, &str, u16, AnswerDraft, Reading, Vec<Edit>)> = vec![
        (
            "default-namespace",
            "The envelope is in the default namespace, which reaches the children of Fault.",
            162,
            InvalidCallId,
            Either,
            vec![Edit::Prefix(Place::Envelope, text(""))],
        ),
        (
            "code-in-types",
            "The code for an invalid id is in the namespace of the types.",
            162,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:b=\"{}\"", names::TYPES)),
                Edit::Content(Place::FaultCode, text("b:InvalidCallIdException")),
            ],
        ),
        (
            "code-other-prefix",
            "The code has another prefix.",
            127,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:q0=\"{}\"", names::ERRORS)),
                Edit::Content(Place::FaultCode, text("q0:InvalidCallIdException")),
            ],
        ),
        (
            "code-padded",
            "White space stands around the code.",
            162,
            InvalidCallId,
            invalid(),
            code("\n  a:InvalidCallIdException\n"),
        ),
        (
            "code-in-section",
            "The code is a CDATA section.",
            40,
            InvalidCallId,
            invalid(),
            code("<![CDATA[a:InvalidCallIdException]]>"),
        ),
        (
            "code-by-references",
            "The code has character references.",
            40,
            InvalidCallId,
            invalid(),
            code("a&#58;Invalid&#x43;allIdException"),
        ),
        (
            "code-with-comment",
            "A comment splits the code.",
            39,
            InvalidCallId,
            invalid(),
            code("a:Invalid<!-- x -->CallIdException"),
        ),
        (
            "code-unprefixed",
            "The code has no prefix.",
            162,
            InvalidCallId,
            invalid(),
            code("InvalidCallIdException"),
        ),
        (
            "code-unbound",
            "The prefix of the code is not bound.",
            162,
            InvalidCallId,
            Either,
            code("q:InvalidCallIdException"),
        ),
        (
            "code-unknown",
            "The code is one that no document names.",
            166,
            InvalidCallId,
            other("ErrorServerBusy"),
            code("a:ErrorServerBusy"),
        ),
        (
            "code-dotted",
            "The code of SOAP has a dotted refinement.",
            162,
            AnswerDraft::Soap("Client"),
            Fault(FaultCode::Client),
            code("soap:Client.Authentication"),
        ),
        ("code-empty", "The code is empty.", 162, InvalidCallId, Either, code("")),
        ("no-code", "There is no code.", 162, InvalidCallId, Either, vec![Edit::Delete(Place::FaultCode)]),
        (
            "no-string",
            "There is no faultstring.",
            162,
            InvalidCallId,
            invalid(),
            vec![Edit::Delete(Place::FaultString)],
        ),
        (
            "string-other-words",
            "The faultstring has other words.",
            118,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("Nope."))],
        ),
        (
            "string-says-success",
            "The faultstring speaks of success.",
            118,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("DisconnectResponse: success"))],
        ),
        (
            "string-markup-escaped",
            "The faultstring holds escaped markup.",
            118,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::FaultString, text("&lt;DisconnectResponse/&gt; &amp;amp;"))],
        ),
        (
            "string-other-language",
            "The faultstring is in another language.",
            117,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Content(
                    Place::FaultString,
                    text("L\u{2019}identifiant d\u{2019}appel n\u{2019}est pas valide."),
                ),
                Edit::Attributes(Place::FaultString, text(" dir='ltr'")),
            ],
        ),
        (
            "actor",
            "There is a faultactor.",
            119,
            InvalidCallId,
            invalid(),
            vec![Edit::After(Place::FaultString, text("<faultactor>http://um.example.com/</faultactor>"))],
        ),
        (
            "no-detail",
            "There is no detail.",
            116,
            InvalidCallId,
            invalid(),
            vec![Edit::Delete(Place::Detail)],
        ),
        (
            "empty-detail",
            "The detail is empty.",
            116,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::Detail, String::new())],
        ),
        (
            "detail-unqualified",
            "ExceptionType is in no namespace, as one document shows it.",
            116,
            InvalidCallId,
            invalid(),
            vec![Edit::Content(Place::Detail, text("<ExceptionType>InvalidCallIdException</ExceptionType>"))],
        ),
        (
            "detail-unknown-entries",
            "The detail has unknown entries with attributes.",
            116,
            InvalidCallId,
            invalid(),
            vec![
                Edit::Attributes(Place::Detail, text(" x:a='1' xmlns:x='urn:x'")),
                Edit::Last(Place::Detail, text("<x:y xmlns:x='urn:x' z='1'><x:w>1</x:w></x:y><v>2</v>")),
            ],
        ),
        (
            "detail-holds-response",
            "The detail holds a DisconnectResponse.",
            162,
            InvalidCallId,
            invalid(),
            vec![Edit::Last(
                Place::Detail,
                text(
                    "<DisconnectResponse xmlns=\"http://schemas.microsoft.com/exchange/services/2006/messages\"/>",
                ),
            )],
        ),
        (
            "order-swapped",
            "faultstring stands before faultcode.",
            162,
            AnswerDraft::Soap("Server"),
            Fault(FaultCode::Server),
            vec![
                Edit::Delete(Place::FaultCode),
                Edit::Last(Place::Fault, text("<faultcode>soap:Server</faultcode>")),
            ],
        ),
        (
            "children-qualified",
            "The children of Fault are in SOAP's namespace.",
            162,
            AnswerDraft::Soap("Server"),
            Either,
            vec![
                Edit::Prefix(Place::FaultCode, text("soap")),
                Edit::Prefix(Place::FaultString, text("soap")),
            ],
        ),
        (
            "extra-child",
            "Fault has a child that SOAP does not know.",
            162,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![Edit::Last(Place::Fault, text("<x:more xmlns:x='urn:x'/>"))],
        ),
        (
            "no-namespace",
            "Fault is in no namespace.",
            164,
            InvalidCallId,
            Reading::Refuse,
            vec![Edit::Prefix(Place::Fault, text(""))],
        ),
        (
            "foreign-namespace",
            "Fault is in a foreign namespace.",
            164,
            InvalidCallId,
            Reading::Refuse,
            vec![Edit::Namespace(Place::Fault, text("urn:x"))],
        ),
        (
            "soap-1-2-shape",
            "Fault has the children of SOAP 1.2.",
            162,
            InvalidCallId,
            Either,
            vec![Edit::Content(
                Place::Fault,
                text(
                    "<soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang='en'>x</soap:Text></soap:Reason>",
                ),
            )],
        ),
        ("twice", "Fault stands twice.", 164, InvalidCallId, Either, vec![Edit::Duplicate(Place::Fault)]),
        (
            "malformed-code-in-errors",
            "The code for a malformed request is in the namespace of the errors.",
            162,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![
                Edit::Attributes(Place::FaultCode, format!(" xmlns:b=\"{}\"", names::ERRORS)),
                Edit::Content(Place::FaultCode, text("b:ErrorInvalidRequest")),
            ],
        ),
        (
            "malformed-detail-in-types",
            "The detail for a malformed request is in the namespace of the types.",
            116,
            Malformed,
            Fault(FaultCode::InvalidRequest),
            vec![Edit::Content(
                Place::Detail,
                format!("<e:ResponseCode xmlns:e=\"{}\">ErrorInvalidRequest</e:ResponseCode>", names::TYPES),
            )],
        ),
    ];
    cases.extend(rows.into_iter().map(|(name, about, requirement, answer, reading, edits)| {
        case(format!("reply-fault/{name}"), about, requirement, answer, reading, edits)
    }));
    cases
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::message::{Reply, read_reply};
    use crate::protocol::ledger;

    #[test]
    fn ids_are_unique_and_rows_exist() {
        let mut seen = BTreeSet::new();
        for reply in replies() {
            assert!(seen.insert(&*reply.id), "{} twice", reply.id);
            assert!(reply.id.starts_with("reply-") && reply.about.ends_with('.'), "{}", reply.id);
            assert!(reply.requirements.iter().all(|&id| ledger::requirement(id).is_some()), "{}", reply.id);
        }
    }

    #[test]
    fn the_reader_makes_of_each_what_it_must() {
        let mut wrong = Vec::new();
        for reply in replies() {
            let read = read_reply(&reply.body(), Some(reply.charset));
            let fits = match (&reply.reading, &read) {
                (Reading::Either, _)
                | (Reading::Refuse, Err(_))
                | (Reading::Success, Ok(Reply::Disconnected)) => true,
                (Reading::Fault(code), Ok(Reply::Fault(fault))) => fault.meaning() == *code,
                _ => false,
            };
            if !fits {
                wrong.push(format!("{}: {:?}, read as {read:?}", reply.id, reply.reading));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
