//! Campaigns in shards.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use umspec::judge::Verdict;
use umspec::record::Record;

use crate::support::{stderr, stdout, umspec};

/// Fuzzes a mock and gives back where the record is.
fn fuzzed(folder: &Path, name: &str, mock: &str, more: &[&str]) -> String {
    let path = folder.join(name).to_str().expect("a path").to_owned();
    let args = ["fuzz", "--mock", mock, "--no-repro", "--accept-unreached", "-q", "--record", &path];
    let output = umspec(&[&args[..], more].concat());
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}{}", stdout(&output), stderr(&output));
    path
}

fn load(path: &str) -> Record {
    Record::load(&fs::read(path).expect("a record")).expect("a record")
}

/// The ids of what fails.
fn failed(record: &Record) -> BTreeSet<String> {
    let failed = record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail);
    failed.map(|entry| entry.case.clone()).collect()
}

#[test]
fn four_shards_find_what_one_campaign_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    for mock in ["accepts-empty-call-id", "ignores-namespace"] {
        let whole = load(&fuzzed(folder.path(), "whole", mock, &["--requests", "2400", "--seed", "5"]));
        let shards: Vec<String> = (1..=4)
            .map(|number| {
                let shard = format!("{number}/4");
                let more = ["--requests", "1000", "--seed", "5", "--shard", &*shard];
                fuzzed(folder.path(), &format!("shard-{number}"), mock, &more)
            })
            .collect();
        let merged = folder.path().join("merged");
        let merged = merged.to_str().expect("a path");
        let mut args = vec!["merge", "-q", "-o", merged, "--accept-not-judged"];
        args.extend(shards.iter().rev().map(String::as_str));
        let output = umspec(&args);
        assert_eq!(output.status.code(), Some(1), "{}{}", stdout(&output), stderr(&output));
        let all = load(merged);
        assert_eq!(failed(&all), failed(&whole), "{mock}: {}", stdout(&output));
        let parts: Vec<Record> = shards.iter().map(|path| load(path)).collect();
        let facts = |record: &Record| record.campaign.clone().expect("a campaign");
        let (sum, joined) = (parts.iter().map(|part| facts(part).inputs).sum::<u64>(), facts(&all));
        assert_eq!(joined.inputs, sum);
        let cells = |record: &Record| -> BTreeSet<u64> {
            let cells = facts(record).cells;
            cells.once.union(&cells.often).copied().collect()
        };
        let union: BTreeSet<u64> = parts.iter().flat_map(&cells).collect();
        assert_eq!(cells(&all), union);
        assert_eq!(umspec(&["verify", merged]).status.code(), Some(0));
        for (given, told) in [
            (vec![&shards[0], &shards[1], &shards[3]], "shard 3/4 is missing"),
            (vec![&shards[0], &shards[1], &shards[1], &shards[3]], "shard 2/4 is there twice"),
        ] {
            let mut args = vec!["merge"];
            args.extend(given.into_iter().map(String::as_str));
            let output = umspec(&args);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(stderr(&output).contains(told), "{}", stderr(&output));
        }
    }
}
