//! What a case comes to, as it is and in other spellings: where it goes further wrong than as it is, and what it takes for that.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::case::{is_contact, judge_attempt, put_off_words, server_tries};
use crate::evidence::{Attempt, Role};
use crate::judge::{CheckId, Finding, Judgement, Verdict, settle};
use crate::protocol::RequirementId;

/// Most neutral values of a set of which all subsets are asked for.
const MAX_PROVEN: usize = 4;

/// Judges a case by its attempts. A failure counts when it comes again, see [`settle`].
pub fn judge_server(context: Context<'_>, attempts: &[Attempt]) -> Judgement {
    let mut tries = server_tries(context, attempts);
    if tries.is_empty()
        && let Some(answer) = attempts.iter().find_map(Attempt::put_off)
    {
        return Judgement::not_judged(put_off_words(answer));
    }
    if tries.first().is_some_and(|first| first.judgement.findings.iter().any(is_contact)) {
        // A contact is a fact; that a cache prevents the second proves nothing.
        tries.truncate(1);
    }
    let judgement = settle(&tries);
    let partly = spelled_findings(context, attempts, &judgement);
    if partly.is_empty() { judgement } else { judgement.and(partly) }
}

/// What was found in one spelling beyond what is found in the case as it is; nothing where that is not judged.
///
/// What is wrong in the case as it is says nothing of its spelling. A contrast is that of the case.
pub fn goes_further(
    context: Context<'_>,
    plain: &[Attempt],
    judgement: &Judgement,
    spelled: &Attempt,
) -> Vec<Finding> {
    if !judgement.verdict.is_judged() {
        return Vec::new();
    }
    let mut whole = spelled.clone();
    let contrasts = plain.iter().rev().find(|attempt| attempt.step(Role::Contrast).is_some());
    let contrasts = contrasts.iter().flat_map(|attempt| &attempt.steps);
    whole.steps.extend(contrasts.filter(|step| step.role == Role::Contrast).cloned());
    let known: BTreeMap<(CheckId, RequirementId), Verdict> = judgement
        .findings
        .iter()
        .filter(|finding| finding.spelled.is_empty())
        .map(|finding| ((finding.check, finding.requirement), finding.verdict))
        .collect();
    let is_further = |finding: &Finding| {
        let key = (finding.check, finding.requirement);
        finding.verdict >= Verdict::Warn && known.get(&key).is_none_or(|verdict| *verdict < finding.verdict)
    };
    judge_attempt(context, &whole).findings.into_iter().filter(is_further).collect()
}

/// Whether one spelling goes wrong: in every attempt at it.
struct Spelling<'a> {
    values: BTreeSet<&'a str>,
    told: &'a [String],
    found: Vec<Finding>,
}

/// What goes wrong only in some spellings, once for each smallest set of neutral values that brings it out.
fn spelled_findings(context: Context<'_>, attempts: &[Attempt], judgement: &Judgement) -> Vec<Finding> {
    let (plain, spelled): (Vec<Attempt>, Vec<Attempt>) =
        attempts.iter().cloned().partition(Attempt::is_plain);
    if spelled.is_empty() {
        return Vec::new();
    }
    let mut order: Vec<&[String]> = Vec::new();
    for attempt in &spelled {
        if !order.contains(&attempt.spelled.as_slice()) {
            order.push(&attempt.spelled);
        }
    }
    let spellings: Vec<Spelling<'_>> = order
        .into_iter()
        .map(|told| {
            let tries = spelled.iter().filter(|attempt| attempt.spelled == told);
            let found: Vec<Vec<Finding>> =
                tries.map(|attempt| goes_further(context, &plain, judgement, attempt)).collect();
            let steady = found.iter().all(|found| !found.is_empty());
            let found = if steady { found.into_iter().next().unwrap_or_default() } else { Vec::new() };
            Spelling { values: told.iter().map(String::as_str).collect(), told, found }
        })
        .collect();
    let failing = || spellings.iter().filter(|spelling| !spelling.found.is_empty());
    let smallest = failing().filter(|one| !failing().any(|other| is_within(&other.values, &one.values)));
    let rows = plain.iter().find_map(|attempt| attempt.rows);
    let pass = rows
        .map_or_else(String::new, |rows| format!("; {} of {} other spellings pass", rows.passed, rows.sent));
    let mut findings = Vec::new();
    for spelling in smallest {
        let proven = if is_proven(spelling, &spellings) { "" } else { " (not known to be the fewest)" };
        let with = spelling.told.join(" and ");
        findings.extend(spelling.found.iter().map(|finding| Finding {
            observed: crate::message::told(&format!("only with {with}{proven}{pass}: {}", finding.observed)),
            spelled: spelling.told.to_vec(),
            ..finding.clone()
        }));
    }
    findings
}

/// Whether a set is a true subset of another.
fn is_within(inner: &BTreeSet<&str>, outer: &BTreeSet<&str>) -> bool {
    inner.len() < outer.len() && inner.is_subset(outer)
}

/// Whether every true subset was sent, and passed. The empty one is the case as it is.
fn is_proven(spelling: &Spelling<'_>, all: &[Spelling<'_>]) -> bool {
    let values: Vec<&str> = spelling.values.iter().copied().collect();
    if values.len() > MAX_PROVEN {
        return false;
    }
    (1..(1_usize << values.len()) - 1).all(|bits| {
        let numbered = values.iter().enumerate();
        let subset: BTreeSet<&str> =
            numbered.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, value)| *value).collect();
        all.iter().any(|other| other.values == subset && other.found.is_empty())
    })
}
