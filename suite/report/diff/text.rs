use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::group::Group;
use crate::message::{told, visible};
use crate::record::Record;
use crate::record::comparison::{Change, Comparison, Found};
use crate::report::TextOptions;
use crate::report::again::look;

/// Most cases named in one group, unless everything is to be said.
const MAX_CASES: usize = 12;

/// Width of the words at the start of a line.
const LABEL: usize = 10;

/// What changed, for people: regressions first, one block for all cases that changed in the same way. What is
/// no regression is left out where only failures are wanted, and what is added or deleted is counted only.
pub fn diff_text(comparison: &Comparison<'_>, options: TextOptions) -> String {
    let mut out = String::new();
    for (label, record) in [("old", comparison.old), ("new", comparison.new)] {
        let _ = writeln!(out, "{label:<LABEL$}{}", head(record));
    }
    for caution in &comparison.run.cautions {
        let _ = writeln!(out, "{:<LABEL$}{}", "note", told(caution));
    }
    out.push('\n');
    for found in &comparison.run.new {
        in_common(&mut out, "NEW FAILURE", AnsiColor::Red, found, options);
    }
    if !comparison.run.lost.is_empty() {
        let lost: Vec<&str> = comparison.run.lost.iter().map(|check| check.word()).collect();
        let styled = styled("CHECKS THAT NO LONGER RAN", AnsiColor::Red, options);
        let _ = writeln!(out, "{styled}  in no case: {}\n", lost.join(", "));
    }
    if !options.quiet {
        for found in &comparison.run.fixed {
            in_common(&mut out, "FIXED", AnsiColor::Green, found, options);
        }
    }
    for group in Group::of(comparison) {
        let is_only_counted = matches!(group.change, Change::Added | Change::Deleted) && !options.verbose;
        if is_only_counted || options.quiet && !group.change.is_regression() {
            continue;
        }
        block(&mut out, comparison, &group, options);
    }
    tail(&mut out, comparison);
    out
}

/// What a record is of, in a line.
pub(super) fn head(record: &Record) -> String {
    let counts = record.counts();
    visible(&format!(
        "{} {}: {} of {} cases, profile {}, passed {}, noted {}, warned {}, failed {}",
        record.subject,
        told(&record.target),
        counts.judged,
        counts.planned,
        record.grading.profile,
        counts.passed,
        counts.noted,
        counts.warned,
        counts.failed
    ))
}

/// The numbers: how many cases became what, and how many regressions there are.
pub(super) fn totals(comparison: &Comparison<'_>) -> (String, String) {
    let parts: Vec<String> = Change::ALL
        .into_iter()
        .rev()
        .map(|change| (change, comparison.count(change)))
        .filter(|(change, count)| *count > 0 || *change == Change::Unchanged)
        .map(|(change, count)| format!("{} {count}", change.words()))
        .collect();
    let cases = format!("{} = {}", comparison.cases.len(), parts.join(" + "));
    let (common, lost) = (comparison.run.new.len(), comparison.run.lost.len());
    let all = comparison.regressions();
    (cases, format!("{all} = cases {} + in common {common} + checks {lost}", all - common - lost))
}

fn in_common(out: &mut String, word: &str, color: AnsiColor, found: &Found<'_>, options: TextOptions) {
    let Found { finding, cases } = found;
    let _ = writeln!(out, "{}  in common, shown by {cases} cases", styled(word, color, options));
    line(out, "check", &format!("{} {}", finding.check, finding.requirement));
    line(out, "expected", &finding.expected);
    line(out, "observed", &finding.observed);
    out.push('\n');
}

fn block(out: &mut String, comparison: &Comparison<'_>, group: &Group<'_, '_>, options: TextOptions) {
    let color = match group.change {
        change if change.is_regression() => AnsiColor::Red,
        Change::Fixed | Change::WarningGone | Change::JudgedNow => AnsiColor::Green,
        Change::NewWarning => AnsiColor::Yellow,
        _ => AnsiColor::Cyan,
    };
    let word = styled(&group.change.words().to_uppercase(), color, options);
    let _ = writeln!(out, "{word}  {}", group.verdicts());
    for (label, text) in group.lines() {
        line(out, label, &text);
    }
    let most = if options.verbose { usize::MAX } else { MAX_CASES };
    let shown = group.cases.iter().take(most).copied().collect::<Vec<_>>().join(", ");
    let more = match group.cases.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let _ = writeln!(out, "      {:<LABEL$}{}: {}{more}", "cases", group.cases.len(), visible(&shown));
    if let Some(case) = group.cases.first().filter(|_| group.change.is_regression()) {
        let _ = writeln!(out, "      {:<LABEL$}{}", "look", look(comparison.new, case));
    }
    out.push('\n');
}

fn tail(out: &mut String, comparison: &Comparison<'_>) {
    let (cases, regressions) = totals(comparison);
    let _ = writeln!(out, "{:<LABEL$}{cases}", "cases");
    let _ = writeln!(out, "{:<LABEL$}{regressions}", "worse");
}

fn line(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "      {label:<LABEL$}{}", told(text));
}

fn styled(word: &str, color: AnsiColor, options: TextOptions) -> String {
    if options.plain {
        return word.to_owned();
    }
    let style = Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{word}{style:#}")
}
