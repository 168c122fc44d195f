use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::again::{again, input_of, look, send};
use super::case_words::reason_given;
use super::control::control_words;
use super::reading::reading;
use super::requirements::{requirement_totals, requirements_text};
use super::run_lines::seen_lines;
use super::words::graded;
use super::{View, known};
use crate::judge::{Established, Verdict};
use crate::message::{told, visible};
use crate::protocol::{RequirementId, ledger};
use crate::record::known::{State, Tally};
use crate::record::{CONTROL, Cause, Entry, Part, Record};

/// How much a text report says.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextOptions {
    /// Whether notes are written out and every case is listed.
    pub verbose: bool,
    /// Whether only failures and the last lines are written.
    pub quiet: bool,
    /// Whether no colours are written, for a reader that is no terminal.
    pub plain: bool,
}

/// Most cases that are named as those that took longest.
const MAX_SLOWEST: usize = 5;

/// Most cases named in one block.
const MAX_CASES: usize = 12;

/// Width of the words at the start of a line in a block.
const LABEL: usize = 10;

/// The report for people: quiet on success, one block per finding.
///
/// With colours as escape codes, unless it is to be plain; print it through a stream that takes them out
/// where they do not belong.
///
/// What is known to deviate stands apart from what is not, and is counted by itself.
pub fn text<'a>(view: impl Into<View<'a>>, options: TextOptions) -> String {
    let view = view.into();
    let record = view.record;
    let mut page = Page { out: String::new(), view, record, established: record.established(), options };
    if !options.quiet {
        page.head();
    }
    if options.verbose {
        record.entries.iter().for_each(|entry| page.entry(entry));
        page.out.push('\n');
        page.out.push_str(&requirements_text(record));
        page.out.push('\n');
    }
    let causes = view.causes();
    let mut notes = 0;
    for cause in &causes {
        let is_told = match cause.verdict {
            Verdict::Fail => true,
            Verdict::Warn => !options.quiet,
            _ => options.verbose,
        };
        if is_told {
            page.block(cause);
        } else if cause.verdict == Verdict::Note {
            notes += 1;
        }
    }
    for tally in view.known.iter().flat_map(|known| known.tallies()) {
        page.known(tally);
    }
    for verdict in [Verdict::NotJudged, Verdict::Skipped] {
        for (reason, cases) in record.reasons(verdict) {
            page.without_verdict(verdict, reason, &cases);
        }
    }
    page.tail(&causes, notes);
    page.out
}

/// A report on its way.
struct Page<'a> {
    out: String,
    view: View<'a>,
    record: &'a Record,
    established: Established,
    options: TextOptions,
}

