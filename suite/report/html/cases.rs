//! Every case by its family: what it is about, what came of it, and room for what was exchanged.

use std::collections::BTreeMap;

use super::contents::Contents;
use super::known::look;
use super::markup::{Markup, key};
use super::subject::{expected, header};
use crate::judge::{Finding, Verdict};
use crate::message::told;
use crate::protocol::Level;
use crate::report::known::reason;
use crate::report::tries::Tries;
use crate::report::words;

/// The verdicts, the gravest first, then what is none.
const VERDICTS: [Verdict; 6] =
    [Verdict::Fail, Verdict::Warn, Verdict::Note, Verdict::Pass, Verdict::NotJudged, Verdict::Skipped];

/// The filters and the cases. `received` is what came of each, in a line.
pub(super) fn cases(page: &mut Markup, contents: &Contents<'_>, received: &[Option<String>]) {
    page.put("<section id=\"cases\" aria-labelledby=\"cases-title\">\n<h2 id=\"cases-title\">Cases</h2>\n");
    filters(page, contents);
    page.put("<noscript><p class=\"remark\">The filters, and what was sent and received in each case, need JavaScript; ");
    page.put("<code>umspec show CASE --record FILE</code> prints the same from the record.</p></noscript>\n");
    for family in families(contents) {
        let Some(first) = family.first() else { continue };
        let name = told(words::family(&contents.record.entries[*first].case));
        page.put("<details class=\"family\" data-family=\"").text(&name).put("\"><summary><h3>").text(&name);
        page.put("</h3> ");
        tally(page, contents, &family);
        page.put("</summary>\n");
        for &place in &family {
            case(page, contents, place, received.get(place).and_then(Option::as_deref));
        }
        page.put("</details>\n");
    }
    page.put("</section>\n");
}

/// The places of the entries by family, in the order in which families begin.
fn families(contents: &Contents<'_>) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = Vec::new();
    let mut known = BTreeMap::new();
    for (place, entry) in contents.record.entries.iter().enumerate() {
        let family = *known.entry(words::family(&entry.case)).or_insert_with(|| {
            families.push(Vec::new());
            families.len() - 1
        });
        families[family].push(place);
    }
    families
}

/// How many cases have which verdict.
fn tally(page: &mut Markup, contents: &Contents<'_>, places: &[usize]) {
    for verdict in VERDICTS {
        let of = |place: &&usize| contents.record.entries[**place].judgement.verdict == verdict;
        let count = places.iter().filter(of).count();
        if count > 0 {
            page.verdict(verdict).put(" ").number(count).put(" ");
        }
    }
}

/// The filters, which a script makes work.
fn filters(page: &mut Markup, contents: &Contents<'_>) {
    page.put("<form id=\"filters\" role=\"search\" aria-label=\"Filter the cases\" hidden>\n<fieldset><legend>verdict</legend>\n");
    for verdict in VERDICTS {
        page.put("<label><input type=\"checkbox\" name=\"verdict\" value=\"").put(key(verdict)).put("\"> ");
        page.verdict(verdict).put("</label>\n");
    }
    if contents.view.known.is_some() {
        page.put("<label><input type=\"checkbox\" name=\"verdict\" value=\"known\"> ");
        page.badge("known", "KNOWN").put("</label>\n");
    }
    page.put("</fieldset>\n<label>level <select name=\"level\"><option value=\"\">any</option>");
    for level in [Level::Must, Level::Should, Level::May, Level::Record] {
        page.put("<option>").put(level.word()).put("</option>");
    }
    page.put("</select></label>\n<label>family <select name=\"family\"><option value=\"\">any</option>");
    for first in families(contents).iter().filter_map(|family| family.first()) {
        let family = words::family(&contents.record.entries[*first].case);
        page.put("<option>").text(&told(family)).put("</option>");
    }
    page.put("</select></label>\n<label>requirement <input name=\"requirement\" size=\"10\" placeholder=\"UMD-R067\" list=\"known-requirements\"></label>\n<datalist id=\"known-requirements\">");
    for (row, _) in &contents.rows {
        page.put("<option value=\"").text(&row.id.to_string()).put("\">");
    }
    page.put("</datalist>\n<label>text <input type=\"search\" name=\"text\" size=\"20\"></label>\n");
    page.put("<button type=\"reset\">Show all</button>\n<output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n");
}

