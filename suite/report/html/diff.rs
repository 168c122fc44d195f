//! What changed from one record to another, as a page: regressions first.

use super::findings::says;
use super::markup::Markup;
use super::shell::{foot, head};
use super::time::utc;
use crate::judge::CheckId;
use crate::message::{told, visible};
use crate::protocol::RequirementId;
use crate::record::Record;
use crate::record::comparison::{CaseChange, Change, Comparison, Found, Side};
use crate::report::again::look as how_to_look;

/// What changed, as a page of the same kind as that of a record: one file, which needs no script.
pub fn diff_html(comparison: &Comparison<'_>) -> String {
    let mut page = Markup::default();
    let (look, word, why) = conclusion(comparison);
    let subject = comparison.new.subject.word();
    head(&mut page, &format!("{word}: {subject} {}", visible(&comparison.new.target)), None);
    page.put(
        "<body>\n<a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n<header>\n<p class=\"tool\">",
    );
    page.text(&comparison.new.tool).put(" diff</p>\n<h1>").text(subject).put(" <span class=\"target\">");
    page.text(&comparison.new.target).put("</span></h1>\n<p class=\"conclusion ").put(look).put("\">");
    page.badge(look, word).put(" ").text(&why).put("</p>\n<dl>\n");
    page.term("old", &of_record(comparison.old)).term("new", &of_record(comparison.new));
    for caution in &comparison.run.cautions {
        page.term("note", &told(caution));
    }
    page.put("</dl>\n</header>\n<nav aria-label=\"Kinds of changes\">");
    for change in told_changes(comparison) {
        page.put("<a href=\"#").put(key(change)).put("\">").put(change.words()).put("</a> ");
        page.number(comparison.count(change)).put(" ");
    }
    page.put("</nav>\n<main id=\"changes\">\n");
    of_all(&mut page, comparison);
    for change in told_changes(comparison) {
        changed(&mut page, comparison, change);
    }
    page.put("</main>\n");
    foot(&mut page);
    page.finish()
}

/// What the comparison comes to. Green is only where something was judged, and nothing got worse.
fn conclusion(comparison: &Comparison<'_>) -> (&'static str, &'static str, String) {
    match (comparison.regressions(), usize::from(comparison.new.has_judged())) {
        (0, 0) => ("not-judged", "Not judged", "The new run judged nothing.".to_owned()),
        (0, _) => {
            ("pass", "No regression", "Nothing got worse from the old record to the new one.".to_owned())
        }
        (1, _) => ("fail", "Worse", "1 regression from the old record to the new one.".to_owned()),
        (count, _) => ("fail", "Worse", format!("{count} regressions from the old record to the new one.")),
    }
}

fn of_record(record: &Record) -> String {
    let counts = record.counts();
    let (planned, judged, failed) = (counts.planned, counts.judged, counts.failed);
    let numbers =
        format!("{judged} of {planned} cases judged, {failed} failed, profile {}", record.grading.profile);
    format!("{}: {} ({numbers})", utc(record.times.started_ms), told(&record.target))
}

/// The kinds of changes that there are, regressions first.
fn told_changes(comparison: &Comparison<'_>) -> impl Iterator<Item = Change> {
    Change::ALL.into_iter().filter(|change| comparison.count(*change) > 0)
}

/// What fails in common, and checks that ran nowhere any more.
fn of_all(page: &mut Markup, comparison: &Comparison<'_>) {
    let run = &comparison.run;
    if run.new.is_empty() && run.fixed.is_empty() && run.lost.is_empty() {
        return;
    }
    page.put("<section id=\"in-common\" aria-labelledby=\"in-common-title\">\n");
    page.put("<h2 id=\"in-common-title\">In all answers or requests</h2>\n");
    let found = |page: &mut Markup, look, word, found: &Found<'_>| {
        page.put("<article class=\"finding\">\n<h3>").badge(look, word).put(" ");
        rule(page, found.finding.requirement);
        page.put("</h3>\n<dl>\n").term("expected", &told(&found.finding.expected));
        page.term("observed", &told(&found.finding.observed)).term("check", found.finding.check.word());
        page.put("<dt>shown by</dt><dd>").cases(found.cases).put("</dd>\n</dl>\n</article>\n");
    };
    run.new.iter().for_each(|new| found(page, "fail", "NEW FAILURE", new));
    run.fixed.iter().for_each(|fixed| found(page, "pass", "FIXED", fixed));
    if !run.lost.is_empty() {
        page.put("<p>")
            .badge("fail", "CHECKS THAT NO LONGER RAN")
            .put(" ")
            .text(&checks(&run.lost))
            .put("</p>\n");
    }
    page.put("</section>\n");
}

