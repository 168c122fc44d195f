//! The strict mock passes everything; each flawed one fails by the case named for its flaw.

use umspec::judge::{ControlLevel, Verdict};
use umspec::mock::{Flaw, Service};
use umspec::protocol::Profile;
use umspec::record::Standing;

use crate::support::{cases, deviations, entry, run_mock, verdict};

#[test]
fn the_strict_mock_passes_in_both_profiles() {
    for profile in [Profile::Interop, Profile::Strict] {
        // Without --canary nothing watches for contacts; everything else must be judged.
        let record = run_mock(Service::strict(), profile, &cases(&[]), 2);
        let deviations: Vec<String> =
            deviations(&record).into_iter().filter(|line| !line.contains("--canary")).collect();
        assert!(deviations.is_empty(), "{profile:?}\n{}", deviations.join("\n"));
        assert_eq!(record.control.level, ControlLevel::Live);
        assert!(record.control.states);
        assert!(
            record.entries.iter().flat_map(|entry| &entry.attempts).all(|a| a.level == ControlLevel::Live)
        );
        assert_eq!(record.standing(false), Standing::Passed);
    }
}

/// The case, the check and the requirement by which a flaw must be found.
fn killer(flaw: Flaw) -> (&'static str, &'static str, &'static str) {
    match flaw {
        Flaw::AcceptsEmptyCallId => ("call-id/empty-open-close", "outcome", "UMD-R082"),
        Flaw::AlwaysSuccess => ("call-id/missing-self-closed", "outcome", "UMD-R080"),
        Flaw::FaultsWith200 => ("call-id/garbage-word", "fault/status", "UMD-R015"),
        Flaw::HangsUpDespiteFault => ("namespace/disconnect-types", "effect", "UMD-R067"),
        Flaw::IgnoresNamespace => ("namespace/disconnect-types", "outcome", "UMD-R067"),
    }
}

#[test]
fn each_flaw_is_found_by_its_case_and_for_its_reason() {
    for flaw in Flaw::ALL {
        let (case, check, requirement) = killer(flaw);
        let record = run_mock(Service::flawed(flaw), Profile::Interop, &cases(&[case]), 1);
        assert_eq!(verdict(&record, case), Verdict::Fail, "{}: {:?}", flaw.name(), entry(&record, case));
        let found = &entry(&record, case).judgement.findings;
        assert!(
            found
                .iter()
                .any(|f| f.check == check && f.requirement == requirement && f.verdict == Verdict::Fail),
            "{}: {found:?}",
            flaw.name()
        );
    }
}

#[test]
fn a_flaw_leaves_what_it_does_not_touch_alone() {
    let record = run_mock(Service::flawed(Flaw::AcceptsEmptyCallId), Profile::Strict, &cases(&[]), 2);
    let failed: Vec<&str> = record
        .entries
        .iter()
        .filter(|entry| entry.judgement.verdict == Verdict::Fail)
        .map(|entry| entry.case.as_str())
        .collect();
    assert!(!failed.is_empty());
    assert!(failed.iter().all(|case| case.contains("empty")), "{failed:?}");
}
