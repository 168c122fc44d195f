//! What a client sent and came to, against what it was put to.

use super::breach::Breach;
use super::end::judge_end;
use super::http::address;
use super::{life, request};
use crate::catalogue::{ClientCase, Play};
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::judge::{CheckId, Finding, Grading, Judgement, Verdict};
use crate::protocol::req;

/// The verdict of a case for a client that was seen to tell success from a fault. What is found in `every`
/// request of the client ([`every_request`](super::every_request)) is a finding of the run, and none of the case.
pub fn judge_client(
    case: &ClientCase,
    evidence: &ClientEvidence,
    every: &[Finding],
    grading: Grading,
) -> Judgement {
    if let Some(reason) = inapplicable(case, evidence) {
        return Judgement::skipped(reason);
    }
    // What an answer is about says nothing of the request before it.
    let is_about_answer = matches!(case.play, Play::Answers(_)) && !case.about_call_id;
    let cited = if is_about_answer { &[][..] } else { &case.requirements };
    let requests = breaches(case, evidence).into_iter().map(|breach| breach.finding(grading).in_case(cited));
    let is_in_every = |finding: &Finding| every.iter().any(|other| other.is_like(finding));
    let mut findings: Vec<Finding> = requests.filter(|finding| !is_in_every(finding)).collect();
    if let Some(end) = &evidence.end {
        let end = judge_end(case, evidence, end, grading)
            .into_iter()
            .chain(evidence.before.as_ref().and_then(|before| flaky(before, end, grading)));
        findings.extend(end.map(|finding| finding.in_case(&case.requirements)));
    }
    Judgement::of(findings)
}

/// Why a case is nothing for a client, by what it sends.
fn inapplicable(case: &ClientCase, evidence: &ClientEvidence) -> Option<&'static str> {
    let here = || evidence.requests.iter().filter(|request| !request.at_other_host);
    if case.credentials && !here().any(|request| request.fields("authorization").next().is_some()) {
        return Some(
            "the client sent no credentials: put {user} and {password} into its command; or it sends none before it is asked",
        );
    }
    if case.since_http_1_1 && evidence.asks().next().is_some_and(|request| request.version == "1.0") {
        return Some("the client speaks HTTP/1.0, which may not be answered so");
    }
    None
}

/// A client that broke off or did not end, and did when it was tried again.
fn flaky(before: &ClientEvidence, end: &ClientEnd, grading: Grading) -> Option<Finding> {
    let (most, observed) = match before.end.as_ref()? {
        _ if matches!(end, ClientEnd::Crashed(_) | ClientEnd::Hung) => return None,
        ClientEnd::Crashed(why) => (Verdict::Warn, format!("flaky: it broke off in one of two tries: {why}")),
        // A busy machine does that, too.
        ClientEnd::Hung => (Verdict::Note, "flaky: it was still running in one of two tries".to_owned()),
        _ => return None,
    };
    let breach = Breach::new(CheckId::Repeat, req::CLIENT_COMES_TO_AN_END, "the same in every try", observed);
    Some(breach.at_most(most).finding(grading))
}

/// What the requests alone tell, whatever the client came to.
pub(super) fn breaches(case: &ClientCase, evidence: &ClientEvidence) -> Vec<Breach> {
    let mut breaches = match &case.play {
        Play::Life(life) => life::breaches(life, evidence),
        Play::Illegal => request::illegal(evidence),
        Play::Answers(_) | Play::Twice => request::breaches(case, evidence),
    };
    // A client that a person points at a URL may know the listener by another name.
    if evidence.end.is_some()
        && let Some(first) = evidence.asks().next()
    {
        breaches.extend(address(case, first));
    }
    if evidence.contacted {
        breaches.push(Breach::new(
            CheckId::Canary,
            req::CLIENT_FETCHES_NOTHING,
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
