//! The report for people of a run against a client or a parser.

use std::fmt::Write as _;

use super::TextOptions;
use super::text::{line, names, style, told, totals, without_verdict};
use crate::judge::Verdict;
use crate::record::SubjectRecord;

/// The report for people, in the form of [`text`](super::text).
pub fn subject_text(record: &SubjectRecord, options: TextOptions) -> String {
    let mut out = String::new();
    if !options.quiet {
        let bp = if record.bp { ", Basic Profile gates" } else { "" };
        let _ = writeln!(out, "{:<10}{}", record.subject.word(), record.target);
        let _ = writeln!(
            out,
            "selected  {} of {} cases, profile {}{bp}\n",
            record.entries.len(),
            record.catalogue_size,
            record.profile
        );
    }
    if options.verbose {
        for entry in &record.entries {
            let verdict = entry.judgement.verdict;
            let _ = writeln!(out, "{}{verdict:<10}{:#}  {}", style(verdict), style(verdict), entry.case);
        }
        out.push('\n');
    }
    let mut notes = 0;
    for (finding, cases) in record.findings() {
        let shown = match finding.verdict {
            Verdict::Fail => true,
            Verdict::Warn => !options.quiet,
            _ => options.verbose,
        };
        if !shown {
            notes += usize::from(finding.verdict == Verdict::Note);
            continue;
        }
        told(&mut out, finding);
        line(&mut out, "cases", &names(&cases));
        if let Some(first) = cases.iter().find(|case| **case != "control") {
            line(&mut out, "look", &format!("umspec explain {first}"));
        }
        out.push('\n');
    }
    for verdict in [Verdict::NotJudged, Verdict::Skipped] {
        for (reason, cases) in record.reasons(verdict) {
            let named = verdict == Verdict::NotJudged && record.problem.is_none() || options.verbose;
            without_verdict(&mut out, verdict, reason, &cases, named);
        }
    }
    tail(&mut out, record, notes);
    out
}

fn tail(out: &mut String, record: &SubjectRecord, notes: usize) {
    if let Some(problem) = &record.problem {
        let _ = writeln!(out, "{}NO CONTROL{:#}  {problem}", style(Verdict::Fail), style(Verdict::Fail));
    }
    totals(out, record.counts());
    if notes > 0 {
        let _ = writeln!(out, "notes     {notes} of something left open (-v shows them)");
    }
    let elapsed = record.times.elapsed_ms;
    let _ = writeln!(out, "time      {}.{:03} s", elapsed / 1000, elapsed % 1000);
}
