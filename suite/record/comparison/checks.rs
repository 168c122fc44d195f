use std::collections::BTreeSet;

use crate::evidence::{Evidence, Parsed, Role};
use crate::judge::{CheckId, applicable};
use crate::record::Entry;

/// The checks that had something to look at in a case that was judged.
pub(super) fn checks_of(entry: &Entry) -> BTreeSet<CheckId> {
    let mut checks = BTreeSet::new();
    if !entry.judgement.verdict.is_judged() {
        return checks;
    }
    match &entry.evidence {
        Some(Evidence::Client(evidence)) => {
            checks.insert(CheckId::Request);
            if evidence.asks().next().is_some() {
                checks.extend([CheckId::CallId, CheckId::Message]);
            }
            if evidence.end.is_some() {
                checks.insert(CheckId::Outcome);
            }
        }
        Some(Evidence::Parser(evidence)) => {
            checks.insert(CheckId::Outcome);
            if matches!(evidence.parsed, Parsed::Accepted(_)) {
                checks.insert(CheckId::Value);
            }
            if evidence.twin.is_some() {
                checks.insert(CheckId::Alive);
            }
            if !evidence.times.is_empty() {
                checks.insert(CheckId::Growth);
            }
        }
        Some(Evidence::Server(attempts)) => {
            checks.extend(attempts.iter().flat_map(applicable));
            let has = |role| attempts.iter().any(|attempt| attempt.step(role).is_some());
            if !has(Role::Twin) && !has(Role::Unissued) {
                checks.remove(&CheckId::Alive);
            }
            for (role, check) in [
                (Role::After, CheckId::Effect),
                (Role::Mutant, CheckId::Outcome),
                (Role::Turn, CheckId::Sequence),
            ] {
                if has(role) {
                    checks.insert(check);
                }
            }
        }
        None => {}
    }
    checks
}
