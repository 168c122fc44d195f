//! The page as a whole.

use super::cases::cases;
use super::contents::Contents;
use super::findings::{findings, without_verdict};
use super::headline::{headline, title};
use super::known::known;
use super::ledger::ledger;
use super::markup::Markup;
use super::packed::{Texts, packed};
use super::server::Servers;
use super::shell::{foot, head};
use super::shown::Exchanges;
use super::subject::{control, shown};
use crate::judge::Verdict;
use crate::record::Record;
use crate::report::View;

const SCRIPT: &str = include_str!("script.js");

/// The report as a page: one file of HTML that opens from disk.
///
/// It loads nothing, and runs its own script alone: its policy names that by its hash, so that even markup of a
/// subject that got in would do nothing.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn html<'a>(view: impl Into<View<'a>>) -> Result<String, serde_json::Error> {
    let contents = Contents::of(view.into());
    let record = contents.record;
    let mut texts = Texts::default();
    let (exchanges, received) = exchanges(record, &mut texts);
    let mut page = Markup::default();
    head(&mut page, &title(&contents), Some(SCRIPT));
    page.put("<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n");
    headline(&mut page, &contents);
    page.put("<nav aria-label=\"Parts of this page\"><a href=\"#findings\">Findings</a> ");
    if contents.view.known.is_some() {
        page.put("<a href=\"#known\">Known deviations</a> ");
    }
    if contents.counts.not_judged + contents.counts.skipped > 0 {
        page.put("<a href=\"#without-verdict\">Without a verdict</a> ");
    }
    page.put("<a href=\"#cases\">Cases</a> <a href=\"#requirements\">Requirements</a> <a href=\"#case/control\">Control</a></nav>\n");
    page.put("<main>\n");
    findings(&mut page, &contents, &exchanges.cases, &texts);
    known(&mut page, &contents);
    without_verdict(&mut page, &contents);
    cases(&mut page, &contents, &received);
    ledger(&mut page, &contents);
    before_the_cases(&mut page, &contents);
    page.put("</main>\n<p id=\"said\" role=\"status\"></p>\n<script type=\"application/octet-stream\" id=\"exchanges\">");
    page.text(&packed(&exchanges, &texts)?).put("</script>\n<script>").put(SCRIPT).put("</script>\n");
    foot(&mut page);
    Ok(page.finish())
}

/// What was exchanged in each case, the gravest first, as the room for it has an end; and what was received, in
/// a line.
fn exchanges<'a>(record: &'a Record, texts: &mut Texts) -> (Exchanges<'a>, Vec<Option<String>>) {
    let mut order: Vec<usize> = (0..record.entries.len()).collect();
    let rank = |verdict: Verdict| match verdict {
        Verdict::Fail => 0,
        Verdict::Warn => 1,
        _ => 2,
    };
    order.sort_by_key(|place| rank(record.entries[*place].judgement.verdict));
    let mut cases: Vec<_> = record.entries.iter().map(|_| Vec::new()).collect();
    let mut received = vec![None; record.entries.len()];
    let mut servers = Servers::default();
    for place in order {
        let (blocks, words) = shown(record, &record.entries[place], &mut servers, texts);
        cases[place] = blocks;
        received[place] = words;
    }
    cases.push(control(&record.control.evidence, texts));
    (Exchanges { subject: record.subject.word(), target: &record.target, cases }, received)
}

/// What was established before the cases, as a case of its own.
fn before_the_cases(page: &mut Markup, contents: &Contents<'_>) {
    page.put(
        "<section id=\"control\" aria-labelledby=\"control-title\">\n<h2 id=\"control-title\">Control</h2>\n",
    );
    page.put("<p>Before the cases the subject is seen to tell good from bad: only then does a refusal, or a success, say something.</p>\n");
    if let Some(problem) = contents.established.problem() {
        page.put("<p class=\"conclusion not-judged\">")
            .badge("not-judged", "NO CONTROL")
            .put(" ")
            .text(&problem)
            .put("</p>\n");
    }
    page.put("<details class=\"case\" id=\"case/control\" data-place=\"")
        .number(contents.record.entries.len());
    page.put("\"><summary>What was exchanged before the cases</summary>\n<div class=\"exchange\"></div></details>\n</section>\n");
}
