//! Strategies for property tests with proptest (feature `proptest`): call ids, requests and answers,
//! legal in every spelling or wrong in known ways.
//!
//! A generated message is a plain one with up to [`MAX_CHANGES`] changes. Shrinking drops changes,
//! then makes each milder; the class follows from the changes, so it is right after every step.
//!
//! ```
//! use proptest::prelude::*;
//! use umspec::strategy;
//!
//! // A parser under test; here the reference reader.
//! fn parse(body: &[u8], charset: Option<&str>) -> Option<String> {
//!     let request = umspec::message::read_request(body, charset).ok()?;
//!     request.call_id().map(str::to_owned)
//! }
//!
//! proptest!(|(made in strategy::valid_requests())| {
//!     let read = parse(&made.request().body, made.charset().as_deref());
//!     prop_assert_eq!(read.as_deref(), Some(made.call_id.as_str()));
//! });
//! proptest!(|(made in strategy::malformed_requests())| {
//!     prop_assert_eq!(parse(&made.request().body, made.charset().as_deref()), None);
//! });
//! ```

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::generate::{AnswerVariation, Change, End, MAX_CHANGES, Value, Variation};
use crate::message::{
    AnswerDraft, CallId, CodeName, Fault, FaultChild, HttpRequest, Ids, Place, Reply, charset_of,
};
use crate::protocol::{names, sizes};

/// How many bytes of choices a change is made from; none needs more.
const CHOICES: usize = 6;

/// Longest id of a varied request in characters. Room is left for what a change adds, so that it
/// stays below the documented limit.
const VARIED_ID: usize = 400;

/// A request with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedRequest {
    /// The id of the call that the plain request is about.
    pub call_id: CallId,
    /// What was changed.
    pub variation: Variation,
}

impl GeneratedRequest {
    /// The request, written out.
    pub fn request(&self) -> HttpRequest {
        self.variation.write(&Ids { this: self.call_id.to_string(), ..Ids::default() })
    }

    /// The charset in its Content-Type.
    pub fn charset(&self) -> Option<String> {
        self.request().header("content-type").and_then(charset_of)
    }
}

/// Any legal call id: the documented shape, those of other makers, and text of every character that
/// XML allows, 1 to 512 characters long.
pub fn call_ids() -> impl Strategy<Value = CallId> {
    prop_oneof![2 => documented_call_ids(), 2 => foreign_call_ids(), 3 => text_call_ids(sizes::CALL_ID_LIMIT)]
}

/// Ids of the documented shape: base64 of a GUID, `@` and a host name.
pub fn documented_call_ids() -> impl Strategy<Value = CallId> {
    (any::<[u8; 16]>(), vec(select(LABELS), 1..6)).prop_filter_map("a legal id", |(guid, labels)| {
        let text = format!("{}@{}", guid_text(guid), labels.join("."));
        CallId::new(STANDARD.encode(text)).ok()
    })
}

const LABELS: &[&str] = &["a", "df-eum-01", "exchange", "corp", "example", "com", "um2007", "xn--bcher-kva"];

/// Ids as other makers shape them: GUIDs, SIP Call-IDs, numbers, paths.
pub fn foreign_call_ids() -> impl Strategy<Value = CallId> {
    (any::<[u8; 16]>(), 0..6_u8).prop_filter_map("a legal id", |(bytes, shape)| {
        let guid = guid_text(bytes);
        let number = u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], 0, 0, 0, 0]);
        CallId::new(match shape {
            0 => number.to_string(),
            1 => guid,
            2 => format!("{{{}}}", guid.to_uppercase()),
            3 => format!("{number:x}@pc33.example.com;tag=<{number}>&leg='1'"),
            4 => format!("urn:uuid:{guid}"),
            _ => format!("\\\\server\\calls\\{number} \"{guid}\" ]]>"),
        })
        .ok()
    })
}

/// Ids of any characters that XML allows, up to `longest` characters, not all white space.
pub fn text_call_ids(longest: usize) -> impl Strategy<Value = CallId> {
    let character = prop_oneof![
        4 => proptest::char::range('!', '~'),
        2 => select(vec![' ', '\t', '\n', '\r', '<', '>', '&', '"', '\'', ']', '{', '}', '-']),
        1 => select(vec!['\u{85}', '\u{2028}', '\u{FEFF}', '\u{FFFD}', '\u{D7FF}', '\u{E000}', '\u{10FFFF}', '\u{7F}']),
        1 => any::<char>(),
    ];
    let some = prop_oneof![8 => 1..=24.min(longest), 1 => 1..=longest];
    some.prop_flat_map(move |length| vec(character.clone(), length))
        .prop_filter_map("a legal id", |chars| CallId::new(chars.into_iter().collect::<String>()).ok())
}

/// Any change of the plain request.
pub fn changes() -> impl Strategy<Value = Change> {
    any::<[u8; CHOICES]>().prop_map(|choices| Change::choose(&mut choices.as_slice()))
}

/// The plain request with one to [`MAX_CHANGES`] changes of any kind.
pub fn variations() -> impl Strategy<Value = Variation> {
    vec(changes(), 1..=MAX_CHANGES).prop_map(|changes| Variation { changes })
}

/// Valid requests in every legal spelling. A reader gives back the id; a server with that call ends
/// it.
pub fn valid_requests() -> impl Strategy<Value = GeneratedRequest> {
    let spelling =
        any::<[u8; CHOICES]>().prop_map(|choices| Change::choose_spelling(&mut choices.as_slice()));
    (call_ids(), vec(spelling, 0..=MAX_CHANGES)).prop_map(|(call_id, mut changes)| {
        // Two spellings can be at odds. The first so many that are not are taken: a filter would use
        // up the rejections that a test has.
        while !(Variation { changes: changes.clone() }).keeps_call_id() {
            changes.pop();
        }
        GeneratedRequest { call_id, variation: Variation { changes } }
    })
}

