use crate::record::{Cause, Conclusion, Counts, Record};

/// The file at which findings stand unless another one is given.
pub const DEFAULT_ANCHOR: &str = "umspec.toml";

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What was seen and judged.
    pub record: &'a Record,
    /// The file of a repository at which a report that is about files puts what was found: a relative path with `/`
    /// between its parts, see [`is_anchor`](super::is_anchor).
    pub anchor: &'a str,
}

impl<'a> From<&'a Record> for View<'a> {
    fn from(record: &'a Record) -> Self {
        Self { record, anchor: DEFAULT_ANCHOR }
    }
}

impl<'a> View<'a> {
    /// What the findings come from.
    pub(super) fn causes(self) -> Vec<Cause<'a>> {
        self.record.causes()
    }

    /// How many cases came to what.
    pub(super) fn counts(self) -> Counts {
        self.record.counts()
    }

    /// What the run came to. Reports are for those who were not there, so that a case without a verdict is never
    /// taken as one.
    pub(super) fn conclusion(self) -> Conclusion {
        self.record.conclusion(false)
    }
}
