//! Whether a client was seen to tell success from a fault, and to ask for the call that it was given.

use super::breach::Breach;
use super::case::breaches;
use super::http::coding;
use super::request::examine;
use crate::catalogue::{ClientCase, ClientExpect, Play, client_control_case};
use crate::evidence::{ClientControl, ClientControlStep, ClientEnd, ClientEvidence, ClientRequest};
use crate::judge::{CheckId, Finding, Grading};
use crate::message::charset_of;
use crate::message::xml;
use crate::protocol::req;

/// Cases of a whole control.
const CASES: usize = 3;

/// Why the cases cannot be judged, if they cannot: the client does not tell success from a fault, or does
/// not ask for the end of the call that it was given.
pub fn client_problem(control: &ClientControl) -> Option<String> {
    if control.by_url {
        return None;
    }
    let problem = control.steps.iter().find_map(client_step_problem);
    problem.or_else(|| {
        (control.steps.len() < CASES).then(|| "what comes before the cases was not run".to_owned())
    })
}

/// What is wrong with a client in one case of its control, if something is.
pub fn client_step_problem(step: &ClientControlStep) -> Option<String> {
    match client_control_case(&step.case) {
        Some(case) => problem_of(case, &step.evidence),
        None => Some(format!("no case of the control is named {}", step.case)),
    }
}

fn problem_of(case: &ClientCase, evidence: &ClientEvidence) -> Option<String> {
    let wanted = match expected(case) {
        ClientExpect::Disconnected | ClientExpect::Unusual => ClientEnd::Disconnected,
        ClientExpect::Doubtful | ClientExpect::Open | ClientExpect::Refused | ClientExpect::Wary => {
            ClientEnd::Refused
        }
    };
    // How it refuses is judged with the cases.
    let end = match &evidence.end {
        Some(ClientEnd::Threw(_)) => Some(&ClientEnd::Refused),
        end => end.as_ref(),
    };
    if end != Some(&wanted) {
        let end = evidence.end.as_ref().map_or("nothing", words_of);
        return Some(format!("{} The client: {end}.", case.about));
    }
    let named = evidence.asks().any(|request| {
        examine(request).1.is_some_and(|read| read.call_id() == Some(&case.call_id))
            || holds(request, &case.call_id)
            // What it holds is a matter of its own.
            || coding(request).is_some()
    });
    let asked = if case.is_life() { evidence.asks().next().is_some() } else { named };
    (!asked).then(|| format!("{} No request came that names the call.", case.about))
}

/// Whether an id, which has nothing to escape, stands anywhere in what was sent. What else is wrong with that
/// is judged with the cases.
fn holds(request: &ClientRequest, id: &str) -> bool {
    let charset = request.fields("content-type").next().and_then(charset_of);
    match xml::decode(&request.body.0, charset.as_deref()) {
        Ok(decoded) => decoded.text.contains(id),
        Err(_) => memchr::memmem::find(&request.body.0, id.as_bytes()).is_some(),
    }
}

fn expected(case: &ClientCase) -> ClientExpect {
    match &case.play {
        Play::Answers(turns) => turns.first().map_or(ClientExpect::Open, |turn| turn.expect),
        Play::Life(life) => life.expect,
        Play::Illegal => ClientExpect::Refused,
        Play::Twice => ClientExpect::Disconnected,
    }
}

fn words_of(end: &ClientEnd) -> &'static str {
    match end {
        ClientEnd::Crashed(_) => "breaks off",
        ClientEnd::Disconnected => "reports success",
        ClientEnd::Hung => "is still running when its time is up",
        ClientEnd::Refused => "reports a failure",
        ClientEnd::Threw(_) => "breaks off, or reports a failure",
    }
}

/// What is wrong with every request of a client that asks for the end of a call, whatever it is answered: by
/// those of the control that go well.
pub fn every_request(control: &ClientControl, grading: Grading) -> Vec<Finding> {
    let found = control.steps.iter().filter_map(|step| {
        let case = client_control_case(&step.case)?;
        let goes_well = expected(case) == ClientExpect::Disconnected;
        (goes_well && step.evidence.asks().next().is_some())
            .then(|| findings_of(case, &step.evidence, grading))
    });
    let in_both = |a: Vec<Finding>, b: Vec<Finding>| {
        a.into_iter().filter(|finding| b.iter().any(|other| other.is_like(finding))).collect()
    };
    found.reduce(in_both).unwrap_or_default()
}

fn findings_of(case: &ClientCase, evidence: &ClientEvidence, grading: Grading) -> Vec<Finding> {
    breaches(case, evidence).into_iter().map(|breach| breach.finding(grading)).collect()
}

/// What a run as a whole has found: what is wrong with every request, and contacts of the one address that is
/// watched for all cases of a run by URL. Whom those belong to is for a person to find out.
pub(crate) fn client_findings(control: &ClientControl, grading: Grading) -> Vec<Finding> {
    let mut findings = every_request(control, grading);
    if let Some(step) = &control.in_small_letters {
        let end = step.evidence.end.as_ref().map_or("nothing is known", words_of);
        let breach = Breach::new(
            CheckId::Field,
            req::UNAMBIGUOUS_FRAMING,
            "field names of answers are read in any case (RFC 9110 5.1)",
            format!("with names in small letters the client {end}; in all that follows they have capitals"),
        );
        findings.push(breach.finding(grading));
    }
    if control.contacted {
        let breach = Breach::new(
            CheckId::Canary,
            req::CLIENT_FETCHES_NOTHING,
            "nothing that an answer names is fetched",
            "the address that only answers name was contacted",
        );
        findings.push(breach.finding(grading));
    }
    findings
}
