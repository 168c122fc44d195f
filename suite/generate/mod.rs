//! Messages that are made rather than written: the plain request with a few changes of which is
//! known what they make of it.
//!
//! Property tests and fuzz targets draw from here. The class of a [`Variation`] follows from its
//! changes alone, so it can be computed again after every step of shrinking, and it is a witness
//! beside the reader and the decision table.

mod change;
mod classify;
#[cfg(feature = "net")]
mod drawn;
pub mod neutral;
#[cfg(feature = "net")]
mod numbers;
mod tree;

#[cfg(feature = "net")]
pub use drawn::Drawn;
#[cfg(feature = "net")]
pub(crate) use numbers::Numbers;

pub use change::{Attribute, Change, Declared, End, Filler, Gap, HeaderEntry, Spelling, Value, fragments};

use std::collections::BTreeSet;

use crate::message::{AnswerDraft, Close, Draft, Edit, HttpRequest, Ids, Place};
use crate::protocol::{InputClass, names};

/// Most changes of one variation.
pub const MAX_CHANGES: usize = 4;

/// Where the choices of a made message come from.
pub trait Choices {
    /// A number below `count`, which is at least 1.
    fn below(&mut self, count: usize) -> usize;
}

/// Choices from bytes: one or two bytes each, zero when they run out.
impl Choices for &[u8] {
    fn below(&mut self, count: usize) -> usize {
        let [first, rest @ ..] = self else { return 0 };
        let mut number = usize::from(*first);
        *self = rest;
        if count > 256
            && let [second, rest @ ..] = self
        {
            number += 256 * usize::from(*second);
            *self = rest;
        }
        number % count.max(1)
    }
}

/// A plain answer to Disconnect with changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerVariation {
    /// The plain answer.
    pub answer: AnswerDraft,
    /// The changes, in the order in which they apply. Those of HTTP do not reach it, but for the
    /// charset.
    pub changes: Vec<Change>,
}

impl AnswerVariation {
    /// Why a reader must refuse it, from the changes alone; nothing where it reads like the plain
    /// answer. More than one where several faults of the same level meet.
    pub fn refusals(&self) -> BTreeSet<InputClass> {
        tree::Tree::of_answer(self.answer == AnswerDraft::Success, &self.changes).of_reply()
    }

    /// The edits that make it.
    pub fn edits(&self) -> Vec<Edit> {
        // With an end tag of its own DisconnectResponse can hold something.
        let pair = Edit::Close(Place::Operation, Close::Pair);
        let variation = Variation { changes: self.changes.clone() };
        std::iter::once(pair).chain(variation.edits()).collect()
    }

    /// The message, written out.
    pub fn body(&self) -> Vec<u8> {
        Draft::answer(self.answer, &self.edits()).body(&Ids::default())
    }

    /// The charset of its Content-Type.
    pub fn charset(&self) -> Option<&'static str> {
        let charset = self.changes.iter().rev().find_map(|change| match change {
            Change::Wide(_) => Some(Some("utf-16")),
            Change::Charset(charset) => Some(charset.map(|charset| charset.trim_matches('"'))),
            _ => None,
        });
        charset.unwrap_or(Some("utf-8"))
    }
}

/// A plain Disconnect request with changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation {
    /// The changes, in the order in which they apply.
    pub changes: Vec<Change>,
}

impl Variation {
    /// A variation of one to [`MAX_CHANGES`] changes.
    pub fn choose(choices: &mut impl Choices) -> Self {
        let count = 1 + choices.below(MAX_CHANGES);
        Self { changes: (0..count).map(|_| Change::choose(choices)).collect() }
    }

    /// The classes that a receiver may put it into, from the changes alone. One, unless several
    /// faults of the same level of precedence meet, which no document ranks.
    pub fn classes(&self) -> BTreeSet<InputClass> {
        tree::Tree::of(&self.changes).classes()
    }

    /// The classes of its message, method and media type left out.
    pub fn message_classes(&self) -> BTreeSet<InputClass> {
        tree::Tree::of(&self.changes).message()
    }

    /// Whether its message is a valid request: a reader must take it, whatever becomes of the call.
    pub fn is_valid_message(&self) -> bool {
        use InputClass as C;
        self.message_classes().iter().all(|class| {
            matches!(
                class,
                C::Valid
                    | C::Garbage
                    | C::PaddedCallId
                    | C::OptionalHeader
                    | C::TextSplit
                    | C::Utf8Bom
                    | C::Utf16
                    | C::SoapAction
            )
        })
    }

    /// Whether its message is valid and names the same call as the plain request.
    pub fn keeps_call_id(&self) -> bool {
        self.is_valid_message()
            && !self
                .message_classes()
                .iter()
                .any(|class| matches!(class, InputClass::Garbage | InputClass::PaddedCallId))
    }

