//! Whether a client was seen to tell success from a fault, and to ask for the call that it was given.

use crate::catalogue::{ClientCase, ClientExpect, Play, client_control_case};
use crate::evidence::{ClientControl, ClientControlStep, ClientEnd, ClientEvidence};
use crate::judge::{CheckId, Finding, Grading, visible};
use crate::message::{CallId, escape_text};
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
        None => Some(visible(&format!("no case of the control is named {}", step.case))),
    }
}

fn problem_of(case: &ClientCase, evidence: &ClientEvidence) -> Option<String> {
    let wanted = match expected(case) {
        ClientExpect::Disconnected => ClientEnd::Disconnected,
        ClientExpect::Open | ClientExpect::Refused | ClientExpect::Wary => ClientEnd::Refused,
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
    let id = CallId::new(case.call_id.as_ref()).map(|id| escape_text(id.as_str())).unwrap_or_default();
    let names_call = |body: &[u8]| id.is_empty() || body.windows(id.len()).any(|part| part == id.as_bytes());
    let named = evidence.requests.iter().any(|request| names_call(&request.body.0));
    (!named).then(|| format!("{} No request came that names the call.", case.about))
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

/// What a run as a whole has found. One address is watched for all cases of a run by URL: whom a contact
/// belongs to is for a person to find out.
pub(crate) fn client_findings(control: &ClientControl, grading: Grading) -> Vec<Finding> {
    if !control.contacted {
        return Vec::new();
    }
    let row = req::CLIENT_FETCHES_NOTHING.requirement();
    vec![Finding::new(
        CheckId::Canary,
        row.id,
        grading.breach(row),
        "nothing that an answer names is fetched",
        "the address that only answers name was contacted",
    )]
}
