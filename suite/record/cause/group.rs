//! The causes of what a run has found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::key::Key;
use super::kind::Kind;
use super::{Cause, Part};
use crate::catalogue::CaseRef;
use crate::judge::{CheckId, Finding, Verdict};
use crate::message::MessageKind;
use crate::protocol::RequirementId;
use crate::record::{CONTROL, Record};

/// What shows alike in most of more kinds of input than this does not come from any of them.
const MAX_KINDS: usize = 3;

/// A finding with its case.
type Found<'a> = (&'a str, &'a Finding);

impl Record {
    /// What the findings of the run come from: what fails or warns first, in the order of how many cases it
    /// explains; then notes, in the same order.
    ///
    /// Findings come from one cause if they say the same of the same part of an answer, or if inputs of one
    /// kind came to the same.
    pub fn causes(&self) -> Vec<Cause<'_>> {
        self.causes_of(|_, _| true)
    }

    /// What those findings come from, of a case each, that are `wanted`.
    pub fn causes_of(&self, wanted: impl Fn(&str, &Finding) -> bool) -> Vec<Cause<'_>> {
        let mut groups: BTreeMap<(bool, Key), Vec<Found<'_>>> = BTreeMap::new();
        // What shows only in some spellings has another cause in others.
        let mut spelled: BTreeMap<(&[String], Key), Vec<Found<'_>>> = BTreeMap::new();
        for finding in self.control.findings.iter().filter(|finding| wanted(CONTROL, finding)) {
            let key = (is_note(finding), Key::of(None, finding));
            groups.entry(key).or_default().push((CONTROL, finding));
        }
        for (place, entry) in self.entries.iter().enumerate() {
            let case = self.case_of(entry).map(|case| (case, entry));
            for finding in entry.judgement.findings.iter().filter(|finding| wanted(&entry.case, finding)) {
                if entry.fuzzed.is_some() {
                    let key = (is_note(finding), Key::Bucket(place));
                    groups.entry(key).or_default().push((&entry.case, finding));
                    continue;
                }
                if !finding.spelled.is_empty() {
                    let key = (&*finding.spelled, Key::of(case, finding).of_any_kind());
                    spelled.entry(key).or_default().push((&entry.case, finding));
                    continue;
                }
                let key = (is_note(finding), Key::of(case, finding));
                groups.entry(key).or_default().push((&entry.case, finding));
            }
        }
        let about = self.cases_about();
        let judged = self.entries.iter().filter(|entry| entry.judgement.verdict.is_judged());
        let counts = Kind::counts(judged.filter_map(|entry| self.case_of(entry)));
        let groups = whatever_kind(groups, &counts).into_iter();
        let mut causes: Vec<Cause<'_>> = groups
            .map(|((_, key), found)| {
                let cause = cause(key, &found, &about);
                let fuzzed = key.bucket().and_then(|place| self.entries.get(place)?.fuzzed.as_ref());
                match fuzzed {
                    Some(fuzzed) => Cause { about: fuzzed.about(), ..cause },
                    None => cause,
                }
            })
            .collect();
        causes.extend(spelled.into_iter().map(|((values, key), found)| {
            let cause = cause(key, &found, &about);
            Cause { about: format!("{}, only with {}", cause.about, values.join(" and ")), ..cause }
        }));
        causes.sort_by_key(|cause| {
            (cause.verdict < Verdict::Warn, Reverse(cause.cases.len()), Reverse(cause.verdict))
        });
        causes
    }

    /// What cases are about.
    fn cases_about(&self) -> BTreeMap<&str, CaseRef> {
        self.entries.iter().filter_map(|entry| Some((&*entry.case, self.case_of(entry)?))).collect()
    }
}

fn is_note(finding: &Finding) -> bool {
    finding.verdict < Verdict::Warn
}

