//! The outcome of a request against the decision table.

use super::{Finding, Subject, Verdict};
use crate::protocol::{
    Allowance, Expected, Facet, FaultCode, InputClass, Nuance, Outcome, Requirement, RequirementId, decide,
    expected_words, ledger,
};

/// Grades the outcome of a mutant by the decision table; `None` where it is as expected.
pub(super) fn grade_outcome(subject: Subject<'_>, outcome: &Outcome, words: &str) -> Option<Finding> {
    grade_class(subject, subject.case.class, outcome, words)
}

/// Grades an outcome as for an input of `class`, by the case's own requirement.
pub(super) fn grade_class(
    subject: Subject<'_>,
    class: InputClass,
    outcome: &Outcome,
    words: &str,
) -> Option<Finding> {
    grade_by(subject, class, subject.case.primary(), outcome, words)
}

/// Grades an outcome as for an input of `class`, by the requirement `primary`.
pub(super) fn grade_by(
    subject: Subject<'_>,
    class: InputClass,
    primary: &'static Requirement,
    outcome: &Outcome,
    words: &str,
) -> Option<Finding> {
    let Subject { case, settings, .. } = subject;
    let expected = if case.recorded && case.nuance == Some(Nuance::MustRefuse) {
        "any orderly answer but success".to_owned()
    } else if case.recorded {
        "any orderly answer (recorded only)".to_owned()
    } else {
        expected_words(class, case.nuance, settings.profile)
    };
    let finding = |requirement: &Requirement, verdict| {
        Some(Finding::new("outcome", requirement.id, verdict, expected.clone(), words))
    };
    if matches!(outcome, Outcome::Silent | Outcome::Lost) {
        // Neither a hang nor a broken connection is ever a refusal (UMD-R186).
        return match ledger::requirement(RequirementId(186)) {
            Some(robust) => finding(robust, settings.breach(robust)),
            None => None,
        };
    }
    let must_refuse = case.nuance == Some(Nuance::MustRefuse) && outcome.claims_success();
    if case.recorded && !must_refuse {
        let allowed = outcome.is_refusal()
            || matches!(
                outcome,
                Outcome::Ok
                    | Outcome::Other
                    | Outcome::Soap12Ok
                    | Outcome::Soap12Fault
                    | Outcome::Http(200..=299 | 501)
                    | Outcome::Vague(_)
            );
        let verdict = if allowed { Verdict::Note } else { Verdict::Warn };
        // What is open is recorded; only what is no answer to a SOAP request stands out.
        return if allowed && *outcome == Outcome::Ok { None } else { finding(primary, verdict) };
    }
    match decide(class, case.nuance, outcome) {
        Allowance::Expected => None,
        Allowance::Tolerated(tolerance) => {
            let row = row_of_code(class, outcome).unwrap_or(primary);
            finding(row, settings.tolerated(primary, tolerance))
        }
        Allowance::Breach => {
            let row = row_of_missing_fault(class, outcome).unwrap_or(primary);
            finding(row, settings.breach(row).max(settings.breach(primary)))
        }
        Allowance::Forbidden => {
            // A success that is never allowed is as grave as it gets, whatever the level of the
            // row that asks for a particular refusal.
            let row = ledger::requirement(class.row()).unwrap_or(primary);
            let row = if primary.facet == Facet::Bp { row } else { primary };
            finding(row, if outcome.claims_success() { Verdict::Fail } else { settings.breach(primary) })
        }
    }
}

/// The ledger row that asks for a fault, where an error came that is none.
fn row_of_missing_fault(class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    if !matches!(outcome, Outcome::Http(500..)) {
        return None;
    }
    let strict = class.decision().strict;
    let number = if strict.contains(&Expected::InvalidRequest) || strict == [Expected::Refusal] {
        134
    } else if strict.contains(&Expected::InvalidCallId) {
        123
    } else {
        return None;
    };
    ledger::requirement(RequirementId(number))
}

/// The ledger row about the code of a fault, where a fault came but with another code.
fn row_of_code(class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    let Outcome::Fault(code) = outcome else { return None };
    let expects = |expected| class.decision().strict.contains(&expected);
    let number = match code {
        FaultCode::Client if expects(Expected::InvalidRequest) => 143,
        _ if expects(Expected::InvalidRequest) => 135,
        _ if expects(Expected::InvalidCallId) => 125,
        _ => return None,
    };
    ledger::requirement(RequirementId(number))
}
