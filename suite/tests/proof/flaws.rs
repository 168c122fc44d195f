//! The strict mock passes everything; each flawed one fails by the case named for its flaw.

use umspec::evidence::CallIds;
use umspec::judge::{ControlLevel, Verdict};
use umspec::protocol::Profile;
use umspec::record::{Conclusion, Entry};

use crate::support::{cases, deviations, mutant, run_mock, strict_run};

#[test]
fn the_strict_mock_passes_in_both_profiles() {
    for profile in [Profile::Interop, Profile::Strict] {
        // Without --canary nothing watches for contacts; everything else must be judged.
        let record = strict_run(profile);
        let deviations: Vec<String> =
            deviations(record).into_iter().filter(|line| !line.contains("--canary")).collect();
        assert!(deviations.is_empty(), "{profile:?}\n{}", deviations.join("\n"));
        assert_eq!(record.established().server().expect("of a server").level, ControlLevel::Live);
        assert!(record.established().server().expect("of a server").states);
        assert!(record.entries.iter().flat_map(Entry::attempts).all(|a| a.ids == CallIds::Fresh));
        assert_eq!(record.conclusion(false), Conclusion::Passed);
    }
}

#[test]
fn a_flaw_leaves_what_it_does_not_touch_alone() {
    let record = run_mock(mutant("accepts-empty-call-id"), Profile::Strict, &cases(&[]), 2);
    let failed: Vec<&str> = record
        .entries
        .iter()
        .filter(|entry| entry.judgement.verdict == Verdict::Fail)
        .map(|entry| entry.case.as_str())
        .collect();
    assert!(!failed.is_empty());
    assert!(failed.iter().all(|case| case.contains("empty")), "{failed:?}");
}
