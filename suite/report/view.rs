use crate::judge::{Finding, Verdict};
use crate::record::known::{Accounting, Standing, Tally};
use crate::record::{Cause, Conclusion, Counts, Entry, Record};

/// The file at which findings stand unless another one is given.
pub const DEFAULT_ANCHOR: &str = "umspec.toml";

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What was seen and judged.
    pub record: &'a Record,
    /// What became of the deviations that somebody knows of, if any are to be told apart.
    pub known: Option<&'a Accounting>,
    /// The file of a repository at which a report that is about files puts what was found: a relative path with `/`
    /// between its parts, see [`is_anchor`](super::is_anchor).
    pub anchor: &'a str,
}

impl<'a> From<&'a Record> for View<'a> {
    fn from(record: &'a Record) -> Self {
        Self { record, known: None, anchor: DEFAULT_ANCHOR }
    }
}

impl<'a> View<'a> {
    /// What the findings come from that nobody knows of.
    pub(super) fn causes(self) -> Vec<Cause<'a>> {
        self.record.causes_of(|case, finding| !self.excuses(case, finding))
    }

    /// What the findings come from that are known.
    pub(super) fn known_causes(self) -> Vec<Cause<'a>> {
        self.record.causes_of(|case, finding| self.excuses(case, finding))
    }

    /// Whether a finding of a case is known, and as it is known. Notes are nobody's deviations.
    pub(super) fn excuses(self, case: &str, finding: &Finding) -> bool {
        finding.verdict >= Verdict::Warn && self.known.is_some_and(|known| known.excuses(case, finding))
    }

    /// How a case stands that deviates in nothing but what is known.
    pub(super) fn standing(self, entry: &Entry) -> Option<&'a Standing> {
        self.known.filter(|known| known.is_known(entry)).and_then(|known| known.of_case(&entry.case))
    }

    /// What became of each known deviation.
    pub(super) fn tallies(self) -> &'a [Tally] {
        self.known.map_or(&[], Accounting::tallies)
    }

    /// How many cases came to what.
    pub(super) fn counts(self) -> Counts {
        self.known.map_or_else(|| self.record.counts(), |known| known.counts(self.record))
    }

    /// What the run came to. Reports are for those who were not there, so that a case without a verdict is never
    /// taken as one.
    pub(super) fn conclusion(self) -> Conclusion {
        self.record.conclusion_with(self.known, false)
    }
}
