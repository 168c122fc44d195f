//! What a page tells, concluded once from the record.

use std::collections::BTreeMap;

use crate::judge::Established;
use crate::protocol::{Requirement, RequirementId};
use crate::record::{Cause, Counts, Record};
use crate::report::View;
use crate::report::requirements::{RowVerdict, requirements};

/// What the parts of a page have in common.
pub(super) struct Contents<'a> {
    pub(super) view: View<'a>,
    pub(super) record: &'a Record,
    pub(super) established: Established,
    pub(super) counts: Counts,
    /// Where findings come from that nobody knows of, the gravest first.
    pub(super) causes: Vec<Cause<'a>>,
    /// What the run says of each requirement, in the order of their numbers.
    pub(super) rows: Vec<(&'static Requirement, RowVerdict)>,
    /// How many cases of the run cite each requirement.
    pub(super) citing: BTreeMap<RequirementId, usize>,
    /// The place of each case among the entries.
    pub(super) places: BTreeMap<&'a str, usize>,
}

impl<'a> Contents<'a> {
    /// Of a record, with what is known of it.
    pub(super) fn of(view: View<'a>) -> Self {
        let record = view.record;
        let mut causes = view.causes();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.verdict));
        let mut citing = BTreeMap::new();
        for case in record.entries.iter().filter_map(|entry| record.case_of(entry)) {
            for row in case.requirements() {
                *citing.entry(*row).or_default() += 1;
            }
        }
        Self {
            view,
            record,
            established: record.established(),
            counts: view.counts(),
            causes,
            rows: requirements(record),
            citing,
            places: record.entries.iter().enumerate().map(|(place, entry)| (&*entry.case, place)).collect(),
        }
    }
}
