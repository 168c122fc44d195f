use serde::Serialize;

use crate::judge::{CheckId, Finding, Verdict};

/// What became of a case from an old record to a new one. Those that are regressions stand first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// It fails, and did not.
    NewFailure,
    /// It fails as before, and for something that it did not fail for.
    FailsForMore,
    /// It had a verdict, and has none.
    NotJudgedAnyMore,
    /// It is there no more, although it is in the catalogue of the new record.
    NotRunAnyMore,
    /// Its verdict is the same and so is what came of it, but a check had something to look at and has not.
    ChecksLost,
    /// It fails now, and somebody knows that.
    KnownNow,
    /// It warns, and did not.
    NewWarning,
    /// The verdict is the same, and not what it comes from: another fault, another status, another finding.
    OtherEvidence,
    /// It passes or is noted now, or the other way round.
    Noted,
    /// It had no verdict, and has one that is no failure.
    JudgedNow,
    /// It failed, and does not any more.
    Fixed,
    /// It warned, and does not any more.
    WarningGone,
    /// A campaign had found it, and the new one has not; which may have missed it.
    NotFoundAgain,
    /// It was not in the old record.
    Added,
    /// The catalogue of the new record does not have it, or the new run was asked for others.
    Deleted,
    /// Nothing that matters.
    Unchanged,
}

impl Change {
    /// Every one, regressions first.
    pub const ALL: [Self; 16] = [
        Self::NewFailure,
        Self::FailsForMore,
        Self::NotJudgedAnyMore,
        Self::NotRunAnyMore,
        Self::ChecksLost,
        Self::KnownNow,
        Self::NewWarning,
        Self::OtherEvidence,
        Self::Noted,
        Self::JudgedNow,
        Self::Fixed,
        Self::WarningGone,
        Self::NotFoundAgain,
        Self::Added,
        Self::Deleted,
        Self::Unchanged,
    ];

    /// Whether the subject, or what is seen of it, got worse.
    pub fn is_regression(self) -> bool {
        self <= Self::ChecksLost
    }

    /// In words, for reports.
    pub fn words(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::ChecksLost => "checks that no longer ran",
            Self::Deleted => "deleted",
            Self::FailsForMore => "fails for more",
            Self::Fixed => "fixed",
            Self::JudgedNow => "judged now",
            Self::KnownNow => "fails, and is known",
            Self::NewFailure => "new failure",
            Self::NewWarning => "new warning",
            Self::NotFoundAgain => "not found again",
            Self::NotJudgedAnyMore => "not judged any more",
            Self::NotRunAnyMore => "not run any more",
            Self::Noted => "noted otherwise",
            Self::OtherEvidence => "other evidence",
            Self::Unchanged => "unchanged",
            Self::WarningGone => "warning gone",
        }
    }
}

/// A case in one of two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side<'a> {
    /// Its verdict.
    pub verdict: Verdict,
    /// What came of it, in words, without what differs from run to run. Nothing where that did not matter.
    pub came: String,
    /// Why it has no verdict.
    pub reason: Option<&'a str>,
}

/// A case in two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseChange<'a> {
    /// Its id.
    pub case: &'a str,
    /// What became of it.
    pub change: Change,
    /// How it stands in the old record.
    pub old: Option<Side<'a>>,
    /// How it stands in the new one.
    pub new: Option<Side<'a>>,
    /// What is wrong in the new record, but for what is known, and was not in the old one: the gravest first.
    pub findings: Vec<&'a Finding>,
    /// Checks that had something to look at in the old record, and have not in the new one.
    pub lost: Vec<CheckId>,
}
