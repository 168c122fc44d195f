//! The documents in the order of their sections, with what the run says of each statement.

use super::contents::Contents;
use super::documents::{DOCUMENTS, order, title};
use super::findings::sources;
use super::markup::{Markup, key};
use crate::protocol::{Document, Requirement, RequirementId};
use crate::report::requirements::RowVerdict;

/// The requirements by document.
pub(super) fn ledger(page: &mut Markup, contents: &Contents<'_>) {
    page.put("<section id=\"requirements\" aria-labelledby=\"requirements-title\">\n");
    page.put("<h2 id=\"requirements-title\">The documents, statement by statement</h2>\n");
    page.put("<p>Each requirement stands with the document that says it first. <em>Unseen</em> is what no case of this kind of subject can show.</p>\n");
    for document in DOCUMENTS {
        let mut rows: Vec<_> = contents
            .rows
            .iter()
            .filter(|(row, _)| first(row).is_some_and(|(first, _)| first == document))
            .collect();
        rows.sort_by_key(|(row, _)| (first(row).map(|(_, section)| order(section)), row.id));
        if !rows.is_empty() {
            of_document(page, contents, document, &rows);
        }
    }
    page.put("</section>\n");
}

fn of_document(
    page: &mut Markup,
    contents: &Contents<'_>,
    document: Document,
    rows: &[&(&'static Requirement, RowVerdict)],
) {
    page.put("<details class=\"document\"><summary><h3>").put(title(document)).put("</h3> ");
    for verdict in ["FAIL", "WARN", "NOTE", "PASS", "NOT JUDGED", "UNSEEN"] {
        let mut of = rows.iter().filter(|(_, row)| row.word() == verdict).peekable();
        if let Some((_, first)) = of.peek() {
            page.badge(row_key(first), first.word()).put(" ").number(of.count()).put(" ");
        }
    }
    page.put("</summary>\n<ol class=\"rows\">\n");
    for (row, verdict) in rows {
        statement(page, contents, row, verdict);
    }
    page.put("</ol>\n</details>\n");
}

fn statement(page: &mut Markup, contents: &Contents<'_>, row: &Requirement, verdict: &RowVerdict) {
    let id = row.id.to_string();
    page.put("<li id=\"").text(&id).put("\" tabindex=\"-1\">").badge(row_key(verdict), verdict.word());
    page.put(" ").requirement(&id).put(" <span class=\"level\">").put(row.level.word());
    page.put("</span> ").text(row.statement).put("\n<dl>");
    sources(page, row.id);
    if let RowVerdict::Unseen(reason) = verdict {
        page.term("unseen", reason);
    }
    let citing = citing(contents, row.id);
    if citing > 0 {
        page.put("<dt>cases</dt><dd><a href=\"#requirement=").text(&id).put("\">").cases(citing);
        page.put(" of this run</a></dd>");
    }
    page.put("</dl></li>\n");
}

/// How many cases of the run cite a requirement.
fn citing(contents: &Contents<'_>, id: RequirementId) -> usize {
    contents.citing.get(&id).copied().unwrap_or_default()
}

fn first(row: &Requirement) -> Option<(Document, &'static str)> {
    row.sources.first().map(|source| (source.document, source.section))
}

fn row_key(verdict: &RowVerdict) -> &'static str {
    match verdict {
        RowVerdict::Judged(verdict) => key(*verdict),
        RowVerdict::NotJudged => "not-judged",
        RowVerdict::Unseen(_) => "unseen",
    }
}
