//! What a run makes of the deviations that are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fingerprint::fingerprint;
use super::{Date, KnownDeviation, KnownDeviations, Standing, State, Tally};
use crate::catalogue::{CaseRef, matches};
use crate::evidence::Subject;
use crate::judge::{CHECKS, CheckId, Finding, REQUEST_CHECKS, Verdict, applicable};
use crate::protocol::RequirementId;
use crate::record::shape::Normal;
use crate::record::{CONTROL, Counts, Entry, Record};

/// What became of every known deviation in a run: each is expected and seen, or fails the run for one of the
/// reasons of [`State`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounting {
    tallies: Vec<Tally>,
    cases: BTreeMap<String, Standing>,
    /// Of each finding that some entry is about, the mildest state.
    findings: BTreeMap<FindingKey, State>,
}

/// A finding of a case: case, check, requirement, and whether it is of all answers.
type FindingKey = (String, CheckId, RequirementId, bool);

impl KnownDeviations {
    /// What becomes of them in a run, on this day.
    pub fn account(&self, record: &Record, today: Date) -> Accounting {
        let mut accounting =
            Accounting { tallies: Vec::new(), cases: BTreeMap::new(), findings: BTreeMap::new() };
        let run = Run::of(record);
        for deviation in &self.0 {
            accounting.add(&Arc::new(deviation.clone()), &run, today);
        }
        accounting
    }
}

impl Accounting {
    /// How a case stands that some entry is about; by the gravest of what became of those.
    pub fn of_case(&self, case: &str) -> Option<&Standing> {
        self.cases.get(case)
    }

    /// What became of each entry, in the order of the file.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// Entries of which nothing was seen any more, though the run looked.
    pub fn stale(&self) -> impl Iterator<Item = &Tally> {
        self.tallies.iter().filter(|tally| !tally.gone.is_empty())
    }

    /// Entries that name what is no case.
    pub fn unmatched(&self) -> impl Iterator<Item = &Tally> {
        self.tallies.iter().filter(|tally| !tally.unmatched.is_empty())
    }

    /// What became of the entry that is about a finding of a case, if one is; of several the mildest.
    pub fn of_finding(&self, case: &str, finding: &Finding) -> Option<State> {
        self.findings.get(&key(case, finding)).copied()
    }

    /// Whether a finding of a case is known, and as it is known.
    pub fn excuses(&self, case: &str, finding: &Finding) -> bool {
        self.of_finding(case, finding) == Some(State::Expected)
    }

    /// The verdict on an entry without what is known.
    pub fn left(&self, entry: &Entry) -> Verdict {
        let judgement = &entry.judgement;
        if !judgement.verdict.is_judged() {
            return judgement.verdict;
        }
        if !matches!(judgement.verdict, Verdict::Warn | Verdict::Fail) {
            return judgement.verdict;
        }
        let left = judgement.own().filter(|finding| !self.excuses(&entry.case, finding));
        left.map(|finding| finding.verdict).max().unwrap_or(Verdict::Pass)
    }

    /// Whether an entry deviates, and in nothing but what is known.
    pub fn is_known(&self, entry: &Entry) -> bool {
        matches!(entry.judgement.verdict, Verdict::Warn | Verdict::Fail) && self.left(entry) < Verdict::Warn
    }

    /// Counts the verdicts. What is known has passed in no case: it is counted by itself.
    pub fn counts(&self, record: &Record) -> Counts {
        let mut counts = record.counts();
        for entry in &record.entries {
            let (verdict, left) = (entry.judgement.verdict, self.left(entry));
            if left == verdict {
                continue;
            }
            *match verdict {
                Verdict::Fail => &mut counts.failed,
                _ => &mut counts.warned,
            } -= 1;
            *match left {
                Verdict::Warn => &mut counts.warned,
                _ => &mut counts.known,
            } += 1;
        }
        counts
    }

    fn add(&mut self, deviation: &Arc<KnownDeviation>, run: &Run<'_>, today: Date) {
        let unmatched: Vec<String> =
            deviation.unmatched(&run.record.planned).into_iter().map(str::to_owned).collect();
        let mut tally = Tally {
            deviation: Arc::clone(deviation),
            state: State::NotLookedAt,
            seen: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            unmatched,
            right: Vec::new(),
        };
        if deviation.is_of(run.record.subject, &run.record.planned) {
            let is_expired = deviation.until.is_some_and(|until| until < today);
            for (case, findings) in run.about(deviation) {
                let shape = || fingerprint(run.entries.get(case).copied(), &findings, &run.normal);
                let changed =
                    Some(&deviation.fingerprints).filter(|known| !known.is_empty()).map(|_| shape());
                let changed = changed.filter(|shape| !deviation.fingerprints.contains(shape));
                let state = match &changed {
                    Some(_) => State::Changed,
                    None if is_expired => State::Expired,
                    None => State::Expected,
                };
                self.stand(case, &findings, state, deviation);
                match changed {
                    Some(shape) => tally.changed.push((case.to_owned(), shape)),
                    None => tally.seen.push(case.to_owned()),
                }
            }
            run.look_for(deviation, &mut tally);
            tally.state = match () {
                () if !tally.gone.is_empty() => State::Stale,
                () if !tally.changed.is_empty() => State::Changed,
                () if !tally.seen.is_empty() && is_expired => State::Expired,
                () if !tally.seen.is_empty() => State::Expected,
                () => State::NotLookedAt,
            };
        }
        if !tally.unmatched.is_empty() {
            tally.state = State::Unmatched;
        }
        self.tallies.push(tally);
    }

