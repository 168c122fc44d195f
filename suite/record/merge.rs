//! One record of the shards of a run.

use super::shard::{CHUNK, selection};
use super::{Entry, Record, ShardOf, Times};
use crate::judge::judge;

/// Why records are not the shards of one run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// Two of them are the same shard.
    #[error("shard {number}/{of} is there twice")]
    Doubled {
        /// Which.
        number: usize,
        /// Of how many.
        of: usize,
    },
    /// One holds a finding that cannot be read.
    #[error("shard {number}/{of} holds {case}, which is no finding that this version of umspec knows")]
    Finding {
        /// Which.
        number: usize,
        /// Of how many.
        of: usize,
        /// The id of its entry.
        case: String,
    },
    /// One is of another run.
    #[error("shard {number}/{of} has another {what} than the first record; merge shards of one run")]
    Foreign {
        /// Which.
        number: usize,
        /// Of how many.
        of: usize,
        /// What differs.
        what: &'static str,
    },
    /// One is missing.
    #[error("shard {number}/{of} is missing")]
    Missing {
        /// Which.
        number: usize,
        /// Of how many.
        of: usize,
    },
    /// One is no shard.
    #[error("record {0} of those given is no shard; make it by umspec run --shard or umspec fuzz --shard")]
    NoShard(usize),
    /// One does not hold the cases that it has to.
    #[error("shard {number}/{of} does not hold the cases of its part")]
    Plan {
        /// Which.
        number: usize,
        /// Of how many.
        of: usize,
    },
}

impl Record {
    /// The record that one run would have left whose shards these are, in any order; times are those of all
    /// together. Cases are judged by the control of the first shard that has one.
    ///
    /// # Errors
    /// Records that are not each shard of one run, once.
    pub fn merge(shards: Vec<Self>) -> Result<Self, MergeError> {
        let shards = in_order(shards)?;
        let of = shards.len();
        let at = |number: usize| (number + 1, of);
        let chunks = shards.iter().map(|(_, record)| record.planned.len().div_ceil(CHUNK)).sum::<usize>();
        let has_control = |record: &&Self| record.established().problem().is_none();
        let records = || shards.iter().map(|(_, record)| record);
        let Some(lead) = records().find(has_control).or_else(|| records().next()) else {
            return Err(MergeError::Missing { number: 1, of: 1 });
        };
        let established = lead.established();
        let mut merged = Self::new(lead.subject, &lead.target, lead.grading, lead.control.clone());
        merged.tool.clone_from(&lead.tool);
        merged.catalogue.clone_from(&lead.catalogue);
        merged.catalogue_size = lead.catalogue_size;
        merged.credentials.clone_from(&lead.credentials);
        merged.options.clone_from(&lead.options);
        for chunk in 0..chunks {
            let record = &shards[chunk % of].1;
            let (number, of) = at(chunk % of);
            let from = chunk / of * CHUNK;
            let to = record.planned.len().min(from + CHUNK);
            if from >= to || record.entries.len() != record.planned.len() {
                return Err(MergeError::Plan { number, of });
            }
            merged.planned.extend_from_slice(&record.planned[from..to]);
            let has_same_control = record.control.evidence == lead.control.evidence;
            for entry in &record.entries[from..to] {
                let mut entry: Entry = entry.clone();
                if let Some((evidence, case)) = entry.evidence.as_ref().zip(merged.case_of(&entry))
                    && !has_same_control
                {
                    entry.judgement = judge(case, &established, evidence, merged.grading);
                }
                merged.entries.push(entry);
            }
            merged.times.cases.extend(record.times.cases.get(from..to).unwrap_or_default());
        }
        let whole = shards[0].0.clone();
        if merged.planned.len() != whole.selected || selection(&merged.planned) != whole.selection {
            return Err(MergeError::Plan { number: 1, of });
        }
        for (number, record) in records().enumerate() {
            if let Some(why) = &record.ended_early {
                let (number, of) = at(number);
                merged.ended_early.get_or_insert_with(|| format!("shard {number}/{of}: {why}"));
            }
            merged.interrupted |= record.interrupted;
            if let Some(spellings) = &record.spellings {
                match &mut merged.spellings {
                    Some(all) => all.join(spellings),
                    none => *none = Some(spellings.clone()),
                }
            }
        }
        merged.times = Times {
            started_ms: records().map(|record| record.times.started_ms).min().unwrap_or_default(),
            elapsed_ms: records().map(|record| record.times.elapsed_ms).sum(),
            cases: merged.times.cases,
        };
        Ok(merged)
    }
}

/// The shards by their numbers, each there once and all of one run.
fn in_order(records: Vec<Record>) -> Result<Vec<(ShardOf, Record)>, MergeError> {
    let mut shards: Vec<(ShardOf, Record)> = Vec::with_capacity(records.len());
    for (place, mut record) in records.into_iter().enumerate() {
        let shard = record.shard.take().ok_or(MergeError::NoShard(place + 1))?;
        let (number, of) = (shard.number, shard.of);
        if let Some((first, lead)) = shards.first()
            && let Some(what) = foreign((first, lead), (&shard, &record))
        {
            return Err(MergeError::Foreign { number, of, what });
        }
        if shards.iter().any(|(known, _)| known.number == number) {
            return Err(MergeError::Doubled { number, of });
        }
        shards.push((shard, record));
    }
    shards.sort_by_key(|(shard, _)| shard.number);
    let of = shards.first().map_or(1, |(shard, _)| shard.of);
    for place in 0..of.max(shards.len()) {
        // What is not there is as missing as what has a number beyond the last.
        if shards.get(place).is_none_or(|(shard, _)| shard.number != place + 1) {
            return Err(MergeError::Missing { number: place + 1, of });
        }
    }
    Ok(shards)
}

/// What of two shards shows that they are not of one run.
fn foreign((first, lead): (&ShardOf, &Record), (shard, record): (&ShardOf, &Record)) -> Option<&'static str> {
    [
        (lead.subject == record.subject, "kind of subject"),
        (lead.target == record.target, "target"),
        (lead.tool == record.tool, "version of umspec"),
        (lead.catalogue == record.catalogue, "catalogue"),
        (lead.grading == record.grading, "profile"),
        (lead.credentials == record.credentials, "kind of credentials"),
        (lead.options == record.options, "set of options"),
        (first.of == shard.of, "number of shards"),
        (first.selected == shard.selected && first.selection == shard.selection, "selection of cases"),
    ]
    .into_iter()
    .find_map(|(same, what)| (!same).then_some(what))
}
