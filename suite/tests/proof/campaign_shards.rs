//! Campaigns in shards.

use std::collections::BTreeSet;

use umspec::judge::Verdict;
use umspec::protocol::RequirementId;
use umspec::record::Record;

use crate::fuzzed::{failed, fuzzed, load};
use crate::support::{stderr, stdout, umspec};

#[test]
fn four_shards_find_what_one_campaign_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    for mock in ["accepts-empty-call-id", "ignores-namespace"] {
        let whole = load(&fuzzed(folder.path(), "whole", mock, &["--requests", "6000", "--seed", "7"]));
        let shards: Vec<String> = (1..=4)
            .map(|number| {
                let shard = format!("{number}/4");
                let more = ["--requests", "1900", "--seed", "7", "--shard", &*shard];
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
        // What is told of first has the name of how it was shown, which is another one in a part.
        let rows = |record: &Record| -> BTreeSet<RequirementId> {
            let failed = record.entries.iter().filter(|entry| failed(record).contains(&entry.case));
            let found = failed.flat_map(|entry| &entry.judgement.findings);
            found
                .filter(|finding| finding.verdict == Verdict::Fail)
                .map(|finding| finding.requirement)
                .collect()
        };
        assert_eq!(rows(&all), rows(&whole), "{mock}: {}", stdout(&output));
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
