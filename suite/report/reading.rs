//! What a finding would be by another reading of the documents.

use crate::judge::{Established, Finding, Grading, Verdict, findings_before, judge};
use crate::protocol::{Ambiguity, Profile, Taken, ambiguity};
use crate::record::Record;
use crate::report::again::input_of;

/// What each profile makes of a finding that lies on an ambiguity.
pub(super) struct Readings {
    /// The question, and the answers there are.
    pub(super) ambiguity: &'static Ambiguity,
    /// The profile of the record, and the verdict there.
    pub(super) here: (Profile, Verdict),
    /// The other one.
    pub(super) there: (Profile, Verdict),
}

impl Readings {
    /// The readings on which a finding in this case lies, if it lies on any.
    pub(super) fn of(
        record: &Record,
        established: &Established,
        finding: &Finding,
        case: &str,
    ) -> Option<Self> {
        let ambiguity = ambiguity(finding.ambiguity?)?;
        if !input_of(record, case).is_empty() {
            // What a campaign has found is not judged again here, because its inputs are not known to a report.
            return None;
        }
        let here = record.grading;
        let there = match here.profile {
            Profile::Interop => Profile::Strict,
            Profile::Strict => Profile::Interop,
        };
        let other = verdict_by(record, established, finding, case, Grading { profile: there, ..here });
        Some(Self { ambiguity, here: (here.profile, finding.verdict), there: (there, other) })
    }
}

/// Where a finding lies on an ambiguity that makes a difference, or `whatever` it makes: its number, the readings that
/// either profile takes, and what each of them makes of the finding.
pub(super) fn reading(
    record: &Record,
    established: &Established,
    finding: &Finding,
    case: &str,
    whatever: bool,
) -> Option<String> {
    let readings = Readings::of(record, established, finding, case);
    let Readings { ambiguity, here, there } = readings.filter(|it| whatever || it.here.1 != it.there.1)?;
    let told = |(profile, verdict): (Profile, Verdict)| {
        format!("{} takes {}: {verdict}", profile.word(), names(ambiguity, profile))
    };
    Some(format!("{} {}; {}", ambiguity.id, told(here), told(there)))
}

/// The readings that a profile takes.
fn names(ambiguity: &Ambiguity, profile: Profile) -> String {
    let names = ambiguity.readings.iter().filter(|reading| takes(profile, reading.taken));
    names.map(|reading| format!("\"{}\"", reading.name)).collect::<Vec<_>>().join(", ")
}

/// Whether a profile takes a reading.
pub(super) fn takes(profile: Profile, taken: Taken) -> bool {
    match profile {
        // What is right by the letter is right in interop as well.
        Profile::Interop => taken != Taken::Neither,
        Profile::Strict => matches!(taken, Taken::Both | Taken::Strict),
    }
}

/// The verdict of the same finding under another grading, by judging again; a pass if it is none there.
fn verdict_by(
    record: &Record,
    established: &Established,
    finding: &Finding,
    case: &str,
    grading: Grading,
) -> Verdict {
    let entry = record.entries.iter().find(|entry| entry.case == case);
    let again = entry.and_then(|entry| {
        let (case, evidence) = (record.case_of(entry)?, entry.evidence.as_ref()?);
        Some(judge(case, established, evidence, grading).findings)
    });
    let again = again.unwrap_or_else(|| findings_before(&record.control.evidence, established, grading));
    let same = |other: &&Finding| other.check == finding.check && other.observed == finding.observed;
    again.iter().find(same).map_or(Verdict::Pass, |other| other.verdict)
}
