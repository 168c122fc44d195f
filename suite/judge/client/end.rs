//! What a client came to, against what it saw last.

use crate::catalogue::{CaseHeader as _, ClientCase, ClientExpect, Play};
use crate::evidence::{ClientEnd, ClientEvidence, ClientRequest};
use crate::judge::ambiguity::ambiguity_of_reading;
use crate::judge::refusal::thrown;
use crate::judge::{CheckId, Finding, Grading, Verdict};
use crate::protocol::{Facet, Nuance, Party, Requirement, Tolerance, req};

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
        return found.or_else(|| (!illegal).then(|| thrown(uncaught, req::CLIENT_COMES_TO_AN_END, grading)));
    }
    let expect = match &case.play {
        Play::Illegal => return illegal_end(evidence, end, grading),
        Play::Life(life) => life.expect,
        Play::Twice if evidence.requests.is_empty() => return without_request(case, end, grading),
        Play::Twice => ClientExpect::Disconnected,
        Play::Answers(turns) => {
            let Some(last) = evidence.requests.iter().rev().find(|request| request.turn.is_some()) else {
                return without_request(case, end, grading);
            };
            let turn = last.turn.and_then(|turn| turns.get(turn));
            match case.coding {
                // Who offers no coding need not read it.
                Some(coding) if !offers(last, coding) => ClientExpect::Open,
                _ => turn.map_or(ClientExpect::Open, |turn| turn.expect),
            }
        }
    };
    let own = own_row(case);
    let finding = |row: &'static Requirement, verdict, observed: String| {
        let why = case.why.map_or_else(String::new, |why| format!(": {why}"));
        let expected = format!("{}{why}", words_of(expect, own));
        Some(Finding::new(CheckId::Outcome, row.id, verdict, expected, observed))
    };
    let breach =
        |row: &'static Requirement, observed: &str| finding(row, grading.breach(row), observed.to_owned());
    match (expect, end) {
        (_, ClientEnd::Hung) => breach(ending(case), "still running when its time was up"),
        (_, ClientEnd::Crashed(why)) => {
            breach(req::CLIENT_COMES_TO_AN_END.requirement(), &format!("it broke off: {why}"))
        }
        (ClientExpect::Refused, ClientEnd::Disconnected) => {
            let junk = req::OK_STATUS_WITHOUT_RESPONSE.requirement();
            breach(grading.graver(own, junk), "it reports success")
        }
        (ClientExpect::Wary, ClientEnd::Disconnected) => {
            breach(own, "it reports success").map(|found| found.on(ambiguity_of_reading(own.id, None)))
        }
        (ClientExpect::Doubtful, ClientEnd::Disconnected) => {
            let verdict = grading.tolerated(own, Tolerance::Warn);
            let nuance = (own.facet != Facet::Http).then_some(Nuance::IgnorableName);
            finding(own, verdict, "it reports success".to_owned())
                .map(|found| found.on(ambiguity_of_reading(own.id, nuance)))
        }
        (ClientExpect::Disconnected, ClientEnd::Refused) => {
            breach(gravest_row(case, grading), "it reports a failure")
        }
        (ClientExpect::Unusual, ClientEnd::Refused) => {
            let row = gravest_row(case, grading);
            finding(row, grading.tolerated(row, Tolerance::Warn), "it reports a failure".to_owned())
        }
        _ => None,
    }
}

/// The requirement that a client goes against which does not come to an end: where the answer has none either,
/// or is so large or deep that the time it takes is what the case is about, it lacks a limit (UMD-R170, UMD-R200).
fn ending(case: &ClientCase) -> &'static Requirement {
    let is_too_much = case.primary().id == req::CLIENT_LIMITS;
    if case.endless || is_too_much { req::CLIENT_LIMITS } else { req::CLIENT_COMES_TO_AN_END }.requirement()
}

/// The first requirement of a case that binds a client. Those of an answer may bind its server alone.
fn own_row(case: &ClientCase) -> &'static Requirement {
    bound(case).next().unwrap_or_else(|| req::OK_STATUS_WITHOUT_RESPONSE.requirement())
}

/// The gravest requirement of a case that binds a client and asks it to take an answer.
fn gravest_row(case: &ClientCase, grading: Grading) -> &'static Requirement {
    let graver = |a, b| grading.graver(a, b);
    bound(case).reduce(graver).unwrap_or_else(|| req::ANY_SPELLING_OF_ANSWER.requirement())
}

fn bound(case: &ClientCase) -> impl Iterator<Item = &'static Requirement> {
    let rows = case.requirements.iter().map(|row| row.requirement());
    rows.filter(|row| matches!(row.party, Party::Both | Party::Client))
}

/// Whether a request offers a content coding: by name, or by an asterisk, and not with a weight of nought
/// (RFC 9110 12.5.3).
fn offers(request: &ClientRequest, coding: &str) -> bool {
    let weighed = |item: &str| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        (name.trim().to_ascii_lowercase(), weight.is_none_or(|weight| weight > 0.0))
    };
    let offered: Vec<_> =
        request.fields("accept-encoding").flat_map(|value| value.split(',')).map(weighed).collect();
    let by =
        |name: &str| offered.iter().find(|(offered, _)| offered == name).map(|(_, is_offered)| *is_offered);
    by(coding).or_else(|| by("*")).unwrap_or(false)
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
            (req::CLIENT_COMES_TO_AN_END.requirement(), Verdict::Fail, "no request came in time")
        }
        ClientEnd::Hung if is_about_id => (primary, Verdict::Fail, "no request came in time"),
        ClientEnd::Hung => {
            (req::CLIENT_COMES_TO_AN_END.requirement(), Verdict::Fail, "no request came in time")
        }
        ClientEnd::Threw(_) => return None,
    };
    let verdict = grading.breach(against).min(most);
    Some(Finding::new(CheckId::Request, against.id, verdict, "a request with the id", observed))
}

/// A client that was given what no XML can carry: it must say so.
fn illegal_end(evidence: &ClientEvidence, end: &ClientEnd, grading: Grading) -> Option<Finding> {
    let row = req::INEXPRESSIBLE_CALL_ID.requirement();
    // What was sent is a finding of its own.
    if evidence.asks().next().is_some() {
        return None;
    }
    let (most, observed) = match end {
        ClientEnd::Refused | ClientEnd::Threw(_) => return None,
        ClientEnd::Disconnected => (Verdict::Fail, "no request came, and it reports success".to_owned()),
        // An error all the same, only not one that its caller could tell from others.
        ClientEnd::Crashed(why) => (Verdict::Note, format!("it broke off: {why}")),
        ClientEnd::Hung => (Verdict::Warn, "still running when its time was up".to_owned()),
    };
    Some(Finding::new(
        CheckId::Outcome,
        row.id,
        grading.breach(row).min(most),
        "refused before anything is sent",
        observed,
    ))
}

/// What a client must come to in a case of which this row grades a deviation.
fn words_of(expect: ClientExpect, own: &Requirement) -> &'static str {
    match expect {
        ClientExpect::Disconnected | ClientExpect::Unusual => "it reports success",
        ClientExpect::Doubtful if own.facet == Facet::Http => {
            "it reports a failure: the answer breaks a rule of HTTP"
        }
        ClientExpect::Doubtful => "it reports a failure: the answer breaks a rule of namespaces",
        ClientExpect::Open => "it ends in order",
        ClientExpect::Refused => "it reports a failure: nothing said that the call was disconnected",
        ClientExpect::Wary => "it reports a failure, whatever the answer holds",
    }
}
