//! What a run leaves behind, for servers, clients and parsers alike: saved, loaded, counted, judged
//! again, compared, and held against what is known. No I/O, and nothing is printed here.

mod again;
mod cause;
mod chain;
pub mod comparison;
mod conclusion;
mod counts;
mod entry;
mod findings;
mod fuzzed;
mod json;
pub mod known;
mod load_error;
mod merge;
mod pack;
mod read;
#[expect(clippy::module_inception, reason = "the record is what the room is about")]
mod record;
mod runs;
mod shape;
mod shard;
mod shared;
mod spellings;
mod tree;
mod unpack;
mod verification;
mod watcher;
mod writer;

pub use again::{Again, Difference, FuzzedJudge};
pub use cause::{Cause, Part};
pub use conclusion::Conclusion;
pub use counts::Counts;
pub use entry::Entry;
pub(crate) use findings::CONTROL;
pub use fuzzed::{CampaignFacts, Cells, FUZZED, Fuzzed, FuzzedAnswer};
pub use load_error::LoadError;
pub use merge::MergeError;
pub use record::{ControlEntry, FORMAT_VERSION, Record, Times};
pub use shard::{CHUNK, Shard, ShardOf};
pub use spellings::{Met, Spellings};
pub use verification::{Discrepancy, Verification};
pub use watcher::{Unwatched, Watcher};
pub use writer::RecordWriter;
