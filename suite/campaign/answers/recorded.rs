//! A campaign against a client as a record, so that everything that reads records reads it.

use super::finding::AnswerFinding;
use super::label::AnswerLabel;
use super::options::AnswerOptions;
use crate::evidence::{Bytes, ClientControl, ControlEvidence, Evidence, Subject};
use crate::judge::{Established, Judgement, Verdict, findings_before};
use crate::message::told;
use crate::record::{ControlEntry, Entry, FUZZED, Fuzzed, FuzzedAnswer, Record};
use crate::run::clock::Clock;

/// The record of these findings.
pub(super) fn record(
    options: &AnswerOptions,
    control: ClientControl,
    findings: &[AnswerFinding],
    clock: Clock,
) -> Record {
    let evidence = ControlEvidence::Client(control);
    let before = findings_before(&evidence, &Established::of(&evidence), options.grading);
    let control = ControlEntry { evidence, findings: before };
    let mut record = Record::new(Subject::Client, &options.target, options.grading, control);
    record.options.clone_from(&options.again);
    record.times = clock.times();
    for finding in findings {
        take(&mut record, finding);
    }
    record
}

fn take(record: &mut Record, finding: &AnswerFinding) {
    let fuzzed = Fuzzed {
        input: finding.input.told().iter().map(|edit| told(edit)).collect(),
        after: 0,
        class: finding.class,
        tries: finding.tries,
        answer: Some(FuzzedAnswer {
            status: finding.input.status(),
            content_type: finding.input.content_type(),
            body: Bytes(finding.input.body()),
        }),
        // Plain data is always written.
        finding: serde_json::to_value(finding).unwrap_or_default(),
    };
    let id = format!("{FUZZED}/{}", finding.id);
    let mut entry = Entry::unrun(&id, Judgement::not_judged("nothing was kept of it"));
    entry.evidence = finding.evidence.clone().map(Evidence::Client);
    entry.fuzzed = Some(Box::new(fuzzed));
    if let Some(judgement) = judge_answer(record, &entry) {
        entry.judgement = judgement;
    }
    record.planned.push(id);
    record.entries.push(entry);
}

/// The finding that an entry of a campaign against a client is; nothing where it is none, or one of another version.
pub(super) fn answer_of(entry: &Entry) -> Option<AnswerFinding> {
    serde_json::from_value(entry.fuzzed.as_ref()?.finding.clone()).ok()
}

/// Judges what a campaign has found by what was seen then, for [`Record::judge_again_with`]; nothing where its answer
/// is not known to this version.
pub(in crate::campaign) fn judge_answer(record: &Record, entry: &Entry) -> Option<Judgement> {
    let finding = answer_of(entry)?;
    let label = AnswerLabel::of(&finding.input, &entry.case)?;
    let Some(Evidence::Client(evidence)) = &entry.evidence else { return None };
    let found = label.wrong(evidence, record.grading).map(|(_, found)| found);
    let verdict = found.as_ref().map_or(Verdict::Pass, |found| found.verdict);
    Some(Judgement { verdict, findings: found.into_iter().collect(), reason: None })
}
