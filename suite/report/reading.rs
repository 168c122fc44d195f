//! What a finding would be by another reading of the documents.

use crate::evidence::observe;
use crate::judge::{Finding, Settings, Subject, Verdict, ambiguity_of, check_answer, judge};
use crate::protocol::{Ambiguity, Profile, Taken};
use crate::record::{Entry, Record};

/// Where a finding lies on an ambiguity: its number, the readings that either profile takes, and
/// what each of them makes of the finding.
pub(super) fn reading(record: &Record, finding: &Finding, cases: &[&str]) -> Option<String> {
    let entry = record.entries.iter().find(|entry| cases.contains(&entry.case.as_str()));
    let case = entry.and_then(Record::case_of);
    let ambiguity = ambiguity_of(case, finding)?;
    let here = record.settings();
    let there = match here.profile {
        Profile::Interop => Profile::Strict,
        Profile::Strict => Profile::Interop,
    };
    let taken = |profile: Profile| format!("{} takes {}", profile.word(), names(ambiguity, profile));
    let other = verdict_by(record, entry, finding, Settings { profile: there, ..here });
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

/// The verdict of the same finding under other settings, by judging again; a pass if it is none
/// there.
fn verdict_by(record: &Record, entry: Option<&Entry>, finding: &Finding, settings: Settings) -> Verdict {
    let case = entry.and_then(|entry| Some((entry, Record::case_of(entry)?)));
    let again = if let Some((entry, case)) = case {
        let control = record.control.control();
        judge(Subject { case, control: &control, settings }, &entry.attempts).findings
    } else {
        let plain = record.control.plain.iter().chain(&record.control.unissued);
        plain
            .flat_map(|exchange| check_answer(&exchange.answer, &observe(&exchange.answer), settings))
            .collect()
    };
    let same = |other: &&Finding| other.check == finding.check && other.observed == finding.observed;
    again.iter().find(same).map_or(Verdict::Pass, |other| other.verdict)
}
