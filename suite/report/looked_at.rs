//! Which requirements a run had something to look at for.

use std::collections::BTreeSet;

use crate::catalogue::{CaseRef, parser_cases};
use crate::evidence::{Evidence, Subject};
use crate::judge::{CHECKS, CheckGroup, CheckId, Judgement, REQUEST_CHECKS, Verdict, applicable};
use crate::protocol::{Party, Requirement, RequirementId, Visibility, ledger, req};
use crate::record::{Entry, Record};

/// Rows that checks of every answer cite, but that say something only where an id is invalid.
const ABOUT_INVALID_ID: [RequirementId; 2] = [req::INVALID_ID_CODE_PREFIX, req::INVALID_ID_NOT_SUCCESS];

/// Why a run against this subject cannot show anything of a requirement, if it cannot.
pub(super) fn unseen(subject: Subject, row: &Requirement) -> Option<&'static str> {
    match subject {
        Subject::Server => match row.visibility {
            Visibility::Observable => None,
            Visibility::NotObservable(reason) => Some(reason),
        },
        Subject::Client if !matches!(row.party, Party::Both | Party::Client) => {
            Some("does not bind the client")
        }
        Subject::Client => ledger::client_unseen(row.id),
        Subject::Parser => {
            let cited = parser_cases().iter().any(|case| case.requirements.contains(&row.id));
            (!cited).then_some("no message by itself shows it")
        }
    }
}

/// The requirements that something judged: cases, and checks that had something to look at.
pub(super) fn looked_at(record: &Record) -> BTreeSet<RequirementId> {
    let judged = || record.entries.iter().filter(|entry| entry.judgement.verdict.is_judged());
    let as_expected = judged().filter(|entry| came_to_what_was_expected(&entry.judgement));
    let cases = as_expected.filter_map(|entry| record.case_of(entry));
    let mut looked: BTreeSet<RequirementId> =
        cases.flat_map(|case: CaseRef| case.requirements().iter().copied()).collect();
    match record.subject {
        Subject::Server => looked.extend(by_checks(record, judged())),
        Subject::Client if judged().any(sent_something) => looked.extend(REQUEST_CHECKS),
        Subject::Client | Subject::Parser => {}
    }
    looked
}

/// Whether a client sent a request, at which its checks looked.
fn sent_something(entry: &Entry) -> bool {
    matches!(&entry.evidence, Some(Evidence::Client(evidence)) if !evidence.requests.is_empty())
}

/// The requirements at which checks of a server had something to look at.
fn by_checks<'a>(record: &Record, judged: impl Iterator<Item = &'a Entry>) -> BTreeSet<RequirementId> {
    let mut had_a_look: BTreeSet<CheckId> = BTreeSet::new();
    for entry in judged {
        had_a_look.extend(entry.attempts().iter().flat_map(applicable));
        if entry.attempts().len() > 1 {
            had_a_look.insert(CheckId::Repeat);
        }
    }
    if record.established().server().is_some_and(|control| control.states) && !had_a_look.is_empty() {
        had_a_look.insert(CheckId::Effect);
    }
    // What the outcome is held against depends on the case, which cites it, and on the fault that
    // came, which a finding cites.
    let invalid_id = had_a_look.iter().any(|check| check.group() == CheckGroup::InvalidId);
    let checks = CHECKS.iter().flat_map(|group| group.iter()).filter(|check| had_a_look.contains(&check.id));
    let rows = checks.flat_map(|check| check.requirements).copied();
    rows.filter(|row| invalid_id || !ABOUT_INVALID_ID.contains(row)).collect()
}

/// Whether nothing that a case is about went wrong, whatever the checks of its answers found: what
/// goes against another row is no evidence for the case's own.
fn came_to_what_was_expected(judgement: &Judgement) -> bool {
    judgement.own().all(|finding| finding.verdict < Verdict::Warn)
}
