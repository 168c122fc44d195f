//! Fuzzing of a client: plain answers with edits, of which follows what a client must make of them.
//!
//! A client says one word, success or failure, so that there is nothing to be guided by: the answers of the catalogue
//! come first, then single changes, each of another kind or place, then up to [`MAX_ANSWER_EDITS`] drawn together.
//! What is expected is what the catalogue expects of answers with the same defect, where the reference reader and
//! the classes that follow from the changes agree about it; an answer of which they do not is not sent. Something
//! that looks wrong is a finding only after it came again three times of three, each after a plain success that the
//! client took, and it is made as small as it can be.

mod finding;
mod fuzz;
mod input;
mod label;
mod options;
mod recorded;
mod replay;
mod search;

pub use finding::AnswerFinding;
pub use fuzz::fuzz_client;
pub use input::{AnswerInput, MAX_ANSWER_EDITS, PlainAnswer};
pub use options::AnswerOptions;
pub(super) use recorded::judge_answer;
pub use replay::{ANSWER_REPRODUCER_VERSION, AnswerReproducer, replay_client};
