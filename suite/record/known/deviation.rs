use std::fmt;

use super::Date;
use crate::catalogue::{CaseRef, matches};
use crate::evidence::Subject;
use crate::judge::{CheckId, Finding, Verdict};
use crate::protocol::RequirementId;
use crate::record::CONTROL;

/// A deviation that somebody knows of: an entry of the file.
///
/// It is about the findings that fail or warn in the cases it names; with a requirement or a check, about those
/// alone that go against it or come from it. What answers or requests have in common is no matter of one case:
/// an entry is about that only where it has a requirement or a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDeviation {
    /// The line of the file at which it stands, from 1.
    pub line: usize,
    /// The subject that deviates so; any, where nothing is said.
    pub subject: Option<Subject>,
    /// The cases: families, ids, or either with `*`. Empty where a requirement is enough.
    pub cases: Vec<String>,
    /// The requirement that is gone against.
    pub requirement: Option<RequirementId>,
    /// The check that finds it.
    pub check: Option<CheckId>,
    /// Why it is known, and not mended.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where its mending is followed: a URL, a number.
    pub tracker: Option<String>,
    /// The last day on which it is known.
    pub until: Option<Date>,
    /// The shapes in which it is known; any, where there are none.
    pub fingerprints: Vec<String>,
}

impl KnownDeviation {
    /// Whether it is about this finding of a case.
    pub fn is_about(&self, case: &str, finding: &Finding) -> bool {
        let is_narrow = self.requirement.is_some() || self.check.is_some();
        matches!(finding.verdict, Verdict::Warn | Verdict::Fail)
            && (is_narrow || !finding.common)
            && self.requirement.is_none_or(|row| row == finding.requirement)
            && self.check.is_none_or(|check| check == finding.check)
            && self.names(case)
    }

    /// Whether it names this case, or all.
    pub fn names(&self, case: &str) -> bool {
        self.cases.is_empty() || self.cases.iter().any(|name| matches(name, case))
    }

    /// Whether it may be about this subject, which has these cases besides those of the catalogue.
    pub(super) fn is_of(&self, subject: Subject, planned: &[String]) -> bool {
        self.subject.is_none_or(|of| of == subject)
            && (self.cases.is_empty() || self.cases.iter().any(|name| is_case(name, subject, planned)))
    }

    /// The names that no case has: none of its subject or, where that is open, of any, and none of `planned`.
    pub fn unmatched(&self, planned: &[String]) -> Vec<&str> {
        let subjects = self.subject.map_or(Subject::ALL.to_vec(), |subject| vec![subject]);
        let is_none = |name: &&str| !subjects.iter().any(|&subject| is_case(name, subject, planned));
        self.cases.iter().map(String::as_str).filter(is_none).collect()
    }
}

/// Whether a name is that of a case.
fn is_case(name: &str, subject: Subject, planned: &[String]) -> bool {
    name == CONTROL
        || CaseRef::ids(subject).into_iter().any(|id| matches(name, id))
        || planned.iter().any(|id| matches(name, id))
}

impl fmt::Display for KnownDeviation {
    /// What it is about, in a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Most names that stand in a line.
        const MOST: usize = 3;
        let mut words = self.cases.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        match self.cases.len().saturating_sub(MOST) {
            0 => {}
            more => words.push_str(&format!(" and {more} more")),
        }
        for word in [self.requirement.map(|row| row.to_string()), self.check.map(|check| check.to_string())] {
            let Some(word) = word else { continue };
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&word);
        }
        f.write_str(&words)
    }
}
