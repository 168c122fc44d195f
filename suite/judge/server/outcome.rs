//! The outcome of a request against the decision table.

use super::Context;
use crate::evidence::{Answer, Observation};
use crate::judge::ambiguity::ambiguity_of_outcome;
use crate::judge::{CheckId, Finding, Grading, Verdict};
use crate::protocol::{
    Allowance, Expected, Facet, FaultCode, InputClass, Nuance, Outcome, Requirement, decide, expected_words,
    req,
};

/// What an answer amounts to, with the words that say so.
pub(super) struct Answered<'a> {
    /// What it amounts to.
    pub(super) outcome: &'a Outcome,
    /// The status it came with.
    pub(super) status: Option<u16>,
    /// What was seen, in words.
    pub(super) words: String,
}

impl<'a> Answered<'a> {
    /// Of an answer that was read.
    pub(super) fn of(answer: &Answer, observation: &'a Observation) -> Self {
        let status = match answer {
            Answer::Http(http) => Some(http.status),
            Answer::Silence(_) => None,
        };
        Self { outcome: &observation.outcome, status, words: observation.words(answer) }
    }

    /// A finding about it.
    pub(super) fn finding(
        &self,
        context: Context<'_>,
        class: InputClass,
        requirement: &Requirement,
        verdict: Verdict,
        expected: &str,
    ) -> Finding {
        let ambiguity = ambiguity_of_outcome(context.case, requirement.id, self.outcome, self.status);
        Finding::new(CheckId::Outcome, requirement.id, verdict, expected, &self.words)
            .of(class, self.outcome)
            .on(ambiguity)
    }
}

/// Grades the answer to an input of `class`, by the requirement `primary`; `None` where it is as
/// expected.
pub(super) fn grade(
    context: Context<'_>,
    class: InputClass,
    primary: &'static Requirement,
    answered: &Answered<'_>,
) -> Option<Finding> {
    let Context { case, grading, .. } = context;
    let outcome = answered.outcome;
    let expected = if case.recorded && case.nuance == Some(Nuance::MustRefuse) {
        "any orderly answer but success".to_owned()
    } else if case.recorded {
        "any orderly answer (recorded only)".to_owned()
    } else {
        expected_words(class, case.nuance, grading.profile)
    };
    let finding = |requirement: &Requirement, verdict| {
        Some(answered.finding(context, class, requirement, verdict, &expected))
    };
    if matches!(outcome, Outcome::Silent | Outcome::Lost) {
        // Neither a hang nor a broken connection is ever a refusal (UMD-R186).
        let alive = req::ALIVE_AFTERWARDS.requirement();
        return finding(alive, grading.breach(alive));
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
                    | Outcome::WrongSuccess(_)
            );
        let verdict = if allowed { Verdict::Note } else { Verdict::Warn };
        // What is open is recorded; only what is no answer to a SOAP request stands out.
        return if allowed && *outcome == Outcome::Ok { None } else { finding(primary, verdict) };
    }
    match decide(class, case.nuance, outcome) {
        Allowance::Expected => None,
        Allowance::Tolerated(tolerance) => {
            let row = row_of_code(class, outcome).unwrap_or(primary);
            finding(row, grading.tolerated(primary, tolerance))
        }
        Allowance::Breach => {
            let row = row_of_missing_fault(class, outcome).unwrap_or(primary);
            finding(row, grading.breach(row).max(grading.breach(primary)))
        }
        Allowance::Forbidden => {
            // A success that is never allowed is as grave as it gets, whatever the level of the
            // row that asks for a particular refusal.
            let row = if primary.facet == Facet::Bp { class.row().requirement() } else { primary };
            let claims = outcome.claims_success();
            finding(row, if claims { Verdict::Fail } else { grading.breach(primary) })
        }
    }
}

/// What is wrong with a success that is none by its words.
pub(super) fn wrong_success(words: &str) -> Finding {
    let expected = "2xx with DisconnectResponse in the messages namespace as the only child of Body";
    Finding::new(CheckId::Outcome, req::DISCONNECT_RESPONSE, Verdict::Fail, expected, words)
}

/// What it means that a call could be ended once it was answered, but not while it rang (UMD-R148).
pub(super) fn ringing_refused(grading: Grading, words: &str) -> Finding {
    let row = req::CONNECTING_CALL_ENDED.requirement();
    let expected = "success for a call that still rings";
    Finding::new(CheckId::Outcome, row.id, grading.breach(row), expected, words)
}

/// The ledger row that asks for a fault, where an error came that is none.
fn row_of_missing_fault(class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    if !matches!(
        outcome,
        Outcome::Closed | Outcome::Http(300..=399 | 500..) | Outcome::Other | Outcome::Soap12Fault
    ) {
        return None;
    }
    let strict = class.decision().strict;
    if strict.contains(&Expected::InvalidRequest) || strict == [Expected::Refusal] {
        Some(req::MALFORMED_REQUEST_FAULT.requirement())
    } else if strict.contains(&Expected::InvalidCallId) {
        Some(req::INVALID_ID_FAULT.requirement())
    } else {
        None
    }
}

/// The ledger row about the code of a fault, where a fault came but with another code.
fn row_of_code(class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    let Outcome::Fault(code) = outcome else { return None };
    let expects = |expected| class.decision().strict.contains(&expected);
    let row = match code {
        FaultCode::Client if expects(Expected::InvalidRequest) => req::CLIENT_FAULT_FOR_MALFORMED,
        _ if expects(Expected::InvalidRequest) => req::INVALID_REQUEST_CODE,
        _ if expects(Expected::InvalidCallId) => req::INVALID_ID_CODE,
        _ => return None,
    };
    Some(row.requirement())
}
