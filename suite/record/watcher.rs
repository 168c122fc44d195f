use super::Entry;

/// Sees each entry when its case is done, in the order in which they end, and can stop the run.
pub trait Watcher: Sync {
    /// A case is done.
    fn done(&self, entry: &Entry);
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
