//! What must not reach a record, a report or a log.
//!
//! Secrets are hidden where evidence is made: in the bytes of a body and in the text of a field, before anything
//! reads them. What is judged and shown is made of that evidence, so no way of decoding it brings a secret
//! back, and a record is judged again as it was.
//!
//! Bytes become characters (`reading`), escapes in these are undone, one in another (`escapes`, `mail`, `utf7`), and what
//! is left is looked through as it is and by its letters and digits alone (`found`) for the spellings of each
//! secret (`spelling`) or enough of one (`patterns`): most texts are ruled out by a few of their bytes (`grams`), in
//! the others all that counts is found in one pass (`automaton`).

mod automaton;
mod common;
mod digits;
mod escapes;
mod fold;
mod found;
mod grams;
mod hide;
mod mail;
mod names;
mod parts;
mod patterns;
mod reading;
mod spelling;
mod utf7;

pub(crate) use automaton::Ending;
pub(crate) use common::HIDDEN;
#[cfg(feature = "fuzzing")]
pub(crate) use common::common_part;
pub(crate) use hide::Secrets;
pub use hide::Weak;
pub(super) use parts::Gathered;
pub(crate) use parts::{is_credential, is_credential_field};
#[cfg(feature = "fuzzing")]
pub(crate) use spelling::is_telling;