fn case(page: &mut Markup, contents: &Contents<'_>, place: usize, received: Option<&str>) {
    let entry = &contents.record.entries[place];
    let case = contents.record.case_of(entry).map(|case| (case, header(case)));
    let id = told(&entry.case);
    let verdict = entry.judgement.verdict;
    page.put("<details class=\"case\" id=\"case/").text(&id).put("\" data-place=\"").number(place);
    let is_known = contents.view.known.is_some_and(|known| known.is_known(entry));
    page.put("\" data-verdict=\"").put(if is_known { "known" } else { key(verdict) }).put("\" data-level=\"");
    page.put(case.map_or("", |(_, header)| header.level().word())).put("\" data-requirements=\"");
    let cited = case.map_or(&[][..], |(_, header)| header.requirements());
    for id in cited {
        page.text(&id.to_string()).put(" ");
    }
    for finding in &entry.judgement.findings {
        page.text(&finding.requirement.to_string()).put(" ");
    }
    page.put("\"><summary>");
    if is_known {
        page.badge("known", "KNOWN").put(" ");
    }
    page.verdict(verdict).put(" <code>").text(&id).put("</code> <span class=\"about\">");
    match (&entry.fuzzed, case) {
        (Some(fuzzed), _) => page.text(&told(&fuzzed.about())),
        (None, Some((_, header))) => page.text(header.about()),
        (None, None) => page.text("A case that this catalogue does not have."),
    };
    page.put("</span></summary>\n<dl>\n");
    if !cited.is_empty() {
        page.put("<dt>looks at</dt><dd>");
        for id in cited {
            page.requirement(&id.to_string()).put(" ");
        }
        if let Some((_, header)) = case {
            page.put("<span class=\"level\">").put(header.level().word()).put("</span> ");
            page.text(header.primary().statement);
        }
        page.put("</dd>\n");
    }
    if let Some(expected) = case.and_then(|(case, _)| expected(case, contents.record.grading)) {
        page.term("expected", &told(&expected));
    }
    if let Some(received) = received {
        page.term("received", received);
    }
    if let Some(reason) = &entry.judgement.reason {
        page.term("reason", &told(reason));
    }
    let tries = Tries::of(contents.record, &contents.established, entry);
    if tries.is_flaky() {
        let (failed, count) = (tries.failed.len(), tries.count);
        page.term("tries", &format!("flaky: {failed} of {count} failed"));
    }
    if let Some(standing) = contents.view.known.and_then(|known| known.of_case(&entry.case)) {
        page.put("<dt>known</dt><dd>").badge(look(standing.state), standing.state.word()).put(" ");
        page.text(&told(&reason(&standing.deviation))).put("</dd>\n");
    }
    page.put("</dl>\n");
    found(page, &entry.judgement.findings);
    complaints(page, &entry.complaints);
    page.put("<div class=\"exchange\"></div></details>\n");
}

/// What was found in a case, numbered, so that each can be named.
fn found(page: &mut Markup, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    page.put("<ol class=\"found\">\n");
    for finding in findings {
        let row = finding.requirement.to_string();
        page.put("<li");
        if matches!(finding.verdict, Verdict::Warn | Verdict::Fail) {
            page.put(" data-requirement=\"").text(&row).put(if finding.common {
                "\" data-common"
            } else {
                "\""
            });
        }
        page.put(">").verdict(finding.verdict).put(" ");
        page.requirement(&row).put(" ").put(finding.check.word());
        if finding.common {
            page.put(" (found in other cases as well; it does not count for this one)");
        }
        page.put("<dl>");
        page.term("expected", &told(&finding.expected)).term("observed", &told(&finding.observed));
        page.put("</dl></li>\n");
    }
    page.put("</ol>\n");
}

/// What a program wrote on standard error.
fn complaints(page: &mut Markup, complaints: &[String]) {
    if complaints.is_empty() {
        return;
    }
    page.put("<p>Its first lines on standard error:</p>\n<pre class=\"complaints\">");
    for line in complaints {
        page.text(&told(line)).put("\n");
    }
    page.put("</pre>\n");
}
