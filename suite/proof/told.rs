//! What a report of a mutant leads with: it has one defect, and is to be told of it once.

use std::fmt::{self, Write as _};

use crate::judge::{Grading, Verdict};
use crate::mock::KilledBy;
use crate::protocol::RequirementId;
use crate::record::Record;

/// What the report of a run against a mutant says, in the profile of a run without options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name of the mutant.
    pub mutant: &'static str,
    /// What must be told of it.
    pub killed_by: KilledBy,
    /// The findings of the run that warn or fail, in the order of the report: the requirements of each,
    /// and how many cases it explains.
    pub findings: Vec<(Vec<RequirementId>, usize)>,
}

impl Told {
    /// What is told of a run.
    pub(super) fn of(mutant: &'static str, killed_by: KilledBy, record: Record) -> Self {
        let record = record.graded(Grading::default());
        let causes = record.causes();
        let grave = causes.iter().filter(|cause| cause.verdict >= Verdict::Warn);
        let findings = grave
            .map(|cause| (cause.parts.iter().map(|part| part.requirement).collect(), cause.cases.len()))
            .collect();
        Self { mutant, killed_by, findings }
    }

    /// Whether the first finding names the requirement that the mutant goes against.
    pub fn is_named_first(&self) -> bool {
        self.findings.first().is_some_and(|(rows, _)| rows.contains(&self.killed_by.requirement))
    }

    /// Whether the first finding names it before all others.
    pub fn is_in_headline(&self) -> bool {
        self.findings.first().is_some_and(|(rows, _)| rows.first() == Some(&self.killed_by.requirement))
    }
}

/// Most findings that a mutant may make, but for those of [`MANY`].
pub const MOST: usize = 10;

/// Mutants that make more, and why.
pub const MANY: &[(&str, &str)] = &[];

/// Half of the mutants make no more findings than this.
const MEDIAN: usize = 2;

/// Of so many in a hundred mutants the first finding names the requirement, at the least.
const NAMED_FIRST: usize = 95;

/// How many findings single defects make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Economy {
    /// How many mutants.
    pub mutants: usize,
    /// Half of them make no more findings than this.
    pub median: usize,
    /// The most that one of them makes.
    pub most: usize,
    /// How many make more than [`MOST`] that are not of [`MANY`].
    pub unexplained: usize,
    /// Of how many the first finding names the requirement.
    pub named_first: usize,
    /// Of how many it does so before all others.
    pub in_headline: usize,
}

impl Economy {
    /// The figures of these mutants.
    pub fn of<'a>(told: impl IntoIterator<Item = &'a Told>) -> Self {
        let mut economy =
            Self { mutants: 0, median: 0, most: 0, unexplained: 0, named_first: 0, in_headline: 0 };
        let mut counts: Vec<usize> = Vec::new();
        for one in told {
            counts.push(one.findings.len());
            let is_listed = MANY.iter().any(|(mutant, _)| *mutant == one.mutant);
            economy.unexplained += usize::from(one.findings.len() > MOST && !is_listed);
            economy.named_first += usize::from(one.is_named_first());
            economy.in_headline += usize::from(one.is_in_headline());
        }
        counts.sort_unstable();
        economy.mutants = counts.len();
        economy.median = counts.get(counts.len() / 2).copied().unwrap_or_default();
        economy.most = counts.last().copied().unwrap_or_default();
        economy
    }
}

impl Economy {
    /// Whether one defect is told as one, as far as is promised.
    pub fn is_kept(&self) -> bool {
        self.median <= MEDIAN && self.unexplained == 0 && self.named_first * 100 >= self.mutants * NAMED_FIRST
    }
}

impl fmt::Display for Economy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mutants, median, most, named_first, in_headline, .. } = self;
        write!(
            f,
            "findings of a mutant: {median} in the median, {most} at the most; the first names its requirement for {named_first} of {mutants}, in the headline for {in_headline}"
        )
    }
}

/// What is told of each mutant, a line each: findings, the requirement to be named, and the first finding.
pub fn told_text(told: &[Told]) -> String {
    let width = told.iter().map(|one| one.mutant.len()).max().unwrap_or_default();
    let mut out = String::new();
    for one in told {
        let Told { mutant, killed_by, findings } = one;
        let _ = write!(out, "{mutant:<width$}  {:>2}  {}", findings.len(), killed_by.requirement);
        for (rows, cases) in findings {
            let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
            let _ = write!(out, "  {cases}: {}", rows.join(" "));
        }
        out.push('\n');
    }
    out
}