    /// The edits that make it.
    pub fn edits(&self) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.changes.iter().flat_map(|change| change.document_edits()).collect();
        edits.extend(self.byte_edits());
        edits.extend(self.http_edits());
        edits
    }

    /// The request, written for these ids.
    pub fn write(&self, ids: &Ids) -> HttpRequest {
        Draft::disconnect(&self.edits()).write(ids)
    }

    fn byte_edits(&self) -> Vec<Edit> {
        let wide = self.changes.iter().any(|change| matches!(change, Change::Wide(_)));
        // What follows the root element is cut off with its end.
        let epilog: String = self
            .changes
            .iter()
            .flat_map(|change| change.document_edits())
            .filter_map(|edit| if let Edit::Epilog(markup) = edit { Some(markup) } else { None })
            .collect();
        let (epilog, unit) = if wide { (epilog.encode_utf16().count(), 2) } else { (epilog.len(), 1) };
        let cut = self.changes.iter().filter_map(|change| match change {
            Change::Truncate(count) => Some(Edit::Truncate((epilog + usize::from(*count)) * unit)),
            _ => None,
        });
        let append = self.changes.iter().filter_map(|change| match change {
            Change::Append(bytes) => Some(Edit::Append(bytes.to_vec())),
            _ => None,
        });
        cut.take(1).chain(append).collect()
    }

    fn http_edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut media_type, mut charset) = (names::MEDIA_TYPE, Some("utf-8"));
        for change in &self.changes {
            match change {
                Change::Wide(_) => charset = Some("utf-16"),
                Change::Charset(other) => charset = *other,
                Change::MediaType(other) => media_type = other,
                Change::Method(method) => edits.push(Edit::Method((*method).to_owned())),
                Change::SoapAction(action) => {
                    edits.push(Edit::HttpHeader("soapaction".to_owned(), action.map(str::to_owned)));
                }
                _ => {}
            }
        }
        let value = match charset {
            Some(charset) => format!("{media_type}; charset={charset}"),
            None => media_type.to_owned(),
        };
        if value != names::CONTENT_TYPE {
            edits.push(Edit::HttpHeader("content-type".to_owned(), Some(value)));
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::message::{charset_of, read_request};

    /// Every class that changes can reach is reached by a single change, and the reader agrees
    /// with it exactly.
    #[test]
    fn one_change_has_one_class_and_the_reader_agrees() {
        use InputClass as C;
        let mut reached: BTreeMap<InputClass, usize> = BTreeMap::new();
        let mut numbers = 0_u64;
        for _ in 0..20_000 {
            // A plain sequence of bytes that visits every kind: Weyl's, which needs no generator.
            numbers = numbers.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let choices = numbers.wrapping_mul(numbers | 1).to_le_bytes();
            let variation = Variation { changes: vec![Change::choose(&mut &choices[1..])] };
            let classes = variation.message_classes();
            let request = variation.write(&Ids::default());
            let charset = request.header("content-type").and_then(charset_of);
            match read_request(&request.body, charset.as_deref()) {
                Ok(_) => assert!(variation.is_valid_message(), "{variation:?}: {classes:?}"),
                Err(refusal) => {
                    assert!(
                        classes.contains(&refusal.defect.class()),
                        "{variation:?}: {classes:?}, {refusal}"
                    );
                }
            }
            // Only a wrong charset alone leaves open what is wrong.
            assert!(
                classes.len() == 1 || matches!(variation.changes[0], Change::Charset(_)),
                "{variation:?}"
            );
            for class in variation.classes() {
                *reached.entry(class).or_default() += 1;
            }
        }
        let all: Vec<InputClass> = crate::protocol::DECISIONS.iter().map(|row| row.class).collect();
        let missing: Vec<_> = all.iter().filter(|class| !reached.contains_key(class)).collect();
        // What a single message cannot show, or what only its sender knows.
        // EnvelopeNoNamespace takes two changes: no prefix, and no namespace for it.
        let beyond = [
            C::EndedCall,
            C::Unissued,
            C::EnvelopeNoNamespace,
            C::LongCallId,
            C::Credentials,
            C::ForeignOperation,
        ];
        assert_eq!(missing, beyond.iter().collect::<Vec<_>>());
    }

    #[test]
    fn the_outer_fault_hides_the_inner_one() {
        let class = |changes: &[Change]| Variation { changes: changes.to_vec() }.classes();
        let empty = Change::Value(Value::Empty);
        assert_eq!(class(&[empty]), BTreeSet::from([InputClass::EmptyCallId]));
        assert_eq!(class(&[empty, Change::Delete(Place::Body)]), BTreeSet::from([InputClass::BodyShape]));
        assert_eq!(class(&[empty, Change::Method("PUT")]), BTreeSet::from([InputClass::Method]));
        // Two faults on one level are not ranked by any document.
        let both =
            class(&[Change::Duplicate(Place::CallId), Change::Attributes(Place::Operation, Attribute::Nil)]);
        assert_eq!(both, BTreeSet::from([InputClass::TwoCallIds, InputClass::Nil]));
    }
}
