//! Running the cases for clients and parsers, and the record that is left.

mod client;
mod parser;
mod stage;

pub use client::{ClientOptions, OpenStage, run_client};
pub use parser::{ParserOptions, run_parser};
pub use stage::MAX_REQUESTS;

use serde::{Deserialize, Serialize};

use super::file::{FORMAT_VERSION, LoadError, Standing, Times};
use super::tally::{self, Counts, Told};
use crate::catalogue;
use crate::evidence::{ClientSight, ParserSight};
use crate::judge::{Finding, Judgement, Settings, Verdict, judge_client, judge_parser};
use crate::protocol::{Profile, RequirementId};

/// What is under test, if it is no server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// What asks for the end of a call.
    Client,
    /// What reads messages.
    Parser,
}

impl SubjectKind {
    /// The word in reports and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Parser => "parser",
        }
    }
}

/// What a run against a client or a parser leaves behind: what it did in each case, and what was made of
/// that. Canonical JSON like [`Record`](super::Record).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRecord {
    /// [`FORMAT_VERSION`].
    pub format: u32,
    /// `umspec` and its version.
    pub tool: String,
    /// What was under test.
    pub subject: SubjectKind,
    /// How it was called.
    pub target: String,
    /// `interop` or `strict`.
    pub profile: String,
    /// Whether Basic Profile alone can fail.
    pub bp: bool,
    /// Cases for this kind of subject.
    pub catalogue_size: usize,
    /// What was established before the cases: a name, and what was seen.
    pub control: Vec<(String, Sight)>,
    /// Why the subject is not seen to tell good from bad, if it is not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
    /// What the control found.
    pub findings: Vec<Finding>,
    /// Whether it was interrupted by its user.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub interrupted: bool,
    /// One entry per selected case, in the order of the catalogue.
    pub entries: Vec<SubjectEntry>,
    /// When and how long; the only part that differs between equal runs.
    pub times: Times,
}

/// One case of such a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectEntry {
    /// Id of the case.
    pub case: String,
    /// What was made of it.
    pub judgement: Judgement,
    /// What was seen, if it was run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sight: Option<Sight>,
}

/// What was seen of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Of a client.
    Client(ClientSight),
    /// Of a parser.
    Parser(ParserSight),
}

/// Sees each entry when its case is done, in the order in which they end, and can stop the run.
pub trait SubjectWatcher: Sync {
    /// A case is done.
    fn done(&self, entry: &SubjectEntry);
    /// Whether the run is to end now.
    fn stopped(&self) -> bool;
}

impl SubjectWatcher for super::Unwatched {
    fn done(&self, _: &SubjectEntry) {}

    fn stopped(&self) -> bool {
        false
    }
}

impl SubjectRecord {
    /// A record without entries.
    fn begun(subject: SubjectKind, target: &str, settings: Settings, catalogue_size: usize) -> Self {
        Self {
            format: FORMAT_VERSION,
            tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            subject,
            target: target.to_owned(),
            profile: settings.profile.word().to_owned(),
            bp: settings.bp,
            catalogue_size,
            control: Vec::new(),
            problem: None,
            findings: Vec::new(),
            interrupted: false,
            entries: Vec::new(),
            times: Times::default(),
        }
    }

    /// Writes the record as canonical JSON.
    ///
    /// # Errors
    /// Never for a record that a run or [`SubjectRecord::load`] made.
    pub fn save(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a record, if the bytes are one of a client or a parser.
    ///
    /// # Errors
    /// No JSON, or a record of another version.
    pub fn load(bytes: &[u8]) -> Result<Option<Self>, LoadError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
            subject: Option<String>,
        }
        let head: Head = serde_json::from_slice(bytes)?;
        if head.subject.is_none() {
            return Ok(None);
        }
        if head.format != FORMAT_VERSION {
            return Err(LoadError::Version { found: head.format });
        }
        Ok(Some(serde_json::from_slice(bytes)?))
    }

    /// How this run was graded.
    pub fn settings(&self) -> Settings {
        Settings { profile: self.profile.parse().unwrap_or(Profile::Interop), bp: self.bp }
    }

    /// The verdicts that what was seen gets from this version of the judge, by case, where they differ
    /// from the recorded ones. Cases that this catalogue does not have are left out.
    pub fn judged_again(&self) -> Vec<(&SubjectEntry, Judgement)> {
        let settings = self.settings();
        let again = |entry: &SubjectEntry| match entry.sight.as_ref()? {
            Sight::Client(sight) => Some(judge_client(catalogue::client_case(&entry.case)?, sight, settings)),
            Sight::Parser(sight) => Some(judge_parser(catalogue::parser_case(&entry.case)?, sight, settings)),
        };
        self.entries
            .iter()
            .filter(|entry| entry.judgement.verdict.is_judged())
            .filter_map(|entry| {
                again(entry).filter(|again| *again != entry.judgement).map(|again| (entry, again))
            })
            .collect()
    }

    /// Counts the verdicts.
    pub fn counts(&self) -> Counts {
        Counts::of(self.told())
    }

    /// What the run came to, as [`Record::standing`](super::Record::standing).
    pub fn standing(&self, accept_not_judged: bool) -> Standing {
        let counts = self.counts();
        if self.interrupted {
            return Standing::Interrupted;
        }
        let control_failed = self.findings.iter().any(|finding| finding.verdict == Verdict::Fail);
        if counts.failed > 0 {
            Standing::Failed
        } else if self.problem.is_some() || counts.judged == 0 {
            Standing::NotJudged
        } else if control_failed {
            Standing::Failed
        } else if counts.not_judged > 0 && !accept_not_judged {
            Standing::NotJudged
        } else {
            Standing::Passed
        }
    }

    /// The requirements that a case of this record cites, if the catalogue has it.
    pub fn requirements_of(&self, case: &str) -> &'static [RequirementId] {
        match self.subject {
            SubjectKind::Client => catalogue::client_case(case).map_or(&[], |case| &case.requirements),
            SubjectKind::Parser => catalogue::parser_case(case).map_or(&[], |case| &case.requirements),
        }
    }

    /// Findings that are alike, with the cases that have them, gravest first.
    pub fn findings(&self) -> Vec<(&Finding, Vec<&str>)> {
        tally::findings(&self.findings, self.told())
    }

    /// Why cases were not judged or skipped, with the cases.
    pub fn reasons(&self, verdict: Verdict) -> Vec<(&str, Vec<&str>)> {
        tally::reasons(verdict, self.told())
    }

    fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.entries.iter().map(|entry| Told {
            case: &entry.case,
            judgement: &entry.judgement,
            run: entry.sight.is_some(),
        })
    }
}
