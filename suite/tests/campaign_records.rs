//! What a campaign leaves as a record: every report reads it, records of two campaigns are compared, those of shards
//! are one.

use std::fs;

use umspec::judge::Verdict;
use umspec::record::Conclusion;
use umspec::record::comparison::{Change, Comparison, ComparisonOptions};
use umspec::report::FORMATS;

use crate::fuzzed::{failed, fuzzed, load};
use crate::support::{root, stderr, stdout, umspec};

#[test]
fn a_finding_is_told_by_everything_that_reads_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<String> = FORMATS
        .iter()
        .map(|format| folder.path().join(format.name).to_str().expect("a path").to_owned())
        .collect();
    let reports: Vec<String> =
        FORMATS.iter().zip(&files).map(|(format, path)| format!("{}={path}", format.name)).collect();
    let mut more = vec!["--requests", "500", "--seed", "3"];
    more.extend(reports.iter().flat_map(|report| ["--report", &**report]));
    let path = fuzzed(folder.path(), "record", "accepts-empty-call-id", &more);
    let record = load(&path);
    let found = failed(&record);
    let id = found.iter().find(|id| id.starts_with("fuzz/UMD-R082-")).expect("a finding");
    let entry = record.entries.iter().find(|entry| entry.case == *id).expect("an entry");
    let edits = &entry.fuzzed.as_ref().expect("what a campaign has found").input;
    assert_eq!(edits.len(), 1, "{edits:?}");
    assert!(!entry.attempts().is_empty(), "what was exchanged is there");

    // The findings by name, and the edits where there is room for words.
    for (format, path) in FORMATS.iter().zip(&files) {
        let report = fs::read_to_string(path).expect("a report");
        let is_named = report.contains(id) || ["badge", "wfc"].contains(&format.name);
        assert!(is_named, "{}: {report:.2000}", format.name);
    }
    let lines = fs::read_to_string(&files[FORMATS.iter().position(|f| f.name == "jsonl").expect("a row")]);
    assert!(lines.expect("a report").contains("\"input\":["));

    let told = stdout(&umspec(&["report", &path]));
    for part in [&**id, "UMD-R082", &*edits[0], "umspec replay", "failed 1", "campaign"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let exchange = stdout(&umspec(&["report", &path, id]));
    assert!(exchange.contains("DisconnectResponse") && exchange.contains(&edits[0]), "{exchange}");

    let verified = umspec(&["verify", &path]);
    assert_eq!(verified.status.code(), Some(0), "{}", stdout(&verified));
    let forged = fs::read_to_string(&path).expect("a record").replace("\"FAIL\"", "\"WARN\"");
    let forged = forged.replace("\"verdict\":\"fail\"", "\"verdict\":\"warn\"");
    let other = folder.path().join("forged");
    fs::write(&other, forged).expect("a file");
    let verified = umspec(&["verify", other.to_str().expect("a path")]);
    assert_eq!(verified.status.code(), Some(1), "{}", stdout(&verified));

    for (mock, word) in [("accepts-empty-call-id", "FAILED"), ("strict", "FIXED")] {
        let again = umspec(&["replay", id, "--record", &path, "--mock", mock]);
        assert!(stdout(&again).starts_with(word), "{mock}: {}{}", stdout(&again), stderr(&again));
    }
    assert_eq!(
        umspec(&["replay", "fuzz/none", "--record", &path, "--mock", "strict"]).status.code(),
        Some(2)
    );
}

/// One command makes a finding a case of the corpus.
#[test]
fn a_finding_is_kept_and_tried_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path =
        fuzzed(folder.path(), "record", "accepts-empty-call-id", &["--requests", "500", "--seed", "3"]);
    let id = failed(&load(&path)).into_iter().next().expect("a finding");
    let corpus = folder.path().join("corpus");
    let output = umspec(&["keep", &id, "--record", &path, "--corpus", corpus.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let kept = stdout(&output);
    for (mock, word) in [("accepts-empty-call-id", "FAILED"), ("strict", "FIXED")] {
        let again = umspec(&["replay", kept.trim(), "--mock", mock]);
        assert!(stdout(&again).starts_with(word), "{mock}: {}{}", stdout(&again), stderr(&again));
    }
}

/// What is kept makes the same request for ever, and no server that is right is given it.
#[test]
fn every_kept_finding_passes_the_strict_mock() {
    let kept = fs::read_dir(root().join("corpus/found/campaign")).expect("a folder");
    let mut count = 0;
    for path in kept.map(|entry| entry.expect("an entry").path()) {
        let path = path.to_str().expect("a path");
        let again = umspec(&["replay", path, "--mock", "strict"]);
        assert!(stdout(&again).starts_with("FIXED"), "{path}: {}{}", stdout(&again), stderr(&again));
        count += 1;
    }
    assert!(count > 0);
}

/// A bucket that only the new record has is a regression; one that only the old one has is told, and is none: the
/// campaign may have missed it.
#[test]
fn two_campaigns_are_compared_bucket_by_bucket() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = ["--requests", "500", "--seed", "3"];
    let right = fuzzed(folder.path(), "right", "strict", &more);
    let wrong = fuzzed(folder.path(), "wrong", "accepts-empty-call-id", &more);
    let (was, is) = (load(&right), load(&wrong));
    assert!(was.entries.iter().all(|entry| entry.judgement.verdict != Verdict::Fail));
    assert_ne!(was.conclusion(true), Conclusion::Failed);
    assert_eq!(is.conclusion(true), Conclusion::Failed);
    let options = ComparisonOptions::default;
    let worse = Comparison::of(&was, &is, options()).expect("records of servers");
    let better = Comparison::of(&is, &was, options()).expect("records of servers");
    let count = failed(&is).len();
    assert_eq!((worse.count(Change::NewFailure), better.count(Change::NotFoundAgain)), (count, count));
    assert_eq!((worse.regressions(), better.regressions()), (count, 0));
    let diff = umspec(&["diff", &right, &wrong]);
    assert_eq!(diff.status.code(), Some(1));
    assert!(
        stdout(&diff).contains("NEW FAILURE") && stdout(&diff).contains("fuzz/UMD-R082"),
        "{}",
        stdout(&diff)
    );
    let diff = umspec(&["diff", &wrong, &right]);
    assert_eq!(diff.status.code(), Some(0), "{}", stdout(&diff));
    assert!(stdout(&diff).contains("NOT FOUND AGAIN"), "{}", stdout(&diff));
}

/// Nothing green in silence: what was too short is no pass in its record either.
#[test]
fn a_record_of_a_campaign_that_missed_a_class_is_not_green() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = load(&fuzzed(folder.path(), "short", "strict", &["--requests", "150"]));
    assert!(record.entries.is_empty());
    assert_eq!(
        (record.conclusion(false), record.conclusion(true)),
        (Conclusion::NotJudged, Conclusion::Passed)
    );
}