/// Puts together what shows in many kinds of input, in most of each: a subject that takes whatever it is
/// given, or refuses all that is unusual, has one cause for it, and one that takes something of several kinds
/// has several.
fn whatever_kind<'a>(
    groups: BTreeMap<(bool, Key), Vec<Found<'a>>>,
    counts: &BTreeMap<(Kind, bool), usize>,
) -> BTreeMap<(bool, Key), Vec<Found<'a>>> {
    let is_most = |key: &Key, found: &[Found<'a>]| match key.share() {
        // Where a message stands in HTTP and what stands in it are read in different places.
        Some((kind, _)) if kind.is_of_http() => false,
        Some(share) => {
            let of = counts.get(&share).copied().unwrap_or_default();
            of > 0 && cases_of(found).len() * 3 >= of * 2
        }
        None => true,
    };
    let mut kinds: BTreeMap<(bool, Key), usize> = BTreeMap::new();
    for ((note, key), found) in &groups {
        *kinds.entry((*note, key.of_any_kind())).or_default() += usize::from(is_most(key, found));
    }
    let mut merged: BTreeMap<(bool, Key), Vec<Found<'a>>> = BTreeMap::new();
    for ((note, key), found) in groups {
        let any = (note, key.of_any_kind());
        let key = if kinds[&any] > MAX_KINDS && is_most(&key, &found) { any } else { (note, key) };
        merged.entry(key).or_default().extend(found);
    }
    merged
}

fn cause<'a>(key: Key, found: &[Found<'a>], about: &BTreeMap<&str, CaseRef>) -> Cause<'a> {
    let cases = cases_of(found);
    let mut by_row: BTreeMap<RequirementId, Vec<Found<'a>>> = BTreeMap::new();
    for &(case, finding) in found {
        by_row.entry(finding.requirement).or_default().push((case, finding));
    }
    let mut parts: Vec<Part<'a>> = by_row.into_iter().filter_map(|(row, found)| part(row, &found)).collect();
    // Of a parser, what it makes of requests before what it makes of answers.
    let is_request =
        |id: &&str| matches!(about.get(id), Some(CaseRef::Parser(case)) if case.kind == MessageKind::Request);
    parts.sort_by_cached_key(|part| {
        let only_answers = !part.cases.iter().any(is_request);
        (Reverse(part.verdict), only_answers, Reverse(part.cases.len()))
    });
    Cause {
        verdict: parts.first().map_or(Verdict::Note, |part| part.verdict),
        about: key.words(),
        parts,
        cases,
        verdicts: verdicts_of(found),
    }
}

fn part<'a>(requirement: RequirementId, found: &[Found<'a>]) -> Option<Part<'a>> {
    let verdict = found.iter().map(|(_, finding)| finding.verdict).max()?;
    let gravest = || found.iter().filter(|(_, finding)| finding.verdict == verdict);
    // What a single request shows is quicker told than what a sequence does.
    let is_alone =
        |finding: &Finding| finding.check != CheckId::Sequence && !finding.expected.starts_with("step ");
    let alone = gravest().find(|(case, finding)| is_alone(finding) && *case != CONTROL);
    let &(example, finding) = alone.or_else(|| gravest().next())?;
    let observed: BTreeSet<&str> = found.iter().map(|(_, finding)| &*finding.observed).collect();
    Some(Part {
        requirement,
        verdict,
        finding,
        example,
        cases: cases_of(found),
        verdicts: verdicts_of(found),
        observed: observed.len(),
    })
}

/// How many cases are how grave, by the gravest finding of each.
fn verdicts_of(found: &[Found<'_>]) -> BTreeMap<Verdict, usize> {
    let mut of_cases: BTreeMap<&str, Verdict> = BTreeMap::new();
    for (case, finding) in found {
        let verdict = of_cases.entry(case).or_insert(finding.verdict);
        *verdict = finding.verdict.max(*verdict);
    }
    let mut verdicts = BTreeMap::new();
    for verdict in of_cases.into_values() {
        *verdicts.entry(verdict).or_default() += 1;
    }
    verdicts
}

/// The cases, each once, in the order in which they came.
fn cases_of<'a>(found: &[Found<'a>]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    found.iter().map(|(case, _)| *case).filter(|case| seen.insert(*case)).collect()
}
