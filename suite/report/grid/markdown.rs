use super::text::{about, letter, share, word};
use crate::record::comparison::{Grid, Query};
use crate::report::page::{Page, code};

/// The grid as Markdown: below [`MAX_MARKDOWN`](crate::report::MAX_MARKDOWN) bytes, and it says what it cut.
pub fn grid_markdown(grid: &Grid<'_>, names: &[String], query: Query) -> String {
    let mut page = Page::default();
    let columns = grid.records.len();
    let letters: Vec<String> = (0..columns).map(letter).collect();
    let rule = "| --- ".repeat(columns);
    let rows = grid.matching(query).count();
    page.head(&format!("{rows} of {} cases {}.\n\n", grid.rows.len(), about(query)));
    page.head("| record | file | subject | profile |\n| --- | --- | --- | --- |\n");
    for ((record, name), letter) in grid.records.iter().zip(names).zip(&letters) {
        let subject = code(&format!("{} {}", record.subject, record.target));
        page.add(&format!("| {letter} | {} | {subject} | {} |\n", code(name), record.grading.profile));
    }
    page.add(&format!("\n| agreement | {} |\n| --- {rule}|\n", letters.join(" | ")));
    for (row, letter) in grid.agreement().iter().zip(&letters) {
        let cells: Vec<String> = row.iter().map(share).collect();
        page.add(&format!("| {letter} | {} |\n", cells.join(" | ")));
    }
    if rows > 0 {
        page.add(&format!("\n| case | {} |\n| --- {rule}|\n", letters.join(" | ")));
    }
    for row in grid.matching(query) {
        let cells: Vec<&str> = row.verdicts.iter().map(|verdict| word(*verdict)).collect();
        page.add(&format!("| {} | {} |\n", code(row.case), cells.join(" | ")));
    }
    page.end("lines", "`umspec compare` tells all of them")
}
