use std::fmt::Write as _;

use super::hindrance::hindrance;
use super::words::{seen, statement};
use super::{View, known};
use crate::judge::{Finding, Judgement, Verdict};
use crate::message::{told, visible};
use crate::record::known::{Standing, Tally};
use crate::record::{Cause, Record};

/// The report of the Test Anything Protocol, version 14: a test for the run as a whole, one for each cause that
/// fails or warns, one for each case.
///
/// FAIL and NOT JUDGED are `not ok`, SKIPPED is `ok … # SKIP`, everything else `ok`. A case that fails in nothing but
/// what is known is `not ok … # TODO` with the reason, and a known deviation that is not as it is known a test that
/// fails. What was found stands in the
/// YAML block of a test, with `expected` and `received` as actual values of the first finding.
///
/// # Errors
/// Never.
pub fn tap(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let causes = view.causes();
    let told: Vec<_> = causes.iter().filter(|cause| cause.verdict >= Verdict::Warn).collect();
    let broken: Vec<_> = view.tallies().iter().filter(|tally| tally.state.fails()).collect();
    let mut page = Page { out: String::new(), number: 0 };
    let count = 1 + told.len() + broken.len() + record.entries.len();
    let _ = writeln!(page.out, "TAP version 14\n1..{count}");
    let _ = writeln!(page.out, "# {} {}", record.subject.word(), comment(&record.target));
    page.run(record);
    for cause in told {
        page.cause(cause);
    }
    for tally in broken {
        page.tally(tally);
    }
    for entry in &record.entries {
        page.case(&entry.case, &entry.judgement, view.standing(entry));
    }
    Ok(page.out)
}

/// A report on its way.
struct Page {
    out: String,
    number: usize,
}

impl Page {
    /// Whether anything could be judged, so that a run without a control is no success.
    fn run(&mut self, record: &Record) {
        let hindrance = hindrance(record);
        self.test(hindrance.is_none(), "the run could be judged to its end", "");
        if let Some(why) = hindrance {
            self.block(&[("message", why)]);
        }
    }

    /// One cause.
    fn cause(&mut self, cause: &Cause<'_>) {
        let lead = cause.lead();
        let name = format!("finding {} {}: {}", lead.requirement, lead.finding.check, cause.about);
        self.test(cause.verdict != Verdict::Fail, &name, "");
        let mut lines = vec![("verdict", cause.verdict.word().to_owned())];
        lines.extend(values(lead.finding));
        lines.push(("requirement", statement(lead.requirement)));
        lines.push(("cases", cause.cases.join(", ")));
        self.block(&lines);
    }

    /// A known deviation that is not as it is known.
    fn tally(&mut self, tally: &Tally) {
        self.test(false, &format!("known deviation {tally}"), "");
        let lines: Vec<_> =
            known::lines(tally).into_iter().map(|(label, text)| (label, told(&text))).collect();
        self.block(&lines);
    }

    /// One case.
    fn case(&mut self, name: &str, judgement: &Judgement, standing: Option<&Standing>) {
        let reason = judgement.reason.as_deref().map(told);
        let known = standing.map(|standing| known::reason(&standing.deviation));
        let directive = match (judgement.verdict, &reason) {
            // A warning passes anyway, and what passes is not to be done any more.
            (Verdict::Fail, _) if known.is_some() => {
                format!(" # TODO {}", escaped(known.as_deref().unwrap_or_default()))
            }
            (Verdict::Skipped, reason) => {
                format!(" # SKIP {}", escaped(reason.as_deref().unwrap_or_default()))
            }
            _ => String::new(),
        };
        let is_ok = !matches!(judgement.verdict, Verdict::Fail | Verdict::NotJudged);
        self.test(is_ok, name, directive.trim_end());
        let mut lines = Vec::new();
        if judgement.verdict != Verdict::Pass {
            lines.push(("verdict", judgement.verdict.word().to_owned()));
        }
        if let Some(reason) = reason.filter(|_| judgement.verdict == Verdict::NotJudged) {
            lines.push(("message", reason));
        }
        lines.extend(known.map(|reason| ("known", reason)));
        if let Some(first) = judgement.findings.first() {
            lines.extend(values(first));
        }
        let others = judgement.findings.iter().skip(1);
        let others = others.map(|finding| {
            let Finding { verdict, requirement, check, .. } = finding;
            format!("{verdict} {requirement} {check}: {}", seen(finding))
        });
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            lines.push(("further", others.join("; ")));
        }
        self.block(&lines);
    }

    /// A line for a test.
    fn test(&mut self, is_ok: bool, name: &str, directive: &str) {
        self.number += 1;
        let word = if is_ok { "ok" } else { "not ok" };
        let _ = writeln!(self.out, "{word} {} - {}{directive}", self.number, escaped(name));
    }

    /// The YAML below it: quoted as JSON, which YAML takes.
    fn block(&mut self, lines: &[(&str, String)]) {
        if lines.is_empty() {
            return;
        }
        self.out.push_str("  ---\n");
        for (name, value) in lines {
            let _ = writeln!(self.out, "  {name}: {}", serde_json::Value::from(visible(value)));
        }
        self.out.push_str("  ...\n");
    }
}

/// What a finding is about, and what it says.
fn values(finding: &Finding) -> [(&'static str, String); 3] {
    [
        ("check", finding.check.word().to_owned()),
        ("expected", told(&finding.expected)),
        ("received", told(&finding.observed)),
    ]
}

/// Text on the line of a test: a number sign would begin a directive, and a backslash escapes it.
fn escaped(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// Text behind the number sign of a comment.
fn comment(text: &str) -> String {
    visible(text)
}
