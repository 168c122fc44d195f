use serde::Serialize;

use super::hindrance::hindrance;
use super::json::{Told, line};
use super::{View, again, known, words};
use crate::judge::{Finding, Verdict};
use crate::message::{told, visible};
use crate::record::{Cause, Counts, Record};

/// Version of what the lines mean. A field may be added within one version.
const FORMAT: u32 = 1;

/// A line. Which one it is stands in its field `type`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    /// The first line.
    Run(Head<'a>),
    /// One case.
    Case {
        case: String,
        verdict: Verdict,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Where it deviates in nothing but what is known, why that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        known: Option<String>,
        requirements: Vec<String>,
        /// Of what a campaign has found, the edits that the input takes.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        input: Vec<String>,
        findings: Vec<Told>,
    },
    /// What findings come from.
    Finding { verdict: Verdict, about: &'a str, requirements: Vec<String>, lead: Told, cases: Vec<String> },
    /// What became of a known deviation.
    Known { deviation: String, state: &'static str, reason: String, cases: Vec<String> },
    /// The last line.
    Conclusion {
        conclusion: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        counts: Counts,
        elapsed_ms: u64,
    },
}

#[derive(Serialize)]
struct Head<'a> {
    format: u32,
    tool: String,
    subject: &'static str,
    target: String,
    catalogue: &'a str,
    profile: &'static str,
    basic_profile: bool,
    planned: usize,
    /// Which part of a run it is, `1/4`, where others run the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
    /// The command that asks for the same run, without its cases and without what may be secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    run_by: Option<String>,
    started_ms: u64,
}

fn of_finding(finding: &Finding) -> Told {
    Told { common: Some(finding.common), ..Told::of(finding) }
}

/// The run as JSON Lines: one object on each line, for programs that read line by line. First `run`, then a `case`
/// for each case, a `finding` for each cause, notes included, a `known` for each known deviation, and at the end the
/// `conclusion`.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn json_lines(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let mut out = line(&head(record))?;
    for entry in &record.entries {
        let requirements = record.requirements_of(entry);
        out.push_str(&line(&Line::Case {
            case: visible(&entry.case),
            verdict: entry.judgement.verdict,
            reason: entry.judgement.reason.as_deref().map(told),
            known: view.standing(entry).map(|standing| known::reason(&standing.deviation)),
            requirements: requirements.iter().map(ToString::to_string).collect(),
            input: entry.fuzzed.iter().flat_map(|fuzzed| &fuzzed.input).map(|edit| told(edit)).collect(),
            findings: entry.judgement.findings.iter().map(of_finding).collect(),
        })?);
    }
    for cause in &view.causes() {
        out.push_str(&line(&of_cause(cause))?);
    }
    for tally in view.tallies() {
        out.push_str(&line(&Line::Known {
            deviation: visible(&tally.to_string()),
            state: tally.state.word(),
            reason: known::reason(&tally.deviation),
            cases: tally.seen.iter().map(|case| visible(case)).collect(),
        })?);
    }
    out.push_str(&line(&Line::Conclusion {
        conclusion: words::conclusion(view.conclusion()),
        reason: hindrance(record),
        counts: view.counts(),
        elapsed_ms: record.times.elapsed_ms,
    })?);
    Ok(out)
}

fn head(record: &Record) -> Line<'_> {
    Line::Run(Head {
        format: FORMAT,
        tool: visible(&record.tool),
        subject: record.subject.word(),
        target: visible(&record.target),
        catalogue: &record.catalogue,
        profile: record.grading.profile.word(),
        basic_profile: record.grading.bp,
        planned: record.planned.len(),
        shard: record.shard.as_ref().map(|shard| format!("{}/{}", shard.number, shard.of)),
        run_by: again::command(record),
        started_ms: record.times.started_ms,
    })
}

fn of_cause<'a>(cause: &'a Cause<'_>) -> Line<'a> {
    Line::Finding {
        verdict: cause.verdict,
        about: &cause.about,
        requirements: cause.parts.iter().map(|part| part.requirement.to_string()).collect(),
        lead: of_finding(cause.lead().finding),
        cases: cause.cases.iter().map(|case| visible(case)).collect(),
    }
}
