//! Several records side by side, as a page: a case in each row, a record in each column.

use super::markup::{Markup, key};
use super::shell::{foot, head};
use super::time::utc;
use crate::judge::Verdict;
use crate::message::told;
use crate::record::comparison::{Grid, Query, Row};

/// The queries, those that matter most first, with what they are about.
const QUERIES: [(Query, &str, &str); 7] = [
    (Query::Different, "different", "Not the same verdict in all records"),
    (Query::PassThenFail, "pass-then-fail", "Does not fail in a record, and fails in a later one"),
    (Query::OnlyOneFails, "only-one-fails", "Fails in one record only"),
    (Query::FailThenPass, "fail-then-pass", "Fails in a record, and does not in a later one"),
    (Query::AllFail, "all-fail", "Fails in every record that judged it"),
    (Query::NotJudged, "not-judged", "Judged in one record and not in another"),
    (Query::All, "all", "Every case"),
];

/// Records in a grid, each under its name: one file, which needs no script.
pub fn grid_html(grid: &Grid<'_>, names: &[String]) -> String {
    let mut page = Markup::default();
    let subject = grid.records.first().map_or("", |record| record.subject.word());
    head(&mut page, &format!("{} records of a {subject}", grid.records.len()), None);
    page.put("<body>\n<a class=\"skip\" href=\"#different\">Skip to the differences</a>\n<header>\n<h1>");
    page.number(grid.records.len()).put(" records of a ").text(subject).put("</h1>\n");
    records(&mut page, grid, names);
    agreement(&mut page, grid, names);
    page.put("</header>\n<main>\n");
    for (query, id, about) in QUERIES {
        let rows: Vec<&Row<'_>> = grid.matching(query).collect();
        page.put("<section id=\"").put(id).put("\">\n<details").put(if query == Query::Different {
            " open"
        } else {
            ""
        });
        page.put("><summary><h2>").put(about).put(": ").cases(rows.len()).put("</h2></summary>\n");
        if !rows.is_empty() {
            table(&mut page, &rows, names);
        }
        page.put("</details>\n</section>\n");
    }
    page.put("</main>\n");
    foot(&mut page);
    page.finish()
}

fn records(page: &mut Markup, grid: &Grid<'_>, names: &[String]) {
    page.put("<table><caption>The records</caption>\n<thead><tr><th scope=\"col\">record</th><th scope=\"col\">target</th>");
    page.put("<th scope=\"col\">time</th><th scope=\"col\">profile</th>");
    for verdict in VERDICTS {
        page.put("<th scope=\"col\">").verdict(verdict).put("</th>");
    }
    page.put("</tr></thead>\n<tbody>\n");
    for (record, name) in grid.records.iter().zip(names) {
        page.put("<tr><th scope=\"row\">").text(&told(name)).put("</th><td>").text(&told(&record.target));
        page.put("</td><td>").text(&utc(record.times.started_ms)).put("</td><td>");
        page.text(record.grading.profile.word()).put("</td>");
        for verdict in VERDICTS {
            let count = record.entries.iter().filter(|entry| entry.judgement.verdict == verdict).count();
            page.put("<td>").number(count).put("</td>");
        }
        page.put("</tr>\n");
    }
    page.put("</tbody></table>\n");
}

const VERDICTS: [Verdict; 6] =
    [Verdict::Fail, Verdict::Warn, Verdict::Note, Verdict::Pass, Verdict::NotJudged, Verdict::Skipped];

/// How far the records agree whether a case fails.
fn agreement(page: &mut Markup, grid: &Grid<'_>, names: &[String]) {
    page.put("<table><caption>In how many of the cases that both judged both fail, or neither does</caption>\n<thead><tr><td></td>");
    for name in names {
        page.put("<th scope=\"col\">").text(&told(name)).put("</th>");
    }
    page.put("</tr></thead>\n<tbody>\n");
    for (row, name) in grid.agreement().iter().zip(names) {
        page.put("<tr><th scope=\"row\">").text(&told(name)).put("</th>");
        for agreement in row {
            page.put("<td>").number(agreement.alike).put(" of ").number(agreement.of).put("</td>");
        }
        page.put("</tr>\n");
    }
    page.put("</tbody></table>\n");
}

fn table(page: &mut Markup, rows: &[&Row<'_>], names: &[String]) {
    page.put("<table class=\"grid\"><thead><tr><th scope=\"col\">case</th>");
    for name in names {
        page.put("<th scope=\"col\">").text(&told(name)).put("</th>");
    }
    page.put("</tr></thead>\n<tbody>\n");
    for row in rows {
        page.put("<tr><th scope=\"row\"><code>").text(&told(row.case)).put("</code></th>");
        for verdict in &row.verdicts {
            page.put("<td>");
            match verdict {
                Some(verdict) => page.badge(key(*verdict), verdict.word()),
                None => page.put("not there"),
            };
            page.put("</td>");
        }
        page.put("</tr>\n");
    }
    page.put("</tbody></table>\n");
}
