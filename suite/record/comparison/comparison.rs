//! What changed from one record to another.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{CaseChange, Change, Side};
use super::checks::checks_of;
use super::run::RunChange;
use crate::evidence::Subject;
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::RequirementId;
use crate::record::known::Accounting;
use crate::record::shape::{Normal, Shape};
use crate::record::{Entry, Record};

/// Two records that cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the old record is of a {old} and the new one of a {new}; only records of one kind of subject can be compared"
)]
pub struct OtherSubject {
    /// What the old record is of.
    pub old: Subject,
    /// What the new record is of.
    pub new: Subject,
}

/// How records are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct ComparisonOptions<'a> {
    /// What became of known deviations in the new record: what is as it is known is no regression.
    pub known: Option<&'a Accounting>,
    /// Whether the new run was asked for a part of the cases only: what it was not asked for is no regression.
    pub subset: bool,
}

/// What changed from one record to another, without what differs from run to run: ids, dates, ports, hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// The old record.
    pub old: &'a Record,
    /// The new one.
    pub new: &'a Record,
    /// Every case of either record: in the order of the new one, then what only the old one has.
    pub cases: Vec<CaseChange<'a>>,
    /// What changed of the run as a whole.
    pub run: RunChange<'a>,
}

impl<'a> Comparison<'a> {
    /// Compares two records.
    ///
    /// # Errors
    /// Records of different kinds of subject.
    pub fn of(
        old: &'a Record,
        new: &'a Record,
        options: ComparisonOptions<'_>,
    ) -> Result<Self, OtherSubject> {
        if old.subject != new.subject {
            return Err(OtherSubject { old: old.subject, new: new.subject });
        }
        let pair = Pair { old: Normal::of(old), new: Normal::of(new), known: options.known };
        let before: BTreeMap<&str, &'a Entry> =
            old.entries.iter().map(|entry| (&*entry.case, entry)).collect();
        let mut seen = BTreeSet::new();
        // A case that stands there twice is one; `umspec verify` tells of it.
        let entries: Vec<&'a Entry> = new.entries.iter().filter(|entry| seen.insert(&*entry.case)).collect();
        let mut cases = by_halves(&entries, |entry| pair.change(before.get(&*entry.case).copied(), entry));
        let is_same_catalogue = old.catalogue == new.catalogue;
        for entry in old.entries.iter().filter(|entry| seen.insert(&*entry.case)) {
            cases.push(deleted(entry, is_same_catalogue && !options.subset));
        }
        let lost: BTreeSet<CheckId> = cases.iter().flat_map(|case| case.lost.iter().copied()).collect();
        let mut run = RunChange::of(old, new, options.known, &lost);
        if options.subset {
            // Other cases give other checks something to look at.
            run.lost.clear();
        }
        Ok(Self { old, new, cases, run })
    }

    /// How many cases became what.
    pub fn count(&self, change: Change) -> usize {
        self.cases.iter().filter(|case| case.change == change).count()
    }

    /// How many regressions there are: cases, what fails now in common, and checks that ran nowhere any more.
    pub fn regressions(&self) -> usize {
        let cases = self.cases.iter().filter(|case| case.change.is_regression()).count();
        cases + self.run.new.len() + self.run.lost.len()
    }
}

/// What is made of each of these, in their order, the second half by a thread of its own: to read the evidence of two
/// records takes as long as to load them.
fn by_halves<'a, T: Send>(entries: &[&'a Entry], make: impl Fn(&'a Entry) -> T + Sync) -> Vec<T> {
    let all = |entries: &[&'a Entry]| entries.iter().copied().map(&make).collect::<Vec<T>>();
    let (first, second) = entries.split_at(entries.len() / 2);
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| all(second));
        let mut both = all(first);
        // A panic is none of this thread, and goes on as one.
        both.extend(beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        both
    })
}

/// A case that the new record does not have.
fn deleted(entry: &Entry, is_missed: bool) -> CaseChange<'_> {
    let change = match () {
        () if entry.fuzzed.is_some() => Change::NotFoundAgain,
        () if is_missed && entry.judgement.verdict.is_judged() => Change::NotRunAnyMore,
        () => Change::Deleted,
    };
    CaseChange {
        case: &entry.case,
        change,
        old: Some(side(entry, String::new())),
        new: None,
        findings: Vec::new(),
        lost: Vec::new(),
    }
}

fn side(entry: &Entry, came: String) -> Side<'_> {
    Side { verdict: entry.judgement.verdict, came, reason: entry.judgement.reason.as_deref() }
}

/// What two records are compared by.
struct Pair<'k> {
    old: Normal,
    new: Normal,
    known: Option<&'k Accounting>,
}

