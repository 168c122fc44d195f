//! The first page: every case with its URL, what came, and its verdict.

use std::collections::BTreeMap;

use super::markup::{page, shown};
use super::standing::Standing;
use crate::protocol::names;

/// A case in the table.
pub(in crate::run::client) struct Row<'a> {
    pub(in crate::run::client) id: &'a str,
    pub(in crate::run::client) about: &'a str,
    /// How many requests came.
    pub(in crate::run::client) came: usize,
    /// What they come to, where some came.
    pub(in crate::run::client) standing: Option<Standing>,
}

/// The page for the listener at this base URL. `turn` is the case that the one URL for all served last.
pub(in crate::run::client) fn index(base: &str, turn: Option<&str>, rows: &[Row<'_>]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for standing in rows.iter().filter_map(|row| row.standing) {
        *counts.entry(standing.words()).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(words, count)| format!("{count} {words}")).collect();
    let counts = if counts.is_empty() { "nothing came yet".to_owned() } else { counts.join(", ") };
    let base = shown(base);
    let mut body = format!(
        "<h1>Cases for clients</h1>\n<p>Point a client at the URL of a case, one after the other, and have it \
         disconnect the call of that case. Or point it at <code>{base}/next</code> again and again: each POST is \
         answered as the next case, which the field <code>umspec-case</code> of the answer names where the case is \
         not about the bytes of the answer. How the client ends is not seen, only what it sends.</p>\n\
         <p>The call id is <code>{}</code>, unless the page of a case names another one.</p>\n\
         <p>Served last at <code>/next</code>: <b id=\"turn\">{}</b>. All that came is judged in \
         <a href=\"/report\">the report</a> and <a href=\"/report.json\">its record</a>.</p>\n\
         <p>So far: <b id=\"counts\">{counts}</b> (<span id=\"state\">load the page again to see what came</span>)</p>\n\
         <table>\n<thead><tr><th>case</th><th>what the client is put to</th><th>requests</th><th>verdict</th></tr>\
         </thead>\n<tbody>\n",
        names::SAMPLE_CALL_ID,
        shown(turn.unwrap_or("none"))
    );
    let mut family = "";
    for row in rows {
        let of = row.id.split('/').next().unwrap_or_default();
        if of != family {
            family = of;
            body.push_str(&format!("<tr><th colspan=\"4\">{}</th></tr>\n", shown(family)));
        }
        let (id, about) = (shown(row.id), shown(row.about));
        let words = row.standing.map_or_else(String::new, Standing::words);
        let gravest = row.standing.map_or("", |standing| standing.gravest().word());
        body.push_str(&format!(
            "<tr id=\"case:{id}\"><td><a href=\"/seen/{id}\">{id}</a><br><code>{base}/case/{id}</code></td>\
             <td>{about}</td><td class=\"came\">{}</td><td class=\"verdict\" data-verdict=\"{gravest}\">{words}\
             </td></tr>\n",
            row.came
        ));
    }
    body.push_str("</tbody>\n</table>\n");
    let head = "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>\n\
                <script src=\"/page.js\" defer></script>\n";
    page("umspec: cases for clients", head, &body)
}
