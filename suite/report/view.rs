use crate::judge::{Finding, Verdict};
use crate::record::known::Accounting;
use crate::record::{Cause, Counts, Record};

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What was seen and judged.
    pub record: &'a Record,
    /// What became of the deviations that somebody knows of, if any are to be told apart.
    pub known: Option<&'a Accounting>,
}

impl<'a> From<&'a Record> for View<'a> {
    fn from(record: &'a Record) -> Self {
        Self { record, known: None }
    }
}

impl<'a> View<'a> {
    /// What the findings come from that nobody knows of.
    pub(super) fn causes(self) -> Vec<Cause<'a>> {
        self.record.causes_of(|case, finding| !self.excuses(case, finding))
    }

    /// Whether a finding of a case is known, and as it is known. Notes are nobody's deviations.
    pub(super) fn excuses(self, case: &str, finding: &Finding) -> bool {
        finding.verdict >= Verdict::Warn && self.known.is_some_and(|known| known.excuses(case, finding))
    }

    /// How many cases came to what.
    pub(super) fn counts(self) -> Counts {
        self.known.map_or_else(|| self.record.counts(), |known| known.counts(self.record))
    }
}
