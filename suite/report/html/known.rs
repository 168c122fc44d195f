//! What somebody knows to deviate: why, until when, and what became of it in this run.

use super::contents::Contents;
use super::findings::names;
use super::markup::Markup;
use crate::message::told;
use crate::record::known::{State, Tally};
use crate::report::known::{lines, totals};

/// The entries of the file of known deviations, those first that fail the run.
pub(super) fn known(page: &mut Markup, contents: &Contents<'_>) {
    let Some(known) = contents.view.known else { return };
    page.put("<section id=\"known\" aria-labelledby=\"known-title\">\n<h2 id=\"known-title\">Known deviations</h2>\n<p>");
    page.text(&totals(known.tallies())).put("</p>\n");
    let mut tallies: Vec<&Tally> = known.tallies().iter().collect();
    tallies.sort_by_key(|tally| !tally.state.fails());
    for tally in tallies {
        deviation(page, tally);
    }
    page.put("</section>\n");
}

fn deviation(page: &mut Markup, tally: &Tally) {
    page.put("<article class=\"finding\">\n<h3>").badge(look(tally.state), tally.state.word()).put(" ");
    page.text(&told(&tally.to_string())).put("</h3>\n<dl>\n");
    for (label, text) in lines(tally) {
        match label {
            "cases" => {
                let seen: Vec<&str> = tally.seen.iter().map(String::as_str).collect();
                page.put("<dt>cases</dt><dd class=\"cases\">").number(seen.len()).put(": ");
                names(page, &seen, usize::MAX);
                page.put("</dd>\n");
            }
            // No other scheme than that of pages: the file may be from anybody.
            "tracker" if text.starts_with("https://") || text.starts_with("http://") => {
                page.put("<dt>tracker</dt><dd><a rel=\"noreferrer\" href=\"").text(&text).put("\">");
                page.text(&told(&text)).put("</a></dd>\n");
            }
            label => {
                page.term(label, &told(&text));
            }
        }
    }
    page.put("</dl>\n</article>\n");
}

/// The look of what became of an entry.
pub(super) fn look(state: State) -> &'static str {
    match state {
        State::Expected => "known",
        State::NotLookedAt => "skipped",
        _ => "fail",
    }
}
