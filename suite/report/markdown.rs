use std::fmt::Write as _;

use super::again::{again, input_of, look, send};
use super::control::control_words;
use super::hindrance::hindrance;
use super::requirements::requirement_totals;
use super::run_lines::{asked_lines, seen_lines};
use super::{View, known, words};
use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::protocol::RequirementId;
use crate::record::{CONTROL, Cause, Record};

/// Most bytes of the report. GitHub takes a job summary of 1 MiB, and shows nothing at all of a larger one; below it
/// stays room for what other steps of a job write.
pub const MAX_SUMMARY: usize = 900_000;

/// Room that is kept for headings, and for the words that tell what was cut.
const ROOM: usize = 2_000;

/// Most cases named with a finding.
const MAX_CASES: usize = 12;

/// The report in Markdown, as for the summary of a job: the conclusion, what was found, failures first, and each case
/// that did not pass. At most [`MAX_SUMMARY`] bytes, and it says what was cut. Text of a subject stands as code, in
/// which nothing is read as Markdown or HTML.
///
/// # Errors
/// Never.
pub fn markdown(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let causes = view.causes();
    let mut page = Page { out: head(*view) };
    let grave: Vec<_> = causes.iter().filter(|cause| cause.verdict >= Verdict::Warn).collect();
    if !grave.is_empty() {
        page.out.push_str("### Findings\n\n");
    }
    page.blocks(grave.iter().map(|cause| finding(record, cause)), "findings");
    page.known(*view);
    page.without_verdict(record);
    page.cases(*view);
    Ok(page.out)
}

fn head(view: View<'_>) -> String {
    let record = view.record;
    let counts = view.counts();
    let word = words::conclusion(view.conclusion());
    let mut out = format!("## umspec: {word}\n\n");
    let bp = if record.grading.bp { ", Basic Profile gates" } else { "" };
    let what = match &record.campaign {
        Some(_) => format!("{} found by a campaign", counts.planned),
        None => format!("{} of {} cases", counts.planned, record.catalogue_size),
    };
    let _ = writeln!(
        out,
        "The {} {}, {what}, profile {}{bp}.\n",
        record.subject.word(),
        code(&told(&record.target)),
        record.grading.profile
    );
    let established = record.established();
    let control = ("control", control_words(record, &established));
    let lines = std::iter::once(control).chain(asked_lines(record)).chain(seen_lines(record, &established));
    for (label, text) in lines {
        let _ = writeln!(out, "- {label}: {}", code(&told(&text)));
    }
    out.push('\n');
    if let Some(why) = hindrance(record) {
        let _ = writeln!(out, "**No verdict**: {}\n", code(&why));
    }
    out.push_str("| judged | passed | noted | warned | failed | known | not judged | skipped |\n");
    out.push_str("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
        counts.judged,
        counts.passed,
        counts.noted,
        counts.warned,
        counts.failed,
        counts.known,
        counts.not_judged,
        counts.skipped
    );
    let elapsed = record.times.elapsed_ms;
    let _ = writeln!(out, "{}, in {}.{:03} s.\n", requirement_totals(record), elapsed / 1000, elapsed % 1000);
    out
}

