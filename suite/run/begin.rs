use super::clock::Clock;
use crate::catalogue::CaseHeader;
use crate::evidence::{ControlEvidence, Subject};
use crate::judge::{Established, Grading, findings_before};
use crate::record::{ControlEntry, Record};

/// A record with what was seen before the cases, judged, with the plan, and no entries yet.
pub(crate) fn begun(
    (subject, target, clock): (Subject, &str, Clock),
    grading: Grading,
    evidence: ControlEvidence,
    cases: &[&impl CaseHeader],
) -> Record {
    let established = Established::of(&evidence);
    let findings = findings_before(&evidence, &established, grading);
    let planned = cases.iter().map(|case| case.id().to_owned()).collect();
    let control = ControlEntry { evidence, findings };
    Record { planned, times: clock.times(), ..Record::new(subject, target, grading, control) }
}
