//! What a client sent and came to, against what it was put to.

use super::breach::Breach;
use super::end::judge_end;
use super::{life, request};
use crate::catalogue::{ClientCase, Play};
use crate::evidence::ClientEvidence;
use crate::judge::{CheckId, Grading, Judgement};
use crate::protocol::req;

/// The verdict of a case for a client that was seen to tell success from a fault.
pub fn judge_client(case: &ClientCase, evidence: &ClientEvidence, grading: Grading) -> Judgement {
    if case.credentials
        && !evidence
            .requests
            .iter()
            .any(|request| !request.at_other_host && request.fields("authorization").next().is_some())
    {
        return Judgement::skipped(
            "the client sends no credentials: put {user} and {password} into its command",
        );
    }
    // What an answer is about says nothing of the request before it.
    let is_about_answer = matches!(case.play, Play::Answers(_)) && !case.about_call_id;
    let cited = if is_about_answer { &[][..] } else { &case.requirements };
    let requests = breaches(case, evidence).into_iter().map(|breach| breach.finding(grading).in_case(cited));
    let end = evidence.end.iter().filter_map(|end| judge_end(case, evidence, end, grading));
    Judgement::of(requests.chain(end.map(|finding| finding.in_case(&case.requirements))).collect())
}

/// What the requests alone tell, whatever the client came to.
fn breaches(case: &ClientCase, evidence: &ClientEvidence) -> Vec<Breach> {
    let mut breaches = match &case.play {
        Play::Life(life) => life::breaches(life, evidence),
        Play::Illegal => request::illegal(evidence),
        Play::Answers(_) | Play::Twice => request::breaches(case, evidence),
    };
    if evidence.contacted {
        let row = case.contact.unwrap_or(req::CLIENT_FETCHES_NOTHING);
        breaches.push(Breach::new(
            CheckId::Canary,
            row,
            "nothing that an answer names is fetched",
            "the address that only the answer names was contacted",
        ));
    }
    if let Some(request) = evidence.requests.iter().find(|request| request.at_other_host)
        && request.fields("authorization").next().is_some()
    {
        breaches.push(Breach::new(
            CheckId::Credentials,
            req::CREDENTIALS_ON_REDIRECT,
            "no credentials for another host",
            "Authorization was sent to the host to which a redirect led",
        ));
    }
    breaches
}
