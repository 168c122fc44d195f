//! The page of one case: what was found, and what came beside a right request.

use super::markup::{block, page, shown};
use super::standing::Standing;
use crate::catalogue::{ClientCase, Play};
use crate::evidence::Evidence;
use crate::message::{Draft, Ids, told};
use crate::record::Entry;
use crate::record::known::{Accounting, Standing as Known};
use crate::report::{reaction_lines, shown_lines};

/// The page of a case, of which this was seen so far, by what is known to deviate, if anything is.
pub(in crate::run::client) fn seen(
    base: &str,
    case: &ClientCase,
    entry: &Entry,
    known: Option<&Accounting>,
) -> String {
    let standing = Standing::of(entry, known);
    let (words, gravest) = (standing.words(), standing.gravest().word());
    let id = shown(&case.id);
    let mut body = format!(
        "<p><a href=\"/\">All cases</a></p>\n<h1>{id}</h1>\n<p>{}</p>\n<p>URL: <code>{}/case/{id}</code><br>call id: \
         <code>{}</code></p>\n<p class=\"verdict\" data-verdict=\"{gravest}\">{words}</p>\n",
        shown(&case.about),
        shown(base),
        shown(&told(&format!("{:?}", case.call_id))),
    );
    if let Some(reason) = &entry.judgement.reason {
        body.push_str(&format!("<p>{}</p>\n", shown(reason)));
    }
    if let Some(Known { state, deviation }) = known.and_then(|known| known.of_case(&entry.case)) {
        body.push_str(&format!("<p>known, {}: {}</p>\n", state.word(), shown(&told(&deviation.reason))));
    }
    for finding in &entry.judgement.findings {
        body.push_str(&format!(
            "<h2>{} {} {}{}</h2>\n<table>\n<tr><th>expected</th><td>{}</td></tr>\n<tr><th>observed</th><td>{}</td>\
             </tr>\n</table>\n",
            finding.verdict.word(),
            finding.requirement,
            shown(finding.check.word()),
            if finding.common { ", beside this case" } else { "" },
            shown(&finding.expected),
            shown(&finding.observed)
        ));
    }
    let requests = match &entry.evidence {
        Some(Evidence::Client(evidence)) => &evidence.requests[..],
        _ => &[],
    };
    let mut sent = String::new();
    for (number, request) in requests.iter().enumerate() {
        let start = format!("{} {} HTTP/{}", request.method, request.target, request.version);
        sent.push_str(&format!("<h3>request {}</h3>\n", number + 1));
        sent.push_str(&block(&lines(&start, &request.headers, &request.body.0)));
    }
    if sent.is_empty() {
        sent.push_str("<p>Nothing yet.</p>");
    }
    let ids = Ids { this: case.call_id.to_string(), ..Ids::default() };
    let right = Draft::disconnect(&[]).write(&ids);
    let right = match case.play {
        Play::Illegal => "<p>None: this id cannot be sent.</p>".to_owned(),
        Play::Life(_) => "<p>The client places the call, follows it and ends it.</p>".to_owned(),
        Play::Answers(_) | Play::Twice => {
            block(&lines(&format!("POST /case/{} HTTP/1.1", case.id), &right.headers, &right.body))
        }
    };
    body.push_str(&format!(
        "<div class=\"beside\">\n<div><h2>What came</h2>\n{sent}</div>\n<div><h2>A right request</h2>\n{right}</div>\n\
         </div>\n"
    ));
    if let Play::Answers(turns) = &case.play {
        body.push_str("<h2>What is answered</h2>\n");
        for turn in turns {
            body.push_str(&block(&reaction_lines(&turn.reaction)));
        }
    }
    page(&format!("umspec: {}", case.id), "", &body)
}

fn lines(start: &str, fields: &[(String, String)], body: &[u8]) -> Vec<String> {
    let mut lines = vec![told(start)];
    lines.extend(fields.iter().map(|(name, value)| told(&format!("{name}: {value}"))));
    lines.push(String::new());
    lines.extend(shown_lines(body));
    lines
}
