//! What a client sent and came to, against what it was put to.

use super::breach::Breach;
use super::end::judge_end;
use super::http::address;
use super::{life, request};
use crate::catalogue::{ClientCase, Play};
use crate::evidence::{ClientEnd, ClientEvidence};
use crate::judge::{CheckId, Finding, Grading, Judgement, Try, Verdict, settle};
use crate::protocol::req;

/// The verdict of a case for a client that was seen to tell success from a fault, from all tries at it. What is
/// found in `every` request of the client ([`every_request`](super::every_request)) is a finding of the run, and
/// none of the case.
pub fn judge_client(
    case: &ClientCase,
    evidence: &ClientEvidence,
    every: &[Finding],
    grading: Grading,
) -> Judgement {
    if let Some(reason) = inapplicable(case, evidence) {
        return Judgement::skipped(reason);
    }
    // One that broke off or did not end, and does when it is asked again, is judged by what it does then.
    let mut ended = client_tries(case, evidence, every, grading);
    let count = ended.len();
    ended.retain(|each| !each.lost);
    if ended.is_empty() {
        return judge_try(case, evidence, every, grading);
    }
    let mut findings = settle(&ended).findings;
    findings.extend(flaky(evidence, count, grading).map(|finding| finding.in_case(&case.requirements)));
    Judgement::of(findings)
}

/// What each try comes to by itself, the first one first.
pub fn client_tries(
    case: &ClientCase,
    evidence: &ClientEvidence,
    every: &[Finding],
    grading: Grading,
) -> Vec<Try> {
    let judged = |each: &ClientEvidence| Try {
        judgement: judge_try(case, each, every, grading),
        lost: each.is_broken(),
    };
    evidence.tries().map(judged).collect()
}

fn judge_try(case: &ClientCase, evidence: &ClientEvidence, every: &[Finding], grading: Grading) -> Judgement {
    // What an answer is about says nothing of the request before it.
    let is_about_answer = matches!(case.play, Play::Answers(_)) && !case.about_call_id;
    let cited = if is_about_answer { &[][..] } else { &case.requirements };
    let requests = breaches(case, evidence).into_iter().map(|breach| breach.finding(grading).in_case(cited));
    let is_in_every = |finding: &Finding| every.iter().any(|other| other.is_like(finding));
    let mut findings: Vec<Finding> = requests.filter(|finding| !is_in_every(finding)).collect();
    if let Some(end) = &evidence.end {
        let end = judge_end(case, evidence, end, grading);
        findings.extend(end.into_iter().map(|finding| finding.in_case(&case.requirements)));
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
fn flaky(evidence: &ClientEvidence, count: usize, grading: Grading) -> Option<Finding> {
    let broken: Vec<&ClientEnd> =
        evidence.tries().filter(|each| each.is_broken()).filter_map(|each| each.end.as_ref()).collect();
    let of = format!("in {} of {count} tries", broken.len());
    let crashed =
        broken.iter().find_map(|end| if let ClientEnd::Crashed(why) = end { Some(why) } else { None });
    let (most, observed) = match crashed {
        Some(why) => (Verdict::Warn, format!("flaky: it broke off {of}: {why}")),
        // A busy machine does that, too.
        None if !broken.is_empty() => (Verdict::Note, format!("flaky: it was still running {of}")),
        None => return None,
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
