use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::reading::reading;
use super::requirements::{requirement_totals, requirements_text};
use crate::judge::{Contrast, ControlLevel, Finding, Verdict};
use crate::protocol::{RequirementId, ledger};
use crate::record::{Counts, Record};

/// How much a text report says.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextOptions {
    /// Whether notes are written out and every case is listed.
    pub verbose: bool,
    /// Whether only failures and the last lines are written.
    pub quiet: bool,
}

/// Most cases named in one block.
const MAX_CASES: usize = 12;

/// Width of the words at the start of a line in a block.
const LABEL: usize = 10;

/// The report for people: quiet on success, one block per finding.
///
/// With colours as escape codes; print it through a stream that takes them out where they do not
/// belong.
pub fn text(record: &Record, options: TextOptions) -> String {
    let mut out = String::new();
    if !options.quiet {
        head(&mut out, record);
    }
    if options.verbose {
        for entry in &record.entries {
            let verdict = entry.judgement.verdict;
            let _ = writeln!(out, "{}{verdict:<10}{:#}  {}", style(verdict), style(verdict), entry.case);
        }
        out.push('\n');
    }
    if options.verbose {
        out.push_str(&requirements_text(record));
        out.push('\n');
    }
    let mut notes = 0;
    for (finding, cases) in record.findings() {
        let told = match finding.verdict {
            Verdict::Fail => true,
            Verdict::Warn => !options.quiet,
            _ => options.verbose,
        };
        if told {
            block(&mut out, record, finding, &cases);
        } else if finding.verdict == Verdict::Note {
            notes += 1;
        }
    }
    for verdict in [Verdict::NotJudged, Verdict::Skipped] {
        for (reason, cases) in record.reasons(verdict) {
            let named = verdict == Verdict::NotJudged && record.ended_early.is_none() || options.verbose;
            without_verdict(&mut out, verdict, reason, &cases, named);
        }
    }
    tail(&mut out, record, notes);
    out
}

fn head(out: &mut String, record: &Record) {
    let run = &record.run;
    let control = &record.control;
    let _ = writeln!(out, "target    {}", run.target);
    let states = if control.states { ", effects seen through GetCallInfo" } else { ", effects not seen" };
    let contrast = control
        .contrast
        .map_or_else(String::new, |contrast: Contrast| format!(", told apart from {}", contrast.words()));
    let _ = match control.level {
        ControlLevel::Uncontrolled => writeln!(out, "control   none"),
        ControlLevel::Live => writeln!(out, "control   live: calls from {}{states}{contrast}", run.calls),
        level => writeln!(out, "control   {level}: call ids from {}{contrast}", run.calls),
    };
    let bp = if run.bp { ", Basic Profile gates" } else { "" };
    let _ = writeln!(
        out,
        "selected  {} of {} cases, profile {}{bp}\n",
        record.entries.len(),
        run.catalogue_size,
        run.profile
    );
}

fn block(out: &mut String, record: &Record, finding: &Finding, cases: &[&str]) {
    told(out, finding);
    if let Some(reading) = reading(record, finding, cases) {
        line(out, "reading", &reading);
    }
    line(out, "cases", &names(cases));
    line(out, "control", record.control.level.word());
    if let Some(first) = cases.iter().find(|case| **case != "control") {
        line(out, "look", &format!("umspec explain {first}"));
        line(out, "again", &format!("umspec show {first} --curl"));
    }
    out.push('\n');
}

/// What was found, without where.
pub(super) fn told(out: &mut String, finding: &Finding) {
    let verdict = finding.verdict;
    let requirement = finding.requirement.parse::<RequirementId>().ok().and_then(ledger::requirement);
    let level = requirement.map_or("", |requirement| requirement.level.word());
    let statement = requirement.map_or("", |requirement| requirement.statement);
    let _ = writeln!(
        out,
        "{}{verdict}{:#}  {} {level}  {statement}",
        style(verdict),
        style(verdict),
        finding.requirement
    );
    line(out, "check", &finding.check);
    line(out, "expected", &finding.expected);
    line(out, "observed", &finding.observed);
    if let Some(requirement) = requirement {
        let sources: Vec<String> = requirement.sources.iter().map(ToString::to_string).collect();
        line(out, "source", &sources.join("; "));
    }
}

pub(super) fn line(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "      {label:<LABEL$}{text}");
}

pub(super) fn names(cases: &[&str]) -> String {
    let shown = cases.iter().take(MAX_CASES).copied().collect::<Vec<_>>().join(", ");
    match cases.len().saturating_sub(MAX_CASES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Why cases have no verdict.
pub(super) fn without_verdict(out: &mut String, verdict: Verdict, reason: &str, cases: &[&str], named: bool) {
    let _ = writeln!(out, "{}{verdict}{:#}  {} cases: {reason}", style(verdict), style(verdict), cases.len());
    if named {
        line(out, "cases", &names(cases));
    }
    out.push('\n');
}

pub(super) fn totals(out: &mut String, counts: Counts) {
    let _ = writeln!(
        out,
        "cases     planned {} = judged {} + not judged {} + skipped {} (run {})",
        counts.planned, counts.judged, counts.not_judged, counts.skipped, counts.run
    );
    let _ = writeln!(
        out,
        "judged    {} = passed {} + noted {} + warned {} + failed {}",
        counts.judged, counts.passed, counts.noted, counts.warned, counts.failed
    );
}

fn tail(out: &mut String, record: &Record, notes: usize) {
    if let Some(problem) = &record.control.problem {
        let _ = writeln!(out, "{}NO CONTROL{:#}  {problem}", style(Verdict::Fail), style(Verdict::Fail));
    }
    if let Some(why) = &record.ended_early
        && record.control.problem.as_ref() != Some(why)
    {
        let _ = writeln!(out, "{}ENDED EARLY{:#}  {why}", style(Verdict::Fail), style(Verdict::Fail));
    }
    totals(out, record.counts());
    let _ = writeln!(out, "ledger    {}", requirement_totals(record));
    if notes > 0 {
        let _ = writeln!(
            out,
            "notes     {notes} of a documented variant or of something left open (-v shows them)"
        );
    }
    let elapsed = record.times.elapsed_ms;
    let _ = writeln!(out, "time      {}.{:03} s", elapsed / 1000, elapsed % 1000);
}

pub(super) fn style(verdict: Verdict) -> Style {
    let color = match verdict {
        Verdict::Fail => AnsiColor::Red,
        Verdict::Note => AnsiColor::Cyan,
        Verdict::NotJudged | Verdict::Skipped | Verdict::Warn => AnsiColor::Yellow,
        Verdict::Pass => AnsiColor::Green,
    };
    Style::new().bold().fg_color(Some(color.into()))
}
