use serde::{Deserialize, Serialize};

use super::tally::{self, Counts, Told};
use crate::catalogue::{self, Case};
use crate::evidence::Attempt;
use crate::evidence::Exchange;
use crate::judge::{
    Contrast, Control, ControlLevel, Finding, Judgement, Settings, Signature, Subject, Verdict, flaws_of,
    judge,
};
use crate::protocol::Profile;

/// Version of the record format. A reader takes records of its own version only.
pub const FORMAT_VERSION: u32 = 1;

/// What a run leaves behind: every request of its cases and its control with what came back, byte
/// for byte, and what was made of it. Only repeated looks while a call settles, and looks at a server
/// that seems gone, leave nothing.
///
/// Canonical JSON: fields in a fixed order, two-space indentation, one line feed at the end. Two
/// runs against the mock differ in [`Record::times`] only. Secrets stand as `(hidden)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// [`FORMAT_VERSION`].
    pub format: u32,
    /// `umspec` and its version.
    pub tool: String,
    /// SHA-256 of the catalogue.
    pub catalogue: String,
    /// What was run, and how.
    pub run: RunInfo,
    /// What was established before the cases.
    pub control: ControlRecord,
    /// Why the run ended before its last case, if it did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended_early: Option<String>,
    /// Whether it was interrupted by its user.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub interrupted: bool,
    /// One entry per selected case, in the order of the catalogue.
    pub entries: Vec<Entry>,
    /// When and how long; the only part that differs between equal runs.
    pub times: Times,
}

/// What was run, and how, without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInfo {
    /// URL or mock.
    pub target: String,
    /// `interop` or `strict`.
    pub profile: String,
    /// Whether Basic Profile alone can fail.
    pub bp: bool,
    /// Where call ids came from.
    pub calls: String,
    /// Kind of credentials, if any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credentials: Option<String>,
    /// Cases in the catalogue, slow ones included.
    pub catalogue_size: usize,
}

/// When a run was, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Times {
    /// Milliseconds since 1970-01-01 UTC.
    pub started_ms: u64,
    /// Milliseconds from start to end.
    pub elapsed_ms: u64,
}

/// What was established before the cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlRecord {
    /// How good the control is.
    pub level: ControlLevel,
    /// Whether GetCallInfo tells the state of a call.
    pub states: bool,
    /// The malformed request that is refused differently.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contrast: Option<Contrast>,
    /// Why there is no control.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
    /// The plain request with a live or given id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub plain: Option<Exchange>,
    /// The plain request with an id that was never issued.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unissued: Option<Exchange>,
    /// The plain request with garbage of 4 to 7 characters.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub garbage: Vec<Exchange>,
    /// The other exchanges.
    pub others: Vec<Exchange>,
    /// What the checks found in the answers to the plain requests.
    pub findings: Vec<Finding>,
}

impl ControlRecord {
    /// The control as the judge needs it.
    pub fn control(&self) -> Control {
        let signature = |exchange: &Option<Exchange>| exchange.as_ref().map(|e| Signature::of(&e.answer));
        Control {
            level: self.level,
            plain: signature(&self.plain),
            unissued: signature(&self.unissued),
            garbage: self.garbage.iter().map(|exchange| Signature::of(&exchange.answer)).collect(),
            flaws: self.plain.iter().chain(&self.unissued).flat_map(|e| flaws_of(&e.answer)).collect(),
            contrast: self.contrast,
            states: self.states,
            problem: self.problem.clone(),
        }
    }
}

/// One case of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the case.
    pub case: String,
    /// What was made of it.
    pub judgement: Judgement,
    /// How often it was run, with every exchange. A failure is run twice.
    pub attempts: Vec<Attempt>,
}

/// What a run as a whole came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A required check failed.
    Failed,
    /// Its user stopped it.
    Interrupted,
    /// Not everything could be judged.
    NotJudged,
    /// Everything was judged, and nothing failed.
    Passed,
}

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is no record.
    #[error("this is no record of umspec: {0}")]
    Json(#[from] serde_json::Error),
    /// It has another version.
    #[error("the record has format {found}; this umspec reads format {FORMAT_VERSION}")]
    Version {
        /// The version found.
        found: u32,
    },
}

impl Record {
    /// Writes the record as canonical JSON.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn save(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a record.
    ///
    /// # Errors
    /// No JSON, no record, or a record of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let Head { format } = serde_json::from_slice(bytes)?;
        if format != FORMAT_VERSION {
            return Err(LoadError::Version { found: format });
        }
        Ok(serde_json::from_slice(bytes)?)
    }

    /// How this run was graded.
    pub fn settings(&self) -> Settings {
        Settings { profile: self.run.profile.parse().unwrap_or(Profile::Interop), bp: self.run.bp }
    }

    /// The verdicts that the recorded bytes get from this version of the judge, by case, where they
    /// differ from the recorded ones. Cases that this catalogue does not have are left out.
    pub fn judged_again(&self) -> Vec<(&Entry, Judgement)> {
        let control = self.control.control();
        self.entries
            .iter()
            .filter(|entry| !entry.attempts.is_empty())
            .filter_map(|entry| {
                let case = catalogue::case(&entry.case)?;
                let subject = Subject { case, control: &control, settings: self.settings() };
                let again = judge(subject, &entry.attempts);
                (again != entry.judgement).then_some((entry, again))
            })
            .collect()
    }

    /// Counts the verdicts.
    pub fn counts(&self) -> Counts {
        Counts::of(self.told())
    }

    /// What the run came to. With `accept_not_judged` cases without a verdict are no hindrance, as
    /// long as there are others with one.
    pub fn standing(&self, accept_not_judged: bool) -> Standing {
        let counts = self.counts();
        if self.interrupted {
            return Standing::Interrupted;
        }
        if self.control.level == ControlLevel::Uncontrolled
            || self.ended_early.is_some()
            || counts.judged == 0
        {
            return Standing::NotJudged;
        }
        let control_failed = self.control.findings.iter().any(|finding| finding.verdict == Verdict::Fail);
        if counts.failed > 0 || control_failed {
            Standing::Failed
        } else if counts.not_judged > 0 && !accept_not_judged {
            Standing::NotJudged
        } else {
            Standing::Passed
        }
    }

    /// The case of an entry, if this catalogue has it.
    pub fn case_of(entry: &Entry) -> Option<&'static Case> {
        catalogue::case(&entry.case)
    }

    /// Findings that are alike, with the cases that have them, gravest first.
    pub fn findings(&self) -> Vec<(&Finding, Vec<&str>)> {
        tally::findings(&self.control.findings, self.told())
    }

    /// Why cases were not judged or skipped, with the cases.
    pub fn reasons(&self, verdict: Verdict) -> Vec<(&str, Vec<&str>)> {
        tally::reasons(verdict, self.told())
    }

    fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.entries.iter().map(|entry| Told {
            case: &entry.case,
            judgement: &entry.judgement,
            run: entry.attempts.iter().any(|attempt| !attempt.steps.is_empty()),
        })
    }
}