/// What stands in for changes that leave a message valid.
const SURELY_MALFORMED: &[Change] = &[
    Change::Delete(Place::CallId),
    Change::Value(Value::Empty),
    Change::Namespace(Place::Operation, names::TYPES),
    Change::Close(Place::Body, End::Missing),
];

/// Requests whose message a reader must refuse: the decision table never allows them success.
pub fn malformed_requests() -> impl Strategy<Value = GeneratedRequest> {
    (generated(), select(SURELY_MALFORMED)).prop_map(|(mut made, surely)| {
        let classes = made.variation.message_classes();
        if made.variation.is_valid_message() || !classes.iter().all(|class| class.is_negative()) {
            made.variation.changes = vec![surely];
        }
        made
    })
}

/// Requests with any changes, those included that the documents leave open. The classes of
/// [`GeneratedRequest::variation`] tell.
pub fn generated() -> impl Strategy<Value = GeneratedRequest> {
    let ids = prop_oneof![documented_call_ids(), text_call_ids(VARIED_ID)];
    (ids, variations()).prop_map(|(call_id, variation)| GeneratedRequest { call_id, variation })
}

/// A plain answer with up to [`MAX_CHANGES`] changes of any kind. What a reader must make of it follows
/// from [`AnswerVariation::refusals`].
pub fn answer_variations() -> impl Strategy<Value = AnswerVariation> {
    let answers = [AnswerDraft::Success, AnswerDraft::InvalidCallId, AnswerDraft::Malformed];
    (select(answers.to_vec()), vec(changes(), 0..=MAX_CHANGES))
        .prop_map(|(answer, changes)| AnswerVariation { answer, changes })
}

/// Answers that a client can be given: success, the documented faults, and faults with any code, text
/// and detail.
pub fn replies() -> impl Strategy<Value = Reply> {
    prop_oneof![1 => Just(Reply::Disconnected), 4 => faults().prop_map(Reply::Fault)]
}

/// Faults whose parts stand in the order of SOAP 4.4. Writing and reading one gives it back.
pub fn faults() -> impl Strategy<Value = Fault> {
    let code = (select(CODE_NAMESPACES), select(CODES)).prop_map(|(namespace, local)| CodeName {
        // As the canonical writer spells it.
        text: format!("a:{local}"),
        namespace: Some(namespace.to_owned()),
        local: local.to_owned(),
        is_qname: true,
        resolved: true,
    });
    let entry = (proptest::option::of(select(CODE_NAMESPACES)), select(CODES), xml_text()).prop_map(
        |(namespace, local, text)| FaultChild {
            namespace: namespace.map(str::to_owned),
            local: local.to_owned(),
            text,
        },
    );
    let detail = proptest::option::of(vec(entry, 0..4));
    (code, xml_text(), proptest::option::of(xml_text()), detail).prop_map(|(code, string, actor, detail)| {
        let child = |local: &str, text: &str| FaultChild {
            namespace: None,
            local: local.to_owned(),
            text: text.to_owned(),
        };
        let mut children = vec![child("faultcode", &code.text), child("faultstring", &string)];
        children.extend(actor.as_deref().map(|actor| child("faultactor", actor)));
        children.extend(detail.is_some().then(|| child("detail", "")));
        Fault { code: Some(code), string: Some(string), actor, detail, children }
    })
}

const CODE_NAMESPACES: &[&str] = &[names::ENVELOPE, names::ERRORS, names::TYPES, "urn:x?a=1&b=\"'<>"];
const CODES: &[&str] = &[
    "Client",
    "InvalidCallIdException",
    "ErrorInvalidRequest",
    "Server.Busy",
    "MustUnderstand",
    "\u{e9}t\u{e9}",
];

/// Any text that XML can carry.
fn xml_text() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 1 => Just(" \t".to_owned()), 6 => text_call_ids(40).prop_map(|id| id.to_string())]
}

fn guid_text(bytes: [u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::read_request;
    use crate::protocol::InputClass;

    proptest! {
        #[test]
        fn ids_are_legal_and_reach_the_limit(id in call_ids()) {
            prop_assert!((1..=sizes::CALL_ID_LIMIT).contains(&id.as_str().chars().count()));
        }

        #[test]
        fn every_legal_spelling_reads_alike(made in valid_requests()) {
            let request = made.request();
            let read = read_request(&request.body, made.charset().as_deref());
            prop_assert_eq!(read.map(|read| read.values), Ok(vec![made.call_id.to_string()]));
        }
    }

    /// Shrinking ends at one change, and the class is that of the shrunk list.
    #[test]
    fn shrinking_keeps_the_class_true() {
        use proptest::test_runner::{Config, TestError, TestRunner};
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        let failed = runner.run(&malformed_requests(), |made| {
            prop_assert!(!made.variation.message_classes().contains(&InputClass::MissingCallId));
            Ok(())
        });
        let Err(TestError::Fail(_, made)) = failed else { panic!("{failed:?}") };
        assert_eq!(made.variation.changes.len(), 1, "{made:?}");
        let request = made.request();
        let refusal = read_request(&request.body, made.charset().as_deref()).unwrap_err();
        assert_eq!(refusal.defect.class(), InputClass::MissingCallId);
    }
}