/// What one cause has brought about.
fn finding(record: &Record, cause: &Cause<'_>) -> String {
    let lead = cause.lead();
    let mut out = format!("**{}** {}\n\n", cause.verdict, requirement(lead.requirement));
    let _ = writeln!(out, "- check: `{}`", lead.finding.check);
    let _ = writeln!(out, "- expected: {}", code(&told(&lead.finding.expected)));
    let _ = writeln!(out, "- observed: {}", code(&told(&lead.finding.observed)));
    for edit in input_of(record, lead.example) {
        let _ = writeln!(out, "- input: {}", code(&told(edit)));
    }
    let others: Vec<String> = cause.parts.iter().skip(1).map(|part| part.requirement.to_string()).collect();
    if !others.is_empty() {
        let _ = writeln!(out, "- also against: {}", others.join(", "));
    }
    let named: Vec<String> = cause.cases.iter().take(MAX_CASES).map(|case| code(case)).collect();
    let more = match cause.cases.len().saturating_sub(MAX_CASES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let _ = writeln!(out, "- {} cases: {}{more}", cause.cases.len(), named.join(", "));
    if lead.example != CONTROL {
        let _ = writeln!(out, "- look: {}", code(&look(record, lead.example)));
        for line in again(record, lead.example).into_iter().chain(send(record, lead.example)) {
            let text = if line.is_command { code(&line.text) } else { plain(&line.text) };
            let _ = writeln!(out, "- {}: {text}", line.label);
        }
    }
    out.push('\n');
    out
}

/// A requirement with its link.
fn requirement(id: RequirementId) -> String {
    let row = id.requirement();
    format!("[{id}]({}) {}: {}", row.url(), row.level.word(), plain(row.statement))
}

/// A report on its way.
struct Page {
    out: String,
}

impl Page {
    /// Adds as many blocks as there is room for, and says how many there was none for.
    fn blocks(&mut self, blocks: impl Iterator<Item = String>, what: &str) {
        let mut left = 0_usize;
        for block in blocks {
            if left == 0 && self.out.len() + block.len() + ROOM <= MAX_SUMMARY {
                self.out.push_str(&block);
            } else {
                left += 1;
            }
        }
        if left > 0 {
            let _ = writeln!(
                self.out,
                "\n{left} more {what} are left out, because a summary may not be longer; the record has them.\n"
            );
        }
    }

    /// What became of each known deviation.
    fn known(&mut self, view: View<'_>) {
        if view.tallies().is_empty() {
            return;
        }
        self.out.push_str("### Known deviations\n\n");
        let lines = view.tallies().iter().map(|tally| {
            let why = code(&known::reason(&tally.deviation));
            format!("- **{}** {}: {why}\n", tally.state.word(), code(&tally.to_string()))
        });
        self.blocks(lines.chain(["\n".to_owned()]), "known deviations");
    }

    /// Why cases have no verdict.
    fn without_verdict(&mut self, record: &Record) {
        let mut lines = Vec::new();
        for verdict in [Verdict::NotJudged, Verdict::Skipped] {
            for (reason, cases) in record.reasons(verdict) {
                lines.push(format!("- {verdict}, {} cases: {}\n", cases.len(), code(&told(reason))));
            }
        }
        if !lines.is_empty() {
            self.out.push_str("### Without a verdict\n\n");
            lines.push("\n".to_owned());
            self.blocks(lines.into_iter(), "reasons");
        }
    }

    /// Each case that did not pass, folded.
    fn cases(&mut self, view: View<'_>) {
        let is_told = |verdict| matches!(verdict, Verdict::Fail | Verdict::Warn);
        let entries: Vec<_> =
            view.record.entries.iter().filter(|entry| is_told(entry.judgement.verdict)).collect();
        if entries.is_empty() {
            return;
        }
        let count = entries.len();
        let _ = writeln!(self.out, "<details><summary>{count} cases that failed or warned</summary>\n");
        let lines = entries.iter().map(|entry| {
            let first = entry.judgement.own().next();
            let requirement = first.map_or_else(String::new, |finding| finding.requirement.to_string());
            let known = if view.standing(entry).is_some() { ", known" } else { "" };
            format!("- {}{known} {requirement} {}\n", entry.judgement.verdict, code(&entry.case))
        });
        self.blocks(lines, "cases");
        self.out.push_str("\n</details>\n");
    }
}

/// Text as code: within it nothing is markup. Its fence is longer than any row of backticks in it.
fn code(text: &str) -> String {
    let text = visible(text);
    let (mut longest, mut row) = (0, 0);
    for c in text.chars() {
        row = if c == '`' { row + 1 } else { 0 };
        longest = longest.max(row);
    }
    let fence = "`".repeat(longest + 1);
    // A blank on both sides is taken off, so that text may begin or end with a backtick.
    let blank =
        if text.starts_with([' ', '`']) || text.ends_with([' ', '`']) || text.is_empty() { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Our own sentences, in which a character may stand that Markdown reads.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