impl Pair<'_> {
    fn change<'a>(&self, old: Option<&'a Entry>, new: &'a Entry) -> CaseChange<'a> {
        let Some(old) = old else {
            let findings = self.worse(None, new);
            let new_side = Some(side(new, Shape::of(new, &self.new).words()));
            let (case, change) = (&*new.case, self.added(new));
            return CaseChange { case, change, old: None, new: new_side, findings, lost: Vec::new() };
        };
        let findings = self.worse(Some(old), new);
        // Byte for byte the same: there is nothing to read.
        let is_same = old.evidence == new.evidence;
        if is_same && old.judgement == new.judgement && findings.is_empty() {
            let sides = (Some(side(old, String::new())), Some(side(new, String::new())));
            let (case, change) = (&*new.case, Change::Unchanged);
            return CaseChange { case, change, old: sides.0, new: sides.1, findings, lost: Vec::new() };
        }
        let (was, is) = (Shape::of(old, &self.old), Shape::of(new, &self.new));
        let lost: Vec<CheckId> =
            if is_same { Vec::new() } else { checks_of(old).difference(&checks_of(new)).copied().collect() };
        let is_alike = was == is && says(old, &self.old) == says(new, &self.new);
        let change = self.kind(old, new, &findings, is_alike, !lost.is_empty());
        let (old, new_side) = (Some(side(old, was.words())), Some(side(new, is.words())));
        CaseChange { case: &new.case, change, old, new: new_side, findings, lost }
    }

    /// What a case is that only the new record has. What a campaign has found was looked for in the old one as well.
    fn added(&self, new: &Entry) -> Change {
        match new.judgement.verdict {
            _ if new.fuzzed.is_none() => Change::Added,
            Verdict::Fail if self.known.is_some_and(|known| known.is_known(new)) => Change::KnownNow,
            Verdict::Fail => Change::NewFailure,
            Verdict::Warn => Change::NewWarning,
            _ => Change::Added,
        }
    }

    fn kind(&self, old: &Entry, new: &Entry, worse: &[&Finding], is_alike: bool, has_lost: bool) -> Change {
        use Verdict as V;
        let fails_for_more = worse.iter().any(|finding| finding.verdict == V::Fail && !finding.common);
        let is_known = |entry: &Entry| self.known.is_some_and(|known| known.is_known(entry));
        match (old.judgement.verdict, new.judgement.verdict) {
            (V::Fail, V::Fail) if fails_for_more => Change::FailsForMore,
            (was, V::Fail) if was != V::Fail && is_known(new) => Change::KnownNow,
            (was, V::Fail) if was != V::Fail => Change::NewFailure,
            (was, V::NotJudged | V::Skipped) if was.is_judged() => Change::NotJudgedAnyMore,
            (V::Pass | V::Note, V::Warn) => Change::NewWarning,
            (V::NotJudged | V::Skipped, is) if is.is_judged() => Change::JudgedNow,
            (V::Fail, is) if is.is_judged() && is != V::Fail => Change::Fixed,
            (V::Warn, V::Pass | V::Note) => Change::WarningGone,
            (was, is) if was != is && was.is_judged() => Change::Noted,
            _ if is_alike && has_lost => Change::ChecksLost,
            _ if is_alike => Change::Unchanged,
            _ => Change::OtherEvidence,
        }
    }

    /// What is wrong with the case itself in the new record that is neither known nor in the old one.
    fn worse<'a>(&self, old: Option<&Entry>, new: &'a Entry) -> Vec<&'a Finding> {
        let key = |finding: &Finding| (finding.check, finding.requirement, finding.verdict);
        let known: BTreeSet<(CheckId, RequirementId, Verdict)> =
            old.into_iter().flat_map(|old| old.judgement.own().map(key)).collect();
        let is_new = |finding: &&Finding| {
            finding.verdict >= Verdict::Warn
                && !known.contains(&key(finding))
                && !self.known.is_some_and(|known| known.excuses(&new.case, finding))
        };
        let mut findings: Vec<&Finding> = new.judgement.own().filter(is_new).collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.verdict));
        findings
    }
}

/// What the findings of a case say, and why it has no verdict.
fn says(entry: &Entry, normal: &Normal) -> Vec<String> {
    let findings = entry.judgement.own().map(|finding| {
        let observed = normal.text_of(Some(entry), &finding.observed);
        format!("{} {} {} {observed}", finding.verdict, finding.check, finding.requirement)
    });
    let reason = entry.judgement.reason.iter().map(|reason| normal.text_of(Some(entry), reason));
    findings.chain(reason).collect()
}
