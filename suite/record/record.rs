use super::{CampaignFacts, Counts, Entry, ShardOf, Spellings};
use crate::catalogue::{self, CaseRef};
use crate::evidence::{ControlEvidence, Subject};
use crate::judge::{Established, Finding, Grading};
use crate::protocol::RequirementId;

/// Version of the record format. A reader takes records of its own version only.
pub const FORMAT_VERSION: u32 = 6;

/// What a run leaves behind: everything that was seen of the subject in its control and its cases, byte
/// for byte, and what was made of it. Only repeated looks while a call settles, and looks at a server
/// that seems gone, leave nothing.
///
/// Saved as canonical JSON Lines, written while the run goes on ([`RecordWriter`](super::RecordWriter)): a line for
/// what was established, one for each entry, one for what the run came to. Equal bodies and exchanges are stored
/// once; a chain of hashes goes through the lines ([`Verification`](super::Verification)). Two runs against the mock
/// differ in [`Record::times`] only. Secrets stand as `(hidden)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// [`FORMAT_VERSION`].
    pub format: u32,
    /// `umspec` and its version.
    pub tool: String,
    /// What was under test.
    pub subject: Subject,
    /// Which one: a URL, a mock, a command line; without secrets.
    pub target: String,
    /// SHA-256 of the cases for this subject, in hexadecimal.
    pub catalogue: String,
    /// How many cases there are for this subject, slow ones included.
    pub catalogue_size: usize,
    /// How verdicts were graded.
    pub grading: Grading,
    /// Kind of credentials that were sent, if any.
    pub credentials: Option<String>,
    /// The options of the command line that ask for the same run, so that a report can tell how to do it again. What is,
    /// or may be, secret stands there as a word in capitals. Empty where no command line was given.
    pub options: Vec<String>,
    /// The cases that were selected, in the order of the catalogue: one entry for each of them.
    pub planned: Vec<String>,
    /// Which part of a run it is, if others ran the rest.
    pub shard: Option<ShardOf>,
    /// What the campaign was, if it is the record of one: its entries are what was found, and none of the catalogue.
    pub campaign: Option<CampaignFacts>,
    /// What was established before the cases.
    pub control: ControlEntry,
    /// Why the run ended before its last case, if it did.
    pub ended_early: Option<String>,
    /// Whether it was interrupted by its user.
    pub interrupted: bool,
    /// In which other spellings the cases were sent, where they were.
    pub spellings: Option<Spellings>,
    /// When and how long; the only part that differs between equal runs.
    pub times: Times,
    /// One entry for each planned case, in that order.
    pub entries: Vec<Entry>,
}

/// What was established before the cases. How good the control is follows from what was seen
/// ([`Record::established`]) and is not written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlEntry {
    /// What was seen.
    pub evidence: ControlEvidence,
    /// What the checks found in it.
    pub findings: Vec<Finding>,
}

/// When a run was, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    /// Milliseconds since 1970-01-01 UTC.
    pub started_ms: u64,
    /// Milliseconds from start to end; 0 where the record breaks off.
    pub elapsed_ms: u64,
    /// Milliseconds that each case took, in the order of the entries; empty where nobody looked.
    pub cases: Vec<u64>,
}

impl Record {
    /// A record without entries.
    pub fn new(subject: Subject, target: &str, grading: Grading, control: ControlEntry) -> Self {
        Self {
            format: FORMAT_VERSION,
            tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            subject,
            target: target.to_owned(),
            catalogue: catalogue::hash(subject).to_owned(),
            catalogue_size: catalogue::size(subject),
            grading,
            credentials: None,
            options: Vec::new(),
            planned: Vec::new(),
            shard: None,
            campaign: None,
            control,
            ended_early: None,
            interrupted: false,
            spellings: None,
            times: Times::default(),
            entries: Vec::new(),
        }
    }

    /// What is known of the subject from what was seen before the cases.
    pub fn established(&self) -> Established {
        Established::of(&self.control.evidence)
    }

    /// Whether it is of the cases that this version has.
    pub fn is_of_this_catalogue(&self) -> bool {
        self.catalogue == catalogue::hash(self.subject)
    }

    /// The case of an entry, if this catalogue has it.
    pub fn case_of(&self, entry: &Entry) -> Option<CaseRef> {
        CaseRef::find(self.subject, &entry.case)
    }

    /// The requirements that an entry is about: those that its case cites, or that what a campaign found goes against.
    pub fn requirements_of(&self, entry: &Entry) -> Vec<RequirementId> {
        if let Some(case) = self.case_of(entry) {
            return case.requirements().to_vec();
        }
        let mut found: Vec<RequirementId> = Vec::new();
        for finding in entry.judgement.own().filter(|_| entry.fuzzed.is_some()) {
            if !found.contains(&finding.requirement) {
                found.push(finding.requirement);
            }
        }
        found
    }

    /// Whether anything was judged: a case, or what a campaign has sent.
    pub fn has_judged(&self) -> bool {
        self.counts().judged > 0 || self.campaign.as_ref().is_some_and(|campaign| campaign.inputs > 0)
    }

    /// Counts the verdicts.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.entries)
    }
}
