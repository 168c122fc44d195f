use std::sync::Arc;
use std::time::Duration;

use super::{Entry, Record};

/// Sees what comes of a run while it goes on, and can stop it.
pub trait Watcher: Sync {
    /// What is known before the cases: a record without entries.
    fn begun(&self, _: &Record) {}

    /// A case begins; not for the first time, where its server died in it and was started again.
    fn started(&self, _: &str) {}

    /// A case is done; entries come in the order in which cases end.
    fn done(&self, entry: &Entry);

    /// Nothing of an entry will change any more; and how long its case took. Entries come in the order in which
    /// that is certain.
    fn settled(&self, _: &Arc<Entry>, _: Duration) {}

    /// Whether the run is to end now.
    fn stopped(&self) -> bool;
}

/// Watches nothing and stops nothing.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn done(&self, _: &Entry) {}

    fn stopped(&self) -> bool {
        false
    }
}
