use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::View;
use super::hindrance::hindrance;
use super::json::pretty;
use super::started::started_rfc3339;
use super::words::tool;
use crate::evidence::{Answer, Subject};
use crate::judge::{CheckGroup, CheckId, Finding, Verdict};
use crate::message::{told, visible};
use crate::protocol::{Outcome, names, req};
use crate::record::{Entry, Record};

/// The version of the schema that the report is of (of Web Fuzzing Commons 0.10 and later).
const SCHEMA_VERSION: &str = "0.8.0";

/// Numbers of faults, with the names by which Web Fuzzing Commons knows them; from 900 on they are our own.
type Fault = (u16, &'static str);

const NO_401_WITHOUT_AUTHENTICATE: Fault = (109, "HTTP_STATUS_NO_401_IF_NO_WWW_AUTHENTICATE");
const NO_405_WITHOUT_ALLOW: Fault = (110, "HTTP_STATUS_NO_405_IF_NO_ALLOW");
const OTHER_5XX: Fault = (121, "HTTP_OTHER_STATUS_5XX");
const INVALID_RESPONSE: Fault = (200, "SCHEMA_INVALID_RESPONSE");
const INVALID_ACCEPTED: Fault = (206, "SCHEMA_VALIDATION_BYPASS");
const VALID_REFUSED: Fault = (207, "SCHEMA_VALID_INPUT_REJECTED");
const REQUEST_FORGERY: Fault = (302, "SECURITY_SSRF");
const AUTHENTICATION_NOT_ENFORCED: Fault = (311, "SECURITY_DECLARED_AUTH_NOT_ENFORCED");
const LEAKED_STACK_TRACE: Fault = (309, "SECURITY_LEAKED_STACK_TRACES");
const TIMEOUT: Fault = (312, "SECURITY_CALL_TIMEOUT");
const OTHER: Fault = (900, "UMSPEC_OTHER_REQUIREMENT");
const EFFECT: Fault = (901, "UMSPEC_EFFECT_ON_CALL");
const NOT_ALIVE: Fault = (902, "UMSPEC_NOT_ALIVE_AFTERWARDS");
const NO_ANSWER: Fault = (903, "UMSPEC_NO_ANSWER");

/// The failures as a report of Web Fuzzing Commons: what each case found, by the fault numbers of that standard where
/// one fits, by our own from 900 on elsewhere; the context of a fault is the requirement. Warnings, notes and what
/// is known are no faults.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn wfc(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let (name, version) = tool(record);
    let mut found: BTreeMap<&str, BTreeSet<(Fault, String)>> = BTreeMap::new();
    let is_told =
        |finding: &Finding, case: &str| finding.verdict == Verdict::Fail && !view.excuses(case, finding);
    for (finding, case) in record.findings().filter(|(finding, case)| is_told(finding, case)) {
        found.entry(case).or_default().insert((fault(finding), finding.requirement.to_string()));
    }
    let distinct: BTreeSet<&(Fault, String)> = found.values().flatten().collect();
    let operation = operation(record.subject);
    let faults = found.iter().map(|(case, faults)| {
        let categories = faults
            .iter()
            .map(|((code, id), requirement)| json!({ "code": code, "id": id, "context": requirement }));
        json!({
            "operationId": operation,
            "testCaseId": visible(case),
            "faultCategories": categories.collect::<Vec<_>>(),
        })
    });
    let mut tests: BTreeSet<String> = record.entries.iter().map(|entry| visible(&entry.case)).collect();
    tests.extend(found.keys().map(|case| visible(case)));
    let warnings = hindrance(record).into_iter().chain(
        record
            .reasons(Verdict::NotJudged)
            .into_iter()
            .map(|(reason, cases)| format!("{} cases were not judged: {}", cases.len(), told(reason))),
    );
    let warnings =
        warnings.map(|text| json!({ "message": text, "category": "not judged", "displayPriority": 1 }));
    pretty(&json!({
        "schemaVersion": SCHEMA_VERSION,
        "toolName": visible(name),
        "toolVersion": visible(version),
        "creationTime": started_rfc3339(record),
        "executionTimeInSeconds": record.times.elapsed_ms / 1000,
        "totalTests": tests.len(),
        "testFilePaths": [],
        "testCases": tests.iter().map(|id| json!({ "id": id, "name": id })).collect::<Vec<_>>(),
        "faults": { "totalNumber": distinct.len(), "foundFaults": faults.collect::<Vec<_>>() },
        "problemDetails": details(record, &operation),
        "warnings": warnings.collect::<Vec<_>>(),
    }))
}

/// What was called: of what is no server the operation by its name.
fn operation(subject: Subject) -> String {
    match subject {
        Subject::Server => format!("POST:{}", names::ENDPOINT_PATH),
        Subject::Client | Subject::Parser => "Disconnect".to_owned(),
    }
}

/// The calls of HTTP, of a server.
fn details(record: &Record, operation: &str) -> Value {
    if record.subject != Subject::Server {
        return json!({});
    }
    let steps = |entry: &Entry| entry.attempts().iter().map(|attempt| attempt.steps.len()).sum::<usize>();
    let calls: usize = record.entries.iter().map(steps).sum();
    let covered = record.entries.iter().map(|entry| {
        let steps = entry.attempts().iter().flat_map(|attempt| &attempt.steps);
        let statuses: BTreeSet<u16> = steps
            .filter_map(|step| match &step.exchange.answer {
                // The standard knows no others.
                Answer::Http(answer) => Some(answer.status).filter(|status| *status <= 599),
                Answer::Silence(_) => None,
            })
            .collect();
        json!({ "endpointId": operation, "testCaseId": visible(&entry.case), "httpStatus": statuses })
    });
    json!({ "rest": {
        "outputHttpCalls": calls,
        "evaluatedHttpCalls": calls,
        "endpointIds": [operation],
        "coveredHttpStatus": covered.collect::<Vec<_>>(),
    } })
}

/// The number of a failure.
fn fault(finding: &Finding) -> Fault {
    match finding.check {
        CheckId::AnswerAllow => NO_405_WITHOUT_ALLOW,
        CheckId::AnswerAuthenticate => NO_401_WITHOUT_AUTHENTICATE,
        CheckId::Alive => NOT_ALIVE,
        CheckId::Canary => REQUEST_FORGERY,
        CheckId::Effect => EFFECT,
        CheckId::FaultLeak => LEAKED_STACK_TRACE,
        CheckId::Outcome if finding.requirement == req::AUTHENTICATION_REQUIRED => {
            AUTHENTICATION_NOT_ENFORCED
        }
        CheckId::Outcome => finding.outcome.as_ref().map_or(OTHER, |outcome| came_to(finding, outcome)),
        check if check.group() != CheckGroup::Case => INVALID_RESPONSE,
        _ => OTHER,
    }
}

/// The number of an outcome that is not allowed.
fn came_to(finding: &Finding, outcome: &Outcome) -> Fault {
    let is_negative = finding.class.is_some_and(crate::protocol::InputClass::is_negative);
    match outcome {
        Outcome::Silent => TIMEOUT,
        outcome if outcome.is_lost() => NO_ANSWER,
        Outcome::Http(502..=599) => OTHER_5XX,
        outcome if is_negative && outcome.claims_success() => INVALID_ACCEPTED,
        outcome if !is_negative && outcome.is_refusal() => VALID_REFUSED,
        _ => INVALID_RESPONSE,
    }
}
