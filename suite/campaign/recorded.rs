//! A campaign as a record, so that everything that reads records reads it: an entry for each finding, and nothing for
//! what was as it should be.

use super::answers::judge_answer;
use super::label::Label;
use super::probe::Shown;
use super::{Campaign, CampaignFinding};
use crate::evidence::{Attempt, Evidence, Subject};
use crate::judge::{Control, Finding, Grading, Judgement, Verdict};
use crate::message::told;
use crate::record::{CampaignFacts, ControlEntry, Entry, FUZZED, Fuzzed, Record};

impl Campaign {
    /// The record of it. Kind of credentials and options are those of whoever asked for it, and left empty.
    pub fn record(&self) -> Record {
        let control = ControlEntry { evidence: self.control.clone(), findings: self.before.clone() };
        let mut record = Record::new(Subject::Server, &self.target, self.grading, control);
        record.campaign = Some(CampaignFacts {
            seed: self.seed,
            shard: self.shard.map(|shard| (shard.number, shard.of)),
            inputs: self.arms.values().map(|arm| arm.inputs).sum(),
            requests: self.requests,
            placed: self.placed,
            cells: self.seen.clone(),
            reached: self.reached.clone(),
            unreached: self.unreached.clone(),
            set_aside: self.set_aside.clone(),
            ended: self.ended.clone(),
        });
        record.ended_early.clone_from(&self.ended_early);
        record.interrupted = self.interrupted;
        record.times = self.times.clone();
        for finding in &self.findings {
            take(&mut record, finding);
        }
        record
    }
}

/// Adds a finding to the record of a campaign.
pub(super) fn take(record: &mut Record, finding: &CampaignFinding) {
    let attempts: Vec<Attempt> = finding.attempt.iter().cloned().collect();
    let judgement = judgement(record.established().server(), record.grading, finding, &attempts);
    let value = CampaignFinding { attempt: None, ..finding.clone() };
    let fuzzed = Fuzzed {
        input: finding.input.told().iter().map(|edit| told(edit)).collect(),
        after: finding.before.len(),
        class: finding.class,
        tries: finding.tries,
        answer: None,
        // Plain data is always written.
        finding: serde_json::to_value(value).unwrap_or_default(),
    };
    let mut entry = Entry::unrun(&format!("{FUZZED}/{}", finding.id), judgement);
    entry.evidence = (!attempts.is_empty()).then_some(Evidence::Server(attempts));
    entry.fuzzed = Some(Box::new(fuzzed));
    record.planned.push(entry.case.clone());
    record.entries.push(entry);
}

/// The finding that an entry of a campaign is, to be tried again; nothing where it is none, or one of another version.
pub fn finding_of(entry: &Entry) -> Option<CampaignFinding> {
    let fuzzed = entry.fuzzed.as_ref()?;
    let finding: CampaignFinding = serde_json::from_value(fuzzed.finding.clone()).ok()?;
    let attempt = entry.attempts().last().cloned();
    Some(CampaignFinding { attempt, ..finding })
}

/// Judges what a campaign has found by what was seen then, for [`Record::judge_again_with`]; nothing where its input is
/// not known to this version.
pub fn judge_fuzzed(record: &Record, entry: &Entry) -> Option<Judgement> {
    if record.subject == Subject::Client {
        return judge_answer(record, entry);
    }
    let finding = finding_of(entry)?;
    Some(judgement(record.established().server(), record.grading, &finding, entry.attempts()))
}

/// What is to be said of a finding: what the judge makes of its exchange where that shows it by itself, as what the
/// case is about; else what the campaign has seen, which takes several inputs or tries.
fn judgement(
    control: Option<&Control>,
    grading: Grading,
    finding: &CampaignFinding,
    attempts: &[Attempt],
) -> Judgement {
    let (times, of) = finding.tries;
    let label = Label::of(&finding.input, "").filter(|_| times == of && !attempts.is_empty());
    let judged = label.zip(control).map(|(label, control)| label.judge(control, grading, attempts));
    let mut findings: Vec<Finding> = judged.map_or_else(Vec::new, |judged| judged.findings);
    findings.retain(|other| other.verdict >= Verdict::Warn);
    let is_shown = |other: &Finding| Shown::of(other).is_like(&finding.shown);
    if findings.iter().any(is_shown) {
        for other in findings.iter_mut().filter(|other| is_shown(other)) {
            other.common = false;
        }
    } else {
        findings = vec![as_seen(finding)];
    }
    findings.sort_by_key(|other| (other.common, std::cmp::Reverse(other.verdict)));
    let own = findings.iter().filter(|other| !other.common).map(|other| other.verdict);
    let verdict = own.max().unwrap_or(Verdict::Pass);
    Judgement { verdict, findings, reason: None }
}

/// A finding in the words of the campaign.
fn as_seen(finding: &CampaignFinding) -> Finding {
    let Shown { check, requirement, verdict, .. } = finding.shown;
    Finding {
        check,
        requirement,
        verdict,
        expected: told(&finding.expected),
        observed: told(&finding.observed),
        class: Some(finding.class),
        outcome: None,
        ambiguity: None,
        common: false,
        spelled: Vec::new(),
    }
}
