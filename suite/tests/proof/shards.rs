//! Runs in parts: what comes of all parts is what one run leaves.

use std::fs;
use std::path::Path;

use umspec::record::{Record, Times};

use crate::support::{stderr, stdout, umspec};

/// Every subject with cases of several chunks.
fn subjects() -> [Vec<String>; 3] {
    let own = |args: &str| format!("'{}' {args}", env!("CARGO_BIN_EXE_umspec"));
    let args = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect();
    [
        args(&["--mock", "ignores-namespace", "namespace", "call-id", "lifecycle"]),
        args(&["--client", &own("call {url} {call-id}"), "answer-status", "reply-fault", "client-id"]),
        args(&["--parser", &own("parse"), "--persistent", "call-id", "reply-fault"]),
    ]
}

fn run(folder: &Path, name: &str, args: &[String], shard: Option<&str>) -> String {
    let path = folder.join(name).to_str().expect("a path").to_owned();
    let mut all = vec!["run", "-q", "--record", &path];
    all.extend(shard.iter().flat_map(|shard| ["--shard", *shard]));
    all.extend(args.iter().map(String::as_str));
    let output = umspec(&all);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}{}", stdout(&output), stderr(&output));
    path
}

fn without_times(path: &str) -> Vec<u8> {
    let mut record = Record::load(&fs::read(path).expect("a record")).expect("a record");
    record.times = Times::default();
    record.save().expect("a record")
}

/// Runs cases at once and in so many shards, and holds that what is merged is what one run leaves. Gives back the
/// record of the one run, and those of the shards.
fn is_the_same_in_shards(folder: &Path, args: &[String], of: usize) -> (String, Vec<String>) {
    let whole = run(folder, "whole", args, None);
    let shard =
        |number: usize| run(folder, &format!("shard-{number}"), args, Some(&format!("{number}/{of}")));
    let shards: Vec<String> = (1..=of).map(shard).collect();
    let merged = folder.join("merged");
    let merged = merged.to_str().expect("a path");
    let mut all = vec!["merge", "-o", merged];
    all.extend(shards.iter().rev().map(String::as_str));
    let output = umspec(&all);
    let reported = umspec(&["report", &whole]);
    let lines =
        |text: &str| text.lines().filter(|line| !line.starts_with("time ")).collect::<Vec<_>>().join("\n");
    assert_eq!(lines(&stdout(&output)), lines(&stdout(&reported)));
    assert!(without_times(merged) == without_times(&whole), "{args:?}");
    assert_eq!(umspec(&["verify", merged]).status.code(), Some(0));
    (whole, shards)
}

/// Which case stands for its class, and so is sent in all pairs, follows from the cases of all shards.
#[test]
fn shards_in_other_spellings_make_the_record_of_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["--mock", "refuses-cdata", "--strength", "2", "call-id/e*", "call-id/n*", "envelope/b*"];
    let (whole, _) = is_the_same_in_shards(folder.path(), &args.map(str::to_owned), 2);
    let told = stdout(&umspec(&["report", "-q", &whole]));
    assert!(told.contains("at strength 2") && told.contains("pairs"), "{told}");
}

#[test]
fn four_shards_make_the_record_of_one_run() {
    for args in subjects() {
        let folder = tempfile::tempdir().expect("a folder");
        let (whole, shards) = is_the_same_in_shards(folder.path(), &args, 4);
        for (given, told) in [
            (vec![&shards[0], &shards[1], &shards[3]], "shard 3/4 is missing"),
            (vec![&shards[0], &shards[1], &shards[1], &shards[3]], "shard 2/4 is there twice"),
            (vec![&whole], "record 1 of those given is no shard"),
        ] {
            let mut all = vec!["merge"];
            all.extend(given.into_iter().map(String::as_str));
            let output = umspec(&all);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(
                stderr(&output).contains(told) && stderr(&output).lines().count() == 1,
                "{}",
                stderr(&output)
            );
        }
    }
}

#[test]
fn a_shard_of_another_run_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = ["namespace".to_owned(), "call-id".to_owned()];
    let first = run(folder.path(), "first", &cases, Some("1/2"));
    let with = |name: &str, more: &[&str]| {
        let mut args: Vec<String> = more.iter().map(|arg| (*arg).to_owned()).collect();
        args.extend(cases.clone());
        run(folder.path(), name, &args, Some("2/2"))
    };
    for (second, what) in [
        (with("target", &["--mock", "ignores-namespace"]), "target"),
        (with("profile", &["--profile", "strict"]), "profile"),
        (with("options", &["-H", "x-more: 1"]), "set of options"),
        (with("selection", &["--skip", "namespace/disconnect-types"]), "selection of cases"),
        (with("same", &[]), ""),
    ] {
        let output = umspec(&["merge", "-q", &first, &second]);
        let told = stderr(&output);
        if what.is_empty() {
            assert_eq!(output.status.code(), Some(0), "{told}");
        } else {
            assert_eq!(output.status.code(), Some(2), "{what}");
            assert!(told.contains(&format!("shard 2/2 has another {what}")), "{told}");
        }
    }
}

#[test]
fn more_shards_than_there_are_parts_are_refused() {
    let output = umspec(&["run", "--shard", "1/4", "call-id/empty*"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("shards at most"), "{}", stderr(&output));
    assert_eq!(umspec(&["run", "--shard", "5/4"]).status.code(), Some(2));
}
