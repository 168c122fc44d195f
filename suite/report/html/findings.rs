//! What was found, the gravest first: each cause once, with an example of what was exchanged.

use super::blocks::pair;
use super::contents::Contents;
use super::markup::Markup;
use super::packed::Texts;
use super::shown::Block;
use crate::judge::Verdict;
use crate::message::told;
use crate::protocol::{RequirementId, ledger};
use crate::record::{CONTROL, Cause, Part};
use crate::report::again::{again, input_of, look, send};
use crate::report::reading::{Readings, takes};
use crate::report::words::graded;

/// Most cases that a finding names; its filter shows all.
const MAX_CASES: usize = 40;

/// Most findings whose example stands in the page without being asked for.
const MAX_EXAMPLES: usize = 40;

/// The findings.
pub(super) fn findings(page: &mut Markup, contents: &Contents<'_>, blocks: &[Vec<Block>], texts: &Texts) {
    page.put("<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n");
    let of = |least: fn(Verdict) -> bool| contents.causes.iter().filter(move |cause| least(cause.verdict));
    let grave: Vec<_> = of(|verdict| verdict >= Verdict::Warn).collect();
    let notes: Vec<_> = of(|verdict| verdict < Verdict::Warn).collect();
    if grave.is_empty() {
        let none = if !contents.record.has_judged() {
            "Nothing was judged, so nothing was found."
        } else if contents.counts.known > 0 {
            "Nothing fails or warns that is not known."
        } else {
            "Nothing that was judged fails or warns."
        };
        page.put("<p>").put(none).put("</p>\n");
    }
    for (number, cause) in grave.iter().enumerate() {
        finding(page, contents, cause, number + 1);
        if let Some(block) = example(contents, cause, blocks).filter(|_| number < MAX_EXAMPLES) {
            pair(page, block, texts);
        }
        page.put("</article>\n");
    }
    if !notes.is_empty() {
        page.put("<details class=\"notes\"><summary><h3>").number(notes.len());
        let note = if notes.len() == 1 { "note" } else { "notes" };
        page.put(" ").put(note);
        page.put(" of documented variants, or of what the documents leave open</h3></summary>\n");
        for (number, cause) in notes.iter().enumerate() {
            finding(page, contents, cause, grave.len() + number + 1);
            page.put("</article>\n");
        }
        page.put("</details>\n");
    }
    page.put("</section>\n");
}

/// Why cases have no verdict.
pub(super) fn without_verdict(page: &mut Markup, contents: &Contents<'_>) {
    let record = contents.record;
    if contents.counts.not_judged + contents.counts.skipped == 0 {
        return;
    }
    page.put("<section id=\"without-verdict\" aria-labelledby=\"without-title\">\n");
    page.put("<h2 id=\"without-title\">Cases without a verdict</h2>\n<ul class=\"reasons\">\n");
    for verdict in [Verdict::NotJudged, Verdict::Skipped] {
        for (reason, cases) in record.reasons(verdict) {
            page.put("<li>").verdict(verdict).put(" ").cases(cases.len()).put(": ");
            page.text(&told(reason)).put("\n<details><summary>which</summary><p class=\"cases\">");
            names(page, &cases, usize::MAX);
            page.put("</p></details></li>\n");
        }
    }
    page.put("</ul>\n</section>\n");
}

/// The example of a cause: what stands first in its case.
fn example<'a>(contents: &Contents<'_>, cause: &Cause<'_>, blocks: &'a [Vec<Block>]) -> Option<&'a Block> {
    let place = if cause.lead().example == CONTROL {
        contents.record.entries.len()
    } else {
        *contents.places.get(cause.lead().example)?
    };
    blocks.get(place)?.first()
}

