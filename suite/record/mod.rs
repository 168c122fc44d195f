//! What a run leaves behind, for servers, clients and parsers alike: saved, loaded, counted, judged
//! again. No I/O, and nothing is printed here.

mod again;
mod cause;
mod chain;
mod conclusion;
mod counts;
mod entry;
mod findings;
mod json;
#[expect(clippy::module_inception, reason = "the record is what the room is about")]
mod record;
mod spellings;
mod verification;
mod watcher;

pub use again::{Again, Difference};
pub use cause::{Cause, Part};
pub use conclusion::Conclusion;
pub use counts::Counts;
pub use entry::Entry;
pub(crate) use findings::CONTROL;
pub use json::LoadError;
pub use record::{ControlEntry, FORMAT_VERSION, Record, Times};
pub use spellings::{Met, Spellings};
pub use verification::{Discrepancy, Verification};
pub use watcher::{Unwatched, Watcher};
