//! Messages of three sizes, to see how the time grows that a reader takes.
//!
//! They are larger than those of the corpus, and a parser may refuse them for that.

use std::borrow::Cow;

use super::sized::SIZED_PARTS;
use super::{MessageCase, MessageExpect};
use crate::message::{Draft, Ids, MessageKind};
use crate::protocol::{names, req};

/// Characters of the part that grows, in the smallest message; the largest has four times as many, a quarter
/// of a mebibyte, which is below the limits on messages that are in use (sizes of UMD-R180).
pub(crate) const SIZE: usize = 65_536;

/// The cases about time.
pub(super) fn growing() -> impl Iterator<Item = MessageCase> {
    SIZED_PARTS.iter().map(|part| {
        let message = |size| Draft::disconnect(&[(part.edit)(size)]).body(&Ids::default());
        MessageCase {
            id: Cow::Owned(format!("growth/{}", part.name)),
            about: Cow::Owned(format!("The message holds {}, twice and four times as many.", part.about)),
            kind: MessageKind::Request,
            requirements: vec![req::NAMES_BOUNDED, req::ALIVE_AFTERWARDS],
            class: Some(part.class()),
            nuance: None,
            content_type: format!("{}; charset=utf-8", names::MEDIA_TYPE),
            charset: Some("utf-8".to_owned()),
            bytes: message(4 * SIZE),
            smaller: vec![message(SIZE), message(2 * SIZE)],
            expect: MessageExpect::Either,
            value: None,
            readings: vec![names::SAMPLE_CALL_ID.to_owned()],
            well_formed: true,
            schema_valid: true,
        }
    })
}
