use super::{Case, CaseHeader, cases};
use crate::protocol::RequirementId;

/// Which cases to take.
///
/// A pattern is a family (`call-id`), the id of a case, or either with `*` for any characters
/// (`xml/truncated*`).
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Take only cases that match one of these; all, if empty.
    pub take: Vec<String>,
    /// Leave out cases that match one of these.
    pub skip: Vec<String>,
    /// Take only cases of these levels (`MUST`, `SHOULD`, `MAY`, `RECORD`); all, if empty.
    pub levels: Vec<String>,
    /// Take only cases that cite one of these; all, if empty.
    pub requirements: Vec<RequirementId>,
    /// Take slow cases as well.
    pub slow: bool,
}

/// A pattern that no case matches.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no case matches {0:?}; `umspec list` shows the ids, and `*` in one stands for any characters")]
pub struct UnmatchedPattern(pub String);

impl Selection {
    /// The cases for servers, in the order of the catalogue.
    ///
    /// # Errors
    /// A pattern, of cases to take or to skip, that matches nothing in the catalogue.
    pub fn cases(&self) -> Result<Vec<&'static Case>, UnmatchedPattern> {
        self.among(cases())
    }

    /// Those of these cases that are selected, in their order.
    ///
    /// # Errors
    /// A pattern, of cases to take or to skip, that matches none of them.
    pub fn among<'a, C: CaseHeader>(&self, all: &'a [C]) -> Result<Vec<&'a C>, UnmatchedPattern> {
        for pattern in self.take.iter().chain(&self.skip) {
            if !all.iter().any(|case| matches(pattern, case.id())) {
                return Err(UnmatchedPattern(pattern.clone()));
            }
        }
        // A slow case that is named in full is asked for.
        let named = |case: &C| self.take.iter().any(|pattern| *pattern == case.id());
        Ok(all
            .iter()
            .filter(|case| {
                self.take.is_empty() || self.take.iter().any(|pattern| matches(pattern, case.id()))
            })
            .filter(|case| !self.skip.iter().any(|pattern| matches(pattern, case.id())))
            .filter(|case| {
                self.levels.is_empty() || self.levels.iter().any(|level| level == case.level().word())
            })
            .filter(|case| {
                self.requirements.is_empty()
                    || case.requirements().iter().any(|id| self.requirements.contains(id))
            })
            .filter(|case| self.slow || !case.is_slow() || named(case))
            .collect())
    }
}

/// Whether a pattern matches the id of a case.
pub(crate) fn matches(pattern: &str, id: &str) -> bool {
    if !pattern.contains('*') {
        // Whole segments: `call-id` is not the start of `call-id-size`.
        return id.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = id.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = "";
    for part in parts {
        last = part;
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    last.is_empty() || rest.is_empty() || id.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_families_ids_or_globs() {
        for (pattern, id, expected) in [
            ("xml", "xml/a", true),
            ("xml/a", "xml/a", true),
            ("xml/b", "xml/a", false),
            ("xml/a", "xml/a-b", false),
            ("xml/a*", "xml/a-b", true),
            ("call-id", "call-id/empty", true),
            ("call-id", "call-id-size/empty", false),
            ("call-id*", "call-id-size/empty", true),
            ("call", "call-id/empty", false),
            ("*empty*", "call-id/empty-cdata", true),
            ("call-id/*-cdata", "call-id/empty-cdata", true),
            ("call-id/*-cdata", "call-id/empty-cdata-two", false),
            ("*/empty", "call-id/empty", true),
        ] {
            assert_eq!(matches(pattern, id), expected, "{pattern} {id}");
        }
    }

    #[test]
    fn a_pattern_that_matches_nothing_is_told() {
        let selection = Selection { skip: vec!["nope".into()], ..Selection::default() };
        assert_eq!(selection.cases().unwrap_err(), UnmatchedPattern("nope".into()));
    }
}
