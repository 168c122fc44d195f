//! The lines of a view, and how text of others gets into them.

use std::fmt::Write as _;

use crate::catalogue::CaseHeader as _;
use crate::catalogue::CaseRef;
use crate::judge::Finding;
use crate::message::{told, visible};
use crate::protocol::ledger;
use crate::record::Entry;
use crate::report::shown::shown_lines;

/// Width of the words at the start of a line.
const LABEL: usize = 10;

/// How the lines of messages are to be read.
const EXPLAINED: &str =
    "A line of a message ends where its bytes have a line feed, written \\n, or between two tags.";

/// A view on its way.
#[derive(Default)]
pub(super) struct View {
    out: String,
}

impl View {
    /// All of it.
    pub(super) fn done(self) -> String {
        self.out
    }

    /// The case, its verdict, and why it has none.
    pub(super) fn heading(&mut self, entry: &Entry, case: Option<CaseRef>) {
        let _ = writeln!(self.out, "{}  {}", entry.judgement.verdict, visible(&entry.case));
        let about = match case {
            Some(CaseRef::Client(case)) => case.about(),
            Some(CaseRef::Parser(case)) => case.about(),
            Some(CaseRef::Server(case)) => case.about(),
            None => "This catalogue has no such case.",
        };
        match &entry.fuzzed {
            Some(fuzzed) => self.sentence(&told(&fuzzed.about())),
            None => self.sentence(about),
        }
        if let Some(reason) = &entry.judgement.reason {
            self.line("reason", &told(reason));
        }
        self.gap();
    }

    /// A finding, with what was expected and observed.
    pub(super) fn finding(&mut self, finding: &Finding) {
        let row = ledger::requirement(finding.requirement);
        let (level, statement) = row.map_or(("", ""), |row| (row.level.word(), row.statement));
        let _ = writeln!(self.out, "{}  {} {level}  {statement}", finding.verdict, finding.requirement);
        if finding.common {
            self.line("beside", "this is about answers as such, not about the case");
        }
        self.line("check", finding.check.word());
        self.expected_and_observed(&finding.expected, &finding.observed);
    }

    /// What was found before the cases, in what everything has in common: no case shows it as its own.
    pub(super) fn common(&mut self, findings: &[Finding]) {
        for finding in findings {
            let (verdict, id) = (finding.verdict, finding.requirement);
            self.line("always", &format!("{verdict} {id} {}, found before the cases", finding.check));
            self.expected_and_observed(&finding.expected, &finding.observed);
        }
    }

    /// Both, always under these words.
    pub(super) fn expected_and_observed(&mut self, expected: &str, observed: &str) {
        self.line("expected", &told(expected));
        self.line("observed", &told(observed));
        self.gap();
    }

    /// A line with a word at its start.
    pub(super) fn line(&mut self, label: &str, text: &str) {
        let _ = writeln!(self.out, "{label:<LABEL$}{}", visible(text).trim_end());
    }

    /// A line of its own.
    pub(super) fn sentence(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}", visible(text));
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// Lines that belong together, set in.
    pub(super) fn block(&mut self, lines: &[String]) {
        for line in lines {
            if !line.is_empty() {
                let _ = write!(self.out, "    {}", visible(line));
            }
            self.gap();
        }
        self.gap();
    }

    /// Fields and the body below them.
    pub(super) fn message(&mut self, start: &str, fields: &[(String, String)], body: &[u8]) {
        let mut lines = vec![visible(start)];
        lines.extend(fields.iter().map(|(name, value)| told(&format!("{name}: {value}"))));
        if !body.is_empty() {
            lines.push(String::new());
            lines.extend(shown_lines(body));
        }
        self.block(&lines);
    }

    /// What sets a message apart from the plain one.
    pub(super) fn against_plain(&mut self, difference: Option<&[String]>) {
        if let Some(lines) = difference {
            self.line("against", "the plain one: - stands in that only, + in this only");
            self.block(lines);
        } else {
            self.line("against", "the plain one: the same bytes");
            self.gap();
        }
    }

    /// What a program wrote on standard error.
    pub(super) fn complaints(&mut self, complaints: &[String]) {
        if !complaints.is_empty() {
            self.line("stderr", "its first lines");
            self.block(&complaints.iter().map(|line| told(line)).collect::<Vec<_>>());
        }
    }

    /// How to read the messages that follow.
    pub(super) fn legend(&mut self) {
        self.sentence(EXPLAINED);
        self.gap();
    }
}