/// All that is said of a finding; its element stays open.
fn finding(page: &mut Markup, contents: &Contents<'_>, cause: &Cause<'_>, number: usize) {
    let lead = cause.lead();
    let told_first = lead.finding;
    page.put("<article class=\"finding\" id=\"finding/").number(number).put("\">\n<h3>");
    page.verdict(cause.verdict).put(" ");
    statement(page, lead.requirement);
    page.put("</h3>\n<dl>\n");
    page.term("expected", &told(&told_first.expected));
    let others = match lead.observed {
        0 | 1 => String::new(),
        others => format!(" (and {} more)", others - 1),
    };
    page.term("observed", &format!("{}{others}", told(&told_first.observed)));
    sources(page, lead.requirement);
    page.term("check", told_first.check.word());
    for edit in input_of(contents.record, lead.example) {
        page.term("input", &told(edit));
    }
    if cause.parts.len() > 1 || lead.verdicts.len() > 1 {
        page.term("cause", &told(&cause.about));
        page.put("<dt>also against</dt><dd><ul class=\"also\">");
        for part in cause.parts.iter().skip(1) {
            also(page, part);
        }
        page.put("</ul></dd>\n");
    }
    page.put("<dt>cases</dt><dd class=\"cases\">").number(cause.cases.len()).text(&graded(cause)).put(": ");
    names(page, &cause.cases, MAX_CASES);
    page.put("</dd>\n");
    if let Some(control) = contents.established.server() {
        page.term("control", control.level.word());
    }
    if lead.example != CONTROL {
        let (record, example) = (contents.record, lead.example);
        page.put("<dt>look</dt><dd>").case(example).put(", <code>").text(&look(record, example));
        page.put("</code></dd>\n");
        for line in again(record, example).into_iter().chain(send(record, example)) {
            let (before, after) = if line.is_command { ("<code>", "</code>") } else { ("", "") };
            page.put("<dt>").put(line.label).put("</dt><dd>").put(before).text(&line.text).put(after);
            page.put("</dd>\n");
        }
    }
    page.put("</dl>\n<p class=\"tools\" data-finding></p>\n");
    if let Some(readings) = Readings::of(contents.record, &contents.established, told_first, lead.example) {
        table_of_readings(page, &readings);
    }
}

/// What each reading of the documents makes of a finding.
fn table_of_readings(page: &mut Markup, readings: &Readings) {
    let Readings { ambiguity, here, there } = readings;
    page.put("<table class=\"readings\"><caption>").text(&ambiguity.id.to_string()).put(" ");
    page.text(ambiguity.question).put("</caption>\n<thead><tr><th scope=\"col\">reading</th>");
    page.put("<th scope=\"col\">says</th><th scope=\"col\">source</th>");
    for (profile, _) in [here, there] {
        page.put("<th scope=\"col\">").text(profile.word()).put("</th>");
    }
    page.put("</tr></thead>\n<tbody>\n");
    for reading in ambiguity.readings {
        page.put("<tr><th scope=\"row\">").text(reading.name).put("</th><td>").text(reading.says);
        page.put("</td><td>").text(reading.source).put("</td>");
        for (profile, _) in [here, there] {
            page.put("<td>").put(if takes(*profile, reading.taken) { "taken" } else { "not taken" });
            page.put("</td>");
        }
        page.put("</tr>\n");
    }
    page.put("<tr><th scope=\"row\" colspan=\"3\">verdict on this finding</th>");
    for (_, verdict) in [here, there] {
        page.put("<td>").verdict(*verdict).put("</td>");
    }
    page.put("</tr>\n</tbody></table>\n");
}

fn also(page: &mut Markup, part: &Part<'_>) {
    page.put("<li>").verdict(part.verdict).put(" ");
    statement(page, part.requirement);
    page.put(" <a class=\"count\" href=\"#requirement=").text(&part.requirement.to_string()).put("\">");
    page.cases(part.cases.len()).put("</a></li>\n");
}

/// A requirement: its number, how binding it is, what it says.
fn statement(page: &mut Markup, id: RequirementId) {
    page.requirement(&id.to_string());
    says(page, id);
}

/// How binding a requirement is, and what it says.
pub(super) fn says(page: &mut Markup, id: RequirementId) {
    if let Some(row) = ledger::requirement(id) {
        page.put(" <span class=\"level\">").put(row.level.word()).put("</span> ").text(row.statement);
    }
}

/// Where a requirement is written, with links.
pub(super) fn sources(page: &mut Markup, id: RequirementId) {
    let Some(row) = ledger::requirement(id) else { return };
    page.put("<dt>source</dt><dd>");
    for (number, source) in row.sources.iter().enumerate() {
        if number > 0 {
            page.put("; ");
        }
        match source.url() {
            Some(url) => {
                page.put("<a rel=\"noreferrer\" href=\"")
                    .text(&url)
                    .put("\">")
                    .text(&source.to_string())
                    .put("</a>");
            }
            None => {
                page.text(&source.to_string());
            }
        }
    }
    page.put("</dd>\n");
}

/// Links to cases.
pub(super) fn names(page: &mut Markup, cases: &[&str], most: usize) {
    for case in cases.iter().take(most) {
        page.case(&told(case)).put(" ");
    }
    if cases.len() > most {
        page.put("and ").number(cases.len() - most).put(" more");
    }
}
