//! Records that somebody wrote into: none of them verifies, and each is told what is wrong with it.

use serde_json::{Value, json};
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::{Record, Verification};

use crate::support::{cases, mutant, run_mock, stdout, umspec_with};

/// A record as values: what stands before the entries, these with what they refer to, and what stands behind them.
/// Lines that were not changed are written as they were, wherever they stand.
struct Lines {
    values: Value,
    as_written: Vec<(Value, String)>,
}

impl Lines {
    fn of(record: &Record) -> Self {
        let text = String::from_utf8(record.save().expect("a record")).expect("text");
        let read = |line: &str| (serde_json::from_str(line).expect("JSON"), line.to_owned());
        let as_written: Vec<(Value, String)> = text.lines().map(read).collect();
        let mut lines: Vec<Value> = as_written.iter().map(|(value, _)| value.clone()).collect();
        let (head, end) = (lines.remove(0), lines.pop());
        Self { values: json!({"head": head, "entries": lines, "end": end}), as_written }
    }

    fn written(&self, forged: &Value) -> Vec<u8> {
        let entries = forged["entries"].as_array().expect("entries");
        let all = [&forged["head"]].into_iter().chain(entries).chain([&forged["end"]]);
        let line = |value: &Value| {
            let known = self.as_written.iter().find(|(known, _)| known == value);
            known.map_or_else(|| value.to_string(), |(_, text)| text.clone()) + "\n"
        };
        all.filter(|value| !value.is_null()).map(line).collect::<String>().into_bytes()
    }

    fn told(&self, forged: &Value) -> Vec<String> {
        let verification = Verification::of(&self.written(forged)).expect("a record");
        verification.discrepancies.iter().map(ToString::to_string).collect()
    }
}

fn record() -> Lines {
    let all = cases(&["namespace/disconnect-*", "call-id/empty*"]);
    Lines::of(&run_mock(mutant("accepts-empty-call-id"), Profile::Interop, &all, 2))
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
const FORGERIES: [(&str, &str, Forge); 17] = [
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
        record["head"]["planned"].as_array_mut().expect("a plan").retain(|planned| *planned != case);
    }),
    ("a pass was never planned", "not planned", |record, pass, _| {
        let case = record["entries"][pass]["case"].clone();
        record["head"]["planned"].as_array_mut().expect("a plan").retain(|planned| *planned != case);
    }),
    ("entries have changed their places", "not in the order", |record, _, _| {
        let places: Vec<usize> = (0..entries(record).len())
            .filter(|&place| record["entries"][place].get("case").is_some())
            .collect();
        entries(record).swap(places[0], places[1]);
    }),
    ("an answer is another one that comes to the same", "changed, moved or put in", |record, pass, _| {
        let text = record["entries"][pass].to_string().replace("1.1", "1.2");
        record["entries"][pass] = serde_json::from_str(&text).expect("JSON");
    }),
    ("the run was not interrupted", "end: changed", |record, _, _| {
        record["end"]["ended_early"] = json!("its user had enough");
    }),
    ("the target is another one", "head: changed", |record, _, _| {
        record["head"]["target"] = json!("https://example.com/");
    }),
    ("the control has other findings", "control: other findings", |record, _, fail| {
        let findings = record["entries"][fail]["judgement"]["findings"].clone();
        record["head"]["findings"] = findings;
    }),
    ("the conclusion is another one", "conclusion: not what", |record, _, _| {
        record["end"]["conclusion"] = json!("passed");
    }),
    ("the counts are others", "conclusion: not what", |record, _, _| {
        record["end"]["counts"]["failed"] = json!(0);
    }),
    ("the causes are left out", "causes: not what", |record, _, _| {
        record["end"]["causes"] = json!([]);
    }),
];

#[test]
fn no_forged_record_verifies() {
    let lines = record();
    let whole = &lines.values;
    assert_eq!(lines.told(whole), [""; 0]);
    let (pass, fail) = places(whole);
    for (what, words, forge) in FORGERIES {
        let mut forged = whole.clone();
        forge(&mut forged, pass, fail);
        assert_ne!(&forged, whole, "{what}");
        let told = lines.told(&forged);
        assert!(told.iter().any(|line| line.contains(words)), "{what}: {told:#?}");
        // Told where it is, and not for all that follows.
        assert!(told.len() <= 8, "{what}: {told:#?}");
        let verified = umspec_with(&["verify", "-"], &lines.written(&forged));
        assert_eq!(verified.status.code(), Some(1), "{what}: {}", stdout(&verified));
    }
}

#[test]
fn a_record_without_its_end_is_no_whole_one() {
    let lines = record();
    let mut forged = lines.values.clone();
    forged["end"] = Value::Null;
    let (_, fail) = places(&forged);
    let left_out = |forged: &Value| umspec_with(&["verify", "-"], &lines.written(forged));
    let verified = left_out(&forged);
    assert_eq!(verified.status.code(), Some(3));
    assert!(stdout(&verified).contains("not ended"), "{}", stdout(&verified));
    entries(&mut forged).truncate(fail);
    let verified = left_out(&forged);
    assert_eq!(verified.status.code(), Some(3));
    // An end of one's own does not fit.
    forged["end"] = lines.values["end"].clone();
    assert_eq!(left_out(&forged).status.code(), Some(1));
}

#[test]
fn what_stands_outside_of_the_chain_is_nothing_but_times() {
    let lines = record();
    let (pass, _) = places(&lines.values);
    let mut forged = lines.values.clone();
    forged["entries"][pass].as_object_mut().expect("an entry").remove("evidence");
    forged["entries"][pass].as_object_mut().expect("an entry").remove("ms");
    let evidence = lines.values["entries"][pass]["evidence"].clone();
    let text = String::from_utf8(lines.written(&forged)).expect("text");
    let link = lines.values["entries"][pass]["chain"].as_str().expect("a link");
    let text = text.replace(&format!("{link}\""), &format!("{link}\",\"evidence\":{evidence}"));
    assert!(!Verification::of(text.as_bytes()).expect("a record").discrepancies.is_empty());
    let mut later = lines.values.clone();
    later["head"]["started_ms"] = json!(1);
    let text = String::from_utf8(lines.written(&lines.values)).expect("text");
    let started = lines.values["head"]["started_ms"].to_string();
    let later = text.replacen(&started, "1", 1);
    assert_ne!(later, text);
    assert!(Verification::of(later.as_bytes()).expect("a record").discrepancies.is_empty());
}

#[test]
fn a_word_that_no_run_writes_does_not_verify() {
    let lines = record();
    let mut forged = lines.values.clone();
    forged["head"]["grading"]["profile"] = json!("friendly");
    let verified = umspec_with(&["verify", "-"], &lines.written(&forged));
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).contains("no profile \"friendly\""), "{}", stdout(&verified));
    let verified = umspec_with(&["verify", "-"], b"no JSON at all");
    assert_eq!(verified.status.code(), Some(2));
}

#[test]
fn a_graver_grading_is_found_by_its_verdicts_and_by_the_chain() {
    let lines = Lines::of(&run_mock(Service::strict(), Profile::Interop, &cases(&["namespace"]), 2));
    let mut forged = lines.values.clone();
    forged["head"]["grading"]["profile"] = json!("strict");
    assert!(lines.told(&forged).iter().any(|line| line.starts_with("head: changed")));
}
