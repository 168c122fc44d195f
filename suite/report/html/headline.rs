//! The head of a page: what the run came to, in which words, and of what.

use super::contents::Contents;
use super::markup::{Markup, key};
use super::time::utc;
use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::record::{Conclusion, Record};
use crate::report::control::control_words;
use crate::report::hindrance::hindrance;
use crate::report::requirements::RowVerdict;
use crate::report::run_lines::{asked_lines, seen_lines};

/// What a run came to: the key of its look, and its words. Green is only what was judged, to its end, without
/// a failure.
pub(super) fn conclusion(contents: &Contents<'_>) -> (&'static str, &'static str, String) {
    let Contents { record, counts, .. } = contents;
    let problem = contents.established.problem();
    let why = || problem.clone().or_else(|| record.ended_early.clone());
    let unjudged = counts.not_judged;
    let failed = contents.causes.iter().filter(|cause| cause.verdict == Verdict::Fail).count();
    match record.conclusion_with(contents.view.known, false) {
        Conclusion::Changed => (
            "fail",
            "Changed",
            "A known deviation was seen in another shape than that in which it is known.".to_owned(),
        ),
        Conclusion::Expired => (
            "fail",
            "Expired",
            "A known deviation was seen after the day until which it was known.".to_owned(),
        ),
        Conclusion::Stale => {
            ("fail", "Stale", "A known deviation was not seen any more, or names no case.".to_owned())
        }
        Conclusion::Failed if failed == 1 => {
            ("fail", "Failed", "1 finding goes against what is required.".to_owned())
        }
        Conclusion::Failed => ("fail", "Failed", format!("{failed} findings go against what is required.")),
        Conclusion::Interrupted => {
            ("not-judged", "Interrupted", "The run was stopped before its last case.".to_owned())
        }
        Conclusion::NotJudged => {
            let missed = || hindrance(record).filter(|_| unjudged == 0);
            let why = why().or_else(missed);
            let why = why.unwrap_or_else(|| format!("{unjudged} cases have no verdict."));
            ("not-judged", "Not judged", why)
        }
        Conclusion::Passed if counts.known > 0 => {
            let known = format!(
                "Everything was judged, and nothing failed but what is known: {} cases.",
                counts.known
            );
            ("pass", "Passed", known)
        }
        Conclusion::Passed => {
            let part = record.shard.as_ref().map_or_else(String::new, |shard| {
                format!(" of this part of the run, {} of {},", shard.number, shard.of)
            });
            ("pass", "Passed", format!("Everything{part} was judged, and nothing failed."))
        }
    }
}

/// The head of the page.
pub(super) fn headline(page: &mut Markup, contents: &Contents<'_>) {
    let Record { subject, target, grading, .. } = contents.record;
    let (look, word, why) = conclusion(contents);
    page.put("<header>\n<p class=\"tool\">").text(&contents.record.tool).put(" report</p>\n<h1>");
    page.text(subject.word()).put(" <span class=\"target\">").text(target).put("</span></h1>\n");
    page.put("<p class=\"conclusion ").put(look).put("\">").badge(look, word).put(" ").text(&why);
    page.put("</p>\n");
    if contents.counts.failed > 0 && look != "fail" {
        page.put("<p class=\"conclusion fail\">")
            .verdict(Verdict::Fail)
            .put(" ")
            .cases(contents.counts.failed);
        page.put(" failed all the same.</p>\n");
    }
    if !contents.record.has_judged() {
        page.put("<p class=\"conclusion not-judged\">No case was judged: this run says nothing of the ");
        page.text(subject.word()).put(".</p>\n");
    } else if let (Some(why), "fail") = (&contents.record.ended_early, look) {
        page.put("<p class=\"conclusion not-judged\">The run ended early: ").text(why).put("</p>\n");
    }
    counts(page, contents);
    page.put("<dl class=\"facts\">\n");
    page.term("control", &control_words(contents.record, &contents.established));
    let bp = if grading.bp { ", Basic Profile gates" } else { "" };
    page.term("profile", &format!("{}{bp}", grading.profile));
    for (label, text) in asked_lines(contents.record) {
        page.term(label, &told(&text));
    }
    for (label, text) in seen_lines(contents.record, &contents.established) {
        page.term(label, &told(&text));
    }
    ledger_line(page, contents);
    let times = &contents.record.times;
    if times.started_ms > 0 {
        let (seconds, rest) = (times.elapsed_ms / 1_000, times.elapsed_ms % 1_000);
        page.term("time", &format!("{}, took {seconds}.{rest:03} s", utc(times.started_ms)));
    }
    page.term("tool", &contents.record.tool);
    page.put("<dt>catalogue</dt><dd><code>").text(&contents.record.catalogue).put("</code> (");
    page.number(contents.record.catalogue_size).put(" cases for a ").text(subject.word());
    if !contents.record.is_of_this_catalogue() {
        page.put(
            "; the page was made with another catalogue, and cases that changed since may be told otherwise",
        );
    }
    page.put(")</dd>\n");
    if let Some(credentials) = &contents.record.credentials {
        page.term("credentials", credentials);
    }
    page.put("</dl>\n</header>\n");
}

