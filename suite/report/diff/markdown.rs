use std::fmt::Write as _;

use super::group::Group;
use super::text::{head, totals};
use crate::record::comparison::{Change, Comparison, Found};
use crate::report::page::{Page, code, names};

/// Most cases named in one group.
const MAX_CASES: usize = 12;

/// What changed, as Markdown for a pull request: below [`MAX_MARKDOWN`](crate::report::MAX_MARKDOWN) bytes, and
/// it says what it cut. Text of the subject is code, in which nothing is markup.
pub fn diff_markdown(comparison: &Comparison<'_>) -> String {
    let mut page = Page::default();
    let regressions = comparison.regressions();
    let verdict = match regressions {
        0 => "nothing got worse".to_owned(),
        1 => "1 regression".to_owned(),
        more => format!("{more} regressions"),
    };
    page.head(&format!("### umspec: {verdict}\n\n"));
    page.head(&format!(
        "| record | of |\n| --- | --- |\n| old | {} |\n| new | {} |\n\n",
        code(&head(comparison.old)),
        code(&head(comparison.new))
    ));
    for caution in &comparison.run.cautions {
        page.head(&format!("Note: {}\n\n", code(caution)));
    }
    let (cases, worse) = totals(comparison);
    page.head(&format!("Cases: {cases}.\nWorse: {worse}.\n"));
    for found in &comparison.run.new {
        page.add(&in_common("New failure", found));
    }
    if !comparison.run.lost.is_empty() {
        let lost: Vec<&str> = comparison.run.lost.iter().map(|check| check.word()).collect();
        page.add(&format!("\n#### Checks that no longer ran in any case\n\n{}\n", names(&lost, usize::MAX)));
    }
    for found in &comparison.run.fixed {
        page.add(&in_common("Fixed", found));
    }
    for group in Group::of(comparison) {
        page.add(&block(&group));
    }
    page.end("groups of cases", "`umspec diff OLD NEW` tells all of them")
}

fn in_common(word: &str, found: &Found<'_>) -> String {
    let Found { finding, cases } = found;
    let (check, row) = (finding.check, finding.requirement);
    let (expected, observed) = (code(&finding.expected), code(&finding.observed));
    format!(
        "\n#### {word} in common, shown by {cases} cases\n\n- check: {check} {row}\n- expected: {expected}\n- observed: {observed}\n"
    )
}

fn block(group: &Group<'_, '_>) -> String {
    let mut out = String::new();
    let count = group.cases.len();
    let mut word = group.change.words().to_owned();
    word[..1].make_ascii_uppercase();
    let cases = if count == 1 { "case" } else { "cases" };
    let _ = writeln!(out, "\n#### {word}: {count} {cases}, {}\n", group.verdicts().replace("->", "→"));
    for (label, text) in group.lines() {
        let _ = writeln!(out, "- {label}: {}", code(&text));
    }
    let most = if matches!(group.change, Change::Added | Change::Deleted) { 3 } else { MAX_CASES };
    let _ = writeln!(out, "- cases: {}", names(&group.cases, most));
    out
}
