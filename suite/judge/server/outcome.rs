//! The outcome of a request against the decision table.

use super::Context;
use super::http_faults::row_of_silence;
use crate::catalogue::{Case, Part};
use crate::evidence::{Answer, Observation, Silence};
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
    /// Whether bytes came that are no answer of HTTP/1, as HTTP/0.9 has none but the body.
    is_headless: bool,
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
        let is_headless = matches!(answer, Answer::Silence(Silence::NotHttp));
        Self { outcome: &observation.outcome, status, is_headless, words: observation.words(answer) }
    }

    /// The same where it shows that the request was taken.
    pub(super) fn into_success(self) -> Self {
        let words = format!("{}, as the plain request is: it was read", self.words);
        Self { outcome: &Outcome::Ok, words, ..self }
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
        expected_words(class, case.nuance, grading.profile, grading.bp)
    };
    let is_open = case.recorded && case.nuance != Some(Nuance::MustRefuse);
    let finding = |requirement: &Requirement, verdict: Verdict| {
        // What goes against something is more than recorded.
        let orderly = "any orderly answer: a SOAP message, a 2xx or 4xx, 501 or an orderly close";
        let expected = if is_open && verdict > Verdict::Note { orderly } else { &*expected };
        Some(answered.finding(context, class, requirement, verdict, expected))
    };
    if let Some(row) = row_of_silence(case, outcome) {
        // Never less grave than any other hang.
        let (row, alive) = (row.requirement(), req::ALIVE_AFTERWARDS.requirement());
        return finding(row, grading.breach(row).max(grading.breach(alive)));
    }
    // What is no HTTP/1 may be answered without a head, as before there was one. No other fault of HTTP may.
    if answered.is_headless && matches!(case.nuance, Some(Nuance::NoVersion | Nuance::OtherVersion)) {
        return finding(primary, grading.breach(primary).min(Verdict::Warn));
    }
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
                    | Outcome::OtherOperation
                    | Outcome::Soap12Ok
                    | Outcome::Soap12Fault
                    | Outcome::Http(200..=299 | 501)
                    | Outcome::WrongSuccess(_)
            );
        let verdict = if allowed { Verdict::Note } else { grading.breach(primary).min(Verdict::Warn) };
        // What is open is recorded; only what is no answer to a SOAP request stands out. That a valid
        // request is served tells nothing.
        let is_plain = *outcome == Outcome::Ok && !class.is_negative();
        return if is_plain { None } else { finding(primary, verdict) };
    }
    match decide(class, case.nuance, grading.bp, outcome) {
        Allowance::Expected => None,
        Allowance::Tolerated(tolerance) => {
            let row = row_of_code(case, class, outcome).unwrap_or(primary);
            finding(row, grading.tolerated(primary, tolerance))
        }
        Allowance::Breach => {
            // That an id is data is a caution of our own; what is due to an id that is none is the protocol's.
            let due = (primary.id == req::CALL_ID_IS_DATA).then(|| class.row().requirement());
            let row = row_of_missing_fault(case, class, outcome).or(due).unwrap_or(primary);
            finding(row, grading.breach(row).max(grading.breach(primary)))
        }
        Allowance::Forbidden => {
            // A success that is never allowed is as grave as it gets, whatever the level of the
            // row that asks for a particular refusal.
            let claims = outcome.claims_success();
            let row = if claims {
                beyond_profile(case, class, primary)
            } else if *outcome == Outcome::Fault(FaultCode::MustUnderstand) {
                about_header_entries(case, primary)
            } else {
                primary
            };
            finding(row, if claims { Verdict::Fail } else { grading.breach(row) })
        }
    }
}

/// The row that a success goes against which must not happen: never one that only Basic Profile asks
/// for, where the case or its class knows another.
fn beyond_profile(case: &Case, class: InputClass, primary: &'static Requirement) -> &'static Requirement {
    if primary.facet != Facet::Bp {
        return primary;
    }
    let cited = case.requirements.iter().map(|id| id.requirement()).find(|row| row.facet != Facet::Bp);
    cited.unwrap_or_else(|| class.row().requirement())
}

/// The row that a MustUnderstand fault goes against where no header entry asks for it.
fn about_header_entries(case: &Case, primary: &'static Requirement) -> &'static Requirement {
    let elsewhere = req::HEADER_ATTRIBUTES_ELSEWHERE;
    if case.requirements.contains(&elsewhere) { elsewhere.requirement() } else { primary }
}

/// What is wrong with a success that is none by its words.
pub(super) fn wrong_success(words: &str) -> Finding {
    let expected = "2xx with DisconnectResponse in the messages namespace as the only child of Body";
    Finding::new(CheckId::Outcome, req::DISCONNECT_RESPONSE, Verdict::Fail, expected, words)
}

/// What it means that GetCallInfo does not know an id that was just issued, and that Disconnect takes.
pub(super) fn unknown_to_call_info(words: &str) -> Finding {
    let expected = "GetCallInfo knows the id of a call that was just placed";
    Finding::new(CheckId::Outcome, req::SAME_ID_FOR_BOTH_OPERATIONS, Verdict::Fail, expected, words)
}

/// What it means that a live call was not ended by a plain request.
pub(super) fn live_call_refused(words: &str) -> Finding {
    let expected = "success for the id of a call that is up";
    Finding::new(CheckId::Outcome, req::CONNECTED_CALL_ENDED, Verdict::Fail, expected, words)
}

/// What it means that a call could be ended once it was answered, but not while it rang (UMD-R148).
pub(super) fn ringing_refused(grading: Grading, words: &str) -> Finding {
    let row = req::CONNECTING_CALL_ENDED.requirement();
    let expected = "success for a call that still rings";
    Finding::new(CheckId::Outcome, row.id, grading.breach(row), expected, words)
}

/// The ledger row that asks for a fault, where an error came that is none.
fn row_of_missing_fault(case: &Case, class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    let is_error = matches!(
        outcome,
        Outcome::Closed | Outcome::Http(300..=399 | 500..) | Outcome::Other | Outcome::Soap12Fault
    );
    // What is broken as HTTP is not what the protocol has its faults for.
    if case.part == Part::Http || !is_error {
        return None;
    }
    let strict = class.decision().strict;
    let refused = strict == [Expected::Refusal] || class == InputClass::EnvelopeNoNamespace;
    if strict.contains(&Expected::InvalidRequest) || refused {
        Some(req::MALFORMED_REQUEST_FAULT.requirement())
    } else if strict.contains(&Expected::InvalidCallId) {
        Some(req::INVALID_ID_FAULT.requirement())
    } else {
        None
    }
}

/// The ledger row about the code of a fault, where a fault came but with another code.
fn row_of_code(case: &Case, class: InputClass, outcome: &Outcome) -> Option<&'static Requirement> {
    let expects = |expected| class.decision().strict.contains(&expected);
    if case.part == Part::Http || !matches!(outcome, Outcome::Fault(_)) {
        return None;
    }
    let row = if expects(Expected::InvalidRequest) {
        req::INVALID_REQUEST_CODE
    } else if expects(Expected::InvalidCallId) {
        req::INVALID_ID_CODE
    } else {
        return None;
    };
    Some(row.requirement())
}
