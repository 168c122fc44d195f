//! One record of the shards of a campaign.

use super::CampaignFinding;
use super::pursue::Found;
use super::recorded::{finding_of, take};
use crate::record::{CampaignFacts, MergeError, Record};

/// A shard: which one, and its record.
type Numbered = (usize, Record);

/// The record of all shards of a campaign, in any order: what several of them have found is there once, and what one of
/// them has never sent is missing only where no other one has. Findings are judged by the control of the first shard.
///
/// # Errors
/// Records that are not each shard of one campaign, once.
pub fn merge(records: Vec<Record>) -> Result<Record, MergeError> {
    let shards = in_order(records)?;
    let of = shards.len();
    let Some((_, lead)) = shards.first() else { return Err(MergeError::Missing { number: 1, of: 1 }) };
    let mut merged = Record::new(lead.subject, &lead.target, lead.grading, lead.control.clone());
    merged.tool.clone_from(&lead.tool);
    merged.credentials.clone_from(&lead.credentials);
    merged.options.clone_from(&lead.options);
    let mut facts: Option<CampaignFacts> = None;
    let mut all: Vec<CampaignFinding> = Vec::new();
    for (number, record) in &shards {
        let number = *number;
        for (known, more) in facts.iter_mut().zip(&record.campaign) {
            known.join(more);
        }
        facts = facts.or_else(|| record.campaign.clone());
        for entry in &record.entries {
            let case = || MergeError::Finding { number, of, case: entry.case.clone() };
            all.push(finding_of(entry).ok_or_else(case)?);
        }
        if let Some(why) = &record.ended_early {
            merged.ended_early.get_or_insert_with(|| format!("shard {number}/{of}: {why}"));
        }
        merged.interrupted |= record.interrupted;
        merged.times.elapsed_ms += record.times.elapsed_ms;
    }
    merged.times.started_ms = shards.iter().map(|(_, record)| record.times.started_ms).min().unwrap_or(0);
    merged.campaign = facts.map(|facts| CampaignFacts { shard: None, ..facts });
    for finding in joined(all) {
        take(&mut merged, &finding);
    }
    Ok(merged)
}

/// What is found in all, the gravest first: the smallest input of each fault, as one campaign would have kept.
fn joined(mut all: Vec<CampaignFinding>) -> Vec<CampaignFinding> {
    all.sort_by_key(|finding| (finding.before.len(), finding.input.size()));
    let mut found = Found::default();
    for finding in all {
        // Each counts the one that it takes in.
        if !found.explains(&finding.shown, &finding.input) {
            found.take(finding);
        }
    }
    let mut findings = found.findings;
    findings.sort_by(|a, b| b.verdict().cmp(&a.verdict()).then_with(|| a.id.cmp(&b.id)));
    findings
}

/// The shards by their numbers, each there once and all of one campaign.
fn in_order(records: Vec<Record>) -> Result<Vec<Numbered>, MergeError> {
    let mut shards: Vec<Numbered> = Vec::with_capacity(records.len());
    let mut of = None;
    for (place, record) in records.into_iter().enumerate() {
        let shard = record.campaign.as_ref().and_then(|campaign| campaign.shard);
        let (number, parts) = shard.ok_or(MergeError::NoShard(place + 1))?;
        let (number, parts) = (number as usize, parts as usize);
        let what = match (of, shards.first()) {
            (Some(known), _) if known != parts => Some("number of shards"),
            (_, Some((_, lead))) => foreign(lead, &record),
            _ => None,
        };
        if let Some(what) = what {
            return Err(MergeError::Foreign { number, of: parts, what });
        }
        if shards.iter().any(|(known, _)| *known == number) {
            return Err(MergeError::Doubled { number, of: parts });
        }
        of = Some(parts);
        shards.push((number, record));
    }
    shards.sort_by_key(|(number, _)| *number);
    let of = of.unwrap_or(1);
    for place in 1..=of.max(shards.len()) {
        if shards.get(place - 1).is_none_or(|(number, _)| *number != place) {
            return Err(MergeError::Missing { number: place, of });
        }
    }
    Ok(shards)
}

/// What of two shards shows that they are not of one campaign. How many requests each of them sent may differ.
fn foreign(lead: &Record, record: &Record) -> Option<&'static str> {
    let seed = |record: &Record| record.campaign.as_ref().map(|campaign| campaign.seed);
    [
        (lead.subject == record.subject, "kind of subject"),
        (lead.target == record.target, "target"),
        (lead.tool == record.tool, "version of umspec"),
        (lead.catalogue == record.catalogue, "catalogue"),
        (lead.grading == record.grading, "profile"),
        (lead.credentials == record.credentials, "kind of credentials"),
        (seed(lead) == seed(record), "seed"),
    ]
    .into_iter()
    .find_map(|(same, what)| (!same).then_some(what))
}
