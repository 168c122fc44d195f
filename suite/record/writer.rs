//! A record line by line, as its run goes on.

use serde::Serialize;

use super::chain::seal;
use super::pack::{Packed, Packer};
use super::{CampaignFacts, Cause, Conclusion, Counts, Entry, Fuzzed, Record, ShardOf, Spellings};
use crate::evidence::Subject;
use crate::judge::{Finding, Grading, Judgement};
use crate::message::visible_json;

/// Names of the numbers that are no part of the chain.
pub(super) const STARTED: &str = "started_ms";
pub(super) const TOOK: &str = "ms";
pub(super) const ELAPSED: &str = "elapsed_ms";

/// Writes a record line by line: first what was established before the cases, then an entry for each case in the
/// order of the plan, then what the run came to. What was written is a record at any time, if one that is not
/// ended.
///
/// Every line is JSON in one line, with a line feed at its end. Between the entries stand lines of what several of
/// them hold. Characters that would not be seen, or would steer a
/// terminal, are escaped.
#[derive(Debug)]
pub struct RecordWriter {
    packer: Packer,
    link: String,
}

#[derive(Serialize)]
struct Head<'a> {
    format: u32,
    tool: &'a str,
    subject: Subject,
    target: &'a str,
    catalogue: &'a str,
    catalogue_size: usize,
    grading: Grading,
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    options: &'a [String],
    planned: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<&'a ShardOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign: Option<&'a CampaignFacts>,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct EntryHead<'a> {
    case: &'a str,
    judgement: &'a Judgement,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    complaints: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fuzzed: Option<&'a Fuzzed>,
}

#[derive(Serialize)]
struct End<'a> {
    conclusion: Conclusion,
    counts: Counts,
    causes: Vec<Cause<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_early: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    spellings: Option<&'a Spellings>,
}

impl RecordWriter {
    /// Begins with what a record says of its run before its cases; gives back the lines as well.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn begin(record: &Record) -> Result<(Self, Vec<u8>), serde_json::Error> {
        let mut writer = Self { packer: Packer::default(), link: String::new() };
        let head = Head {
            format: record.format,
            tool: &record.tool,
            subject: record.subject,
            target: &record.target,
            catalogue: &record.catalogue,
            catalogue_size: record.catalogue_size,
            grading: record.grading,
            credentials: record.credentials.as_deref(),
            options: &record.options,
            planned: &record.planned,
            shard: record.shard.as_ref(),
            campaign: record.campaign.as_ref(),
            findings: &record.control.findings,
        };
        let packed = writer.packer.pack(&record.control.evidence)?;
        let Packed { first, parts, value } = packed;
        let mut lines = writer.line(&head, &value, Some((STARTED, record.times.started_ms)))?;
        lines.extend(writer.parts(first, &parts));
        Ok((writer, lines))
    }

    /// The lines of the next entry, with the milliseconds that its case took if they are known.
    ///
    /// # Errors
    /// Never for an entry that a run or [`Record::load`] made.
    pub fn entry(&mut self, entry: &Entry, took_ms: Option<u64>) -> Result<Vec<u8>, serde_json::Error> {
        let Entry { case, judgement, complaints, fuzzed, .. } = entry;
        let head = EntryHead { case, judgement, complaints, fuzzed: fuzzed.as_deref() };
        let packed = entry.evidence.as_ref().map(|evidence| self.packer.pack(evidence)).transpose()?;
        let Packed { first, parts, value } = packed.unwrap_or_default();
        let mut lines = self.parts(first, &parts);
        lines.extend(self.line(&head, &value, took_ms.map(|took| (TOOK, took)))?);
        Ok(lines)
    }

    /// The last line, when the line of every entry was made.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn end(mut self, record: &Record) -> Result<Vec<u8>, serde_json::Error> {
        let end = End {
            conclusion: record.conclusion(false),
            counts: record.counts(),
            causes: record.causes(),
            ended_early: record.ended_early.as_deref(),
            interrupted: record.interrupted,
            spellings: record.spellings.as_ref(),
        };
        self.line(&end, &[], Some((ELAPSED, record.times.elapsed_ms)))
    }

    fn line(
        &mut self,
        head: &impl Serialize,
        evidence: &[u8],
        times: Option<(&str, u64)>,
    ) -> Result<Vec<u8>, serde_json::Error> {
        let mut line = serde_json::to_vec(head)?;
        // The brace that ends it: more fields follow.
        line.pop();
        if !evidence.is_empty() {
            line.extend_from_slice(b",\"evidence\":");
            line.extend_from_slice(evidence);
        }
        Ok(self.sealed(line, times))
    }

    /// A line of parts, if there are any.
    fn parts(&mut self, first: usize, parts: &[u8]) -> Vec<u8> {
        if parts.is_empty() {
            return Vec::new();
        }
        let mut line = format!("{{\"first\":{first},\"parts\":[").into_bytes();
        line.extend_from_slice(parts);
        line.push(b']');
        self.sealed(line, None)
    }

    fn sealed(&mut self, line: Vec<u8>, times: Option<(&str, u64)>) -> Vec<u8> {
        let mut line = escaped(line);
        self.link = seal(&mut line, &self.link, times);
        line
    }
}

/// JSON with hidden characters escaped. They stand in its texts only.
fn escaped(json: Vec<u8>) -> Vec<u8> {
    if json.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return json;
    }
    visible_json(String::from_utf8_lossy(&json).into_owned()).into_bytes()
}