/// The cases that changed in one way.
fn changed(page: &mut Markup, comparison: &Comparison<'_>, change: Change) {
    let cases = comparison.cases.iter().filter(|case| case.change == change);
    page.put("<section id=\"").put(key(change)).put("\">\n<h2>").badge(look(change), change.words()).put(" ");
    page.cases(comparison.count(change)).put("</h2>\n");
    if matches!(change, Change::Added | Change::Deleted | Change::Unchanged) {
        page.put("<details><summary>which</summary><p class=\"cases\">");
        for case in cases {
            page.put("<code>").text(&told(case.case)).put("</code> ");
        }
        page.put("</p></details>\n</section>\n");
        return;
    }
    for case in cases {
        details(page, comparison.new, case, change.is_regression());
    }
    page.put("</section>\n");
}

fn details(page: &mut Markup, record: &Record, case: &CaseChange<'_>, is_open: bool) {
    let (id, command) = (told(case.case), how_to_look(record, case.case));
    page.put("<details class=\"case\" id=\"case/").text(&id).put(if is_open { "\" open" } else { "\"" });
    page.put("><summary>");
    for (at, side) in [&case.old, &case.new].into_iter().enumerate() {
        if at > 0 {
            page.put(" → ");
        }
        match side {
            Some(side) => page.verdict(side.verdict),
            None => page.put("not there"),
        };
    }
    page.put(" <code>").text(&id).put("</code></summary>\n<dl>\n");
    for (label, side) in [("old", &case.old), ("new", &case.new)] {
        if let Some(words) = side.as_ref().map(words).filter(|words| !words.is_empty()) {
            page.term(label, &words);
        }
    }
    for finding in &case.findings {
        page.put("<dt>new finding</dt><dd>").verdict(finding.verdict).put(" ");
        rule(page, finding.requirement);
        page.put("</dd>\n")
            .term("expected", &told(&finding.expected))
            .term("observed", &told(&finding.observed));
    }
    if !case.lost.is_empty() {
        page.term("checks that no longer ran", &checks(&case.lost));
    }
    page.put("<dt>look</dt><dd><code>").text(&command).put("</code></dd>\n</dl></details>\n");
}

/// A requirement, which this page does not list.
fn rule(page: &mut Markup, id: RequirementId) {
    page.text(&id.to_string());
    says(page, id);
}

fn words(side: &Side<'_>) -> String {
    let reason = side.reason.map(told).unwrap_or_default();
    [told(&side.came), reason].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn checks(checks: &[CheckId]) -> String {
    checks.iter().map(|check| check.word()).collect::<Vec<_>>().join(", ")
}

fn look(change: Change) -> &'static str {
    match change {
        change if change.is_regression() => "fail",
        Change::Fixed | Change::JudgedNow | Change::WarningGone => "pass",
        Change::KnownNow => "known",
        Change::NewWarning => "warn",
        Change::NotFoundAgain | Change::Noted | Change::OtherEvidence => "note",
        _ => "skipped",
    }
}

/// Its name in addresses.
fn key(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::ChecksLost => "checks-lost",
        Change::Deleted => "deleted",
        Change::FailsForMore => "fails-for-more",
        Change::Fixed => "fixed",
        Change::JudgedNow => "judged-now",
        Change::KnownNow => "known-now",
        Change::NewFailure => "new-failure",
        Change::NewWarning => "new-warning",
        Change::NotFoundAgain => "not-found-again",
        Change::NotJudgedAnyMore => "not-judged-any-more",
        Change::NotRunAnyMore => "not-run-any-more",
        Change::Noted => "noted",
        Change::OtherEvidence => "other-evidence",
        Change::Unchanged => "unchanged",
        Change::WarningGone => "warning-gone",
    }
}
