//! Structured inputs: a variation of the plain request, on which three witnesses of its class must
//! agree, and whose answer from the strict mock the decision table must allow.

use std::collections::BTreeSet;

use super::differential::{compare, is_their_gap};
use crate::evidence::Handler;
use crate::evidence::observe;
use crate::generate::{Choices, Variation};
use crate::message::xml::decode;
use crate::message::{Draft, HttpRequest, Ids, charset_of, read_request};
use crate::mock::{CallState, Service};
use crate::protocol::{Allowance, InputClass, Operation, Outcome, decide};

struct Source<'u, 'a>(&'u mut arbitrary::Unstructured<'a>);

impl Choices for Source<'_, '_> {
    fn below(&mut self, count: usize) -> usize {
        // Without bytes left the first, which is the mildest.
        self.0.choose_index(count.max(1)).unwrap_or(0)
    }
}

impl<'a> arbitrary::Arbitrary<'a> for Variation {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self::choose(&mut Source(u)))
    }
}

/// Bytes as the choices of a variation.
///
/// # Panics
/// On a finding.
pub fn edits(data: &[u8]) {
    let mut source = arbitrary::Unstructured::new(data);
    edits_of(&Variation::choose(&mut Source(&mut source)));
}

/// One variation.
///
/// # Panics
/// On a finding.
pub fn edits_of(variation: &Variation) {
    let service = Service::strict();
    let ids = Ids { this: place(&service, "1"), other: place(&service, "2"), ..Ids::default() };
    let request = variation.write(&ids);
    let of_message = variation.message_classes();
    witness_reader(variation, &request, &of_message, &ids);
    witness_roxmltree(variation, &request, &of_message);

    let classes = variation.classes();
    let outcome = ask(&service, &request);
    let allowed = classes.iter().any(|&class| decide(class, None, false, &outcome) == Allowance::Expected);
    assert!(allowed, "{variation:?} is {classes:?}, and the strict mock answers {outcome}");
    let ended = service.call_state(&ids.this) == Some(CallState::Disconnected);
    assert_eq!(ended, outcome == Outcome::Ok, "{variation:?}: {outcome}, and the call has ended: {ended}");
    assert_ne!(
        service.call_state(&ids.other),
        Some(CallState::Disconnected),
        "{variation:?} ends another call"
    );
}

/// The reader puts the bytes into one of the classes that follow from the changes.
fn witness_reader(variation: &Variation, request: &HttpRequest, classes: &BTreeSet<InputClass>, ids: &Ids) {
    let charset = request.header("content-type").and_then(charset_of);
    match read_request(&request.body, charset.as_deref()) {
        Err(refusal) => {
            let class = refusal.defect.class();
            assert!(classes.contains(&class), "{variation:?} is {classes:?}, read as {class:?}: {refusal}");
        }
        Ok(read) => {
            assert!(variation.is_valid_message(), "{variation:?} is {classes:?}, read as {read:?}");
            let changed = classes.iter().any(|c| matches!(c, InputClass::Garbage | InputClass::PaddedCallId));
            assert_eq!(read.call_id() != Some(&ids.this), changed, "{variation:?} is {classes:?}: {read:?}");
        }
    }
}

/// roxmltree tells ill-formed bodies from well-formed ones as the changes say.
fn witness_roxmltree(variation: &Variation, request: &HttpRequest, classes: &BTreeSet<InputClass>) {
    let charset = request.header("content-type").and_then(charset_of);
    let Ok(decoded) = decode(&request.body, charset.as_deref()) else { return };
    if let Err(disagreement) = compare(&decoded.text) {
        panic!("{variation:?}: {}", disagreement.0);
    }
    let outside_xml = [InputClass::NotWellFormed, InputClass::Dtd, InputClass::EncodingsDisagree];
    if !outside_xml.iter().any(|class| classes.contains(class)) {
        let read = roxmltree::Document::parse(&decoded.text);
        let gap = read.as_ref().is_err_and(is_their_gap);
        assert!(read.is_ok() || gap, "{variation:?} is {classes:?}, refused by roxmltree: {read:?}");
    }
}

fn place(service: &Service, number: &str) -> String {
    let values = vec!["ZW50cnk=".to_owned(), number.to_owned()];
    let request = Draft::plain(Operation::PlayOnPhone, values).write(&Ids::default());
    observe(&Handler::answer(service, &request))
        .message
        .and_then(|message| message.issued)
        .map(|issued| issued.id)
        .expect("the strict mock places calls")
}

fn ask(service: &Service, request: &HttpRequest) -> Outcome {
    observe(&Handler::answer(service, request)).outcome
}