    /// Notes how a case and its findings stand.
    fn stand(&mut self, case: &str, findings: &[&Finding], state: State, deviation: &Arc<KnownDeviation>) {
        for finding in findings {
            let known = self.findings.entry(key(case, finding)).or_insert(state);
            *known = state.min(*known);
        }
        if findings.iter().all(|finding| finding.common) {
            return;
        }
        let standing = Standing { state, deviation: Arc::clone(deviation) };
        match self.cases.get_mut(case) {
            Some(known) if known.state >= state => {}
            Some(known) => *known = standing,
            None => _ = self.cases.insert(case.to_owned(), standing),
        }
    }
}

fn key(case: &str, finding: &Finding) -> FindingKey {
    (case.to_owned(), finding.check, finding.requirement, finding.common)
}

/// A run that is looked through for what is known.
struct Run<'a> {
    record: &'a Record,
    entries: BTreeMap<&'a str, &'a Entry>,
    normal: Normal,
}

impl<'a> Run<'a> {
    fn of(record: &'a Record) -> Self {
        let entries = record.entries.iter().map(|entry| (&*entry.case, entry)).collect();
        Self { record, entries, normal: Normal::of(record) }
    }

    /// The findings that an entry of the file is about, by case, in the order of the record.
    fn about(&self, deviation: &KnownDeviation) -> Vec<(&'a str, Vec<&'a Finding>)> {
        let mut cases: Vec<(&str, Vec<&Finding>)> = Vec::new();
        for (finding, case) in
            self.record.findings().filter(|(finding, case)| deviation.is_about(case, finding))
        {
            match cases.last_mut() {
                Some((last, findings)) if *last == case => findings.push(finding),
                _ => cases.push((case, vec![finding])),
            }
        }
        cases
    }

    /// Finds out what of an entry is not seen any more, though the run looked.
    fn look_for(&self, deviation: &KnownDeviation, tally: &mut Tally) {
        let is_seen = |case: &str| {
            tally
                .seen
                .iter()
                .map(String::as_str)
                .chain(tally.changed.iter().map(|(case, _)| &**case))
                .any(|seen| seen == case)
        };
        let (mut gone, mut right) = (Vec::new(), Vec::new());
        for name in &deviation.cases {
            let judged: Vec<&str> = self.judged().filter(|case| matches(name, case)).collect();
            let (deviating, others): (Vec<&str>, Vec<&str>) = judged.iter().partition(|case| is_seen(case));
            if deviating.is_empty() && !others.is_empty() {
                gone.push(name.clone());
            } else {
                right.extend(others.into_iter().map(str::to_owned));
            }
        }
        if let (true, Some(row)) = (deviation.cases.is_empty(), deviation.requirement)
            && tally.seen.is_empty()
            && tally.changed.is_empty()
            && self.looks_at(row)
        {
            gone.push(row.to_string());
        }
        (tally.gone, tally.right) = (gone, right);
    }

    /// The cases with a verdict, and what stands before them.
    fn judged(&self) -> impl Iterator<Item = &'a str> {
        let judged = self.record.entries.iter().filter(|entry| entry.judgement.verdict.is_judged());
        std::iter::once(CONTROL).chain(judged.map(|entry| &*entry.case))
    }

    /// Whether the run would have seen that a requirement is gone against: a case that cites it was judged, or
    /// a check of it had something to look at.
    fn looks_at(&self, row: RequirementId) -> bool {
        let judged = || self.record.entries.iter().filter(|entry| entry.judgement.verdict.is_judged());
        let cites = |entry: &Entry| {
            self.record.case_of(entry).is_some_and(|case: CaseRef| case.requirements().contains(&row))
        };
        let checks: Vec<CheckId> = CHECKS
            .iter()
            .flat_map(|group| group.iter())
            .filter(|check| check.requirements.contains(&row))
            .map(|check| check.id)
            .collect();
        let is_checked = |entry: &Entry| {
            let attempts = entry.attempts();
            attempts.iter().any(|attempt| applicable(attempt).iter().any(|check| checks.contains(check)))
        };
        judged().any(cites)
            || !checks.is_empty() && judged().any(is_checked)
            || self.record.subject == Subject::Client
                && REQUEST_CHECKS.contains(&row)
                && judged().next().is_some()
    }
}
