//! Reading a record line by line, as far as it goes.

use serde::Deserialize;
use serde::de::{Error as _, IgnoredAny};
use serde_json::{Error, Value};

use super::tree::Tree;
use super::unpack::Parts;
use super::{
    CampaignFacts, ControlEntry, Entry, FORMAT_VERSION, Fuzzed, LoadError, Record, ShardOf, Spellings, Times,
};
use crate::evidence::Subject;
use crate::judge::{Finding, Grading, Judgement};

/// How many bytes a record may stand for where it refers to what came before: this many, and [`TIMES`] its own
/// length. That of an ordinary run stands for eight times its length, and that of a server which sends the same
/// megabyte every time stays below.
const STANDS_FOR: usize = 64 * 1024 * 1024;

/// How many times its own length a record may stand for, beside [`STANDS_FOR`].
const TIMES: usize = 256;

/// What a line of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    End,
    /// Of the entry at this place.
    Entry(usize),
    Head,
    /// From the part of this number on.
    Parts(usize),
}

/// A record as it was read.
pub(super) struct Read<'a> {
    pub(super) record: Record,
    /// Its lines, each with what it is.
    pub(super) lines: Vec<(Line, &'a [u8])>,
    /// What the last line concludes; none where the record is not ended.
    pub(super) end: Option<End>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head<'a> {
    format: u32,
    tool: String,
    subject: Subject,
    target: String,
    catalogue: String,
    catalogue_size: usize,
    grading: Grading,
    #[serde(default)]
    credentials: Option<String>,
    #[serde(default)]
    options: Vec<String>,
    planned: Vec<String>,
    #[serde(default)]
    shard: Option<ShardOf>,
    #[serde(default)]
    campaign: Option<CampaignFacts>,
    findings: Vec<Finding>,
    #[serde(borrow)]
    evidence: Tree<'a>,
    #[serde(default, rename = "chain")]
    _chain: String,
    #[serde(default)]
    started_ms: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine<'a> {
    case: String,
    judgement: Judgement,
    #[serde(default)]
    complaints: Vec<String>,
    #[serde(default)]
    fuzzed: Option<Box<Fuzzed>>,
    #[serde(borrow, default)]
    evidence: Option<Tree<'a>>,
    #[serde(default, rename = "chain")]
    _chain: String,
    #[serde(default)]
    ms: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartsLine<'a> {
    first: usize,
    #[serde(borrow)]
    parts: Vec<Tree<'a>>,
    #[serde(default, rename = "chain")]
    _chain: String,
}

/// By what a line is known.
#[derive(Deserialize)]
struct Marks {
    #[serde(default)]
    conclusion: Option<IgnoredAny>,
    #[serde(default)]
    parts: Option<IgnoredAny>,
}

/// What the last line says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub(super) conclusion: Value,
    pub(super) counts: Value,
    #[serde(default)]
    pub(super) causes: Value,
    #[serde(default)]
    ended_early: Option<String>,
    #[serde(default)]
    interrupted: bool,
    #[serde(default)]
    spellings: Option<Spellings>,
    #[serde(default, rename = "chain")]
    _chain: String,
    #[serde(default)]
    elapsed_ms: u64,
}

