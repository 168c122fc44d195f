//! What a client came to, against what it saw last.

use super::request::is_safe;
use crate::catalogue::{CaseHeader as _, ClientCase, ClientExpect, Play};
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::judge::refusal::thrown;
use crate::judge::{CheckId, Finding, Grading, Verdict};
use crate::protocol::{Requirement, req};

/// What the client came to, against what it saw last.
pub(super) fn judge_end(
    case: &ClientCase,
    evidence: &ClientEvidence,
    end: &ClientEnd,
    grading: Grading,
) -> Option<Finding> {
    if let ClientEnd::Threw(uncaught) = end {
        let found = judge_end(case, evidence, &ClientEnd::Refused, grading);
        // The caller of a client that was given what no XML can carry has an error all the same.
        let illegal = matches!(case.play, Play::Illegal);
        return found.or_else(|| (!illegal).then(|| thrown(uncaught, req::CLIENT_LIMITS, grading)));
    }
    let expect = match &case.play {
        Play::Illegal => return illegal_end(evidence, end, grading),
        Play::Life(life) => life.expect,
        Play::Twice if evidence.requests.is_empty() => return without_request(case, end, grading),
        Play::Twice => ClientExpect::Disconnected,
        Play::Answers(turns) => {
            let Some(turn) = evidence.requests.iter().rev().find_map(|request| request.turn) else {
                return without_request(case, end, grading);
            };
            turns.get(turn).map_or(ClientExpect::Open, |turn| turn.expect)
        }
    };
    let primary = case.primary();
    let finding = |row: &'static Requirement, verdict, expected: &str, observed: String| {
        Some(Finding::new(CheckId::Outcome, row.id, verdict, expected, observed))
    };
    let (bounded, junk) = (req::CLIENT_LIMITS.requirement(), req::OK_STATUS_WITHOUT_RESPONSE.requirement());
    let expected = words_of(expect);
    match (expect, end) {
        (_, ClientEnd::Hung) => {
            let verdict = grading.breach(bounded);
            let observed = "still running when its time was up".to_owned();
            match expect {
                // A wait is what these cases are about.
                _ if case.waits => finding(bounded, verdict, expected, observed),
                ClientExpect::Open => finding(bounded, verdict, expected, observed),
                _ => {
                    let against = grading.graver(bounded, primary);
                    finding(against, grading.breach(against), expected, observed)
                }
            }
        }
        (_, ClientEnd::Crashed(why)) => {
            let open = expect == ClientExpect::Open;
            let against = if open { bounded } else { grading.graver(bounded, primary) };
            finding(against, grading.breach(against), expected, format!("it broke off: {why}"))
        }
        (ClientExpect::Refused, ClientEnd::Disconnected) => {
            let against = grading.graver(primary, junk);
            finding(against, grading.breach(against), expected, "it reports success".to_owned())
        }
        (ClientExpect::Wary, ClientEnd::Disconnected) => {
            finding(primary, grading.breach(primary), expected, "it reports success".to_owned())
        }
        (ClientExpect::Disconnected, ClientEnd::Refused) => {
            finding(primary, grading.breach(primary), expected, "it reports a failure".to_owned())
        }
        _ => None,
    }
}

/// A client that sent nothing: it refused an id before, or never asked.
fn without_request(case: &ClientCase, end: &ClientEnd, grading: Grading) -> Option<Finding> {
    let primary = case.primary();
    let is_about_id = case.about_call_id;
    let open = matches!(&case.play, Play::Answers(turns) if turns[0].expect == ClientExpect::Open);
    let (against, most, observed) = match end {
        // The caller of a client that refuses what nothing forbids must find another one.
        ClientEnd::Refused if is_about_id && !open => {
            (primary, Verdict::Fail, "refused before anything was sent")
        }
        ClientEnd::Refused if is_about_id => return None,
        ClientEnd::Disconnected => (
            req::OK_STATUS_WITHOUT_RESPONSE.requirement(),
            Verdict::Fail,
            "no request came, and it reports success",
        ),
        ClientEnd::Refused => (req::POST_ONLY.requirement(), Verdict::Fail, "no request came"),
        ClientEnd::Crashed(_) if is_about_id && open => {
            (primary, Verdict::Note, "no request came: it broke off")
        }
        ClientEnd::Crashed(_) if is_about_id => (primary, Verdict::Fail, "no request came: it broke off"),
        ClientEnd::Crashed(_) => {
            (req::POST_ONLY.requirement(), Verdict::Fail, "no request came: it broke off")
        }
        ClientEnd::Hung if is_about_id && open => {
            (req::CLIENT_LIMITS.requirement(), Verdict::Fail, "no request came in time")
        }
        ClientEnd::Hung if is_about_id => (primary, Verdict::Fail, "no request came in time"),
        ClientEnd::Hung => (req::POST_ONLY.requirement(), Verdict::Fail, "no request came in time"),
        ClientEnd::Threw(_) => return None,
    };
    let verdict = grading.breach(against).min(most);
    Some(Finding::new(CheckId::Request, against.id, verdict, "a request with the id", observed))
}

/// A client that was given what no XML can carry: it must say so.
fn illegal_end(evidence: &ClientEvidence, end: &ClientEnd, grading: Grading) -> Option<Finding> {
    let row = req::INEXPRESSIBLE_CALL_ID.requirement();
    // What was sent is a finding of its own.
    if evidence.requests.iter().any(|request| !is_safe(request)) {
        return None;
    }
    let (most, observed) = match end {
        ClientEnd::Refused => return None,
        ClientEnd::Disconnected => (Verdict::Fail, "no request came, and it reports success".to_owned()),
        // An error all the same, only not one that its caller could tell from others.
        ClientEnd::Crashed(why) => (Verdict::Note, format!("it broke off: {why}")),
        ClientEnd::Hung => (Verdict::Warn, "still running when its time was up".to_owned()),
        ClientEnd::Threw(_) => return None,
    };
    Some(Finding::new(
        CheckId::Outcome,
        row.id,
        grading.breach(row).min(most),
        "refused before anything is sent",
        observed,
    ))
}

fn words_of(expect: ClientExpect) -> &'static str {
    match expect {
        ClientExpect::Disconnected => "it reports success",
        ClientExpect::Open => "it ends in order",
        ClientExpect::Refused => "it reports a failure: nothing said that the call was disconnected",
        ClientExpect::Wary => "it reports a failure, whatever the answer holds",
    }
}
