//! What a finding would be by another reading of the documents.

use crate::judge::{Established, Finding, Grading, Verdict, findings_before, judge};
use crate::protocol::{Ambiguity, Profile, Taken, ambiguity};
use crate::record::Record;

/// Where a finding lies on an ambiguity: its number, the readings that either profile takes, and
/// what each of them makes of the finding.
pub(super) fn reading(
    record: &Record,
    established: &Established,
    finding: &Finding,
    cases: &[&str],
) -> Option<String> {
    let ambiguity = ambiguity(finding.ambiguity?)?;
    let here = record.grading;
    let there = match here.profile {
        Profile::Interop => Profile::Strict,
        Profile::Strict => Profile::Interop,
    };
    let taken = |profile: Profile| format!("{} takes {}", profile.word(), names(ambiguity, profile));
    let other = verdict_by(record, established, finding, cases, Grading { profile: there, ..here });
    Some(format!("{} {}: {}; {}: {other}", ambiguity.id, taken(here.profile), finding.verdict, taken(there)))
}

/// The readings that a profile takes.
fn names(ambiguity: &Ambiguity, profile: Profile) -> String {
    let takes = |taken: Taken| match profile {
        // What is right by the letter is right in interop as well.
        Profile::Interop => taken != Taken::Neither,
        Profile::Strict => matches!(taken, Taken::Both | Taken::Strict),
    };
    let names = ambiguity.readings.iter().filter(|reading| takes(reading.taken));
    names.map(|reading| format!("\"{}\"", reading.name)).collect::<Vec<_>>().join(", ")
}

/// The verdict of the same finding under another grading, by judging again; a pass if it is none there.
fn verdict_by(
    record: &Record,
    established: &Established,
    finding: &Finding,
    cases: &[&str],
    grading: Grading,
) -> Verdict {
    let entry = record.entries.iter().find(|entry| cases.contains(&entry.case.as_str()));
    let again = entry.and_then(|entry| {
        let (case, evidence) = (record.case_of(entry)?, entry.evidence.as_ref()?);
        Some(judge(case, established, evidence, grading).findings)
    });
    let again = again.unwrap_or_else(|| findings_before(&record.control.evidence, established, grading));
    let same = |other: &&Finding| other.check == finding.check && other.observed == finding.observed;
    again.iter().find(same).map_or(Verdict::Pass, |other| other.verdict)
}
