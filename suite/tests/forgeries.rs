//! Records that somebody wrote into: none of them verifies, and each is told what is wrong with it.

use serde_json::{Value, json};
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::Verification;

use crate::support::{cases, mutant, run_mock, stdout, umspec_with};

fn record() -> Value {
    let all = cases(&["namespace/disconnect-*", "call-id/empty*"]);
    let record = run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &all, 2);
    serde_json::from_slice(&record.save().expect("a record")).expect("JSON")
}

/// The places of the first entry that passed and of the first that failed.
fn places(record: &Value) -> (usize, usize) {
    let entries = record["entries"].as_array().expect("entries");
    let of = |verdict: &str| {
        let found = entries.iter().position(|entry| entry["judgement"]["verdict"] == verdict);
        found.unwrap_or_else(|| panic!("no {verdict}"))
    };
    (of("pass"), of("fail"))
}

fn entries(record: &mut Value) -> &mut Vec<Value> {
    record["entries"].as_array_mut().expect("entries")
}

type Forge = fn(&mut Value, usize, usize);

/// Each with the words that it alone is told.
const FORGERIES: [(&str, &str, Forge); 15] = [
    ("a failure is called a pass", "FAIL now", |record, _, fail| {
        record["entries"][fail]["judgement"] = json!({"verdict": "pass", "findings": []});
    }),
    ("a pass keeps its verdict without evidence", "PASS without any evidence", |record, pass, _| {
        entries(record)[pass].as_object_mut().expect("an entry").remove("evidence");
    }),
    ("a pass keeps its verdict with attempts emptied", "PASS without any evidence", |record, pass, _| {
        record["entries"][pass]["evidence"]["server"] = json!([]);
    }),
    ("a failed case has another name", "no case of the catalogue", |record, _, fail| {
        record["entries"][fail]["case"] = json!("call-id/of-nobody");
    }),
    ("a failed case has the name of another one", "stands in the record twice", |record, pass, fail| {
        record["entries"][fail]["case"] = record["entries"][pass]["case"].clone();
    }),
    ("a failure has evidence and verdict of a pass", "changed, moved or put in", |record, pass, fail| {
        record["entries"][fail]["evidence"] = record["entries"][pass]["evidence"].clone();
        record["entries"][fail]["judgement"] = record["entries"][pass]["judgement"].clone();
    }),
    ("a failure is left out", "planned, and not there", |record, _, fail| {
        entries(record).remove(fail);
    }),
    ("a failure is left out of the plan, too", "head: changed", |record, _, fail| {
        let case = entries(record).remove(fail)["case"].clone();
        record["planned"].as_array_mut().expect("a plan").retain(|planned| *planned != case);
    }),
    ("a pass was never planned", "not planned", |record, pass, _| {
        let case = record["entries"][pass]["case"].clone();
        record["planned"].as_array_mut().expect("a plan").retain(|planned| *planned != case);
    }),
    ("entries have changed their places", "not in the order", |record, _, _| {
        entries(record).swap(0, 1);
    }),
    ("an answer is another one that comes to the same", "changed, moved or put in", |record, pass, _| {
        let text = record["entries"][pass].to_string().replace("1.1", "1.2");
        record["entries"][pass] = serde_json::from_str(&text).expect("JSON");
    }),
    ("the run was not interrupted", "head: changed", |record, _, _| {
        record["ended_early"] = json!("its user had enough");
    }),
    ("the target is another one", "head: changed", |record, _, _| {
        record["target"] = json!("https://example.com/");
    }),
    ("the control has other findings", "control: other findings", |record, _, fail| {
        let findings = record["entries"][fail]["judgement"]["findings"].clone();
        record["control"]["findings"] = findings;
    }),
    ("the causes are left out", "causes: not what", |record, _, _| {
        record["causes"] = json!([]);
    }),
];

fn discrepancies(record: &Value) -> Vec<String> {
    let verification = Verification::of(record.to_string().as_bytes()).expect("a record");
    verification.discrepancies.iter().map(ToString::to_string).collect()
}

#[test]
fn no_forged_record_verifies() {
    let whole = record();
    assert_eq!(discrepancies(&whole), [""; 0]);
    let (pass, fail) = places(&whole);
    for (what, words, forge) in FORGERIES {
        let mut forged = whole.clone();
        forge(&mut forged, pass, fail);
        assert_ne!(forged, whole, "{what}");
        let told = discrepancies(&forged);
        assert!(told.iter().any(|line| line.contains(words)), "{what}: {told:#?}");
        // Told where it is, and not for all that follows.
        assert!(told.len() <= 8, "{what}: {told:#?}");
        let verified = umspec_with(&["verify", "-"], forged.to_string().as_bytes());
        assert_eq!(verified.status.code(), Some(1), "{what}: {}", stdout(&verified));
    }
}

#[test]
fn a_word_that_no_run_writes_does_not_verify() {
    let mut forged = record();
    forged["grading"]["profile"] = json!("friendly");
    let verified = umspec_with(&["verify", "-"], forged.to_string().as_bytes());
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).contains("no profile \"friendly\""), "{}", stdout(&verified));
    let verified = umspec_with(&["verify", "-"], b"no JSON at all");
    assert_eq!(verified.status.code(), Some(2));
}

#[test]
fn a_graver_grading_is_found_by_its_verdicts_and_by_the_chain() {
    let record = run_mock(Service::strict(), Profile::Interop, &cases(&["namespace"]), 2);
    let mut forged: Value = serde_json::from_slice(&record.save().expect("a record")).expect("JSON");
    forged["grading"]["profile"] = json!("strict");
    assert!(discrepancies(&forged).iter().any(|line| line.starts_with("head: changed")));
}