impl Page<'_> {
    fn head(&mut self) {
        let Record { subject, target, grading, .. } = self.record;
        let _ = writeln!(self.out, "{:<LABEL$}{}", subject.word(), visible(target));
        let _ = writeln!(
            self.out,
            "{:<LABEL$}{}",
            "control",
            visible(&control_words(self.record, &self.established))
        );
        let bp = if grading.bp { ", Basic Profile gates" } else { "" };
        let shard = self.record.shard.as_ref();
        let shard = shard.map_or_else(String::new, |shard| format!(", shard {}/{}", shard.number, shard.of));
        if self.record.campaign.is_some() {
            let found = self.record.entries.len();
            let _ = writeln!(self.out, "found     {found} by a campaign, profile {}{bp}\n", grading.profile);
            return;
        }
        let _ = writeln!(
            self.out,
            "selected  {} of {} cases, profile {}{bp}{shard}\n",
            self.record.entries.len(),
            self.record.catalogue_size,
            grading.profile
        );
    }

    /// What came of a case, in a line.
    fn entry(&mut self, entry: &Entry) {
        let verdict = entry.judgement.verdict;
        let is_known = self.view.known.is_some_and(|known| known.is_known(entry));
        let word = if is_known { "KNOWN" } else { verdict.word() };
        let styled = self.styled(if is_known { Verdict::Note } else { verdict }, &format!("{word:<10}"));
        let _ = writeln!(self.out, "{styled}  {}", visible(&entry.case));
    }

    /// What became of a deviation that somebody knows of.
    fn known(&mut self, tally: &Tally) {
        let (word, verdict) = match tally.state {
            State::Expected if self.options.quiet => return,
            State::NotLookedAt if !self.options.verbose => return,
            State::Expected | State::NotLookedAt => ("KNOWN", Verdict::Note),
            state => (state.word(), Verdict::Fail),
        };
        let styled = self.styled(verdict, &word.to_uppercase());
        let _ = writeln!(self.out, "{styled}  {}", visible(&tally.to_string()));
        for (label, text) in known::lines(tally) {
            self.line(label, &told(&text));
        }
        self.out.push('\n');
    }

    /// What one cause has brought about: the finding that stands for it, then what else comes of it.
    fn block(&mut self, cause: &Cause<'_>) {
        let lead = cause.lead();
        let finding = lead.finding;
        let word = if finding.spelled.is_empty() { cause.verdict.word() } else { "PARTLY" };
        let verdict = self.styled(cause.verdict, word);
        let _ = writeln!(self.out, "{verdict}  {}", statement(lead.requirement));
        self.line("check", finding.check.word());
        self.line("expected", &told(&finding.expected));
        let others = match lead.observed {
            1 => String::new(),
            others => format!(" (and {} more)", others - 1),
        };
        self.line("observed", &format!("{}{others}", told(&finding.observed)));
        if let Some(reason) = reason_given(self.record, lead.example) {
            self.line("said", &reason);
        }
        for (number, edit) in input_of(self.record, lead.example).iter().enumerate() {
            self.line(if number == 0 { "input" } else { "" }, &told(edit));
        }
        if let Some(row) = ledger::requirement(lead.requirement) {
            let sources: Vec<String> = row.sources.iter().map(ToString::to_string).collect();
            self.line("source", &sources.join("; "));
        }
        if let Some(reading) =
            reading(self.record, &self.established, finding, lead.example, self.options.verbose)
        {
            self.line("reading", &reading);
        }
        let is_mixed = lead.verdicts.len() > 1;
        if let [_, others @ ..] = cause.parts.as_slice()
            && (is_mixed || !others.is_empty())
        {
            self.line("cause", &cause.about);
            self.others(lead, others);
        }
        let graded = graded(cause);
        self.line("cases", &format!("{}{graded}: {}", cause.cases.len(), self.names(&cause.cases)));
        let level = self.established.server().map(|control| control.level);
        if let Some(level) = level {
            self.line("control", level.word());
        }
        let example = lead.example;
        if example == CONTROL {
            self.line("look", "umspec show control --record RECORD");
        } else {
            self.line("look", &look(self.record, example));
            for line in again(self.record, example).into_iter().chain(send(self.record, example)) {
                self.line(line.label, &line.text);
            }
        }
        self.out.push('\n');
    }

    /// The other requirements that a cause goes against: by number, and in full where everything is to be
    /// said.
    fn others(&mut self, lead: &Part<'_>, others: &[Part<'_>]) {
        if self.options.verbose {
            for part in std::iter::once(lead).chain(others) {
                self.line("against", &format!("{} {}", part.verdict, statement(part.requirement)));
                self.line("", &format!("{}: {}", part.cases.len(), self.names(&part.cases)));
            }
            return;
        }
        for verdict in [Verdict::Fail, Verdict::Warn, Verdict::Note] {
            // What stands at the head is told by its other verdicts only.
            let lesser = Some(lead).filter(|lead| lead.verdict != verdict);
            let of = lesser.into_iter().chain(others);
            let of = of.filter_map(|part| Some((part.requirement, part.verdicts.get(&verdict)?)));
            let rows: Vec<String> = of.map(|(row, count)| format!("{row} ({count})")).collect();
            if !rows.is_empty() {
                self.line("also", &format!("{verdict} {}", rows.join(", ")));
            }
        }
    }

    /// A line of a block, whose text may be of a file that says what it likes.
    fn line(&mut self, label: &str, text: &str) {
        let _ = writeln!(self.out, "      {label:<LABEL$}{}", visible(text));
    }

    /// Why cases have no verdict.
    fn without_verdict(&mut self, verdict: Verdict, reason: &str, cases: &[&str]) {
        let styled = self.styled(verdict, verdict.word());
        let _ = writeln!(self.out, "{styled}  {} cases: {}", cases.len(), visible(reason));
        // Where one reason holds for all that is left, their names tell nothing.
        let for_all =
            self.record.ended_early.is_some() || self.established.problem().as_deref() == Some(reason);
        if verdict == Verdict::NotJudged && !for_all || self.options.verbose {
            self.line("cases", &self.names(cases));
        }
        self.out.push('\n');
    }

    fn tail(&mut self, causes: &[Cause<'_>], notes: usize) {
        let problem = self.established.problem();
        if let Some(problem) = &problem {
            let styled = self.styled(Verdict::Fail, "NO CONTROL");
            let _ = writeln!(self.out, "{styled}  {}", visible(problem));
        }
        if let Some(why) = self.record.ended_early.as_ref().filter(|why| problem.as_ref() != Some(why)) {
            let styled = self.styled(Verdict::Fail, "ENDED EARLY");
            let _ = writeln!(self.out, "{styled}  {}", visible(why));
        }
        let counts = self.view.counts();
        let _ = writeln!(
            self.out,
            "cases     planned {} = judged {} + not judged {} + skipped {} (run {})",
            counts.planned, counts.judged, counts.not_judged, counts.skipped, counts.run
        );
        let known = self.view.known.map_or_else(String::new, |_| format!(" + known {}", counts.known));
        let _ = writeln!(
            self.out,
            "judged    {} = passed {} + noted {} + warned {} + failed {}{known}",
            counts.judged, counts.passed, counts.noted, counts.warned, counts.failed
        );
        if let Some(known) = self.view.known {
            let _ = writeln!(self.out, "known     {}", known::totals(known.tallies()));
        }
        let of = |verdict| causes.iter().filter(move |cause| cause.verdict == verdict);
        let (failed, warned) = (of(Verdict::Fail).count(), of(Verdict::Warn).count());
        if failed + warned > 0 {
            let told = of(Verdict::Fail).chain(of(Verdict::Warn)).flat_map(|cause| &cause.cases);
            let shown: BTreeSet<_> = told.collect();
            let total = failed + warned;
            let _ = writeln!(
                self.out,
                "findings  {total} = failed {failed} + warned {warned}, shown by {} cases",
                shown.len()
            );
        }
        for (label, text) in seen_lines(self.record, &self.established) {
            let _ = writeln!(self.out, "{label:<LABEL$}{text}");
        }
        let _ = writeln!(self.out, "ledger    {}", requirement_totals(self.record));
        if notes > 0 {
            let _ = writeln!(
                self.out,
                "notes     {notes} of a documented variant or of something left open (-v shows them)"
            );
        }
        if self.options.verbose {
            self.slowest();
        }
        let elapsed = self.record.times.elapsed_ms;
        let _ = writeln!(self.out, "time      {}.{:03} s", elapsed / 1000, elapsed % 1000);
    }

    /// The cases that took longest, if it is known how long they took.
    fn slowest(&mut self) {
        let record = self.record;
        let mut times: Vec<(u64, &str)> =
            record.times.cases.iter().copied().zip(record.entries.iter().map(|entry| &*entry.case)).collect();
        times.retain(|(took, _)| *took > 0);
        times.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
        let slowest = times.iter().take(MAX_SLOWEST);
        let words: Vec<String> = slowest
            .map(|(took, case)| format!("{} {}.{:03} s", visible(case), took / 1000, took % 1000))
            .collect();
        if !words.is_empty() {
            let _ = writeln!(self.out, "slowest   {}", words.join(", "));
        }
    }

    /// Names of cases: all of them where the report is to say everything.
    fn names(&self, cases: &[&str]) -> String {
        let most = if self.options.verbose { usize::MAX } else { MAX_CASES };
        let shown = cases.iter().take(most).copied().collect::<Vec<_>>().join(", ");
        match cases.len().saturating_sub(most) {
            0 => shown,
            more => format!("{shown} and {more} more"),
        }
    }

    /// A word in the colour of a verdict.
    fn styled(&self, verdict: Verdict, word: &str) -> String {
        if self.options.plain {
            return word.to_owned();
        }
        let color = match verdict {
            Verdict::Fail => AnsiColor::Red,
            Verdict::Note => AnsiColor::Cyan,
            Verdict::NotJudged | Verdict::Skipped | Verdict::Warn => AnsiColor::Yellow,
            Verdict::Pass => AnsiColor::Green,
        };
        let style = Style::new().bold().fg_color(Some(color.into()));
        format!("{style}{word}{style:#}")
    }
}

/// A requirement in a line.
fn statement(id: RequirementId) -> String {
    let row = ledger::requirement(id);
    let level = row.map_or("", |row| row.level.word());
    format!("{id} {level}  {}", row.map_or("", |row| row.statement))
}
