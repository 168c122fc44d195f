use std::sync::Arc;
use std::time::Duration;

use crate::record::Entry;

/// A case that is done, and how long it took.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub(crate) entry: Arc<Entry>,
    pub(crate) took: Duration,
}
