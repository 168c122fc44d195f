//! Fuzzing of a running server: inputs by edits whose class follows from the edits, oracles that are the judge's,
//! findings that come again, and the smallest input for each.
//!
//! [`fuzz`] is a campaign. What is sent follows from a seed and from what was seen ([`CampaignWatcher::journal`]
//! hears every decision); what is wrong is said by the judge, under the reading of an input that finds least
//! fault. Something that looks wrong is a [`CampaignFinding`] only after it came again between plain requests, and
//! if no server that differs as some document allows would be given it for the same input.

mod answers;
mod archive;
mod arrays;
mod bench;
mod calibrate;
#[expect(clippy::module_inception, reason = "a campaign is what the room is about")]
mod campaign;
mod conclusion;
mod deadline;
mod death;
mod finding;
mod fuzz;
mod group;
mod grown;
mod growth;
mod history;
mod input;
mod journal;
mod label;
mod line_edit;
mod merged;
mod options;
mod probe;
mod pursue;
mod recorded;
mod replay;
mod reproducer;
mod running;
mod script;
mod scripts;
mod search;
mod shard;
mod signature;
mod singles;
mod spelling;
mod stacking;
mod suspects;
mod text;
mod witness;

pub use answers::{
    ANSWER_REPRODUCER_VERSION, AnswerFinding, AnswerInput, AnswerOptions, AnswerReproducer, MAX_ANSWER_EDITS,
    PlainAnswer, fuzz_client, replay_client,
};
pub use archive::Risk;
pub use campaign::{ArmCount, Campaign, CampaignWatcher, NobodyWatches};
pub use finding::CampaignFinding;
pub use fuzz::fuzz;
pub use grown::{Grown, Mass};
pub use input::{ByteEdit, Input, MAX_EDITS};
pub use journal::{JOURNAL_VERSION, Journal, JournalError};
pub use line_edit::LineEdit;
pub use merged::merge;
pub use options::{CampaignOptions, DEFAULT_MAX_CALLS, DEFAULT_TIME};
pub use probe::{Arm, Shown};
pub use recorded::{finding_of, judge_fuzzed};
pub use replay::{Replayed, replay};
pub use reproducer::{REPRODUCER_VERSION, Reproducer, ReproducerError, is_fixed};
pub use script::{Script, ScriptStep};
pub use shard::Shard;
pub use text::campaign_text;
