//! What a client sent and came to, against what it was put to.

mod life;
mod request;

use super::{Finding, Judgement, Settings, Verdict};
use crate::catalogue::{ClientCase, ClientExpect, Play};
use crate::evidence::{ClientEnd, ClientSight};
use crate::protocol::{Requirement, RequirementId, ledger};

pub use request::REQUEST_CHECKS;

/// What was asked for, and what was there instead: what a finding is made of.
struct Breach {
    check: &'static str,
    row: u16,
    expected: String,
    observed: String,
    /// The gravest verdict it can get.
    most: Verdict,
}

impl Breach {
    fn new(check: &'static str, row: u16, expected: impl Into<String>, observed: impl Into<String>) -> Self {
        let (expected, observed) = (expected.into(), observed.into());
        Self { check, row, expected, observed, most: Verdict::Fail }
    }

    fn at_most(mut self, most: Verdict) -> Self {
        self.most = most;
        self
    }

    fn finding(self, settings: Settings) -> Finding {
        let row = requirement(self.row);
        Finding::new(self.check, row.id, settings.breach(row).min(self.most), self.expected, self.observed)
    }
}

/// The verdict of a case for a client that was seen to tell success from a fault.
pub fn judge_client(case: &ClientCase, sight: &ClientSight, settings: Settings) -> Judgement {
    if case.credentials
        && !sight
            .requests
            .iter()
            .any(|request| !request.there && request.fields("authorization").next().is_some())
    {
        return Judgement::skipped(
            "the client sends no credentials: put {user} and {password} into its command",
        );
    }
    let mut findings: Vec<Finding> = breaches(case, sight).into_iter().map(|b| b.finding(settings)).collect();
    if let Some(end) = &sight.end {
        findings.extend(judge_end(case, sight, end, settings));
    }
    Judgement::of(findings)
}

/// What the requests alone tell, whatever the client came to.
fn breaches(case: &ClientCase, sight: &ClientSight) -> Vec<Breach> {
    let mut breaches = match &case.play {
        Play::Life(life) => life::breaches(life, sight),
        Play::Illegal => request::illegal(sight),
        Play::Answers(_) | Play::Twice => request::breaches(case, sight),
    };
    if sight.contacted {
        let row = if case.requirements.contains(&RequirementId(171)) { 171 } else { 178 };
        breaches.push(Breach::new(
            "canary",
            row,
            "nothing that an answer names is fetched",
            "the address that only the answer names was contacted",
        ));
    }
    if let Some(request) = sight.requests.iter().find(|request| request.there)
        && request.fields("authorization").next().is_some()
    {
        breaches.push(Breach::new(
            "credentials",
            169,
            "no credentials for another host",
            "Authorization was sent to the host to which a redirect led",
        ));
    }
    breaches
}

/// What the client came to, against what it saw last.
fn judge_end(case: &ClientCase, sight: &ClientSight, end: &ClientEnd, settings: Settings) -> Option<Finding> {
    let expect = match &case.play {
        Play::Illegal => return illegal_end(sight, end, settings),
        Play::Life(life) => life.expect,
        Play::Twice if sight.requests.is_empty() => return without_request(case, end, settings),
        Play::Twice => ClientExpect::Disconnected,
        Play::Answers(turns) => {
            let Some(turn) = sight.requests.iter().rev().find_map(|request| request.turn) else {
                return without_request(case, end, settings);
            };
            turns.get(turn).map_or(ClientExpect::Open, |turn| turn.expect)
        }
    };
    let primary = case.primary();
    let finding = |row: &'static Requirement, verdict, expected: &str, observed: String| {
        Some(Finding::new("outcome", row.id, verdict, expected, observed))
    };
    let (bounded, junk) = (requirement(170), requirement(164));
    let expected = words_of(expect);
    match (expect, end) {
        (_, ClientEnd::Hung) => {
            let verdict = settings.breach(bounded);
            let observed = "still running when its time was up".to_owned();
            match expect {
                // A wait is what these cases are about.
                _ if case.waits => finding(bounded, verdict, expected, observed),
                ClientExpect::Open => finding(bounded, verdict, expected, observed),
                _ => {
                    let row = graver(bounded, primary, settings);
                    finding(row, settings.breach(row), expected, observed)
                }
            }
        }
        (_, ClientEnd::Crashed(why)) => {
            let row = if expect == ClientExpect::Open { bounded } else { graver(bounded, primary, settings) };
            finding(row, settings.breach(row), expected, format!("it broke off: {why}"))
        }
        (ClientExpect::Refused, ClientEnd::Disconnected) => {
            let row = graver(primary, junk, settings);
            finding(row, settings.breach(row), expected, "it reports success".to_owned())
        }
        (ClientExpect::Wary, ClientEnd::Disconnected) => {
            finding(primary, settings.breach(primary), expected, "it reports success".to_owned())
        }
        (ClientExpect::Disconnected, ClientEnd::Refused) => {
            finding(primary, settings.breach(primary), expected, "it reports a failure".to_owned())
        }
        _ => None,
    }
}

