//! What was exchanged in a case, for whichever subject.

use super::before::before_the_cases;
use super::view::View;
use super::{client, parser, server};
use crate::catalogue::CaseRef;
use crate::evidence::Evidence;
use crate::record::CONTROL;
use crate::record::known::Standing;
use crate::report;
use crate::report::again::{again, send};
use crate::report::known::reason;

/// What was exchanged in a case of a record: the findings with what was expected and observed, what was sent and
/// what came, the plain message beside it, what of it is known, and how to do it again. Of `control` what was exchanged before the cases. `None` if the record has no such case.
///
/// Text of others is in visible characters; of each message at most [`MAX_SHOWN`](crate::report::MAX_SHOWN) bytes.
pub fn exchange<'a>(of: impl Into<report::View<'a>>, case: &str) -> Option<String> {
    let of = of.into();
    let record = of.record;
    if case == CONTROL {
        return Some(before_the_cases(record));
    }
    let entry = record.entries.iter().find(|entry| entry.case == case)?;
    let found = record.case_of(entry);
    let mut view = View::default();
    view.heading(entry, found);
    for finding in &entry.judgement.findings {
        view.finding(finding);
    }
    if let Some(Standing { state, deviation }) = of.known.and_then(|known| known.of_case(case)) {
        view.line("known", &format!("{}: {}", state.word(), reason(deviation)));
    }
    view.common(&record.control.findings);
    match (&entry.evidence, found) {
        (None, _) => view.sentence("Nothing was sent or put to the subject."),
        (Some(Evidence::Server(attempts)), found) => {
            let case = match found {
                Some(CaseRef::Server(case)) => Some(case),
                _ => None,
            };
            server::tell(&mut view, record, entry, case, attempts);
        }
        (Some(Evidence::Client(evidence)), found) => {
            let case = match found {
                Some(CaseRef::Client(case)) => Some(case),
                _ => None,
            };
            client::tell(&mut view, entry, case, evidence);
        }
        (Some(Evidence::Parser(evidence)), found) => {
            let case = match found {
                Some(CaseRef::Parser(case)) => Some(case),
                _ => None,
            };
            parser::tell(&mut view, entry, case, evidence);
        }
    }
    view.complaints(&entry.complaints);
    for line in again(record, case).into_iter().chain(send(record, case)) {
        view.line(line.label, &line.text);
    }
    Some(view.done())
}