/// Reads a record up to where it ends or breaks off.
pub(super) fn read(bytes: &[u8]) -> Result<Read<'_>, LoadError> {
    let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().peekable();
    let (_, first) = lines.next().unwrap_or_default();
    let head = head(first, bytes)?;
    let bound = STANDS_FOR.saturating_add(bytes.len().saturating_mul(TIMES));
    let mut parts = Parts::new(bound);
    let mut read = vec![(Line::Head, first)];
    // Entries are filled when all parts are there: one that was moved is told of, and does not hide the others.
    let mut entries: Vec<(usize, EntryLine<'_>)> = Vec::new();
    let mut end: Option<End> = None;
    while let Some((number, line)) = lines.next() {
        let is_last = lines.peek().is_none();
        if is_last && line.is_empty() {
            break;
        }
        let at = |error| LoadError::Line { line: number + 1, error };
        if !line.starts_with(b"{") {
            return Err(at(Error::custom("it is no object of JSON")));
        }
        let marks: Marks = match serde_json::from_slice(line) {
            Ok(marks) => marks,
            // The line that was being written when the run was ended by force.
            Err(error) if is_last && (error.is_eof() || error.is_syntax()) => break,
            Err(error) => return Err(at(error)),
        };
        if end.is_some() {
            return Err(at(Error::custom("it stands behind the line that ends the record")));
        }
        let kind = if marks.conclusion.is_some() {
            end = Some(serde_json::from_slice(line).map_err(at)?);
            Line::End
        } else if marks.parts.is_some() {
            let new: PartsLine<'_> = serde_json::from_slice(line).map_err(at)?;
            parts.add(new.first, new.parts).map_err(at)?;
            Line::Parts(new.first)
        } else {
            entries.push((number + 1, serde_json::from_slice(line).map_err(at)?));
            Line::Entry(entries.len() - 1)
        };
        read.push((kind, line));
    }
    let mut record = begun(head, &parts).map_err(|error| LoadError::Line { line: 1, error })?;
    for (line, EntryLine { case, judgement, complaints, fuzzed, evidence, ms, .. }) in entries {
        let evidence = evidence.map(|evidence| parts.read(&evidence)).transpose();
        let evidence = evidence.map_err(|error| LoadError::Line { line, error })?;
        record.entries.push(Entry { case, judgement, evidence, complaints, fuzzed });
        record.times.cases.extend(ms);
    }
    match &end {
        Some(end) => {
            record.ended_early.clone_from(&end.ended_early);
            record.interrupted = end.interrupted;
            record.spellings.clone_from(&end.spellings);
            record.times.elapsed_ms = end.elapsed_ms;
        }
        None => break_off(&mut record),
    }
    Ok(Read { record, lines: read, end })
}

/// The first line. Records of other formats may be one object in many lines.
fn head<'a>(first: &'a [u8], bytes: &[u8]) -> Result<Head<'a>, LoadError> {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
        // Not looked at here; without it a list of one number would be taken for a head.
        #[serde(rename = "tool")]
        _tool: Option<IgnoredAny>,
    }
    let of = |bytes| serde_json::from_slice::<Format>(bytes);
    let format = of(first).or_else(|error| of(bytes).map_err(|_| error));
    let Format { format, .. } = format?;
    if format != FORMAT_VERSION {
        return Err(LoadError::Version { found: format });
    }
    Ok(serde_json::from_slice(first)?)
}

fn begun<'a>(head: Head<'a>, parts: &Parts<'a>) -> Result<Record, Error> {
    let evidence = parts.read(&head.evidence)?;
    Ok(Record {
        format: head.format,
        tool: head.tool,
        subject: head.subject,
        target: head.target,
        catalogue: head.catalogue,
        catalogue_size: head.catalogue_size,
        grading: head.grading,
        credentials: head.credentials,
        options: head.options,
        planned: head.planned,
        shard: head.shard,
        campaign: head.campaign,
        control: ControlEntry { evidence, findings: head.findings },
        ended_early: None,
        interrupted: false,
        spellings: None,
        times: Times { started_ms: head.started_ms, ..Times::default() },
        entries: Vec::new(),
    })
}

/// What is missing from a record that breaks off was not judged.
fn break_off(record: &mut Record) {
    let (there, planned) = (record.entries.len(), record.planned.len());
    let why = format!("the record breaks off after {there} of {planned} cases");
    let left = record.planned.iter().skip(there);
    let left = left.map(|case| Entry::unrun(case, Judgement::not_judged(&why))).collect::<Vec<_>>();
    record.entries.extend(left);
    record.ended_early = Some(why);
}