/// A client that sent nothing: it refused an id before, or never asked.
fn without_request(case: &ClientCase, end: &ClientEnd, settings: Settings) -> Option<Finding> {
    let primary = case.primary();
    let is_about_id = case.id.starts_with("client-id/");
    let open = matches!(&case.play, Play::Answers(turns) if turns[0].expect == ClientExpect::Open);
    let (row, most, observed) = match end {
        // The caller of a client that refuses what nothing forbids must find another one.
        ClientEnd::Refused if is_about_id && !open => {
            (primary, Verdict::Fail, "refused before anything was sent")
        }
        ClientEnd::Refused if is_about_id => return None,
        ClientEnd::Disconnected => {
            (requirement(164), Verdict::Fail, "no request came, and it reports success")
        }
        ClientEnd::Refused => (requirement(1), Verdict::Fail, "no request came"),
        ClientEnd::Crashed(_) if is_about_id && open => {
            (primary, Verdict::Note, "no request came: it broke off")
        }
        ClientEnd::Crashed(_) if is_about_id => (primary, Verdict::Fail, "no request came: it broke off"),
        ClientEnd::Crashed(_) => (requirement(1), Verdict::Fail, "no request came: it broke off"),
        ClientEnd::Hung if is_about_id && open => {
            (requirement(170), Verdict::Fail, "no request came in time")
        }
        ClientEnd::Hung if is_about_id => (primary, Verdict::Fail, "no request came in time"),
        ClientEnd::Hung => (requirement(1), Verdict::Fail, "no request came in time"),
    };
    let verdict = settings.breach(row).min(most);
    Some(Finding::new("request", row.id, verdict, "a request with the id", observed))
}

/// A client that was given what no XML can carry: it must say so.
fn illegal_end(sight: &ClientSight, end: &ClientEnd, settings: Settings) -> Option<Finding> {
    let row = requirement(159);
    // What was sent is a finding of its own.
    if sight.requests.iter().any(|request| !request::is_look(request)) {
        return None;
    }
    let (most, observed) = match end {
        ClientEnd::Refused => return None,
        ClientEnd::Disconnected => (Verdict::Fail, "no request came, and it reports success".to_owned()),
        // An error all the same, only not one that its caller could tell from others.
        ClientEnd::Crashed(why) => (Verdict::Note, format!("it broke off: {why}")),
        ClientEnd::Hung => (Verdict::Warn, "still running when its time was up".to_owned()),
    };
    Some(Finding::new(
        "outcome",
        row.id,
        settings.breach(row).min(most),
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

/// The row that is graded graver; the first, if both are alike.
fn graver(a: &'static Requirement, b: &'static Requirement, settings: Settings) -> &'static Requirement {
    if settings.breach(b) > settings.breach(a) { b } else { a }
}

fn requirement(number: u16) -> &'static Requirement {
    ledger::requirement(RequirementId(number))
        .unwrap_or_else(|| unreachable!("no requirement has the number {number}"))
}
