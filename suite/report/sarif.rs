use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::again::look;
use super::anchor::uri;
use super::hindrance::hindrance;
use super::json::pretty;
use super::severity::security_severity;
use super::words::{seen, statement, tool};
use super::{View, known};
use crate::judge::Verdict;
use crate::message::{told, visible};
use crate::protocol::{Requirement, RequirementId, ledger};
use crate::record::known::Tally;
use crate::record::{Cause, Part, Record};

/// Most results that are written: GitHub keeps 5,000 of a run, so that one below is never cut without a word.
pub const MAX_RESULTS: usize = 4_999;

/// Most cases that are named with a result: GitHub shows 100 locations of one.
const MAX_CASES: usize = 100;

/// Most cases that are named in the words of a result.
const MAX_NAMED: usize = 12;

/// The rule of a run that came to no verdict.
const NOT_JUDGED: &str = "not-judged";

/// The rule of a known deviation that is not as it is known.
const KNOWN: &str = "known-deviation";

/// The findings as SARIF 2.1.0: a rule for each requirement, a result for each requirement that a cause goes
/// against, failures as errors and warnings as warnings. Notes of documented variants are left out.
///
/// A result stands at [`View::anchor`], because what was found in something that runs stands in no file, and GitHub
/// takes no result without one; its cases are its logical locations. Its fingerprint is made of the requirement,
/// the check, and what the cause is about: the same in every run that finds it, whatever was observed.
///
/// What is known has its results as well, suppressed with the reason, and a known deviation that is not as it is known
/// has a result of its own.
///
/// A run that came to no verdict has a result of its own, since no results would close what was found before.
///
/// # Errors
/// Never for a record that a run or [`Record::load`] made.
pub fn sarif(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let (unknown, known) = (view.causes(), view.known_causes());
    let causes = unknown.iter().map(|cause| (cause, false)).chain(known.iter().map(|cause| (cause, true)));
    let parts =
        causes.flat_map(|(cause, is_known)| cause.parts.iter().map(move |part| (cause, part, is_known)));
    let parts: Vec<_> = parts.filter(|(_, part, _)| part.verdict >= Verdict::Warn).collect();
    let hindrance = hindrance(record);
    let mut page = Page { anchor: uri(view.anchor), rules: rules(), fingerprints: BTreeMap::new() };
    let mut results: Vec<Value> = hindrance.iter().map(|why| page.not_judged(why)).collect();
    let broken = view.tallies().iter().filter(|tally| tally.state.fails());
    results.extend(broken.take(MAX_RESULTS - results.len()).map(|tally| page.tally(tally)));
    let room = MAX_RESULTS - results.len();
    results.extend(parts.iter().take(room).map(|(cause, part, is_known)| {
        let mut result = page.result(record, cause, part);
        if *is_known {
            result["suppressions"] = suppressions(*view, part);
        }
        result
    }));
    let (name, version) = tool(record);
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": visible(name),
                "version": visible(version),
                "rules": page.rules.values,
            }},
            // What stays open in one place is not closed by a run against another kind of subject.
            "automationDetails": { "id": format!("umspec/{}/", record.subject.word()) },
            "invocations": [{
                "executionSuccessful": hindrance.is_none(),
                "toolExecutionNotifications": notifications(record, hindrance, parts.len().saturating_sub(room)),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

/// The rules, and where each stands.
struct Rules {
    values: Vec<Value>,
    places: BTreeMap<RequirementId, usize>,
}

fn rules() -> Rules {
    let places = ledger::requirements().enumerate().map(|(place, row)| (row.id, place)).collect();
    let mut values: Vec<Value> = ledger::requirements().map(rule).collect();
    for (id, name, text) in [
        (NOT_JUDGED, "NotJudged", "The run came to no verdict."),
        (KNOWN, "KnownDeviation", "A known deviation is not as it is known."),
    ] {
        values.push(json!({
            "id": id,
            "name": name,
            "shortDescription": { "text": text },
            "helpUri": ledger::requirements().next().map(Requirement::url),
            "defaultConfiguration": { "level": "error" },
        }));
    }
    Rules { values, places }
}

fn rule(row: &Requirement) -> Value {
    let severity = security_severity(row.id);
    let mut tags = vec![row.facet.word(), row.party.word()];
    let mut properties = json!({ "precision": "high" });
    if let Some(severity) = severity {
        tags.push("security");
        properties["security-severity"] = severity.into();
    }
    properties["tags"] = tags.into();
    json!({
        "id": row.id.to_string(),
        "name": row.key,
        "shortDescription": { "text": row.statement },
        "fullDescription": { "text": statement(row.id) },
        "help": { "text": format!("{} `umspec explain {}` names its cases.", statement(row.id), row.id) },
        "helpUri": row.url(),
        "defaultConfiguration": { "level": if row.level.word() == "MUST" { "error" } else { "warning" } },
        "properties": properties,
    })
}

/// A report on its way.
struct Page {
    anchor: String,
    rules: Rules,
    /// How often a fingerprint was given.
    fingerprints: BTreeMap<String, usize>,
}

impl Page {
    /// One requirement that a cause goes against.
    fn result(&mut self, record: &Record, cause: &Cause<'_>, part: &Part<'_>) -> Value {
        let finding = part.finding;
        let named = part.cases.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = match part.cases.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let text = format!(
            "Check {}: {}. Cause: {}. {} cases: {}{more}. See: {}",
            finding.check,
            seen(finding),
            cause.about,
            part.cases.len(),
            visible(&named),
            visible(&look(record, part.example)),
        );
        let of = [part.requirement.to_string(), finding.check.word().to_owned(), cause.about.clone()];
        json!({
            "ruleId": part.requirement.to_string(),
            "ruleIndex": self.rules.places.get(&part.requirement),
            "level": if part.verdict == Verdict::Fail { "error" } else { "warning" },
            "message": { "text": without_links(&text) },
            "locations": [self.location(&part.cases)],
            "partialFingerprints": self.fingerprints(&of),
            "properties": { "cases": part.cases.len(), "check": finding.check.word(), "cause": cause.about },
        })
    }

    /// A known deviation that is not as it is known.
    fn tally(&mut self, tally: &Tally) -> Value {
        let lines = known::lines(tally).into_iter().map(|(label, text)| format!("{label}: {}", told(&text)));
        let text = format!("{}. {}", visible(&tally.to_string()), lines.collect::<Vec<_>>().join("; "));
        let of = [KNOWN.to_owned(), tally.deviation.to_string(), tally.state.word().to_owned()];
        json!({
            "ruleId": KNOWN,
            "ruleIndex": self.rules.values.len() - 1,
            "level": "error",
            "message": { "text": without_links(&text) },
            "locations": [self.location(&[])],
            "partialFingerprints": self.fingerprints(&of),
        })
    }

    /// That there is no verdict.
    fn not_judged(&mut self, why: &str) -> Value {
        json!({
            "ruleId": NOT_JUDGED,
            "ruleIndex": self.rules.values.len() - 2,
            "level": "error",
            "message": { "text": without_links(&format!("The run came to no verdict: {why}")) },
            "locations": [self.location(&[])],
            "partialFingerprints": self.fingerprints(&[NOT_JUDGED.to_owned()]),
        })
    }

    fn location(&self, cases: &[&str]) -> Value {
        let cases = cases.iter().take(MAX_CASES);
        let cases = cases.map(|case| json!({ "fullyQualifiedName": visible(case), "kind": "member" }));
        json!({
            "physicalLocation": {
                "artifactLocation": { "uri": self.anchor, "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": 1 },
            },
            "logicalLocations": cases.collect::<Vec<_>>(),
        })
    }

    /// The same for the same finding of another run. GitHub looks at `primaryLocationLineHash`, whose number behind
    /// the colon tells results with the same hash apart.
    fn fingerprints(&mut self, of: &[String]) -> Value {
        let hash = Sha256::digest(of.join("\n").as_bytes());
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let count = self.fingerprints.entry(hash.clone()).or_default();
        *count += 1;
        json!({
            "primaryLocationLineHash": format!("{}:{count}", &hash[..16]),
            "umspec/v1": format!("{hash}:{count}"),
        })
    }
}

/// Why what a part is about is known.
fn suppressions(view: View<'_>, part: &Part<'_>) -> Value {
    let standing = view.known.and_then(|known| part.cases.iter().find_map(|case| known.of_case(case)));
    let reason = standing.map(|standing| known::reason(&standing.deviation));
    json!([{ "kind": "external", "status": "accepted", "justification": reason.unwrap_or_default() }])
}

/// Text in which nothing is a link: what a subject says may look like one (SARIF 2.1.0, 3.11.6).
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

/// What else is to be told: why there is no verdict, of which cases there is none, and what was cut.
fn notifications(record: &Record, hindrance: Option<String>, cut: usize) -> Vec<Value> {
    let mut told = Vec::new();
    let mut tell = |level: &str, text: String| {
        told.push(json!({ "level": level, "message": { "text": without_links(&text) } }));
    };
    if let Some(why) = hindrance {
        tell("error", why);
    }
    for (reason, cases) in record.reasons(Verdict::NotJudged) {
        tell("warning", format!("{} cases were not judged: {}", cases.len(), visible(reason)));
    }
    if cut > 0 {
        tell(
            "warning",
            format!("{cut} results are left out, because GitHub keeps no more; the record has them"),
        );
    }
    told
}