/// How many cases came to what, as a sum, as links to them, and as a picture.
fn counts(page: &mut Markup, contents: &Contents<'_>) {
    let counts = contents.counts;
    page.put("<p class=\"sum\"><strong>").number(counts.planned).put("</strong> planned = <strong>");
    page.number(counts.judged).put("</strong> judged + <strong>").number(counts.not_judged);
    page.put("</strong> not judged + <strong>").number(counts.skipped).put("</strong> skipped; ");
    if contents.record.campaign.is_some() {
        page.put("each is something that the campaign has found</p>\n");
    } else {
        page.put("of the ").number(contents.record.catalogue_size).put(" cases in the catalogue</p>\n");
    }
    let of = |verdict: Verdict, count| (key(verdict), verdict.word(), count);
    let mut shares = vec![
        of(Verdict::Fail, counts.failed),
        of(Verdict::Warn, counts.warned),
        of(Verdict::Note, counts.noted),
        of(Verdict::Pass, counts.passed),
        of(Verdict::NotJudged, counts.not_judged),
        of(Verdict::Skipped, counts.skipped),
    ];
    if contents.view.known.is_some() {
        shares.insert(2, ("known", "KNOWN", counts.known));
    }
    page.put("<ul class=\"counts\">\n");
    for &(key, word, count) in &shares {
        page.put("<li><a href=\"#verdict=").put(key).put("\">").badge(key, word);
        page.put(" <strong>").number(count).put("</strong></a></li>\n");
    }
    page.put("</ul>\n<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">");
    let mut start = 0;
    for (key, _, count) in shares {
        let share = |count: usize| format!("{}%", percent(count, counts.planned));
        page.put("<rect class=\"").put(key).put("\" x=\"").text(&share(start));
        page.put("\" width=\"").text(&share(count)).put("\" height=\"12\"/>");
        start += count;
    }
    page.put("</svg>\n");
}

/// A part in hundredths, to two places.
fn percent(part: usize, whole: usize) -> String {
    let hundredths = part * 10_000 / whole.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// How much of what a run against this subject can show was shown.
fn ledger_line(page: &mut Markup, contents: &Contents<'_>) {
    let count = |of: fn(&RowVerdict) -> bool| contents.rows.iter().filter(|(_, row)| of(row)).count();
    let judged = count(|row| matches!(row, RowVerdict::Judged(_)));
    let unseen = count(|row| matches!(row, RowVerdict::Unseen(_)));
    let all = contents.rows.len();
    let subject = contents.record.subject.word();
    let told = format!(
        "{judged} judged of the {} that a run against a {subject} can show; {all} in all",
        all - unseen
    );
    page.put("<dt><a href=\"#requirements\">requirements</a></dt><dd>").text(&told).put("</dd>\n");
}

/// The title of the page.
pub(super) fn title(contents: &Contents<'_>) -> String {
    let (_, word, _) = conclusion(contents);
    format!("{word}: {} {}", contents.record.subject.word(), visible(&contents.record.target))
}
